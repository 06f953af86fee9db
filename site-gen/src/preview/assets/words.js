// What the preview says, in the language of the page.
export const lang = document.documentElement.lang === "en" ? "en" : "vi";

export const words = {
  vi: {
    title: "Bản xem trước", built: "Đã cập nhật", following: "Đang theo dõi", failed: "Chưa dựng được", shown: "đang hiện bản đúng gần nhất",
    lost: "Mất kết nối, đang thử lại", polling: "hỏi tệp mỗi nửa giây", one: "1 vấn đề", problems: "vấn đề", none: "Không có vấn đề", heading: "Vấn đề",
    view: "Chế độ xem", side: "Song song", compare: "So với bản dựng", panel: "Bảng bên", unbuilt: "Chưa có bản dựng của trang này; chạy khung build.",
    edited: "Vừa sửa", affects: "Thay đổi này ảnh hưởng", page: "Các quy tắc dựa vào trang này", quoting: "quy tắc dựa vào đoạn vừa sửa",
    translation: "Song ngữ", translated: "Đã dịch", stale: "Cần xem lại", missing: "Chưa dịch", oneLanguage: "Trang này mới có một ngôn ngữ.",
    staleNote: "Bản dịch cũ hơn bản tiếng Việt", missingNote: "Chưa có bản dịch của đoạn này.", missingHere: "Đoạn này chưa có bản tiếng Anh",
    trial: "Quy tắc đang sửa", examples: "ví dụ đạt", example: "Ví dụ", samples: "Ảnh hưởng đến hồ sơ mẫu (so với lúc mở bản xem trước)", open: "điểm chưa phù hợp",
    fresh: "điểm mới", gone: "điểm không còn", unchanged: "không đổi", line: "dòng",
    errorTitle: "Chưa dựng được trang này", errorNote: "Bản đúng gần nhất vẫn hiện phía sau. Hộp này tự đóng khi lỗi được sửa.", at: "dòng {line}, cột {column}",
    fix: "Cách sửa", openLine: "Mở đúng dòng", hide: "Ẩn, xem bản cũ", more: "lỗi khác ở bảng bên", goto: "Xem trang",
    error: "Lỗi", warning: "Lưu ý", ms: "ms",
  },
  en: {
    title: "Preview", built: "Updated", following: "Following", failed: "Not built", shown: "showing the last good page",
    lost: "Connection lost, trying again", polling: "files asked after every half second", one: "1 problem", problems: "problems", none: "No problems", heading: "Problems",
    view: "View", side: "Side by side", compare: "Compare with build", panel: "Side panel", unbuilt: "There is no build of this page yet; run khung build.",
    edited: "Just edited", affects: "This change affects", page: "Rules that rest on this page", quoting: "rules rest on the paragraph just edited",
    translation: "Translation", translated: "Translated", stale: "To be reviewed", missing: "Not translated", oneLanguage: "This page stands in one language only.",
    staleNote: "The translation is older than the Vietnamese", missingNote: "This paragraph is not translated.", missingHere: "There is no English version of this paragraph",
    trial: "Rules being edited", examples: "examples pass", example: "Example", samples: "Effect on the samples (since the preview began)", open: "findings",
    fresh: "new findings", gone: "findings gone", unchanged: "unchanged", line: "line",
    errorTitle: "This page could not be built", errorNote: "The last good page stays behind. This box closes by itself once the error is mended.", at: "line {line}, column {column}",
    fix: "How to mend it", openLine: "Open at this line", hide: "Hide, see the old page", more: "more errors in the side panel", goto: "See the page",
    error: "Error", warning: "Warning", ms: "ms",
  },
}[lang];

/** Makes an element; texts and elements follow one another inside it. */
export function make(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...inside.filter((part) => part !== null && part !== undefined && part !== false));
  return made;
}
