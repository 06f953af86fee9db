//! Scripts as readers fetch them: without what only their authors read, in the reader's language.

use framework::{Diagnostic, Locale, Localized};
use serde_json::Value;

use super::FOLDER;
use crate::source::Source;

/// How a script asks for interface words: `import words from "khung:words/search_panel";`, alone in a line.
const IMPORT: (&str, &str) = ("import words from \"khung:words/", "\";");

/// What only such a line may name.
const SCHEME: &str = "khung:words/";

/// A script as it is served, by its path. One that has words is a file for each language, with its group
/// of the interface words in the place of the import: `scripts/search-panel.js` becomes
/// `scripts/search-panel.vi.js` and `scripts/search-panel.en.js`.
pub(super) fn served(
    source: &Source,
    script: &str,
    words: &Localized<Value>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(String, String)> {
    let slim = slim(script);
    let Some(group) = slim.lines().find_map(group_of) else {
        // A browser knows no such module: the script would not run at all.
        if slim.contains(SCHEME) {
            faults.push(no_such_import(&source.path));
        }
        return vec![(source.path.clone(), slim)];
    };
    let stem = source.path.trim_end_matches(".js");
    let in_language = |locale: Locale| {
        let words = words.get(locale).get(group)?;
        let import = format!("{}{group}{}", IMPORT.0, IMPORT.1);
        let text = slim.replace(&import, &format!("const words = {words};"));
        Some((format!("{stem}.{locale}.js"), text))
    };
    let files: Vec<_> = Locale::ALL.into_iter().filter_map(in_language).collect();
    match files.first() {
        None => faults.push(no_such_words(&source.path, group)),
        Some((_, text)) if text.contains(SCHEME) => faults.push(no_such_import(&source.path)),
        Some(_) => {}
    }
    files
}

fn group_of(line: &str) -> Option<&str> {
    line.strip_prefix(IMPORT.0)?.strip_suffix(IMPORT.1)
}

fn no_such_import(path: &str) -> Diagnostic {
    let message = Localized::text(
        "Lời giao diện chưa được nạp đúng cách",
        "Interface words are not asked for in the right way",
    );
    let hint = Localized::text(
        "Mỗi tệp lệnh có một dòng: import words from \"khung:words/TÊN-NHÓM\";",
        "A script has one line: import words from \"khung:words/GROUP\";",
    );
    Diagnostic::error("words-import", path, message).hint(hint)
}

/// A group that one language lacks is told with the words; this is one that both lack.
fn no_such_words(path: &str, group: &str) -> Diagnostic {
    let message = Localized::text(
        format!(
            "Không có nhóm lời giao diện «{group}» trong {FOLDER}words.vi.json và words.en.json"
        ),
        format!(
            "There is no group “{group}” of interface words in {FOLDER}words.vi.json and words.en.json"
        ),
    );
    Diagnostic::error("missing-word", path, message)
}

/// A script without what only its authors read: indentation, empty lines, and comments that fill
/// their line. No script of a theme may hold text over several lines.
fn slim(script: &str) -> String {
    let mut slim = String::with_capacity(script.len());
    for line in script.lines().map(str::trim) {
        let is_comment = line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
        if !line.is_empty() && !is_comment {
            slim.push_str(line);
            slim.push('\n');
        }
    }
    slim
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Content;

    fn words() -> Localized<Value> {
        Localized {
            vi: json!({"panel": {"none": "Không có"}}),
            en: json!({"panel": {"none": "None"}}),
        }
    }

    fn served_of(script: &str) -> (Vec<(String, String)>, Vec<Diagnostic>) {
        let source = Source {
            path: "themes/default/scripts/a.js".to_owned(),
            content: Content::Text(script.into()),
        };
        let mut faults = Vec::new();
        let files = served(&source, script, &words(), &mut faults);
        (files, faults)
    }

    #[test]
    fn a_script_with_words_is_a_file_for_each_language() {
        let (files, faults) = served_of(
            "// Says it.\nimport words from \"khung:words/panel\";\n  say(words.none);\n",
        );
        let expected = [
            (
                "vi",
                "const words = {\"none\":\"Không có\"};\nsay(words.none);\n",
            ),
            (
                "en",
                "const words = {\"none\":\"None\"};\nsay(words.none);\n",
            ),
        ];
        let expected = expected.map(|(locale, text)| {
            (
                format!("themes/default/scripts/a.{locale}.js"),
                text.to_owned(),
            )
        });
        assert_eq!(files, expected);
        assert!(faults.is_empty());
    }

    #[test]
    fn a_script_without_words_is_one_file() {
        let (files, faults) = served_of("say(1);\n");
        assert_eq!(
            files,
            [(
                "themes/default/scripts/a.js".to_owned(),
                "say(1);\n".to_owned()
            )]
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn words_asked_for_in_another_way_are_a_fault() {
        for script in [
            "import words from 'khung:words/panel';\n",
            "import said from \"khung:words/panel\";\n",
            "import words from \"khung:words/panel\";\nimport words from \"khung:words/other\";\n",
        ] {
            let (_, faults) = served_of(script);
            let codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
            assert_eq!(codes, ["words-import"], "{script}");
        }
    }

    #[test]
    fn words_that_nobody_wrote_are_a_fault() {
        let (files, faults) = served_of("import words from \"khung:words/other\";\n");
        assert!(files.is_empty());
        assert_eq!(faults[0].code, "missing-word");
    }
}
