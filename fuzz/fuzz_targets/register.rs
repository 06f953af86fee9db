//! CSV registers and mapping files, in whatever encoding: read, or refused with a reason.
#![no_main]

use intake::{Hints, Limits, Mapping, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read(bytes, &Hints::file("a.csv"), &Limits::default());
    let headed = ["Mã;Tên hệ thống;Giai đoạn;Ngày bắt đầu\n".as_bytes(), bytes].concat();
    if let Ok(submission) = read(&headed, &Hints::file("a.csv"), &Limits::default()) {
        let _ = intake::merge(vec![submission.clone(), submission]);
    }
    let _ = Mapping::parse(bytes, "m.yaml");
});
