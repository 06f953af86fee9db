//! The theme: templates, interface words, styles, scripts and fonts.

mod scripts;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    browser_module, digest, json,
    markdown::html,
    runs,
    source::{Source, Sources},
};
use framework::{Diagnostic, Locale, Localized};
use minijinja::{
    AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value, value::Serde,
};

/// Where the theme lies.
pub const FOLDER: &str = "themes/default/";

/// The theme, ready to render with.
#[derive(Debug)]
pub struct Theme {
    environment: Environment<'static>,
    /// The interface words by language; templates know those of their page as `t`.
    pub words: Localized<Value>,
    /// Styles, scripts, fonts and pictures by their public name (`base.3f2a91c04d7e.css`).
    pub assets: BTreeMap<String, Asset>,
    /// The templates below `shared/`, by the names under which the others use them.
    shared: Vec<String>,
    /// The font that cards for links are drawn with, `card/*.ttf`; no cards without it.
    pub card_font: Option<Arc<[u8]>>,
}

/// A file served under a name made from its bytes.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its path in the project: `themes/default/styles/base.css`.
    pub path: String,
    /// What it holds.
    pub bytes: Arc<[u8]>,
}

impl Theme {
    /// Compiles the theme's templates and reads its words.
    pub fn parse(sources: &Sources) -> (Self, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let words = words(sources, &mut faults);
        let assets = assets(sources, &words, &mut faults);
        let mut environment = environment(public_names(&assets));
        let folder = format!("{FOLDER}templates/");
        let mut shared = Vec::new();
        for source in sources.below(&folder) {
            let name = source.path[folder.len()..].to_owned();
            let inside = name.strip_prefix("shared/");
            shared.extend(inside.and_then(|name| Some(name.strip_suffix(".html")?.to_owned())));
            if let Some(text) = source.text()
                && let Err(error) = environment.add_template_owned(name, text.to_string())
            {
                faults.push(template_fault(&error));
            }
        }
        (
            Self {
                environment,
                words: words.map(|words| Value::from(Serde(words))),
                assets,
                shared,
                card_font: card_font(sources),
            },
            faults,
        )
    }

    /// The bytes of a file by its path in the theme, as it is served.
    pub fn source(&self, path: &str) -> Option<&[u8]> {
        let full = format!("{FOLDER}{path}");
        self.assets
            .values()
            .find(|asset| asset.path == full)
            .map(|asset| &*asset.bytes)
    }

    /// Renders what is the same on every page that the context is about: `shared/footer.html` is what
    /// templates know as `shared.footer`.
    pub(crate) fn shared(&self, context: &Value) -> Result<Value, Box<Diagnostic>> {
        let parts = self.shared.iter().map(|name| {
            let html = self.render(&format!("shared/{name}.html"), context.clone())?;
            Ok((name.as_str(), Value::from_safe_string(html)))
        });
        parts
            .collect::<Result<BTreeMap<_, _>, _>>()
            .map(Value::from)
    }

    /// Renders a template with a context.
    pub fn render(&self, template: &str, context: Value) -> Result<String, Box<Diagnostic>> {
        self.environment
            .get_template(template)
            .and_then(|template| template.render(context))
            .map_err(|error| Box::new(template_fault(&error)))
    }
}

fn card_font(sources: &Sources) -> Option<Arc<[u8]>> {
    let folder = format!("{FOLDER}card/");
    let mut fonts = sources.below(&folder);
    let font = fonts.find(|source| source.extension() == "ttf")?;
    Some(font.bytes().into())
}

fn environment(public_names: BTreeMap<String, String>) -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // Else a release would not say where in a template a fault is, nor which name nothing stands for.
    environment.set_debug(true);
    environment.set_auto_escape_callback(|name| {
        if [".html", ".xml", ".svg"]
            .iter()
            .any(|extension| name.ends_with(extension))
        {
            AutoEscape::Html
        } else {
            AutoEscape::None
        }
    });
    // Text is escaped as Markdown's is; a slash means nothing to HTML and addresses are full of them.
    environment.set_formatter(|out, state, value| match value.as_str() {
        Some(text) if *state.auto_escape() == AutoEscape::Html && !value.is_safe() => {
            html::escape_to(out, text).map_err(Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    });
    // Minijinja's own copies what is safe already: the text of a page, say.
    environment.add_filter("safe", |value: Value| match value.as_str() {
        Some(text) if !value.is_safe() => Ok(Value::from_safe_string(text.to_owned())),
        Some(_) => Ok(value),
        None if value.is_undefined() => Err(Error::from(ErrorKind::UndefinedError)),
        None => Ok(Value::from_safe_string(value.to_string())),
    });
    // `text|runs(page.locale)`: Vietnamese quoted in an English text is marked as Vietnamese.
    environment.add_filter("runs", |text: &str, locale: &str| {
        let locale = Locale::from_tag(locale).unwrap_or(Locale::Vi);
        Value::from_safe_string(runs::marked(text, locale))
    });
    // `"2026-03-31"|day(page.locale)` is the date as the language writes it.
    environment.add_filter("day", |text: &str, locale: &str| {
        let locale = Locale::from_tag(locale).unwrap_or(Locale::Vi);
        let date = text.parse::<framework::Date>();
        date.map_or_else(
            |_| text.to_owned(),
            |date| reporting::words::date(date, locale),
        )
    });
    // `asset("styles/base.css")` is the address of that file.
    environment.add_function("asset", move |path: &str| {
        public_names
            .get(path)
            .map(|name| format!("/assets/{name}"))
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::InvalidOperation,
                    format!("there is no asset {path:?} in the theme"),
                )
            })
    });
    environment
}

/// The public name of each asset by its path in the theme.
fn public_names(assets: &BTreeMap<String, Asset>) -> BTreeMap<String, String> {
    assets
        .iter()
        .filter_map(|(name, asset)| {
            Some((asset.path.strip_prefix(FOLDER)?.to_owned(), name.clone()))
        })
        .collect()
}

/// Names every asset after its bytes. Styles may name fonts and pictures: `url(../fonts/a.woff2)`
/// becomes the public name, so those come first.
fn assets(
    sources: &Sources,
    words: &Localized<serde_json::Value>,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Asset> {
    let mut assets = BTreeMap::new();
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let (styles, others): (Vec<_>, Vec<_>) = ["fonts", "images", "scripts", "styles"]
        .iter()
        .flat_map(|folder| {
            let folder = format!("{FOLDER}{folder}/");
            sources.below(&folder).cloned().collect::<Vec<_>>()
        })
        .partition(|source| source.extension() == "css");
    let mut put = |path: &str, bytes: Arc<[u8]>, digest: &str, names: &mut BTreeMap<_, _>| {
        let file = path.rsplit('/').next().unwrap_or_default();
        let public = named(file, digest);
        names.insert(file.to_owned(), public.clone());
        let path = path.to_owned();
        assets.insert(public, Asset { path, bytes });
    };
    let mut add = |path: &str, bytes: Arc<[u8]>, names: &mut BTreeMap<_, _>| {
        let digest = digest::of(&bytes).to_string();
        put(path, bytes, &digest, names);
    };
    for source in &others {
        match source.text().filter(|_| source.extension() == "js") {
            Some(script) => {
                for (path, script) in scripts::served(source, script, words, faults) {
                    add(&path, script.into_bytes().into(), &mut names);
                }
            }
            None => add(&source.path, source.bytes().into(), &mut names),
        }
    }
    for (path, css) in style_sheets(&styles) {
        let bytes = with_public_names(&css, &names).into_bytes().into();
        add(&path, bytes, &mut names);
    }
    // The compiled modules belong to every theme.
    for (path, bytes, digest) in browser_module::all() {
        put(&format!("{FOLDER}{path}"), bytes.into(), digest, &mut names);
    }
    assets
}

/// The style sheets by path. A folder of styles is one sheet: `styles/site/*.css`, joined in the
/// order of their names, is `styles/site.css`, so that a page asks once.
fn style_sheets(styles: &[Source]) -> BTreeMap<String, String> {
    let folder = format!("{FOLDER}styles/");
    let mut sheets: BTreeMap<String, String> = BTreeMap::new();
    for source in styles {
        let Some(css) = source.text() else { continue };
        let inside = source.path.strip_prefix(&folder).unwrap_or(&source.path);
        let path = match inside.split_once('/') {
            Some((bundle, _)) => format!("{folder}{bundle}.css"),
            None => source.path.clone(),
        };
        sheets.entry(path).or_default().push_str(css);
    }
    sheets
}

/// `base.css` → `base.3f2a91c04d7e.css`.
pub(crate) fn public_name(file: &str, bytes: &[u8]) -> String {
    named(file, &digest::of(bytes).to_string())
}

/// The name of a file of that digest.
fn named(file: &str, digest: &str) -> String {
    let hash = digest.get(..12).unwrap_or(digest);
    match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{hash}.{extension}"),
        None => format!("{file}.{hash}"),
    }
}

fn with_public_names(css: &str, names: &BTreeMap<String, String>) -> String {
    let mut out = String::with_capacity(css.len() + 64);
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("url(") {
        let Some((inside, remainder)) = after.split_once(')') else {
            break;
        };
        let target = inside.trim().trim_matches(['"', '\'']);
        let file = target.rsplit('/').next().unwrap_or_default();
        out.push_str(before);
        out.push_str("url(");
        match names.get(file) {
            Some(public) => out.push_str(public),
            None => out.push_str(inside),
        }
        out.push(')');
        rest = remainder;
    }
    out.push_str(rest);
    out
}

/// The interface words; a key that one language lacks is a fault.
fn words(sources: &Sources, faults: &mut Vec<Diagnostic>) -> Localized<serde_json::Value> {
    let path = |locale: Locale| format!("{FOLDER}words.{locale}.json");
    let mut read = |locale: Locale| {
        sources
            .get(&path(locale))
            .and_then(|source| json::parse::<serde_json::Value>(source, faults))
            .unwrap_or_default()
    };
    let words = Localized {
        vi: read(Locale::Vi),
        en: read(Locale::En),
    };
    let keys = words.as_ref().map(|value| {
        let mut keys = BTreeSet::new();
        collect_keys(value, "", &mut keys);
        keys
    });
    for locale in Locale::ALL {
        for key in keys.get(locale.other()).difference(keys.get(locale)) {
            faults.push(Diagnostic::error(
                "missing-word",
                path(locale),
                Localized::text(
                    format!("Thiếu lời giao diện «{key}»"),
                    format!("The interface word “{key}” is missing"),
                ),
            ));
        }
    }
    words
}

/// The names of all words with what is filled in in each: a list has as many, a sentence as many gaps in
/// both languages.
fn collect_keys(value: &serde_json::Value, name: &str, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (member, value) in members {
                collect_keys(value, &format!("{name}.{member}"), keys);
            }
        }
        serde_json::Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                collect_keys(item, &format!("{name}[{place}]"), keys);
            }
        }
        _ => {
            let gaps = value.as_str().map(gaps).unwrap_or_default();
            keys.insert(format!("{}{gaps}", name.trim_start_matches('.')));
        }
    }
}

/// ` {n} {date}` of a sentence with such gaps, in the order of their names.
fn gaps(text: &str) -> String {
    let inside = text.split('{').skip(1);
    let names = inside.filter_map(|rest| Some(rest.split_once('}')?.0));
    let names: BTreeSet<&str> = names.collect();
    names
        .into_iter()
        .fold(String::new(), |known, name| known + " {" + name + "}")
}

/// A template's fault with its file and line: those of the innermost template, where one includes another.
fn template_fault(error: &Error) -> Diagnostic {
    let inside = std::iter::successors(Some(error), |error| {
        std::error::Error::source(*error)?.downcast_ref::<Error>()
    });
    let error = inside.last().unwrap_or(error);
    let file = format!("{FOLDER}templates/{}", error.name().unwrap_or_default());
    let detail = error
        .detail()
        .map_or_else(|| error.kind().to_string(), str::to_owned);
    let fault = Diagnostic::error(
        "template",
        file,
        Localized::text(
            format!("Mẫu trang chưa đúng: {detail}"),
            format!("Template: {detail}"),
        ),
    );
    match (error.template_source(), error.range()) {
        (Some(source), Some(range)) => fault.at_bytes(source, range),
        _ => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_safe_has_to_be_there_and_stays_as_it_is() {
        let environment = environment(BTreeMap::new());
        let render = |text: &str| {
            let context = minijinja::context! { html => "<b>đ</b>", count => 3 };
            environment.render_named_str("page.html", text, context)
        };
        assert_eq!(render("{{ html|safe }}").unwrap(), "<b>đ</b>");
        assert_eq!(render("{{ html|safe|safe }}").unwrap(), "<b>đ</b>");
        assert_eq!(render("{{ count|safe }}").unwrap(), "3");
        assert_eq!(
            render("{{ htlm|safe }}").unwrap_err().kind(),
            ErrorKind::UndefinedError
        );
    }
}
