//! The modules for readers' browsers, compiled and packed by `build.rs`.

use flate2::Crc;

use crate::compress::Packed;

/// A module, as raw deflate, which the script that loads it unpacks: small from every host, whether
/// it packs what it serves or not.
pub(crate) struct Module {
    /// Its path in the theme, as templates name it: `asset("modules/search.bin")`.
    pub(crate) path: &'static str,
    /// What is served.
    pub(crate) packed: &'static [u8],
    /// The digest of that.
    pub(crate) digest: &'static str,
}

/// Search.
pub(crate) static SEARCH: Module = Module {
    path: "modules/search.bin",
    packed: include_bytes!(concat!(env!("OUT_DIR"), "/search.bin")),
    digest: env!("KHUNG_DIGEST_SEARCH_BIN"),
};

/// The checker.
pub(crate) static CHECK: Module = Module {
    path: "modules/check.bin",
    packed: include_bytes!(concat!(env!("OUT_DIR"), "/check.bin")),
    digest: env!("KHUNG_DIGEST_CHECK_BIN"),
};

/// The path of the checker as it was compiled, for hosts that pack what they serve: Brotli makes it a
/// quarter smaller than deflate. The script asks for it where the host says that it packs it.
pub(crate) const CHECK_PLAIN: &str = "modules/check.wasm";

/// The checker as it was compiled.
pub(crate) static CHECK_AS_COMPILED: &[u8] =
    include_bytes!(concat!(env!("OUT_DIR"), "/check.wasm"));

/// The digest of that.
pub(crate) const DIGEST_AS_COMPILED: &str = env!("KHUNG_DIGEST_CHECK_WASM");

/// All that is served, with paths and digests.
pub(crate) const fn all() -> [(&'static str, &'static [u8], &'static str); 3] {
    [
        (SEARCH.path, SEARCH.packed, SEARCH.digest),
        (CHECK.path, CHECK.packed, CHECK.digest),
        (CHECK_PLAIN, CHECK_AS_COMPILED, DIGEST_AS_COMPILED),
    ]
}

/// The packed variants of the checker as it was compiled; nothing if it is another file. Packing it well
/// takes longer than building the site, so it was done when the module was compiled.
pub(crate) fn packed(bytes: &[u8]) -> Option<Packed> {
    const BROTLI: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/check.br"));
    (bytes == CHECK_AS_COMPILED).then(|| Packed {
        br: Some(BROTLI.to_vec()),
        gz: Some(gzip(CHECK.packed, bytes)),
    })
}

/// Raw deflate as a gzip file (RFC 1952), without a name and a time.
fn gzip(deflated: &[u8], bytes: &[u8]) -> Vec<u8> {
    const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
    let mut crc = Crc::new();
    crc.update(bytes);
    [
        &HEAD,
        deflated,
        &crc.sum().to_le_bytes(),
        &crc.amount().to_le_bytes(),
    ]
    .concat()
}

/// The program that makes an index, in a word that differs when its code does (`build.rs`).
pub(crate) const INDEX_PROGRAM: &str = env!("KHUNG_INDEX_PROGRAM");

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::{DeflateDecoder, GzDecoder};

    use super::*;
    use crate::digest;

    #[test]
    fn digests_are_those_of_what_is_embedded() {
        for (_, bytes, digest) in all() {
            assert_eq!(digest::of(bytes).to_string(), digest);
        }
    }

    #[test]
    fn the_packed_variants_of_the_checker_unpack_to_it() {
        let Packed { br, gz } = packed(CHECK_AS_COMPILED).expect("it is the checker");
        let (mut from_br, mut from_gz, mut from_bin) = (Vec::new(), Vec::new(), Vec::new());
        brotli::Decompressor::new(&br.unwrap_or_default()[..], 4096)
            .read_to_end(&mut from_br)
            .expect("sound Brotli");
        GzDecoder::new(&gz.unwrap_or_default()[..])
            .read_to_end(&mut from_gz)
            .expect("sound gzip");
        DeflateDecoder::new(CHECK.packed)
            .read_to_end(&mut from_bin)
            .expect("sound deflate");
        let all = [from_br, from_gz, from_bin];
        assert!(all.iter().all(|unpacked| unpacked == CHECK_AS_COMPILED));
        assert!(packed(b"another file").is_none());
    }
}
