//! `/overview/` and the picture of the home page: the model of II.2 as a drawing and as lists.

use framework::{Diagnostic, Locale};
use serde::Serialize;

use super::{
    Frame, deadline,
    lookup::{Lookup, layer_class},
    scope, with_template,
};
use crate::{
    address::Tail,
    picture::{EmbeddedFont, Palette, Picture, Target, lead_groups_of},
    site::Site,
};

/// The picture with what is needed to highlight it and to read it as lists.
#[derive(Serialize)]
pub(super) struct PictureModel {
    svg: String,
    groups: Vec<Group>,
    constituents: Vec<Constituent>,
    layers: Vec<LayerList>,
}

/// Components with the same lead body.
#[derive(Serialize)]
struct Group {
    number: usize,
    name: Option<String>,
    components: usize,
}

#[derive(Serialize)]
struct Constituent {
    letter: String,
    name: String,
    url: String,
    developer: String,
}

#[derive(Serialize)]
struct LayerList {
    name: String,
    clause: String,
    components: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    code: String,
    name: String,
    url: String,
    summary: String,
}

#[derive(Serialize)]
struct Overview {
    picture: PictureModel,
}

/// `/overview/`.
pub(super) fn render(site: &Site, locale: Locale) -> Result<String, Box<Diagnostic>> {
    let lookup = Lookup::new(site, locale);
    let mut frame = Frame::new(
        site,
        locale,
        &Tail::Overview,
        lookup.words.get("overview.heading"),
    );
    frame.description = lookup.words.get("overview.lead");
    frame.breadcrumb_here();
    with_template(
        site,
        "pages/overview.html",
        &frame,
        Overview {
            picture: model(lookup),
        },
    )
}

/// The file to download: fonts and colours of the theme are part of it.
pub(super) fn standalone(site: &Site, locale: Locale) -> String {
    let lookup = Lookup::new(site, locale);
    let base_url = &site.publication.base_url;
    let address = |target: Target<'_>| format!("{base_url}{}", address_of(lookup, target));
    let catalogue = &site.library.project.catalogue;
    let picture = Picture {
        catalogue,
        locale,
        address: &address,
    };
    let fonts: Vec<EmbeddedFont<'_>> = [
        ("fonts/source-sans-3-latin.woff2", "U+0000-00FF,U+2000-206F"),
        (
            "fonts/source-sans-3-vietnamese.woff2",
            "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+1EA0-1EF9",
        ),
    ]
    .into_iter()
    .filter_map(|(path, unicode_range)| {
        Some(EmbeddedFont {
            woff2: site.theme.source(path)?,
            unicode_range,
        })
    })
    .collect();
    picture.standalone(&palette(site), &fonts)
}

/// The colours of the theme, for pictures that cannot ask a style sheet.
pub(super) fn palette(site: &Site) -> Palette {
    let css = site.theme.source("styles/site.css").unwrap_or_default();
    Palette::from_css(&String::from_utf8_lossy(css))
}

/// The picture for a page.
pub(super) fn model(lookup: Lookup<'_>) -> PictureModel {
    let catalogue = &lookup.library.project.catalogue;
    let address = |target: Target<'_>| address_of(lookup, target);
    let picture = Picture {
        catalogue,
        locale: lookup.locale,
        address: &address,
    };
    PictureModel {
        svg: picture.inline(),
        groups: lead_groups_of(catalogue)
            .into_iter()
            .map(|group| Group {
                number: group.number,
                name: group.body.map(|body| lookup.say(&body.name)),
                components: group.components,
            })
            .collect(),
        constituents: constituents(lookup),
        layers: layers(lookup),
    }
}

fn address_of(lookup: Lookup<'_>, target: Target<'_>) -> String {
    match target {
        Target::Component(component) => lookup.component(component).url,
        Target::Constituent(constituent) => lookup.constituent_url(constituent),
        Target::Layer(layer) => {
            format!(
                "{}#{}",
                lookup.url(&Tail::Components),
                layer_class(layer.layer)
            )
        }
    }
}

fn constituents(lookup: Lookup<'_>) -> Vec<Constituent> {
    lookup
        .library
        .project
        .catalogue
        .constituents
        .iter()
        .map(|constituent| {
            let clause = constituent.clause.as_str();
            let letter = clause.rsplit_once('.').map_or(clause, |(_, letter)| letter);
            let duties = constituent
                .responsible
                .iter()
                .map(|duty| lookup.duty(duty).name);
            Constituent {
                letter: letter.to_owned(),
                name: lookup.say(&constituent.name),
                url: lookup.constituent_url(constituent),
                developer: duties.collect::<Vec<_>>().join("; "),
            }
        })
        .collect()
}

fn layers(lookup: Lookup<'_>) -> Vec<LayerList> {
    let catalogue = &lookup.library.project.catalogue;
    catalogue
        .layers
        .iter()
        .map(|layer| LayerList {
            name: lookup.say(&layer.name),
            clause: layer.clause.to_string(),
            components: catalogue
                .components
                .iter()
                .filter(|component| component.layer == layer.layer)
                .map(|component| Item {
                    code: component.code.clone(),
                    name: lookup.say(&component.name),
                    url: lookup.component(component).url,
                    summary: summary(lookup, component),
                })
                .collect(),
        })
        .collect()
}

/// Lead, years and level in words; silence is said.
fn summary(lookup: Lookup<'_>, component: &framework::Component) -> String {
    let silent = lookup.words.get("silent");
    let stated = |text: String| {
        if text.is_empty() {
            silent.clone()
        } else {
            text
        }
    };
    format!(
        "{} {}; {} {}; {} {}",
        lookup.words.get("picture.summary_lead"),
        stated(lookup.leads(component)),
        lookup.words.get("components.deadline").to_lowercase(),
        stated(deadline::short(component).unwrap_or_default()),
        lookup.words.get("picture.summary_scope"),
        stated(
            scope::range(lookup, component)
                .unwrap_or_default()
                .to_lowercase()
        ),
    )
}
