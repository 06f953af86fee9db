//! What reports say: what comes first, what changed, how a ready edit reads.

use crate::fixtures::{self, Fixture};
use framework::{Basis, Locale, Severity};
use reporting::{
    Checked, Source,
    comparison::{Cause, Comparison, Doubt, Mended},
    first, html, layers,
    patch::{self, Change},
    summary::{self, Summary},
    text, verdict,
};
use rulebook::{FindingStatus, Report, Verdict};
use serde_json::json;

fn rules(report: &Report) -> Vec<(String, bool, bool, usize)> {
    first::of(Checked::new(report))
        .iter()
        .map(|one| (one.finding.rule.clone(), one.unlocks, one.ready, one.others))
        .collect()
}

#[test]
fn what_must_be_fixed_comes_first_then_what_others_rest_on_then_ready_edits() {
    let mut report = Fixture::Province.report();
    let order = rules(&report);
    assert_eq!(order[0].0, "KKT2-PLT-007");
    assert!(
        order[0].3 > 0,
        "another finding at the same record is counted"
    );
    assert!(order.len() <= 5);
    // A fault of the submission's own data goes before other faults of the same severity.
    let twin = &mut report.findings[1];
    twin.severity = Severity::Error;
    twin.basis = Basis::Practice;
    assert_eq!(
        rules(&report)[0],
        (report.findings[1].rule.clone(), true, false, 0)
    );
    // A ready edit goes before work that has to be thought out.
    report.findings[1].basis = Basis::Framework;
    report.findings[1].patch = Some(json!([{"op": "remove", "path": "/a"}]));
    assert!(rules(&report)[0].2);
    // What is justified is nothing to do.
    for finding in &mut report.findings {
        finding.status = FindingStatus::Justified;
    }
    assert_eq!(rules(&report), []);
}

#[test]
fn a_fault_of_form_comes_and_goes_with_the_edit_and_not_with_the_rules() {
    let earlier = Fixture::Ministry.report();
    let mut now = Fixture::Ministry.report();
    now.submission.sha256 = "0".repeat(64);
    let mut fault = now.findings[0].clone();
    fault.rule = "form-unknown-field".to_owned();
    fault.fingerprint = "f".repeat(32);
    now.findings.push(fault);
    let causes: Vec<Cause> = Comparison::between(&earlier, &now)
        .new
        .iter()
        .map(|(_, cause)| *cause)
        .collect();
    assert_eq!(causes, [Cause::Submission]);
    let ways: Vec<Mended> = Comparison::between(&now, &earlier)
        .mended
        .iter()
        .map(|(_, how)| *how)
        .collect();
    assert_eq!(ways, [Mended::Gone]);
    // With other rules nobody can tell: the form is a part of them.
    now.ruleset.sha256 = "1".repeat(64);
    assert_eq!(Comparison::between(&earlier, &now).new[0].1, Cause::Unknown);
}

#[test]
fn what_only_one_of_two_reports_judged_is_neither_new_nor_mended() {
    let all = Fixture::Ministry.report();
    let mut law = Fixture::Ministry.report();
    law.bases = vec![Basis::Law];
    law.findings.retain(|finding| finding.basis == Basis::Law);
    law.rules.clear();
    for (earlier, now) in [(&all, &law), (&law, &all)] {
        let comparison = Comparison::between(earlier, now);
        assert!(comparison.new.is_empty() && comparison.mended.is_empty());
        assert_eq!(comparison.doubts, [Doubt::OtherBases]);
    }
}

#[test]
fn a_verdict_without_the_framework_claims_nothing_about_it() {
    let mut report = Fixture::Conforming.report();
    report.counts.needs_person = 0;
    let words = |report: &Report, locale| {
        let remarks = verdict::remarks(report, locale).join(" ");
        format!("{} {remarks}", verdict::sentence(report, locale))
    };
    let whole = words(&report, Locale::En);
    assert!(whole.contains("under the framework") && !whole.contains("did not judge"));
    report.bases = vec![Basis::Law];
    assert_eq!(
        words(&report, Locale::Vi),
        "Không có điểm phải sửa trong phần đã xét. Chưa xét quy tắc theo Khung kiến trúc và theo yêu cầu về hồ sơ; \
         kết luận không nói gì về phần đó."
    );
    assert_eq!(
        words(&report, Locale::En),
        "Nothing must be fixed in what was judged. Rules under the framework and under submission requirements did \
         not judge; the verdict says nothing about them."
    );
    report.bases = Basis::ALL.to_vec();
    report.submission.format = "portfolio".to_owned();
    let portfolio = words(&report, Locale::En);
    assert!(!portfolio.contains("under the framework"), "{portfolio}");
    assert!(portfolio.contains("each submission is to be checked by itself"));
}

#[test]
fn the_heading_says_what_was_judged_where_that_is_not_everything() {
    let mut report = Fixture::Conforming.report();
    let heading =
        |report: &Report, locale| verdict::heading_of(report.verdict, &report.bases, locale);
    assert_eq!(heading(&report, Locale::Vi), "Phù hợp");
    report.bases = vec![Basis::Law];
    let (vi, en) = (
        "Phù hợp (chỉ xét quy tắc theo văn bản pháp luật khác)",
        "Conforms (rules under other legal documents only)",
    );
    assert_eq!(heading(&report, Locale::Vi), vi);
    assert_eq!(heading(&report, Locale::En), en);
    for (locale, words) in [(Locale::Vi, vi), (Locale::En, en)] {
        let checked = Checked::new(&report);
        let text = text::render(
            &[checked],
            locale,
            text::Style {
                columns: 200,
                ..text::Style::default()
            },
        );
        let page = html::standalone(&[checked], None, locale, None);
        // A file that cannot be read changes nothing of what judged the others.
        let mut summary = Summary::default();
        for one in [&report, &Fixture::Unusable.report()] {
            summary.add(one);
        }
        let notes = std::collections::BTreeMap::new();
        let totals = summary::text(&summary, &notes, locale, 200);
        for shown in [text, page, totals] {
            assert!(shown.contains(words), "{shown}");
        }
    }
    report.verdict = Verdict::Unusable;
    assert_eq!(
        heading(&report, Locale::En),
        "The submission cannot be read"
    );
}

#[test]
fn hints_are_never_first() {
    assert_eq!(rules(&Fixture::Party.report()), []);
}

#[test]
fn the_table_by_layer_loses_no_open_finding() {
    for fixture in Fixture::ALL {
        let report = fixture.report();
        let rows = layers::rows(Checked::new(&report));
        let counted: u32 = rows
            .iter()
            .map(|row| row.error + row.warning + row.info + row.law + row.practice)
            .sum();
        assert_eq!(
            counted as usize,
            Checked::new(&report).open().count(),
            "{fixture:?}"
        );
        let passed: u32 = rows.iter().map(|row| row.passed).sum();
        assert_eq!(passed, report.counts.passed, "{fixture:?}");
    }
}

#[test]
fn what_changed_is_told_with_its_cause() {
    let (earlier, now) = (fixtures::province_earlier(), Fixture::Province.report());
    let comparison = Comparison::between(&earlier, &now);
    let new: Vec<(&str, Cause)> = comparison
        .new
        .iter()
        .map(|(one, cause)| (one.rule.as_str(), *cause))
        .collect();
    assert_eq!(
        new,
        [
            ("KKT2-DUP-002", Cause::Unknown),
            ("KKT2-PLT-012", Cause::NewRule)
        ]
    );
    assert_eq!(comparison.still.len(), 7);
    let mended: Vec<Mended> = comparison.mended.iter().map(|(_, how)| *how).collect();
    assert_eq!(mended, [Mended::Gone]);
    assert_eq!(comparison.doubts, []);
}

#[test]
fn a_justified_finding_and_a_withdrawn_rule_are_not_called_mended() {
    let (earlier, mut now) = (Fixture::Province.report(), Fixture::Province.report());
    now.findings[0].status = FindingStatus::Justified;
    let withdrawn = now.findings.remove(1).rule;
    now.rules.retain(|rule| rule.id != withdrawn);
    let comparison = Comparison::between(&earlier, &now);
    let mended: Vec<Mended> = comparison.mended.iter().map(|(_, how)| *how).collect();
    assert_eq!(mended, [Mended::Justified, Mended::RuleGone]);
}

#[test]
fn reports_that_do_not_belong_together_say_so() {
    let (province, ministry, broken) = (
        Fixture::Province.report(),
        Fixture::Ministry.report(),
        Fixture::Unusable.report(),
    );
    assert_eq!(
        Comparison::between(&ministry, &province).doubts,
        [Doubt::OtherSubmission]
    );
    let unread = Comparison::between(&province, &broken);
    assert_eq!(unread.doubts, [Doubt::Unusable]);
    assert!(
        unread.mended.is_empty(),
        "what could not be looked for is not mended"
    );
}

#[test]
fn a_ready_edit_reads_as_the_line_it_changes() {
    let text = "{\"a\": [\n  {\"via\": \"trực tiếp\"}, {\"b\": 1}]}";
    let hints = intake::Hints::file("a.json");
    let submission = intake::read(text.as_bytes(), &hints, &intake::Limits::default()).unwrap();
    let source = Source::submission(&submission);
    let mut finding = Fixture::Province.report().findings.remove(0);
    finding.patch = Some(json!([
        {"op": "replace", "path": "/a/0/via", "value": "ndxp"},
        {"op": "add", "path": "/a/-", "value": {"c": null}},
        {"op": "remove", "path": "/a/1"},
        {"op": "replace", "path": "/a/1", "value": 2},
        {"op": "unknown", "path": "/a/1"},
    ]));
    let line = Change::Line {
        number: 2,
        old: "  {\"via\": \"trực tiếp\"}, {\"b\": 1}]}".to_owned(),
        new: "  {\"via\": \"ndxp\"}, {\"b\": 1}]}".to_owned(),
    };
    let words = |text: &str| Change::Words(text.to_owned());
    assert_eq!(
        patch::changes(&finding, &source, Locale::Vi),
        [
            line,
            words("Thêm vào /a/-: {\"c\":null}"),
            words("Bỏ /a/1"),
            words("Đổi /a/1 thành 2"),
        ]
    );
}

#[test]
fn a_record_is_called_by_its_own_name() {
    let (report, source) = (Fixture::Province.report(), Fixture::Province.source());
    let path = reporting::place::path(&source, &report.findings[0].location, Locale::Vi);
    assert!(
        path.contains("“Phần mềm quản lý cán bộ tỉnh (đang xây)” (app-hr-new)"),
        "{path}"
    );
}

#[test]
fn no_report_speaks_of_violations_or_of_a_score() {
    for fixture in Fixture::ALL {
        let (report, source) = (fixture.report(), fixture.source());
        let checked = fixtures::checked(&report, &source);
        let text = text::render(&[checked], Locale::Vi, text::Style::default());
        assert!(!text.to_lowercase().contains("vi phạm"), "{fixture:?}");
        for locale in Locale::ALL {
            assert!(!verdict::sentence(&report, locale).is_empty());
        }
    }
}
