//! `POST /api/v1/validate`: a submission in, a report out.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use framework::{AgencyLevel, Date, Localized};
use http::{HeaderValue, StatusCode, header};
use reporting::Checked;
use serde_json::Value;

use crate::{
    body::Share,
    call::Call,
    clock,
    form::{Form, no_submission},
    journal::Level,
    judgement::{self, Judged, Question},
    media::{self, Envelope},
    problem::{Problem, locale_value},
    reply::{Answer, bytes_reply},
    state::App,
};

/// The fields of a form that programs send.
const FIELDS: [&str; 3] = ["submission", "level", "date"];

/// The handler.
pub(crate) async fn api(call: Call) -> Answer {
    call.check_language()?;
    let report = media::form_of(&call.headers)?;
    let envelope = Envelope::of(&call.headers)?;
    let locale = call.locale();
    let app = Arc::clone(&call.app);
    let render = move |checked: Checked<'_>| report.render(checked, locale, app.config.site());
    let upload = Upload::receive(call, &envelope, &FIELDS).await?;
    let submission = match envelope {
        Envelope::Raw(media_type) => Submitted {
            bytes: upload.body.clone(),
            file: media::usual_name(&media_type).to_owned(),
            media_type: Some(media_type),
        },
        _ => submitted(&upload.form).ok_or_else(no_submission)?,
    };
    let body = upload.judge(submission, render).await?;
    let mut response = bytes_reply(StatusCode::OK, report.content_type(), body);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Accept, Accept-Language"),
    );
    headers.insert(header::CONTENT_LANGUAGE, locale_value(locale));
    if media::is_saved(report) {
        let name = report.file_name(locale);
        let value = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
        // Our own ASCII names are always valid.
        headers.extend(value.map(|value| (header::CONTENT_DISPOSITION, value)).ok());
    }
    Ok(response)
}

/// A submission as it came in.
pub(crate) struct Submitted {
    pub(crate) bytes: Bytes,
    pub(crate) file: String,
    pub(crate) media_type: Option<String>,
}

/// The submission of a form: a file, or text that was pasted.
pub(crate) fn submitted(form: &Form) -> Option<Submitted> {
    let file = form
        .file("submission")
        .filter(|part| part.file.is_some() || !part.bytes.is_empty());
    if let Some(part) = file {
        return Some(Submitted {
            bytes: part.bytes.clone(),
            file: part.file.clone().unwrap_or_default(),
            media_type: part.media_type.clone(),
        });
    }
    let pasted = form
        .part("text")
        .filter(|part| !part.bytes.trim_ascii().is_empty())?;
    Some(Submitted {
        bytes: pasted.bytes.clone(),
        file: media::usual_name("").to_owned(),
        media_type: None,
    })
}

/// A request that was read whole, ready to be judged.
pub(crate) struct Upload {
    app: Arc<App>,
    id: String,
    date: Date,
    level: Option<AgencyLevel>,
    pub(crate) body: Bytes,
    pub(crate) form: Form,
    /// Its share of the memory for uploads, given back when it has been judged.
    share: Share,
}

impl Upload {
    /// Checks what can be checked without the body, then reads it.
    pub(crate) async fn receive(
        call: Call,
        envelope: &Envelope,
        known: &[&str],
    ) -> Result<Self, Problem> {
        let Call {
            app,
            context,
            query,
            body,
            ..
        } = call;
        app.take_token(context.client)?;
        let (date, level) = (
            asked_date(query.get("date")?)?,
            asked_level(query.get("level")?)?,
        );
        let received = body.read(&app.memory).await.inspect_err(|problem| {
            app.metrics.rejected(problem.kind.name());
        })?;
        let form = Form::read(envelope, received.bytes.clone())
            .await?
            .only(known)?;
        // A form's own fields stand for the parameters that a plain form cannot put into its address.
        let date = date
            .or(asked_date(form.text("date"))?)
            .unwrap_or_else(clock::today);
        let level = level.or(asked_level(form.text("level"))?);
        Ok(Self {
            app,
            id: context.id,
            date,
            level,
            body: received.bytes,
            form,
            share: received.share,
        })
    }

    /// Has the submission judged by a worker; counts and logs no more than size, format, verdict
    /// and time.
    pub(crate) async fn judge<T: Send + 'static>(
        self,
        submitted: Submitted,
        render: impl FnOnce(Checked<'_>) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let Self {
            app,
            id,
            date,
            level,
            share,
            ..
        } = self;
        let knowledge = app.knowledge()?;
        let limits = judgement::limits(&app.config);
        let size = submitted.bytes.len();
        let question = Question {
            bytes: submitted.bytes,
            file: submitted.file,
            media_type: submitted.media_type,
            date,
            level,
        };
        let begun = std::time::Instant::now();
        let result = app
            .pool
            .run_on(size, move |deadline| {
                // It may go on for longer than its client waits.
                let _held = share;
                judgement::judge(
                    knowledge.judge.as_ref(),
                    &question,
                    &limits,
                    deadline,
                    render,
                )
            })
            .await;
        let took = begun.elapsed();
        match result {
            Ok((rendered, judged)) => {
                note(&app, &id, size, judged, took);
                Ok(rendered)
            }
            Err(problem) => {
                app.metrics.rejected(problem.kind.name());
                Err(problem)
            }
        }
    }
}

/// Counts and logs a judgement.
fn note(app: &App, id: &str, size: usize, judged: Judged, took: Duration) {
    let Judged { format, verdict } = judged;
    app.metrics.validation(format, verdict, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let fields: [(&str, Value); 5] = [
        ("id", id.into()),
        ("bytes", size.into()),
        ("format", format.into()),
        ("verdict", verdict.into()),
        ("ms", milliseconds.into()),
    ];
    app.journal.note(Level::Info, "validation", &fields);
}

fn asked_date(text: Option<&str>) -> Result<Option<Date>, Problem> {
    let Some(text) = text else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        let wanted = Localized::text(
            "cần một ngày dạng 2026-03-31",
            "must be a date such as 2026-03-31",
        );
        Problem::parameter("date", wanted)
    })
}

fn asked_level(text: Option<&str>) -> Result<Option<AgencyLevel>, Problem> {
    let Some(text) = text else { return Ok(None) };
    AgencyLevel::from_word(text).map(Some).ok_or_else(|| {
        let words: Vec<&str> = AgencyLevel::ALL
            .into_iter()
            .map(AgencyLevel::as_str)
            .collect();
        let words = words.join(", ");
        let wanted = Localized::text(
            format!("cần một trong: {words}"),
            format!("must be one of: {words}"),
        );
        Problem::parameter("level", wanted)
    })
}
