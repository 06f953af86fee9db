//! From what people write to the word in data: labels, names, codes, in either language.

use std::collections::HashMap;

use framework::{Catalogue, Locale};

use crate::{
    fold::folded,
    model::{self, CodeList, FieldKind, codes},
};

/// All words that coded fields know, by their folded forms.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    lists: HashMap<&'static str, HashMap<String, &'static str>>,
    components: HashMap<String, String>,
    bodies: HashMap<String, String>,
    constituents: HashMap<String, String>,
}

impl Vocabulary {
    pub(crate) fn new(catalogue: Option<&Catalogue>) -> Self {
        let mut lists = HashMap::new();
        add_list(&mut lists, &codes::YES_NO);
        for field in model::SECTIONS.iter().flat_map(|section| section.fields) {
            match field.kind {
                FieldKind::Code(list) | FieldKind::Component(_, list) | FieldKind::Body(list) => {
                    add_list(&mut lists, list);
                }
                _ => {}
            }
        }
        let mut vocabulary = Self {
            lists,
            components: HashMap::new(),
            bodies: HashMap::new(),
            constituents: HashMap::new(),
        };
        if let Some(catalogue) = catalogue {
            vocabulary.add_catalogue(catalogue);
        }
        vocabulary
    }

    fn add_catalogue(&mut self, catalogue: &Catalogue) {
        for component in &catalogue.components {
            let labels = Locale::ALL.map(|locale| model::component_label(component, locale));
            let names = [
                &component.id,
                &component.code,
                &component.name.vi,
                &component.name.en,
            ];
            let short = [&component.abbreviation.vi, &component.abbreviation.en];
            let others = component.variants.iter().map(|variant| &variant.name);
            let all = names
                .into_iter()
                .chain(&labels)
                .chain(short.into_iter().flatten());
            add(&mut self.components, &component.id, all.chain(others));
        }
        for body in &catalogue.bodies {
            let short = [&body.abbreviation.vi, &body.abbreviation.en];
            let names = [&body.id, &body.name.vi, &body.name.en];
            add(
                &mut self.bodies,
                &body.id,
                names.into_iter().chain(short.into_iter().flatten()),
            );
        }
        for constituent in &catalogue.constituents {
            let names = [&constituent.id, &constituent.name.vi, &constituent.name.en];
            let others = constituent.variants.iter().map(|variant| &variant.name);
            add(
                &mut self.constituents,
                &constituent.id,
                names.into_iter().chain(others),
            );
        }
    }

    /// The word in data for what stands in a field of that kind; `None` if it is none known.
    pub(crate) fn word(&self, kind: FieldKind, text: &str) -> Option<&str> {
        let folded = folded(text);
        let listed = |list: &CodeList| self.lists.get(list.name)?.get(&folded).copied();
        match kind {
            FieldKind::Boolean => listed(&codes::YES_NO),
            FieldKind::Code(list) => listed(list),
            FieldKind::Component(_, list) => {
                listed(list).or_else(|| self.components.get(&folded).map(String::as_str))
            }
            FieldKind::Body(list) => {
                listed(list).or_else(|| self.bodies.get(&folded).map(String::as_str))
            }
            FieldKind::Constituent => self.constituents.get(&folded).map(String::as_str),
            FieldKind::Text
            | FieldKind::Slug
            | FieldKind::Integer
            | FieldKind::Year
            | FieldKind::Date => None,
        }
    }
}

fn add<'n>(words: &mut HashMap<String, String>, id: &str, names: impl Iterator<Item = &'n String>) {
    for name in names {
        // The first that claims a name keeps it: ids and own names come before variants.
        words.entry(folded(name)).or_insert_with(|| id.to_owned());
    }
}

fn add_list(
    lists: &mut HashMap<&'static str, HashMap<String, &'static str>>,
    list: &'static CodeList,
) {
    lists.entry(list.name).or_insert_with(|| {
        let mut words = HashMap::new();
        for code in list.codes {
            for name in [code.code, code.label.vi, code.label.en] {
                words.entry(folded(name)).or_insert(code.code);
            }
        }
        words
    });
}
