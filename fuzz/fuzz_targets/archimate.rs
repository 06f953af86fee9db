//! `ArchiMate` exchange files: read, or refused with a reason.
#![no_main]

use intake::{Hints, Limits, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes, &Hints::file("a.xml"), &Limits::default());
    let head = b"<model xmlns=\"http://www.opengroup.org/xsd/archimate/3.0/\">";
    let model = [head.as_slice(), bytes, b"</model>"].concat();
    let _ = read(&model, &Hints::file("a.xml"), &Limits::default());
});
