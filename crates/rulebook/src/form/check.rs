//! The form of a submission against `rules/submission.schema.json`.

use std::{collections::BTreeMap, rc::Rc};

use framework::{Localized, Severity};
use jsonschema::{ValidationError, error::ValidationErrorKind as Kind};
use serde_json::Value;

use super::{
    FormFault, describe,
    labels::{collect_words, label, named, nearest_option},
    mend::{allows, meant},
};
use crate::{
    Node,
    schema::Schema,
    suggest::{Suggester, likeness, slug},
    template::{Suggestion, Words},
};

/// From this likeness on a field's name is worth suggesting.
const WORTH_SUGGESTING: f64 = 0.6;
/// So many characters of a wrong value are shown.
const SHOWN_CHARACTERS: usize = 60;

/// The form of a submission.
#[derive(Debug)]
pub(crate) struct Form {
    schema: Schema,
    source: Value,
}

/// One fault of form.
#[derive(Debug)]
pub(crate) struct FormFinding {
    pub(crate) fault: FormFault,
    /// The wrong value, or the record that lacks a field.
    pub(crate) pointer: String,
    /// The field that is missing, unknown or wrong.
    pub(crate) field: String,
    pub(crate) message: Localized,
    /// What was meant: the name of the field, or the value.
    pub(crate) meant: Option<Value>,
}

/// A fault that is not yet in words.
#[derive(Debug)]
pub(crate) struct Fault<'f> {
    pub(crate) kind: FormFault,
    pub(crate) pointer: String,
    pub(crate) field: String,
    /// What the checker said; shared by the unknown fields of one record.
    error: Rc<ValidationError<'f>>,
}

/// The faults of one submission.
#[derive(Debug, Default)]
pub(crate) struct Faults<'f> {
    /// The first of each kind.
    pub(crate) first: Vec<Fault<'f>>,
    /// How many there are of each kind.
    pub(crate) counts: BTreeMap<FormFault, usize>,
}

fn of_error(error: ValidationError<'_>) -> Vec<Fault<'_>> {
    let error = Rc::new(error);
    let fault = |kind, pointer: String, field: &str| Fault {
        kind,
        pointer,
        field: field.to_owned(),
        error: Rc::clone(&error),
    };
    let pointer = error.instance_path().as_str();
    match error.kind() {
        Kind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| fault(FormFault::UnknownField, field_pointer(pointer, name), name))
            .collect(),
        Kind::Required { property } => {
            let field = property.as_str().unwrap_or_default();
            vec![fault(FormFault::MissingField, pointer.to_owned(), field)]
        }
        kind => {
            let kind = match kind {
                Kind::Type { .. } => FormFault::WrongType,
                Kind::Enum { .. } | Kind::Constant { .. } => FormFault::NotOnList,
                _ => FormFault::Malformed,
            };
            vec![fault(kind, pointer.to_owned(), field_of(pointer))]
        }
    }
}

fn field_pointer(record: &str, field: &str) -> String {
    format!("{record}/{}", field.replace('~', "~0").replace('/', "~1"))
}

impl FormFault {
    /// How serious: what keeps the rules from reading a value is an error.
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::WrongType | Self::NotOnList | Self::Malformed => Severity::Error,
            Self::UnknownField | Self::MissingField => Severity::Warning,
        }
    }

    /// The name under which findings show it.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::WrongType => "form-wrong-type",
            Self::UnknownField => "form-unknown-field",
            Self::MissingField => "form-missing-field",
            Self::NotOnList => "form-not-on-list",
            Self::Malformed => "form-malformed",
        }
    }
}

impl Form {
    pub(crate) fn new(source: Value) -> Result<Self, Box<ValidationError<'static>>> {
        Ok(Self {
            schema: Schema::question(&source)?,
            source,
        })
    }

    /// Of a schema that has been compiled before.
    pub(crate) fn accepted(source: Value) -> Self {
        Self {
            schema: Schema::accepted(&source),
            source,
        }
    }

    /// The codes of the form in words: by field, and the fields' own names under `field`.
    pub(crate) fn words(&self, words: &mut Words) {
        collect_words(&self.source, words);
    }

    /// The faults of form that `is_news`, in the order in which the checker meets them and not yet in
    /// words. There may be hundreds of thousands: of each kind the first `shown` are kept, and all are
    /// counted.
    pub(crate) fn faults<'f>(
        &'f self,
        root: &'f Node<'f>,
        shown: usize,
        is_news: impl Fn(&Fault<'f>) -> bool,
    ) -> Faults<'f> {
        let mut faults = Faults::default();
        if self.schema.holds_for(root) {
            return faults;
        }
        for fault in self.schema.errors(root).flat_map(of_error).filter(is_news) {
            let count = faults.counts.entry(fault.kind).or_default();
            *count += 1;
            if *count <= shown {
                faults.first.push(fault);
            }
        }
        faults
    }

    /// One fault in words.
    pub(crate) fn in_words(
        &self,
        fault: &Fault<'_>,
        root: &Node<'_>,
        suggester: &Suggester,
    ) -> FormFinding {
        let record = fault.error.instance_path().as_str();
        let schema_path = fault.error.schema_path().as_str();
        match fault.error.kind() {
            Kind::AdditionalProperties { .. } => {
                let known = self.fields_beside(schema_path);
                let value = root.pointer(&fault.pointer).map(|(node, _)| node);
                Self::unknown_field(record, &fault.field, &known, value)
            }
            Kind::Required { .. } => self.missing_field(record, schema_path, &fault.field),
            kind => {
                let value = root.pointer(record).map(|(node, _)| node);
                self.wrong_value(record, schema_path, kind, value, suggester)
            }
        }
    }

    fn unknown_field(
        pointer: &str,
        name: &str,
        known: &[(&str, &Value)],
        value: Option<&Node<'_>>,
    ) -> FormFinding {
        let typed = slug(name);
        let nearest = known
            .iter()
            .flat_map(|(field, schema)| {
                let label = label(schema);
                let names = [
                    Some((*field).to_owned()),
                    label.clone().map(|pair| pair.vi),
                    label.map(|pair| pair.en),
                ];
                names
                    .into_iter()
                    .flatten()
                    .map(|name| (likeness(&typed, &slug(&name)), *field, *schema))
            })
            .filter(|(likeness, ..)| *likeness >= WORTH_SUGGESTING)
            .max_by(|left, right| left.0.total_cmp(&right.0).then_with(|| right.1.cmp(left.1)));
        // What the other field takes: a record or a list is read there when it stands there.
        let fits = |schema| {
            let value = value.filter(|value| !value.is_record() && !value.is_list());
            value.is_none_or(|value| allows(schema, &value.to_json()))
        };
        let is_meant = nearest.is_some_and(|(.., schema)| fits(schema));
        let suggestion = nearest.map(|(_, field, schema)| Suggestion {
            value: field.to_owned(),
            name: label(schema),
        });
        let asked = asked(suggestion.as_ref());
        FormFinding {
            fault: FormFault::UnknownField,
            pointer: field_pointer(pointer, name),
            field: name.to_owned(),
            message: Localized::text(
                format!(
                    "Mẫu hồ sơ không có trường «{name}»; nội dung ở đây chưa được xem xét.{}",
                    asked.vi
                ),
                format!(
                    "The form knows no field “{name}”; what it holds has not been judged.{}",
                    asked.en
                ),
            ),
            meant: suggestion
                .as_ref()
                .filter(|_| is_meant)
                .map(|field| Value::from(field.value.as_str())),
        }
    }

    fn missing_field(&self, pointer: &str, schema_path: &str, field: &str) -> FormFinding {
        let properties = schema_path
            .rsplit_once('/')
            .map_or("", |(record, _)| record);
        let escaped = field.replace('~', "~0").replace('/', "~1");
        let schema = self
            .source
            .pointer(&format!("{properties}/properties/{escaped}"));
        let name = named(schema.and_then(label), field);
        FormFinding {
            fault: FormFault::MissingField,
            pointer: pointer.to_owned(),
            field: field.to_owned(),
            message: Localized::text(
                format!(
                    "Bản ghi này chưa có trường {}. Chưa biết thì ghi null hoặc unknown.",
                    name.vi
                ),
                format!(
                    "This record has no field {}. If it is not known, write null or unknown.",
                    name.en
                ),
            ),
            meant: None,
        }
    }

    fn wrong_value(
        &self,
        pointer: &str,
        schema_path: &str,
        kind: &Kind,
        value: Option<&Node<'_>>,
        suggester: &Suggester,
    ) -> FormFinding {
        let (fault, what) = describe(kind);
        let field = field_of(pointer);
        let schema = self.labelled_schema(schema_path);
        let name = named(schema.and_then(label), field);
        let typed = value.and_then(Node::as_str);
        let suggestion = match (fault, typed) {
            (FormFault::NotOnList, Some(typed)) => nearest_option(typed, schema, kind, suggester),
            _ => None,
        };
        let meant = match &suggestion {
            Some(option) => Some(Value::from(option.value.as_str())),
            None => value
                .zip(self.schema_of(schema_path))
                .and_then(|(value, schema)| meant(value, schema)),
        };
        let as_text = meant
            .as_ref()
            .filter(|_| typed.is_some())
            .and_then(Value::as_str);
        let suggestion = suggestion.or_else(|| {
            let value = as_text?.to_owned();
            Some(Suggestion { value, name: None })
        });
        let asked = asked(suggestion.as_ref());
        let shown = value.map(shown).unwrap_or_default();
        FormFinding {
            fault,
            pointer: pointer.to_owned(),
            field: field.to_owned(),
            message: Localized::text(
                format!("Trường {} ghi {shown}: {}.{}", name.vi, what.vi, asked.vi),
                format!(
                    "The field {} says {shown}: it {}.{}",
                    name.en, what.en, asked.en
                ),
            ),
            meant,
        }
    }

    /// The schema whose keyword was not satisfied.
    fn schema_of(&self, schema_path: &str) -> Option<&Value> {
        let (schema, _) = schema_path.rsplit_once('/')?;
        self.source.pointer(schema)
    }

    /// The fields that the schema knows where `additionalProperties` complained.
    fn fields_beside(&self, schema_path: &str) -> Vec<(&str, &Value)> {
        let record = schema_path
            .rsplit_once('/')
            .map_or("", |(record, _)| record);
        let properties = self
            .source
            .pointer(record)
            .and_then(|schema| schema.get("properties"));
        let properties = properties.and_then(Value::as_object).into_iter().flatten();
        properties
            .map(|(name, schema)| (name.as_str(), schema))
            .collect()
    }

    /// The innermost schema above a keyword that says what the field is called.
    fn labelled_schema(&self, schema_path: &str) -> Option<&Value> {
        let mut path = schema_path;
        while let Some((above, _)) = path.rsplit_once('/') {
            let schema = self.source.pointer(above)?;
            if schema.get("x-label").is_some() {
                return Some(schema);
            }
            path = above;
        }
        None
    }
}

/// The name of the field a pointer ends in; of the list, if it ends in a list.
fn field_of(pointer: &str) -> &str {
    let is_name = |part: &&str| !part.bytes().all(|byte| byte.is_ascii_digit());
    pointer.rsplit('/').find(is_name).unwrap_or_default()
}

/// The suggestion as a question, with a space in front.
fn asked(suggestion: Option<&Suggestion>) -> Localized {
    Localized::build(|locale| {
        suggestion
            .map(|one| format!(" {}", one.sentence(locale)))
            .unwrap_or_default()
    })
}

/// The value as people would recognise it.
fn shown(value: &Node<'_>) -> String {
    if value.is_record() {
        return "{…}".to_owned();
    }
    if value.is_list() {
        return "[…]".to_owned();
    }
    let words = value.to_json();
    let words = words
        .as_str()
        .map_or_else(|| words.to_string(), |text| format!("“{text}”"));
    match words.char_indices().nth(SHOWN_CHARACTERS) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words,
    }
}
