//! The commands that make, show and serve the site, and search it.

use std::path::PathBuf;

use clap::{Arg, Command, value_parser};
use framework::Locale;

use super::{Words, date, flag, json_format, option};

pub(super) fn build(words: Words) -> Command {
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
            t(
                "Không tạo tệp .br và .gz; chỉ mục tìm kiếm được nén nhanh, lớn hơn một chút",
                "Write no .br and .gz files; pack the search index quickly, a little larger",
            ),
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

pub(super) fn preview(words: Words) -> Command {
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

pub(super) fn serve(words: Words) -> Command {
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

pub(super) fn config(words: Words) -> Command {
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

pub(super) fn package(words: Words) -> Command {
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

pub(super) fn search(words: Words) -> Command {
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

pub(super) fn translations(words: Words) -> Command {
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
