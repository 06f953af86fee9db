//! `POST /{vi,en}/validate/`: the same as the API from a plain form, answered with a page; nothing
//! of it needs JavaScript.

use framework::Localized;
use reporting::Checked;
use rulebook::Report;

use crate::{
    call::Call,
    form::{Form, no_submission},
    handlers::validate::{Upload, submitted},
    media::Envelope,
    page::{self, Frame},
    problem::{Kind, Problem},
    rendering,
    reply::{Answer, Response},
    state::App,
};

/// The fields of the form on the page.
const FIELDS: [&str; 5] = ["submission", "level", "date", "text", "previous"];

/// The handler.
pub(crate) async fn post(call: Call) -> Answer {
    let (app, locale) = (call.app.clone(), call.locale());
    let mut entered = Form::default();
    match judged_page(call, &mut entered).await {
        Ok(response) => Ok(response),
        Err(problem) => Ok(form_again(&app, locale, &about_field(problem), &entered)),
    }
}

async fn judged_page(call: Call, entered: &mut Form) -> Answer {
    let (app, locale) = (call.app.clone(), call.locale());
    let envelope = Envelope::of(&call.headers)?;
    let upload = Upload::receive(call, &envelope, &FIELDS).await?;
    *entered = upload.form.clone();
    let submission = submitted(&upload.form).ok_or_else(no_submission)?;
    let earlier = upload.form.file("previous").map(|part| part.bytes.clone());
    let render = move |checked: Checked<'_>| {
        let earlier = earlier.map(|bytes| read_earlier(&bytes)).transpose()?;
        Ok(rendering::page(checked, earlier.as_ref(), locale))
    };
    let html = upload.judge(submission, render).await??;
    Ok(page::answer_page(
        locale,
        page::framed(&app, locale, Frame::Report, &html),
    ))
}

/// The report of an earlier check, as the reader saved it.
fn read_earlier(bytes: &[u8]) -> Result<Report, Problem> {
    serde_json::from_slice(bytes).map_err(|fault| {
        let (line, column) = (fault.line(), fault.column());
        Problem::new(
            Kind::BadRequest,
            "Không đọc được kết quả lần trước để so sánh.",
            "The earlier result cannot be read for comparison.",
        )
        .fault(
            "field",
            "previous",
            Localized::text(
                format!("cần tệp kết quả JSON đã tải về từ lần kiểm tra trước (dòng {line}, cột {column})"),
                format!("choose the JSON result saved from an earlier check (line {line}, column {column})"),
            ),
        )
    })
}

/// What is wrong with the file itself is said with a link to where another one is chosen.
fn about_field(problem: Problem) -> Problem {
    let about_file = matches!(
        problem.kind,
        Kind::UnsupportedType | Kind::Unopenable | Kind::TooLarge
    );
    if !about_file || !problem.faults.is_empty() {
        return problem;
    }
    problem.fault(
        "field",
        "submission",
        Localized::text("chọn tệp khác", "choose another file"),
    )
}

/// The form once more, with what is wrong on top and everything that was entered still there. (A
/// browser never lets a page fill in a file; the summary says to choose it again.)
fn form_again(app: &App, locale: framework::Locale, problem: &Problem, entered: &Form) -> Response {
    let mut html = page::framed(
        app,
        locale,
        Frame::Validate,
        &page::summary(problem, locale),
    );
    for field in ["text", "level", "date"] {
        if let Some(text) = entered.text(field) {
            html = page::refill(&html, field, text);
        }
    }
    page::problem_reply(locale, problem, &html)
}
