//! Reading what a client sends: bounded in bytes and in time, whatever it says in `Content-Length`.

use std::{pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, timeout_at},
};

use crate::problem::{Kind, Problem};

/// The chunks of a body as they arrive.
pub(crate) type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, warp::Error>> + Send>>;

/// What a client may use of our time and memory for one body.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BodyLimits {
    pub(crate) bytes: u64,
    pub(crate) total: Duration,
    pub(crate) stall: Duration,
}

/// After an early refusal the rest is read and thrown away, so that the client gets to see the
/// answer instead of a reset connection: this much of it, for this long.
const LINGER: BodyLimits = BodyLimits {
    bytes: 32 * 1024 * 1024,
    total: Duration::from_secs(5),
    stall: Duration::from_secs(2),
};

/// The memory that all uploads together may take while they are read and judged. A slow client
/// holds at most four times what it has sent.
pub(crate) struct UploadMemory(Arc<Semaphore>);

/// A share of the memory for uploads; given back when dropped.
pub(crate) struct Share(OwnedSemaphorePermit);

/// The unit in which memory is shared out.
const UNIT: u64 = 1024;

impl UploadMemory {
    pub(crate) fn new(bytes: u64) -> Self {
        let units = usize::try_from(bytes / UNIT).unwrap_or(Semaphore::MAX_PERMITS);
        Self(Arc::new(Semaphore::new(units.min(Semaphore::MAX_PERMITS))))
    }

    fn share(&self) -> Result<Share, Problem> {
        Arc::clone(&self.0)
            .try_acquire_many_owned(0)
            .map(Share)
            .map_err(|_| no_memory())
    }

    /// Makes a share large enough for so many bytes.
    fn grow(&self, share: &mut Share, bytes: usize) -> Result<(), Problem> {
        let needed = u32::try_from((bytes as u64).div_ceil(UNIT)).unwrap_or(u32::MAX);
        let held = u32::try_from(share.0.num_permits()).unwrap_or(u32::MAX);
        if let Some(more) = needed.checked_sub(held).filter(|&more| more > 0) {
            let more = Arc::clone(&self.0).try_acquire_many_owned(more);
            share.0.merge(more.map_err(|_| no_memory())?);
        }
        Ok(())
    }
}

/// A body that arrived whole.
pub(crate) struct Received {
    pub(crate) bytes: Bytes,
    pub(crate) share: Share,
}

/// The largest piece of memory that a body takes while it arrives.
const LARGEST_BLOCK: usize = 256 * 1024;

/// What has arrived of a body, in blocks that are put together once, when its length is known: one
/// buffer that grows takes up to three times what it holds whenever it is moved, and leaves as much
/// behind in the allocator.
#[derive(Default)]
struct Arrived {
    /// The length that the client announced, if it is one that may be.
    announced: usize,
    blocks: Vec<Vec<u8>>,
    length: usize,
}

impl Arrived {
    fn push(&mut self, mut chunk: &[u8]) {
        while !chunk.is_empty() {
            let last = self.blocks.last_mut();
            if let Some(block) = last.filter(|block| block.len() < block.capacity()) {
                let fits = chunk.len().min(block.capacity() - block.len());
                let (now, later) = chunk.split_at(fits);
                block.extend_from_slice(now);
                self.length += now.len();
                chunk = later;
            } else {
                self.make_room(chunk.len());
            }
        }
    }

    /// Room for more: as much again as has come, so that a slow client holds little more than what it sent.
    /// Once a quarter of what is announced is there, the rest gets its room, and nothing is left to be put
    /// together in the end.
    fn make_room(&mut self, wanted: usize) {
        let whole = self.announced;
        if self.length < whole && whole / 4 <= self.length + wanted {
            self.blocks = vec![self.together(whole)];
        } else {
            let size = self.length.max(wanted).min(LARGEST_BLOCK);
            self.blocks.push(Vec::with_capacity(size));
        }
    }

    /// How much memory it has taken, filled or not.
    fn room(&self) -> usize {
        self.blocks.iter().map(Vec::capacity).sum()
    }

    /// All blocks as one, with that much room. Each block is given back as soon as it is copied.
    fn together(&mut self, room: usize) -> Vec<u8> {
        let mut whole = Vec::with_capacity(room);
        for block in std::mem::take(&mut self.blocks) {
            whole.extend_from_slice(&block);
        }
        whole
    }

    fn end(mut self) -> Bytes {
        match self.blocks.len() {
            0 | 1 => self.blocks.pop().unwrap_or_default().into(),
            _ => self.together(self.length).into(),
        }
    }
}

/// The body of a request, not read yet.
pub(crate) struct Body {
    chunks: Option<Chunks>,
    announced: Option<u64>,
    limits: BodyLimits,
}

impl Body {
    pub(crate) fn new(chunks: Chunks, announced: Option<u64>, limits: BodyLimits) -> Self {
        Self {
            chunks: Some(chunks),
            announced,
            limits,
        }
    }

    /// All of it, or the reason why not.
    pub(crate) async fn read(mut self, memory: &UploadMemory) -> Result<Received, Problem> {
        let mut share = memory.share()?;
        if self
            .announced
            .is_some_and(|length| length > self.limits.bytes)
        {
            return Err(too_large(self.limits.bytes));
        }
        let Some(mut chunks) = self.chunks.take() else {
            return Ok(Received {
                bytes: Bytes::new(),
                share,
            });
        };
        let end = Instant::now() + self.limits.total;
        let mut body = Arrived {
            announced: usize::try_from(self.announced.unwrap_or_default()).unwrap_or_default(),
            ..Arrived::default()
        };
        let problem = loop {
            let patience = end.min(Instant::now() + self.limits.stall);
            match timeout_at(patience, chunks.next()).await {
                Err(_) => return Err(too_slow(self.limits)),
                Ok(None) => {
                    return Ok(Received {
                        bytes: body.end(),
                        share,
                    });
                }
                Ok(Some(Err(_))) => return Err(broken_off()),
                Ok(Some(Ok(chunk))) => {
                    let length = body.length + chunk.len();
                    if length as u64 > self.limits.bytes {
                        break too_large(self.limits.bytes);
                    }
                    body.push(&chunk);
                    if let Err(problem) = memory.grow(&mut share, body.room()) {
                        break problem;
                    }
                }
            }
        };
        // Put back, so that the rest lingers.
        self.chunks = Some(chunks);
        Err(problem)
    }
}

impl Drop for Body {
    /// A body that was refused unread lingers a little.
    fn drop(&mut self) {
        let Some(mut chunks) = self.chunks.take() else {
            return;
        };
        // No runtime, no connection to be polite to (a test that only builds a request).
        let Ok(runtime) = tokio::runtime::Handle::try_current() else {
            return;
        };
        runtime.spawn(async move {
            let mut left = LINGER.bytes;
            let end = Instant::now() + LINGER.total;
            while let Ok(Some(Ok(chunk))) =
                timeout_at(end.min(Instant::now() + LINGER.stall), chunks.next()).await
            {
                left = left.saturating_sub(chunk.len() as u64);
                if left == 0 {
                    break;
                }
            }
        });
    }
}

fn too_large(limit: u64) -> Problem {
    let limit = size(limit);
    Problem::new(
        Kind::TooLarge,
        format!(
            "Hệ thống nhận tệp tối đa {limit}. Đề nghị tách hồ sơ, bỏ phần đính kèm, hoặc dùng bộ \
             kiểm tra ngoại tuyến (khung check)."
        ),
        format!(
            "Files up to {limit} are accepted. Please split the submission, leave attachments out, \
             or use the offline checker (khung check)."
        ),
    )
}

fn size(bytes: u64) -> String {
    const MEBI: u64 = 1 << 20;
    if bytes.is_multiple_of(MEBI) {
        format!("{} MiB", bytes / MEBI)
    } else {
        format!("{bytes} byte")
    }
}

fn too_slow(limits: BodyLimits) -> Problem {
    let (total, stall) = (limits.total.as_secs(), limits.stall.as_secs());
    Problem::new(
        Kind::RequestTimeout,
        format!(
            "Nội dung cần đến trong {total} giây, không gián đoạn quá {stall} giây. Đề nghị gửi lại."
        ),
        format!(
            "The body must arrive within {total} seconds without pausing for {stall}. Please send it again."
        ),
    )
}

fn broken_off() -> Problem {
    Problem::new(
        Kind::BadRequest,
        "Nội dung gửi lên bị ngắt giữa chừng hoặc sai định dạng truyền. Đề nghị gửi lại.",
        "The body broke off or its transfer coding is wrong. Please send it again.",
    )
}

fn no_memory() -> Problem {
    Problem::new(
        Kind::Busy,
        "Hệ thống đang nhận nhiều tệp lớn cùng lúc. Đề nghị gửi lại sau 5 giây.",
        "Many large files are arriving at once. Please send it again in 5 seconds.",
    )
    .retry_after(5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_arrives_in_pieces_is_put_together_and_little_is_held_in_reserve() {
        for (count, size) in [
            (0, 0),
            (1, 1),
            (1, 300_000),
            (5_000, 1),
            (70, 16_384),
            (3, 700_001),
        ] {
            // A client may announce nothing, the truth, too little or too much.
            for announced in [0, count * size, count * size / 2, count * size * 2] {
                let mut body = Arrived {
                    announced,
                    ..Arrived::default()
                };
                let mut sent = Vec::new();
                for number in 0..count {
                    let letters = (0..=250_u8).cycle().skip(number % 251);
                    let chunk: Vec<u8> = letters.take(size).collect();
                    body.push(&chunk);
                    sent.extend_from_slice(&chunk);
                    let held = body.room();
                    assert!(held <= 4 * sent.len() + 3, "{held} for {}", sent.len());
                    assert!(announced > 0 || held < sent.len() + LARGEST_BLOCK + 1);
                }
                assert_eq!(body.length, sent.len());
                if announced == sent.len() {
                    assert!(body.blocks.len() <= 1);
                }
                assert_eq!(body.end(), sent, "{count} pieces of {size}");
            }
        }
    }
}
