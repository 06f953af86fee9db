//! Which keys of the index a word of the query may mean.
//!
//! A word that the index knows means itself. Only a word it does not know is guessed at: first as
//! unfinished Telex or VNI typing, then as the beginning of a word, then as a slip.

use alloc::{string::String, sync::Arc, vec::Vec};

use vitext::{decode_typing, is_syllable, within_slips};

use crate::{
    Record, Source,
    pieces::{pieces, settle_last},
    reading::Word,
    record::PAIR,
};

/// Weight of a word that is exactly what was typed.
pub(crate) const EXACT: u32 = 8;
const FOLLOWER: u32 = 5;
const SLIP: u32 = 4;
/// Weight of the same key in another spelling than the one typed, in eighths.
pub(crate) const OTHER_FORM: u32 = 5;

/// Completions and slips that are looked into, each.
const MOST_COMPLETIONS: usize = 6;
const MOST_SLIPS: usize = 4;

/// Onsets that are mixed up because they sound alike somewhere: one, what it may stand for, the next.
const SOUNDS_ALIKE: &str =
    "ch tr tr ch s x x s d gi gi d d r r d d v v d gi r r gi l n n l c k k c ngh ng gh g";

/// A key that a word may mean.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    pub(crate) record: Arc<Record>,
    /// The spelling to prefer; none when the reader typed no marks.
    pub(crate) form: Option<String>,
    pub(crate) weight: u32,
}

/// Everything a word may mean.
#[derive(Debug, Clone, Default)]
pub(crate) struct Slot {
    pub(crate) choices: Vec<Choice>,
    pub(crate) quoted: bool,
    /// Whether the query pauses before it.
    pub(crate) after_pause: bool,
    /// Whether none of the choices is what was typed.
    pub(crate) guessed: bool,
    /// Where the word stands in the query.
    pub(crate) span: Option<core::ops::Range<usize>>,
    /// How many of the choices, from the front, are not completions.
    pub(crate) completions_from: usize,
}

/// Looks a word up. `typed` is how it was typed, `before` the slot of the word before it, `bare` says
/// that the reader typed no marks at all.
pub(crate) fn slot<S: Source>(
    source: &mut S,
    word: &Word,
    typed: &str,
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
    let missed = guess.source.missed();
    guess.add(key, form, EXACT);
    let known = !guess.choices.is_empty();
    // What else it may mean is asked only when it is certain that it does not mean this.
    if !known
        && guess.source.missed() == missed
        && let Some((key, form)) = decode_typing(typed)
    {
        guess.add(&key, Some(form), EXACT);
    }
    let decoded = !guess.choices.is_empty();
    if !decoded && guess.source.missed() > missed {
        return Slot {
            span: word.span.clone(),
            ..Slot::default()
        };
    }
    let mut completions_from = guess.choices.len();
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
        after_pause: word.token.after_pause,
        guessed: !known,
        span: word.span.clone(),
        completions_from,
    }
}

/// Two syllables run together («kientruc») that occur side by side.
pub(crate) fn split<S: Source>(source: &mut S, word: &Word) -> Option<(Slot, Slot)> {
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
        let part = |record| Slot {
            choices: alloc::vec![Choice {
                record,
                form: None,
                weight: EXACT,
            }],
            guessed: true,
            completions_from: 1,
            ..Slot::default()
        };
        let (mut left, mut right) = (part(one), part(other));
        if let Some(span) = &word.span {
            left.span = Some(span.clone());
            right.span = Some(span.end..span.end);
        }
        return Some((left, right));
    }
    None
}

/// The key of two neighbours.
pub(crate) fn pair_key(left: &str, right: &str) -> String {
    let mut key = String::new();
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
        if self.choices.iter().any(|choice| choice.record.key == key) {
            return;
        }
        if let Some(record) = self.source.record(key)
            && record.spellings > 0
        {
            self.choices.push(Choice {
                record,
                form,
                weight,
            });
        }
    }

    /// Words that begin with what was typed: those that follow the word before, else any.
    fn complete(&mut self, known: bool) {
        let typed = &self.word.token.key;
        let mut best = Best::new(MOST_COMPLETIONS);
        self.followers(usize::MAX, typed, &mut best, &|follower| follower != typed);
        self.add_all(&best, FOLLOWER);
        if !known && typed.len() >= 2 {
            let mut best = Best::new(MOST_COMPLETIONS);
            self.gather(typed, 0, &mut best, &|key| key != typed);
            self.add_all(&best, SLIP);
        }
    }

    /// Words one or two slips away.
    fn slips(&mut self) {
        let typed = &self.word.token.key;
        let mut best = Best::new(MOST_SLIPS);
        self.followers(2, "", &mut best, &|follower| near(follower, typed));
        self.add_all(&best, FOLLOWER);
        if is_syllable(typed) {
            let mut onsets = pieces(SOUNDS_ALIKE, b' ');
            while let (Some(onset), Some(other)) = (onsets.next(), onsets.next()) {
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
        let mut best = Best::new(MOST_SLIPS);
        let prefix = typed.get(..shared).unwrap_or(typed);
        self.gather(prefix, 0, &mut best, &|key| near(key, typed));
        self.add_all(&best, SLIP);
    }

    fn add_all(&mut self, best: &Best, weight: u32) {
        for (_, key) in &best.keys {
            self.add(key, None, weight);
        }
    }

    /// Wanted words that stand somewhere behind the word before, as its first few choices have it,
    /// and begin so.
    fn followers(
        &mut self,
        choices: usize,
        prefix: &str,
        best: &mut Best,
        wanted: &dyn Fn(&str) -> bool,
    ) {
        let Some(before) = self.before else { return };
        for before in before.choices.iter().take(choices) {
            let pairs = pair_key(&before.record.key, prefix);
            self.gather(&pairs, pairs.len() - prefix.len(), best, wanted);
        }
    }

    /// Wanted keys with that beginning, the most frequent, without their first bytes.
    fn gather(
        &mut self,
        beginning: &str,
        skip: usize,
        best: &mut Best,
        wanted: &dyn Fn(&str) -> bool,
    ) {
        let mut keys = Vec::new();
        self.source.for_each_key(beginning, &mut |key| {
            if key.get(skip..).is_some_and(wanted) {
                keys.push(String::from(key));
            }
        });
        for key in &keys {
            let frequency = self.source.frequency(key);
            if frequency > 0 {
                best.offer(frequency, key.get(skip..).unwrap_or(""));
            }
        }
    }
}

/// Whether one word may be a slip for the other: one edit, or two in a long word.
fn near(known: &str, typed: &str) -> bool {
    let limit = if typed.len() >= 8 { 2 } else { 1 };
    known != typed && within_slips(known, typed, limit)
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

    fn offer(&mut self, frequency: u32, key: &str) {
        if self.keys.iter().any(|(_, kept)| kept == key) {
            return;
        }
        self.keys.push((frequency, key.into()));
        settle_last(&mut self.keys, |kept, new| {
            kept.0 < new.0 || kept.0 == new.0 && kept.1 > new.1
        });
        self.keys.truncate(self.most);
    }
}
