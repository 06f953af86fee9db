//! Templates: what an agency gets to fill in.

use framework::{AgencyLevel, Locale};
use intake::{Hints, Limits, OutputFormat, read, template};

use crate::project;

#[test]
fn the_same_arguments_give_the_same_bytes() {
    let catalogue = project::catalogue();
    for format in [OutputFormat::Xlsx, OutputFormat::Yaml, OutputFormat::Json] {
        let make = || template(AgencyLevel::Province, format, &catalogue, Locale::Vi).unwrap();
        assert_eq!(make(), make(), "{format:?}");
    }
    let bytes = template(
        AgencyLevel::Province,
        OutputFormat::Xlsx,
        &catalogue,
        Locale::Vi,
    )
    .unwrap();
    std::fs::write(
        concat!(env!("CARGO_TARGET_TMPDIR"), "/template.xlsx"),
        bytes,
    )
    .unwrap();
    let bytes = template(
        AgencyLevel::Province,
        OutputFormat::Yaml,
        &catalogue,
        Locale::Vi,
    )
    .unwrap();
    std::fs::write(
        concat!(env!("CARGO_TARGET_TMPDIR"), "/template.yaml"),
        bytes,
    )
    .unwrap();
}

#[test]
fn text_templates_can_be_read_and_list_the_18_components() {
    let catalogue = project::catalogue();
    for level in AgencyLevel::ALL {
        for format in [OutputFormat::Yaml, OutputFormat::Json] {
            let bytes = template(level, format, &catalogue, Locale::En).unwrap();
            let submission = read(&bytes, &Hints::default(), &Limits::default()).unwrap();
            let value = |pointer: &str| submission.root.pointer(pointer).unwrap().0;
            assert_eq!(value("/agency/level").as_str(), Some(level.as_str()));
            assert_eq!(value("/component_dispositions").items().len(), 18);
            assert!(value("/submission/id").is_null());
            assert_eq!(submission.notes, []);
        }
    }
}
