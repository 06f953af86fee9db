//! One part of a model, read element by element.

use std::{collections::HashMap, ops::Range};

use framework::Localized;

use super::model::{Element, Name, Others, Property, Relationship};
use crate::{
    Limits, Unreadable, place,
    xml::{Source, Tag, Token},
};

/// The kinds of relationship that mean something here; the rest are passed over.
const KINDS: [&str; 4] = ["Flow", "Serving", "Assignment", "Realization"];

/// A part being read.
pub(super) struct Reading<'t> {
    source: Source<'t>,
    limits: Limits,
    /// Values met so far, in the parts before too.
    pub(super) nodes: usize,
}

/// What is said where a file ends too early.
pub(super) fn cut_short(source: &Source<'_>) -> Unreadable {
    let end = source.position();
    source.syntax(
        end..end,
        Localized::text(
            "Tệp kết thúc giữa chừng: có phần tử chưa được đóng.",
            "The file ends in the middle: an element is not closed.",
        ),
    )
}

pub(super) fn offsets(range: &Range<usize>) -> Range<u32> {
    place::offset(range.start)..place::offset(range.end)
}

impl<'t> Reading<'t> {
    /// Goes into a part, whose start the outline has seen.
    pub(super) fn begin(
        mut source: Source<'t>,
        limits: Limits,
        nodes: usize,
    ) -> Result<Self, Unreadable> {
        source.next()?;
        Ok(Self {
            source,
            limits,
            nodes,
        })
    }

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

    pub(super) fn elements(
        &mut self,
        each: &mut impl FnMut(&Element<'t>),
    ) -> Result<(), Unreadable> {
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

    pub(super) fn relationships(
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

    pub(super) fn properties(&mut self) -> Result<Vec<Property>, Unreadable> {
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

    pub(super) fn definitions(
        &mut self,
        definitions: &mut HashMap<String, String>,
    ) -> Result<(), Unreadable> {
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
