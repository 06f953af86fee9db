//! The official JSON-Schema-Test-Suite, draft 2020-12, under our keywords and over our tree.
//!
//! The suite is not copied into this repository: `cargo xtask test suite` fetches it, pinned by its
//! hash, and names its folder in `KHUNG_SCHEMA_SUITE`. What is left out stands here by name with the
//! reason, and an exception that is not needed any more fails the test as well.

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        env, fs,
        path::{Path, PathBuf},
    };

    use crate::{
        Node,
        json::{self, Limits},
        schema::Schema,
    };

    /// Files that our reader does not read, each with the reason.
    const FILES_LEFT_OUT: &[(&str, &str)] = &[(
        "optional/bignum.json",
        "a number that would be rounded is refused with its place, not compared",
    )];

    const NO_FETCHING: &str = "a $ref that leads out of the schema is refused, never fetched";
    const KNOWN_FORMATS: &str =
        "a format that nothing checks is refused, so that no rule believes it is checked";

    /// Groups whose schema we refuse to load: file, group (`*`: any), reason.
    const REFUSED: &[(&str, &str, &str)] = &[
        ("refRemote.json", "*", NO_FETCHING),
        (
            "dynamicRef.json",
            "strict-tree schema, guards against misspelled properties",
            NO_FETCHING,
        ),
        (
            "dynamicRef.json",
            "tests for implementation dynamic anchor and reference link",
            NO_FETCHING,
        ),
        (
            "dynamicRef.json",
            "$ref and $dynamicAnchor are independent of order - $defs first",
            NO_FETCHING,
        ),
        (
            "dynamicRef.json",
            "$ref and $dynamicAnchor are independent of order - $ref first",
            NO_FETCHING,
        ),
        (
            "dynamicRef.json",
            "$ref to $dynamicRef finds detached $dynamicAnchor",
            NO_FETCHING,
        ),
        (
            "optional/cross-draft.json",
            "refs to historic drafts are processed as historic drafts",
            NO_FETCHING,
        ),
        ("format.json", "idn-email format", KNOWN_FORMATS),
        ("format.json", "idn-hostname format", KNOWN_FORMATS),
        ("optional/format/idn-email.json", "*", KNOWN_FORMATS),
        ("optional/format/idn-hostname.json", "*", KNOWN_FORMATS),
        ("optional/format/unknown.json", "*", KNOWN_FORMATS),
    ];

    /// Cases on which we give the other verdict: file, group (`*`: any), how the case ends, reason.
    const OTHER_VERDICT: &[(&str, &str, &str, &str)] = &[
        (
            "format.json",
            "*",
            " string is only an annotation by default",
            "formats are asserted: a rule that asks for a date means it",
        ),
        (
            "vocabulary.json",
            "schema that uses custom metaschema with with no validation vocabulary",
            "no validation: invalid number, but it still validates",
            "$schema chooses nothing: every rule is judged by draft 2020-12 in full",
        ),
    ];

    /// How many cases the pinned suite has for draft 2020-12: fewer means that files were lost.
    const CASES: usize = 1906;

    fn suite() -> PathBuf {
        let folder = env::var_os("KHUNG_SCHEMA_SUITE")
            .expect("KHUNG_SCHEMA_SUITE names the suite: run `cargo xtask test suite`");
        PathBuf::from(folder)
    }

    fn files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder of the suite") {
            let path = entry.expect("an entry of the suite").path();
            if path.is_dir() {
                files(&path, found);
            } else {
                found.push(path);
            }
        }
        found.sort();
    }

    /// What was run, and how it went.
    #[derive(Default)]
    struct Tally {
        agreed: usize,
        left_out: usize,
        differences: Vec<String>,
        /// The exceptions that were met, by their reason and place in the lists.
        used: BTreeSet<(&'static str, usize)>,
    }

    impl Tally {
        /// Whether this group is one whose schema we refuse.
        fn is_refused(&mut self, file: &str, group: &str) -> bool {
            let mut entries = REFUSED.iter();
            let found =
                entries.position(|(of, name, _)| *of == file && (*name == "*" || *name == group));
            self.used.extend(found.map(|index| ("refused", index)));
            found.is_some()
        }

        fn case(&mut self, file: &str, group: &str, case: &str, agrees: bool) {
            if agrees {
                self.agreed += 1;
                return;
            }
            let mut entries = OTHER_VERDICT.iter();
            let found = entries.position(|(of, in_group, end, _)| {
                *of == file && (*in_group == "*" || *in_group == group) && case.ends_with(end)
            });
            if let Some(index) = found {
                self.left_out += 1;
                self.used.insert(("verdict", index));
            } else {
                let difference = format!("{file} | {group} | {case}: other verdict");
                self.differences.push(difference);
            }
        }
    }

    fn text<'n>(node: &'n Node<'_>, name: &str) -> &'n str {
        node.get(name).and_then(Node::as_str).unwrap_or_default()
    }

    fn run(file: &str, root: &Node<'_>, tally: &mut Tally) {
        for group in root.items() {
            let name = text(group, "description");
            let cases = group.get("tests").map(Node::items).unwrap_or_default();
            let schema = group.get("schema").expect("a group has a schema").to_json();
            let schema = match Schema::question(&schema) {
                Ok(schema) => schema,
                Err(_) if tally.is_refused(file, name) => {
                    tally.left_out += cases.len();
                    continue;
                }
                Err(error) => {
                    tally.differences.push(format!("{file} | {name}: {error}"));
                    continue;
                }
            };
            for case in cases {
                let data = case.get("data").expect("a case has data");
                let valid = case.get("valid").and_then(Node::as_bool);
                let is_valid = schema.holds_for(data);
                let lists_errors = schema.errors(data).next().is_some();
                let agrees = is_valid != lists_errors && Some(is_valid) == valid;
                tally.case(file, name, text(case, "description"), agrees);
            }
        }
    }

    #[test]
    #[ignore = "needs the official suite: cargo xtask test suite"]
    fn our_schemas_behave_as_the_official_suite_says() {
        let suite = suite();
        let mut paths = Vec::new();
        files(&suite, &mut paths);
        let mut tally = Tally::default();
        let mut whole_files = BTreeSet::new();
        for path in paths {
            let inside = path.strip_prefix(&suite).expect("a file of the suite");
            let name = inside.to_string_lossy().into_owned();
            let written = fs::read_to_string(&path).expect("a file of the suite");
            if FILES_LEFT_OUT.iter().any(|(file, _)| *file == name) {
                tally.left_out += written.matches("\"valid\":").count();
                whole_files.insert(name);
                continue;
            }
            match json::parse(&written, &Limits::default()) {
                Ok(root) => run(&name, &root, &mut tally),
                Err(faults) => tally.differences.push(format!("{name}: {faults:?}")),
            }
        }
        let Tally {
            agreed,
            left_out,
            differences,
            used,
        } = tally;
        assert!(
            differences.is_empty(),
            "{agreed} agree, {left_out} left out; these differ:\n{}",
            differences.join("\n")
        );
        assert_eq!(agreed + left_out, CASES, "cases of the suite");
        for (file, _) in FILES_LEFT_OUT {
            let name = format!("the suite has no {file}: drop it from the list");
            assert!(whole_files.contains(*file), "{name}");
        }
        for (index, entry) in REFUSED.iter().enumerate() {
            let is_used = used.contains(&("refused", index));
            assert!(is_used, "{entry:?} needs no exception any more");
        }
        for (index, entry) in OTHER_VERDICT.iter().enumerate() {
            let is_used = used.contains(&("verdict", index));
            assert!(is_used, "{entry:?} needs no exception any more");
        }
    }
}
