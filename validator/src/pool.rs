//! Where submissions are judged: beside the threads that answer, as many at a time as there are
//! cores, with a short queue before them.
//!
//! A worker cannot be interrupted. The time limit is looked at between the stages of a validation
//! (read, judge, render); the client of one that exceeds it is answered at once, while the worker
//! goes on to the end of its stage and keeps its place until then, so that the number of busy cores
//! never exceeds the limit.
//!
//! The threads are the pool's own and no more than the workers: an allocator keeps for each
//! thread what the largest upload it met had needed, and spread over the runtime's threads that was
//! several times the memory (docs/checking-speed.md). For the same reason large submissions, of which the
//! worst needs a hundred times its size, are judged by one of every four threads only.

mod line;
mod waiting;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, oneshot},
    time::timeout_at,
};

use self::{
    line::{Line, Weight},
    waiting::Waiting,
};
use crate::problem::{Kind, Problem};

/// How long a validation may wait for a worker.
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Of so many workers one takes large submissions too.
const HEAVY_EVERY: usize = 4;

/// When to come back, in seconds.
const COME_BACK: u64 = 5;

/// The workers and the queue before them.
pub(crate) struct Pool {
    /// One for each worker and each place in the queue.
    places: Arc<Semaphore>,
    /// The places that large submissions may take, so that others find one beside them.
    heavy_places: Arc<Semaphore>,
    time: Duration,
    line: Arc<Line>,
    pub(crate) gauges: Arc<PoolGauges>,
}

/// What comes of it: the panic, if it panicked.
type Answered<T> = oneshot::Receiver<thread::Result<Result<T, Problem>>>;

/// How busy the pool is.
#[derive(Debug, Default)]
pub(crate) struct PoolGauges {
    pub(crate) queued: AtomicI64,
    pub(crate) running: AtomicI64,
}

/// The moment at which a validation has taken too long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// Called between stages.
    pub(crate) fn check(self) -> Result<(), Problem> {
        if Instant::now() < self.0 {
            Ok(())
        } else {
            Err(too_long())
        }
    }
}

/// Counts itself in a gauge as long as it lives.
struct Counted(Arc<PoolGauges>, fn(&PoolGauges) -> &AtomicI64);

impl Counted {
    fn new(gauges: &Arc<PoolGauges>, which: fn(&PoolGauges) -> &AtomicI64) -> Self {
        which(gauges).fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(gauges), which)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        (self.1)(&self.0).fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    pub(crate) fn new(workers: usize, queue: usize, time: Duration) -> Self {
        let line = Arc::<Line>::default();
        let start = |takes_heavy| {
            let line = Arc::clone(&line);
            let named = thread::Builder::new().name("judge".to_owned());
            named.spawn(move || line.work_off(takes_heavy)).is_ok()
        };
        // Where the system gives fewer threads, fewer work; without any, there is no place for a validation.
        let started = (0..workers).fold(0, |started: usize, _| {
            let takes_heavy = started.is_multiple_of(HEAVY_EVERY);
            started + usize::from(start(takes_heavy))
        });
        let places = if started == 0 { 0 } else { started + queue };
        Self {
            places: Arc::new(Semaphore::new(places)),
            heavy_places: Arc::new(Semaphore::new(places.div_ceil(2))),
            time,
            line,
            gauges: Arc::default(),
        }
    }

    /// Does the work on a worker; refuses it when too many wait already.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(Deadline) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        self.run_on(0, work).await
    }

    /// The same for work on so many bytes that came from outside.
    ///
    /// It goes to the threads at once, first come, first served: they go from one to the next by themselves,
    /// and no core waits for the runtime to hand it work.
    pub(crate) async fn run_on<T: Send + 'static>(
        &self,
        bytes: usize,
        work: impl FnOnce(Deadline) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let weight = Weight::of(bytes);
        let places = self.places_for(weight)?;
        let queued = Counted::new(&self.gauges, |gauges| &gauges.queued);
        let (answer, answered) = oneshot::channel();
        let begun = Arc::new(OnceLock::new());
        let (gauges, time, begins) = (Arc::clone(&self.gauges), self.time, Arc::clone(&begun));
        let job = Waiting::new(move || {
            drop(queued);
            let held = (places, Counted::new(&gauges, |gauges| &gauges.running));
            let end = *begins.get_or_init(Instant::now) + time;
            let result = catch_unwind(AssertUnwindSafe(|| work(Deadline(end))));
            drop(held);
            // Nobody waits any more for one that took too long.
            let _ = answer.send(result);
        });
        self.line.push(weight, job.begin());
        // Dropped with its client, or when it waited too long: what has not begun gives back what it holds.
        let answer = self.wait(answered, &begun).await;
        drop(job);
        answer
    }

    /// A place for each bound that counts.
    fn places_for(&self, weight: Weight) -> Result<Vec<OwnedSemaphorePermit>, Problem> {
        let heavy = (weight == Weight::Heavy).then_some(&self.heavy_places);
        let places = heavy.into_iter().chain([&self.places]);
        let taken = places.map(|places| Arc::clone(places).try_acquire_owned());
        taken.collect::<Result<_, _>>().map_err(|_| full())
    }

    /// Waits for an answer: for so long until its work begins, and then for so long until it ends. Nobody says
    /// when it begins; looking every so often as it may last is never too late.
    async fn wait<T>(
        &self,
        mut answered: Answered<T>,
        begun: &OnceLock<Instant>,
    ) -> Result<T, Problem> {
        let longest = Instant::now() + LONGEST_WAIT;
        let mut look = longest.min(Instant::now() + self.time);
        loop {
            match timeout_at(look.into(), &mut answered).await {
                Ok(Ok(Ok(result))) => return result,
                // The work panicked; the hook has said where.
                Ok(Ok(Err(_)) | Err(_)) => return Err(Problem::internal()),
                Err(_) => {}
            }
            look = match begun.get().map(|&begun| begun + self.time) {
                Some(end) if end <= look => return Err(too_long()),
                Some(end) => end,
                None if longest <= look => return Err(full()),
                None => longest.min(look + self.time),
            };
        }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.line.end();
    }
}

fn full() -> Problem {
    Problem::new(
        Kind::Busy,
        format!("Hệ thống đang xử lý nhiều hồ sơ. Đề nghị gửi lại sau {COME_BACK} giây."),
        format!("Many submissions are being checked. Please send it again in {COME_BACK} seconds."),
    )
    .retry_after(COME_BACK)
}

fn too_long() -> Problem {
    Problem::new(
        Kind::Busy,
        "Việc kiểm tra vượt quá thời gian cho phép và đã dừng; nội dung gửi lên không được lưu. \
         Đề nghị dùng bộ kiểm tra ngoại tuyến (khung check) cho tệp này.",
        "The check took longer than allowed and was given up; nothing you sent was kept. Please use \
         the offline checker (khung check) for this file.",
    )
    .retry_after(60)
}

#[cfg(test)]
mod tests;
