//! This report beside an earlier one, for a terminal.

use framework::Locale;
use rulebook::Finding;

use super::{Ink, Page};
use crate::{comparison::Comparison, place, visible, words, wrap};

impl Page {
    pub(super) fn comparison(&mut self, comparison: &Comparison<'_>) {
        let earlier = comparison.earlier;
        let date = words::date(earlier.evaluated_on, self.locale);
        let version = visible::line(&earlier.ruleset.version).into_owned();
        let since = match self.locale {
            Locale::Vi => format!("So với báo cáo ngày {date} (bộ quy tắc {version}):"),
            Locale::En => format!("Since the report for {date} (rule set {version}):"),
        };
        let since = self.inked(Ink::Strong, &since);
        self.line(&since);
        self.line(&format!("  {}", comparison.sentence(self.locale)));
        for doubt in &comparison.doubts {
            let doubt = self.say(&doubt.words());
            for line in wrap::wrap(doubt, self.style.columns.saturating_sub(4).max(20)) {
                self.line(&format!("  ! {line}"));
            }
        }
        for (finding, cause) in &comparison.new {
            self.change(
                "+",
                Ink::of(finding.severity),
                finding,
                self.say(&cause.words()),
            );
        }
        for (finding, how) in &comparison.mended {
            self.change("−", Ink::Good, finding, self.say(&how.words()));
        }
    }

    fn change(&mut self, sign: &str, ink: Ink, finding: &Finding, why: &str) {
        let title = visible::line(finding.title.get(self.locale));
        let rule = visible::line(&finding.rule);
        let place = place::path(&crate::Source::none(), &finding.location, self.locale);
        let text = format!("{rule} {title}: {place} ({why})");
        let room = self.style.columns.saturating_sub(4).max(20);
        for (index, line) in wrap::wrap(&text, room).iter().enumerate() {
            let sign = if index == 0 {
                self.inked(ink, sign)
            } else {
                " ".to_owned()
            };
            self.line(&format!("  {sign} {line}"));
        }
    }
}
