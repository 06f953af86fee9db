//! Names of fields, most of which are known before they are read.

use super::{Parsed, Parser};
use crate::Key;

/// Which name came after which the last time. Records of a list mostly have the same names in the same order: one
/// look tells whether the next name is the expected one, its end need not be looked for, and all these
/// records share the letters of the first, which then stay in the processor's nearest cache.
#[derive(Debug)]
pub(super) struct Names<'s> {
    /// By the place of the name before.
    after: [Key<'s>; 256],
    last: usize,
}

impl Default for Names<'_> {
    fn default() -> Self {
        Self {
            after: std::array::from_fn(|_| "".into()),
            last: 0,
        }
    }
}

impl<'s> Names<'s> {
    /// The expected name, if it stands there with a quote behind it.
    #[inline]
    fn expected(&self, bytes: &[u8]) -> Option<Key<'s>> {
        let name = &self.after[self.last];
        (name.begins(bytes) && bytes.get(name.len()) == Some(&b'"')).then(|| name.clone())
    }

    /// What was there instead.
    fn learn(&mut self, name: &Key<'s>) {
        // One with escapes in it looks different in the file.
        if !name.is_owned() {
            self.after[self.last] = name.clone();
        }
    }
}

impl<'s> Parser<'s> {
    /// The name of a field, at its opening quote.
    #[inline]
    pub(super) fn name(&mut self) -> Parsed<Key<'s>> {
        let rest = self.bytes.get(self.next + 1..).unwrap_or_default();
        let name = if let Some(name) = self.names.expected(rest) {
            self.next += name.len() + 2;
            name
        } else {
            let name = self.string()?.into();
            self.names.learn(&name);
            name
        };
        self.names.last = name.mark().wide_slot();
        Ok(name)
    }
}
