//! The module's functions, its allocator and its panic handler: all the `unsafe` there is.
//!
//! The page writes bytes to the address that `reserve` gives and calls a function, which takes them
//! over; what a function has to say lies at `output` until the next call.
//!
//! Why this is sound: a WebAssembly instance without shared memory runs one call at a time on one
//! thread, and no function here calls back into the page, so no two references to the state live
//! at once.
#![expect(
    unsafe_code,
    reason = "the C ABI, the allocator and the single-threaded state need it"
)]

use alloc::{string::String, vec::Vec};
use core::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32,
    cell::UnsafeCell,
    mem, ptr,
};

use search::push_text;

use crate::{Face, Reply};

/// State of a module that only ever runs on one thread.
struct Single<T>(UnsafeCell<T>);

// SAFETY: there is one thread; see the module's documentation.
unsafe impl<T> Sync for Single<T> {}

struct State {
    face: Face,
    input: Vec<u8>,
    output: Vec<u8>,
}

static STATE: Single<State> = Single(UnsafeCell::new(State {
    face: Face::new(),
    input: Vec::new(),
    output: Vec::new(),
}));

fn with_state<T>(use_state: impl FnOnce(&mut State) -> T) -> T {
    // SAFETY: one thread, and `use_state` never comes back here; see the module's documentation.
    use_state(unsafe { &mut *STATE.0.get() })
}

impl State {
    fn take_input(&mut self) -> Vec<u8> {
        mem::take(&mut self.input)
    }

    fn say(&mut self, output: Vec<u8>) -> usize {
        self.output = output;
        self.output.len()
    }
}

/// Room for that many bytes of input to the next call.
#[unsafe(no_mangle)]
extern "C" fn reserve(length: usize) -> *mut u8 {
    with_state(|state| {
        state.input = alloc::vec![0; length];
        state.input.as_mut_ptr()
    })
}

/// Where the output of the last call lies.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    with_state(|state| state.output.as_ptr())
}

/// Input: the head file. Whether it could be read.
#[unsafe(no_mangle)]
extern "C" fn open() -> bool {
    with_state(|state| {
        let head = state.take_input();
        state.face.open(&head)
    })
}

/// Input: a shard.
#[unsafe(no_mangle)]
extern "C" fn shard(number: usize) {
    with_state(|state| {
        let bytes = state.take_input();
        state.face.shard(number, bytes);
    });
}

/// Input: the file that the card of a document lies in.
#[unsafe(no_mangle)]
extern "C" fn card(document: u32) {
    with_state(|state| {
        let bytes = state.take_input();
        state.face.card(document, bytes);
    });
}

/// Input: a query. Negative: shards are wanted, and so many bytes of the output say which. Else the
/// length of the answer in the output.
#[unsafe(no_mangle)]
extern "C" fn query(kind: usize, layer: u32, skip: usize, limit: usize) -> isize {
    with_state(|state| {
        let mut text = String::new();
        push_text(&mut text, &state.take_input());
        let layer = u8::try_from(layer).unwrap_or(0);
        match state.face.query(&text, kind, layer, skip, limit) {
            Reply::Answer(lines) => state.say(lines.into_bytes()).cast_signed(),
            Reply::Wanted(lines) => -state.say(lines.into_bytes()).cast_signed(),
        }
    })
}

/// Output: what is shown of a hit.
#[unsafe(no_mangle)]
extern "C" fn hit(document: u32) -> usize {
    with_state(|state| {
        let lines = state.face.hit(document);
        state.say(lines.into_bytes())
    })
}

/// An allocator in a few hundred bytes: blocks of powers of two, freed ones in a list for each size.
struct Blocks(UnsafeCell<Free>);

struct Free {
    /// The first free block of each size; a free block begins with the address of the next.
    lists: [usize; 32],
    /// The part of linear memory never given out yet.
    from: usize,
    until: usize,
}

#[global_allocator]
static ALLOCATOR: Blocks = Blocks(UnsafeCell::new(Free {
    lists: [0; 32],
    from: 0,
    until: 0,
}));

// SAFETY: there is one thread; see the module's documentation.
unsafe impl Sync for Blocks {}

/// The power of two that holds so many bytes; 16 at least, so that every block is aligned for
/// anything Rust puts into it here.
const fn class(bytes: usize) -> usize {
    let bytes = if bytes < 16 { 16 } else { bytes };
    (usize::BITS - (bytes - 1).leading_zeros()) as usize
}

const PAGE: usize = 1 << 16;

// SAFETY: blocks come from memory that `memory_grow` has just added or from a list of freed
// blocks of the same size; none is handed out twice, and all are aligned to 16 bytes.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let class = class(layout.size());
        // SAFETY: one thread; see the module's documentation.
        let free = unsafe { &mut *self.0.get() };
        let Some(list) = free.lists.get_mut(class) else {
            return ptr::null_mut();
        };
        if *list != 0 {
            let block = *list as *mut usize;
            // SAFETY: a free block begins with the address of the next one.
            *list = unsafe { *block };
            return block.cast();
        }
        let size = 1 << class;
        if free.until - free.from < size {
            let pages = size.div_ceil(PAGE);
            let grown = wasm32::memory_grow::<0>(pages);
            if grown == usize::MAX {
                return ptr::null_mut();
            }
            if grown * PAGE != free.until {
                free.from = grown * PAGE;
            }
            free.until = (grown + pages) * PAGE;
        }
        let block = free.from;
        free.from += size;
        block as *mut u8
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: one thread; see the module's documentation.
        let free = unsafe { &mut *self.0.get() };
        if let Some(list) = free.lists.get_mut(class(layout.size())) {
            let block = block.cast::<usize>();
            // SAFETY: the block is ours again and at least 16 bytes long.
            unsafe { *block = *list };
            *list = block as usize;
        }
    }
}

/// Stands in for the standard library's way to run out of memory, which formats a message and brings
/// the machinery for that along: a thirtieth of the module. `site-gen/build.rs` tells the linker to
/// take it; with another compiler the name means nothing and the module is that much larger.
#[unsafe(export_name = "__wrap__RNvCsfLfy6EI15iL_7___rustc26___rust_alloc_error_handler")]
extern "C" fn out_of_memory(_size: usize, _align: usize) -> ! {
    wasm32::unreachable()
}

/// A panic would be a fault of ours; the page then falls back to the server or the A–Z list.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    wasm32::unreachable()
}
