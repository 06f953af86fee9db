//! The model as the file has it: elements, relationships and their properties, with places.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use framework::Localized;

use crate::{
    Limits, Unreadable,
    notes::Notes,
    place,
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

/// The kinds of relationship that mean something here; the rest are passed over.
const KINDS: [&str; 4] = ["Flow", "Serving", "Assignment", "Realization"];

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
            let mut reading = Reading {
                source: Source::within(self.text, part.at, &self.limits),
                limits: self.limits,
                nodes: self.nodes,
            };
            // The start of the part itself, which the outline has seen.
            reading.source.next()?;
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

/// A part being read.
struct Reading<'t> {
    source: Source<'t>,
    limits: Limits,
    nodes: usize,
}

fn cut_short(source: &Source<'_>) -> Unreadable {
    let end = source.position();
    source.syntax(
        end..end,
        Localized::text(
            "Tệp kết thúc giữa chừng: có phần tử chưa được đóng.",
            "The file ends in the middle: an element is not closed.",
        ),
    )
}

fn offsets(range: &Range<usize>) -> Range<u32> {
    place::offset(range.start)..place::offset(range.end)
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

impl<'t> Reading<'t> {
    /// Calls `each` for every child of the element that has begun.
    fn children(
        &mut self,
        mut each: impl FnMut(&mut Self, Tag<'t>) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        loop {
            match self.source.next()? {
                Token::Start(tag) => each(self, tag)?,
                Token::Text(_) => {}
                Token::End => return Ok(()),
                Token::Eof => return Err(cut_short(&self.source)),
            }
        }
    }

    fn elements(&mut self, each: &mut impl FnMut(&Element<'t>)) -> Result<(), Unreadable> {
        self.children(|reading, tag| {
            if tag.name() != "element" {
                return reading.source.skip();
            }
            reading.count(&tag)?;
            let mut element = Element {
                id: tag.attribute("identifier").unwrap_or_default(),
                kind: kind(&tag),
                range: offsets(&tag.range),
                names: Vec::new(),
                properties: Vec::new(),
            };
            reading.children(|reading, tag| {
                match tag.name() {
                    "name" | "label" => {
                        let lang = tag.attribute("xml:lang");
                        let (text, range) = reading.source.text()?;
                        reading.count(&tag)?;
                        element.names.push(Name {
                            lang,
                            text,
                            range: offsets(&range),
                        });
                    }
                    "properties" => element.properties = reading.properties()?,
                    _ => reading.source.skip()?,
                }
                Ok(())
            })?;
            element.range.end = place::offset(reading.source.position());
            each(&element);
            Ok(())
        })
    }

    fn relationships(
        &mut self,
        others: &mut Others,
        each: &mut impl FnMut(&Relationship),
    ) -> Result<(), Unreadable> {
        self.children(|reading, tag| {
            let kind = kind(&tag);
            if tag.name() != "relationship" {
                return reading.source.skip();
            }
            if !KINDS.contains(&kind.as_str()) {
                others.add(&kind, &offsets(&tag.range));
                return reading.source.skip();
            }
            reading.count(&tag)?;
            let attribute = |name| tag.attribute(name).unwrap_or_default();
            let mut relationship = Relationship {
                id: attribute("identifier"),
                kind,
                source: attribute("source"),
                target: attribute("target"),
                range: offsets(&tag.range),
                properties: Vec::new(),
            };
            reading.children(|reading, tag| {
                if tag.name() == "properties" {
                    relationship.properties = reading.properties()?;
                    return Ok(());
                }
                reading.source.skip()
            })?;
            relationship.range.end = place::offset(reading.source.position());
            each(&relationship);
            Ok(())
        })
    }

    fn properties(&mut self) -> Result<Vec<Property>, Unreadable> {
        let mut properties = Vec::new();
        self.children(|reading, tag| {
            let definition = tag
                .attribute("propertyDefinitionRef")
                // The name of the attribute before 3.0 was final; some tools still write it.
                .or_else(|| tag.attribute("identifierRef"));
            let Some(definition) = definition.filter(|_| tag.name() == "property") else {
                return reading.source.skip();
            };
            reading.children(|reading, tag| {
                if tag.name() != "value" {
                    return reading.source.skip();
                }
                reading.count(&tag)?;
                let (value, range) = reading.source.text()?;
                let definition = definition.clone();
                properties.push(Property {
                    definition,
                    value: value.into_owned(),
                    range: offsets(&range),
                });
                Ok(())
            })
        })?;
        Ok(properties)
    }

    fn definitions(&mut self, definitions: &mut HashMap<String, String>) -> Result<(), Unreadable> {
        self.children(|reading, tag| {
            let id = tag.attribute("identifier");
            let Some(id) = id.filter(|_| tag.name() == "propertyDefinition") else {
                return reading.source.skip();
            };
            reading.count(&tag)?;
            let mut name = tag.attribute("name").unwrap_or_default();
            reading.children(|reading, tag| {
                if tag.name() == "name" && name.is_empty() {
                    name = reading.source.text()?.0.into_owned();
                    return Ok(());
                }
                reading.source.skip()
            })?;
            definitions.insert(id, name);
            Ok(())
        })
    }

    fn count(&mut self, tag: &Tag<'_>) -> Result<(), Unreadable> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            let place = self.source.place(tag.range.clone());
            return Err(Unreadable::TooManyNodes {
                place,
                limit: self.limits.nodes,
            });
        }
        Ok(())
    }
}

/// `ApplicationComponent`, with a prefix or without.
fn kind(tag: &Tag<'_>) -> String {
    let kind = tag
        .attribute("xsi:type")
        .or_else(|| tag.attribute("type"))
        .unwrap_or_default();
    match kind.rsplit_once(':') {
        Some((_, kind)) => kind.to_owned(),
        None => kind,
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
