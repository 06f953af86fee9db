//! The static files of an index that was brought up to date.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{Pieces, StaticFile, digest, named, path, pieces};
use crate::{
    Shards,
    index::{Changes, Language, Published, Renewed},
    pack::Unpacker,
    shards::{self, CARDS, DIGEST, SHARDS},
};

/// The static files that are other than what was published, some documents having other cards and some keys
/// other records; and the bytes of the file [`crate::index::PIECES`]. None if what was published makes no sense.
pub(crate) fn renewed<'a>(
    language: &'a Language,
    published: &Published,
    changed: &BTreeSet<u32>,
    changes: &[Changes],
) -> Option<(Renewed<'a>, Vec<u8>)> {
    let before = Before::read(published)?;
    let mut pieces = Pieces::read(&published.pieces, language.effort());
    let shards = shards::cut_again(&before.shards, changes);
    let (first_keys, shards): (Vec<String>, Vec<Vec<u8>>) = shards.into_iter().unzip();
    let shards: Vec<Cow<'_, [u8]>> = shards
        .into_iter()
        .map(|shard| Cow::Owned(pieces.pack(&shard)))
        .collect();
    let cards = Cards { language, changed };
    let of_shards = shards.chunks(SHARDS).map(digest);
    let of_cards = (0..cards.groups()).map(|group| cards.digest(group, &before.names));
    let digests: Vec<u8> = of_shards.chain(of_cards).flatten().collect();
    let (head, names) = named(language, &first_keys, &digests);
    let locale = language.locale();
    let mut gone: BTreeMap<String, &[u8]> = (0..)
        .zip(&before.packed)
        .map(|(number, packed)| (path(locale, &before.names.shard_name(number)), *packed))
        .collect();
    let mut files = vec![head];
    for (number, bytes) in shards.into_iter().enumerate() {
        let path = path(locale, &names.shard_name(number));
        if gone.remove(&path) != Some(&*bytes) {
            files.push(StaticFile { path, bytes });
        }
    }
    let mut gone: Vec<String> = gone.into_keys().collect();
    for (card, bytes) in cards.of_changed_groups() {
        gone.push(path(locale, &before.names.card_name(card)));
        files.push(StaticFile {
            path: path(locale, &names.card_name(card)),
            bytes: bytes.into(),
        });
    }
    Some((Renewed { files, gone }, pieces.write()))
}

/// What was published.
struct Before<'a> {
    names: Shards,
    shards: Vec<&'a [u8]>,
    packed: Vec<&'a [u8]>,
}

impl<'a> Before<'a> {
    fn read(published: &'a Published) -> Option<Self> {
        let head = Unpacker::default().unpack_bytes(&published.head)?;
        let mut names = Shards::default();
        let is_read = names.open(&head);
        let (shards, packed): (Vec<_>, Vec<_>) = pieces(&published.pieces).unzip();
        (is_read && names.count() == packed.len()).then_some(Self {
            names,
            shards,
            packed,
        })
    }
}

/// The packed cards, some of which are others now.
struct Cards<'a, 'c> {
    language: &'a Language,
    changed: &'c BTreeSet<u32>,
}

impl<'a> Cards<'a, '_> {
    /// How many groups of neighbours there are.
    fn groups(&self) -> usize {
        self.language.packed_facets().len().div_ceil(CARDS)
    }

    /// The cards of a group, each with its number.
    fn group(&self, group: usize) -> impl Iterator<Item = (u32, &'a [u8])> {
        let language = self.language;
        let numbers = (0..).take(language.packed_facets().len());
        let numbers = numbers.skip(group * CARDS).take(CARDS);
        numbers.map(|card| (card, language.packed_card(card).unwrap_or(&[])))
    }

    /// The digest of a group: what stands in the head from before, if all are as they were.
    fn digest(&self, group: usize, before: &Shards) -> [u8; DIGEST] {
        let is_changed = self
            .group(group)
            .any(|(card, _)| self.changed.contains(&card));
        let before = before.digest_of_cards(group).filter(|_| !is_changed);
        before.unwrap_or_else(|| {
            let cards: Vec<_> = self.group(group).map(|(_, card)| card.into()).collect();
            digest(&cards)
        })
    }

    /// All cards whose names change, because they or a neighbour did.
    fn of_changed_groups(&self) -> impl Iterator<Item = (u32, &'a [u8])> {
        let groups = self.changed.iter().map(|card| *card as usize / CARDS);
        let groups: BTreeSet<usize> = groups.collect();
        groups.into_iter().flat_map(|group| self.group(group))
    }
}
