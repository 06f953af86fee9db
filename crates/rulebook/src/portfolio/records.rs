//! The portfolio collections: records of many submissions, compared.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Kind, Member, Node, Submission,
    resolve::{
        Collection, Facts, Record,
        record::{
            count, field, list, nowhere, null, object, share, share_all, share_or_null, text, truth,
        },
        records_of, text_of, texts_of,
    },
};

/// All submissions as one tree: `/submissions/0`, `/submissions/1` …
pub(super) fn together<'v>(submissions: &'v [Submission<'_>]) -> Node<'v> {
    let roots = submissions
        .iter()
        .map(|submission| share(&submission.root))
        .collect();
    object(vec![field("submissions", list(roots))])
}

/// One submission of the portfolio.
#[derive(Clone, Copy)]
struct Filed<'v> {
    root: &'v Node<'v>,
    agency: Option<&'v Node<'v>>,
    id: &'v str,
    day: &'v str,
}

impl<'v> Filed<'v> {
    /// What others may call the agency: its code, its id in Part III.
    fn is_called(&self, name: &str) -> bool {
        let own = |field| self.agency.and_then(|agency| text_of(agency, field));
        own("code") == Some(name) || own("body_id") == Some(name)
    }

    /// Whether a list of partners means the agency: by name, or by its group.
    fn is_among(&self, mut partners: impl Iterator<Item = &'v str>) -> bool {
        let group = match self.level() {
            Some("province") => "provinces",
            Some("ministry") => "ministries",
            _ => "",
        };
        partners.any(|name| name == group || name == "all-state-agencies" || self.is_called(name))
    }

    fn level(&self) -> Option<&'v str> {
        self.agency.and_then(|agency| text_of(agency, "level"))
    }

    fn record(&self, home: &'v Node<'v>, gained: Vec<Member<'v>>) -> Record<'v> {
        let mut fields = vec![
            field("agency", share_or_null(self.agency)),
            field("evaluated_on", text(self.day)),
            field("filed_by", text(self.id)),
        ];
        fields.extend(gained);
        Record::joined(home, fields)
    }
}

/// The collections of rules that compare submissions.
pub(super) fn collections<'v>(
    root: &'v Node<'v>,
    facts: &'v Facts,
    day: &'v str,
) -> Vec<(Collection, Vec<Record<'v>>)> {
    let roots = root.get("submissions").map(Node::items).unwrap_or_default();
    let filed: Vec<Filed<'v>> = roots
        .iter()
        .map(|root| {
            let root = root.resolved();
            let id = root
                .get("submission")
                .and_then(|submission| text_of(submission, "id"));
            Filed {
                root,
                agency: root.get("agency"),
                id: id.unwrap_or_default(),
                day,
            }
        })
        .collect();
    vec![
        (Collection::DataSubjects, data_subjects(&filed)),
        (Collection::DataUses, data_uses(&filed)),
        (Collection::FunctionBuilds, function_builds(&filed, facts)),
        (Collection::RebuiltSystems, rebuilt_systems(&filed)),
        (
            Collection::MirroredIntegrations,
            mirrored_integrations(&filed),
        ),
    ]
}

/// The record of another submission, with its agency: what a message may name.
fn other<'v>(filed: &Filed<'v>, home: &'v Node<'v>) -> Node<'v> {
    filed.record(home, Vec::new()).node
}

/// Each data asset an agency owns, with the assets of others on the same subject and area.
fn data_subjects<'v>(filed: &[Filed<'v>]) -> Vec<Record<'v>> {
    let owned = |one: &Filed<'v>| {
        let one = *one;
        let assets = records_of(one.root, "data_assets");
        assets
            .filter(|asset| text_of(asset, "role") == Some("owner"))
            .map(move |asset| (one, asset))
    };
    let mut by_subject: BTreeMap<(&str, &str), Vec<(Filed<'v>, &'v Node<'v>)>> = BTreeMap::new();
    let all: Vec<(Filed<'v>, &'v Node<'v>)> = filed.iter().flat_map(owned).collect();
    for (one, asset) in &all {
        if let Some(claim) = claim_of(asset) {
            by_subject.entry(claim).or_default().push((*one, asset));
        }
    }
    all.into_iter()
        .map(|(one, asset)| {
            let claimed = claim_of(asset).and_then(|claim| by_subject.get(&claim));
            let others = claimed
                .into_iter()
                .flatten()
                .filter(|(two, _)| !same(&one, two));
            let others: Vec<Node<'v>> = others.map(|(two, asset)| other(two, asset)).collect();
            let gained = vec![
                field("count", count(others.len() + 1)),
                field("others", list(others)),
            ];
            one.record(asset, gained)
        })
        .collect()
}

/// Subject and area, where the area can overlap with another agency's: a province's data do not
/// overlap with another's, an agency's own neither.
fn claim_of<'v>(asset: &'v Node<'v>) -> Option<(&'v str, &'v str)> {
    let coverage = text_of(asset, "coverage")?;
    let overlaps = !matches!(coverage, "province" | "own-agency" | "unknown");
    overlaps.then_some((text_of(asset, "subject")?, coverage))
}

fn same(one: &Filed<'_>, two: &Filed<'_>) -> bool {
    std::ptr::addr_eq(std::ptr::from_ref(one.root), std::ptr::from_ref(two.root))
}

/// Each data asset consumed from an agency of the portfolio.
fn data_uses<'v>(filed: &[Filed<'v>]) -> Vec<Record<'v>> {
    let mut found = Vec::new();
    for one in filed {
        let consumed = records_of(one.root, "data_assets")
            .filter(|asset| text_of(asset, "role") == Some("consumer"));
        for asset in consumed {
            let Some(provider) = text_of(asset, "provider") else {
                continue;
            };
            let Some(two) = filed.iter().find(|two| two.is_called(provider)) else {
                continue;
            };
            let subject = text_of(asset, "subject");
            let shared = records_of(two.root, "data_assets")
                .filter(|theirs| text_of(theirs, "subject") == subject)
                .filter_map(|theirs| theirs.get("sharing"))
                .any(|sharing| {
                    text_of(sharing, "mode") == Some("open")
                        || one.is_among(texts_of(sharing, "with"))
                });
            let gained = vec![
                field("shared", truth(shared)),
                field("provider_agency", share_or_null(two.agency)),
            ];
            found.push(one.record(asset, gained));
        }
    }
    found
}

const LISTS_OF_SYSTEMS: [&str; 3] = ["applications", "platforms", "infrastructure"];

fn systems<'v>(one: &Filed<'v>) -> impl Iterator<Item = &'v Node<'v>> + use<'v> {
    let root = one.root;
    LISTS_OF_SYSTEMS
        .into_iter()
        .flat_map(move |list| records_of(root, list))
}

fn is_own_build(system: &Node<'_>) -> bool {
    let word = |name| system.get(name).and_then(Node::as_str);
    matches!(word("sourcing"), Some("own" | "rented"))
        && matches!(word("lifecycle"), Some("planned" | "building"))
}

/// Each function with the own systems planned or being built for it.
fn function_builds<'v>(filed: &[Filed<'v>], facts: &Facts) -> Vec<Record<'v>> {
    let mut by_function: BTreeMap<&str, Vec<(usize, &'v Node<'v>)>> = BTreeMap::new();
    for (index, one) in filed.iter().enumerate() {
        for system in systems(one).filter(|system| is_own_build(system)) {
            for function in texts_of(system, "functions") {
                by_function
                    .entry(function)
                    .or_default()
                    .push((index, system));
            }
        }
    }
    by_function
        .into_iter()
        .map(|(function, builds)| {
            let agencies: BTreeSet<usize> = builds.iter().map(|(index, _)| *index).collect();
            let duplicated = facts.components.iter();
            let duplicated = duplicated
                .filter(|one| one.function_codes.iter().any(|code| code == function))
                .count();
            let home = builds.first().map(|(_, system)| *system);
            let named = agencies.iter().filter_map(|index| filed[*index].agency);
            let fields = vec![
                field("agency", null()),
                field("function", text(function)),
                field("agencies", count(agencies.len())),
                field("by", share_all(named)),
                field("duplicates", count(duplicated)),
                field(
                    "systems",
                    list(
                        builds
                            .iter()
                            .map(|(index, one)| other(&filed[*index], one))
                            .collect(),
                    ),
                ),
            ];
            Record {
                node: nowhere(Kind::Object(fields)),
                home,
            }
        })
        .collect()
}

/// Provincial builds of what a ministry deploys to provinces or communes.
fn rebuilt_systems<'v>(filed: &[Filed<'v>]) -> Vec<Record<'v>> {
    let mut deployed: BTreeMap<&str, (Filed<'v>, &'v Node<'v>)> = BTreeMap::new();
    for one in filed.iter().filter(|one| one.level() == Some("ministry")) {
        let to_localities = |system: &&Node<'v>| {
            let mut levels = texts_of_any(system, "levels");
            levels.any(|level| matches!(level, "province" | "commune"))
                && text_of_any(system, "lifecycle") != Some("retired")
        };
        for system in systems(one).filter(to_localities) {
            for function in texts_of(system, "functions") {
                deployed.entry(function).or_insert((*one, system));
            }
        }
    }
    let mut found = Vec::new();
    for one in filed.iter().filter(|one| one.level() == Some("province")) {
        for system in systems(one).filter(|system| is_own_build(system)) {
            let theirs = texts_of(system, "functions").find_map(|function| deployed.get(function));
            let theirs = theirs.map_or_else(null, |(two, theirs)| other(two, theirs));
            found.push(one.record(system, vec![field("ministry_system", theirs)]));
        }
    }
    found
}

fn texts_of_any<'n>(node: &'n Node<'_>, name: &str) -> impl Iterator<Item = &'n str> {
    node.get(name)
        .map(Node::items)
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_str)
}

fn text_of_any<'n>(node: &'n Node<'_>, name: &str) -> Option<&'n str> {
    node.get(name).and_then(Node::as_str)
}

/// Each integration with an agency of the portfolio, with that agency's own record of it.
fn mirrored_integrations<'v>(filed: &[Filed<'v>]) -> Vec<Record<'v>> {
    let mut found = Vec::new();
    for one in filed {
        for link in records_of(one.root, "integrations") {
            let Some(partner) = text_of(link, "to_agency") else {
                continue;
            };
            let Some(two) = filed.iter().find(|two| two.is_called(partner)) else {
                continue;
            };
            if same(one, two) {
                continue;
            }
            let mut theirs = records_of(two.root, "integrations");
            let mirror = theirs.find(|theirs| {
                text_of(theirs, "to_agency").is_some_and(|name| one.is_called(name))
            });
            let gained = vec![
                field("mirror", share_or_null(mirror)),
                field("partner", share_or_null(two.agency)),
            ];
            found.push(one.record(link, gained));
        }
    }
    found
}
