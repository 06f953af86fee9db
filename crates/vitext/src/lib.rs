//! Vietnamese text, as people type it and as they mean it.
//!
//! Everything search needs to know about the script, and nothing about search:
//!
//! - [`letter`]: what a character is made of (base letter, quality mark, tone), precomposed or not;
//! - [`is_syllable`]: whether letters can be a Vietnamese syllable, without a dictionary;
//! - [`tokens`]: words with a recall *key* and a precision *form*, placed in the original text;
//! - [`decode_typing`]: Telex and VNI keystrokes that were never turned into letters;
//! - [`stem`]: a light stemmer for the English words in between;
//! - [`fold`] and [`slug`]: ASCII look-alikes for addresses and "did you mean";
//! - [`is_evenly_spaced`]: whether a text is words with one space between each two;
//! - [`within_slips`]: whether one word may be a slip of the finger for another.
//!
//! There is no table of words, no dependency and no standard library: the crate is part of the
//! WebAssembly module that readers download.

#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod distance;
mod fold;
mod form;
mod letters;
mod spacing;
mod stem;
mod syllable;
mod token;
mod typing;

pub use distance::within_slips;
pub use fold::{fold, slug};
pub use form::{render_form, spell};
pub use letters::{Letter, Quality, Tone, combining, letter};
pub use spacing::is_evenly_spaced;
pub use stem::stem;
pub use syllable::is_syllable;
pub use token::{
    Speller, Token, continues_word, for_each_token, for_each_token_spelt, is_pause, tokens,
};
pub use typing::decode_typing;
