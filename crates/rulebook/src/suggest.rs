//! The nearest valid value to what somebody typed.

use framework::{Catalogue, Localized};

use crate::{
    judge::Failure,
    resolve::{Collection, View},
    template::Suggestion,
};

/// From this likeness on (0 to 1) a value is worth suggesting.
const WORTH_SUGGESTING: f64 = 0.6;

/// Knows what components are called, in both languages and by their short forms.
#[derive(Debug)]
pub(crate) struct Suggester {
    components: Vec<Called>,
}

#[derive(Debug)]
struct Called {
    id: String,
    name: Localized,
    /// Its names as somebody would type them for an id.
    slugs: Vec<String>,
}

impl Suggester {
    pub(crate) fn new(catalogue: &Catalogue) -> Self {
        let components = catalogue.components.iter().map(|component| {
            let short = [&component.abbreviation.vi, &component.abbreviation.en];
            let short = short
                .into_iter()
                .flatten()
                .flat_map(|forms| forms.split([',', ';', '/']));
            let others = component
                .variants
                .iter()
                .map(|variant| variant.name.as_str());
            let names = [
                component.name.vi.as_str(),
                component.name.en.as_str(),
                &component.code,
            ];
            let names = names.into_iter().chain(short).chain(others);
            Called {
                id: component.id.clone(),
                name: component.name.clone(),
                slugs: names.map(slug).filter(|slug| !slug.is_empty()).collect(),
            }
        });
        Self {
            components: components.collect(),
        }
    }

    /// The nearest valid value for the record of a failure.
    pub(crate) fn for_failure(
        &self,
        failure: &Failure<'_, '_>,
        view: &View<'_>,
    ) -> Option<Suggestion> {
        if failure.collection != Collection::References {
            return None;
        }
        let text = |name| failure.record.node.get(name).and_then(|node| node.as_str());
        let expects = text("expects")?;
        self.nearest(
            text("value")?,
            &view.candidates(expects),
            expects != "record",
        )
    }

    /// The nearest of the candidates; components are also known by their names.
    pub(crate) fn nearest(
        &self,
        typed: &str,
        candidates: &[&str],
        by_name: bool,
    ) -> Option<Suggestion> {
        let typed = slug(typed);
        let by_id = candidates
            .iter()
            .map(|id| (likeness(&typed, &slug(id)), *id));
        let named = self
            .components
            .iter()
            .filter(|_| by_name)
            .flat_map(|component| {
                component
                    .slugs
                    .iter()
                    .map(|name| (likeness(&typed, name), component.id.as_str()))
            });
        let best = by_id
            .chain(named)
            .filter(|(likeness, id)| *likeness >= WORTH_SUGGESTING && *id != typed)
            .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)))?;
        let called = self
            .components
            .iter()
            .find(|component| component.id == best.1);
        Some(Suggestion {
            value: best.1.to_owned(),
            name: called.map(|component| component.name.clone()),
        })
    }
}

/// How much one looks like the other, 0 to 1: letters, or whole words that come first in both.
pub(crate) fn likeness(typed: &str, valid: &str) -> f64 {
    let letters = strsim::normalized_damerau_levenshtein(typed, valid);
    let typed_words: Vec<&str> = typed.split('-').collect();
    let valid_words: Vec<&str> = valid.split('-').collect();
    let common = typed_words
        .iter()
        .filter(|word| valid_words.contains(word))
        .count();
    let longer = typed_words.len().max(valid_words.len());
    let is_beginning = typed_words.len() >= 2 && valid_words.starts_with(&typed_words);
    #[expect(clippy::cast_precision_loss, reason = "a handful of words")]
    let words = common as f64 / longer as f64;
    letters
        .max(if longer >= 3 { words } else { 0.0 })
        .max(if is_beginning { 0.85 } else { 0.0 })
}

/// A name as somebody would type it for an id: `cong-dich-vu-cong-quoc-gia`.
pub(crate) fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        match plain(character) {
            Some(letter) => slug.push(letter),
            None if is_tone_mark(character) => {}
            None if slug.ends_with('-') || slug.is_empty() => {}
            None => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// A Vietnamese letter without its marks; nothing for what is no letter or digit.
fn plain(character: char) -> Option<char> {
    Some(match character {
        'a'..='z' | '0'..='9' => character,
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' => 'a',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' | 'ð' => 'd',
        _ => return None,
    })
}

/// The marks of decomposed letters.
const fn is_tone_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_what_people_type_for_an_id() {
        assert_eq!(
            slug("Cổng Dịch vụ công quốc gia"),
            "cong-dich-vu-cong-quoc-gia"
        );
        assert_eq!(slug("Đất đai (QĐ 12)"), "dat-dai-qd-12");
        assert_eq!(slug("Điều"), slug("Die\u{302}\u{300}u"));
    }

    #[test]
    fn likeness_takes_typing_errors_and_beginnings() {
        assert!(likeness("online-meting-platform", "online-meeting-platform") > 0.9);
        assert!(likeness("cong-dich-vu-cong", "cong-dich-vu-cong-quoc-gia") >= WORTH_SUGGESTING);
        assert!(likeness("kho-du-lieu", "online-meeting-platform") < WORTH_SUGGESTING);
    }
}
