//! Workbooks: opened, or refused with a reason.
#![no_main]

use intake::{Hints, Limits, read};
use libfuzzer_sys::fuzz_target;

// The workbook library may panic: its reader answers for that, so only what comes out of the reader counts.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    // Most of what a fuzzer makes is no zip at all: let it begin as one.
    let mut workbook = b"PK\x03\x04".to_vec();
    workbook.extend_from_slice(bytes.strip_prefix(b"PK\x03\x04").unwrap_or(bytes));
    workbook.extend_from_slice(b"xl/workbook.xml");
    let limits = Limits {
        unpacked_bytes: 8 << 20,
        ..Limits::default()
    };
    let _ = read(&workbook, &Hints::default(), &limits);
    let _ = read(bytes, &Hints::default(), &limits);
});
