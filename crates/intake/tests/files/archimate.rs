//! `ArchiMate` exchange files: what becomes what, with the place of each element.

use std::fmt::Write;

use intake::{Hints, Limits, Mapping, Unreadable, read};
use rulebook::{SourceFormat, Submission};

use crate::project;

const MODEL: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<model xmlns="http://www.opengroup.org/xsd/archimate/3.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" identifier="id-m">
  <name xml:lang="vi">Kiến trúc Sở</name>
  <properties>
    <property propertyDefinitionRef="p-level"><value xml:lang="vi">Tỉnh, thành phố</value></property>
  </properties>
  <elements>
    <element identifier="id-app" xsi:type="ApplicationComponent">
      <name xml:lang="vi">Văn bản &amp; điều hành &#273;</name>
      <name xml:lang="en">Documents</name>
      <documentation>Không đọc phần này</documentation>
      <properties>
        <property propertyDefinitionRef="p-life"><value xml:lang="vi">Đang vận hành</value></property>
        <property propertyDefinitionRef="p-start"><value>31/12/2025</value></property>
        <property propertyDefinitionRef="p-own"><value>Hãng A</value></property>
      </properties>
    </element>
    <element identifier="id-lgsp" xsi:type="ApplicationComponent">
      <name>LGSP</name>
      <properties>
        <property propertyDefinitionRef="p-section"><value>platforms</value></property>
        <property propertyDefinitionRef="p-id"><value>plt-sharing</value></property>
      </properties>
    </element>
    <element identifier="id-bp" xsi:type="BusinessProcess"><name>Tiếp nhận</name></element>
    <element identifier="id-dc" xsi:type="Node"><name>Phòng máy</name></element>
    <element identifier="id-cap1" xsi:type="Capability"><name>Năng lực một</name></element>
    <element identifier="id-cap2" xsi:type="Capability"><name>Năng lực hai</name></element>
  </elements>
  <relationships>
    <relationship identifier="id-r1" source="id-app" target="id-lgsp" xsi:type="Flow"><name>gửi</name></relationship>
    <relationship identifier="id-r2" source="id-app" target="id-bp" xsi:type="Serving"/>
    <relationship identifier="id-r3" source="id-dc" target="id-app" xsi:type="Assignment"/>
    <relationship identifier="id-r4" source="id-cap1" target="id-app" xsi:type="Association"/>
  </relationships>
  <propertyDefinitions>
    <propertyDefinition identifier="p-life" type="string"><name>Giai đoạn</name></propertyDefinition>
    <propertyDefinition identifier="p-start" type="string"><name>start</name></propertyDefinition>
    <propertyDefinition identifier="p-own" type="string"><name>Nhà cung cấp</name></propertyDefinition>
    <propertyDefinition identifier="p-section" type="string"><name>section</name></propertyDefinition>
    <propertyDefinition identifier="p-id" type="string"><name>platforms[].id</name></propertyDefinition>
    <propertyDefinition identifier="p-level" type="string"><name>agency.level</name></propertyDefinition>
  </propertyDefinitions>
  <views><diagrams><view identifier="id-v" xsi:type="Diagram"><node/></view></diagrams></views>
</model>
"#;

fn read_model<'t>(text: &'t str, mapping: Option<&Mapping>) -> Result<Submission<'t>, Unreadable> {
    let catalogue = project::catalogue();
    let hints = Hints {
        catalogue: Some(&catalogue),
        mapping,
        ..Hints::file("mo-hinh.xml")
    };
    read(text.as_bytes(), &hints, &Limits::default())
}

fn refused(text: &str) -> (&'static str, Option<u32>, Option<u32>) {
    let fault = read_model(text, None).unwrap_err();
    (fault.code(), fault.place().line, fault.place().column)
}

#[test]
fn elements_become_records_with_the_place_of_each_value() {
    let submission = read_model(MODEL, None).unwrap();
    assert_eq!(submission.format, SourceFormat::ArchiMate);
    for (pointer, value, line) in [
        ("/agency/level", "province", 5),
        ("/applications/0/id", "id-app", 8),
        ("/applications/0/name/vi", "Văn bản & điều hành đ", 9),
        ("/applications/0/name/en", "Documents", 10),
        ("/applications/0/lifecycle", "operating", 13),
        ("/applications/0/start", "2025-12-31", 14),
        ("/applications/0/hosting", "id-dc", 33),
        ("/platforms/0/id", "plt-sharing", 22),
        ("/platforms/0/name/vi", "LGSP", 19),
        ("/business_processes/0/application_refs/0", "id-app", 32),
        ("/integrations/0/id", "id-r1", 31),
        ("/integrations/0/from", "id-app", 31),
        ("/integrations/0/to", "plt-sharing", 31),
        ("/infrastructure/0/name/vi", "Phòng máy", 26),
    ] {
        let (node, _) = submission
            .root
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer}"));
        assert_eq!(
            (node.as_str(), submission.place(node).line),
            (Some(value), Some(line)),
            "{pointer}"
        );
    }
    let record = &submission.root.get("applications").unwrap().items()[0];
    let place = submission.place(record);
    assert_eq!(
        (place.line, place.column, place.end_line),
        (Some(8), Some(5), Some(17))
    );
    let notes: Vec<_> = submission
        .notes
        .iter()
        .map(|n| (n.code, n.message.vi.as_str()))
        .collect();
    assert_eq!(notes.len(), 3, "{notes:?}");
    assert_eq!(notes[0].0, "archimate-property-not-mapped");
    assert!(notes[0].1.contains("«Nhà cung cấp»"));
    assert!(
        notes[1].1.starts_with("2 phần tử kiểu «Capability»"),
        "{}",
        notes[1].1
    );
    assert!(notes[1].1.contains("«Năng lực một», «Năng lực hai»"));
    assert_eq!(notes[2].0, "archimate-relationship-not-mapped");
    assert!(notes[2].1.contains("Association 1"), "{}", notes[2].1);
}

#[test]
fn a_mapping_file_names_own_types_and_properties() {
    let mapping = Mapping::parse(
        "elements: {Capability: null, Node: platforms}\nproperties: {Nhà cung cấp: owner_unit}\n"
            .as_bytes(),
        "m.yaml",
    )
    .unwrap();
    let submission = read_model(MODEL, Some(&mapping)).unwrap();
    let text = |pointer: &str| submission.root.pointer(pointer).unwrap().0.as_str();
    assert_eq!(text("/applications/0/owner_unit"), Some("Hãng A"));
    assert_eq!(text("/platforms/1/id"), Some("id-dc"));
    // What the mapping speaks of is understood; the relationships it cannot speak of are counted.
    let notes: Vec<_> = submission.notes.iter().map(|note| note.code).collect();
    assert_eq!(notes, ["archimate-relationship-not-mapped"]);
}

#[test]
fn wrong_namespaces_doctypes_and_entities_are_refused_by_name() {
    let other = MODEL.replace(
        "http://www.opengroup.org/xsd/archimate/3.0/",
        "http://www.opengroup.org/xsd/archimate",
    );
    assert_eq!(refused(&other), ("xml-namespace", Some(2), Some(1)));
    let doctype = MODEL.replace("<model ", "<!DOCTYPE model [<!ENTITY a \"b\">]>\n<model ");
    assert_eq!(refused(&doctype), ("xml-doctype", Some(2), Some(1)));
    assert_eq!(refused(&MODEL.replace("LGSP", "&secret;")).0, "syntax");
    assert_eq!(refused(&MODEL.replace("</elements>", "")).0, "syntax");
    assert_eq!(refused(&MODEL[..900]).0, "syntax");
    assert_eq!(refused("<a><b/></a>").0, "foreign-format");
    assert_eq!(refused("<model/>").0, "xml-namespace");
}

#[test]
fn parts_out_of_order_are_read_and_remarked_on() {
    let views = "<views><diagrams/></views>";
    let moved = MODEL.replace("  <elements>", &format!("  {views}\n  <elements>"));
    let submission = read_model(&moved, None).unwrap();
    let note = submission
        .notes
        .iter()
        .find(|note| note.code == "archimate-order")
        .unwrap();
    assert!(note.message.vi.contains("«elements» đứng sau «views»"));
    assert_eq!(
        submission.root.get("applications").unwrap().items().len(),
        1
    );
}

#[test]
fn depth_and_numbers_are_bounded() {
    let head = &MODEL[..MODEL.find("  <name").unwrap()];
    let deep = format!("{head}{}", "<a>".repeat(100_000));
    assert_eq!(refused(&deep).0, "nesting-too-deep");
    let attributes = (0..200_000).fold(String::new(), |mut text, index| {
        write!(text, " a{index}=''").unwrap();
        text
    });
    let many = format!("{head}<elements><element{attributes} identifier='x'/></elements></model>");
    let start = std::time::Instant::now();
    assert!(read_model(&many, None).is_ok());
    assert!(start.elapsed() < std::time::Duration::from_secs(10));
    let elements = "<element identifier='x' type='Node'/>".repeat(21_000);
    assert_eq!(
        refused(&format!("{head}<elements>{elements}</elements></model>")).0,
        "too-many-records"
    );
    let elements = "<element/>".repeat(260_000);
    assert_eq!(
        refused(&format!("{head}<elements>{elements}</elements></model>")).0,
        "too-many-values"
    );
}
