//! A clause number put together from labels, numbers and letters in any order.

use alloc::{borrow::ToOwned, string::String, vec::Vec};

use crate::code::{Lexeme, without_zero};

/// Which part of a clause number a word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Part,
    Section,
    Point,
    Paragraph,
    Sentence,
}

const LABELS: [(&str, Label); 26] = [
    ("phan", Label::Part),
    ("part", Label::Part),
    ("chuong", Label::Part),
    ("muc", Label::Section),
    ("khoan", Label::Section),
    ("đieu", Label::Section),
    ("dieu", Label::Section),
    ("section", Label::Section),
    ("clause", Label::Section),
    ("article", Label::Section),
    ("điem", Label::Point),
    ("diem", Label::Point),
    ("y", Label::Point),
    ("gach", Label::Point),
    ("point", Label::Point),
    ("item", Label::Point),
    ("letter", Label::Point),
    ("bullet", Label::Point),
    ("đoan", Label::Paragraph),
    ("doan", Label::Paragraph),
    ("paragraph", Label::Paragraph),
    ("p", Label::Paragraph),
    ("cau", Label::Sentence),
    ("sentence", Label::Sentence),
    ("s", Label::Sentence),
    ("box", Label::Sentence),
];

/// Words between labels and numbers that say nothing themselves.
const FILLERS: [&str; 15] = [
    "thu", "so", "cua", "trong", "thuoc", "tai", "đau", "dau", "dong", "of", "in", "the", "at",
    "no", "number",
];

/// A clause number being put together.
#[derive(Default)]
pub(crate) struct Parts {
    part: Option<&'static str>,
    /// Each «mục» or «khoản» with its numbers, `3.4`.
    sections: Vec<String>,
    point: Vec<String>,
    paragraph: Option<String>,
    sentence: Option<String>,
    label: Option<Label>,
    /// How many numbers and letters there are.
    pieces: usize,
    /// Whether a label such as «mục» stands in it.
    pub(crate) labelled: bool,
}

const ROMAN: [&str; 6] = ["i", "ii", "iii", "iv", "v", "vi"];

impl Parts {
    /// Takes one lexeme in; whether it can belong to a clause number.
    pub(crate) fn read(&mut self, lexeme: &Lexeme) -> bool {
        let text = lexeme.text.as_str();
        if lexeme.is_number {
            return text.len() <= 2 && self.read_number(without_zero(text));
        }
        if let Some((_, label)) = LABELS.iter().find(|(word, _)| *word == text) {
            self.label = Some(*label);
            if *label == Label::Section {
                self.sections.push(String::new());
            }
            self.labelled |= text.len() > 1;
            return true;
        }
        if FILLERS.contains(&text) {
            return self.labelled;
        }
        if let Some(roman) = ROMAN.iter().find(|roman| **roman == text)
            && self.part.is_none()
        {
            self.part = Some(roman);
            return true;
        }
        self.read_letter(text)
    }

    fn read_number(&mut self, number: &str) -> bool {
        match self.label {
            Some(Label::Part) => {
                let place = number
                    .bytes()
                    .next()
                    .map(|digit| usize::from(digit.wrapping_sub(b'1')));
                self.part = place.and_then(|place| ROMAN.get(place)).copied();
                self.label = None;
                self.part.is_some()
            }
            Some(Label::Point) => {
                self.point.push(number.to_owned());
                self.pieces += 1;
                true
            }
            Some(Label::Paragraph) => self.paragraph.replace(number.to_owned()).is_none(),
            Some(Label::Sentence) => self.sentence.replace(number.to_owned()).is_none(),
            Some(Label::Section) | None => {
                if self.sections.is_empty() {
                    self.sections.push(String::new());
                }
                if let Some(section) = self.sections.last_mut() {
                    push_piece(section, "", number);
                }
                self.pieces += 1;
                self.pieces <= 6
            }
        }
    }

    fn read_letter(&mut self, letter: &str) -> bool {
        let letter = if letter == "dd" { "đ" } else { letter };
        let is_letter = ["a", "b", "c", "d", "đ", "e", "g", "h", "k", "l"].contains(&letter);
        if is_letter && self.point.is_empty() {
            self.point.push(letter.to_owned());
            self.pieces += 1;
        }
        is_letter
    }

    /// The codes that these parts spell.
    pub(crate) fn codes(self, marked: bool) -> Vec<String> {
        let says_enough =
            self.part.is_some() || self.pieces >= 2 || (self.labelled && self.pieces >= 1);
        if !says_enough {
            return Vec::new();
        }
        let has_plain_d = self.point.iter().any(|point| point == "d");
        let spelt = |d: &str| {
            let mut code = String::from(self.part.unwrap_or(""));
            // What is named first stands inside what is named later: «khoản 4 mục 3».
            for section in self
                .sections
                .iter()
                .rev()
                .filter(|section| !section.is_empty())
            {
                push_piece(&mut code, "", section);
            }
            for point in &self.point {
                push_piece(&mut code, "", if point == "d" { d } else { point });
            }
            for (prefix, piece) in [("p", &self.paragraph), ("s", &self.sentence)] {
                if let Some(piece) = piece {
                    push_piece(&mut code, prefix, piece);
                }
            }
            code
        };
        let mut codes = alloc::vec![spelt("d")];
        // Typed without any marks, a d may have been meant as đ.
        if has_plain_d && !marked {
            codes.push(spelt("đ"));
        }
        codes
    }
}

fn push_piece(code: &mut String, prefix: &str, piece: &str) {
    if !code.is_empty() {
        code.push('.');
    }
    code.push_str(prefix);
    code.push_str(piece);
}
