//! The words of a finding: templates of the rule, filled from the record.

use std::{borrow::Cow, collections::BTreeMap};

use framework::{Locale, Localized};

use crate::{Kind, Node, Number};

/// So many items of a list, and so many characters of a text, are said in a message: it is read by
/// people, and a file of many records must not make a report of many times its size.
const SHOWN_ITEMS: usize = 12;
const SHOWN_CHARACTERS: usize = 400;

/// A template cut at its placeholders.
#[derive(Debug, Clone)]
pub(crate) struct Template(Vec<Piece>);

#[derive(Debug, Clone)]
enum Piece {
    Words(String),
    /// A pointer into the record.
    Field(String),
    /// The nearest valid value, as a hint.
    Suggestion,
}

/// Words for the codes of a submission: enum values, components, bodies.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// By field and code.
    pub(crate) by_field: BTreeMap<String, BTreeMap<String, Localized>>,
    /// Whatever the field.
    pub(crate) names: BTreeMap<String, Localized>,
}

impl Template {
    /// Cuts a template; `{{` and `}}` stand for braces.
    pub(crate) fn new(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            words.push_str(&rest[..open]);
            rest = &rest[open + 1..];
            if let Some(after) = rest.strip_prefix('{') {
                words.push('{');
                rest = after;
                continue;
            }
            let Some(close) = rest.find('}') else {
                words.push('{');
                break;
            };
            pieces.push(Piece::Words(std::mem::take(&mut words)));
            pieces.push(match &rest[..close] {
                "suggestion" => Piece::Suggestion,
                path => Piece::Field(format!("/{}", path.replace('.', "/"))),
            });
            rest = &rest[close + 1..];
        }
        words.push_str(rest);
        pieces.push(Piece::Words(words.replace("}}", "}")));
        Self(pieces)
    }

    /// Fills it from a record.
    pub(crate) fn fill(&self, filling: &Filling<'_>, locale: Locale) -> String {
        let mut text = String::new();
        let mut is_gap = false;
        for piece in &self.0 {
            match piece {
                // A suggestion that is not there leaves two spaces behind.
                Piece::Words(words) if is_gap && text.ends_with(' ') => {
                    text.push_str(words.strip_prefix(' ').unwrap_or(words));
                }
                Piece::Words(words) => text.push_str(words),
                Piece::Field(path) => text.push_str(&filling.value(path, locale)),
                Piece::Suggestion => text.push_str(&filling.nearest.sentence(locale)),
            }
            is_gap = matches!(
                (piece, &filling.nearest),
                (Piece::Suggestion, Nearest::None)
            );
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// What fills a template.
pub(crate) struct Filling<'f> {
    pub(crate) record: &'f Node<'f>,
    pub(crate) words: &'f Words,
    pub(crate) nearest: Nearest,
}

/// What is known of the nearest valid value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Nearest {
    /// Nothing is near, or nothing was to be looked for.
    None,
    /// This one.
    Found(Suggestion),
    /// The file holds so many that looking for all of them would take too long.
    NotLookedFor,
}

impl Nearest {
    /// The value, if one was found.
    pub(crate) fn found(&self) -> Option<&Suggestion> {
        match self {
            Self::Found(suggestion) => Some(suggestion),
            Self::None | Self::NotLookedFor => None,
        }
    }

    /// As a message says it; nothing if there is nothing to say.
    fn sentence(&self, locale: Locale) -> String {
        match self {
            Self::None => String::new(),
            Self::Found(suggestion) => suggestion.sentence(locale),
            Self::NotLookedFor => Localized::new(
                "Hồ sơ có quá nhiều mã chưa có đích nên ở đây chưa tìm mã gần giống.",
                "The submission holds so many ids that lead nowhere that the nearest id was not looked for here.",
            )
            .get(locale)
            .to_string(),
        }
    }
}

/// The nearest valid value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// The value to write.
    pub(crate) value: String,
    /// What it is called, if it has a name.
    pub(crate) name: Option<Localized>,
}

impl Suggestion {
    /// «Có phải là …?».
    pub(crate) fn sentence(&self, locale: Locale) -> String {
        let called = self
            .name
            .as_ref()
            .map(|name| format!(" ({})", name.get(locale)));
        let called = called.unwrap_or_default();
        match locale {
            Locale::Vi => format!("Có phải là «{}»{called}?", self.value),
            Locale::En => format!("Did you mean “{}”{called}?", self.value),
        }
    }
}

impl Filling<'_> {
    fn value(&self, path: &str, locale: Locale) -> String {
        let field = path.rsplit('/').next().unwrap_or_default();
        let value = self.record.pointer(path).map(|(node, _)| node);
        value.map_or_else(
            || unstated(locale).to_owned(),
            |value| self.words.of(value, field, locale),
        )
    }
}

const fn unstated(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "chưa nêu",
        Locale::En => "not stated",
    }
}

impl Words {
    /// A value in words.
    pub(crate) fn of(&self, value: &Node<'_>, field: &str, locale: Locale) -> String {
        match &value.resolved().kind {
            Kind::Null | Kind::Shared(_) => unstated(locale).to_owned(),
            Kind::Bool(true) => Localized::new("có", "yes").get(locale).to_string(),
            Kind::Bool(false) => Localized::new("không", "no").get(locale).to_string(),
            Kind::Number(Number::Unsigned(number)) => number.to_string(),
            Kind::Number(Number::Signed(number)) => number.to_string(),
            Kind::Number(Number::Float(number)) => number.to_string(),
            Kind::String(code) => self.of_code(code, field, locale).into_owned(),
            Kind::Array(items) if items.is_empty() => {
                Localized::new("không có", "none").get(locale).to_string()
            }
            Kind::Array(items) => self.of_list(items, field, locale),
            Kind::Object(_) | Kind::Joined(_) => self.of_record(value, locale),
        }
    }

    /// The items joined by commas; of many, the first and how many more.
    fn of_list(&self, items: &[Node<'_>], field: &str, locale: Locale) -> String {
        let shown = items.iter().take(SHOWN_ITEMS);
        let words: Vec<String> = shown.map(|item| self.of(item, field, locale)).collect();
        let mut words = words.join(", ");
        let more = items.len().saturating_sub(SHOWN_ITEMS);
        if more > 0 {
            let others = match locale {
                Locale::Vi => format!(" và {more} mục khác"),
                Locale::En => format!(" and {more} more"),
            };
            words.push_str(&others);
        }
        words
    }

    fn of_code<'w>(&'w self, code: &'w str, field: &str, locale: Locale) -> Cow<'w, str> {
        if code.trim().is_empty() {
            return Cow::Borrowed(unstated(locale));
        }
        let by_field = self.by_field.get(field).and_then(|words| words.get(code));
        if let Some(words) = by_field {
            return Cow::Owned(inside_a_sentence(words.get(locale)));
        }
        let name = if field == "id" {
            None
        } else {
            self.names.get(code)
        };
        name.map_or_else(|| shortened(code), |name| Cow::Borrowed(name.get(locale)))
    }

    /// A pair of languages, or a record by its name and id.
    fn of_record(&self, record: &Node<'_>, locale: Locale) -> String {
        let in_language = |locale: Locale| record.get(locale.tag()).and_then(Node::as_str);
        if let Some(words) = in_language(locale).or_else(|| in_language(locale.other())) {
            return shortened(words).into_owned();
        }
        let name = record.get("name").map(|name| self.of(name, "name", locale));
        match (name, record.get("id").and_then(Node::as_str)) {
            (Some(name), Some(id)) if !self.names.contains_key(id) => format!("{name} ({id})"),
            (Some(name), _) => name,
            (None, Some(id)) => id.to_owned(),
            (None, None) => unstated(locale).to_owned(),
        }
    }
}

/// A text of the submission as a message quotes it.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(SHOWN_CHARACTERS) {
        Some((cut, _)) => Cow::Owned(format!("{}…", &text[..cut])),
        None => Cow::Borrowed(text),
    }
}

/// A label begins with a capital; inside a sentence it does not, unless it is an abbreviation.
fn inside_a_sentence(label: &str) -> String {
    let mut characters = label.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_template_is_filled_from_the_record_in_both_languages() {
        let text = r#"{"id": "app-x", "name": {"vi": "Phần mềm X"}, "lifecycle": "building",
                       "component": {"name": {"vi": "Nền tảng", "en": "Platform"}}, "levels": ["a", "b"]}"#;
        let record = json::parse(text, &json::Limits::default()).unwrap();
        let mut words = Words::default();
        words.by_field.insert(
            "lifecycle".to_owned(),
            BTreeMap::from([(
                "building".to_owned(),
                Localized::text("Đang xây dựng", "Being built"),
            )]),
        );
        let filling = Filling {
            record: &record,
            words: &words,
            nearest: Nearest::None,
        };
        let template = Template::new(
            "«{name}» ({id}), {lifecycle}: {component.name}; {levels}; {end} {suggestion} {{x}}",
        );
        assert_eq!(
            template.fill(&filling, Locale::Vi),
            "«Phần mềm X» (app-x), đang xây dựng: Nền tảng; a, b; chưa nêu {x}"
        );
        assert_eq!(
            template.fill(&filling, Locale::En),
            "«Phần mềm X» (app-x), being built: Platform; a, b; not stated {x}"
        );
    }

    #[test]
    fn long_lists_and_texts_are_cut_and_spaces_of_the_file_kept() {
        let items: Vec<String> = (0..5_000).map(|index| format!("\"i{index}\"")).collect();
        let spaces = "x  y ".repeat(2_000);
        let text = format!(
            "{{\"list\": [{}], \"text\": \"{spaces}\"}}",
            items.join(",")
        );
        let record = json::parse(&text, &json::Limits::default()).unwrap();
        let words = Words::default();
        let filling = Filling {
            record: &record,
            words: &words,
            nearest: Nearest::None,
        };
        let fill = |template: &str, locale| Template::new(template).fill(&filling, locale);
        let list = fill("{list}.", Locale::Vi);
        assert!(
            list.starts_with("i0, i1, ") && list.ends_with(", i11 và 4988 mục khác."),
            "{list}"
        );
        assert!(fill("{list}", Locale::En).ends_with(", i11 and 4988 more"));
        let text = fill("{text} {suggestion} z", Locale::Vi);
        assert!(
            text.starts_with("x  y x  y ") && text.ends_with("… z"),
            "{text}"
        );
        assert_eq!(text.chars().count(), SHOWN_CHARACTERS + 3);
    }

    #[test]
    fn braces_that_do_not_close_are_words() {
        let record = json::parse("{}", &json::Limits::default()).unwrap();
        let words = Words::default();
        let filling = Filling {
            record: &record,
            words: &words,
            nearest: Nearest::None,
        };
        assert_eq!(Template::new("a {b").fill(&filling, Locale::Vi), "a {b");
    }
}
