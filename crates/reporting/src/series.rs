//! Many reports as one document that is written one after the other: none of them has to be kept.

use framework::Locale;
use serde_json::Value;

use crate::{Checked, csv, github, html, json, junit, sarif, text};

/// A form that takes reports one after the other.
#[derive(Debug, Clone, Copy)]
pub enum SeriesForm {
    /// Text for a terminal.
    Text(text::Style),
    /// A table.
    Csv(csv::Separator),
    /// Annotations.
    Github,
    /// A list of reports.
    Json,
    /// A suite a report.
    Junit(junit::FailOn),
    /// One page with a section a report.
    Html,
    /// One run over all files.
    Sarif,
}

impl SeriesForm {
    /// The piece of one report. `index` is its place among all that were asked for, from 0.
    pub fn piece(self, locale: Locale, index: usize, checked: Checked<'_>) -> Piece {
        Piece(Made::Text(match self {
            Self::Text(style) => text::render(&[checked], locale, style),
            Self::Csv(separator) => csv::rows(&[checked], locale, separator),
            Self::Github => github::render(&[checked], locale),
            Self::Json => json::item(checked.report),
            Self::Junit(fail_on) => junit::suite(checked, locale, fail_on),
            Self::Html => html::numbered(checked, index + 1, locale, None),
            Self::Sarif => {
                return Piece(Made::Results(sarif::results(checked, index, locale)));
            }
        }))
    }
}

/// A document on the way: [`Series::before`], then [`Series::add`] for each report, then [`Series::after`].
///
/// The pieces ([`SeriesForm::piece`]) may be made on several threads at once; they are added in their order.
pub struct Series {
    form: SeriesForm,
    locale: Locale,
    is_begun: bool,
    contents: html::Contents,
    log: sarif::Log<'static>,
}

/// What one report comes to, before it is known what stands around it.
pub struct Piece(Made);

enum Made {
    Text(String),
    Results(Vec<Value>),
}

impl Series {
    /// A document without reports.
    pub fn new(form: SeriesForm, locale: Locale) -> Self {
        Self {
            form,
            locale,
            is_begun: false,
            contents: html::Contents::default(),
            log: sarif::Log::new(locale, None),
        }
    }

    /// What stands before the first report.
    pub fn before(&self) -> String {
        match self.form {
            SeriesForm::Text(_) | SeriesForm::Github => String::new(),
            SeriesForm::Csv(separator) => csv::head(self.locale, separator),
            SeriesForm::Json => json::AROUND_ITEMS[0].to_owned(),
            SeriesForm::Junit(_) => junit::BEFORE.to_owned(),
            SeriesForm::Html => html::several_before(self.locale),
            SeriesForm::Sarif => self.log.before(),
        }
    }

    /// The text of a piece in the document. `checked` is what the piece was made of.
    pub fn add(&mut self, index: usize, checked: Checked<'_>, piece: Piece) -> String {
        let between = match self.form {
            SeriesForm::Text(_) => "\n",
            SeriesForm::Json => json::AROUND_ITEMS[1],
            _ => "",
        };
        let between = if std::mem::replace(&mut self.is_begun, true) {
            between
        } else {
            ""
        };
        match piece.0 {
            Made::Results(results) => self.log.add(index, checked, results),
            Made::Text(section) if matches!(self.form, SeriesForm::Html) => {
                self.contents.add(checked, index + 1, self.locale, section)
            }
            Made::Text(text) => format!("{between}{text}"),
        }
    }

    /// What stands after the last report.
    pub fn after(&self) -> String {
        match self.form {
            SeriesForm::Text(_) | SeriesForm::Csv(_) | SeriesForm::Github => String::new(),
            SeriesForm::Json => json::AROUND_ITEMS[2].to_owned(),
            SeriesForm::Junit(_) => junit::AFTER.to_owned(),
            SeriesForm::Html => self.contents.after(self.locale),
            SeriesForm::Sarif => self.log.after(),
        }
    }
}
