//! The one door: bytes in, a submission or the reason why not.

use std::borrow::Cow;

use framework::Catalogue;
use rulebook::{Node, Origin, SourceFormat, Submission};
use sha2::{Digest, Sha256};

use crate::{
    Limits, Mapping, Unreadable, archimate, csv, json,
    notes::Notes,
    sniff::{self, Container},
    text,
    tree::{self, Survey},
    vocabulary::Vocabulary,
    workbook::{self, Context},
    yaml,
};

/// What the caller knows about the bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The file name as given; shown, never opened.
    pub file: &'a str,
    /// The media type, if one was sent.
    pub media_type: Option<&'a str>,
    /// The agency's own names for columns, properties and values.
    pub mapping: Option<&'a Mapping>,
    /// What the framework names: how labels of components are read in workbooks and registers.
    pub catalogue: Option<&'a Catalogue>,
}

impl<'a> Hints<'a> {
    /// A file of that name, and nothing else known.
    pub fn file(file: &'a str) -> Self {
        Self {
            file,
            ..Self::default()
        }
    }
}

/// Reads a submission of whatever format the bytes are.
pub fn read<'s>(
    bytes: &'s [u8],
    hints: &Hints<'_>,
    limits: &Limits,
) -> Result<Submission<'s>, Unreadable> {
    let mut notes = Notes::default();
    let container = sniff::container(bytes)?;
    let read = match container {
        Container::Workbook => read_workbook(bytes, hints, limits, &mut notes)?,
        Container::Text => read_text(bytes, hints, limits, &mut notes)?,
    };
    read.survey.settle(limits, &mut notes)?;
    Ok(Submission {
        root: read.root,
        origin: read.origin,
        file: hints.file.to_owned(),
        sha256: sha256(bytes),
        format: read.format,
        notes: notes.into_vec(),
    })
}

/// SHA-256 of bytes, lower-case hex: how a report names the file it judged.
pub fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            // Writing into a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

struct Read<'s> {
    root: Node<'s>,
    origin: Origin<'s>,
    format: SourceFormat,
    survey: Survey,
}

fn read_workbook(
    bytes: &[u8],
    hints: &Hints<'_>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Read<'static>, Unreadable> {
    refuse_over(bytes.len(), limits.bytes)?;
    let workbook = in_context(hints, |context| {
        workbook::read(bytes, context, limits, notes)
    })?;
    let workbook::Workbook { mut root, cells } = workbook;
    Ok(Read {
        survey: tree::survey(&mut root),
        root,
        origin: Origin::Cells(cells),
        format: SourceFormat::Workbook,
    })
}

fn read_text<'s>(
    bytes: &'s [u8],
    hints: &Hints<'_>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Read<'s>, Unreadable> {
    refuse_over(bytes.len(), limits.xml_bytes)?;
    let text = text::decode(bytes, notes)?;
    let format = sniff::text_format(&text, hints)?;
    if format != SourceFormat::ArchiMate {
        refuse_over(bytes.len(), limits.bytes)?;
    }
    // A tree borrows from the upload itself; from a decoded copy it has to be taken over.
    let (root, survey) = match &text {
        Cow::Borrowed(text) => parse(text, format, hints, limits, notes)?,
        Cow::Owned(text) => {
            let (root, survey) = parse(text, format, hints, limits, notes)?;
            (tree::owned(root), survey)
        }
    };
    Ok(Read {
        survey,
        root,
        origin: Origin::Text(text),
        format,
    })
}

fn parse<'s>(
    text: &'s str,
    format: SourceFormat,
    hints: &Hints<'_>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<(Node<'s>, Survey), Unreadable> {
    let mut root = match format {
        SourceFormat::Yaml => yaml::parse(text, limits, notes)?,
        SourceFormat::Json => json::parse(text, limits)?,
        SourceFormat::Csv => in_context(hints, |context| {
            csv::parse(text, hints.file, context, limits, notes)
        })?,
        SourceFormat::ArchiMate => in_context(hints, |context| {
            archimate::parse(text, context, limits, notes)
        })?,
        // A workbook is no text: the container says so before.
        SourceFormat::Workbook => return Err(Unreadable::Binary),
    };
    let survey = tree::composed_survey(&mut root, text, notes)?;
    Ok((root, survey))
}

/// Reads with the words that coded fields and this agency know.
fn in_context<T>(hints: &Hints<'_>, read: impl FnOnce(&Context<'_>) -> T) -> T {
    let vocabulary = Vocabulary::new(hints.catalogue);
    let none = Mapping::default();
    read(&Context {
        vocabulary: &vocabulary,
        mapping: hints.mapping.unwrap_or(&none),
    })
}

/// Reads a YAML or JSON file that is no submission: its tree and its text.
pub(crate) fn read_tree(
    bytes: &[u8],
    hints: &Hints<'_>,
    limits: &Limits,
) -> Result<(Node<'static>, String), Unreadable> {
    let mut notes = Notes::default();
    sniff::container(bytes)?;
    let read = read_text(bytes, hints, limits, &mut notes)?;
    let Origin::Text(text) = read.origin else {
        return Err(Unreadable::Binary);
    };
    Ok((tree::owned(read.root), text.into_owned()))
}

fn refuse_over(bytes: usize, limit: usize) -> Result<(), Unreadable> {
    if bytes > limit {
        Err(Unreadable::TooLarge { bytes, limit })
    } else {
        Ok(())
    }
}
