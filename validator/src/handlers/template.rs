//! `GET /api/v1/templates/{level}.{form}`: an empty submission to fill in.

use framework::AgencyLevel;
use http::{HeaderValue, StatusCode, header};
use intake::OutputFormat;

use crate::{
    call::Call,
    media,
    problem::{Problem, locale_value},
    reply::{Answer, bytes_reply},
};

/// The handler.
pub(crate) async fn get(call: Call) -> Answer {
    call.check_language()?;
    let name = call.captures.parameter.as_deref().unwrap_or_default();
    let (level, form) = name.split_once('.').ok_or_else(Problem::not_found)?;
    let level = AgencyLevel::from_word(level).ok_or_else(Problem::not_found)?;
    let (format, media_type) = match form {
        "xlsx" => (OutputFormat::Xlsx, media::XLSX),
        "yaml" => (OutputFormat::Yaml, "application/yaml; charset=utf-8"),
        "json" => (OutputFormat::Json, "application/json; charset=utf-8"),
        _ => return Err(Problem::not_found()),
    };
    let file_name = format!("attachment; filename=\"khung-{level}.{form}\"");
    let (locale, knowledge) = (call.locale(), call.app.knowledge()?);
    let write = move |_| {
        let catalogue = knowledge.judge.catalogue();
        intake::template(level, format, catalogue, locale).map_err(|_| Problem::internal())
    };
    let bytes = call.app.searches.run(write).await?;
    let mut response = bytes_reply(StatusCode::OK, media_type, bytes);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_LANGUAGE, locale_value(locale));
    // Levels and forms are our own ASCII words.
    headers.extend(
        HeaderValue::from_str(&file_name)
            .map(|value| (header::CONTENT_DISPOSITION, value))
            .ok(),
    );
    Ok(response)
}
