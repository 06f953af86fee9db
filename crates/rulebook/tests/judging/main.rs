//! What the rulebook says of submissions and of rules: one program for all of it, because each is linked anew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod form;
mod json_text;
mod outcomes;
mod own_rules;
mod owners;
mod patches;
mod properties;
mod realistic_mistakes;
mod refusals;
mod samples;
mod support;
mod words_of_rules;
