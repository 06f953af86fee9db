//! `POST /{vi,en}/validate/`: the same as the API from a plain form, answered with a page; nothing
//! of it needs JavaScript.

use reporting::Checked;

use crate::{
    call::Call,
    form::{Form, no_submission},
    handlers::validate::{Upload, submitted},
    media::Envelope,
    page::{self, Frame},
    problem::Problem,
    reply::{Answer, Response},
    state::App,
};

/// The handler.
pub(crate) async fn post(call: Call) -> Answer {
    let (app, locale) = (call.app.clone(), call.locale());
    let mut entered = Form::default();
    match judged_page(call, &mut entered).await {
        Ok(response) => Ok(response),
        Err(problem) => Ok(form_again(&app, locale, &problem, &entered)),
    }
}

async fn judged_page(call: Call, entered: &mut Form) -> Answer {
    let (app, locale) = (call.app.clone(), call.locale());
    let envelope = Envelope::of(&call.headers)?;
    let upload = Upload::receive(call, &envelope).await?;
    *entered = upload.form.clone();
    let submission = submitted(&upload.form).ok_or_else(no_submission)?;
    let render = move |checked: &Checked<'_>| fragment(checked, locale);
    let html = upload.judge(submission, render).await?;
    Ok(page::answer_page(
        locale,
        page::framed(&app, locale, Frame::Report, &html),
    ))
}

fn fragment(checked: &Checked<'_>, locale: framework::Locale) -> String {
    let style = reporting::text::Style::default();
    format!(
        "<pre>{}</pre>",
        page::escaped(&reporting::text::render(&[*checked], locale, style))
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
