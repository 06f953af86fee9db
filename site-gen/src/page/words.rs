//! Interface words for Rust code: the same words that templates know as `t`.

use minijinja::Value;

/// The theme's words in one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a Value);

impl Words<'_> {
    /// The word of a dotted key: `clause.number`. A theme that lacks it shows the key.
    pub(super) fn get(self, key: &str) -> String {
        let mut value = self.0.clone();
        for part in key.split('.') {
            value = value.get_attr(part).unwrap_or_default();
        }
        value.as_str().unwrap_or(key).to_owned()
    }

    /// The word with its `{names}` replaced.
    pub(super) fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.get(key);
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }
}
