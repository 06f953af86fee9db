//! The nearest valid value to what somebody typed.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use framework::{Catalogue, Localized};

use crate::{
    judge::Failure,
    resolve::{Collection, View},
    template::{Nearest, Suggestion},
};

/// From this likeness on (0 to 1) a value is worth suggesting.
const WORTH_SUGGESTING: f64 = 0.65;
/// So many pairs are compared letter by letter for one submission; then no more are looked for, and
/// the messages say so.
const COMPARISONS_AT_MOST: usize = 300_000;

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
    names: Vec<Spelt>,
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
                names: names
                    .map(Spelt::new)
                    .filter(|name| !name.slug.is_empty())
                    .collect(),
            }
        });
        Self {
            components: components.collect(),
        }
    }

    /// Suggestions for one submission.
    pub(crate) fn within<'s>(&'s self, view: &'s View<'s>) -> Suggestions<'s> {
        Suggestions {
            suggester: self,
            view,
            known: RefCell::default(),
            given: RefCell::default(),
            comparisons: Cell::new(COMPARISONS_AT_MOST),
        }
    }

    /// The nearest of a few options.
    pub(crate) fn nearest(&self, typed: &str, options: &[&str]) -> Option<Suggestion> {
        let options: Vec<(Spelt, &str)> = options.iter().map(|id| (Spelt::new(id), *id)).collect();
        let mut budget = usize::MAX;
        self.best(typed, &options, false, &mut budget)
    }

    /// The nearest of the candidates; components are also known by their names.
    fn best(
        &self,
        typed: &str,
        candidates: &[(Spelt, &str)],
        by_name: bool,
        budget: &mut usize,
    ) -> Option<Suggestion> {
        let spelt = Spelt::new(typed);
        let by_id = candidates.iter().map(|(spelt, id)| (spelt, *id));
        let components = self.components.iter().filter(|_| by_name);
        let named = components.flat_map(|component| {
            let names = component.names.iter();
            names.map(|name| (name, component.id.as_str()))
        });
        let mut best: Option<(f64, &str)> = None;
        for (valid, id) in by_id.chain(named) {
            if id == typed || !spelt.may_be_like(valid) {
                continue;
            }
            *budget = budget.checked_sub(1)?;
            let likeness = likeness(&spelt.slug, &valid.slug);
            let is_better = best.is_none_or(|(before, chosen)| {
                likeness
                    .total_cmp(&before)
                    .then_with(|| chosen.cmp(id))
                    .is_gt()
            });
            if likeness >= WORTH_SUGGESTING && is_better {
                best = Some((likeness, id));
            }
        }
        let (_, id) = best?;
        let called = self.components.iter().find(|component| component.id == id);
        Some(Suggestion {
            value: id.to_owned(),
            name: called.map(|component| component.name.clone()),
        })
    }
}

/// Suggestions for the references of one submission: what the candidates look like is worked out
/// once, what is typed twice is looked for once, and the whole is bounded, for a file may hold
/// thousands of broken references beside thousands of records.
pub(crate) struct Suggestions<'s> {
    suggester: &'s Suggester,
    view: &'s View<'s>,
    /// By what a reference expects.
    known: RefCell<BTreeMap<String, Vec<(Spelt, &'s str)>>>,
    given: RefCell<BTreeMap<(String, String), Nearest>>,
    comparisons: Cell<usize>,
}

impl Suggestions<'_> {
    /// The nearest valid value for the record of a failure.
    pub(crate) fn for_failure(&self, failure: &Failure<'_, '_>) -> Nearest {
        let text = |name| failure.record.node.get(name).and_then(|node| node.as_str());
        let asked = match (failure.collection, text("expects"), text("value")) {
            (Collection::References, Some(expects), Some(typed)) => {
                (expects.to_owned(), typed.to_owned())
            }
            _ => return Nearest::None,
        };
        if let Some(given) = self.given.borrow().get(&asked) {
            return given.clone();
        }
        let nearest = self.look_for(&asked.0, &asked.1);
        self.given.borrow_mut().insert(asked, nearest.clone());
        nearest
    }

    fn look_for(&self, expects: &str, typed: &str) -> Nearest {
        let mut known = self.known.borrow_mut();
        let candidates = known.entry(expects.to_owned()).or_insert_with(|| {
            let ids = self.view.candidates(expects).into_iter();
            ids.map(|id| (Spelt::new(id), id)).collect()
        });
        let mut budget = self.comparisons.get();
        let by_name = expects != "record";
        let best = self.suggester.best(typed, candidates, by_name, &mut budget);
        self.comparisons.set(budget);
        match best {
            Some(suggestion) => Nearest::Found(suggestion),
            None if budget == 0 => Nearest::NotLookedFor,
            None => Nearest::None,
        }
    }
}

/// A name as somebody would type it for an id, with what tells at a glance whether another can be
/// like it.
#[derive(Debug)]
struct Spelt {
    slug: String,
    /// How often each letter and digit stands in it.
    letters: [u8; 37],
    /// A bit for each word.
    words: u64,
    word_count: usize,
}

impl Spelt {
    fn new(name: &str) -> Self {
        let slug = slug(name);
        let mut letters = [0_u8; 37];
        for byte in slug.bytes() {
            let place = match byte {
                b'a'..=b'z' => byte - b'a',
                b'0'..=b'9' => byte - b'0' + 26,
                _ => 36,
            };
            let count = &mut letters[usize::from(place)];
            *count = count.saturating_add(1);
        }
        let hash = |word: &str| {
            let bytes = word.bytes();
            bytes.fold(7_u64, |sum, byte| sum.wrapping_mul(31) + u64::from(byte))
        };
        Self {
            letters,
            words: slug
                .split('-')
                .fold(0, |bits, word| bits | (1 << (hash(word) % 64))),
            word_count: slug.split('-').count(),
            slug,
        }
    }

    /// Whether a full comparison could find them alike: no pair that is worth suggesting fails.
    #[expect(clippy::cast_precision_loss, reason = "a handful of letters and words")]
    fn may_be_like(&self, valid: &Self) -> bool {
        let worth = |wrong: usize, of: usize| wrong as f64 <= (1.0 - WORTH_SUGGESTING) * of as f64;
        let longer = self.slug.len().max(valid.slug.len());
        let moved: u32 = (self.letters.iter().zip(&valid.letters))
            .map(|(left, right)| u32::from(left.abs_diff(*right)))
            .sum();
        // One slip changes two counts at most.
        let by_letters = worth(self.slug.len().abs_diff(valid.slug.len()), longer)
            && worth(moved.div_ceil(2) as usize, longer);
        // Two words may share a bit.
        let common = (self.words & valid.words).count_ones() as usize + 1;
        let words = self.word_count.max(valid.word_count);
        let by_words = words >= 3 && worth(words.saturating_sub(common), words);
        let is_beginning = self.word_count >= 2 && valid.slug.starts_with(&self.slug);
        by_letters || by_words || is_beginning
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
    fn a_glance_never_turns_away_what_is_worth_suggesting() {
        let names = [
            "national-public-service-portal",
            "cong-dich-vu-cong",
            "cong-dich-vu-cong-quoc-gia",
            "online-meeting-platform",
            "online-meting-platform",
            "ndc-cloud-computing-platform",
            "cloud-computing-platform-ndc",
            "app-00012",
            "app-00021",
            "aap-0012",
            "x",
            "operating",
            "opperating",
            "national-data-center",
            "national-data-centre",
            "trung-tam-du-lieu",
        ];
        for typed in names {
            for valid in names {
                let alike = likeness(typed, valid) >= WORTH_SUGGESTING;
                let glance = Spelt::new(typed).may_be_like(&Spelt::new(valid));
                assert!(glance || !alike, "{typed} {valid}");
            }
        }
        let (typed, other) = (
            Spelt::new("cong-dich-vu-cong"),
            Spelt::new("online-meeting-platform"),
        );
        assert!(!typed.may_be_like(&other));
    }

    #[test]
    fn likeness_takes_typing_errors_and_beginnings() {
        assert!(likeness("online-meting-platform", "online-meeting-platform") > 0.9);
        assert!(likeness("cong-dich-vu-cong", "cong-dich-vu-cong-quoc-gia") >= WORTH_SUGGESTING);
        assert!(likeness("kho-du-lieu", "online-meeting-platform") < WORTH_SUGGESTING);
    }
}
