//! Levels of deployment as pages say them.

use framework::{AdministrativeLevel, Component};

use super::lookup::Lookup;

/// «Từ Trung ương đến cấp xã», if the text states a deployment.
pub(super) fn range(lookup: Lookup<'_>, component: &Component) -> Option<String> {
    let deployment = component.deployment.as_ref()?;
    let level = |level: AdministrativeLevel| {
        lookup
            .words
            .get(&format!("administrative_levels.{}", level.as_str()))
    };
    let key = if deployment.at_least {
        "scope.at_least"
    } else {
        "scope.range"
    };
    let (from, to) = (level(deployment.from), level(deployment.to));
    Some(lookup.words.fill(key, &[("from", &from), ("to", &to)]))
}
