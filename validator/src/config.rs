//! How the server is set up: as written (file, environment, flags), then resolved.
//!
//! Every setting is one row of the table in [`settings`]: its name in the TOML file, the same name in
//! capitals after `KHUNG_` in the environment, its type, its default and the range that makes sense.
//! A later source wins: file, then environment, then flags.

mod network;
mod settings;

use std::{fmt, path::Path};

use framework::Localized;

pub use network::{Network, NetworkError};
pub use settings::{Config, LogFormat, Settings};

/// Names after `KHUNG_` that belong to the program and not to the server.
const OTHER_VARIABLES: [&str; 3] = ["KHUNG_ROOT", "KHUNG_LANG", "KHUNG_CONFIG"];

/// Why a configuration cannot be used; says which source and which setting.
#[derive(Debug)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        file: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The file is not TOML, or a setting in it is unknown or of the wrong kind.
    File {
        /// The file.
        file: String,
        /// What and where, with the line.
        cause: Box<toml::de::Error>,
    },
    /// A variable of the environment cannot be understood.
    Variable {
        /// The variable.
        name: String,
        /// What is wrong with its value.
        cause: String,
    },
    /// A value is understood but makes no sense.
    OutOfRange {
        /// The setting.
        setting: &'static str,
        /// The value given.
        value: u64,
        /// The least that works.
        least: u64,
        /// The most that works.
        most: u64,
    },
}

impl ConfigError {
    /// What is wrong, in both languages.
    pub fn message(&self) -> Localized {
        match self {
            Self::Unreadable { file, cause } => Localized::text(
                format!("không đọc được tệp cấu hình {file}: {cause}"),
                format!("the configuration file {file} cannot be read: {cause}"),
            ),
            Self::File { file, cause } => Localized::text(
                format!("tệp cấu hình {file} không dùng được:\n{cause}"),
                format!("the configuration file {file} cannot be used:\n{cause}"),
            ),
            Self::Variable { name, cause } => Localized::text(
                format!("biến môi trường {name} không hiểu được: {cause}"),
                format!("the environment variable {name} cannot be understood: {cause}"),
            ),
            Self::OutOfRange {
                setting,
                value,
                least,
                most,
            } => Localized::text(
                format!("{setting} = {value}: cần từ {least} đến {most}"),
                format!("{setting} = {value}: must be from {least} to {most}"),
            ),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message().en)
    }
}

impl std::error::Error for ConfigError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. } => Some(cause),
            Self::File { cause, .. } => Some(cause),
            Self::Variable { .. } | Self::OutOfRange { .. } => None,
        }
    }
}

/// A configuration and the `KHUNG_…` variables that name no setting: worth a warning, since they
/// are usually misspelt.
#[derive(Debug)]
pub struct Resolved {
    /// What holds.
    pub config: Config,
    /// Variables nobody reads.
    pub unknown_variables: Vec<String>,
}

/// Puts the sources together: defaults, the file if one is named, the environment, the flags.
pub fn resolve(
    file: Option<&Path>,
    environment: impl IntoIterator<Item = (String, String)>,
    flags: Settings,
) -> Result<Resolved, ConfigError> {
    let written = file.map_or_else(|| Ok(Settings::default()), read_file)?;
    let (variables, unknown_variables) = read_environment(environment)?;
    let config = Config::default().with(written).with(variables).with(flags);
    config.check()?;
    Ok(Resolved {
        config,
        unknown_variables,
    })
}

fn read_file(path: &Path) -> Result<Settings, ConfigError> {
    let file = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable {
        file: file.clone(),
        cause,
    })?;
    toml::from_str(&text).map_err(|cause| ConfigError::File {
        file,
        cause: Box::new(cause),
    })
}

fn read_environment(
    environment: impl IntoIterator<Item = (String, String)>,
) -> Result<(Settings, Vec<String>), ConfigError> {
    let mut settings = Settings::default();
    let mut unknown = Vec::new();
    for (name, text) in environment {
        let Some(rest) = name.strip_prefix("KHUNG_") else {
            continue;
        };
        let setting = rest.to_ascii_lowercase();
        if !Settings::NAMES.contains(&setting.as_str()) {
            if !OTHER_VARIABLES.contains(&name.as_str()) {
                unknown.push(name);
            }
            continue;
        }
        let table = toml::Table::from_iter([(setting, Settings::value_of(rest, &text))]);
        let one = table
            .try_into::<Settings>()
            .map_err(|cause| ConfigError::Variable {
                name,
                cause: cause.message().to_owned(),
            })?;
        settings = settings.or(one);
    }
    unknown.sort();
    Ok((settings, unknown))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file
    }

    fn variables(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|&(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    #[test]
    fn a_flag_beats_the_environment_and_the_environment_beats_the_file() {
        let written = file("listen = \"127.0.0.1:1\"\nqueue = 3\nworkers = 7\n");
        let environment = variables(&[("KHUNG_LISTEN", "127.0.0.1:2"), ("KHUNG_QUEUE", "4")]);
        let flags = Settings {
            listen: Some("127.0.0.1:3".parse().unwrap()),
            ..Settings::default()
        };
        let config = resolve(Some(written.path()), environment, flags)
            .unwrap()
            .config;
        assert_eq!(config.listen.port(), 3);
        assert_eq!((config.queue, config.workers), (4, 7));
        assert_eq!(config.body_limit, 10 * 1024 * 1024);
    }

    #[test]
    fn an_unknown_setting_in_the_file_is_refused_with_its_line() {
        let written = file("queue = 3\nbody_limt = 5\n");
        let error = resolve(Some(written.path()), [], Settings::default()).unwrap_err();
        let said = error.to_string();
        assert!(
            said.contains("line 2") && said.contains("body_limt"),
            "{said}"
        );
    }

    #[test]
    fn a_variable_that_cannot_be_understood_is_named() {
        let environment = variables(&[("KHUNG_BODY_LIMIT", "ten")]);
        let error = resolve(None, environment, Settings::default()).unwrap_err();
        assert!(error.to_string().contains("KHUNG_BODY_LIMIT"), "{error}");
    }

    #[test]
    fn a_misspelt_variable_is_reported_and_the_program_s_own_are_not() {
        let environment = variables(&[("KHUNG_LISTN", "x"), ("KHUNG_ROOT", "/x"), ("PATH", "/")]);
        let resolved = resolve(None, environment, Settings::default()).unwrap();
        assert_eq!(resolved.unknown_variables, ["KHUNG_LISTN"]);
    }

    #[test]
    fn a_value_outside_its_range_is_refused() {
        let flags = Settings {
            head_timeout_seconds: Some(0),
            ..Settings::default()
        };
        let error = resolve(None, [], flags).unwrap_err();
        assert!(
            error.to_string().contains("head_timeout_seconds = 0"),
            "{error}"
        );
    }

    #[test]
    fn trusted_proxies_are_a_list_in_the_file_and_comma_separated_in_the_environment() {
        let written = file("trusted_proxies = [\"10.0.0.0/8\"]\n");
        let from_file = resolve(Some(written.path()), [], Settings::default())
            .unwrap()
            .config;
        assert!(from_file.trusted_proxies[0].contains("10.9.8.7".parse().unwrap()));
        let environment = variables(&[("KHUNG_TRUSTED_PROXIES", "127.0.0.1, ::1")]);
        let from_variables = resolve(None, environment, Settings::default())
            .unwrap()
            .config;
        assert_eq!(from_variables.trusted_proxies.len(), 2);
    }

    #[test]
    fn what_is_printed_is_a_file_that_says_the_same() {
        let flags = Settings {
            trusted_proxies: Some(vec!["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()]),
            metrics_listen: Some(Some("127.0.0.1:9090".parse().unwrap())),
            log_format: Some(LogFormat::Json),
            ..Settings::default()
        };
        let config = resolve(None, [], flags).unwrap().config;
        let written = file(&config.to_toml());
        let again = resolve(Some(written.path()), [], Settings::default())
            .unwrap()
            .config;
        assert_eq!(config, again);
    }

    #[test]
    fn the_settings_shipped_with_the_unit_are_the_defaults() {
        let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/khung.toml");
        let config = resolve(Some(Path::new(shipped)), [], Settings::default())
            .unwrap()
            .config;
        assert_eq!(config, Config::default());
        let text = std::fs::read_to_string(shipped).unwrap();
        for name in Settings::NAMES {
            assert!(
                text.contains(&format!("{name} = ")),
                "{name} is not in deploy/khung.toml"
            );
        }
    }
}
