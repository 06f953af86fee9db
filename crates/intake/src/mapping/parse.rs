//! A mapping file: every fault in it, with its place and what would be right.

use std::collections::BTreeMap;

use framework::{Diagnostic, Localized, Position};
use rulebook::{Node, Place};

use super::{FieldName, Mapping};
use crate::{
    Hints, Limits, Unreadable,
    fold::folded,
    model::{self, FieldKind, SECTIONS, Section},
    read,
    vocabulary::Vocabulary,
};

/// The parts of a mapping file.
const PARTS: [&str; 5] = ["section", "sheets", "columns", "elements", "values"];

const NO_RECORD: Localized<&str> = Localized::new(
    "Chỗ này phải là một nhóm «tên: nghĩa».",
    "This has to be a record of “name: meaning”.",
);
const RECORD: Localized<&str> = Localized::new(
    "Ví dụ: columns: {\"Tên phần mềm\": name.vi}",
    "For example: columns: {\"Tên phần mềm\": name.vi}",
);

pub(super) fn mapping(bytes: &[u8], file: &str) -> Result<Mapping, Vec<Diagnostic>> {
    let (root, text) = read::read_tree(bytes, &Hints::file(file), &Limits::default())
        .map_err(|fault| unreadable(&fault, bytes, file))?;
    let mut parsing = Parsing {
        file,
        text: &text,
        vocabulary: Vocabulary::new(None),
        mapping: Mapping::default(),
        faults: Vec::new(),
    };
    parsing.root(&root);
    if parsing.faults.is_empty() {
        Ok(parsing.mapping)
    } else {
        Err(parsing.faults)
    }
}

/// What the reader says of a file that is no tree of values.
fn unreadable(fault: &Unreadable, bytes: &[u8], file: &str) -> Vec<Diagnostic> {
    let text = String::from_utf8_lossy(bytes);
    let is_record = !matches!(fault, Unreadable::NotARecord { .. });
    let faults = fault.faults().into_iter().map(|fault| {
        let said = if is_record {
            Diagnostic::error("mapping-unreadable", file, fault.message).hint(fault.hint)
        } else {
            Diagnostic::error("mapping-wrong-type", file, NO_RECORD.into()).hint(RECORD.into())
        };
        match fault.place {
            Place {
                line: Some(line),
                column: Some(column),
                ..
            } => said.at_position(&text, Position { line, column }),
            _ => said,
        }
    });
    faults.collect()
}

struct Parsing<'p> {
    file: &'p str,
    text: &'p str,
    vocabulary: Vocabulary,
    mapping: Mapping,
    faults: Vec<Diagnostic>,
}

impl Parsing<'_> {
    fn root(&mut self, root: &Node<'_>) {
        for member in root.members() {
            let value = &member.value;
            match &*member.key {
                "section" => self.mapping.section = self.section(value),
                "sheets" => self.sheets(value),
                "columns" | "properties" => self.columns(value),
                "elements" => self.elements(value),
                "values" => self.values(value),
                other => self.fault(
                    "mapping-unknown-key",
                    value,
                    Localized::text(
                        format!("Không có mục «{other}» trong tệp ánh xạ."),
                        format!("A mapping has no part “{other}”."),
                    ),
                    one_of(PARTS),
                ),
            }
        }
    }

    fn sheets(&mut self, sheets: &Node<'_>) {
        for (name, value) in self.entries(sheets) {
            let section = self.section_or_nothing(value);
            self.add(name, value, section, |mapping| &mut mapping.sheets);
        }
    }

    fn columns(&mut self, columns: &Node<'_>) {
        for (name, value) in self.entries(columns) {
            let field = if value.is_null() {
                None
            } else {
                match self.word(value).map(FieldName::parse) {
                    Some(Some(field)) => Some(field),
                    Some(None) => {
                        self.unknown_field(value, value.as_str().unwrap_or_default());
                        continue;
                    }
                    None => continue,
                }
            };
            self.add(name, value, field, |mapping| &mut mapping.columns);
        }
    }

    fn elements(&mut self, elements: &Node<'_>) {
        for (kind, value) in self.entries(elements) {
            let section = self.section_or_nothing(value);
            self.mapping.elements.insert(kind.to_owned(), section);
        }
    }

    fn values(&mut self, values: &Node<'_>) {
        for (path, words) in self.entries(values) {
            let Some(name) = FieldName::parse(path) else {
                self.unknown_field(words, path);
                continue;
            };
            let mut known: BTreeMap<String, String> = BTreeMap::new();
            for (own, value) in self.entries(words) {
                let Some(word) = self.value_word(name, value) else {
                    continue;
                };
                if known
                    .insert(folded(own), word.clone())
                    .is_some_and(|other| other != word)
                {
                    self.twice(value, own);
                }
            }
            self.mapping.values.push((name, known));
        }
    }

    /// What an own word stands for: a text, or a bare truth value or number.
    fn value_word(&mut self, name: FieldName, value: &Node<'_>) -> Option<String> {
        let word = match (value.as_str(), value.as_bool()) {
            (Some(text), _) => text.to_owned(),
            (None, Some(truth)) => truth.to_string(),
            (None, None) => {
                self.not_a_word(value);
                return None;
            }
        };
        let mut listed: Vec<&str> = Vec::new();
        for kind in name.kinds() {
            let list = match kind {
                FieldKind::Code(list) if !list.is_open => list,
                FieldKind::Boolean => &model::codes::YES_NO,
                _ => return Some(word),
            };
            if self.vocabulary.word(kind, &word).is_some() {
                return Some(word);
            }
            listed.extend(list.codes.iter().map(|code| code.code));
        }
        self.fault(
            "mapping-unknown-value",
            value,
            Localized::text(
                format!("Trường «{}» không có giá trị «{word}».", name.path),
                format!("The field “{}” takes no value “{word}”.", name.path),
            ),
            one_of(listed),
        );
        None
    }

    fn section_or_nothing(&mut self, value: &Node<'_>) -> Option<&'static str> {
        if value.is_null() {
            None
        } else {
            self.section(value)
        }
    }

    fn section(&mut self, value: &Node<'_>) -> Option<&'static str> {
        let key = self.word(value)?;
        let section = model::section(key).filter(|section| section.is_list);
        if section.is_none() {
            let lists = SECTIONS.iter().filter(|section| section.is_list);
            self.fault(
                "mapping-unknown-section",
                value,
                Localized::text(
                    format!("Hồ sơ không có danh mục «{key}»."),
                    format!("A submission has no list “{key}”."),
                ),
                one_of(lists.map(|section| section.key)),
            );
        }
        section.map(|section| section.key)
    }

    /// Adds what a name means; two names that read alike must mean the same.
    fn add<T: Copy + PartialEq>(
        &mut self,
        name: &str,
        value: &Node<'_>,
        meant: Option<T>,
        names: impl FnOnce(&mut Mapping) -> &mut BTreeMap<String, Option<T>>,
    ) {
        let before = names(&mut self.mapping).insert(folded(name), meant);
        if before.is_some_and(|before| before != meant) {
            self.twice(value, name);
        }
    }

    /// The members of a part, which has to be a record.
    fn entries<'n>(&mut self, part: &'n Node<'_>) -> Vec<(&'n str, &'n Node<'n>)> {
        if !part.is_record() && !part.is_null() {
            self.not_a_record(part);
        }
        let members = part.members().iter();
        members
            .map(|member| (&*member.key, &member.value))
            .collect()
    }

    fn word<'n>(&mut self, value: &'n Node<'_>) -> Option<&'n str> {
        let word = value.as_str();
        if word.is_none() {
            self.not_a_word(value);
        }
        word
    }

    fn unknown_field(&mut self, at: &Node<'_>, path: &str) {
        self.fault(
            "mapping-unknown-field",
            at,
            Localized::text(
                format!("Mẫu hồ sơ không có trường «{path}»."),
                format!("The form has no field “{path}”."),
            ),
            near_fields(path),
        );
    }

    fn twice(&mut self, at: &Node<'_>, name: &str) {
        self.fault(
            "mapping-said-twice",
            at,
            Localized::text(
                format!("«{name}» đọc giống một tên đã có ở trên nhưng mang nghĩa khác."),
                format!("“{name}” reads like a name above that means something else."),
            ),
            Localized::text(
                "Hoa thường, dấu và khoảng trắng không phân biệt các tên; đề nghị giữ lại một tên.",
                "Case, marks and spaces do not tell names apart; please keep one of them.",
            ),
        );
    }

    fn not_a_record(&mut self, at: &Node<'_>) {
        self.fault("mapping-wrong-type", at, NO_RECORD.into(), RECORD.into());
    }

    fn not_a_word(&mut self, at: &Node<'_>) {
        self.fault(
            "mapping-wrong-type",
            at,
            Localized::text("Chỗ này phải là một từ.", "This has to be a word."),
            Localized::text(
                "Cột, trang hoặc kiểu phần tử không cần đọc thì ghi null.",
                "Write null for a column, sheet or element type that is not to be read.",
            ),
        );
    }

    fn fault(&mut self, code: &'static str, at: &Node<'_>, said: Localized, hint: Localized) {
        let range = at.at as usize..at.end as usize;
        let fault = Diagnostic::error(code, self.file, said).hint(hint);
        self.faults.push(fault.at_bytes(self.text, range));
    }
}

impl FieldName {
    /// `name.vi`, `applications[].name.vi`, `agency.level`; `None` if the form has no such field.
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let of = |section: &'static Section, path: &str| {
            let field = section.fields.iter().find(|field| field.path == path)?;
            Some(field.path)
        };
        if let Some((key, rest)) = text.split_once('.')
            && let Some(section) = model::section(key.trim_end_matches("[]"))
            && let Some(path) = of(section, rest)
        {
            return Some(Self {
                section: Some(section.key),
                path,
            });
        }
        let mut lists = SECTIONS.iter().filter(|section| section.is_list);
        let path = lists.find_map(|section| of(section, text))?;
        Some(Self {
            section: None,
            path,
        })
    }

    /// What may stand in it; lists do not always agree on fields of one path.
    fn kinds(self) -> impl Iterator<Item = FieldKind> {
        let fields = SECTIONS.iter().filter_map(move |section| self.of(section));
        fields.map(|field| field.kind)
    }
}

fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> Localized {
    let words = words.into_iter().collect::<Vec<_>>().join(", ");
    Localized::text(
        format!("Các từ dùng được: {words}."),
        format!("It takes: {words}."),
    )
}

/// Fields whose path or label holds the same word, or where to look them up.
fn near_fields(path: &str) -> Localized {
    const SHOWN: usize = 8;
    let wanted = folded(path);
    let mut near: Vec<&str> = Vec::new();
    for field in SECTIONS.iter().flat_map(|section| section.fields) {
        let names = [field.path, field.label.vi, field.label.en];
        let is_near = !wanted.is_empty()
            && names.iter().any(|name| {
                let name = folded(name);
                name.contains(&wanted) || name.len() > 2 && wanted.contains(&name)
            });
        if is_near && !near.contains(&field.path) && near.len() < SHOWN {
            near.push(field.path);
        }
    }
    if near.is_empty() {
        return Localized::text(
            "Tên trường có ở dòng ẩn thứ 3 của mẫu Excel và ở /schema/submission.json, ví dụ name.vi, lifecycle, applications[].hosting.",
            "Fields are named in the hidden third row of the Excel template and in /schema/submission.json: name.vi, lifecycle, applications[].hosting, say.",
        );
    }
    let near = near.join(", ");
    Localized::text(
        format!("Có phải: {near}?"),
        format!("Did you mean: {near}?"),
    )
}
