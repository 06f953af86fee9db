//! Schema → question.

use serde_json::{Map, Value};

use super::{
    Check, Closer, Field, Form,
    simple::{Choice, Kinds, Lengths, STRING, Span},
};
use crate::{
    Key, Number,
    schema::{
        Library, keywords,
        needles::{Letters, Needles},
    },
    spot::Spot,
};

/// What a schema that says so follows.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// So many fields are looked up one by one; of more, each field of a record is looked up.
const FIELDS_LOOKED_UP: usize = 6;

/// Keywords that assert nothing; those that begin with `x-` neither.
const SILENT: [&str; 6] = [
    "title",
    "description",
    "$comment",
    "default",
    "examples",
    "deprecated",
];

/// Keywords that are asked together.
const OF_FIELDS: [&str; 3] = ["properties", "required", "additionalProperties"];

/// Keywords that are asked with `if`.
const OF_IF: [&str; 2] = ["then", "else"];

/// Keywords that mean something only with those beside them.
const ENTANGLED: [&str; 7] = [
    "patternProperties",
    "prefixItems",
    "additionalItems",
    "minContains",
    "maxContains",
    "unevaluatedProperties",
    "unevaluatedItems",
];

impl Check {
    /// The question that a whole schema asks, one that the library has compiled.
    pub(in crate::schema) fn of_whole(schema: &Value) -> Option<Self> {
        let mut parted = schema.clone();
        if let Some(keywords) = parted.as_object_mut() {
            // What a schema is called and which one it follows matters to references alone.
            keywords.remove("$id");
            if keywords.get("$schema").is_some_and(|draft| draft == DRAFT) {
                keywords.remove("$schema");
            }
        }
        if is_linked(&parted) {
            return Some(Self::library(schema.clone()));
        }
        Self::of(&parted)
    }

    fn of(schema: &Value) -> Option<Self> {
        match schema {
            Value::Bool(true) => Some(anything()),
            Value::Bool(false) => Some(nothing()),
            Value::Object(keywords) if keywords.keys().any(|name| is_entangled(name)) => {
                Some(Self::library(schema.clone()))
            }
            Value::Object(keywords) => Self::of_keywords(keywords),
            _ => None,
        }
    }

    fn of_keywords(keywords: &Map<String, Value>) -> Option<Self> {
        let mut parts = Vec::new();
        if OF_FIELDS.iter().any(|name| keywords.contains_key(*name)) {
            let has_others = match keywords.get("additionalProperties") {
                None | Some(Value::Bool(true)) => true,
                Some(Value::Bool(false)) => false,
                Some(_) => return Some(Self::library(Value::Object(keywords.clone()))),
            };
            let fields = fields(keywords, has_others)?;
            let is_short = has_others && fields.len() <= FIELDS_LOOKED_UP;
            parts.push(match u8::try_from(fields.len()) {
                _ if is_short => Self::Fields(fields.into()),
                Ok(_) => Self::Form(Box::new(Form::new(fields, has_others))),
                Err(_) => return Some(Self::library(Value::Object(keywords.clone()))),
            });
        }
        for (name, value) in keywords {
            let is_asked_elsewhere = |name: &&str| OF_FIELDS.contains(name) || OF_IF.contains(name);
            if !is_silent(name) && !is_asked_elsewhere(&name.as_str()) {
                parts.push(Self::of_keyword(name, value, keywords)?);
            }
        }
        Some(Self::all_of(parts))
    }

    /// Several questions as one, the cheapest first. What is asked of a value by other questions within is asked side by
    /// side with the rest, and whether it is a text together with how many characters it has.
    fn all_of(parts: Vec<Self>) -> Self {
        let flat = parts.into_iter().flat_map(|part| match part {
            Self::All(parts) => parts.into_vec(),
            part => vec![part],
        });
        let (mut is_text, mut span, mut together) = (false, None, Vec::new());
        for part in flat {
            let more = match part {
                Self::Kinds(kinds) if kinds.are_texts() => {
                    is_text = true;
                    continue;
                }
                Self::Text(span) => {
                    is_text = true;
                    span
                }
                Self::Characters(span) => span,
                part => {
                    together.push(part);
                    continue;
                }
            };
            span = Some(span.map_or(more, |span: Span| span.and(more)));
        }
        together.extend(match (is_text, span) {
            (true, Some(span)) => Some(Self::Text(span)),
            (true, None) => Some(Self::Kinds(Kinds(STRING))),
            (false, span) => span.map(Self::Characters),
        });
        together.sort_by_key(Self::cost);
        match <[Self; 1]>::try_from(together) {
            Ok([only]) => only,
            Err(together) => Self::All(together.into()),
        }
    }

    /// What one keyword asks.
    fn of_keyword(name: &str, value: &Value, beside: &Map<String, Value>) -> Option<Self> {
        let size = |value: &Value| usize::try_from(value.as_u64()?).ok();
        let library = || library(name, value);
        let several = |value: &Value| -> Option<Box<[Self]>> {
            value.as_array()?.iter().map(Self::of).collect()
        };
        let otherwise = |name| beside.get(name).map_or_else(|| Some(anything()), Self::of);
        Some(match name {
            "if" => Self::If(Box::new([
                Self::of(value)?,
                otherwise("then")?,
                otherwise("else")?,
            ])),
            "type" => Self::Kinds(Kinds::of(value)?),
            // A number is compared more exactly than numbers within a value are.
            "const" if !value.is_number() => one_of(std::slice::from_ref(value)),
            "enum" => one_of(value.as_array()?),
            "allOf" => Self::all_of(several(value)?.into()),
            "anyOf" => Self::Any(several(value)?),
            "not" => Self::Not(Box::new(Self::of(value)?)),
            "items" => Self::Items(Box::new(Self::of(value)?)),
            "contains" => Self::Contains(Box::new(Self::of(value)?)),
            "minItems" => Self::Count(Span(size(value)?, usize::MAX)),
            "maxItems" => Self::Count(Span(0, size(value)?)),
            "minLength" => Self::Characters(Span(size(value)?, usize::MAX)),
            "maxLength" => Self::Characters(Span(0, size(value)?)),
            "pattern" => closer(Closer::of_pattern(value.as_str()?, library)),
            "format" if value == "date" => closer(Closer::Day(library())),
            "minimum" if whole(value).is_some() => closer(Closer::Least(whole(value)?, library())),
            "maximum" if whole(value).is_some() => closer(Closer::Most(whole(value)?, library())),
            _ => match keywords::compile(name, value) {
                Some(own) => closer(Closer::Own(own.ok()?)),
                None => closer(Closer::Library(library())),
            },
        })
    }

    fn library(schema: Value) -> Self {
        closer(Closer::Library(Library::accepted(schema)))
    }

    /// How much work it is, roughly.
    const fn cost(&self) -> u8 {
        match self {
            Self::Kinds(_) | Self::Count(_) => 0,
            Self::OneOf(..) | Self::Characters(_) | Self::Text(_) => 1,
            Self::Fields(_) | Self::Form(_) => 2,
            Self::Not(_) | Self::All(_) | Self::Any(_) | Self::If(_) => 3,
            Self::Items(_) | Self::Contains(_) => 4,
            Self::Closer(closer) => closer.cost(),
        }
    }
}

impl Closer {
    /// What asks for a pattern.
    fn of_pattern(pattern: &str, library: impl FnOnce() -> Library) -> Self {
        match Letters::of(pattern) {
            Some(letters) => Self::Letter(letters),
            None => Self::Pattern(Needles::of(pattern), library()),
        }
    }

    /// How much work it is, roughly, beside [`Check::cost`].
    const fn cost(&self) -> u8 {
        match self {
            Self::Day(_) | Self::Least(..) | Self::Most(..) | Self::Own(_) => 1,
            Self::Letter(_) => 2,
            Self::Pattern(..) | Self::Library(_) => 5,
        }
    }
}

/// A question that takes more than a look, in its box.
fn closer(closer: Closer) -> Check {
    Check::Closer(Box::new(closer))
}

/// What holds for every value.
fn anything() -> Check {
    Check::All(Box::default())
}

/// What holds for none.
fn nothing() -> Check {
    Check::Any(Box::default())
}

/// To be one of these values.
fn one_of(values: &[Value]) -> Check {
    let texts = values.iter().filter_map(Value::as_str);
    let texts: Box<[Key<'static>]> = texts.map(|text| text.to_owned().into()).collect();
    let others = values.iter().filter(|value| !value.is_string()).cloned();
    let others = others.collect();
    Check::OneOf(Lengths::of(&texts), Box::new(Choice { texts, others }))
}

/// What the library says to one keyword.
fn library(name: &str, value: &Value) -> Library {
    let alone = Map::from_iter([(name.to_owned(), value.clone())]);
    Library::accepted(alone.into())
}

/// A number that is kept exact.
fn whole(value: &Value) -> Option<Number> {
    let signed = || value.as_i64().map(Number::Signed);
    value.as_u64().map(Number::Unsigned).or_else(signed)
}

fn is_silent(name: &str) -> bool {
    SILENT.contains(&name) || name.starts_with("x-")
}

fn is_entangled(name: &str) -> bool {
    ENTANGLED.contains(&name)
}

/// Whether parts of a schema may refer to each other: then none of them stands on its own.
fn is_linked(schema: &Value) -> bool {
    let is_link = |name: &str| name.starts_with('$') && name != "$comment";
    match schema {
        Value::Array(items) => items.iter().any(is_linked),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| is_link(name) || is_linked(value)),
        _ => false,
    }
}

/// What `required` and `properties` ask of the fields of a record. A field that is required and not listed is
/// one of the others, and nothing if there may be none.
fn fields(keywords: &Map<String, Value>, has_others: bool) -> Option<Vec<Field>> {
    let required = keywords.get("required").and_then(Value::as_array);
    let properties = keywords.get("properties").and_then(Value::as_object);
    let mut fields: Vec<Field> = Vec::new();
    for name in required.into_iter().flatten() {
        let name = name.as_str()?;
        if !fields.iter().any(|field| field.key == name) {
            fields.push(Field {
                key: name.to_owned().into(),
                is_required: true,
                spot: Spot::default(),
                check: if has_others { anything() } else { nothing() },
            });
        }
    }
    for (name, schema) in properties.into_iter().flatten() {
        let check = Check::of(schema)?;
        match fields.iter_mut().find(|field| field.key == *name) {
            Some(field) => field.check = check,
            None => fields.push(Field {
                key: name.clone().into(),
                is_required: false,
                spot: Spot::default(),
                check,
            }),
        }
    }
    // What is required fails first.
    fields.sort_by_key(|field| !field.is_required);
    Some(fields)
}

#[cfg(test)]
mod tests;
