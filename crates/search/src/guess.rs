//! Which keys of the index a word of the query may mean.
//!
//! A word that the index knows means itself. Only a word it does not know is guessed at: first as
//! unfinished Telex or VNI typing, then as the beginning of a word, then as a slip.

use alloc::{borrow::ToOwned, string::String, sync::Arc, vec::Vec};

use vitext::{decode_typing, edit_distance, is_syllable};

use crate::{Record, Source, pieces::settle_last, reading::Word, record::PAIR};

/// Weight of a word that is exactly what was typed.
pub(crate) const EXACT: u32 = 8;
const FOLLOWER: u32 = 5;
const SLIP: u32 = 4;
/// Weight of the same key in another spelling than the one typed, in eighths.
pub(crate) const OTHER_FORM: u32 = 5;

/// Completions and slips that are looked into, each.
const MOST_COMPLETIONS: usize = 6;
const MOST_SLIPS: usize = 4;

/// Onsets that are mixed up because they sound alike somewhere.
const SOUNDS_ALIKE: [(&str, &str); 18] = [
    ("ch", "tr"),
    ("tr", "ch"),
    ("s", "x"),
    ("x", "s"),
    ("d", "gi"),
    ("gi", "d"),
    ("d", "r"),
    ("r", "d"),
    ("d", "v"),
    ("v", "d"),
    ("gi", "r"),
    ("r", "gi"),
    ("l", "n"),
    ("n", "l"),
    ("c", "k"),
    ("k", "c"),
    ("ngh", "ng"),
    ("gh", "g"),
];

/// A key that a word may mean.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) key: String,
    /// The spelling to prefer; none when the reader typed no marks.
    pub(crate) form: Option<String>,
    pub(crate) weight: u32,
    pub(crate) record: Arc<Record>,
}

/// Everything a word may mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot {
    pub(crate) choices: Vec<Choice>,
    pub(crate) quoted: bool,
    /// Whether none of the choices is what was typed.
    pub(crate) guessed: bool,
    /// Where the word stands in the query.
    pub(crate) span: Option<core::ops::Range<usize>>,
    /// How many of the choices, from the front, are not completions.
    pub(crate) completions_from: usize,
}

/// Looks a word up. `before` is the slot of the word before it, `bare` says that the reader typed
/// no marks at all.
pub(crate) fn slot<S: Source>(
    source: &mut S,
    word: &Word,
    before: Option<&Slot>,
    bare: bool,
) -> Slot {
    let mut guess = Guess {
        source,
        word,
        before,
        choices: Vec::new(),
    };
    let key = &word.token.key;
    let form = (!bare || !is_syllable(key)).then(|| word.token.form.clone());
    guess.add(key, form, EXACT);
    let known = !guess.choices.is_empty();
    let mut completions_from = guess.choices.len();
    if !known && guess.source.is_waiting() {
        return Slot {
            span: word.span.clone(),
            ..Slot::default()
        };
    }
    if !known && let Some((key, form)) = decode_typing(&word.raw) {
        guess.add(&key, Some(form), EXACT);
        completions_from = guess.choices.len();
    }
    let decoded = !guess.choices.is_empty();
    if !decoded && !word.quoted && key.len() >= 3 {
        guess.slips();
        completions_from = guess.choices.len();
    }
    if word.open {
        guess.complete(decoded);
    }
    Slot {
        choices: guess.choices,
        quoted: word.quoted,
        guessed: !known,
        span: word.span.clone(),
        completions_from,
    }
}

/// Two syllables run together («kientruc») that occur side by side.
pub(crate) fn split<S: Source>(source: &mut S, word: &Word) -> Option<[Slot; 2]> {
    // Without marks the form is the word as it was typed, in lower case.
    let typed = word.token.form.as_str();
    if word.token.marked || typed.len() > 14 {
        return None;
    }
    for at in 2..typed.len().saturating_sub(1) {
        let (left, right) = typed.split_at_checked(at)?;
        if !is_syllable(left) || !is_syllable(right) {
            continue;
        }
        let Some(one) = source.record(left) else {
            continue;
        };
        if source.record(&pair_key(left, right)).is_none() {
            continue;
        }
        let other = source.record(right)?;
        let part = |key: &str, record| Slot {
            choices: alloc::vec![Choice {
                key: key.to_owned(),
                form: None,
                weight: EXACT,
                record
            }],
            guessed: true,
            completions_from: 1,
            ..Slot::default()
        };
        let (mut left, mut right) = (part(left, one), part(right, other));
        if let Some(span) = &word.span {
            left.span = Some(span.clone());
            right.span = Some(span.end..span.end);
        }
        return Some([left, right]);
    }
    None
}

/// The key of two neighbours.
pub(crate) fn pair_key(left: &str, right: &str) -> String {
    let mut key = String::with_capacity(left.len() + right.len() + 2);
    key.push(PAIR);
    key.push_str(left);
    key.push(' ');
    key.push_str(right);
    key
}

struct Guess<'a, S> {
    source: &'a mut S,
    word: &'a Word,
    before: Option<&'a Slot>,
    choices: Vec<Choice>,
}

impl<S: Source> Guess<'_, S> {
    fn add(&mut self, key: &str, form: Option<String>, weight: u32) {
        if self.choices.iter().any(|choice| choice.key == key) {
            return;
        }
        if let Some(record) = self.source.record(key)
            && !record.forms.is_empty()
        {
            self.choices.push(Choice {
                key: key.to_owned(),
                form,
                weight,
                record,
            });
        }
    }

    /// Words that begin with what was typed: those that follow the word before, else any.
    fn complete(&mut self, known: bool) {
        let typed = &self.word.token.key;
        let mut followers = Best::new(MOST_COMPLETIONS);
        for before in self.before.map_or(&[][..], |slot| &slot.choices) {
            self.followers(&before.key, typed, &mut followers, &|follower| {
                follower != typed
            });
        }
        for (_, key) in followers.into_best() {
            self.add(&key, None, FOLLOWER);
        }
        if !known && typed.len() >= 2 {
            let found = self.neighbours(typed, MOST_COMPLETIONS, &|key| key != typed);
            for (_, key) in found.into_best() {
                self.add(&key, None, SLIP);
            }
        }
    }

    /// Words one or two slips away.
    fn slips(&mut self) {
        let typed = &self.word.token.key;
        let mut followers = Best::new(MOST_SLIPS);
        for before in self
            .before
            .map_or(&[][..], |slot| &slot.choices)
            .iter()
            .take(2)
        {
            self.followers(&before.key, "", &mut followers, &|follower| {
                near(follower, typed)
            });
        }
        for (_, key) in followers.into_best() {
            self.add(&key, None, FOLLOWER);
        }
        if is_syllable(typed) {
            for (onset, other) in SOUNDS_ALIKE {
                if let Some(rhyme) = typed.strip_prefix(onset) {
                    let mut key = String::from(other);
                    key.push_str(rhyme);
                    if is_syllable(&key) {
                        self.add(&key, None, FOLLOWER);
                    }
                }
            }
        }
        let shared = if typed.len() >= 5 { 3 } else { 2 };
        let prefix = typed.get(..shared).unwrap_or(typed);
        let found = self.neighbours(prefix, MOST_SLIPS, &|key| near(key, typed));
        for (_, key) in found.into_best() {
            self.add(&key, None, SLIP);
        }
    }

    /// Known keys with that beginning that are wanted, the most frequent.
    fn neighbours(&mut self, prefix: &str, most: usize, wanted: &dyn Fn(&str) -> bool) -> Best {
        let mut keys = Vec::new();
        self.source.for_each_key(prefix, &mut |key| {
            if wanted(key) {
                keys.push(key.to_owned());
            }
        });
        let mut best = Best::new(most);
        for key in keys {
            if let Some(record) = self.source.record(&key) {
                best.offer(record.document_frequency, key);
            }
        }
        best
    }

    /// Wanted words that stand behind `before` somewhere and begin so, the most frequent.
    fn followers(
        &mut self,
        before: &str,
        prefix: &str,
        best: &mut Best,
        wanted: &dyn Fn(&str) -> bool,
    ) {
        let pairs = pair_key(before, prefix);
        let behind = before.len() + 2;
        let mut found = Vec::new();
        self.source.for_each_key(&pairs, &mut |pair| {
            if pair.get(behind..).is_some_and(wanted) {
                found.push(pair.to_owned());
            }
        });
        for pair in found {
            if let (Some(record), Some(follower)) = (self.source.record(&pair), pair.get(behind..))
            {
                best.offer(record.document_frequency, follower.to_owned());
            }
        }
    }
}

/// Whether one word may be a slip for the other: one edit, or two in a long word.
fn near(known: &str, typed: &str) -> bool {
    let limit = if typed.len() >= 8 { 2 } else { 1 };
    known != typed && edit_distance(known, typed, limit).is_some()
}

/// The most frequent keys, in a fixed order.
struct Best {
    most: usize,
    keys: Vec<(u32, String)>,
}

impl Best {
    const fn new(most: usize) -> Self {
        Self {
            most,
            keys: Vec::new(),
        }
    }

    fn offer(&mut self, frequency: u32, key: String) {
        if self.keys.iter().any(|(_, kept)| *kept == key) {
            return;
        }
        self.keys.push((frequency, key));
        settle_last(&mut self.keys, |kept, new| {
            kept.0 < new.0 || kept.0 == new.0 && kept.1 > new.1
        });
        self.keys.truncate(self.most);
    }

    fn into_best(self) -> Vec<(u32, String)> {
        self.keys
    }
}
