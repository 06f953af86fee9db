//! Runs of the other language inside a text.
//!
//! English texts of this project quote Vietnamese in «…» and English in “…”, so every «…» on an
//! English page is Vietnamese and has to say so: screen readers change their voice by it.

use framework::Locale;

use crate::markdown::html;

/// A text as HTML in which runs of Vietnamese are marked on English pages.
pub(crate) fn marked(text: &str, locale: Locale) -> String {
    if locale == Locale::Vi {
        return html::escape(text);
    }
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('«') {
        let Some((quoted, remainder)) = after.split_once('»') else {
            break;
        };
        html::escape_into(&mut out, before);
        out.push_str("<span lang=\"vi\">«");
        html::escape_into(&mut out, quoted);
        out.push_str("»</span>");
        rest = remainder;
    }
    html::escape_into(&mut out, rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_quoted_in_english_is_marked() {
        assert_eq!(
            marked("The text says «không cần», & not <more>.", Locale::En),
            "The text says <span lang=\"vi\">«không cần»</span>, &amp; not &lt;more&gt;."
        );
        assert_eq!(marked("nêu «không cần»", Locale::Vi), "nêu «không cần»");
        assert_eq!(marked("an open « quote", Locale::En), "an open « quote");
    }
}
