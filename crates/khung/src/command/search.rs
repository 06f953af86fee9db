//! `khung search`

use std::fmt::Write as _;

use clap::ArgMatches;
use search::{Query, Results};

use crate::{
    command::check,
    context::Context,
    failure::{Exit, Failure},
};

pub(crate) fn run(arguments: &ArgMatches, context: &Context) -> Result<Exit, Failure> {
    let words: Vec<&str> = arguments
        .get_many::<String>("query")
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let folder = context.public().join(".khung/index");
    let index = search::index::open(&folder).map_err(|_| {
        Failure::unusable(
            format!(
                "chưa có chỉ mục tìm kiếm ở {}; hãy chạy: khung build",
                folder.display()
            ),
            format!(
                "there is no search index at {}; run: khung build",
                folder.display()
            ),
        )
    })?;
    let limit = arguments.get_one::<u16>("limit").copied().unwrap_or(10);
    let query = Query {
        limit: usize::from(limit),
        ..Query::new(words.join(" "), context.locale)
    };
    let results = index.search(&query);
    let text = match arguments.get_one::<String>("format").map(String::as_str) {
        Some("json") => {
            let mut text = serde_json::to_string_pretty(&results).expect("results are plain data");
            text.push('\n');
            text
        }
        _ => shown(&results, context),
    };
    check::write(None, text.as_bytes())?;
    Ok(Exit::Done)
}

fn shown(results: &Results, context: &Context) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = match context.locale {
        framework::Locale::Vi => writeln!(text, "{} kết quả", results.total),
        framework::Locale::En => writeln!(text, "{} results", results.total),
    };
    if let Some(meant) = &results.did_you_mean {
        let _ = writeln!(
            text,
            "{}: {meant}",
            context.pick("Có phải ý là", "Did you mean")
        );
    }
    for hit in &results.hits {
        let code = hit
            .clause
            .as_ref()
            .map(|clause| format!("{clause}  "))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "\n{code}{}\n  {}",
            hit.title,
            hit.passage.as_ref().unwrap_or(&hit.url)
        );
        let _ = writeln!(text, "  {}", plain(&hit.snippet));
    }
    text
}

/// A snippet without its marks and entities, for a terminal.
fn plain(snippet: &str) -> String {
    snippet
        .replace("<mark>", "")
        .replace("</mark>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
