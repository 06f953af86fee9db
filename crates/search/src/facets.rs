//! What a hit is, in one byte: its kind and its layer.

/// What an entry of the knowledge base is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "index", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "index", serde(rename_all = "lowercase"))]
pub enum Kind {
    /// A clause of the framework.
    Clause,
    /// A shared component.
    Component,
    /// A term of the glossary.
    Term,
    /// A conformance rule.
    Rule,
    /// A body that leads components.
    Owner,
    /// Any page that editors wrote: guides and the like.
    Guide,
}

impl Kind {
    /// All kinds, in the order in which filters show them.
    pub const ALL: [Self; 6] = [
        Self::Clause,
        Self::Component,
        Self::Term,
        Self::Rule,
        Self::Owner,
        Self::Guide,
    ];

    /// The word used in data and addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Clause => "clause",
            Self::Component => "component",
            Self::Term => "term",
            Self::Rule => "rule",
            Self::Owner => "owner",
            Self::Guide => "guide",
        }
    }

    /// Reads the word used in data and addresses.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// Sixteenths by which a hit counts: what the framework says comes before what quotes it.
    pub(crate) const fn prior(self) -> u64 {
        match self {
            Self::Clause => 16,
            Self::Component => 15,
            Self::Guide | Self::Owner => 12,
            Self::Term => 9,
            Self::Rule => 6,
        }
    }
}

/// Kind and layer of an entry. Layers count from 1 (business) to 5 (infrastructure); 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facets {
    /// What it is.
    pub kind: Kind,
    /// Its layer.
    pub layer: u8,
}

impl Facets {
    /// Both in one byte.
    pub const fn pack(self) -> u8 {
        self.layer << 4 | self.kind as u8
    }

    /// Both from one byte; an unknown kind reads as a guide page.
    pub fn unpack(byte: u8) -> Self {
        let kind = Kind::ALL
            .get(usize::from(byte & 15))
            .copied()
            .unwrap_or(Kind::Guide);
        Self {
            kind,
            layer: byte >> 4,
        }
    }
}

/// Which entries a reader wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this kind only.
    pub kind: Option<Kind>,
    /// Of this layer only, 1 to 5.
    pub layer: Option<u8>,
}

impl Filter {
    pub(crate) fn admits(self, facets: Facets) -> bool {
        self.kind.is_none_or(|kind| kind == facets.kind)
            && self.layer.is_none_or(|layer| layer == facets.layer)
    }
}
