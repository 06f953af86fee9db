//! Findings by the clause they rest on, in the order of the text.

use framework::{Basis, ClauseId};
use rulebook::{CitedClause, Finding};

/// The findings of one clause.
pub(super) struct Group<'a> {
    /// The clause; none where a finding cites nothing.
    pub(super) clause: Option<&'a CitedClause>,
    /// Its findings, in the order of the report.
    pub(super) findings: Vec<&'a Finding>,
}

/// Findings of one basis by their first clause. Only the framework is grouped by clauses: what
/// rests on something else must not look as if the framework said it.
pub(super) fn groups<'a>(
    findings: impl Iterator<Item = &'a Finding>,
    basis: Basis,
) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for finding in findings.filter(|finding| finding.basis == basis) {
        let clause = finding
            .clauses
            .first()
            .filter(|_| basis == Basis::Framework);
        let known = groups
            .iter_mut()
            .find(|group| group.clause.map(|one| &one.id) == clause.map(|one| &one.id));
        match known {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group {
                clause,
                findings: vec![finding],
            }),
        }
    }
    groups.sort_by_key(|group| group.clause.map(|clause| order(&clause.id)));
    groups
}

/// Numbers by value, letters by the Vietnamese alphabet: `II.1.d` before `II.1.đ`, `II.2` before
/// `II.10`.
fn order(id: &ClauseId) -> Vec<(u32, String)> {
    id.as_str()
        .split('.')
        .map(|part| {
            let digits = part.trim_start_matches(|character: char| !character.is_ascii_digit());
            let letters = &part[..part.len() - digits.len()];
            let letters = letters.replace('đ', "d~");
            (digits.parse().unwrap_or(0), letters)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_come_in_the_order_of_the_text() {
        let mut ids: Vec<ClauseId> = [
            "II.3.4.3", "II.1.e", "II.10", "II.1.đ", "I.2.p1", "II.1.d", "II.2",
        ]
        .map(|id| id.parse().unwrap())
        .to_vec();
        ids.sort_by_key(order);
        let shown: Vec<&str> = ids.iter().map(ClauseId::as_str).collect();
        assert_eq!(
            shown,
            [
                "I.2.p1", "II.1.d", "II.1.đ", "II.1.e", "II.2", "II.3.4.3", "II.10"
            ]
        );
    }
}
