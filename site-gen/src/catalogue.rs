//! `content/catalogue/*.json`: the components, bodies and terms of the framework.

use std::collections::BTreeSet;

use framework::{
    Body, Catalogue, ClauseId, Clauses, Component, ConstituentFramework, Diagnostic,
    LayerDescription, Localized, ReferencedSystem, Term,
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    json,
    source::{Source, Sources},
    wording,
};

/// Where the files lie.
pub const FOLDER: &str = "content/catalogue/";

/// A catalogue file: `{"$schema": "…", "components": [ … ]}`, each with its own word for the entries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound = "T: DeserializeOwned")]
struct File<T> {
    #[serde(rename = "$schema", default)]
    _schema: String,
    #[serde(
        alias = "constituents",
        alias = "layers",
        alias = "components",
        alias = "bodies",
        alias = "systems",
        alias = "terms"
    )]
    entries: Vec<T>,
}

/// Reads the catalogue. A tree without one has an empty one; a part of one is a fault.
pub fn parse(sources: &Sources, faults: &mut Vec<Diagnostic>) -> Catalogue {
    if sources.below(FOLDER).next().is_none() {
        return Catalogue::default();
    }
    Catalogue {
        constituents: entries::<ConstituentFramework>(sources, "constituents", faults),
        layers: entries::<LayerDescription>(sources, "layers", faults),
        components: entries::<Component>(sources, "components", faults),
        bodies: entries::<Body>(sources, "bodies", faults),
        referenced_systems: entries::<ReferencedSystem>(sources, "referenced-systems", faults),
        terms: entries::<Term>(sources, "glossary", faults),
    }
}

fn entries<T: DeserializeOwned>(
    sources: &Sources,
    name: &str,
    faults: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let path = format!("{FOLDER}{name}.json");
    let Some(source) = sources.get(&path) else {
        faults.push(Diagnostic::error(
            "missing-catalogue-file",
            path,
            Localized::text("Thiếu tệp danh mục này", "This catalogue file is missing"),
        ));
        return Vec::new();
    };
    json::parse::<File<T>>(source, faults)
        .map(|file| file.entries)
        .unwrap_or_default()
}

/// Checks that every clause, body and id the catalogue names exists, and that ids are not repeated.
pub fn check(
    catalogue: &Catalogue,
    clauses: &Clauses,
    sources: &Sources,
    faults: &mut Vec<Diagnostic>,
) {
    let mut check = Check {
        clauses,
        sources,
        faults,
    };
    check.component_file(catalogue);
    let file = "constituents";
    check.unique(
        file,
        catalogue.constituents.iter().map(|entry| entry.id.as_str()),
    );
    for entry in &catalogue.constituents {
        check.clauses(
            file,
            std::iter::once(&entry.clause)
                .chain(&entry.clauses)
                .chain(&entry.figure_box),
        );
        check.bodies(
            file,
            entry.responsible.iter().map(|task| task.body.as_str()),
            catalogue,
        );
    }
    let file = "layers";
    check.unique(file, catalogue.layers.iter().map(|entry| entry.id.as_str()));
    for entry in &catalogue.layers {
        check.clauses(
            file,
            std::iter::once(&entry.clause).chain(&entry.figure_box),
        );
    }
    let file = "bodies";
    check.unique(file, catalogue.bodies.iter().map(|entry| entry.id.as_str()));
    for entry in &catalogue.bodies {
        check.clauses(file, &entry.clauses);
    }
    let file = "referenced-systems";
    check.unique(
        file,
        catalogue
            .referenced_systems
            .iter()
            .map(|entry| entry.id.as_str()),
    );
    for entry in &catalogue.referenced_systems {
        check.clauses(file, &entry.clauses);
    }
    let file = "glossary";
    check.unique(file, catalogue.terms.iter().map(|entry| entry.id.as_str()));
    for entry in &catalogue.terms {
        check.clauses(file, &entry.clauses);
    }
}

struct Check<'a> {
    clauses: &'a Clauses,
    sources: &'a Sources,
    faults: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn component_file(&mut self, catalogue: &Catalogue) {
        let file = "components";
        self.unique(
            file,
            catalogue.components.iter().map(|entry| entry.id.as_str()),
        );
        self.unique(
            file,
            catalogue.components.iter().map(|entry| entry.code.as_str()),
        );
        for entry in &catalogue.components {
            self.clauses(
                file,
                std::iter::once(&entry.clause)
                    .chain(&entry.clauses)
                    .chain(&entry.figure_box),
            );
            self.bodies(
                file,
                entry.responsible.iter().map(|task| task.body.as_str()),
                catalogue,
            );
        }
    }

    fn unique<'i>(&mut self, file: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = BTreeSet::new();
        for id in ids {
            if !seen.insert(id) {
                self.fault(
                    "duplicate-id",
                    file,
                    id,
                    Localized::text(format!("«{id}» có hai lần"), format!("“{id}” stands twice")),
                    None,
                );
            }
        }
    }

    fn clauses<'i>(&mut self, file: &str, ids: impl IntoIterator<Item = &'i ClauseId>) {
        for id in ids {
            if self.clauses.get(id.as_str()).is_none() {
                let known = self.clauses.iter().map(|clause| clause.id.as_str());
                let hint = wording::did_you_mean(id.as_str(), known);
                self.fault(
                    "unknown-clause",
                    file,
                    id.as_str(),
                    Localized::text(
                        format!("Không có mục {id}"),
                        format!("There is no clause {id}"),
                    ),
                    Some(hint),
                );
            }
        }
    }

    fn bodies<'i>(
        &mut self,
        file: &str,
        ids: impl Iterator<Item = &'i str>,
        catalogue: &Catalogue,
    ) {
        for id in ids {
            if catalogue.body(id).is_none() {
                let known = catalogue.bodies.iter().map(|body| body.id.as_str());
                let hint = wording::did_you_mean(id, known);
                self.fault(
                    "unknown-body",
                    file,
                    id,
                    Localized::text(
                        format!("Không có cơ quan «{id}»"),
                        format!("There is no body “{id}”"),
                    ),
                    Some(hint),
                );
            }
        }
    }

    /// Places the fault at the first place where the file has the value in quotes.
    fn fault(
        &mut self,
        code: &'static str,
        file: &str,
        value: &str,
        message: Localized,
        hint: Option<Localized>,
    ) {
        let path = format!("{FOLDER}{file}.json");
        let mut fault = Diagnostic::error(code, &path, message);
        fault.hint = hint;
        if let Some(text) = self.sources.get(&path).and_then(Source::text)
            && let Some(at) = text.find(&format!("\"{value}\""))
        {
            fault = fault.at_bytes(text, at + 1..at + 1 + value.len());
        }
        self.faults.push(fault);
    }
}
