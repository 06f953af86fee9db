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
    shards::{self, SHARDS, STACKS},
};

/// The static files that are other than what was published, some stacks having other cards and some keys other
/// records; and the bytes of the file [`crate::index::PIECES`]. None if what was published makes no sense.
pub(crate) fn renewed<'a>(
    language: &'a Language,
    published: &Published,
    changed: &BTreeSet<usize>,
    changes: &[Changes],
) -> Option<(Renewed<'a>, Vec<u8>)> {
    let before = Before::read(published)?;
    (before.names.stacking() == language.stacking()).then_some(())?;
    let mut pieces = Pieces::read(&published.pieces, language.effort());
    let shards = shards::cut_again(&before.shards, changes);
    let (first_keys, shards): (Vec<String>, Vec<Vec<u8>>) = shards.into_iter().unzip();
    let shards: Vec<Cow<'_, [u8]>> = shards
        .into_iter()
        .map(|shard| Cow::Owned(pieces.pack(&shard)))
        .collect();
    let stacks: Vec<Cow<'_, [u8]>> = language.stacks().map(Cow::Borrowed).collect();
    let changed: BTreeSet<usize> = changed.iter().map(|stack| stack / STACKS).collect();
    let groups = stacks.chunks(STACKS).enumerate();
    let of_shards = shards.chunks(SHARDS).map(digest);
    let of_stacks = groups.map(|(group, stacks)| {
        let before = before.names.digest_of_stacks(group);
        let before = before.filter(|_| !changed.contains(&group));
        before.unwrap_or_else(|| digest(stacks))
    });
    let digests: Vec<u8> = of_shards.chain(of_stacks).flatten().collect();
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
    // All whose names change, because they or a neighbour did.
    let is_changed = |(number, _): &(u32, _)| changed.contains(&(*number as usize / STACKS));
    for (number, bytes) in (0..).zip(stacks).filter(is_changed) {
        gone.push(path(locale, &before.names.stack_name(number)));
        files.push(StaticFile {
            path: path(locale, &names.stack_name(number)),
            bytes,
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
        let head = Unpacker::default().unpack(&published.head)?;
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
