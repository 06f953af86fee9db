//! Reports in the format that was asked for.

use reporting::{
    Checked, Source, comparison::Comparison, csv, docx, github, html, json, junit, sarif,
    series::SeriesForm, text,
};

use super::{Judged, Task};
use crate::{context, failure::Failure};

const SEPARATOR: csv::Separator = csv::Separator::Comma;

impl Task<'_> {
    /// All reports as one document.
    pub(super) fn render(&self, judged: &[Judged<'_>]) -> Result<Vec<u8>, Failure> {
        let sources: Vec<Source<'_>> = judged
            .iter()
            .map(|one| {
                one.submission
                    .as_ref()
                    .map_or_else(Source::none, Source::submission)
            })
            .collect();
        let checked: Vec<Checked<'_>> = judged
            .iter()
            .zip(&sources)
            .map(|(one, source)| {
                Checked::new(&one.report)
                    .with_source(source)
                    .with_rules(&self.desk.notes)
            })
            .collect();
        let locale = self.context.locale;
        let comparison = match (&self.baseline, judged) {
            (Some(earlier), [one]) => Some(Comparison::between(earlier, &one.report)),
            _ => None,
        };
        let text = match self.format {
            "json" => json::render(&checked),
            "sarif" => sarif::render(&checked, locale, None),
            "junit" => junit::render(&checked, locale, self.fail_on),
            "html" => html::standalone(&checked, comparison.as_ref(), locale, None),
            "csv" => csv::render(&checked, locale, SEPARATOR),
            "github" => github::render(&checked, locale),
            "docx" => return self.docx(&checked),
            _ => {
                let mut shown = text::render(&checked, locale, self.style());
                if let Some(comparison) = &comparison {
                    shown.push('\n');
                    shown.push_str(&text::comparison(comparison, locale, self.style()));
                }
                shown
            }
        };
        Ok(text.into_bytes())
    }

    /// How the format takes many reports one after the other, if it can: none has to be kept then.
    pub(super) fn series(&self) -> Option<SeriesForm> {
        Some(match self.format {
            "json" => SeriesForm::Json,
            "sarif" => SeriesForm::Sarif,
            "junit" => SeriesForm::Junit(self.fail_on),
            "html" => SeriesForm::Html,
            "csv" => SeriesForm::Csv(SEPARATOR),
            "github" => SeriesForm::Github,
            "docx" => return None,
            _ => SeriesForm::Text(self.style()),
        })
    }

    /// Does something with a report and what may be shown beside it.
    pub(super) fn with_checked<T>(
        &self,
        judged: &Judged<'_>,
        then: impl FnOnce(Checked<'_>) -> T,
    ) -> T {
        let source = judged
            .submission
            .as_ref()
            .map_or_else(Source::none, Source::submission);
        then(
            Checked::new(&judged.report)
                .with_source(&source)
                .with_rules(&self.desk.notes),
        )
    }

    /// One document for one submission: an annex, or a letter of the reviewer.
    fn docx(&self, checked: &[Checked<'_>]) -> Result<Vec<u8>, Failure> {
        let [one] = checked else {
            return Err(one_document_each());
        };
        let paper = docx::Letterhead::default();
        let locale = self.context.locale;
        Ok(if self.letter {
            docx::letter(*one, &paper, locale)
        } else {
            docx::annex(*one, &paper, locale)
        })
    }

    pub(super) fn style(&self) -> text::Style {
        let columns = std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok());
        text::Style {
            colour: self.on_screen && context::is_coloured(),
            columns: columns.unwrap_or(100).clamp(40, 160),
        }
    }
}

/// A letter is about one submission.
pub(super) fn one_document_each() -> Failure {
    Failure::unusable(
        "--format docx cho nhiều hồ sơ cần --output là một thư mục",
        "--format docx for several submissions needs a folder as --output",
    )
}

/// What a file of that format ends in.
pub(super) fn extension(format: &str) -> &str {
    match format {
        "text" | "github" => "txt",
        "junit" => "xml",
        other => other,
    }
}
