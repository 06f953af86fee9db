//! The pages as their readers meet them: every kind, in both languages.

use std::{collections::BTreeSet, io::Write, path::Path, sync::OnceLock};

use flate2::{Compression, write::GzEncoder};
use framework::{Date, Locale};
use site_gen::{
    address::Address,
    library, page, read,
    site::{Publication, Site},
    theme::Theme,
};

fn site() -> &'static Site {
    static SITE: OnceLock<Site> = OnceLock::new();
    SITE.get_or_init(|| {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
        let (sources, faults) = read::sources(root, &read::FOLDERS, read::Limits::default());
        assert!(faults.is_empty(), "{faults:#?}");
        let (library, _) = library::assemble(&sources);
        let (theme, faults) = Theme::parse(&sources);
        assert!(faults.is_empty(), "{faults:#?}");
        let publication = Publication {
            base_url: "https://khung.example".to_owned(),
            date: "2026-03-31".parse::<Date>().unwrap(),
        };
        Site::new(library.into(), theme.into(), publication)
    })
}

fn rendered(address: &str) -> String {
    let address = Address::parse(address).unwrap();
    let artifact = page::render(site(), &address).unwrap();
    String::from_utf8(artifact.bytes).unwrap()
}

/// Every page of the site with its address.
fn pages() -> Vec<(String, String)> {
    site()
        .addresses()
        .into_iter()
        .filter(|address| matches!(address, Address::Page(..) | Address::Shell(..)))
        .map(|address| {
            let html = page::render(site(), &address).unwrap().bytes;
            (address.to_string(), String::from_utf8(html).unwrap())
        })
        .collect()
}

fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let mark = format!(" {attribute}=\"");
    html.split(mark.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

/// What a browser downloads for a file when it accepts gzip.
fn compressed(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap().len()
}

#[test]
fn a_strict_content_security_policy_can_stand_over_every_page() {
    for (address, html) in pages() {
        assert!(!html.contains(" style=\""), "{address} has an inline style");
        assert!(!html.contains("<style"), "{address} has a style element");
        assert!(
            !html.contains(" onclick="),
            "{address} has an inline handler"
        );
        for script in html.split("<script").skip(1) {
            let tag = script.split('>').next().unwrap();
            let is_data = tag.contains("application/ld+json");
            assert!(
                is_data || tag.contains(" src=\"/assets/"),
                "{address}: <script{tag}>"
            );
        }
        for resource in values(&html, "src").into_iter().chain(stylesheets(&html)) {
            assert!(
                resource.starts_with("/assets/"),
                "{address} loads {resource}"
            );
        }
    }
}

fn stylesheets(html: &str) -> Vec<&str> {
    html.split("<link ")
        .skip(1)
        .filter_map(|tag| tag.split('>').next())
        .filter(|tag| tag.contains("rel=\"stylesheet\""))
        .filter_map(|tag| tag.split("href=\"").nth(1)?.split('"').next())
        .collect()
}

#[test]
fn every_page_says_its_language_and_has_one_first_heading() {
    for (address, html) in pages() {
        let language = if address.contains("/en/") { "en" } else { "vi" };
        assert!(
            html.contains(&format!("<html lang=\"{language}\">")),
            "{address}"
        );
        let headings = html.matches("<h1").count();
        // What the server fills brings its own heading into these.
        if !address.contains("/.khung/shells/") {
            assert_eq!(headings, 1, "{address}");
        }
    }
}

#[test]
fn the_twin_in_the_other_language_is_named_and_has_the_same_passages() {
    for (address, html) in pages() {
        if address.contains("404") || address.contains(".khung") {
            assert!(
                html.contains("name=\"robots\" content=\"noindex\""),
                "{address}"
            );
            continue;
        }
        let tail = &address[3..];
        for (hreflang, locale) in [("vi", "vi"), ("en", "en"), ("x-default", "vi")] {
            let link = format!(
                "<link rel=\"alternate\" hreflang=\"{hreflang}\" \
                 href=\"https://khung.example/{locale}{tail}\">"
            );
            assert!(html.contains(&link), "{address} lacks {link}");
        }
        if address.starts_with("/vi/framework/") {
            let ids = |html: &str| -> BTreeSet<String> {
                values(html, "id").into_iter().map(str::to_owned).collect()
            };
            assert_eq!(
                ids(&html),
                ids(&rendered(&address.replacen("/vi/", "/en/", 1)))
            );
        }
    }
}

#[test]
fn no_page_weighs_more_than_a_hundred_kilobytes() {
    let asset = |address: &str| {
        let name = address.strip_prefix("/assets/").unwrap();
        page::render(site(), &Address::Asset(name.to_owned()))
            .unwrap()
            .bytes
    };
    let fonts: usize = site()
        .theme
        .assets
        .values()
        .filter(|asset| asset.path.contains("/fonts/"))
        .map(|asset| asset.bytes.len())
        .sum();
    for (address, html) in pages() {
        let styles: usize = stylesheets(&html)
            .into_iter()
            .map(|sheet| compressed(&asset(sheet)))
            .sum();
        let total = compressed(html.as_bytes()) + styles + fonts;
        assert!(total < 100_000, "{address}: {total} bytes");
    }
}

#[test]
fn a_component_page_begins_with_the_answer_and_the_sentence_it_rests_on() {
    let catalogue = &site().library.project.catalogue;
    for component in &catalogue.components {
        for locale in Locale::ALL {
            let html = rendered(&format!("/{locale}/components/{}/", component.id));
            let (_, main) = html.split_once("<main").unwrap();
            let (before_facts, facts) = main.split_once("<dl class=\"facts\">").unwrap();
            let quote = escaped(component.reuse.text.get(locale));
            assert!(before_facts.contains(&quote), "{}", component.code);
            // A translation has the original below it, marked as Vietnamese.
            if locale == Locale::En {
                let original = escaped(&component.reuse.text.vi);
                assert!(before_facts.contains(&format!("lang=\"vi\">“{original}”")));
            }
            let silent = component.responsible.is_empty()
                || component.deadline.is_none()
                || component.deployment.is_none();
            let (facts, _) = facts.split_once("</dl>").unwrap();
            assert_eq!(
                facts.contains("class=\"silent\""),
                silent,
                "{}",
                component.code
            );
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('\'', "&#39;")
}

#[test]
fn a_clause_shows_the_rules_the_component_and_the_original_beside_it() {
    let html = rendered("/en/framework/ii-3-4/");
    let (_, clause) = html.split_once("id=\"ii-3-4-3\"").unwrap();
    let (clause, _) = clause.split_once("id=\"ii-3-4-4\"").unwrap();
    assert!(clause.contains("lang=\"vi\"") && clause.contains("sử dụng thống nhất nền tảng này"));
    assert!(clause.contains("/en/components/national-personnel-management-platform/"));
    assert!(clause.contains("/en/rules/kkt2-plt-007/"));
    assert!(clause.contains("Ministry of Home Affairs, 2025–2026"));
    assert!(clause.contains("/c/ii-3-4-3"));
}

#[test]
fn the_rules_are_all_listed_without_a_script_and_each_can_be_filtered() {
    let html = rendered("/vi/rules/");
    assert_eq!(
        html.matches("data-entry").count(),
        site().library.rules.len()
    );
    for field in ["severity", "basis", "layer", "level"] {
        let chosen: BTreeSet<&str> = values(&html, &format!("data-{field}"))
            .into_iter()
            .flat_map(str::split_whitespace)
            .collect();
        for value in chosen {
            let input = format!("name=\"{field}\" value=\"{value}\"");
            assert!(html.contains(&input), "no filter for {field} {value}");
        }
    }
}

#[test]
fn the_bodies_of_part_three_have_their_tasks_and_years() {
    let owners: Vec<&str> = site()
        .library
        .owners()
        .map(|body| body.id.as_str())
        .collect();
    assert_eq!(owners, ["most", "mps", "gcc", "moha", "government-office"]);
    let html = rendered("/vi/owners/most/");
    assert_eq!(html.matches("<section class=\"task\"").count(), 6);
    assert!(html.contains("Hướng dẫn triển khai Nền tảng họp trực tuyến."));
}

#[test]
fn every_frame_for_the_server_has_one_place_to_fill() {
    let frames: Vec<(String, String)> = pages()
        .into_iter()
        .filter(|(address, _)| address.contains(".khung/shells"))
        .collect();
    assert_eq!(frames.len(), 8);
    for (address, html) in frames {
        assert_eq!(html.matches(page::SLOT).count(), 1, "{address}");
    }
}

#[test]
fn the_glossary_can_be_looked_up_from_both_languages() {
    let terms = &site().library.project.catalogue.terms;
    for locale in Locale::ALL {
        let html = rendered(&format!("/{locale}/glossary/"));
        assert_eq!(html.matches("class=\"term\"").count(), terms.len());
        let (_, reverse) = html.split_once("class=\"reverse-list").unwrap();
        for term in terms {
            assert!(
                reverse.contains(&format!("href=\"#{}\"", term.id)),
                "{}",
                term.id
            );
        }
    }
}

#[test]
fn the_first_mention_of_a_term_leads_to_its_entry_and_carries_its_meaning() {
    for address in ["/vi/framework/ii-3-4/", "/en/framework/ii-3-4/"] {
        let html = rendered(address);
        let glossary = rendered(&format!("{}glossary/", &address[..4]));
        let links: Vec<&str> = html
            .split("<a class=\"gloss\" href=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        assert!(links.len() > 8, "{address}: {links:?}");
        let terms: BTreeSet<&str> = links.iter().copied().collect();
        assert_eq!(
            terms.len(),
            links.len(),
            "{address}: a term is linked twice"
        );
        for link in links {
            let (page, term) = link.split_once('#').unwrap();
            assert_eq!(page, format!("{}glossary/", &address[..4]));
            assert!(glossary.contains(&format!("id=\"{term}\"")), "{term}");
        }
        let meanings = values(&html, "data-meaning");
        assert!(meanings.iter().all(|meaning| !meaning.is_empty()));
        // The clause that defines a term does not send its reader away for the definition.
        assert!(
            !terms
                .iter()
                .any(|link| link.ends_with("#personnel-platform"))
        );
    }
    // The page for printing and quoting has the text alone.
    assert!(!rendered("/vi/framework/all/").contains("class=\"gloss\""));
}

#[test]
fn other_sites_get_a_card_for_a_link_in_the_language_of_the_page() {
    let cards = Locale::ALL.map(|locale| {
        let card = page::render(site(), &Address::Card(locale)).unwrap();
        assert_eq!(card.media_type, "image/png");
        assert!(card.bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        let side = |at: usize| u32::from_be_bytes(card.bytes[at..at + 4].try_into().unwrap());
        assert_eq!((side(16), side(20)), (1200, 630));
        let image = format!("content=\"https://khung.example/card.{locale}.png\"");
        assert!(rendered(&format!("/{locale}/framework/i-1/")).contains(&image));
        card.bytes
    });
    assert_ne!(cards[0], cards[1]);
}

#[test]
fn a_rule_page_marks_what_the_failing_example_gets_wrong() {
    let html = rendered("/vi/rules/kkt2-plt-007/");
    assert!(html.contains("<mark>&quot;lifecycle&quot;: &quot;building&quot;</mark>"));
    let (first, second) = (html.find("Phù hợp</h3>"), html.find("Chưa phù hợp</h3>"));
    assert!(first.unwrap() < second.unwrap());
    // What is not stated is not said to conform.
    assert!(html.contains("Chưa nêu, chưa kết luận</h3>"));
}

#[test]
fn templates_can_be_downloaded_from_a_host_that_only_serves_files() {
    for (language, title) in [
        ("vi", "/vi/guide/templates/"),
        ("en", "/en/guide/templates/"),
    ] {
        let html = rendered(title);
        let links: Vec<&str> = values(&html, "href")
            .into_iter()
            .filter(|link| link.starts_with("/templates/"))
            .collect();
        assert_eq!(links.len(), 18, "{links:?}");
        for link in links {
            assert!(link.starts_with(&format!("/templates/{language}/")));
            let file = page::render(site(), &Address::parse(link).unwrap()).unwrap();
            assert!(file.bytes.len() > 500, "{link}");
        }
    }
    let workbook = Address::parse("/templates/vi/province.xlsx").unwrap();
    let workbook = page::render(site(), &workbook).unwrap();
    assert!(workbook.bytes.starts_with(b"PK"));
    assert!(workbook.media_type.contains("spreadsheetml"));
}
