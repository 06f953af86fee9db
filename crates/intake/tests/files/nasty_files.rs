//! Every nasty file gets the answer it should, within the time it should.

use std::time::{Duration, Instant};

use intake::{Hints, Limits, Unreadable, read};

use crate::nasty;

#[test]
fn every_nasty_file_gets_its_answer_in_time() {
    let mut wrong = Vec::new();
    for nasty::Nasty {
        name,
        bytes,
        answer,
    } in nasty::corpus()
    {
        let start = Instant::now();
        let result = read(&bytes, &Hints::file(name), &Limits::default());
        let took = start.elapsed();
        let got = result.as_ref().map_or_else(Unreadable::code, |_| "read");
        // Unoptimised code on a shared machine; optimised, none takes a second.
        if got != answer || took > Duration::from_secs(30) {
            wrong.push(format!("{name}: {got} instead of {answer}, in {took:?}"));
        }
        if let Err(fault) = result {
            for fault in fault.faults() {
                assert!(
                    !fault.message.vi.is_empty() && !fault.hint.en.is_empty(),
                    "{name}"
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
