//! Elements and relationships as records of the form.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use framework::Localized;
use rulebook::{Kind, Member, Node};

use super::model::{Element, Model, Others, Property, Relationship};
use crate::{
    Unreadable,
    assembly::Assembly,
    mapping::Mapped,
    model::{self, Field, Section},
    notes::Notes,
    tree,
    workbook::{
        Context,
        labels::Header,
        layout::field_of_path,
        value::{self, Cell},
    },
};

/// Which list an element of a type belongs to, unless a mapping says otherwise.
fn usual(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "BusinessProcess" | "BusinessFunction" | "BusinessInteraction" => "business_processes",
        "DataObject" | "BusinessObject" => "data_assets",
        "ApplicationComponent" | "ApplicationCollaboration" => "applications",
        "SystemSoftware" => "platforms",
        "Node" | "Device" | "Facility" | "CommunicationNetwork" => "infrastructure",
        "WorkPackage" => "roadmap",
        _ => return None,
    })
}

/// The lists whose records are systems.
const SYSTEMS: [&str; 4] = ["applications", "platforms", "infrastructure", "data_assets"];

/// The tree of a model. Of its elements only the records are kept: a model may fill half the memory there
/// is for it.
pub(super) fn of<'t>(
    mut model: Model<'t>,
    context: &Context<'_>,
    notes: &mut Notes,
) -> Result<Node<'t>, Unreadable> {
    let definitions = std::mem::take(&mut model.definitions);
    let mut making = Making {
        context,
        notes,
        definitions: &definitions,
        assembly: Assembly::default(),
        places: HashMap::new(),
        records: Vec::new(),
        unmapped: BTreeMap::new(),
        unknown_properties: Others::default(),
        unread: Others::default(),
    };
    making.own_properties(&model.properties()?);
    model.for_each_element(|element| making.element(element))?;
    let others = model.for_each_relationship(|relationship| making.relationship(relationship))?;
    making.unread.add_all(others);
    Ok(making.finish())
}

struct Making<'m, 't> {
    context: &'m Context<'m>,
    notes: &'m mut Notes,
    definitions: &'m HashMap<String, String>,
    assembly: Assembly<'t>,
    /// Where the record of an element is kept.
    places: HashMap<String, usize>,
    records: Vec<Record<'t>>,
    /// Types without a list: how many elements, the names of some, where the first stands.
    unmapped: BTreeMap<String, (usize, Vec<String>, Range<u32>)>,
    /// Properties without a field.
    unknown_properties: Others,
    /// Relationships that the form has no place for.
    unread: Others,
}

struct Record<'t> {
    section: &'static Section,
    id: String,
    range: Range<u32>,
    members: Vec<Member<'t>>,
}

impl<'t> Making<'_, 't> {
    /// Properties of the model itself speak of the agency and the submission, by full path.
    fn own_properties(&mut self, properties: &[Property]) {
        for property in properties {
            let name = self.name_of(property).to_owned();
            let meant = match self.context.mapping.said_once(&name) {
                Mapped::To(meant) => Some(meant),
                Mapped::LeftOut => continue,
                Mapped::Unknown => field_of_path(&name),
            };
            match meant {
                Some((section, field)) if !section.is_list => {
                    if let Some(node) = self.value(section, field, property) {
                        let mut members = Vec::new();
                        tree::insert(&mut members, field.steps(), node);
                        let record = record(property.range.clone(), members);
                        self.assembly.add_record(section.key, record, self.notes);
                    }
                }
                _ => self.unknown_properties.add(&name, &property.range),
            }
        }
    }

    fn element(&mut self, element: &Element<'t>) {
        let stated = element
            .properties
            .iter()
            .find(|property| self.name_of(property) == "section");
        let stated = stated.and_then(|property| model::section(&property.value));
        let mapped = self.context.mapping.element(&element.kind);
        let of_type = match mapped {
            Mapped::To(section) => Some(section),
            Mapped::LeftOut => None,
            Mapped::Unknown => usual(&element.kind),
        };
        let stated = stated.filter(|section| section.is_list);
        let section = stated.or_else(|| of_type.and_then(model::section));
        let Some(section) = section else {
            // A type that the mapping leaves out on purpose is not worth a word.
            if matches!(mapped, Mapped::Unknown) {
                self.unmapped(element);
            }
            return;
        };
        let mut members = self.properties(section, &element.properties);
        for name in &element.names {
            let lang = name.lang.as_deref().unwrap_or("vi");
            let path = if lang.to_ascii_lowercase().starts_with("en") {
                "name.en"
            } else {
                "name.vi"
            };
            state(section, &mut members, path, name.text.clone(), &name.range);
        }
        let own_id = Cow::Owned(element.id.clone());
        state(section, &mut members, "id", own_id, &element.range);
        let id = members.iter().find(|member| member.key == "id");
        let id = id
            .and_then(|member| member.value.as_str())
            .unwrap_or_default()
            .to_owned();
        self.places.insert(element.id.clone(), self.records.len());
        self.records.push(Record {
            section,
            id,
            range: element.range.clone(),
            members,
        });
    }

    fn relationship(&mut self, relationship: &Relationship) {
        let place = |id: &String| self.places.get(id).copied();
        let (Some(source), Some(target)) =
            (place(&relationship.source), place(&relationship.target))
        else {
            self.unread.add(&relationship.kind, &relationship.range);
            return;
        };
        let (from, to) = (
            self.records[source].section.key,
            self.records[target].section.key,
        );
        let is_system = |key: &str| SYSTEMS.contains(&key);
        match relationship.kind.as_str() {
            "Flow" if is_system(from) && is_system(to) => self.flow(relationship, source, target),
            "Serving" if is_system(from) && to == "business_processes" => {
                self.refer(relationship, target, "application_refs", source);
            }
            "Serving" | "Assignment" | "Realization"
                if from == "infrastructure" && matches!(to, "applications" | "platforms") =>
            {
                let id = self.records[source].id.clone();
                let record = &mut self.records[target];
                if !record.members.iter().any(|member| member.key == "hosting") {
                    let node = text(Cow::Owned(id.clone()), &relationship.range);
                    tree::insert(&mut record.members, std::iter::once("hosting"), node);
                }
            }
            _ => self.unread.add(&relationship.kind, &relationship.range),
        }
    }

    fn flow(&mut self, relationship: &Relationship, source: usize, target: usize) {
        let Some(section) = model::section("integrations") else {
            return;
        };
        let mut members = self.properties(section, &relationship.properties);
        let (from, to) = (
            self.records[source].id.clone(),
            self.records[target].id.clone(),
        );
        for (path, value) in [
            ("id", relationship.id.clone()),
            ("from", from),
            ("to", to),
            ("direction", "send".to_owned()),
        ] {
            let value = Cow::Owned(value);
            state(section, &mut members, path, value, &relationship.range);
        }
        let record = record(relationship.range.clone(), members);
        self.assembly.add_list(section.key, vec![record]);
    }

    /// Adds an id to a list of references.
    fn refer(&mut self, relationship: &Relationship, at: usize, key: &'static str, to: usize) {
        let id = self.records[to].id.clone();
        let node = text(Cow::Owned(id.clone()), &relationship.range);
        let members = &mut self.records[at].members;
        let known = members.iter_mut().find(|member| member.key == key);
        match known.map(|member| &mut member.value.kind) {
            Some(Kind::Array(items)) => {
                if !items.iter().any(|item| item.as_str() == Some(&id)) {
                    items.push(node);
                }
            }
            Some(_) => {}
            None => {
                let Range { start, end } = relationship.range.clone();
                let list = Node {
                    at: start,
                    end,
                    kind: Kind::Array(vec![node]),
                };
                tree::insert(members, std::iter::once(key), list);
            }
        }
    }

    fn properties(
        &mut self,
        section: &'static Section,
        properties: &[Property],
    ) -> Vec<Member<'t>> {
        let mut members = Vec::new();
        for property in properties {
            let name = self.name_of(property).to_owned();
            let field = match self.context.mapping.column(section, &name) {
                Mapped::To(field) => Some(field),
                Mapped::LeftOut => continue,
                Mapped::Unknown => {
                    let path = name
                        .strip_prefix(&format!("{}[].", section.key))
                        .unwrap_or(&name);
                    let by_path = section.fields.iter().find(|field| field.path == path);
                    by_path.or_else(|| Header::new(&name)?.field(section))
                }
            };
            let Some(field) = field else {
                if name != "section" {
                    self.unknown_properties.add(&name, &property.range);
                }
                continue;
            };
            if tree::stated(&members, field.steps()) {
                continue;
            }
            if let Some(node) = self.value(section, field, property) {
                tree::insert(&mut members, field.steps(), node);
            }
        }
        members
    }

    fn value(
        &mut self,
        section: &Section,
        field: &'static Field,
        property: &Property,
    ) -> Option<Node<'static>> {
        let Context {
            vocabulary,
            mapping,
        } = self.context;
        let cell = Cell::Text(property.value.clone());
        let own = mapping.words(section, field);
        let (kind, remark) = value::from_cell(field, &cell, vocabulary, own)?;
        let Range { start, end } = property.range.clone();
        if let Some((code, message)) = remark {
            self.notes.add(code, start..end, || message);
        }
        let mut node = Node {
            at: start,
            end,
            kind,
        };
        tree::place_all(&mut node, &(start..end));
        Some(node)
    }

    fn name_of<'n>(&'n self, property: &'n Property) -> &'n str {
        self.definitions
            .get(&property.definition)
            .map_or(&property.definition, String::as_str)
    }

    fn unmapped(&mut self, element: &Element<'t>) {
        let entry = self.unmapped.entry(element.kind.clone());
        let (count, names, _) = entry.or_insert_with(|| (0, Vec::new(), element.range.clone()));
        *count += 1;
        if names.len() < 5 {
            names.extend(element.names.first().map(|name| name.text.to_string()));
        }
    }

    fn finish(mut self) -> Node<'t> {
        for Record {
            section,
            range,
            members,
            ..
        } in std::mem::take(&mut self.records)
        {
            self.assembly
                .add_list(section.key, vec![record(range, members)]);
        }
        for (kind, (count, names, place)) in self.unmapped {
            self.notes.add("archimate-not-mapped", place, || {
                let listed = names.join("», «");
                Localized::text(
                    format!("{count} phần tử kiểu «{kind}» không ứng với danh mục nào của hồ sơ nên không được đọc (ví dụ «{listed}»). Có thể ánh xạ kiểu này bằng tệp ánh xạ (--mapping)."),
                    format!("{count} elements of type “{kind}” belong to no list of the form and were not read (such as “{}”). A mapping file (--mapping) can map the type.", names.join("”, “")),
                )
            });
        }
        for (name, (count, place)) in self.unknown_properties.0 {
            self.notes.add("archimate-property-not-mapped", place, || {
                Localized::text(
                    format!("Thuộc tính «{name}» ({count} chỗ) không ứng với trường nào của hồ sơ nên không được đọc. Có thể đặt tên khác cho trường bằng tệp ánh xạ (--mapping)."),
                    format!("The property “{name}” ({count} places) is no field of the form and was not read. A mapping file (--mapping) can say which field it is."),
                )
            });
        }
        note_unread(&self.unread, self.notes);
        self.assembly.finish()
    }
}

/// One note for all relationships that became nothing: models are full of them.
fn note_unread(unread: &Others, notes: &mut Notes) {
    let places = unread.0.values().map(|(_, place)| place);
    let Some(first) = places.min_by_key(|place| place.start) else {
        return;
    };
    notes.add("archimate-relationship-not-mapped", first.clone(), || {
        let counts = unread.0.iter();
        let listed = counts.map(|(kind, (count, _))| format!("{kind} {count}"));
        let listed = listed.collect::<Vec<_>>().join(", ");
        Localized::text(
            format!(
                "Các quan hệ không ứng với nội dung nào của hồ sơ nên không được đọc: {listed}."
            ),
            format!("Relationships that the form has no place for were not read: {listed}."),
        )
    });
}

/// States a field from outside the properties, unless they have stated it.
fn state<'t>(
    section: &'static Section,
    members: &mut Vec<Member<'t>>,
    path: &'static str,
    value: Cow<'t, str>,
    range: &Range<u32>,
) {
    let field = section.fields.iter().find(|field| field.path == path);
    if let Some(field) = field
        && !value.is_empty()
        && !tree::stated(members, field.steps())
    {
        tree::insert(members, field.steps(), text(value, range));
    }
}

fn text<'t>(words: Cow<'t, str>, range: &Range<u32>) -> Node<'t> {
    Node {
        at: range.start,
        end: range.end,
        kind: Kind::String(value::cleaned(words)),
    }
}

fn record(range: Range<u32>, members: Vec<Member<'_>>) -> Node<'_> {
    Node {
        at: range.start,
        end: range.end,
        kind: Kind::Object(members),
    }
}
