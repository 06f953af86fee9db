//! The command line as data: one place for every command, option and word of help, in the
//! language of the reader.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, builder::PossibleValuesParser, value_parser};
use framework::{AgencyLevel, Locale};

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
            build(words),
            preview(words),
            serve(words),
            config(words),
            check(words),
            rules(words),
            template(words),
            convert(words),
            search(words),
            translations(words),
            package(words),
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

fn build(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("build")
        .about(t(
            "Dựng trang tĩnh từ nội dung, quy tắc và giao diện vào public/",
            "Build the static site from content, rules and theme into public/",
        ))
        .arg(
            option(
                "out",
                t("THƯ MỤC", "DIR"),
                t(
                    "Nơi đặt trang (mặc định: <root>/public)",
                    "Where the site goes (default: <root>/public)",
                ),
            )
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(option(
            "base-url",
            "URL",
            t(
                "Địa chỉ gốc của trang, dùng cho sitemap và liên kết chuẩn",
                "The site's own address, for sitemap and canonical links",
            ),
        ))
        .arg(date(
            words,
            "Ngày ghi trên trang (mặc định: hôm nay, UTC)",
            "The date the site shows (default: today, UTC)",
        ))
        .arg(flag(
            "strict",
            t("Coi cảnh báo là lỗi", "Make warnings errors"),
        ))
        .arg(flag(
            "no-compress",
            t("Không tạo tệp .br và .gz", "Write no .br and .gz files"),
        ))
        .arg(flag(
            "timings",
            t("In thời gian từng bước", "Print the time of each stage"),
        ))
        .after_help(t(
            "Ví dụ:\n  khung build\n  khung build --strict --base-url https://khung.example.vn",
            "Examples:\n  khung build\n  khung build --strict --base-url https://khung.example.vn",
        ))
}

fn package(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("package")
        .about(t(
            "Gói trang, chương trình và hướng dẫn thành một tệp để dùng trên máy không nối mạng",
            "Pack site, program and instructions into one file for a machine without a network",
        ))
        .arg(
            option(
                "output",
                t("TỆP", "FILE"),
                t("Tệp zip được ghi", "The zip file to write"),
            )
            .default_value("khung-offline.zip")
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(date(
            words,
            "Ngày ghi trên trang và trong gói (mặc định: hôm nay, UTC)",
            "The date that site and package carry (default: today, UTC)",
        ))
        .after_help(t(
            "Ví dụ:\n  khung package\n  khung package --output /media/usb/khung-offline.zip",
            "Examples:\n  khung package\n  khung package --output /media/usb/khung-offline.zip",
        ))
}

fn flag(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
}

fn listen(words: Words, default: &'static str) -> Arg {
    option(
        "listen",
        t_address(words),
        words.pick("Địa chỉ và cổng lắng nghe", "Address and port to listen on"),
    )
    .help(match default {
        "127.0.0.1:3000" => words.pick(
            "Địa chỉ và cổng lắng nghe (mặc định 127.0.0.1:3000)",
            "Address and port to listen on (default 127.0.0.1:3000)",
        ),
        _ => words.pick(
            "Địa chỉ và cổng lắng nghe (mặc định 127.0.0.1:8080)",
            "Address and port to listen on (default 127.0.0.1:8080)",
        ),
    })
}

const fn t_address(words: Words) -> &'static str {
    match words.0 {
        Locale::Vi => "ĐỊA CHỈ",
        Locale::En => "ADDR",
    }
}

fn preview(words: Words) -> Command {
    Command::new("preview")
        .about(words.pick(
            "Xem trước khi biên tập: trang đổi ngay khi lưu tệp",
            "The editor's live preview: the page changes as a file is saved",
        ))
        .arg(listen(words, "127.0.0.1:3000").value_parser(value_parser!(std::net::SocketAddr)))
        .arg(option(
            "editor",
            "URL",
            words.pick(
                "Liên kết mở một chỗ trong tệp; điền {file}, {line}, {column} (mặc định theo vscode://)",
                "The link that opens a place in a file; {file}, {line}, {column} are filled in (default: vscode://)",
            ),
        ))
        .after_help(words.pick("Ví dụ:\n  khung preview", "Example:\n  khung preview"))
}

fn serve(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("serve")
        .about(t(
            "Phục vụ trang, tìm kiếm và kiểm tra hồ sơ; tự dựng trang khi cần",
            "Serve the site, the search and the validator; builds the site when needed",
        ))
        .arg(listen(words, "127.0.0.1:8080").value_parser(value_parser!(std::net::SocketAddr)))
        .arg(
            option("config", t("TỆP", "FILE"), t("Tệp cấu hình TOML", "Configuration file, TOML"))
                .value_parser(value_parser!(PathBuf)),
        )
        .after_help(t(
            "Ví dụ:\n  khung serve\n  khung serve --listen 0.0.0.0:8080 --config /etc/khung.toml",
            "Examples:\n  khung serve\n  khung serve --listen 0.0.0.0:8080 --config /etc/khung.toml",
        ))
}

fn config(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("config")
        .about(t("Cấu hình của dịch vụ", "The server's configuration"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(
            Command::new("check")
                .about(t(
                    "Kiểm tra tệp cấu hình và biến KHUNG_…, in thiết lập đang có hiệu lực",
                    "Check the file and the KHUNG_… variables, print the settings that hold",
                ))
                .arg(
                    option(
                        "config",
                        t("TỆP", "FILE"),
                        t("Tệp cấu hình TOML", "Configuration file, TOML"),
                    )
                    .value_parser(value_parser!(PathBuf)),
                ),
        )
}

fn check(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("check")
        .about(t("Kiểm tra hồ sơ kiến trúc, không cần mạng", "Check submissions, offline"))
        .arg(
            Arg::new("files")
                .value_name(t("TỆP", "FILE"))
                .num_args(1..)
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help(t(
                    "Tệp YAML, JSON, XLSX, ODS, ArchiMate XML hoặc CSV, hoặc thư mục chứa chúng; `-` là đầu vào chuẩn",
                    "YAML, JSON, XLSX, ODS, ArchiMate XML or CSV files, or folders of them; `-` reads standard input",
                )),
        )
        .arg(
            option("format", t("DẠNG", "F"), t("Dạng kết quả", "Form of the result"))
                .default_value("text")
                .value_parser(PossibleValuesParser::new(CHECK_FORMATS)),
        )
        .arg(
            option("output", t("ĐƯỜNG DẪN", "PATH"), t(
                "Ghi kết quả vào tệp; nếu là thư mục (có sẵn hoặc tận cùng bằng /) thì mỗi hồ sơ một tệp",
                "Write the result to a file; into a folder (there already, or ending in /), a file a submission",
            ))
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(date(
            words,
            "Ngày đánh giá (mặc định: hôm nay, UTC)",
            "The day to judge for (default: today, UTC)",
        ))
        .arg(
            option("fail-on", t("MỨC", "LEVEL"), t(
                "Trả mã thoát 1 khi có điểm từ mức này trở lên",
                "Exit with 1 when there is a finding at or above this level",
            ))
            .default_value("error")
            .value_parser(PossibleValuesParser::new(["error", "warning", "info", "never"])),
        )
        .arg(
            option("basis", t("DANH SÁCH", "LIST"), t(
                "Chỉ áp dụng quy tắc có căn cứ này: framework, law, practice",
                "Apply only rules of these bases: framework, law, practice",
            ))
            .value_delimiter(',')
            .value_parser(PossibleValuesParser::new(["framework", "law", "practice"])),
        )
        .arg(
            option(
                "baseline",
                t("TỆP", "FILE"),
                t(
                    "So với báo cáo JSON trước: mới, còn lại, đã khắc phục",
                    "Compare with an earlier JSON report: new, still open, mended",
                ),
            )
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(mapping(words))
        .arg(flag("merge", t(
            "Gộp các tệp thành một hồ sơ rồi kiểm tra",
            "Merge the files into one submission, then check it",
        )))
        .arg(flag("portfolio", t(
            "Xét nhiều hồ sơ cùng nhau theo các quy tắc liên cơ quan (dành cho người thẩm định)",
            "Judge many submissions together by the portfolio rules (for reviewers)",
        )))
        .arg(flag("summary", t(
            "Một dòng mỗi tệp và tổng số, thay cho báo cáo",
            "One line a file and the totals instead of reports",
        )))
        .arg(flag("letter", t(
            "Với --format docx: dự thảo công văn của người thẩm định thay cho phụ lục",
            "With --format docx: the draft of a reviewer's letter instead of an annex",
        )))
        .after_help(t(
            "Mã thoát: 0 xong; 1 có điểm từ mức --fail-on trở lên; 2 không dùng được đầu vào; 3 lỗi của chương trình.\n\nVí dụ:\n  khung check rules/samples/*.yaml --date 2026-03-31\n  khung check ho-so.xlsx --format docx --output phu-luc.docx\n  khung check danh-muc.csv --mapping anh-xa.yaml\n  khung check so-nganh/ --summary",
            "Exit codes: 0 done; 1 findings at or above --fail-on; 2 unusable input; 3 our own fault.\n\nExamples:\n  khung check rules/samples/*.yaml --date 2026-03-31\n  khung check submission.xlsx --format docx --output annex.docx\n  khung check register.csv --mapping mapping.yaml\n  khung check departments/ --summary",
        ))
}

fn mapping(words: Words) -> Arg {
    option(
        "mapping",
        words.pick("TỆP", "FILE"),
        words.pick(
            "Tệp ánh xạ tên trang, cột, thuộc tính, giá trị riêng của cơ quan (YAML; xem /guide/mapping/)",
            "Mapping file: the agency's own names of sheets, columns, properties, values (YAML; see /guide/mapping/)",
        ),
    )
    .value_parser(value_parser!(PathBuf))
}

fn rules(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("rules")
        .about(t("Bộ quy tắc", "The rule set"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(
            Command::new("list")
                .about(t("Liệt kê quy tắc", "List the rules"))
                .arg(json_format(words)),
        )
        .subcommand(
            Command::new("show")
                .about(t("Xem một quy tắc", "Show one rule"))
                .arg(
                    Arg::new("id")
                        .required(true)
                        .value_name(t("MÃ", "ID"))
                        .help(t(
                            "Mã quy tắc, ví dụ KKT2-PLT-007 hoặc PLT-007",
                            "The rule's id, KKT2-PLT-007 or PLT-007",
                        )),
                )
                .arg(json_format(words)),
        )
        .subcommand(Command::new("test").about(t(
            "Chạy mọi ví dụ của các quy tắc",
            "Run the examples of every rule",
        )))
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

fn template(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("template")
        .about(t(
            "Hồ sơ trống để điền, đã liệt kê sẵn 18 thành phần dùng chung",
            "An empty submission to fill in, the 18 shared components already listed",
        ))
        .arg(
            option("level", t("CẤP", "L"), t("Cấp cơ quan", "Kind of agency"))
                .required(true)
                .value_parser(PossibleValuesParser::new(
                    AgencyLevel::ALL.map(AgencyLevel::as_str),
                )),
        )
        .arg(
            option("format", t("DẠNG", "F"), t("Dạng tệp", "File format"))
                .default_value("xlsx")
                .value_parser(PossibleValuesParser::new(["xlsx", "yaml", "json"])),
        )
        .arg(output(words))
        .after_help(t(
            "Ví dụ:\n  khung template --level province --output ho-so.xlsx",
            "Example:\n  khung template --level province --output submission.xlsx",
        ))
}

fn output(words: Words) -> Arg {
    option(
        "output",
        words.pick("ĐƯỜNG DẪN", "PATH"),
        words.pick(
            "Ghi vào tệp (mặc định: đầu ra chuẩn)",
            "Write to a file (default: standard output)",
        ),
    )
    .value_parser(value_parser!(PathBuf))
}

fn convert(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    let path = |name, value| {
        Arg::new(name)
            .required(true)
            .value_name(value)
            .value_parser(value_parser!(PathBuf))
    };
    Command::new("convert")
        .about(t(
            "Chuyển hồ sơ giữa YAML, JSON và XLSX không mất dữ liệu; đọc cả ODS, ArchiMate, CSV",
            "Convert a submission between YAML, JSON and XLSX without loss; reads ODS, ArchiMate, CSV too",
        ))
        .arg(path("input", t("VÀO", "IN")))
        .arg(path("converted", t("RA", "OUT")))
        .arg(mapping(words))
        .after_help(t(
            "Ví dụ:\n  khung convert ho-so.yaml ho-so.xlsx",
            "Example:\n  khung convert a.yaml a.xlsx",
        ))
}

fn search(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("search")
        .about(t("Tìm như trên trang", "The same search as the site"))
        .arg(
            Arg::new("query")
                .required(true)
                .num_args(1..)
                .value_name(t("TỪ KHÓA", "QUERY"))
                .help(t(
                    "Không cần gõ dấu; nhận cả số mục, mã thành phần, mã quy tắc",
                    "Diacritics are not needed; clause numbers, component codes and rule ids work",
                )),
        )
        .arg(
            option(
                "limit",
                "N",
                t("Số kết quả nhiều nhất", "Most hits to show"),
            )
            .default_value("10")
            .value_parser(value_parser!(u16).range(1..=100)),
        )
        .arg(json_format(words))
        .after_help(t(
            "Ví dụ:\n  khung search \"khung kien truc\"\n  khung search \"điểm đ mục 1 phần II\"",
            "Examples:\n  khung search \"khung kien truc\"\n  khung search II.3.4",
        ))
}

fn translations(words: Words) -> Command {
    let t = |vi, en| words.pick(vi, en);
    Command::new("translations")
        .about(t(
            "Theo dõi bản dịch: đoạn nào tiếng Việt đã đổi sau khi dịch",
            "Follow the translations: what changed in Vietnamese after it was translated",
        ))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(Command::new("list").about(t(
            "Liệt kê đoạn dịch cần xem lại và trang chưa dịch (mã thoát 1 nếu có)",
            "List paragraphs to review and pages to translate (exit code 1 if there are any)",
        )))
        .subcommand(
            Command::new("record")
                .about(t(
                    "Ghi nhận rằng bản dịch khớp với bản tiếng Việt hiện có",
                    "Confirm that the translation fits the Vietnamese as it stands",
                ))
                .arg(
                    Arg::new("files")
                        .value_name(t("TỆP", "FILE"))
                        .num_args(0..)
                        .value_parser(value_parser!(PathBuf))
                        .help(t(
                            "Trang đã xem lại (bản Việt hoặc Anh); không nêu thì ghi nhận mọi trang",
                            "The pages reviewed (either language); all pages if none is given",
                        )),
                )
                .after_help(t(
                    "Ví dụ:\n  khung translations record content/en/framework/ii-3-4.md",
                    "Example:\n  khung translations record content/en/framework/ii-3-4.md",
                )),
        )
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
