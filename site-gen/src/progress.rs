//! How far a build has come, for whoever shows it.

use std::sync::atomic::{AtomicUsize, Ordering};

use framework::Localized;

/// How far a build has come. Shared between the build's threads and the one that shows it.
#[derive(Debug, Default)]
pub struct Progress {
    step: AtomicUsize,
    done: AtomicUsize,
    total: AtomicUsize,
}

/// What a build is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Read,
    Parse,
    Render,
    Check,
    Publish,
}

impl Progress {
    /// A step begins; `total` is how many pieces it has, 0 if that is not known.
    pub(crate) fn begin(&self, step: Step, total: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        self.step.store(step as usize, Ordering::Relaxed);
    }

    /// One more piece is done.
    pub(crate) fn advance(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// One line: «dựng trang và mục lục tìm kiếm, 1204 / 2330».
    pub fn line(&self) -> Localized {
        const WORDS: [(&str, &str); 5] = [
            ("đọc tệp", "reading files"),
            ("phân tích nội dung", "parsing content"),
            (
                "dựng trang và mục lục tìm kiếm",
                "rendering pages and the search index",
            ),
            ("kiểm tra liên kết", "checking links"),
            ("đưa trang vào sử dụng", "publishing"),
        ];
        let step = self.step.load(Ordering::Relaxed).min(WORDS.len() - 1);
        let (done, total) = (
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
        );
        let count = if total == 0 {
            String::new()
        } else {
            format!(", {} / {total}", done.min(total))
        };
        let (vi, en) = WORDS[step];
        Localized::text(format!("{vi}{count}"), format!("{en}{count}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_the_step_and_how_much_of_it_is_done() {
        let progress = Progress::default();
        assert_eq!(progress.line().en, "reading files");
        progress.begin(Step::Render, 3);
        progress.advance();
        progress.advance();
        assert_eq!(progress.line().vi, "dựng trang và mục lục tìm kiếm, 2 / 3");
        progress.begin(Step::Publish, 0);
        assert_eq!(progress.line().en, "publishing");
    }
}
