//! The two languages of the knowledge base.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A language of the site and of every report. Vietnamese comes first: it is the normative text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Vietnamese (`vi`), the language of the source text.
    Vi,
    /// English (`en`), the working translation.
    En,
}

impl Locale {
    /// Both languages, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The BCP 47 tag, also the first segment of every address: `vi` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Reads a tag such as `vi`, `en`, `vi_VN.UTF-8` or `en-GB`; anything else is `None`.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next()?;
        Self::ALL
            .into_iter()
            .find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// The other language.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    /// The language's name for itself: «Tiếng Việt», "English".
    pub const fn autonym(self) -> &'static str {
        match self {
            Self::Vi => "Tiếng Việt",
            Self::En => "English",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// One thing said in both languages. There is no way to leave one out.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(deny_unknown_fields)]
pub struct Localized<T = String> {
    /// In Vietnamese.
    pub vi: T,
    /// In English.
    pub en: T,
}

impl<T> Localized<T> {
    /// Both versions, Vietnamese first.
    pub const fn new(vi: T, en: T) -> Self {
        Self { vi, en }
    }

    /// The version in one language.
    pub const fn get(&self, locale: Locale) -> &T {
        match locale {
            Locale::Vi => &self.vi,
            Locale::En => &self.en,
        }
    }

    /// Both versions changed alike.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> Localized<U> {
        Localized {
            vi: change(self.vi),
            en: change(self.en),
        }
    }

    /// Builds each version knowing its language.
    pub fn build(mut make: impl FnMut(Locale) -> T) -> Self {
        Self {
            vi: make(Locale::Vi),
            en: make(Locale::En),
        }
    }

    /// Borrows both versions.
    pub const fn as_ref(&self) -> Localized<&T> {
        Localized {
            vi: &self.vi,
            en: &self.en,
        }
    }
}

impl Localized<String> {
    /// Two string slices as an owned pair.
    pub fn text(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            vi: vi.into(),
            en: en.into(),
        }
    }
}

impl From<Localized<&str>> for Localized<String> {
    fn from(pair: Localized<&str>) -> Self {
        pair.map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_read_from_environment_and_header_tags() {
        for (tag, expected) in [
            ("vi", Some(Locale::Vi)),
            ("vi_VN.UTF-8", Some(Locale::Vi)),
            ("en-GB", Some(Locale::En)),
            ("EN", Some(Locale::En)),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(Locale::from_tag(tag), expected, "{tag}");
        }
    }
}
