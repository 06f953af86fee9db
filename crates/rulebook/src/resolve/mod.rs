//! The joined view: the submission as rules see it.
//!
//! Each record keeps its own fields and gains what they lead to: a system its shared component, its
//! integrations and its justification; a component all that the file says about it. Nothing is
//! copied: joined nodes share the nodes of the submission and so still know their place.
//! `rules/README.md` describes every collection and field for whoever writes rules.

mod components;
mod facts;
mod identifiers;
mod index;
mod links;
mod passing;
mod plans;
pub(crate) mod record;
mod systems;
mod texts;

use framework::Date;

pub(crate) use facts::Facts;
pub(crate) use index::{records_of, text_of, texts_of};
pub(crate) use passing::{Look, RECORDS_AT_ONCE};
pub(crate) use record::{Record, is_unstated};

use self::{
    components::Components,
    index::Index,
    links::Answers,
    passing::Passing,
    record::{field, object, share, share_all, share_or_null, text},
    systems::Joined,
};
use crate::{Kind, Member, Node, Note};

/// Which records a rule judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Collection {
    Submission,
    Agency,
    Reference,
    Contacts,
    Layers,
    Processes,
    DataAssets,
    Systems,
    Integrations,
    Dispositions,
    Components,
    Deployments,
    Justifications,
    Roadmap,
    RoadmapComponents,
    OwnerTasks,
    Duties,
    Functions,
    Security,
    Attachments,
    Ids,
    References,
    Texts,
    Notes,
    DataSubjects,
    DataUses,
    FunctionBuilds,
    RebuiltSystems,
    MirroredIntegrations,
}

impl Collection {
    const WORDS: [(&'static str, Self); 29] = [
        ("submission", Self::Submission),
        ("agency", Self::Agency),
        ("reference", Self::Reference),
        ("contacts", Self::Contacts),
        ("layers", Self::Layers),
        ("processes", Self::Processes),
        ("data_assets", Self::DataAssets),
        ("systems", Self::Systems),
        ("integrations", Self::Integrations),
        ("dispositions", Self::Dispositions),
        ("components", Self::Components),
        ("deployments", Self::Deployments),
        ("justifications", Self::Justifications),
        ("roadmap", Self::Roadmap),
        ("roadmap_components", Self::RoadmapComponents),
        ("owner_tasks", Self::OwnerTasks),
        ("duties", Self::Duties),
        ("functions", Self::Functions),
        ("security", Self::Security),
        ("attachments", Self::Attachments),
        ("ids", Self::Ids),
        ("references", Self::References),
        ("texts", Self::Texts),
        ("notes", Self::Notes),
        ("data_subjects", Self::DataSubjects),
        ("data_uses", Self::DataUses),
        ("function_builds", Self::FunctionBuilds),
        ("rebuilt_systems", Self::RebuiltSystems),
        ("mirrored_integrations", Self::MirroredIntegrations),
    ];

    /// Reads the word of a rule file.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::WORDS
            .into_iter()
            .find(|(name, _)| *name == word)
            .map(|(_, collection)| collection)
    }

    /// All collections.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::WORDS.into_iter().map(|(_, collection)| collection)
    }

    /// The word of rule files.
    pub(crate) fn word(self) -> &'static str {
        Self::WORDS
            .into_iter()
            .find(|(_, collection)| *collection == self)
            .map_or("", |(name, _)| name)
    }
}

/// What every record carries: the agency and the day.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame<'v> {
    pub(crate) agency: Option<&'v Node<'v>>,
    pub(crate) date: Date,
    pub(crate) day: &'v str,
}

impl<'v> Frame<'v> {
    /// The first fields of a record, with room for exactly so many more: records are many, and a list
    /// that grows is copied.
    fn fields(&self, more: usize) -> Vec<Member<'v>> {
        let mut fields = Vec::with_capacity(2 + more);
        fields.push(field("agency", share_or_null(self.agency)));
        fields.push(field("evaluated_on", text(self.day)));
        fields
    }
}

/// The submission as rules see it.
pub(crate) struct View<'v> {
    root: &'v Node<'v>,
    joined: Option<&'v Joined<'v>>,
    shared: Vec<(Collection, &'v [Record<'v>])>,
    rest: Vec<(Collection, Vec<Record<'v>>)>,
}

impl<'v> View<'v> {
    /// The records of a collection, in the order of the file; none of one that
    /// [`passes by`](Self::pass_by).
    pub(crate) fn records(&self, collection: Collection) -> &[Record<'v>] {
        let shared = self.shared.iter().find(|(name, _)| *name == collection);
        let rest = || self.rest.iter().find(|(name, _)| *name == collection);
        match shared {
            Some((_, records)) => records,
            None => rest()
                .map(|(_, records)| records.as_slice())
                .unwrap_or_default(),
        }
    }

    /// Makes the records of a collection that are many and small, some at a time, and shows them to
    /// `look`, which takes those that are to be kept.
    pub(crate) fn pass_by(&self, collection: Collection, look: &mut Look<'_, 'v>) {
        let Some(joined) = self.joined else { return };
        let mut passing = Passing::new(look);
        match collection {
            Collection::Ids => identifiers::ids(joined, &mut passing),
            Collection::References => identifiers::references(joined, &mut passing),
            Collection::Texts => texts::texts(joined, &mut passing),
            _ => {}
        }
        passing.end();
    }

    /// Many submissions as one tree, with the records that compare them.
    pub(crate) fn of_portfolio(
        root: &'v Node<'v>,
        collections: Vec<(Collection, Vec<Record<'v>>)>,
    ) -> Self {
        Self {
            root,
            joined: None,
            shared: Vec::new(),
            rest: collections,
        }
    }

    /// The submission itself.
    pub(crate) fn root(&self) -> &'v Node<'v> {
        self.root
    }

    /// The record of the file behind a record of the view; nothing for any other value.
    pub(crate) fn home_of(&self, node: &Node<'_>) -> Option<&'v Node<'v>> {
        let begins_like_one = |members: &[Member<'_>]| {
            let first = members.first();
            first.is_some_and(|member| member.key == "agency")
        };
        let is_joined = match &node.kind {
            Kind::Joined(joined) => joined.home.is_in_file(),
            Kind::Object(members) => begins_like_one(members),
            _ => false,
        };
        if !is_joined {
            return None;
        }
        let records = self.shared.iter().flat_map(|(_, records)| records.iter());
        records
            .filter(|record| std::ptr::addr_eq(&raw const record.node, std::ptr::from_ref(node)))
            .find_map(|record| record.home)
    }

    /// What a reference of that kind could have meant.
    pub(crate) fn candidates(&self, expects: &str) -> Vec<&'v str> {
        self.joined
            .map(|joined| identifiers::candidates(joined, expects))
            .unwrap_or_default()
    }
}

/// What is joined: a submission with the catalogue on a day.
pub(crate) struct Input<'i> {
    pub(crate) root: &'i Node<'i>,
    pub(crate) notes: &'i [Note],
    pub(crate) facts: &'i Facts,
    pub(crate) date: Date,
}

/// Joins the submission and shows the view to `look`. The stages borrow from each other, so the
/// view cannot outlive this call.
pub(crate) fn resolve<T>(input: &Input<'_>, look: impl FnOnce(&View<'_>) -> T) -> T {
    let root = input.root;
    let day = input.date.to_string();
    let frame = Frame {
        agency: root.get("agency"),
        date: input.date,
        day: &day,
    };
    let index = Index::new(root);
    let components = Components::new(root, input.facts, &frame);
    let justifications = links::justifications(root, &components, &frame);
    let answers = Answers::new(&justifications);
    let integrations = links::integrations(root, &index, &components, &answers, &frame);
    let joined = Joined {
        root,
        facts: input.facts,
        index: &index,
        components: &components,
        answers: &answers,
        integrations: &integrations,
        frame,
    };
    let data_assets = systems::data_assets(&joined);
    let systems = systems::systems(&joined);
    let processes = systems::processes(&joined, &systems);
    let shared = [
        (Collection::Components, components.records.as_slice()),
        (Collection::Justifications, &justifications),
        (Collection::Integrations, &integrations),
        (Collection::DataAssets, &data_assets),
        (Collection::Systems, &systems),
        (Collection::Processes, &processes),
    ];
    let rest = vec![
        (Collection::Submission, vec![whole(&joined, &shared)]),
        (Collection::Agency, one(&joined, "agency")),
        (Collection::Reference, one(&joined, "reference")),
        (Collection::Contacts, texts::plain(&joined, "contacts")),
        (Collection::Layers, texts::layers(&joined)),
        (Collection::Dispositions, plans::dispositions(&joined)),
        (Collection::Deployments, plans::deployments(&joined)),
        (Collection::Roadmap, plans::roadmap(&joined)),
        (
            Collection::RoadmapComponents,
            plans::roadmap_components(&joined),
        ),
        (Collection::OwnerTasks, plans::owner_tasks(&joined)),
        (Collection::Duties, plans::duties(&joined)),
        (Collection::Functions, texts::functions(&joined, &systems)),
        (Collection::Security, texts::plain(&joined, "security")),
        (
            Collection::Attachments,
            texts::plain(&joined, "attachments"),
        ),
        (Collection::Notes, texts::notes(&joined, input.notes)),
    ];
    look(&View {
        root,
        joined: Some(&joined),
        shared: shared.to_vec(),
        rest,
    })
}

/// The whole file as one record.
fn whole<'v>(joined: &Joined<'v>, shared: &[(Collection, &'v [Record<'v>]); 6]) -> Record<'v> {
    let mut gained = joined.frame.fields(5);
    for (collection, records) in shared {
        let name = match collection {
            Collection::Systems => "systems",
            Collection::Integrations => "integrations",
            Collection::DataAssets => "data_assets",
            Collection::Processes => "business_processes",
            _ => continue,
        };
        gained.push(field(
            name,
            share_all(records.iter().map(|record| &record.node)),
        ));
    }
    let by_id = joined
        .facts
        .components
        .iter()
        .zip(&joined.components.records)
        .map(|(facts, record)| Member {
            key_at: 0,
            key: facts.id.as_str().into(),
            value: share(&record.node),
        });
    gained.push(field("component", object(by_id.collect())));
    Record::joined(joined.root, gained)
}

/// A record that the file holds once; if it is missing, a record without fields of its own.
fn one<'v>(joined: &Joined<'v>, name: &str) -> Vec<Record<'v>> {
    let home = joined.root.get(name).filter(|node| node.is_record());
    vec![match home {
        Some(home) => Record::joined(home, joined.frame.fields(0)),
        None => Record::made(joined.frame.fields(0), None),
    }]
}
