//! The catalogue: what the framework names, as data.
//!
//! The files under `content/catalogue/` deserialise straight into these types; unknown fields are
//! refused, so that a misspelt one is an error and not a silence. `None` stands for "the text does
//! not say" and is shown as such, never guessed.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{ClauseId, Date, Localized};

/// One of the five layers of the model (II.3.1 to II.3.5), «lớp».
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Nghiệp vụ liên thông (II.3.1).
    Business,
    /// Dữ liệu, cơ sở dữ liệu dùng chung (II.3.2).
    Data,
    /// Ứng dụng dùng chung (II.3.3).
    Application,
    /// Nền tảng số dùng chung (II.3.4).
    Platform,
    /// Hạ tầng số dùng chung (II.3.5).
    Infrastructure,
}

impl Layer {
    /// All layers in the order of the text.
    pub const ALL: [Self; 5] = [
        Self::Business,
        Self::Data,
        Self::Application,
        Self::Platform,
        Self::Infrastructure,
    ];

    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::Data => "data",
            Self::Application => "application",
            Self::Platform => "platform",
            Self::Infrastructure => "infrastructure",
        }
    }

    /// The prefix of component codes: `NV`, `DL`, `UD`, `NT`, `HT`.
    pub const fn code_prefix(self) -> &'static str {
        match self {
            Self::Business => "NV",
            Self::Data => "DL",
            Self::Application => "UD",
            Self::Platform => "NT",
            Self::Infrastructure => "HT",
        }
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A level of administration at which a component is deployed («cấp»). The text knows no district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdministrativeLevel {
    /// Trung ương.
    Central,
    /// Cấp tỉnh.
    Province,
    /// Cấp xã.
    Commune,
}

impl AdministrativeLevel {
    /// The word used in data.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Central => "central",
            Self::Province => "province",
            Self::Commune => "commune",
        }
    }
}

/// The kind of agency that files a submission (I.2, II.1.a–g).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgencyLevel {
    /// Party body (II.1.a).
    Party,
    /// Agency of the National Assembly (II.1.b).
    NationalAssembly,
    /// Viet Nam Fatherland Front (II.1.c).
    FatherlandFront,
    /// Ministry, ministerial-level or government-attached agency (II.1.đ).
    Ministry,
    /// Province or centrally-run city (II.1.e).
    Province,
    /// Any other agency or organisation (II.1.g, I.2.p2).
    Other,
}

impl AgencyLevel {
    /// All levels in the order of II.1.
    pub const ALL: [Self; 6] = [
        Self::Party,
        Self::NationalAssembly,
        Self::FatherlandFront,
        Self::Ministry,
        Self::Province,
        Self::Other,
    ];

    /// The word used in data and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Party => "party",
            Self::NationalAssembly => "national-assembly",
            Self::FatherlandFront => "fatherland-front",
            Self::Ministry => "ministry",
            Self::Province => "province",
            Self::Other => "other",
        }
    }

    /// Reads the word used in data.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == word)
    }
}

impl fmt::Display for AgencyLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Words of the text, quoted with the clause they stand in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Where the words stand.
    pub clause: ClauseId,
    /// The words: Vietnamese verbatim, English working translation.
    pub text: Localized,
}

/// Another name that the text or public sources use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameVariant {
    /// The name, in whichever language it is.
    pub name: String,
    /// Where the text has it; none when it comes from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
    /// What differs, or who uses it.
    pub note: Localized,
}

/// Short forms, where there are any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Abbreviation {
    /// In Vietnamese.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vi: Option<String>,
    /// In English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// Over which levels the text says that a component is deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// The sentence.
    pub text: Localized,
    /// Where it stands.
    pub clause: ClauseId,
    /// The upper end.
    pub from: AdministrativeLevel,
    /// The lower end.
    pub to: AdministrativeLevel,
    /// Whether the lower end is a minimum («tối thiểu đến»).
    pub at_least: bool,
    /// Whether the sentence says «dùng chung».
    pub shared: bool,
}

/// What Part III (or II.1) gives a body to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Responsibility {
    /// The id of the body.
    pub body: String,
    /// The task in the words of the text.
    pub task: Localized,
    /// Where it stands.
    pub clause: ClauseId,
}

impl Responsibility {
    /// Whether the task is to guide others («Hướng dẫn …») and not to build: its deadline then
    /// binds the guidance, not those who are guided.
    pub fn is_guidance(&self) -> bool {
        self.task.vi.to_lowercase().starts_with("hướng dẫn")
    }
}

/// A completion time, given in years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The words, «Năm 2025 - 2026».
    pub text: Localized,
    /// Where they stand.
    pub clause: ClauseId,
    /// The first year.
    pub from_year: u16,
    /// The last year.
    pub to_year: u16,
    /// Whether the task goes on afterwards («tiếp tục hỗ trợ khi có phát sinh»).
    pub open_ended: bool,
}

impl Deadline {
    /// The day by which the task is read to be complete: 31 December of the last year. The text
    /// gives years only; this is the editors' reading.
    pub const fn completed_by(&self) -> Option<Date> {
        Date::end_of_year(self.to_year)
    }
}

/// How strongly the text speaks for using the shared component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReuseStrength {
    /// Agencies need not build their own, they uniformly use the shared one (II.3.4.3.s2).
    UniformUseNoSeparateBuild,
    /// Declared the uniform shared one («dùng chung thống nhất»).
    UniformShared,
    /// Declared deployed for shared use over stated levels.
    DeployedShared,
    /// Described as shared; no deployment sentence.
    DescribedShared,
    /// Offered to agencies «có nhu cầu».
    OnDemand,
    /// A business process said to be standardised or built in common.
    ProcessStandardised,
}

/// The sentence on use of a shared component, with its strength.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reuse {
    /// How strongly it speaks.
    pub strength: ReuseStrength,
    /// The sentence.
    pub text: Localized,
    /// Where it stands.
    pub clause: ClauseId,
}

/// One of the 22 shared components, «thành phần dùng chung».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    /// The stable id, `national-personnel-management-platform`.
    pub id: String,
    /// The code shown to people, `NT-4`.
    pub code: String,
    /// The layer II.3 puts it in.
    pub layer: Layer,
    /// Its name.
    pub name: Localized,
    /// Short forms.
    #[serde(default)]
    pub abbreviation: Abbreviation,
    /// Other names.
    #[serde(default)]
    pub variants: Vec<NameVariant>,
    /// The clause of II.3 that describes it.
    pub clause: ClauseId,
    /// Its box in the drawing of II.2.
    pub figure_box: Option<ClauseId>,
    /// The describing sentence.
    pub description: Passage,
    /// The deployment sentence, if there is one.
    pub deployment: Option<Deployment>,
    /// Who builds it, by Part III; empty where the text names nobody.
    pub responsible: Vec<Responsibility>,
    /// By when, if the text says.
    pub deadline: Option<Deadline>,
    /// What the text says about using it.
    pub reuse: Reuse,
    /// Function codes that an own system would duplicate it with.
    pub function_codes: Vec<String>,
    /// Every clause that speaks of it.
    pub clauses: Vec<ClauseId>,
    /// What other documents say, not part of the framework.
    #[serde(default)]
    pub outside_context: Vec<Localized>,
    /// An editorial note.
    pub note: Option<Localized>,
}

/// A body named in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The stable id, `moha`.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// Short forms.
    #[serde(default)]
    pub abbreviation: Abbreviation,
    /// Where the text names it.
    pub clauses: Vec<ClauseId>,
}

/// The sentence that asks one framework to conform to another (II.1.đ, II.1.e).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conformity {
    /// The id of the framework to conform to.
    pub parent: String,
    /// The words.
    pub text: Localized,
    /// Where they stand.
    pub clause: ClauseId,
}

/// One of the seven constituents, «hợp phần» (II.1.a–g).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConstituentFramework {
    /// The stable id, `provincial-digital-architecture-framework`.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// Other names.
    #[serde(default)]
    pub variants: Vec<NameVariant>,
    /// The clause of II.1 that describes it.
    pub clause: ClauseId,
    /// Its box in the drawing of II.2.
    pub figure_box: Option<ClauseId>,
    /// The describing paragraph.
    pub description: Passage,
    /// The kinds of agency that file under it.
    pub applies_to: Vec<AgencyLevel>,
    /// Who develops it.
    pub responsible: Vec<Responsibility>,
    /// What it is to conform to, if the text says.
    pub conformity: Option<Conformity>,
    /// Every clause that speaks of it.
    pub clauses: Vec<ClauseId>,
    /// An editorial note.
    pub note: Option<Localized>,
}

/// A layer as the text introduces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerDescription {
    /// The stable id, `platform-layer`.
    pub id: String,
    /// Which layer.
    pub layer: Layer,
    /// Its name in the drawing.
    pub name: Localized,
    /// Its heading in II.3.
    pub heading: Localized,
    /// The clause of II.3 that holds it.
    pub clause: ClauseId,
    /// Its box in the drawing of II.2.
    pub figure_box: Option<ClauseId>,
    /// The introducing sentence, if there is one.
    pub description: Option<Passage>,
}

/// A system the text presupposes without making it a component.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferencedSystem {
    /// The stable id.
    pub id: String,
    /// Its name in the text.
    pub name: Localized,
    /// What part it plays.
    pub role: Localized,
    /// Where the text names it.
    pub clauses: Vec<ClauseId>,
    /// An editorial note.
    pub note: Option<Localized>,
}

/// Where a definition comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermSource {
    /// The words of a clause: normative in Vietnamese.
    Clause(ClauseId),
    /// A short gloss by the editors, without authority.
    Editor,
}

/// A term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The stable id.
    pub id: String,
    /// The term.
    pub name: Localized,
    /// Short forms.
    #[serde(default)]
    pub abbreviation: Abbreviation,
    /// Other forms, by language.
    #[serde(default)]
    pub variants: Localized<Vec<String>>,
    /// What it means.
    pub definition: Localized,
    /// Where the definition comes from; normative if from a clause.
    pub source: TermSource,
    /// Whether the term occurs in the source text.
    pub in_text: bool,
    /// Clauses that use it.
    pub clauses: Vec<ClauseId>,
    /// Other documents it is used in.
    #[serde(default)]
    pub outside_documents: Vec<String>,
    /// An editorial note.
    pub note: Option<Localized>,
}

impl Term {
    /// Whether the definition is the text's own words.
    pub const fn is_normative(&self) -> bool {
        matches!(self.source, TermSource::Clause(_))
    }
}

/// All that the framework names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// The seven constituents, a to g.
    pub constituents: Vec<ConstituentFramework>,
    /// The five layers, in the order of the text.
    pub layers: Vec<LayerDescription>,
    /// The 22 components, NV-1 to HT-5.
    pub components: Vec<Component>,
    /// The bodies.
    pub bodies: Vec<Body>,
    /// Systems presupposed by the text.
    pub referenced_systems: Vec<ReferencedSystem>,
    /// The glossary.
    pub terms: Vec<Term>,
}

impl Catalogue {
    /// The component of that id.
    pub fn component(&self, id: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.id == id)
    }

    /// The component of that code, `NT-4` in any case.
    pub fn component_by_code(&self, code: &str) -> Option<&Component> {
        self.components
            .iter()
            .find(|component| component.code.eq_ignore_ascii_case(code))
    }

    /// The body of that id.
    pub fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == id)
    }

    /// The constituent framework of that id.
    pub fn constituent(&self, id: &str) -> Option<&ConstituentFramework> {
        self.constituents
            .iter()
            .find(|constituent| constituent.id == id)
    }

    /// The term of that id.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.id == id)
    }

    /// The components an agency answers for: all but those of the business layer (18 of 22).
    pub fn disposable_components(&self) -> impl Iterator<Item = &Component> {
        self.components
            .iter()
            .filter(|component| component.layer != Layer::Business)
    }

    /// The components that an own system of that function would duplicate.
    pub fn components_of_function<'a>(
        &'a self,
        function: &'a str,
    ) -> impl Iterator<Item = &'a Component> {
        self.components
            .iter()
            .filter(move |component| component.function_codes.iter().any(|code| code == function))
    }

    /// What Part III gives a body, with the component of each task.
    pub fn tasks_of<'a>(
        &'a self,
        body: &'a str,
    ) -> impl Iterator<Item = (&'a Component, &'a Responsibility)> {
        self.components.iter().flat_map(move |component| {
            component
                .responsible
                .iter()
                .filter(move |responsibility| responsibility.body == body)
                .map(move |responsibility| (component, responsibility))
        })
    }
}
