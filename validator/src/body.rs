//! Reading what a client sends: bounded in bytes and in time, whatever it says in `Content-Length`.

use std::{pin::Pin, time::Duration};

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt as _};
use tokio::time::{Instant, timeout_at};

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
    pub(crate) async fn read(mut self) -> Result<Bytes, Problem> {
        if self
            .announced
            .is_some_and(|length| length > self.limits.bytes)
        {
            return Err(too_large(self.limits.bytes));
        }
        let Some(mut chunks) = self.chunks.take() else {
            return Ok(Bytes::new());
        };
        let result = collect(&mut chunks, self.limits).await;
        if result
            .as_ref()
            .is_err_and(|problem| problem.kind == Kind::TooLarge)
        {
            self.chunks = Some(chunks);
        }
        result
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

async fn collect(chunks: &mut Chunks, limits: BodyLimits) -> Result<Bytes, Problem> {
    let end = Instant::now() + limits.total;
    let mut body = BytesMut::new();
    loop {
        let patience = end.min(Instant::now() + limits.stall);
        match timeout_at(patience, chunks.next()).await {
            Err(_) => return Err(too_slow(limits)),
            Ok(None) => return Ok(body.freeze()),
            Ok(Some(Err(_))) => return Err(broken_off()),
            Ok(Some(Ok(chunk))) => {
                if (body.len() + chunk.len()) as u64 > limits.bytes {
                    return Err(too_large(limits.bytes));
                }
                body.extend_from_slice(&chunk);
            }
        }
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
