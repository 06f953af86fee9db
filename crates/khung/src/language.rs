//! The language of what is printed for a person.

use std::ffi::OsString;

use framework::Locale;

/// `--lang` if it is among the arguments, else `LC_ALL`, `LC_MESSAGES`, `LANG`, else Vietnamese.
///
/// The help itself is in this language, so it must be known before the arguments are parsed; a
/// `--lang` that names no language we have is left for the parser to refuse.
pub(crate) fn detect(arguments: &[OsString], variable: impl Fn(&str) -> Option<String>) -> Locale {
    from_arguments(arguments)
        .or_else(|| {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .into_iter()
                .filter_map(variable)
                .find(|value| !value.is_empty())
                .and_then(|value| Locale::from_tag(&value))
        })
        .unwrap_or(Locale::Vi)
}

fn from_arguments(arguments: &[OsString]) -> Option<Locale> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument {
            "--" => return None,
            "--lang" => arguments.next()?,
            _ => match argument.strip_prefix("--lang=") {
                Some(value) => value,
                None => continue,
            },
        };
        return Locale::from_tag(value);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(arguments: &[&str], lang: Option<&str>) -> Locale {
        let arguments: Vec<OsString> = arguments.iter().map(Into::into).collect();
        detect(&arguments, |name| {
            (name == "LANG").then(|| lang.map(str::to_owned)).flatten()
        })
    }

    #[test]
    fn the_argument_wins_over_the_environment_and_vietnamese_is_the_default() {
        assert_eq!(locale(&["khung", "build"], None), Locale::Vi);
        assert_eq!(locale(&["khung", "build"], Some("en_GB.UTF-8")), Locale::En);
        assert_eq!(locale(&["khung", "build"], Some("C.UTF-8")), Locale::Vi);
        assert_eq!(
            locale(&["khung", "--lang", "en", "build"], None),
            Locale::En
        );
        assert_eq!(
            locale(&["khung", "build", "--lang=vi"], Some("en_US")),
            Locale::Vi
        );
        assert_eq!(
            locale(&["khung", "check", "--", "--lang=en"], None),
            Locale::Vi
        );
    }
}
