//! What pages say about clauses, components, bodies and rules wherever they mention them.

use framework::{
    Body, ClauseId, Component, ConstituentFramework, Layer, Locale, Localized, Passage,
    Responsibility, Term,
};
use serde::Serialize;

use super::{citation, words::Words};
use crate::{
    address::Tail,
    library::{Library, RuleEntry},
    site::Site,
};

/// Looks things up in one language of a site.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    pub(super) site: &'a Site,
    pub(super) library: &'a Library,
    pub(super) locale: Locale,
    pub(super) words: Words<'a>,
}

/// A clause by its number.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ClauseLink {
    /// `II.3.4.3`, without the number of a paragraph or sentence.
    pub(super) number: String,
    /// «Mục II.3.4.3, câu 2».
    pub(super) label: String,
    pub(super) url: String,
}

/// A component by its code.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ComponentLink {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) url: String,
    pub(super) layer_class: String,
}

/// A body; only those of Part III have a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BodyLink {
    pub(super) name: String,
    pub(super) url: Option<String>,
}

/// Who is to do what with a component or constituent.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Duty {
    pub(super) name: String,
    pub(super) url: Option<String>,
    pub(super) task: String,
    pub(super) clause: ClauseLink,
}

/// A rule by its id.
#[derive(Debug, Clone, Serialize)]
pub(super) struct RuleLink {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) severity: String,
    pub(super) basis: String,
}

/// Words of the text with their place; below a translation the original.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Quote {
    pub(super) text: String,
    pub(super) original: Option<String>,
    pub(super) clause: ClauseLink,
}

/// How to cite something.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Citation {
    /// `/c/ii-3-4-3`.
    pub(super) short: String,
    /// With scheme and host.
    pub(super) link: String,
    pub(super) text: String,
}

/// A link with words.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub(super) title: String,
    pub(super) url: String,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(site: &'a Site, locale: Locale) -> Self {
        let words = Words(site.theme.words.get(locale));
        Self {
            site,
            library: &site.library,
            locale,
            words,
        }
    }

    pub(super) fn url(self, tail: &Tail) -> String {
        format!("/{}{tail}", self.locale)
    }

    pub(super) fn say(self, text: &Localized) -> String {
        text.get(self.locale).clone()
    }

    pub(super) fn clause(self, id: &ClauseId) -> ClauseLink {
        let (number, inside) = numbered(id);
        let mut label = self.words.fill("clause.number", &[("number", number)]);
        for (kind, n) in inside {
            label.push_str(&self.words.fill(kind, &[("n", n)]));
        }
        let clauses = &self.library.project.clauses;
        // A box of the drawing has no anchor where the drawing is only quoted: its section then.
        let url = std::iter::successors(Some(id.clone()), ClauseId::parent)
            .find_map(|id| clauses.get(id.as_str()))
            .map_or_else(
                || self.url(&Tail::Framework),
                |clause| clause.url(self.locale),
            );
        ClauseLink {
            number: number.to_owned(),
            label,
            url,
        }
    }

    pub(super) fn component(self, component: &Component) -> ComponentLink {
        ComponentLink {
            code: component.code.clone(),
            name: self.say(&component.name),
            url: self.url(&Tail::Component(component.id.clone())),
            layer_class: layer_class(component.layer),
        }
    }

    pub(super) fn constituent_url(self, constituent: &ConstituentFramework) -> String {
        format!(
            "{}#{}",
            self.url(&Tail::Constituents),
            constituent.clause.slug()
        )
    }

    pub(super) fn body(self, body: &Body) -> BodyLink {
        BodyLink {
            name: self.say(&body.name),
            url: self.owner_url(&body.id),
        }
    }

    fn owner_url(self, id: &str) -> Option<String> {
        let owner = self.library.owners().find(|owner| owner.id == id)?;
        Some(self.url(&Tail::Owner(owner.id.clone())))
    }

    pub(super) fn duty(self, duty: &Responsibility) -> Duty {
        let body = self.library.project.catalogue.body(&duty.body);
        Duty {
            name: body.map_or_else(|| duty.body.clone(), |body| self.say(&body.name)),
            url: self.owner_url(&duty.body),
            task: self.say(&duty.task),
            clause: self.clause(&duty.clause),
        }
    }

    /// The names of the bodies that lead a component; empty where the text names none.
    pub(super) fn leads(self, component: &Component) -> String {
        let names: Vec<String> = component
            .responsible
            .iter()
            .map(|duty| self.duty(duty).name)
            .collect();
        names.join("; ")
    }

    pub(super) fn rule(self, rule: &RuleEntry) -> RuleLink {
        let word = |key: &str| rule.data[key].as_str().unwrap_or_default().to_owned();
        RuleLink {
            id: rule.id.clone(),
            title: self.rule_text(rule, "title"),
            url: self.url(&Tail::Rule(rule.slug())),
            severity: word("severity"),
            basis: word("basis"),
        }
    }

    pub(super) fn rule_text(self, rule: &RuleEntry, key: &str) -> String {
        rule.data[key][self.locale.tag()]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub(super) fn term(self, term: &Term) -> Link {
        let url = format!("{}#{}", self.url(&Tail::Glossary), term.id);
        Link {
            title: self.say(&term.name),
            url,
        }
    }

    pub(super) fn quote(self, clause: &ClauseId, text: &Localized) -> Quote {
        let original = (self.locale != Locale::Vi).then(|| text.vi.clone());
        Quote {
            text: self.say(text),
            original,
            clause: self.clause(clause),
        }
    }

    pub(super) fn passage(self, passage: &Passage) -> Quote {
        self.quote(&passage.clause, &passage.text)
    }

    pub(super) fn cite_clause(self, id: &ClauseId) -> Citation {
        let clause = citation::in_words(&self.library.project.clauses, id, self.locale);
        self.cite(&id.slug(), &clause)
    }

    /// A citation of something with a code: `nt-4`.
    pub(super) fn cite(self, code: &str, what: &str) -> Citation {
        let short = format!("/c/{code}");
        let version = &self.library.config.framework.version;
        let text = self
            .words
            .fill("cite.format", &[("clause", what), ("version", version)]);
        Citation {
            link: format!("{}{short}", self.site.publication.base_url),
            short,
            text,
        }
    }

    /// The rules that rest on any of the clauses, sentences included, or name one of the ids.
    pub(super) fn rules_about(self, clauses: &[ClauseId], ids: &[&str]) -> Vec<RuleLink> {
        let rests = |rule: &RuleEntry| {
            let mut numbers = rule.clauses.iter().map(ClauseId::without_sentence);
            numbers.any(|number| clauses.contains(&number))
        };
        self.library
            .rules
            .iter()
            .filter(|rule| rests(rule) || ids.iter().any(|id| rule.names(id)))
            .map(|rule| self.rule(rule))
            .collect()
    }
}

/// The number people know, and the paragraph, sentence or box inside it.
fn numbered(id: &ClauseId) -> (&str, Vec<(&'static str, &str)>) {
    let (mut number, mut inside) = (id.as_str(), Vec::new());
    while let Some((before, last)) = number.rsplit_once('.') {
        let kind = match last.split_at_checked(1) {
            Some(("p", n)) if !n.is_empty() => ("clause.paragraph", n),
            Some(("s", n)) if !n.is_empty() => ("clause.sentence", n),
            Some(("b", n)) if !n.is_empty() => ("clause.box", n),
            _ => break,
        };
        inside.insert(0, kind);
        number = before;
    }
    (number, inside)
}

/// The class that colours a layer: `l-nt`.
pub(super) fn layer_class(layer: Layer) -> String {
    format!("l-{}", layer.code_prefix().to_lowercase())
}
