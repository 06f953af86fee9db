//! Every page rendered, written and looked at.

use framework::Diagnostic;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::{
    address::Address,
    manifest::FileEntry,
    page::{self, Artifact},
    progress::{Progress, Step},
    publish::{PublishError, Publisher},
    reads,
    rendered::{self, Rendered},
    share,
    site::Site,
};

/// What was written and what was found on the way.
#[derive(Default)]
pub(super) struct Written {
    /// How many pages there are, both languages counted.
    pub(super) count: usize,
    pub(super) entries: Vec<FileEntry>,
    pub(super) pages: Vec<Rendered>,
    pub(super) faults: Vec<Diagnostic>,
    /// Whether a page was made of the text of another.
    pub(super) quotes: bool,
}

/// Renders everything in parallel. Bytes live only until they are written.
pub(super) fn write_all(
    site: &Site,
    publisher: &Publisher,
    progress: &Progress,
) -> Result<Written, PublishError> {
    let addresses = site.addresses();
    progress.begin(Step::Render, addresses.len());
    // Asked some dozen times for each page.
    let known: FxHashSet<String> = addresses.iter().map(ToString::to_string).collect();
    let exists = |address: &str| known.contains(address);
    let results: Vec<_> = addresses
        .par_iter()
        .with_max_len(share::PAGES)
        .map(|address| {
            let (made, quotes) = rendered_alone(site, address);
            let made = match made {
                Ok(artifact) => {
                    let entry =
                        publisher.put(&address.file(), artifact.media_type, &artifact.bytes)?;
                    (Some(entry), look_at(address, &artifact, exists), None)
                }
                Err(fault) => (None, None, Some(*fault)),
            };
            progress.advance();
            Ok((made, quotes))
        })
        .collect::<Result<_, PublishError>>()?;
    let mut written = Written {
        count: count_pages(&addresses),
        ..Written::default()
    };
    for ((entry, page, fault), quotes) in results {
        written.entries.extend(entry);
        written.pages.extend(page);
        written.faults.extend(fault);
        written.quotes |= quotes;
    }
    Ok(written)
}

/// Renders what is behind an address; whether it was made of the text of a page that is not its own.
pub(crate) fn rendered_alone(
    site: &Site,
    address: &Address,
) -> (Result<Artifact, Box<Diagnostic>>, bool) {
    let own = match address {
        Address::Page(_, tail) => Some(tail),
        _ => None,
    };
    reads::of_page(own, || page::render(site, address))
}

/// What the check of links has to know of what is behind an address; none of what has no links.
pub(crate) fn look_at(
    address: &Address,
    artifact: &Artifact,
    exists: impl Fn(&str) -> bool,
) -> Option<Rendered> {
    if !matches!(
        address,
        Address::Page(..) | Address::Root | Address::Citation(_)
    ) {
        return None;
    }
    Some(rendered::read(&address.file(), &artifact.bytes, exists))
}

/// How many of them are pages.
pub(super) fn count_pages(addresses: &[Address]) -> usize {
    let pages = addresses.iter();
    let pages = pages.filter(|address| matches!(address, Address::Page(..)));
    pages.count()
}
