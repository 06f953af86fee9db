//! `ArchiMate` Model Exchange (3.x) into a submission.
//!
//! What becomes what (an agency's mapping file may say otherwise, see [`crate::Mapping`]):
//!
//! | element | list |
//! |---|---|
//! | `BusinessProcess`, `BusinessFunction`, `BusinessInteraction` | `business_processes` |
//! | `DataObject`, `BusinessObject` | `data_assets` |
//! | `ApplicationComponent`, `ApplicationCollaboration` | `applications` |
//! | `SystemSoftware` | `platforms` |
//! | `Node`, `Device`, `Facility`, `CommunicationNetwork` | `infrastructure` |
//! | `WorkPackage` | `roadmap` |
//!
//! A property `section` names the list of one element. The identifier becomes the id, so that a
//! second import meets the same records; names by `xml:lang`; a property becomes the field whose
//! path or label it has in either language. Properties of the model itself may have full paths
//! (`agency.level`).
//!
//! | relationship | becomes |
//! |---|---|
//! | `Flow` between two systems | a record of `integrations`, direction `send` |
//! | `Serving` from a system to a process | an entry of the process's `application_refs` |
//! | `Assignment`, `Realization`, `Serving` from infrastructure to an application or platform | its `hosting`, if it states none |
//!
//! Views, organisations and documentation are left out. Elements of other types are counted and
//! listed in a note.

mod model;
mod reading;
mod records;

use rulebook::Node;

use crate::{Limits, Unreadable, notes::Notes, workbook::Context};

/// Reads an exchange file.
pub(crate) fn parse<'t>(
    text: &'t str,
    context: &Context<'_>,
    limits: &Limits,
    notes: &mut Notes,
) -> Result<Node<'t>, Unreadable> {
    records::of(model::Model::open(text, limits, notes)?, context, notes)
}
