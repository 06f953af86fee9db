//! One finding: the fault, its place with an excerpt, what it rests on, how it is mended.

use framework::Locale;
use rulebook::Finding;

use super::{Ink, Page};
use crate::{Checked, citation, place, source::Window, visible, words, wrap};

impl Page {
    pub(super) fn finding(&mut self, checked: Checked<'_>, finding: &Finding) {
        self.line("");
        self.finding_head(checked, finding);
        self.finding_place(checked, finding);
        self.labelled(
            self.say(&words::PROBLEM),
            &visible::line(finding.message.get(self.locale)),
        );
        self.grounds(finding);
        self.labelled(
            self.say(&words::WHY),
            &visible::line(finding.why.get(self.locale)),
        );
        let steps = crate::checked::steps(finding, self.locale);
        for (index, step) in steps.iter().enumerate() {
            let label = if index == 0 {
                self.say(&words::FIX)
            } else {
                ""
            };
            let number = if steps.len() > 1 {
                format!("{}. ", index + 1)
            } else {
                String::new()
            };
            self.labelled(label, &format!("{number}{step}"));
        }
        for (index, related) in finding.related.iter().enumerate() {
            let label = if index == 0 {
                self.say(&words::RELATED)
            } else {
                ""
            };
            let position = place::position(&checked.report.submission.file, &related.location);
            let message = visible::line(related.message.get(self.locale));
            self.labelled(label, &format!("{position} {message}"));
        }
    }

    fn finding_head(&mut self, checked: Checked<'_>, finding: &Finding) {
        let ink = Ink::of(finding.severity);
        let sign = words::severity_sign(finding.severity);
        let title = checked.title(finding, self.locale);
        let room = self.style.columns.saturating_sub(2).max(20);
        for (index, line) in wrap::wrap(&title, room).iter().enumerate() {
            let sign = self.inked(ink, if index == 0 { sign } else { " " });
            let line = self.inked(Ink::Strong, line);
            self.line(&format!("{sign} {line}"));
        }
        let mut facts = vec![visible::line(&finding.rule).into_owned()];
        facts.push(self.say(&words::basis(finding.basis)).to_owned());
        facts.push(self.say(&words::layer(finding.layer)).to_owned());
        let facts = self.inked(Ink::Faint, &facts.join(" · "));
        self.line(&format!("  {facts}"));
    }

    fn finding_place(&mut self, checked: Checked<'_>, finding: &Finding) {
        let location = &finding.location;
        let position = place::position(&checked.report.submission.file, location);
        let position = self.inked(Ink::Strong, &position);
        let header = location.header.as_deref();
        let header = header.map(|header| format!(" “{}”", visible::line(header)));
        self.line(&format!("  → {position}{}", header.unwrap_or_default()));
        let path = place::path(checked.source, location, self.locale);
        for line in wrap::wrap(&path, self.style.columns.saturating_sub(4).max(20)) {
            self.line(&format!("    {line}"));
        }
        let window = Window {
            context: 0,
            marked: 3,
            width: self.style.columns.saturating_sub(12).clamp(30, 160),
            context_width: 0,
        };
        let Some(excerpt) = checked.source.excerpt(location, window) else {
            return;
        };
        for line in &excerpt.lines {
            let gutter = self.inked(Ink::Faint, &format!("{:>6} │", line.number));
            let mark = self.inked(Ink::of(finding.severity), &line.mark);
            self.line(&format!("{gutter} {}{mark}{}", line.before, line.after));
            let offset = " ".repeat(wrap::width(&line.before));
            let carets = "^".repeat(wrap::width(&line.mark).max(1));
            let carets = self.inked(Ink::of(finding.severity), &carets);
            let gutter = self.inked(Ink::Faint, "       │");
            self.line(&format!("{gutter} {offset}{carets}"));
        }
    }

    /// The clauses, quoted. What does not rest on the framework says so first and quotes nothing:
    /// its clauses only lead to the place it touches.
    fn grounds(&mut self, finding: &Finding) {
        let mut label = self.say(&words::GROUNDS);
        if let Some(note) = words::basis_note(finding.basis) {
            self.labelled(label, self.say(&note));
            for clause in &finding.clauses {
                let place = citation::in_words(&clause.id, self.locale);
                let lead = self.say(&words::NEAREST_CLAUSE);
                self.labelled("", &format!("{lead}: {place} ({})", clause.id));
            }
            return;
        }
        for clause in &finding.clauses {
            let place = citation::heading(&clause.id, self.locale);
            let quote = visible::line(clause.quote.get(self.locale));
            self.labelled(label, &format!("{place} ({}): «{quote}»", clause.id));
            label = "";
            if self.locale == Locale::En {
                let original = visible::line(&clause.quote.vi);
                self.labelled("", &format!("Tiếng Việt: «{original}»"));
            }
        }
    }
}
