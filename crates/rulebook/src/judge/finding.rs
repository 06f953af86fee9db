//! Failures → findings: the worst first, with their words and places.

use framework::{Basis, Layer, Locale, Localized, Severity};

use super::{
    Failure,
    fingerprint::{Fingerprints, key_of},
    locate::{Located, locate, target},
};
use crate::{
    Finding, FindingStatus, Location, Node, Place, Places, Related,
    resolve::View,
    template::{Filling, Nearest, Template, Words},
};

/// So many related places of a finding are listed.
const SHOWN_RELATED: usize = 20;

/// What rendering a finding needs besides the failure.
pub(crate) struct Detail<'d> {
    pub(crate) words: &'d Words,
    pub(crate) places: &'d Places<'d>,
    /// The nearest valid value for the record of a failure.
    pub(crate) suggest: &'d dyn Fn(&Failure<'_, '_>) -> Nearest,
}

/// A failure with the value of the file it points at.
pub(crate) struct Placed<'r, 'v> {
    pub(crate) failure: &'r Failure<'r, 'v>,
    pub(crate) target: Option<&'r Node<'r>>,
    /// Which path of `at` led there: part of the fingerprint.
    path: &'r str,
    /// The path of `at` that the rule would rather have pointed at.
    wanted: Option<&'r str>,
}

/// What findings are sorted by.
type Order<'o> = (std::cmp::Reverse<Severity>, &'o str, u32);

impl Placed<'_, '_> {
    /// The field that the rule points at, where the record leaves it out.
    fn left_out(&self) -> Option<&str> {
        let wanted = self.wanted.filter(|_| self.path.is_empty())?;
        wanted.strip_prefix('/')
    }

    fn order(&self) -> Order<'_> {
        let offset = self
            .target
            .map_or(self.failure.record.node.at, |node| node.at);
        (
            std::cmp::Reverse(self.failure.severity),
            &self.failure.compiled.rule.id,
            offset,
        )
    }
}

/// The first `limit` findings in the order of reports, each with the offset that orders it.
pub(crate) fn render<'r, 'v: 'r>(
    mut placed: Vec<Placed<'r, 'v>>,
    view: &'r View<'v>,
    detail: &Detail<'_>,
    limit: usize,
) -> Vec<(u32, Finding)> {
    placed.sort_by(|left, right| left.order().cmp(&right.order()));
    placed.truncate(limit);
    let related: Vec<Vec<(&Node<'_>, &Localized)>> =
        placed.iter().map(|placed| related(placed, view)).collect();
    let mut wanted: Vec<&Node<'_>> = placed.iter().filter_map(|placed| placed.target).collect();
    wanted.extend(related.iter().flatten().map(|(node, _)| *node));
    let mut located = locate(view.root(), &wanted).into_iter();
    let main: Vec<Option<Located>> = placed
        .iter()
        .map(|placed| placed.target.and_then(|_| located.next()))
        .collect();
    let mut fingerprints = Fingerprints::default();
    placed
        .iter()
        .zip(main)
        .zip(related)
        .map(|((placed, main), related)| {
            let related = related
                .into_iter()
                .filter_map(|(_, message)| Some((located.next()?, message)))
                .filter(|(place, _)| {
                    main.as_ref()
                        .is_none_or(|main| main.pointer != place.pointer)
                })
                .map(|(place, message)| Related {
                    location: location(Some(place), placed.failure.record.node.at, detail),
                    message: message.clone(),
                })
                .collect();
            let offset = placed.order().2;
            (
                offset,
                finding(placed, main, related, detail, &mut fingerprints),
            )
        })
        .collect()
}

/// Finds the value of the file that a failure points at.
pub(crate) fn place<'r, 'v: 'r>(
    failure: &'r Failure<'r, 'v>,
    view: &'r View<'v>,
) -> Placed<'r, 'v> {
    let variant = failure
        .variant
        .map(|index| &failure.mechanism.variants[index]);
    let own = variant
        .map(|variant| variant.at.as_slice())
        .filter(|at| !at.is_empty());
    let paths = own.unwrap_or(&failure.compiled.rule.at).iter();
    let paths = paths.map(String::as_str);
    let wanted = paths.clone().next();
    let mut places = paths
        .chain(["", "#"])
        .filter_map(|path| Some((target(&failure.record, path, view)?, path)));
    let found = match places.next() {
        _ if failure.collection == crate::resolve::Collection::Notes => None,
        found => found,
    };
    let (target, path) = found.map_or((None, ""), |(node, path)| (Some(node), path));
    Placed {
        failure,
        target,
        path,
        wanted,
    }
}

fn related<'r, 'v: 'r>(
    placed: &Placed<'r, 'v>,
    view: &'r View<'v>,
) -> Vec<(&'r Node<'r>, &'r Localized)> {
    let record = &placed.failure.record;
    let mut found = Vec::new();
    for related in &placed.failure.compiled.rule.related {
        let items = record
            .node
            .pointer(&related.at)
            .map(|(node, _)| node.items().len());
        let paths: Vec<String> = match items {
            Some(count) if count > 0 => (0..count.min(SHOWN_RELATED))
                .map(|index| format!("{}/{index}", related.at))
                .collect(),
            _ => vec![related.at.clone()],
        };
        let nodes = paths.iter().filter_map(|path| target(record, path, view));
        found.extend(nodes.map(|node| (node, &related.message)));
    }
    found
}

fn finding(
    placed: &Placed<'_, '_>,
    main: Option<Located>,
    related: Vec<Related>,
    detail: &Detail<'_>,
    fingerprints: &mut Fingerprints,
) -> Finding {
    let failure = placed.failure;
    let rule = &failure.compiled.rule;
    let variant = failure
        .variant
        .map(|index| &failure.mechanism.variants[index]);
    let record = &failure.record.node;
    let filling = Filling {
        record,
        words: detail.words,
        nearest: (detail.suggest)(failure),
    };
    let message = variant.and_then(|variant| variant.message.as_ref());
    let message = message.unwrap_or(&failure.mechanism.message);
    let fix = variant
        .and_then(|variant| variant.fix.as_ref())
        .unwrap_or(&failure.mechanism.fix);
    let key = key_of(record);
    let patch = variant
        .and_then(|variant| variant.patch.as_ref())
        .or(rule.patch.as_ref());
    let patch = patch.and_then(|patch| {
        crate::patch::fill(
            patch,
            main.as_ref().map(|main| main.pointer.as_str()),
            &filling,
        )
    });
    let at = main.as_ref().map_or(record.at, |main| main.at);
    let mut location = location(main, record.at, detail);
    if let Some(field) = placed.left_out()
        && let Some(empty) = detail.places.of_empty(at, &location.pointer, field)
    {
        let Location {
            pointer, record, ..
        } = location;
        location = of_place(empty, pointer, record);
    }
    if location.record.is_none() && !key.is_empty() && !key.contains('\u{1f}') && key.is_ascii() {
        location.record = Some(key.clone());
    }
    Finding {
        rule: rule.id.clone(),
        severity: failure.severity,
        basis: rule.basis,
        status: failure.status,
        title: variant
            .and_then(|variant| variant.title.as_ref())
            .or(rule.fault.as_ref())
            .unwrap_or(&rule.title)
            .clone(),
        message: Localized::build(|locale| message.get(locale).fill(&filling, locale)),
        why: rule.why.clone(),
        fix: Localized::build(|locale| steps(fix.get(locale), &filling, locale)),
        patch,
        clauses: failure.compiled.cited.clone(),
        layer: layer_of(record),
        fingerprint: fingerprints.next(&rule.id, &key, placed.path),
        location,
        related,
    }
}

/// One step a line.
fn steps(steps: &[Template], filling: &Filling<'_>, locale: Locale) -> String {
    steps
        .iter()
        .map(|step| step.fill(filling, locale))
        .collect::<Vec<_>>()
        .join("\n")
}

fn layer_of(record: &Node<'_>) -> Option<Layer> {
    let own = record.get("layer").and_then(Node::as_str);
    let word = own.or_else(|| record.get("component")?.get("layer")?.as_str())?;
    Layer::ALL.into_iter().find(|layer| layer.as_str() == word)
}

fn location(located: Option<Located>, fallback: u32, detail: &Detail<'_>) -> Location {
    let located = located.unwrap_or_else(|| Located {
        at: fallback,
        end: fallback,
        ..Located::default()
    });
    let place = detail.places.between(located.at, located.end);
    of_place(place, located.pointer, located.record)
}

/// A place with the way to it.
pub(crate) fn of_place(place: Place, pointer: String, record: Option<String>) -> Location {
    Location {
        pointer,
        record,
        line: place.line,
        column: place.column,
        end_line: place.end_line,
        end_column: place.end_column,
        sheet: place.sheet,
        cell: place.cell,
        header: place.header.map(String::from),
        file: None,
    }
}

/// What counting needs of a failure.
pub(crate) fn weight(failure: &Failure<'_, '_>) -> (Basis, Severity, FindingStatus) {
    (
        failure.compiled.rule.basis,
        failure.severity,
        failure.status,
    )
}
