//! The forms in which a report is saved: from a page of the server, or by the reader's own browser.

use framework::Locale;

use crate::{Checked, csv, docx, html, json, sarif};

/// A form that a report is saved in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The report itself: the contract of `/schema/report.json`.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// A table for spreadsheets.
    Csv,
    /// One page that stands alone.
    Html,
    /// The annex of an official letter.
    Docx,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Json, Self::Sarif, Self::Csv, Self::Html, Self::Docx];

    /// Its word, which is also the end of its files' names.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Docx => "docx",
        }
    }

    /// The form of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.word() == word)
    }

    /// What a link to it says.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Sarif => "SARIF",
            Self::Csv => "CSV",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
        }
    }

    /// The media type without parameters.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Sarif => "application/sarif+json",
            Self::Csv => "text/csv",
            Self::Html => "text/html",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// The value of `Content-Type`: what is text says how it is written.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::Sarif => "application/sarif+json; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Docx => self.media_type(),
        }
    }

    /// The name a browser saves it under.
    pub fn file_name(self, locale: Locale) -> String {
        let stem = match locale {
            Locale::Vi => "ket-qua-kiem-tra",
            Locale::En => "check-report",
        };
        format!("{stem}.{}", self.word())
    }

    /// The report in this form. `site` is where the links of a file that leaves the site lead.
    pub fn render(self, checked: Checked<'_>, locale: Locale, site: Option<&str>) -> Vec<u8> {
        match self {
            Self::Json => json::one(checked.report).into_bytes(),
            Self::Sarif => sarif::render(&[checked], locale, site).into_bytes(),
            Self::Csv => csv::render(&[checked], locale, csv::Separator::Comma).into_bytes(),
            Self::Html => html::standalone(&[checked], None, locale, site).into_bytes(),
            Self::Docx => docx::annex(checked, &docx::Letterhead::default(), locale),
        }
    }
}
