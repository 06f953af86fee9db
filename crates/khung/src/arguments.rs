//! The command line as data: one place for every command, option and word of help, in the
//! language of the reader.

mod site;
mod submission;

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, builder::PossibleValuesParser, value_parser};
use framework::Locale;

/// Picks the words of one language.
#[derive(Clone, Copy)]
struct Words(Locale);

impl Words {
    fn pick(self, vi: &'static str, en: &'static str) -> &'static str {
        match self.0 {
            Locale::Vi => vi,
            Locale::En => en,
        }
    }
}

/// Formats of `khung check --format`, in the order of help.
pub(crate) const CHECK_FORMATS: [&str; 8] = [
    "text", "json", "sarif", "junit", "html", "csv", "docx", "github",
];

/// The whole command line.
pub(crate) fn command(locale: Locale) -> Command {
    localise(described(locale), Words(locale))
}

/// Clap's own words (headings, «possible values», the help of `--help`) in the reader's language.
fn localise(command: Command, words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    let top = command.get_name() == "khung";
    let mut command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_help_heading(t("Lệnh", "Commands"))
        .help_template(t(
            "{about-section}\nCách dùng: {usage}\n\n{all-args}{after-help}\n",
            "{about-section}\nUsage: {usage}\n\n{all-args}{after-help}\n",
        ))
        .mut_args(|argument| spell_out(argument, words))
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help_heading(t("Tùy chọn", "Options"))
                .help(t("In hướng dẫn này", "Print this help")),
        );
    if top {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(t("In phiên bản", "Print the version")),
        );
    }
    command.mut_subcommands(|subcommand| localise(subcommand, words))
}

/// Says default and possible values in the help itself, under a heading of the reader's language.
fn spell_out(argument: Arg, words: Words) -> Arg {
    let mut help = argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let values: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|_| argument.get_action().takes_values())
        .map(|value| value.get_name().to_owned())
        .collect();
    if !values.is_empty() {
        let label = words.pick("nhận", "one of");
        help = format!("{help} [{label}: {}]", values.join(", "));
    }
    if let [default] = argument.get_default_values() {
        let label = words.pick("mặc định", "default");
        help = format!("{help} [{label}: {}]", default.to_string_lossy());
    }
    let heading = if argument.is_positional() {
        words.pick("Đối số", "Arguments")
    } else {
        words.pick("Tùy chọn", "Options")
    };
    let takes_values = argument.get_action().takes_values();
    argument
        .help(help)
        .help_heading(heading)
        .hide_possible_values(takes_values)
        .hide_default_value(takes_values)
}

fn described(locale: Locale) -> Command {
    let words = Words(locale);
    let t = |vi, en| words.pick(vi, en);
    Command::new("khung")
        .version(env!("CARGO_PKG_VERSION"))
        .about(t(
            "Kho tri thức và công cụ kiểm tra theo Khung kiến trúc tổng thể quốc gia số 2.0",
            "Knowledge base and checker of the National Digital Architecture Framework 2.0",
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .arg(
            option("root", t("THƯ MỤC", "DIR"), t(
                "Thư mục chứa content/, rules/, themes/ và public/",
                "The folder that holds content/, rules/, themes/ and public/",
            ))
            .global(true)
            .default_value(".")
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            option("lang", "vi|en", t(
                "Ngôn ngữ của phần in ra cho người đọc (mặc định theo LC_ALL/LANG, sau đó là vi)",
                "Language of what is printed for a person (default: LC_ALL/LANG, else vi)",
            ))
            .global(true)
            .value_parser(PossibleValuesParser::new(["vi", "en"])),
        )
        .arg(
            Arg::new("quiet")
                .short('q')
                .long("quiet")
                .global(true)
                .action(ArgAction::SetTrue)
                .help(t("Không in tiến độ", "Print no progress")),
        )
        .subcommands([
            site::build(words),
            site::preview(words),
            site::serve(words),
            site::config(words),
            submission::check(words),
            submission::rules(words),
            submission::template(words),
            submission::convert(words),
            site::search(words),
            site::translations(words),
            site::package(words),
            completions(words),
        ])
}

fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help)
}

fn date(words: Words, help_vi: &'static str, help_en: &'static str) -> Arg {
    option("date", "YYYY-MM-DD", words.pick(help_vi, help_en))
        .value_parser(|text: &str| text.parse::<framework::Date>())
}

fn json_format(words: Words) -> Arg {
    option(
        "format",
        words.pick("DẠNG", "F"),
        words.pick("Dạng kết quả", "Form of the result"),
    )
    .default_value("text")
    .value_parser(PossibleValuesParser::new(["text", "json"]))
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

fn completions(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("completions")
        .about(t("Tệp gợi ý lệnh cho shell", "Shell completions"))
        .arg(
            Arg::new("shell")
                .required(true)
                .value_name("SHELL")
                .value_parser(value_parser!(clap_complete::Shell)),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent_in_both_languages() {
        for locale in Locale::ALL {
            command(locale).debug_assert();
        }
    }
}
