//! What the module knows and how it answers, free of any ABI: bytes in, JSON or bytes out.

use std::borrow::Cow;

use framework::{AgencyLevel, Date, Locale, Localized};
use intake::{Hints, Limits};
use reporting::{
    Checked, Form, Source,
    comparison::Comparison,
    html::{self, Export, Options},
};
use rulebook::{Report, RulesetIdentity, Submission};
use serde::{Deserialize, Serialize};

use crate::{Checker, Knowledge, refusal, shown};

/// The checker of one page: its rules, and the last submission it judged.
#[derive(Debug, Default)]
pub struct Face {
    checker: Option<Checker>,
    last: Option<Judged>,
}

/// What comes with the bytes of an upload, as JSON.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Question<'q> {
    /// The file's name; shown, and a hint at its format.
    #[serde(borrow)]
    file: Cow<'q, str>,
    /// Its media type, if the browser knows one.
    #[serde(borrow)]
    media_type: Option<Cow<'q, str>>,
    /// The day of judgement.
    date: Date,
    /// The kind of agency, where the reader knows better than the file.
    level: Option<AgencyLevel>,
    /// The reader's language.
    lang: Locale,
    /// Whether the report may link to pages of the site.
    links: bool,
}

/// The last submission and its report.
#[derive(Debug)]
pub(crate) struct Judged {
    report: Report,
    submission: Option<Submission<'static>>,
    /// The text of a file that is no submission.
    text: Option<String>,
    earlier: Option<Report>,
    locale: Locale,
    links: bool,
}

/// The answer to a set of rules.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Opened<'a> {
    Ruleset(&'a RulesetIdentity),
    Faults(Vec<Localized>),
}

/// The answer to an upload.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Judged(shown::Summary),
    Refused(Localized),
}

impl Face {
    /// Takes in the [`Knowledge`] (JSON) and opens it: `{"ruleset": …}`, or `{"faults": […]}`.
    pub fn open(&mut self, knowledge: &[u8]) -> Vec<u8> {
        self.last = None;
        let compiled = serde_json::from_slice::<Knowledge<'_>>(knowledge)
            .map_err(|fault| vec![Localized::text(fault.to_string(), fault.to_string())])
            .and_then(|knowledge| {
                let open = if knowledge.accepted {
                    Checker::reopen
                } else {
                    Checker::compile
                };
                let (files, clauses, catalogue) = knowledge.into_parts();
                open(&files, &clauses, catalogue)
                    .map_err(|faults| faults.into_iter().map(|fault| fault.message).collect())
            });
        match compiled {
            Ok(checker) => {
                let checker = self.checker.insert(checker);
                written(&Opened::Ruleset(checker.rulebook.identity()))
            }
            Err(faults) => {
                self.checker = None;
                written(&Opened::Faults(faults))
            }
        }
    }

    /// Judges: the question (JSON), then the bytes. `{"judged": …}` is what an editor shows beside
    /// the text; `{"refused": …}` says why there is nothing to judge.
    pub fn check(&mut self, question: &[u8], bytes: &[u8]) -> Vec<u8> {
        self.last = None;
        let Some(checker) = &self.checker else {
            return refused("Chưa nạp bộ quy tắc.", "No rule set is loaded yet.");
        };
        let question: Question<'_> = match serde_json::from_slice(question) {
            Ok(question) => question,
            Err(fault) => return refused(&fault.to_string(), &fault.to_string()),
        };
        let hints = Hints {
            file: &question.file,
            media_type: question.media_type.as_deref(),
            catalogue: Some(&checker.catalogue),
            ..Hints::default()
        };
        // The bounds of a server as it is shipped: what it refuses is refused here as well.
        let limits = Limits {
            xml_bytes: Limits::default().bytes,
            ..Limits::default()
        };
        let judged = match intake::read(bytes, &hints, &limits) {
            Ok(submission) => {
                let options = rulebook::Options {
                    level: question.level,
                    ..rulebook::Options::default()
                };
                Judged {
                    report: checker.rulebook.check(&submission, question.date, &options),
                    submission: Some(intake::owned(submission)),
                    text: None,
                    earlier: None,
                    locale: question.lang,
                    links: question.links,
                }
            }
            Err(fault) => {
                let said_workbook = question.media_type.as_deref().is_some_and(is_workbook);
                if let Some((_, words)) = refusal(&fault, bytes, said_workbook) {
                    return written(&Answer::Refused(words));
                }
                Judged {
                    report: checker.unusable(&fault, bytes, &question.file, question.date),
                    submission: None,
                    text: std::str::from_utf8(bytes).ok().map(str::to_owned),
                    earlier: None,
                    locale: question.lang,
                    links: question.links,
                }
            }
        };
        let judged = self.last.insert(judged);
        let answer = judged.with(checker, shown::summary);
        written(&Answer::Judged(answer))
    }

    /// Takes in an earlier report (JSON) that the last one is compared with: nothing, or why it
    /// cannot be read.
    pub fn compare(&mut self, earlier: &[u8]) -> Vec<u8> {
        let Some(judged) = &mut self.last else {
            return Vec::new();
        };
        match serde_json::from_slice(earlier) {
            Ok(report) => {
                judged.earlier = Some(report);
                Vec::new()
            }
            Err(fault) => {
                let (line, column) = (fault.line(), fault.column());
                written(&Localized::text(
                    format!(
                        "Không đọc được kết quả lần trước để so sánh (dòng {line}, cột {column}): cần tệp kết quả JSON đã tải về từ lần kiểm tra trước."
                    ),
                    format!(
                        "The earlier result cannot be read for comparison (line {line}, column {column}): choose the JSON result saved from an earlier check."
                    ),
                ))
            }
        }
    }

    /// The report on the last submission as HTML: the fragment that a server puts into its page, with
    /// links to the other forms that the page fills in when they are followed.
    pub fn page(&self) -> Vec<u8> {
        self.shown(|checked, judged| {
            let exports = Form::ALL.map(|form| Export {
                label: form.label().to_owned(),
                href: format!("#{}", form.word()),
                file: form.file_name(judged.locale),
            });
            let comparison = judged
                .earlier
                .as_ref()
                .map(|earlier| Comparison::between(earlier, checked.report));
            let options = Options {
                site: judged.links.then_some(""),
                exports: &exports,
                comparison: comparison.as_ref(),
                ids: "",
            };
            html::fragment(checked, judged.locale, options).into_bytes()
        })
    }

    /// The same report as a file: `json`, `sarif`, `csv`, `html` or `docx`.
    pub fn export(&self, form: &str) -> Vec<u8> {
        let Some(form) = Form::from_word(form) else {
            return Vec::new();
        };
        self.shown(|checked, judged| form.render(checked, judged.locale, None))
    }

    /// The last submission's text with the edit of a finding carried out; nothing where it has none
    /// that keeps all the rest as it is written.
    pub fn mend(&self, finding: usize) -> Vec<u8> {
        let mended = self.last.as_ref().and_then(|judged| {
            let finding = judged.report.findings.get(finding)?;
            intake::amend(judged.submission.as_ref()?, finding.patch.as_ref()?)
        });
        mended.map(String::into_bytes).unwrap_or_default()
    }

    fn shown(&self, show: impl FnOnce(Checked<'_>, &Judged) -> Vec<u8>) -> Vec<u8> {
        match (&self.checker, &self.last) {
            (Some(checker), Some(judged)) => {
                judged.with(checker, |checked, _| show(checked, judged))
            }
            _ => Vec::new(),
        }
    }
}

impl Judged {
    /// The report with what may be shown beside it.
    fn with<T>(&self, checker: &Checker, show: impl FnOnce(Checked<'_>, &Self) -> T) -> T {
        let source = match (&self.submission, &self.text) {
            (Some(submission), _) => Source::submission(submission),
            (None, Some(text)) => Source::text(text),
            (None, None) => Source::none(),
        };
        let checked = Checked::new(&self.report)
            .with_source(&source)
            .with_rules(&checker.notes);
        show(checked, self)
    }

    /// The submission, and the language to speak.
    pub(crate) fn parts(&self) -> (Option<&Submission<'static>>, Locale) {
        (self.submission.as_ref(), self.locale)
    }
}

fn is_workbook(media_type: &str) -> bool {
    [
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.spreadsheet",
    ]
    .contains(&media_type)
}

fn refused(vi: &str, en: &str) -> Vec<u8> {
    written(&Answer::Refused(Localized::text(vi, en)))
}

fn written(answer: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(answer).expect("plain structs with string keys are always JSON")
}
