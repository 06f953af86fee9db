//! A submission out again: YAML, JSON or a workbook, without loss.

pub(crate) mod json;
pub(crate) mod yaml;

use framework::{AgencyLevel, Catalogue, Locale};
use rulebook::Node;

use crate::{WriteFault, workbook};

/// The formats a submission can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutputFormat {
    /// YAML.
    Yaml,
    /// JSON.
    Json,
    /// An Excel workbook.
    Xlsx,
}

impl OutputFormat {
    /// Reads the word of the command line and of addresses.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The media type to send it under.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Yaml => "application/yaml",
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Writes a submission. Read again, it is the same tree; the same tree gives the same bytes.
pub fn convert(
    root: &Node<'_>,
    format: OutputFormat,
    catalogue: &Catalogue,
    locale: Locale,
) -> Result<Vec<u8>, WriteFault> {
    let level = root
        .pointer("/agency/level")
        .and_then(|(node, _)| node.as_str());
    match format {
        OutputFormat::Yaml => Ok(yaml::text(root).into_bytes()),
        OutputFormat::Json => Ok(json::pretty(root).into_bytes()),
        OutputFormat::Xlsx => {
            let level = level.and_then(AgencyLevel::from_word);
            workbook::write(root, level, catalogue, locale).map_err(WriteFault)
        }
    }
}
