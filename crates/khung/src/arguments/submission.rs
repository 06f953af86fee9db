//! The commands about rules and submissions.

use std::path::PathBuf;

use clap::{Arg, Command, builder::PossibleValuesParser, value_parser};
use framework::AgencyLevel;

use super::{CHECK_FORMATS, Words, date, flag, json_format, option};

pub(super) fn check(words: Words) -> Command {
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

pub(super) fn rules(words: Words) -> Command {
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

pub(super) fn template(words: Words) -> Command {
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

pub(super) fn convert(words: Words) -> Command {
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
