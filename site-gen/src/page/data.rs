//! What lies beside the pages: `/data/*.json`, `/schema/*.json`, `/samples/*`.

use std::collections::BTreeMap;

use framework::{Clause, Diagnostic, Locale};
use serde::Serialize;
use serde_json::Value;

use super::{Artifact, media_type, nothing_at};
use crate::{address::Address, library::Library, site::Site, templates};

/// `/data/clauses.json`.
#[derive(Serialize)]
struct Clauses<'a> {
    framework_version: &'a str,
    clauses: Vec<&'a Clause>,
}

/// `/data/components.json`.
#[derive(Serialize)]
struct Components<'a> {
    framework_version: &'a str,
    constituents: &'a [framework::ConstituentFramework],
    layers: &'a [framework::LayerDescription],
    #[serde(rename = "components")]
    entries: &'a [framework::Component],
    bodies: &'a [framework::Body],
    referenced_systems: &'a [framework::ReferencedSystem],
}

/// `/data/glossary.json`.
#[derive(Serialize)]
struct Glossary<'a> {
    framework_version: &'a str,
    terms: &'a [framework::Term],
}

/// `/data/rules.json`.
#[derive(Serialize)]
struct Rules<'a> {
    ruleset: &'a Value,
    rules: Vec<&'a Value>,
}

pub(super) fn data(site: &Site, name: &str) -> Result<Artifact, Box<Diagnostic>> {
    let library = &*site.library;
    let framework_version = library.config.framework.version.as_str();
    let catalogue = &library.project.catalogue;
    let text = match name {
        "clauses.json" => {
            let clauses = library.project.clauses.iter().collect();
            json(&Clauses {
                framework_version,
                clauses,
            })
        }
        "components.json" => json(&Components {
            framework_version,
            constituents: &catalogue.constituents,
            layers: &catalogue.layers,
            entries: &catalogue.components,
            bodies: &catalogue.bodies,
            referenced_systems: &catalogue.referenced_systems,
        }),
        "glossary.json" => json(&Glossary {
            framework_version,
            terms: &catalogue.terms,
        }),
        "rules.json" => {
            let rules = library.rules.iter().map(|rule| &rule.data).collect();
            json(&Rules {
                ruleset: &library.ruleset,
                rules,
            })
        }
        // Short citations, for the page that opens a code where there is no server.
        "codes.json" => json(&library.citations()),
        _ => return Err(nothing_at(&Address::Data(name.to_owned()))),
    };
    Ok(artifact(name, text))
}

pub(super) fn schema(library: &Library, name: &str) -> Result<Artifact, Box<Diagnostic>> {
    let text = name
        .strip_suffix(".json")
        .and_then(|name| library.schemas.get(name));
    served(
        text.map(ToString::to_string),
        name,
        &Address::Schema(name.to_owned()),
    )
}

pub(super) fn sample(library: &Library, name: &str) -> Result<Artifact, Box<Diagnostic>> {
    let text = library.samples.get(name).map(ToString::to_string);
    served(text, name, &Address::Sample(name.to_owned()))
}

/// An empty submission to fill in: the same as the server's, for hosts that only serve files.
pub(super) fn template(
    library: &Library,
    locale: Locale,
    name: &str,
) -> Result<Artifact, Box<Diagnostic>> {
    let catalogue = &library.project.catalogue;
    let bytes = templates::kind(name)
        .and_then(|(level, format)| intake::template(level, format, catalogue, locale).ok())
        .ok_or_else(|| nothing_at(&Address::Template(locale, name.to_owned())))?;
    Ok(Artifact {
        media_type: media_type(name),
        bytes,
    })
}

/// A file of the theme or of the content tree, or what the checker knows, under its public name.
pub(super) fn asset(site: &Site, name: &str) -> Result<Artifact, Box<Diagnostic>> {
    let of_theme = site
        .theme
        .assets
        .get(name)
        .map(|asset| asset.bytes.to_vec());
    let of_content = || {
        let by_name: Option<_> = site
            .library
            .files
            .values()
            .find(|file| file.public_name == name);
        by_name.map(|file| file.bytes.to_vec())
    };
    let knowledge = &site.library.knowledge;
    let of_checker = || (name == knowledge.public_name()).then(|| knowledge.packed().to_vec());
    let bytes = of_theme.or_else(of_content).or_else(of_checker);
    let bytes = bytes.ok_or_else(|| nothing_at(&Address::Asset(name.to_owned())))?;
    Ok(Artifact {
        media_type: media_type(name),
        bytes,
    })
}

fn served(
    text: Option<String>,
    name: &str,
    address: &Address,
) -> Result<Artifact, Box<Diagnostic>> {
    text.map(|text| artifact(name, text))
        .ok_or_else(|| nothing_at(address))
}

fn artifact(name: &str, text: String) -> Artifact {
    Artifact {
        media_type: media_type(name),
        bytes: text.into_bytes(),
    }
}

fn json(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value)
        .expect("plain structs with string keys are always JSON");
    text.push('\n');
    text
}

/// The addresses of everything this file serves but assets.
pub(crate) fn addresses(library: &Library) -> Vec<Address> {
    let data: BTreeMap<&str, bool> = [
        ("clauses.json", !library.project.clauses.is_empty()),
        (
            "components.json",
            !library.project.catalogue.components.is_empty(),
        ),
        ("glossary.json", !library.project.catalogue.terms.is_empty()),
        ("rules.json", !library.rules.is_empty()),
        ("codes.json", !library.project.clauses.is_empty()),
    ]
    .into();
    let data = data.into_iter().filter(|(_, present)| *present);
    data.map(|(name, _)| Address::Data(name.to_owned()))
        .chain(
            library
                .schemas
                .keys()
                .map(|name| Address::Schema(format!("{name}.json"))),
        )
        .chain(
            library
                .samples
                .keys()
                .map(|name| Address::Sample(name.clone())),
        )
        .chain(templates::addresses(library))
        .collect()
}
