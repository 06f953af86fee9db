//! Records that are many and small: made for the judgement alone, some at a time, in the same memory.
//!
//! Each has to have a home: what a rule has said of a record is remembered by where its home lies.

use super::record::Record;
use crate::{Member, Node};

/// So many records are judged by one rule before the next rule looks at them: they stay in the
/// processor's cache, and cost grows with the number of records and not faster.
pub(crate) const RECORDS_AT_ONCE: usize = 64;

/// Who looks at some records; those that it takes out are its own.
pub(crate) type Look<'l, 'v> = dyn FnMut(&mut [Record<'v>]) + 'l;

/// A row of records, made and shown over and over.
pub(crate) struct Passing<'p, 'l, 'v> {
    row: Vec<Record<'v>>,
    made: usize,
    look: &'p mut Look<'l, 'v>,
}

impl<'p, 'l, 'v> Passing<'p, 'l, 'v> {
    pub(crate) fn new(look: &'p mut Look<'l, 'v>) -> Self {
        Self {
            row: Vec::new(),
            made: 0,
            look,
        }
    }

    /// The next record, to be given its fields.
    pub(crate) fn next(&mut self, home: &'v Node<'v>) -> &mut Vec<Member<'v>> {
        if self.made == RECORDS_AT_ONCE {
            self.end();
        }
        let index = self.made;
        self.made += 1;
        if index == self.row.len() {
            self.row.push(Record::made(Vec::new(), None));
        }
        let record = &mut self.row[index];
        record.home = Some(home);
        let fields = record.fields();
        fields.clear();
        fields
    }

    /// Shows those that have not been seen.
    pub(crate) fn end(&mut self) {
        (self.look)(&mut self.row[..self.made]);
        self.made = 0;
    }
}
