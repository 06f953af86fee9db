//! The first sheet: how to fill in the others.

use framework::Locale;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    entry,
    layout::{self, GUIDE},
    styles::Styles,
    write::Making,
};
use crate::model::SECTIONS;

const VIETNAMESE: [&str; 9] = [
    "Các trang có dấu ★ (thẻ màu vàng) là hồ sơ tối thiểu: phần Hồ sơ, Cơ quan, Khung tham chiếu ở trang 1_Thong_tin và trang 7_Phuong_an_TPDC. Cơ quan có ít thời gian điền các phần này trước.",
    "Cột có dấu * (nền xanh đậm) là bắt buộc đối với cấp của cơ quan. Trỏ chuột vào tiêu đề cột để xem hướng dẫn, ví dụ và căn cứ.",
    "Ô có danh sách: bấm mũi tên để chọn. Ô nhận nhiều giá trị: ghi cách nhau bằng dấu chấm phẩy (;).",
    "Ngày ghi dạng 31/12/2026. Số nguyên ghi không có dấu phân cách.",
    "Chưa biết thì để trống hoặc ghi «unknown» («Chưa rõ»): hệ thống báo «chưa nêu», không coi là sai. Không có thì ghi «-».",
    "Mã do cơ quan tự đặt, chữ thường không dấu, số và gạch nối (ví dụ app-qlvb); các trang khác dẫn đến mã này.",
    "Có thể chia trang cho từng đơn vị điền rồi kiểm tra gộp: khung check so-noi-vu.xlsx so-tai-chinh.xlsx --merge.",
    "Không xóa hàng 3 (đang ẩn) của các trang danh sách. Có thể đổi thứ tự cột, thêm cột riêng; cột không nhận biết được sẽ được báo và bỏ qua.",
    "KHÔNG khai hệ thống, thông tin thuộc phạm vi bí mật nhà nước.",
];

const ENGLISH: [&str; 9] = [
    "Sheets marked ★ (yellow tabs) are the minimum submission: Submission, Agency and Reference on 1_Thong_tin, and 7_Phuong_an_TPDC. With little time, fill in these first.",
    "Columns marked * (dark blue) are required for an agency of this level. Point at a header for guidance, an example and the basis.",
    "Cells with a list: choose with the arrow. Cells that take several values: separate them by semicolons (;).",
    "Write days as 31/12/2026 and whole numbers without separators.",
    "Leave unknown things empty or write “unknown”: they are reported as not stated, not as wrong. Write “-” for none.",
    "Ids are your own: lower-case letters, digits, hyphens (such as app-qlvb); other sheets refer to them.",
    "Sheets may be filled in by several units and checked together: khung check a.xlsx b.xlsx --merge.",
    "Do not delete row 3 (hidden) of the list sheets. Columns may be moved and added; an unknown column is reported and left out.",
    "NEVER state systems or information that are state secrets.",
];

pub(super) fn write(making: &Making<'_>, sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let styles = &making.styles;
    sheet.set_name(GUIDE)?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 110)?;
    let (title, lines) = match making.locale {
        Locale::Vi => ("Hồ sơ kiến trúc: cách điền", VIETNAMESE),
        Locale::En => ("Architecture submission: how to fill it in", ENGLISH),
    };
    sheet.merge_range(0, 0, 0, 1, title, &styles.title)?;
    sheet.set_row_height(0, 28)?;
    let mut row = 1;
    for (number, line) in (1_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, number.to_string(), &styles.fixed)?;
        sheet.write_string_with_format(row, 1, line, &styles.fixed)?;
        sheet.set_row_height(row, entry::height(line, 110))?;
        row += 1;
    }
    row += 1;
    let mut last = "";
    for section in &SECTIONS {
        let star = if section.is_minimum { "★ " } else { "" };
        let sheet_name = if section.sheet == last {
            ""
        } else {
            section.sheet
        };
        last = section.sheet;
        let style = if section.is_minimum {
            &styles.minimum
        } else {
            &styles.fixed
        };
        sheet.write_string_with_format(row, 0, sheet_name, style)?;
        let title = layout::title(section);
        let guidance = section.guidance.get(making.locale);
        let both = format!("{star}{} / {}. {guidance}", title.vi, title.en);
        sheet.write_string_with_format(row, 1, both.trim_end(), style)?;
        sheet.set_row_height(row, entry::height(&both, 110))?;
        row += 1;
    }
    sheet.protect_with_options(&Styles::protection());
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}
