//! Colours for code whose language is named.
//!
//! One small lexer for the languages that guides of this kind show, in place of a library: those at hand
//! bring regular expressions or whole parsers, megabytes of grammars or open advisories, and cost more
//! than all the rest of a page. What it does not know stays plain, and no letter is ever lost.

use super::html;

/// What a kind of language looks like.
struct Grammar {
    /// What authors call it after the fence.
    names: &'static [&'static str],
    line_comments: &'static [&'static str],
    block_comment: Option<(&'static str, &'static str)>,
    quotes: &'static [char],
    /// What follows the name of a member: `:` in JSON, `=` in TOML.
    after_key: Option<char>,
    keywords: &'static [&'static str],
    /// `<name attribute="…">`.
    tags: bool,
}

const PLAIN: Grammar = Grammar {
    names: &[],
    line_comments: &[],
    block_comment: None,
    quotes: &['"', '\''],
    after_key: None,
    keywords: &[],
    tags: false,
};

const GRAMMARS: [Grammar; 10] = [
    Grammar {
        names: &["json", "jsonc", "json5", "geojson"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        quotes: &['"'],
        after_key: Some(':'),
        keywords: &["true", "false", "null"],
        ..PLAIN
    },
    Grammar {
        names: &["yaml", "yml"],
        line_comments: &["#"],
        after_key: Some(':'),
        keywords: &["true", "false", "null", "yes", "no"],
        ..PLAIN
    },
    Grammar {
        names: &["toml", "ini"],
        line_comments: &["#", ";"],
        after_key: Some('='),
        keywords: &["true", "false"],
        ..PLAIN
    },
    Grammar {
        names: &["xml", "html", "svg", "vue"],
        block_comment: Some(("<!--", "-->")),
        tags: true,
        ..PLAIN
    },
    Grammar {
        names: &["sh", "bash", "shell", "console", "zsh"],
        line_comments: &["#"],
        keywords: &[
            "if", "then", "else", "elif", "fi", "for", "in", "do", "done", "while", "case", "esac",
            "function", "export", "return", "exit",
        ],
        ..PLAIN
    },
    Grammar {
        names: &["js", "javascript", "ts", "typescript", "mjs", "jsx", "tsx"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        quotes: &['"', '\'', '`'],
        keywords: &[
            "async",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "default",
            "do",
            "else",
            "export",
            "extends",
            "false",
            "finally",
            "for",
            "from",
            "function",
            "if",
            "import",
            "in",
            "interface",
            "let",
            "new",
            "null",
            "of",
            "return",
            "switch",
            "this",
            "throw",
            "true",
            "try",
            "type",
            "typeof",
            "undefined",
            "var",
            "while",
            "yield",
        ],
        ..PLAIN
    },
    Grammar {
        names: &["rust", "rs"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        quotes: &['"'],
        keywords: &[
            "as", "async", "await", "break", "const", "continue", "else", "enum", "false", "fn",
            "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
            "return", "self", "Self", "static", "struct", "trait", "true", "type", "unsafe", "use",
            "where", "while",
        ],
        ..PLAIN
    },
    Grammar {
        names: &["python", "py"],
        line_comments: &["#"],
        keywords: &[
            "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "elif",
            "else", "except", "False", "finally", "for", "from", "if", "import", "in", "is",
            "lambda", "None", "not", "or", "pass", "raise", "return", "True", "try", "while",
            "with",
        ],
        ..PLAIN
    },
    Grammar {
        names: &["sql"],
        line_comments: &["--"],
        block_comment: Some(("/*", "*/")),
        quotes: &['\'', '"'],
        keywords: &[
            "SELECT", "FROM", "WHERE", "JOIN", "LEFT", "ON", "GROUP", "ORDER", "BY", "INSERT",
            "INTO", "VALUES", "UPDATE", "SET", "DELETE", "CREATE", "TABLE", "AND", "OR", "NOT",
            "NULL", "AS", "IN", "select", "from", "where", "join", "and", "or", "not", "null",
        ],
        ..PLAIN
    },
    Grammar {
        names: &["css", "scss"],
        block_comment: Some(("/*", "*/")),
        after_key: Some(':'),
        ..PLAIN
    },
];

/// A code block while its text is gathered.
pub(super) struct Code {
    grammar: &'static Grammar,
    text: String,
}

impl Code {
    /// A block in that language; none if it is not one whose looks are known.
    pub(super) fn in_language(language: &str) -> Option<Self> {
        let grammar = GRAMMARS
            .iter()
            .find(|grammar| grammar.names.contains(&language))?;
        Some(Self {
            grammar,
            text: String::new(),
        })
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// The block's text as HTML.
    pub(super) fn html(&self) -> String {
        let mut html = String::with_capacity(self.text.len() * 2);
        let mut rest = self.text.as_str();
        let mut in_tag = false;
        while let Some(first) = rest.chars().next() {
            let (class, length) = self.token(rest, first, &mut in_tag);
            let (token, after) = rest.split_at(length);
            match class {
                Some(class) => {
                    html.push_str("<span class=\"hl-");
                    html.push(class);
                    html.push_str("\">");
                    html::escape_into(&mut html, token);
                    html.push_str("</span>");
                }
                None => html::escape_into(&mut html, token),
            }
            rest = after;
        }
        html
    }

    /// The class and the length of what the rest begins with: comment, string, number, key, keyword.
    fn token(&self, rest: &str, first: char, in_tag: &mut bool) -> (Option<char>, usize) {
        let grammar = self.grammar;
        if let Some(length) = comment(grammar, rest) {
            return (Some('c'), length);
        }
        if grammar.tags {
            return tag(grammar, rest, first, in_tag);
        }
        if grammar.quotes.contains(&first) {
            let length = quoted(rest, first);
            let is_key = grammar
                .after_key
                .is_some_and(|sign| is_key(&rest[length..], sign));
            return (Some(if is_key { 'k' } else { 's' }), length);
        }
        if first.is_ascii_digit() {
            return (
                Some('n'),
                length_while(rest, |letter| {
                    letter.is_ascii_alphanumeric() || letter == '.'
                }),
            );
        }
        if first.is_alphabetic() || first == '_' || first == '$' {
            let length = length_while(rest, |letter| {
                letter.is_alphanumeric() || "_-$".contains(letter)
            });
            let word = &rest[..length];
            if grammar.keywords.contains(&word) {
                return (Some('w'), length);
            }
            let is_key = grammar
                .after_key
                .is_some_and(|sign| is_key(&rest[length..], sign));
            return (is_key.then_some('k'), length);
        }
        (None, first.len_utf8())
    }
}

fn comment(grammar: &Grammar, rest: &str) -> Option<usize> {
    if let Some((opening, closing)) = grammar.block_comment
        && let Some(inside) = rest.strip_prefix(opening)
    {
        let end = inside.find(closing).map(|at| at + closing.len());
        return Some(end.map_or(rest.len(), |end| opening.len() + end));
    }
    let opens = grammar
        .line_comments
        .iter()
        .any(|opening| rest.starts_with(opening));
    opens.then(|| rest.find('\n').unwrap_or(rest.len()))
}

/// A part of a tag; what stands between tags is plain.
fn tag(grammar: &Grammar, rest: &str, first: char, in_tag: &mut bool) -> (Option<char>, usize) {
    let of_name = |letter: char| letter.is_alphanumeric() || "-_:.".contains(letter);
    if !*in_tag {
        if first != '<' {
            return (None, rest.find('<').unwrap_or(rest.len()));
        }
        *in_tag = true;
        let mark = 1 + length_while(&rest[1..], |letter| "/?!".contains(letter));
        return (Some('w'), mark + length_while(&rest[mark..], of_name));
    }
    if grammar.quotes.contains(&first) {
        return (Some('s'), quoted(rest, first));
    }
    if first == '>' {
        *in_tag = false;
        return (Some('w'), 1);
    }
    match length_while(rest, of_name) {
        0 => (None, first.len_utf8()),
        length => (Some('k'), length),
    }
}

/// The length of a string with its quotes; one that is not closed ends with its line.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' if quote != '`' => return at,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn is_key(after: &str, sign: char) -> bool {
    let after = after.trim_start_matches([' ', '\t']);
    // `https://…` in YAML is no key.
    after
        .strip_prefix(sign)
        .is_some_and(|rest| !rest.starts_with("//"))
}

fn length_while(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coloured(language: &str, text: &str) -> String {
        let mut code = Code::in_language(language).unwrap();
        code.push(text);
        code.html()
            .replace("<span class=\"hl-", "⟨")
            .replace("\">", " ")
            .replace("</span>", "⟩")
    }

    #[test]
    fn names_strings_and_numbers_of_data_are_told_apart() {
        assert_eq!(
            coloured("json", "{\"a\": \"b\", \"n\": [1.5, true]}"),
            "{⟨k &quot;a&quot;⟩: ⟨s &quot;b&quot;⟩, ⟨k &quot;n&quot;⟩: [⟨n 1.5⟩, ⟨w true⟩]}"
        );
        assert_eq!(
            coloured("yaml", "tên: \"Bộ\" # ghi chú\nurl: https://a\n"),
            "⟨k tên⟩: ⟨s &quot;Bộ&quot;⟩ ⟨c # ghi chú⟩\n⟨k url⟩: https://a\n"
        );
        assert_eq!(
            coloured("toml", "[a]\nb = 'c'\n"),
            "[a]\n⟨k b⟩ = ⟨s &#39;c&#39;⟩\n"
        );
    }

    #[test]
    fn code_and_markup_have_their_keywords_and_tags() {
        assert_eq!(
            coloured("rust", "let a = 1 < 2; // x"),
            "⟨w let⟩ a = ⟨n 1⟩ &lt; ⟨n 2⟩; ⟨c // x⟩"
        );
        assert_eq!(
            coloured("xml", "<!-- n --><a b=\"c\">d &amp; e</a>"),
            "⟨c &lt;!-- n --&gt;⟩⟨w &lt;a⟩ ⟨k b⟩=⟨s &quot;c&quot;⟩⟨w &gt;⟩d &amp;amp; e⟨w &lt;/a⟩⟨w &gt;⟩"
        );
    }

    #[test]
    fn no_letter_is_lost_whatever_the_text() {
        let odd = "\"chưa đóng\n'\\\" <<< /* mở # // -- <!-- đ\u{301} 0x1f \u{0} `${a}` =: \\";
        for grammar in &GRAMMARS {
            for start in odd.char_indices().map(|(at, _)| at) {
                let mut code = Code::in_language(grammar.names[0]).unwrap();
                code.push(&odd[start..]);
                let html = code.html();
                let mut plain = String::new();
                let mut rest = html.as_str();
                while let Some((before, tag)) = rest.split_once('<') {
                    plain.push_str(before);
                    rest = tag.split_once('>').unwrap().1;
                }
                plain.push_str(rest);
                assert_eq!(plain, html::escape(&odd[start..]), "{}", grammar.names[0]);
            }
        }
        assert!(Code::in_language("brainfuck").is_none());
    }
}
