//! A clause number put together from labels, numbers and letters in any order.

use alloc::{string::String, vec::Vec};

use crate::{
    code::{is_number, without_zero},
    pieces::pieces,
};

/// Which part of a clause number a word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Part,
    Section,
    Point,
    Paragraph,
    Sentence,
}

/// Words that announce a part of a clause number, each between spaces.
const LABELS: [(Label, &str); 5] = [
    (Label::Part, " phan part chuong "),
    (
        Label::Section,
        " muc khoan đieu dieu section clause article ",
    ),
    (Label::Point, " điem diem y gach point item letter bullet "),
    (Label::Paragraph, " đoan doan paragraph p "),
    (Label::Sentence, " cau sentence s box "),
];

/// Words between labels and numbers that say nothing themselves.
const FILLERS: &str = " thu so cua trong thuoc tai đau dau dong of in the at no number ";

/// The numbers of parts, in order.
const ROMAN: &str = " i ii iii iv v vi ";

/// The letters of points.
const POINTS: &str = " a b c d đ e g h k l ";

/// A clause number being put together. Every piece that is there ends in a full stop.
#[derive(Default)]
pub(crate) struct Parts {
    part: &'static str,
    /// The numbers behind «mục» and «khoản»: `3.4.`.
    sections: String,
    /// Where in them the next number goes: what is named first stands inside what is named later
    /// («khoản 4 mục 3»).
    next: usize,
    point: String,
    paragraph: String,
    sentence: String,
    label: Option<Label>,
    /// How many numbers and letters there are.
    pieces: usize,
    /// Whether a label such as «mục» stands in it.
    pub(crate) labelled: bool,
}

impl Parts {
    /// Takes a run of letters or of digits in; whether it can belong to a clause number.
    pub(crate) fn read(&mut self, text: &str) -> bool {
        if is_number(text) {
            return text.len() <= 2 && self.read_number(without_zero(text));
        }
        for (label, words) in LABELS {
            if place_in(words, text).is_some() {
                self.label = Some(label);
                self.next = 0;
                self.labelled |= text.len() > 1;
                return true;
            }
        }
        if place_in(FILLERS, text).is_some() {
            return self.labelled;
        }
        if self.part.is_empty()
            && let Some(place) = place_in(ROMAN, text)
        {
            return self.set_part(place);
        }
        let letter = if text == "dd" { "đ" } else { text };
        let is_letter = place_in(POINTS, letter).is_some();
        if is_letter && self.point.is_empty() {
            push_piece(&mut self.point, letter);
            self.pieces += 1;
        }
        is_letter
    }

    fn set_part(&mut self, place: usize) -> bool {
        self.label = None;
        self.part = pieces(ROMAN, b' ').nth(place + 1).unwrap_or("");
        !self.part.is_empty()
    }

    fn read_number(&mut self, number: &str) -> bool {
        match self.label {
            Some(Label::Part) => {
                let place = match number.as_bytes() {
                    [digit @ b'1'..=b'6', ..] => usize::from(digit - b'1'),
                    _ => return false,
                };
                return self.set_part(place);
            }
            Some(Label::Paragraph) => {
                let first = self.paragraph.is_empty();
                self.paragraph.push('p');
                push_piece(&mut self.paragraph, number);
                return first;
            }
            Some(Label::Sentence) => {
                let first = self.sentence.is_empty();
                self.sentence.push('s');
                push_piece(&mut self.sentence, number);
                return first;
            }
            Some(Label::Point) => push_piece(&mut self.point, number),
            Some(Label::Section) | None => {
                let mut sections = String::from(self.sections.get(..self.next).unwrap_or(""));
                push_piece(&mut sections, number);
                let inside = self.sections.get(self.next..).unwrap_or("");
                self.next = sections.len();
                sections.push_str(inside);
                self.sections = sections;
            }
        }
        self.pieces += 1;
        self.pieces <= 6
    }

    /// Adds the codes that these parts spell.
    pub(crate) fn codes(&self, marked: bool, codes: &mut Vec<String>) {
        let says_enough =
            !self.part.is_empty() || self.pieces >= 2 || (self.labelled && self.pieces >= 1);
        if says_enough {
            codes.push(self.spelt(&self.point));
            // Typed without any marks, a d may have been meant as đ.
            if !marked && self.point == "d." {
                codes.push(self.spelt("đ."));
            }
        }
    }

    fn spelt(&self, point: &str) -> String {
        let mut code = String::new();
        if !self.part.is_empty() {
            push_piece(&mut code, self.part);
        }
        for piece in [&self.sections, point, &self.paragraph, &self.sentence] {
            code.push_str(piece);
        }
        code.pop();
        code
    }
}

fn push_piece(code: &mut String, piece: &str) {
    code.push_str(piece);
    code.push('.');
}

/// Which word between spaces it is.
pub(crate) fn place_in(words: &str, word: &str) -> Option<usize> {
    let place = pieces(words, b' ').position(|one| one == word)?;
    place.checked_sub(1)
}
