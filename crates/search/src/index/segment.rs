//! Terms as a tantivy segment: written with a part, opened by whoever searches it.
//!
//! The terms come in order and with their documents, so tantivy is given them as it would lay them down itself
//! after having gathered them. To tantivy every field of an entry is a document, numbered four times the
//! entry plus the field's place: one dictionary holds all that would otherwise take four.

use std::{
    io::Write as _,
    path::Path,
    sync::{Arc, LazyLock},
};

use tantivy::{
    Directory as _, DocSet as _, Index, IndexSettings, InvertedIndexReader, Segment, SegmentReader,
    TERMINATED, TantivyError,
    columnar::ColumnarWriter,
    directory::{RamDirectory, TerminatingWrite as _},
    fieldnorm::FieldNormsSerializer,
    index::{SegmentComponent, SegmentId},
    postings::{FieldSerializer, InvertedIndexSerializer, Postings as _, TermInfo},
    schema::{Field as SchemaField, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
};

use super::{IndexError, inverted::Inverted, part::Part, postings::Holder};
use crate::impact::Field;

/// The number of every segment: each lies by itself, and the same terms give the same files.
const NUMBER: &str = "00000000000000000000000000000001";
/// What a segment has; no documents are stored in it, but tantivy opens a file for them.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FieldNorms,
    SegmentComponent::FastFields,
    SegmentComponent::Store,
];
/// Fields of an entry.
const FIELDS: u32 = 4;

/// What tantivy writes where there are no columns; it takes memory by the megabyte for that.
static NO_COLUMNS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut file = Vec::new();
    let written = ColumnarWriter::default().serialize(0, None, &mut file);
    written.map_or_else(|_| Vec::new(), |()| file)
});

/// The files of a segment, by name.
pub(super) fn write(
    inverted: &Inverted,
    documents: usize,
) -> Result<Vec<(String, Vec<u8>)>, IndexError> {
    let directory = RamDirectory::create();
    let (segment, field) = empty(&directory, documents)?;
    let tokens = Field::ALL.map(|field| inverted.tokens(field));
    let mut serializer = InvertedIndexSerializer::open(&segment)?;
    let written = serializer
        .new_field(field, tokens.iter().sum(), None)
        .and_then(|field| write_terms(field, inverted))
        .and_then(|()| serializer.close())
        .and_then(|()| write_rest(&segment));
    written.map_err(TantivyError::from)?;
    let files = COMPONENTS.into_iter().map(|component| {
        let path = segment.relative_path(component);
        let bytes = directory.atomic_read(&path).map_err(TantivyError::from)?;
        Ok((path.to_string_lossy().into_owned(), bytes))
    });
    files.collect()
}

/// A segment that has no files yet, and its one field.
fn empty(directory: &RamDirectory, documents: usize) -> Result<(Segment, SchemaField), IndexError> {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::WithFreqs);
    let mut schema = Schema::builder();
    let options = TextOptions::default().set_indexing_options(indexing);
    let field = schema.add_text_field("term", options);
    let index = Index::create(directory.clone(), schema.build(), IndexSettings::default())?;
    let number = SegmentId::from_uuid_string(NUMBER);
    let number = number.map_err(|_| IndexError::Foreign(NUMBER.into()))?;
    let documents = u32::try_from(documents).unwrap_or(u32::MAX);
    let meta = index.new_segment_meta(number, documents.saturating_mul(FIELDS));
    Ok((index.segment(meta), field))
}

fn write_terms(mut field: FieldSerializer<'_>, inverted: &Inverted) -> std::io::Result<()> {
    for (term, holders) in inverted.terms() {
        let places = || {
            holders.iter().flat_map(|holder| {
                let fields = (0..FIELDS).zip(holder.frequencies);
                let fields = fields.filter(|(_, frequency)| *frequency > 0);
                fields.map(|(field, frequency)| (holder.document * FIELDS + field, frequency))
            })
        };
        let all = u32::try_from(places().count()).unwrap_or(u32::MAX);
        field.new_term(term.as_bytes(), all, true)?;
        for (place, frequency) in places() {
            field.write_doc(place, frequency, &[]);
        }
        field.close_term()?;
    }
    field.close()
}

/// What tantivy looks for besides and finds empty.
fn write_rest(segment: &Segment) -> std::io::Result<()> {
    let open = |component| {
        let file = segment.clone().open_write(component);
        file.map_err(std::io::Error::other)
    };
    FieldNormsSerializer::from_write(open(SegmentComponent::FieldNorms)?)?.close()?;
    let mut columns = open(SegmentComponent::FastFields)?;
    columns.write_all(&NO_COLUMNS)?;
    columns.terminate()?;
    open(SegmentComponent::Store)?.terminate()
}

/// The terms of a part, opened.
pub(super) struct Terms {
    /// The number of its first document.
    base: u32,
    inverted: Arc<InvertedIndexReader>,
}

impl Terms {
    pub(super) fn open(part: &Part, base: u32) -> Result<Self, IndexError> {
        let directory = RamDirectory::create();
        for (name, bytes) in part.segment() {
            let written = directory.atomic_write(Path::new(name), bytes);
            written.map_err(|error| IndexError::Io(name.into(), error))?;
        }
        let (segment, field) = empty(&directory, part.documents())?;
        let inverted = SegmentReader::open(&segment)?.inverted_index(field)?;
        Ok(Self { base, inverted })
    }

    /// Visits the terms from one on until another, in order.
    pub(super) fn visit(
        &self,
        range: Option<(&str, &str)>,
        see: &mut dyn FnMut(&str, &TermInfo) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let mut terms = self.inverted.terms().range();
        if let Some((from, until)) = range {
            terms = terms.ge(from).lt(until);
        }
        let mut terms = terms.into_stream()?;
        while terms.advance() {
            see(&String::from_utf8_lossy(terms.key()), terms.value())?;
        }
        Ok(())
    }

    /// Adds the documents of a term.
    pub(super) fn read(&self, term: &TermInfo, holders: &mut Vec<Holder>) -> tantivy::Result<()> {
        let option = IndexRecordOption::WithFreqs;
        let mut places = self.inverted.read_postings_from_terminfo(term, option)?;
        while places.doc() != TERMINATED {
            let document = self.base + places.doc() / FIELDS;
            if holders.last().is_none_or(|last| last.document != document) {
                holders.push(Holder {
                    document,
                    frequencies: [0; 4],
                });
            }
            if let Some(holder) = holders.last_mut() {
                holder.frequencies[(places.doc() % FIELDS) as usize] = places.term_freq();
            }
            places.advance();
        }
        Ok(())
    }
}
