//! A schema as a question that is answered by yes or no.
//!
//! Rules ask thousands of small questions for each submission, and nearly all are made of a dozen
//! keywords. Those are read here into a tree that looks each field up once and knows no errors. Every
//! other keyword is asked of the library, by itself where it stands on its own, else with all that
//! stands beside it. What the answers are is the library's business: in a debug build (and so in every
//! test, the official suite among them) each is compared with it.

mod reading;
mod simple;

use framework::Date;

use self::simple::{Choice, Kinds, Lengths, Span};
use super::{
    Library,
    keywords::Predicate,
    needles::{Letters, Needles},
};
use crate::{Key, Kind, Member, Node, Number, spot::Spot};

/// What is asked of a value.
///
/// Three words at most, so that what is asked together lies together: the questions of all rules are gone through
/// for each record, and compete with it for the processor's nearest memory.
#[derive(Debug)]
pub(super) enum Check {
    /// All of these, the cheapest first.
    All(Box<[Check]>),
    Any(Box<[Check]>),
    Not(Box<Check>),
    If(Box<[Check; 3]>),
    /// To be of one of these kinds.
    Kinds(Kinds),
    /// To be one of some values.
    OneOf(Lengths, Box<Choice>),
    /// If it is a record, what its fields have to be.
    Fields(Box<[Field]>),
    /// The same where they are many, or no others may be there.
    Form(Box<Form>),
    /// If it is a list, what each item has to be.
    Items(Box<Check>),
    /// If it is a list, what one of its items has to be.
    Contains(Box<Check>),
    /// If it is a list, how many items it may hold.
    Count(Span),
    /// If it is a text, how many characters it may have.
    Characters(Span),
    /// To be a text of so many characters: most fields of a form are asked for both, and so at once.
    Text(Span),
    /// What takes more than a look, behind a pointer: laid in here it would hide which question this is among its own,
    /// and each answer begins with a jump by that.
    Closer(Box<Closer>),
}

// Three words where a word has 64 bits.
const _: () = assert!(size_of::<Check>() <= 24 || size_of::<usize>() != 8);

/// What is asked of a value and takes more than a look.
#[derive(Debug)]
pub(super) enum Closer {
    /// If it is a text, to hold one of these letters.
    Letter(Letters),
    /// If it is a text, what has to occur in it for the pattern to match, and the pattern.
    Pattern(Needles, Library),
    /// If it is a text, to be a day; the library is asked about what is none to us.
    Day(Library),
    /// If it is a number, not to be less; the library is asked unless both are whole.
    Least(Number, Library),
    /// If it is a number, not to be more; likewise.
    Most(Number, Library),
    /// A keyword of our own.
    Own(Box<dyn Predicate>),
    Library(Library),
}

/// A field of a record.
#[derive(Debug)]
pub(super) struct Field {
    key: Key<'static>,
    is_required: bool,
    spot: Spot,
    check: Check,
}

/// Many fields, found by a place that their names lead to.
#[derive(Debug)]
pub(super) struct Form {
    /// Those of one place side by side.
    fields: Box<[Field]>,
    /// Where those of each place begin and end.
    places: [(u8, u8); 64],
    required: usize,
    has_others: bool,
}

impl Check {
    /// The answer for a value. What is made of other questions is answered by a function of its own, which this one
    /// ends with, so that an optimised program jumps there: in a single function each question made room on the stack
    /// for what the most demanding one works with (docs/checking-speed.md).
    pub(super) fn holds(&self, node: &Node<'_>) -> bool {
        match self {
            Self::All(parts) => all(parts, node),
            Self::Any(parts) => any(parts, node),
            Self::Not(part) => not(part, node),
            Self::If(parts) => if_then(parts, node),
            Self::Kinds(kinds) => kinds.hold(node),
            Self::OneOf(lengths, choice) => choice.has(*lengths, node),
            Self::Fields(fields) => fields_hold(fields, node),
            Self::Form(form) => form.holds_for(node),
            Self::Items(each) => items_hold(each, node),
            Self::Contains(one) => contains(one, node),
            Self::Count(span) => counts(*span, node),
            Self::Characters(span) => node.as_str().is_none_or(|text| span.fits(text)),
            Self::Text(span) => node.as_str().is_some_and(|text| span.fits(text)),
            Self::Closer(closer) => closer.holds(node),
        }
    }
}

// One function for each question, none of them drawn into another: see `Check::holds`.

#[inline(never)]
fn all(parts: &[Check], node: &Node<'_>) -> bool {
    parts.iter().all(|part| part.holds(node))
}

#[inline(never)]
fn any(parts: &[Check], node: &Node<'_>) -> bool {
    parts.iter().any(|part| part.holds(node))
}

#[inline(never)]
fn not(part: &Check, node: &Node<'_>) -> bool {
    !part.holds(node)
}

#[inline(never)]
fn if_then([condition, then, otherwise]: &[Check; 3], node: &Node<'_>) -> bool {
    let applies = if condition.holds(node) {
        then
    } else {
        otherwise
    };
    applies.holds(node)
}

#[inline(never)]
fn fields_hold(fields: &[Field], node: &Node<'_>) -> bool {
    let node = node.resolved();
    let is_record = matches!(node.kind, Kind::Object(_) | Kind::Joined(_));
    !is_record || fields.iter().all(|field| field.holds(node))
}

#[inline(never)]
fn items_hold(each: &Check, node: &Node<'_>) -> bool {
    node.items().iter().all(|item| each.holds(item))
}

#[inline(never)]
fn contains(one: &Check, node: &Node<'_>) -> bool {
    match &node.resolved().kind {
        Kind::Array(items) => items.iter().any(|item| one.holds(item)),
        _ => true,
    }
}

#[inline(never)]
fn counts(span: Span, node: &Node<'_>) -> bool {
    match &node.resolved().kind {
        Kind::Array(items) => span.holds(items.len()),
        _ => true,
    }
}

impl Closer {
    /// The answer for a value; apart from the others for the same reason as these are from each other.
    #[inline(never)]
    fn holds(&self, node: &Node<'_>) -> bool {
        match self {
            Self::Letter(letters) => node.as_str().is_none_or(|text| letters.are_in(text)),
            Self::Pattern(needles, library) => match node.as_str() {
                Some(text) => needles.may_be_in(text) && library.holds_for(node),
                None => true,
            },
            Self::Day(library) => node.as_str().is_none_or(is_day) || library.holds_for(node),
            Self::Least(least, library) => match whole(node) {
                Some(number) => number.compare(*least).is_ge(),
                None => library.holds_for(node),
            },
            Self::Most(most, library) => match whole(node) {
                Some(number) => number.compare(*most).is_le(),
                None => library.holds_for(node),
            },
            Self::Own(keyword) => keyword.holds(node),
            Self::Library(library) => library.holds_for(node),
        }
    }
}

fn is_day(text: &str) -> bool {
    text.parse::<Date>().is_ok()
}

/// A number that is kept exact.
fn whole(node: &Node<'_>) -> Option<Number> {
    match node.resolved().kind {
        Kind::Number(number @ (Number::Unsigned(_) | Number::Signed(_))) => Some(number),
        _ => None,
    }
}

impl Field {
    fn holds(&self, record: &Node<'_>) -> bool {
        match record.member_at(&self.spot, &self.key) {
            Some(member) => self.check.holds(&member.value),
            None => !self.is_required,
        }
    }
}

impl Form {
    /// Of at most 255 fields.
    fn new(mut fields: Vec<Field>, has_others: bool) -> Self {
        fields.sort_by_key(|field| field.key.mark().slot());
        let places = std::array::from_fn(|place| {
            let before = |last: usize| {
                let count = fields.partition_point(|field| field.key.mark().slot() < last);
                u8::try_from(count).unwrap_or(u8::MAX)
            };
            (before(place), before(place + 1))
        });
        Self {
            required: fields.iter().filter(|field| field.is_required).count(),
            fields: fields.into(),
            places,
            has_others,
        }
    }

    #[inline(never)]
    fn holds_for(&self, node: &Node<'_>) -> bool {
        match &node.resolved().kind {
            Kind::Object(members) => self.holds(members.iter()),
            Kind::Joined(joined) => self.holds(joined.members()),
            _ => true,
        }
    }

    /// Names are unique within a record: counting those that are required tells whether all are there.
    fn holds<'n>(&self, members: impl Iterator<Item = &'n Member<'n>>) -> bool {
        let mut required = 0;
        for member in members {
            let (first, end) = self.places[member.key.mark().slot()];
            let here = &self.fields[usize::from(first)..usize::from(end)];
            match here.iter().find(|field| field.key == member.key) {
                Some(field) if !field.check.holds(&member.value) => return false,
                Some(field) => required += usize::from(field.is_required),
                None if !self.has_others => return false,
                None => {}
            }
        }
        required == self.required
    }
}
