//! The catalogue as the joined view shows it, made once for a rule set.

use framework::{Body, Catalogue, ClauseId, Clauses, Component, Localized};

use super::record::{field, list, null, object, text, truth};
use crate::Node;

/// What rules may know of the framework.
#[derive(Debug)]
pub(crate) struct Facts {
    /// The 22 components in the order of the catalogue.
    pub(crate) components: Vec<ComponentFacts>,
    /// What Part III gives to whom.
    pub(crate) duties: Vec<Duty>,
}

/// One component.
#[derive(Debug)]
pub(crate) struct ComponentFacts {
    pub(crate) id: String,
    pub(crate) function_codes: Vec<String>,
    /// Its facts as a record.
    pub(crate) node: Node<'static>,
}

/// One task of Part III.
#[derive(Debug)]
pub(crate) struct Duty {
    pub(crate) body: String,
    pub(crate) clause: ClauseId,
    /// Which component, by its place in [`Facts::components`].
    pub(crate) component: Option<usize>,
}

impl Facts {
    pub(crate) fn new(catalogue: &Catalogue, clauses: &Clauses) -> Self {
        let components = catalogue
            .components
            .iter()
            .map(ComponentFacts::new)
            .collect();
        let duties = catalogue
            .bodies
            .iter()
            .flat_map(|body| duties_of(body, catalogue, clauses))
            .collect();
        Self { components, duties }
    }
}

/// The numbered items of the body's clause of Part III, each with the components it names.
fn duties_of(body: &Body, catalogue: &Catalogue, clauses: &Clauses) -> Vec<Duty> {
    let Some(own_clause) = body
        .clauses
        .iter()
        .find(|clause| clause.as_str().starts_with("III."))
    else {
        return Vec::new();
    };
    let items = clauses.iter().map(|clause| clause.id.without_sentence());
    let mut items: Vec<ClauseId> = items
        .filter(|clause| clause.parent().as_ref() == Some(own_clause))
        .collect();
    items.dedup();
    let duty = |clause: &ClauseId, component| Duty {
        body: body.id.clone(),
        clause: clause.clone(),
        component,
    };
    let mut duties = Vec::new();
    for clause in &items {
        let named = catalogue
            .components
            .iter()
            .enumerate()
            .filter(|(_, component)| {
                let mut tasks = component.responsible.iter();
                tasks.any(|task| task.body == body.id && task.clause.is_within(clause))
            });
        let before = duties.len();
        duties.extend(named.map(|(index, _)| duty(clause, Some(index))));
        if duties.len() == before {
            duties.push(duty(clause, None));
        }
    }
    duties
}

impl ComponentFacts {
    fn new(component: &Component) -> Self {
        let owned = |value: &str| text(value.to_owned());
        let deployment = component
            .deployment
            .as_ref()
            .map_or_else(null, |deployment| {
                object(vec![
                    field("from", text(deployment.from.as_str())),
                    field("to", text(deployment.to.as_str())),
                    field("at_least", truth(deployment.at_least)),
                ])
            });
        let deadline = component.deadline.as_ref().map_or_else(null, |deadline| {
            object(vec![
                field("from", text(format!("{:04}-01-01", deadline.from_year))),
                field("to", text(format!("{:04}-12-31", deadline.to_year))),
                field(
                    "one_year_after",
                    text(format!("{:04}-12-31", deadline.to_year + 1)),
                ),
                field("open_ended", truth(deadline.open_ended)),
            ])
        });
        let bodies = component
            .responsible
            .iter()
            .map(|task| owned(&task.body))
            .collect();
        let reuse = serde_json::to_value(component.reuse.strength).ok();
        let node = object(vec![
            field("id", owned(&component.id)),
            field("code", owned(&component.code)),
            field("layer", text(component.layer.as_str())),
            field("name", localized(&component.name)),
            field(
                "function_codes",
                list(
                    component
                        .function_codes
                        .iter()
                        .map(|code| owned(code))
                        .collect(),
                ),
            ),
            field("responsible_bodies", list(bodies)),
            field(
                "reuse",
                reuse
                    .as_ref()
                    .and_then(|word| word.as_str())
                    .map_or_else(null, owned),
            ),
            field("deployment", deployment),
            field("deadline", deadline),
        ]);
        Self {
            id: component.id.clone(),
            function_codes: component.function_codes.clone(),
            node,
        }
    }
}

fn localized(words: &Localized) -> Node<'static> {
    object(vec![
        field("vi", text(words.vi.clone())),
        field("en", text(words.en.clone())),
    ])
}
