//! YAML and JSON: whatever is read is written and read again as it was.
#![no_main]

use framework::{Catalogue, Locale};
use intake::{Hints, Limits, OutputFormat, convert, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    for file in ["a.yaml", "a.json"] {
        let Ok(first) = read(bytes, &Hints::file(file), &limits) else {
            continue;
        };
        let written = convert(
            &first.root,
            OutputFormat::Yaml,
            &Catalogue::default(),
            Locale::Vi,
        )
        .expect("YAML is only text");
        read(&written, &Hints::file("b.yaml"), &limits).expect("what was written can be read");
    }
});
