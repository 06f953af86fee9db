//! An empty submission to fill in: the 18 shared components are already listed.

use std::borrow::Cow;

use framework::{AgencyLevel, Catalogue, Locale};
use rulebook::{Kind, Member, Node};

use crate::{
    OutputFormat, WriteFault,
    convert::{json, yaml},
    model::{Field, FieldBasis, FieldKind, SECTIONS, Section},
    tree, workbook,
};

/// An empty submission for an agency of that level. The same arguments give the same bytes.
pub fn template(
    level: AgencyLevel,
    format: OutputFormat,
    catalogue: &Catalogue,
    locale: Locale,
) -> Result<Vec<u8>, WriteFault> {
    let given = given(level, catalogue);
    match format {
        OutputFormat::Xlsx => {
            workbook::write(&given, Some(level), catalogue, locale).map_err(WriteFault)
        }
        OutputFormat::Json => Ok(json::pretty(&complete(&given)).into_bytes()),
        OutputFormat::Yaml => Ok(commented(&given, level).into_bytes()),
    }
}

/// What is known beforehand: the form's version, the agency's level, its own constituent framework
/// if there is one, and the components to answer for.
fn given(level: AgencyLevel, catalogue: &Catalogue) -> Node<'static> {
    let mut reference = vec![
        ("framework_id", text("khung-kien-truc-tong-the-quoc-gia-so")),
        ("framework_version", text("2.0")),
    ];
    // A framework that several levels come under is no answer for one of them.
    let own = catalogue
        .constituents
        .iter()
        .find(|constituent| constituent.applies_to == [level]);
    if let Some(constituent) = own {
        reference.push(("constituent_framework", text(&constituent.id)));
    }
    let dispositions = catalogue
        .disposable_components()
        .map(|component| record([("component_ref", text(&component.id))]))
        .collect();
    let mut given = vec![
        (
            "submission",
            record([("schema_version", text("0.1")), ("status", text("draft"))]),
        ),
        ("agency", record([("level", text(level.as_str()))])),
        ("reference", record(reference)),
        ("component_dispositions", node(Kind::Array(dispositions))),
    ];
    let others = SECTIONS
        .iter()
        .filter(|section| section.is_list && !section.is_minimum);
    given.extend(others.map(|section| (section.key, node(Kind::Array(Vec::new())))));
    record(given)
}

fn node(kind: Kind<'static>) -> Node<'static> {
    Node {
        at: 0,
        end: 0,
        kind,
    }
}

fn text(text: &str) -> Node<'static> {
    node(Kind::String(Cow::Owned(text.to_owned())))
}

fn record(members: impl IntoIterator<Item = (&'static str, Node<'static>)>) -> Node<'static> {
    let members = members.into_iter();
    node(Kind::Object(
        members
            .map(|(key, value)| Member {
                key_at: 0,
                key: key.into(),
                value,
            })
            .collect(),
    ))
}

/// Every field with what is known of it, `null` where nothing is.
fn complete(given: &Node<'static>) -> Node<'static> {
    let sections = SECTIONS.iter().map(|section| {
        let known = given.get(section.key);
        let value = if section.is_list {
            let items = known.map(Node::items).unwrap_or_default();
            let items = items
                .iter()
                .map(|item| complete_record(section, Some(item)));
            node(Kind::Array(items.collect()))
        } else {
            complete_record(section, known)
        };
        (section.key, value)
    });
    record(sections)
}

fn complete_record(section: &Section, known: Option<&Node<'static>>) -> Node<'static> {
    let mut members = Vec::new();
    for field in section.fields {
        let value = known.and_then(|known| tree::at_steps(known, field.steps()));
        let value = value.cloned().unwrap_or_else(|| node(Kind::Null));
        tree::insert(&mut members, field.steps(), value);
    }
    node(Kind::Object(members))
}

/// The YAML template: every field with its label, its need and its basis in both languages.
fn commented(given: &Node<'static>, level: AgencyLevel) -> String {
    let mut text = String::from(
        "# Hồ sơ kiến trúc / Architecture submission\n\
         # ★ hồ sơ tối thiểu / minimum submission. * bắt buộc / required.\n\
         # Chưa biết: để null hoặc unknown / unknown: leave null or write unknown.\n\
         # KHÔNG khai nội dung thuộc bí mật nhà nước / NEVER state state secrets.\n",
    );
    for section in &SECTIONS {
        let star = if section.is_minimum { "★ " } else { "" };
        line(
            &mut text,
            &format!(
                "
# ── {star}{} / {}",
                section.name.vi, section.name.en
            ),
        );
        for words in [section.guidance.vi, section.guidance.en] {
            if !words.is_empty() {
                line(&mut text, &format!("#    {words}"));
            }
        }
        let known = given.get(section.key);
        let items = known.map(Node::items).unwrap_or_default();
        if !section.is_list {
            line(&mut text, &format!("{}:", section.key));
            fields(&mut text, "  ", section, known, Some(level));
        } else if items.is_empty() {
            line(&mut text, &format!("{}: []", section.key));
            text.push_str("# Một mục gồm / A record has:\n#   -\n");
            fields(&mut text, "#     ", section, None, Some(level));
        } else {
            line(&mut text, &format!("{}:", section.key));
            for (index, item) in items.iter().enumerate() {
                text.push_str("  -\n");
                // The first record explains its fields, the others need not say it again.
                fields(
                    &mut text,
                    "    ",
                    section,
                    Some(item),
                    (index == 0).then_some(level),
                );
            }
        }
    }
    text
}

/// The fields of a record, one a line; with a level, each with its comment.
fn fields(
    text: &mut String,
    margin: &str,
    section: &Section,
    known: Option<&Node<'static>>,
    level: Option<AgencyLevel>,
) {
    let mut group = "";
    for field in section.fields {
        let (parent, key) = field.path.split_once('.').unwrap_or(("", field.path));
        if !parent.is_empty() && parent != group {
            line(text, &format!("{margin}{parent}:"));
        }
        group = parent;
        let value = known.and_then(|known| tree::at_steps(known, field.steps()));
        let value = value.cloned().unwrap_or_else(|| node(Kind::Null));
        let comment = level.map(|level| comment(field, level)).unwrap_or_default();
        text.push_str(margin);
        yaml::field(text, usize::from(!parent.is_empty()), key, &value, &comment);
    }
}

fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push('\n');
}

fn comment(field: &Field, level: AgencyLevel) -> String {
    let mark = if field.required.has(level) { " *" } else { "" };
    let labels = format!("{} / {}{mark}", field.label.vi, field.label.en);
    let words = match field.kind {
        FieldKind::Boolean => "true | false | unknown".to_owned(),
        FieldKind::Date => "YYYY-MM-DD".to_owned(),
        FieldKind::Code(list) => {
            let words: Vec<&str> = list.codes.iter().map(|code| code.code).collect();
            words.join(" | ")
        }
        _ if field.example.is_empty() => String::new(),
        _ => format!("vd / e.g. {}", field.example),
    };
    let many = if field.is_list { "[…] " } else { "" };
    let basis = match field.basis {
        FieldBasis::Clause(clause) => clause,
        FieldBasis::Law(law) => law,
        FieldBasis::Practice => "",
    };
    let parts = [labels, format!("{many}{words}"), basis.to_owned()];
    parts
        .iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("; ")
}
