//! The picture of the real catalogue.

use std::{fs, path::Path};

use framework::{Catalogue, Locale};
use serde::de::DeserializeOwned;

use super::{
    Palette, Picture, Target,
    boxes::Boxes,
    lead_groups_of,
    scene::{Node, Scene, Style},
};

fn list<T: DeserializeOwned>(name: &str) -> Vec<T> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../content/catalogue/{name}.json"));
    let text = fs::read_to_string(&path).unwrap();
    let mut file: serde_json::Value = serde_json::from_str(&text).unwrap();
    serde_json::from_value(file[name.replace('-', "_").as_str()].take()).unwrap()
}

fn catalogue() -> Catalogue {
    Catalogue {
        constituents: list("constituents"),
        layers: list("layers"),
        components: list("components"),
        bodies: list("bodies"),
        ..Catalogue::default()
    }
}

fn scenes(boxes: Boxes<'_>) -> [Scene<'_>; 3] {
    [boxes.wide(), boxes.stack(2), boxes.stack(1)]
}

fn nodes<'s, 'a>(scene: &'s Scene<'a>) -> impl Iterator<Item = &'s Node<'a>> {
    let rows = scene
        .rows
        .iter()
        .flat_map(|row| row.nodes.iter().chain([&row.heading]));
    scene.constituents.iter().chain(rows)
}

fn address(target: Target<'_>) -> String {
    match target {
        Target::Component(component) => format!("/vi/components/{}/", component.id),
        Target::Constituent(constituent) => format!("/vi/constituents/#{}", constituent.id),
        Target::Layer(layer) => format!("/vi/components/#{}", layer.id),
    }
}

#[test]
fn no_label_overflows_its_box() {
    let catalogue = catalogue();
    for locale in Locale::ALL {
        for scene in scenes(Boxes {
            catalogue: &catalogue,
            locale,
        }) {
            for node in nodes(&scene) {
                let (right, bottom) = (
                    node.frame.x + node.frame.width,
                    node.frame.y + node.frame.height,
                );
                for line in &node.lines {
                    let (from, to) = line.extent();
                    assert!(
                        from >= node.frame.x && to <= right,
                        "{} too wide",
                        line.text
                    );
                    assert!(
                        line.y > node.frame.y && line.y < bottom,
                        "{} too low",
                        line.text
                    );
                }
            }
        }
    }
}

#[test]
fn names_and_small_lines_do_not_run_into_each_other() {
    let catalogue = catalogue();
    for locale in Locale::ALL {
        for scene in scenes(Boxes {
            catalogue: &catalogue,
            locale,
        }) {
            for node in nodes(&scene) {
                let baseline = |wanted: fn(Style) -> bool| {
                    node.lines
                        .iter()
                        .filter(move |line| wanted(line.style))
                        .map(|line| line.y)
                };
                let name = baseline(|style| style == Style::Name).fold(0.0, f64::max);
                let foot = baseline(|style| matches!(style, Style::Foot | Style::FootSilent))
                    .fold(f64::INFINITY, f64::min);
                assert!(foot - name >= 14.0, "{}", node.name());
            }
        }
    }
}

#[test]
fn boxes_lie_apart_or_one_within_the_other() {
    let catalogue = catalogue();
    for locale in Locale::ALL {
        for scene in scenes(Boxes {
            catalogue: &catalogue,
            locale,
        }) {
            let all: Vec<_> = nodes(&scene).map(|node| node.frame).collect();
            for (index, a) in all.iter().enumerate() {
                assert!(a.x >= 0.0 && a.x + a.width <= scene.width);
                assert!(a.y >= 0.0 && a.y + a.height <= scene.height);
                for b in &all[index + 1..] {
                    let apart = a.x + a.width <= b.x
                        || b.x + b.width <= a.x
                        || a.y + a.height <= b.y
                        || b.y + b.height <= a.y;
                    let within = b.x >= a.x
                        && b.y >= a.y
                        && b.x + b.width <= a.x + a.width
                        && b.y + b.height <= a.y + a.height;
                    assert!(apart || within, "{a:?} {b:?}");
                }
            }
        }
    }
}

#[test]
fn all_components_and_constituents_are_there_and_lead_to_their_pages() {
    let catalogue = catalogue();
    assert_eq!(
        (catalogue.components.len(), catalogue.constituents.len()),
        (22, 7)
    );
    for locale in Locale::ALL {
        let picture = Picture {
            catalogue: &catalogue,
            locale,
            address: &address,
        };
        let svg = picture.inline();
        // Three layouts, each with every box once.
        for component in &catalogue.components {
            let link = format!("href=\"/vi/components/{}/\"", component.id);
            assert_eq!(svg.matches(&link).count(), 3, "{link}");
        }
        for constituent in &catalogue.constituents {
            let link = format!("href=\"/vi/constituents/#{}\"", constituent.id);
            assert_eq!(svg.matches(&link).count(), 3, "{link}");
        }
        assert_eq!(svg.matches("role=\"listitem\"").count(), 3 * 29);
    }
}

#[test]
fn a_box_is_called_by_what_it_shows() {
    let catalogue = catalogue();
    let scene = Boxes {
        catalogue: &catalogue,
        locale: Locale::Vi,
    }
    .wide();
    let names: Vec<String> = nodes(&scene).map(Node::name).collect();
    assert!(names.iter().any(|name| name
        == "NT-4 TW → xã Nền tảng quản lý cán bộ công chức, viên chức quốc gia Bộ Nội vụ · \
            2025–2026"));
    // A deadline that binds guidance says so; a silent text is not filled in.
    assert!(names.iter().any(
        |name| name.contains("Nền tảng họp trực tuyến") && name.contains("hướng dẫn 2025–2026")
    ));
    assert!(
        names
            .iter()
            .any(|name| name.starts_with("DL-1") && name.ends_with("không nêu chủ trì"))
    );
}

#[test]
fn every_component_is_in_a_highlight_group() {
    let catalogue = catalogue();
    let groups = lead_groups_of(&catalogue);
    let members: usize = groups.iter().map(|group| group.components).sum();
    let duties: usize = catalogue
        .components
        .iter()
        .map(|component| component.responsible.len().max(1))
        .sum();
    assert_eq!(members, duties);
    let ministry = groups
        .iter()
        .find(|group| group.body.is_some_and(|body| body.id == "most"));
    assert_eq!(ministry.unwrap().components, 4);
}

#[test]
fn the_file_to_download_needs_nothing_else() {
    let catalogue = catalogue();
    let palette = Palette::from_css(":root{--nt:#7d4b05;--nt-bg:#fcf3e2;--nt-line:#bd8326}");
    let picture = Picture {
        catalogue: &catalogue,
        locale: Locale::En,
        address: &address,
    };
    let svg = picture.standalone(&palette, &[]);
    assert!(svg.starts_with("<svg class=\"dg wide\""));
    assert!(svg.contains("xml:lang=\"en\"") && svg.contains(".l-nt .box{fill:#fff;stroke:#bd8326"));
    assert!(!svg.contains("var(--"));
}
