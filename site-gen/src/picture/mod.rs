//! The overview picture of II.2, drawn from the catalogue.
//!
//! `catalogue + language → Scene (all places worked out) → SVG`. No browser, no file, no clock.
//! The order of the boxes in the source drawing was lost when its text was flattened; layers
//! follow II.3, constituents II.1, and the page says that the picture is redrawn.

mod boxes;
mod card;
mod glyphs;
mod label;
mod layout;
mod png;
mod scene;
mod stack;
mod standalone;
mod svg;
mod wrap;

use boxes::Boxes;
pub use card::Card;
use framework::{Body, Catalogue, Component, Locale};
pub use scene::Target;
pub(crate) use standalone::base64;
pub use standalone::{EmbeddedFont, Palette};
use svg::Writer;

/// The picture of one catalogue in one language.
#[derive(Clone, Copy)]
pub struct Picture<'a> {
    /// What is drawn.
    pub catalogue: &'a Catalogue,
    /// The language of the labels.
    pub locale: Locale,
    /// The address of a box.
    pub address: &'a dyn Fn(Target<'_>) -> String,
}

impl Picture<'_> {
    /// All three layouts, for a page whose style shows the one that fits the screen.
    pub fn inline(&self) -> String {
        let boxes = self.boxes();
        let write = |id: &str, class: &str, scene: &scene::Scene<'_>| {
            let Self {
                locale, address, ..
            } = *self;
            Writer {
                locale,
                id,
                class,
                address,
                attributes: "",
                prologue: "",
            }
            .write(scene)
        };
        [
            write("pw", "wide", &boxes.wide()),
            write("pm", "mid", &boxes.stack(2)),
            write("pn", "narrow", &boxes.stack(1)),
        ]
        .concat()
    }

    /// The wide layout as a file that needs nothing else.
    pub fn standalone(&self, palette: &Palette, fonts: &[EmbeddedFont<'_>]) -> String {
        let Self {
            locale, address, ..
        } = *self;
        let scene = self.boxes().wide();
        let attributes = format!(" xml:lang=\"{locale}\" width=\"{}\"", scene.width);
        let prologue = standalone::style(palette, fonts);
        Writer {
            locale,
            id: "p",
            class: "wide",
            address,
            attributes: &attributes,
            prologue: &prologue,
        }
        .write(&scene)
    }

    const fn boxes(&self) -> Boxes<'_> {
        Boxes {
            catalogue: self.catalogue,
            locale: self.locale,
        }
    }
}

/// A group of components that the reader can have highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeadGroup<'a> {
    /// The number in the class `k1` of its boxes; 0 for those without a lead.
    pub number: usize,
    /// The lead body; none where the text names nobody.
    pub body: Option<&'a Body>,
    /// How many components it has.
    pub components: usize,
}

/// The lead bodies in the order of the catalogue, last those whose lead the text does not state.
pub fn lead_groups_of(catalogue: &Catalogue) -> Vec<LeadGroup<'_>> {
    let leading = catalogue.bodies.iter().filter(|body| {
        catalogue
            .components
            .iter()
            .any(|component| is_led_by(component, body))
    });
    let mut groups: Vec<LeadGroup<'_>> = leading
        .enumerate()
        .map(|(index, body)| LeadGroup {
            number: index + 1,
            body: Some(body),
            components: catalogue
                .components
                .iter()
                .filter(|component| is_led_by(component, body))
                .count(),
        })
        .collect();
    let silent = catalogue
        .components
        .iter()
        .filter(|component| component.responsible.is_empty());
    groups.push(LeadGroup {
        number: 0,
        body: None,
        components: silent.count(),
    });
    groups
}

fn is_led_by(component: &Component, body: &Body) -> bool {
    component
        .responsible
        .iter()
        .any(|duty| duty.body == body.id)
}

/// The groups a component belongs to.
fn lead_groups(catalogue: &Catalogue, component: &Component) -> Vec<usize> {
    lead_groups_of(catalogue)
        .into_iter()
        .filter(|group| match group.body {
            Some(body) => is_led_by(component, body),
            None => component.responsible.is_empty(),
        })
        .map(|group| group.number)
        .collect()
}

#[cfg(test)]
mod tests;
