//! The module's functions: all the `unsafe` there is.
//!
//! The page writes bytes to the address that `reserve` gives and calls a function, which takes them
//! over; what a function has to say lies at `output` until the next call, and the call answers with
//! its length. The module imports nothing, so it can reach nothing: no network, no file, no clock.
//!
//! Why this is sound: a WebAssembly instance without shared memory runs one call at a time on one
//! thread, and no function here calls back into the page, so no two references to the state live
//! at once. A panic aborts; the page throws the instance away and starts another.
#![expect(
    unsafe_code,
    reason = "the C ABI and the single-threaded state need it"
)]

use std::{cell::UnsafeCell, mem};

use checker::Face;

/// State of a module that only ever runs on one thread.
struct Single<T>(UnsafeCell<T>);

// SAFETY: there is one thread; see the module's documentation.
unsafe impl<T> Sync for Single<T> {}

struct State {
    face: Option<Face>,
    input: Vec<u8>,
    output: Vec<u8>,
}

static STATE: Single<State> = Single(UnsafeCell::new(State {
    face: None,
    input: Vec::new(),
    output: Vec::new(),
}));

fn with_state<T>(use_state: impl FnOnce(&mut State) -> T) -> T {
    // SAFETY: one thread, and `use_state` never comes back here; see the module's documentation.
    use_state(unsafe { &mut *STATE.0.get() })
}

/// Calls the face with the input and keeps what it says.
fn answer(ask: impl FnOnce(&mut Face, &[u8]) -> Vec<u8>) -> usize {
    with_state(|state| {
        let input = mem::take(&mut state.input);
        // What the last call said need not lie beside what this one says.
        state.output = Vec::new();
        state.output = ask(state.face.get_or_insert_default(), &input);
        state.output.len()
    })
}

/// Room for that many bytes of input to the next call.
#[unsafe(no_mangle)]
extern "C" fn reserve(length: usize) -> *mut u8 {
    with_state(|state| {
        state.input = vec![0; length];
        state.input.as_mut_ptr()
    })
}

/// Where the output of the last call lies.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    with_state(|state| state.output.as_ptr())
}

/// Input: the knowledge. Output: [`Face::open`].
#[unsafe(no_mangle)]
extern "C" fn open() -> usize {
    answer(Face::open)
}

/// Input: the question, `question` bytes long, then the upload. Output: [`Face::check`].
#[unsafe(no_mangle)]
extern "C" fn check(question: usize) -> usize {
    answer(|face, input| {
        let (question, bytes) = input.split_at(question.min(input.len()));
        face.check(question, bytes)
    })
}

/// Input: an earlier report. Output: [`Face::compare`].
#[unsafe(no_mangle)]
extern "C" fn compare() -> usize {
    answer(Face::compare)
}

/// Output: [`Face::page`].
#[unsafe(no_mangle)]
extern "C" fn page() -> usize {
    answer(|face, _| face.page())
}

/// Input: the word of a form. Output: [`Face::export`].
#[unsafe(no_mangle)]
extern "C" fn export() -> usize {
    answer(|face, input| face.export(&String::from_utf8_lossy(input)))
}

/// Output: [`Face::mend`].
#[unsafe(no_mangle)]
extern "C" fn mend(finding: usize) -> usize {
    answer(|face, _| face.mend(finding))
}

/// Seeds of hash tables. Chance would have to be imported from the page, and would protect nobody:
/// a file made to fill one slot of a table slows down the worker of the one who opened it, which the
/// page stops after a while.
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    destination: *mut u8,
    length: usize,
) -> Result<(), getrandom::Error> {
    // SAFETY: the caller owns `length` bytes at `destination`.
    unsafe { destination.write_bytes(0x4B, length) };
    Ok(())
}
