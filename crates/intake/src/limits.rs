//! How much of an upload is looked at before it is refused.

/// The bounds of one reading. The defaults are the published ones (INTERFACE.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a text or workbook as uploaded.
    pub bytes: usize,
    /// Bytes of an `ArchiMate` exchange file, which is wordy XML.
    pub xml_bytes: usize,
    /// How deep lists and records may nest in JSON and YAML.
    pub depth: usize,
    /// How deep XML elements may nest.
    pub xml_depth: usize,
    /// Bytes of one text, or of the attributes of one element, in XML.
    pub xml_text: usize,
    /// Values in the tree, keys not counted.
    pub nodes: usize,
    /// Records: items of lists that are records themselves.
    pub records: usize,
    /// Cells of a workbook that hold something.
    pub cells: usize,
    /// Bytes of text in all cells of a workbook together.
    pub cell_text: usize,
    /// Files inside a workbook.
    pub entries: usize,
    /// Bytes of a workbook once unpacked.
    pub unpacked_bytes: u64,
    /// How many times larger than packed a file inside a workbook may be.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 10 << 20,
            xml_bytes: 64 << 20,
            depth: 128,
            xml_depth: 256,
            xml_text: 1 << 20,
            nodes: 250_000,
            records: 20_000,
            cells: 200_000,
            cell_text: 16 << 20,
            entries: 2_000,
            unpacked_bytes: 64 << 20,
            ratio: 400,
        }
    }
}
