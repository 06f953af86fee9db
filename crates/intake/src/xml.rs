//! XML as a stream of starts, texts and ends with their places; bounded, and nothing expanded.

use std::{borrow::Cow, ops::Range};

use framework::Localized;
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};
use rulebook::SourceFormat;

use crate::{Limits, SyntaxFault, Unreadable, place, tree::trimmed};

/// What comes next.
pub(crate) enum Token<'t> {
    /// An element begins.
    Start(Tag<'t>),
    /// A piece of text.
    Text(Cow<'t, str>),
    /// The element ends.
    End,
    /// The file ends.
    Eof,
}

/// The start of an element.
pub(crate) struct Tag<'t> {
    start: BytesStart<'t>,
    /// Where it stands.
    pub(crate) range: Range<usize>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(crate) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The attribute of that name, prefix and all.
    ///
    /// Attributes are not compared with each other: that is quadratic, and a file may have a
    /// million of them.
    pub(crate) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes
            .flatten()
            .find(|attribute| attribute.key.into_inner() == name)?;
        Some(match found.normalized_value(XmlVersion::Implicit1_0) {
            Ok(value) => value.into_owned(),
            // An entity of the file's own: shown as it is, never expanded.
            Err(_) => found.value.into_owned(),
        })
    }

    /// The namespace its own prefix is bound to here.
    pub(crate) fn namespace(&self) -> String {
        let prefix = self.start.name().prefix();
        let binding = prefix.map_or_else(
            || "xmlns".to_owned(),
            |prefix| format!("xmlns:{}", prefix.into_inner()),
        );
        self.attribute(&binding).unwrap_or_default()
    }
}

/// The stream.
pub(crate) struct Source<'t> {
    text: &'t str,
    /// Where in the text the reader began.
    begin: usize,
    reader: Reader<&'t [u8]>,
    depth: usize,
    limits: Limits,
}

impl<'t> Source<'t> {
    pub(crate) fn new(text: &'t str, limits: &Limits) -> Self {
        Self::within(text, 0, limits)
    }

    /// From the start of an element on, as if it were the first; places are those of the whole text.
    pub(crate) fn within(text: &'t str, begin: usize, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(text.get(begin..).unwrap_or_default());
        reader.config_mut().expand_empty_elements = true;
        Self {
            text,
            begin,
            reader,
            depth: 0,
            limits: *limits,
        }
    }

    /// The next token; comments, instructions and the declaration are passed over.
    pub(crate) fn next(&mut self) -> Result<Token<'t>, Unreadable> {
        loop {
            let at = self.position();
            let event = self
                .reader
                .read_event()
                .map_err(|fault| self.fault(&fault))?;
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    let range = at..self.position();
                    if self.depth > self.limits.xml_depth {
                        let place = self.place(range);
                        return Err(Unreadable::TooDeep {
                            place,
                            limit: self.limits.xml_depth,
                        });
                    }
                    // An element may have many attributes, but none of them is a book.
                    if range.len() > 2 * self.limits.xml_text {
                        return Err(self.too_long(range));
                    }
                    return Ok(Token::Start(Tag { start, range }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Token::End);
                }
                Event::Text(text) => return Ok(Token::Text(text.into_inner())),
                Event::CData(text) => return Ok(Token::Text(text.into_inner())),
                Event::GeneralRef(reference) => {
                    return Ok(Token::Text(Cow::Owned(self.reference(&reference, at)?)));
                }
                Event::DocType(_) => {
                    let place = self.place(at..self.position());
                    return Err(Unreadable::Doctype { place });
                }
                Event::Eof => return Ok(Token::Eof),
                // Empty elements come as a start and an end.
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// The text up to the end of the element that has begun, and where it stands. It is the file's own as
    /// long as it stands there in one piece.
    pub(crate) fn text(&mut self) -> Result<(Cow<'t, str>, Range<usize>), Unreadable> {
        let start = self.position();
        let (mut words, mut inside) = (Cow::Borrowed(""), 0_usize);
        loop {
            let end = self.position();
            match self.next()? {
                Token::Text(text) => {
                    if words.len() + text.len() > self.limits.xml_text {
                        return Err(self.too_long(start..self.position()));
                    }
                    // Takes the piece as it is if it is the first.
                    words += text;
                }
                Token::Start(_) => inside += 1,
                Token::End if inside > 0 => inside -= 1,
                Token::End | Token::Eof => {
                    let raw = self.text.get(start..end).unwrap_or_default();
                    let from = start + (raw.len() - raw.trim_start().len());
                    let to = (start + raw.trim_end().len()).max(from);
                    return Ok((trimmed(words), from..to));
                }
            }
        }
    }

    /// Passes over the element that has begun, with all that is in it.
    pub(crate) fn skip(&mut self) -> Result<(), Unreadable> {
        let mut inside = 0_usize;
        loop {
            match self.next()? {
                Token::Start(_) => inside += 1,
                Token::End if inside > 0 => inside -= 1,
                Token::End | Token::Eof => return Ok(()),
                Token::Text(_) => {}
            }
        }
    }

    /// Whether every element that began has ended.
    pub(crate) const fn is_closed(&self) -> bool {
        self.depth == 0
    }

    /// Where the reader stands.
    pub(crate) fn position(&self) -> usize {
        self.in_text(self.reader.buffer_position())
    }

    fn in_text(&self, position: u64) -> usize {
        usize::try_from(position)
            .unwrap_or(usize::MAX)
            .saturating_add(self.begin)
            .min(self.text.len())
    }

    fn too_long(&self, range: Range<usize>) -> Unreadable {
        Unreadable::TextTooLong {
            place: self.place(range),
            limit: self.limits.xml_text,
        }
    }

    pub(crate) fn place(&self, range: Range<usize>) -> rulebook::Place {
        place::in_text(self.text, range)
    }

    /// `&amp;`, `&#273;`: those that XML itself knows. Others come from a DOCTYPE, and none is read.
    fn reference(&self, reference: &BytesRef<'_>, at: usize) -> Result<String, Unreadable> {
        if let Ok(Some(letter)) = reference.resolve_char_ref() {
            return Ok(letter.to_string());
        }
        let name = reference.xml10_content();
        let known = quick_xml::escape::resolve_predefined_entity(&name);
        known.map(str::to_owned).ok_or_else(|| {
            self.syntax(
                at..self.position(),
                Localized::text(
                    format!("Thực thể «&{name};» không được định nghĩa sẵn trong XML nên không được đọc."),
                    format!("The entity “&{name};” is none that XML predefines, and is not read."),
                ),
            )
        })
    }

    fn fault(&self, fault: &quick_xml::Error) -> Unreadable {
        let at = self.in_text(self.reader.error_position());
        self.syntax(
            at..at,
            Localized::text(
                format!("Từ đây tệp chưa đúng cú pháp XML (chi tiết: {fault})."),
                format!("From here on the file is not valid XML (detail: {fault})."),
            ),
        )
    }

    pub(crate) fn syntax(&self, range: Range<usize>, message: Localized) -> Unreadable {
        Unreadable::Syntax(Box::new(SyntaxFault {
            format: SourceFormat::ArchiMate,
            place: self.place(range),
            message,
            hint: Localized::text(
                "Đề nghị xuất lại mô hình từ công cụ, không sửa tệp XML bằng tay.",
                "Please export the model again from your tool; do not edit the XML by hand.",
            ),
        }))
    }
}
