//! What is wrong with a command line, in the reader's language (clap speaks English only).

use clap::error::{ContextKind, ContextValue, ErrorKind};
use framework::Locale;

/// One or two lines: the fault, and where help is.
pub(crate) fn explain(error: &clap::Error, locale: Locale) -> String {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let command = context(ContextKind::InvalidSubcommand);
    let valid = context(ContextKind::ValidValue);
    let vietnamese = locale == Locale::Vi;
    let fault = match error.kind() {
        ErrorKind::UnknownArgument if vietnamese => format!("không có tùy chọn {argument}"),
        ErrorKind::UnknownArgument => format!("there is no option {argument}"),
        ErrorKind::InvalidSubcommand if vietnamese => format!("không có lệnh {command}"),
        ErrorKind::InvalidSubcommand => format!("there is no command {command}"),
        ErrorKind::MissingSubcommand if vietnamese => "chưa nêu lệnh".to_owned(),
        ErrorKind::MissingSubcommand => "no command given".to_owned(),
        ErrorKind::MissingRequiredArgument if vietnamese => format!("còn thiếu {argument}"),
        ErrorKind::MissingRequiredArgument => format!("missing: {argument}"),
        ErrorKind::InvalidValue if value.is_empty() && vietnamese => {
            format!("{argument} cần một giá trị")
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if vietnamese => {
            format!("{argument} không nhận giá trị {value:?}")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("{argument} does not take the value {value:?}")
        }
        ErrorKind::ArgumentConflict if vietnamese => {
            format!("{argument} không dùng được cùng lúc hoặc lặp lại")
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} is given twice or conflicts with another")
        }
        _ => error
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    let choices = match (valid.is_empty(), vietnamese) {
        (true, _) => String::new(),
        (false, true) => format!("; nhận: {valid}"),
        (false, false) => format!("; it takes: {valid}"),
    };
    let suggestion = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .map(context)
    .find(|suggestion| !suggestion.is_empty())
    .map(|suggestion| {
        if vietnamese {
            format!(" (có phải {suggestion}?)")
        } else {
            format!(" (did you mean {suggestion}?)")
        }
    })
    .unwrap_or_default();
    let help = if vietnamese {
        "xem: khung --help"
    } else {
        "see: khung --help"
    };
    format!("{fault}{choices}{suggestion}\n{help}")
}

/// The placeholders that clap itself puts into a usage line, in the reader's language.
pub(crate) fn localised(help: &str, locale: Locale) -> String {
    match locale {
        Locale::Vi => help
            .replace("[OPTIONS]", "[TÙY CHỌN]")
            .replace("<COMMAND>", "<LỆNH>"),
        Locale::En => help.to_owned(),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments;

    fn fault(line: &str, locale: Locale) -> String {
        let error = arguments::command(locale)
            .try_get_matches_from(line.split(' '))
            .unwrap_err();
        explain(&error, locale)
    }

    #[test]
    fn a_wrong_command_line_is_explained_in_the_readers_language() {
        assert!(fault("khung chek", Locale::Vi).contains("không có lệnh chek (có phải check?)"));
        assert!(fault("khung check --formt x a", Locale::En).contains("no option --formt"));
        let value = fault("khung check a --format pdf", Locale::Vi);
        assert!(
            value.contains("không nhận giá trị \"pdf\"; nhận: text, json"),
            "{value}"
        );
        assert!(fault("khung check", Locale::Vi).contains("còn thiếu <TỆP>..."));
        assert!(fault("khung check a --date 31/12/2026", Locale::En).contains("\"31/12/2026\""));
    }
}
