//! The model as the file has it: elements, relationships and their properties, with places.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use framework::Localized;

use super::reading::{Reading, cut_short, offsets};
use crate::{
    Limits, Unreadable,
    notes::Notes,
    xml::{Source, Tag, Token},
};

const NAMESPACE: &str = "http://www.opengroup.org/xsd/archimate/3.0/";

/// The parts of a model in the order its schema asks for.
const ORDER: [&str; 9] = [
    "name",
    "documentation",
    "metadata",
    "properties",
    "elements",
    "relationships",
    "organizations",
    "propertyDefinitions",
    "views",
];

/// A model, read part by part: only the definitions are kept.
pub(super) struct Model<'t> {
    text: &'t str,
    limits: Limits,
    parts: Vec<Part>,
    nodes: usize,
    /// The names of property definitions by their identifiers.
    pub(super) definitions: HashMap<String, String>,
}

/// A part that means something here, and where it begins.
#[derive(Clone, Copy)]
struct Part {
    kind: PartKind,
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum PartKind {
    Properties,
    Elements,
    Relationships,
    Definitions,
}

impl PartKind {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "properties" => Self::Properties,
            "elements" => Self::Elements,
            "relationships" => Self::Relationships,
            "propertyDefinitions" => Self::Definitions,
            _ => return None,
        })
    }
}

/// An element.
pub(super) struct Element<'t> {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) range: Range<u32>,
    pub(super) names: Vec<Name<'t>>,
    pub(super) properties: Vec<Property>,
}

/// A name in a language, if it says which.
pub(super) struct Name<'t> {
    pub(super) lang: Option<String>,
    pub(super) text: Cow<'t, str>,
    pub(super) range: Range<u32>,
}

/// What is counted and not read: how many of each kind, and where the first stands.
#[derive(Default)]
pub(super) struct Others(pub(super) BTreeMap<String, (usize, Range<u32>)>);

impl Others {
    pub(super) fn add(&mut self, kind: &str, range: &Range<u32>) {
        if let Some((count, _)) = self.0.get_mut(kind) {
            *count += 1;
        } else {
            self.0.insert(kind.to_owned(), (1, range.clone()));
        }
    }

    /// Adds what was counted elsewhere.
    pub(super) fn add_all(&mut self, others: Self) {
        for (kind, (more, place)) in others.0 {
            let (count, first) = self.0.entry(kind).or_insert((0, place.clone()));
            *count += more;
            if place.start < first.start {
                *first = place;
            }
        }
    }
}

/// A property: which definition, and what it says.
pub(super) struct Property {
    pub(super) definition: String,
    pub(super) value: String,
    pub(super) range: Range<u32>,
}

/// A relationship between two elements.
pub(super) struct Relationship {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) range: Range<u32>,
    pub(super) properties: Vec<Property>,
}

impl<'t> Model<'t> {
    /// Goes over the whole file once: whether it is a model, where its parts begin, what its properties
    /// are called. Properties are defined after the elements that have them.
    pub(super) fn open(
        text: &'t str,
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<Self, Unreadable> {
        let mut outline = Outline {
            source: Source::new(text, limits),
            parts: Vec::new(),
        };
        let root = outline.root()?;
        let namespace = root.namespace();
        if root.name() != "model" || namespace != NAMESPACE {
            let place = outline.source.place(root.range);
            return Err(Unreadable::WrongNamespace {
                namespace: namespace.into(),
                place,
            });
        }
        outline.parts(notes)?;
        let mut model = Self {
            text,
            limits: *limits,
            parts: outline.parts,
            nodes: 0,
            definitions: HashMap::new(),
        };
        let mut definitions = HashMap::new();
        model.each_of(PartKind::Definitions, |reading| {
            reading.definitions(&mut definitions)
        })?;
        model.definitions = definitions;
        Ok(model)
    }

    /// The properties of the model itself.
    pub(super) fn properties(&mut self) -> Result<Vec<Property>, Unreadable> {
        let mut all = Vec::new();
        self.each_of(PartKind::Properties, |reading| {
            all.append(&mut reading.properties()?);
            Ok(())
        })?;
        Ok(all)
    }

    /// Reads the elements, each let go before the next.
    pub(super) fn for_each_element(
        &mut self,
        mut each: impl FnMut(&Element<'t>),
    ) -> Result<(), Unreadable> {
        self.each_of(PartKind::Elements, |reading| reading.elements(&mut each))
    }

    /// Reads the relationships of kinds that mean something here; gives the others.
    pub(super) fn for_each_relationship(
        &mut self,
        mut each: impl FnMut(&Relationship),
    ) -> Result<Others, Unreadable> {
        let mut others = Others::default();
        self.each_of(PartKind::Relationships, |reading| {
            reading.relationships(&mut others, &mut each)
        })?;
        Ok(others)
    }

    fn each_of(
        &mut self,
        kind: PartKind,
        mut read: impl FnMut(&mut Reading<'t>) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        for part in self.parts.iter().filter(|part| part.kind == kind) {
            let source = Source::within(self.text, part.at, &self.limits);
            let mut reading = Reading::begin(source, self.limits, self.nodes)?;
            read(&mut reading)?;
            self.nodes = reading.nodes;
        }
        Ok(())
    }
}

/// The first look at a file.
struct Outline<'t> {
    source: Source<'t>,
    parts: Vec<Part>,
}

impl<'t> Outline<'t> {
    fn root(&mut self) -> Result<Tag<'t>, Unreadable> {
        loop {
            match self.source.next()? {
                Token::Start(tag) => return Ok(tag),
                Token::Text(_) | Token::End => {}
                Token::Eof => return Err(Unreadable::Empty),
            }
        }
    }

    fn parts(&mut self, notes: &mut Notes) -> Result<(), Unreadable> {
        let mut reached = 0;
        loop {
            let tag = match self.source.next()? {
                Token::Start(tag) => tag,
                Token::Text(_) => continue,
                Token::End => return self.nothing_after(),
                Token::Eof => return Err(cut_short(&self.source)),
            };
            let order = ORDER.iter().position(|part| *part == tag.name());
            if let Some(order) = order {
                if order < reached {
                    note_order(tag.name(), ORDER[reached], offsets(&tag.range), notes);
                }
                reached = reached.max(order);
            }
            if let Some(kind) = PartKind::of(tag.name()) {
                let at = tag.range.start;
                self.parts.push(Part { kind, at });
            }
            self.source.skip()?;
        }
    }

    fn nothing_after(&mut self) -> Result<(), Unreadable> {
        loop {
            match self.source.next()? {
                Token::Eof => return Ok(()),
                Token::Text(_) | Token::End => {}
                Token::Start(tag) => {
                    return Err(self.source.syntax(
                        tag.range,
                        Localized::text(
                            "Sau mô hình còn phần tử khác.",
                            "Something follows the model.",
                        ),
                    ));
                }
            }
        }
    }
}

fn note_order(part: &str, after: &str, place: Range<u32>, notes: &mut Notes) {
    notes.add("archimate-order", place, || {
        Localized::text(
            format!("Phần «{part}» đứng sau «{after}», trái thứ tự của chuẩn ArchiMate Model Exchange; nội dung vẫn được đọc. Đề nghị xuất lại mô hình nếu công cụ khác không mở được."),
            format!("The part “{part}” stands after “{after}”, against the order of ArchiMate Model Exchange; it was read all the same. Please export the model again if other tools refuse it."),
        )
    });
}
