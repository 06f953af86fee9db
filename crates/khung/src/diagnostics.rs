//! Faults in authors' files as text: `file:line:column`, the excerpt, the reason and the hint, in
//! the reader's language first and the other one after it.

use std::fmt::Write as _;

use framework::{Diagnostic, DiagnosticLevel, Locale};

/// All faults, one after the other, then how many there are. Empty if there is none.
pub(crate) fn render(diagnostics: &[Diagnostic], locale: Locale) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        one(&mut text, diagnostic, locale);
        text.push('\n');
    }
    if !diagnostics.is_empty() {
        let count = |level| {
            diagnostics
                .iter()
                .filter(|fault| fault.level == level)
                .count()
        };
        let (errors, warnings) = (
            count(DiagnosticLevel::Error),
            count(DiagnosticLevel::Warning),
        );
        let total = match locale {
            Locale::Vi => format!("{errors} lỗi, {warnings} cảnh báo\n"),
            Locale::En => format!("{errors} errors, {warnings} warnings\n"),
        };
        text.push_str(&total);
    }
    text
}

/// Whether any of them keeps the work from being done.
pub(crate) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics
        .iter()
        .any(|fault| fault.level == DiagnosticLevel::Error)
}

fn one(text: &mut String, diagnostic: &Diagnostic, locale: Locale) {
    let word = level_word(diagnostic.level, locale);
    let message = diagnostic.message.get(locale);
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "{diagnostic}: {word}: {message} [{}]",
        diagnostic.code
    );
    if let (Some(excerpt), Some(position)) = (&diagnostic.excerpt, diagnostic.position) {
        let number = position.line.to_string();
        let column = position.column.saturating_sub(1) as usize;
        let (line, before) = window(&excerpt.line, column);
        let marks = "^".repeat(excerpt.width.clamp(1, 80) as usize);
        let _ = writeln!(text, "  {number} | {line}");
        let _ = writeln!(
            text,
            "  {:width$} | {:before$}{marks}",
            "",
            "",
            width = number.len()
        );
    }
    if let Some(hint) = &diagnostic.hint {
        let _ = writeln!(text, "  {}: {}", hint_word(locale), hint.get(locale));
    }
    let other = locale.other();
    let _ = writeln!(text, "  ({other}) {}", diagnostic.message.get(other));
    if let Some(hint) = &diagnostic.hint {
        let _ = writeln!(
            text,
            "  ({other}) {}: {}",
            hint_word(other),
            hint.get(other)
        );
    }
}

const fn hint_word(locale: Locale) -> &'static str {
    match locale {
        Locale::Vi => "gợi ý",
        Locale::En => "hint",
    }
}

const fn level_word(level: DiagnosticLevel, locale: Locale) -> &'static str {
    match (level, locale) {
        (DiagnosticLevel::Error, Locale::Vi) => "lỗi",
        (DiagnosticLevel::Error, Locale::En) => "error",
        (DiagnosticLevel::Warning, Locale::Vi) => "cảnh báo",
        (DiagnosticLevel::Warning, Locale::En) => "warning",
    }
}

/// A long line cut around the place that is meant, and how far in the place then stands.
fn window(line: &str, column: usize) -> (String, usize) {
    const SHOWN: usize = 100;
    let length = line.chars().count();
    if length <= SHOWN {
        return (line.replace('\t', " "), column);
    }
    let start = column.saturating_sub(SHOWN / 2).min(length - SHOWN);
    let cut: String = line.chars().skip(start).take(SHOWN).collect();
    (format!("…{}…", cut.replace('\t', " ")), column - start + 1)
}

#[cfg(test)]
mod tests {
    use framework::Localized;

    use super::*;

    #[test]
    fn a_fault_shows_place_excerpt_reason_and_hint_in_both_languages() {
        let source = "một\nXem [II.9]\n";
        let start = source.find("II.9").unwrap();
        let fault = Diagnostic::error(
            "unknown-clause",
            "content/vi/a.md",
            Localized::text("không có mục II.9", "there is no clause II.9"),
        )
        .at_bytes(source, start..start + 4)
        .hint(Localized::text("gần nhất: II.3", "nearest: II.3"));
        let expected = "content/vi/a.md:2:6: lỗi: không có mục II.9 [unknown-clause]
  2 | Xem [II.9]
    |      ^^^^
  gợi ý: gần nhất: II.3
  (en) there is no clause II.9
  (en) hint: nearest: II.3

1 lỗi, 0 cảnh báo
";
        assert_eq!(render(&[fault], Locale::Vi), expected);
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let (line, before) = window(&"x".repeat(500), 250);
        assert!(line.chars().count() <= 102);
        assert!(before < 102);
    }
}
