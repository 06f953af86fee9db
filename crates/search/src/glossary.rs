//! What acronyms, synonyms and words of the other language stand for.

use std::collections::BTreeMap;

use framework::{Abbreviation, Catalogue, Locale, Localized};
use vitext::{is_syllable, tokens};

use crate::Meaning;

/// Phrases with what they stand for, in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Glossary {
    meanings: Localized<BTreeMap<String, Vec<Meaning>>>,
}

impl Glossary {
    /// Reads the terms, components and bodies of the catalogue: every abbreviation, variant and
    /// name in the other language stands for the name, and so do the initials of a Vietnamese name
    /// («TTDLQG»), which is how officials shorten any of them.
    pub fn from_catalogue(catalogue: &Catalogue) -> Self {
        let mut glossary = Self::default();
        for term in &catalogue.terms {
            glossary.add_name(&term.name, &term.abbreviation, &term.variants);
        }
        let none = Localized::default();
        for component in &catalogue.components {
            glossary.add_name(&component.name, &component.abbreviation, &none);
        }
        for body in &catalogue.bodies {
            glossary.add_name(&body.name, &body.abbreviation, &none);
        }
        let names = (catalogue.terms.iter().map(|term| &term.name))
            .chain(catalogue.components.iter().map(|component| &component.name))
            .chain(catalogue.bodies.iter().map(|body| &body.name));
        for name in names {
            glossary.add_initials(name);
        }
        glossary
    }

    fn add_name(
        &mut self,
        name: &Localized,
        abbreviation: &Abbreviation,
        variants: &Localized<Vec<String>>,
    ) {
        for locale in Locale::ALL {
            let stands_for = main_name(name.get(locale));
            let abbreviations = [&abbreviation.vi, &abbreviation.en];
            for short in abbreviations.into_iter().flatten() {
                // «GO» and the like would turn everyday words into names.
                if !is_syllable(&vitext::fold(short)) {
                    self.add(locale, short, stands_for);
                }
            }
            for variant in Locale::ALL
                .into_iter()
                .flat_map(|locale| variants.get(locale))
            {
                self.add(locale, variant, stands_for);
            }
            for foreign in name.get(locale.other()).split(';') {
                self.add(locale, foreign, stands_for);
            }
        }
    }

    fn add_initials(&mut self, name: &Localized) {
        let initials: String = tokens(main_name(&name.vi))
            .iter()
            .filter_map(|token| token.key.chars().next())
            .collect();
        if initials.len() >= 3 && !is_syllable(&initials) {
            for locale in Locale::ALL {
                self.add(locale, &initials, main_name(name.get(locale)));
            }
        }
    }

    /// Says that in an index of that language the phrase stands for the other.
    pub fn add(&mut self, locale: Locale, phrase: &str, stands_for: &str) {
        let keys = |text: &str| -> Vec<String> {
            tokens(main_name(text))
                .into_iter()
                .map(|token| token.key)
                .collect()
        };
        let (pattern, meant) = (keys(phrase), keys(stands_for));
        let Some((first, rest)) = pattern.split_first() else {
            return;
        };
        // A part of the name («Khung kiến trúc») is found by its own words.
        let is_part = meant.windows(pattern.len()).any(|part| part == pattern);
        if is_part || first.len() < 2 && rest.is_empty() {
            return;
        }
        let meaning = Meaning {
            rest: rest.join(" "),
            stands_for: stands_for.to_owned(),
        };
        let known = match locale {
            Locale::Vi => self.meanings.vi.entry(first.clone()).or_default(),
            Locale::En => self.meanings.en.entry(first.clone()).or_default(),
        };
        // The first to claim a phrase keeps it.
        if known.iter().all(|one| one.rest != meaning.rest) {
            known.push(meaning);
            known.sort_by(|one, other| one.rest.cmp(&other.rest));
        }
    }

    /// Every first key with what phrases that begin so stand for.
    pub(crate) fn meanings(&self, locale: Locale) -> &BTreeMap<String, Vec<Meaning>> {
        self.meanings.get(locale)
    }
}

/// A name without what is added to it in brackets or behind a semicolon.
fn main_name(name: &str) -> &str {
    name.split([';', '(']).next().unwrap_or(name).trim()
}
