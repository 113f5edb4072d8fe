//! The papers that a provider keeps of a customer: fiscal notes, and the yearly statement that nothing is owed. Each is
//! opened as the provider's own file; of a settled year without one, a slip of ours says what the provider says.

use jiff::Timestamp;

use super::Journey;
use super::event::{Command, PrintJob};
use super::letters;
use super::scene::{Entries, Listed, Scene};
use super::step::{Opens, PrintNews, Record};
use crate::domain::service::{AnnualSettlement, FiscalNote};
use crate::domain::{DocumentRef, TaxId, calendar};

/// A year of which nothing is owed, as the provider says, who has no file of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledPaper {
    pub customer: String,
    /// Masked.
    pub tax_id: String,
    pub year: i16,
    /// Local date and time.
    pub at: jiff::civil::DateTime,
}

impl Journey {
    pub(super) fn notes(&self, notes: &[FiscalNote]) -> Vec<Record> {
        notes
            .iter()
            .map(|note| Record {
                id: note.id.clone(),
                text: note.number.clone(),
                status: None,
                on: note.issued,
                amount_cents: note.amount,
                detail: None,
                opens: self.note_opens(note),
            })
            .collect()
    }

    pub(super) fn settlements(&self, years: &[AnnualSettlement]) -> Vec<Record> {
        years
            .iter()
            .map(|settled| Record {
                id: settled.id.clone(),
                text: settled.year.to_string(),
                status: None,
                on: None,
                amount_cents: None,
                detail: None,
                opens: self.settlement_opens(settled),
            })
            .collect()
    }

    fn note_opens(&self, note: &FiscalNote) -> Option<Opens> {
        (note.has_pdf && self.abilities.serves.note_pdf).then_some(Opens::Document)
    }

    fn settlement_opens(&self, settled: &AnnualSettlement) -> Option<Opens> {
        if settled.has_pdf {
            self.abilities.serves.settlement_pdf.then_some(Opens::Document)
        } else {
            (self.equipment.printer || self.has_email()).then_some(Opens::Slip)
        }
    }

    /// Whether there is an entry to choose. One paper at a time is printed.
    pub(super) fn may_open(&self, listed: &Listed) -> bool {
        let opens = match &listed.entries {
            Entries::Notes(notes) => notes.iter().any(|note| self.note_opens(note).is_some()),
            Entries::Settlements(years) => years.iter().any(|settled| self.settlement_opens(settled).is_some()),
            Entries::Tickets(_) | Entries::Paid(_) | Entries::Visits(_) => false,
        };
        opens && !is_printing(listed)
    }

    pub(super) fn open_paper(&mut self, id: &str, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(customer) = self.session.account.as_ref().map(|account| account.customer.id.clone()) else { return };
        let Scene::Records(listed) = &self.scene else { return };
        if is_printing(listed) {
            return;
        }
        match &listed.entries {
            Entries::Notes(notes) => {
                let wanted = notes.iter().find(|note| note.id == id);
                if let Some(note) = wanted.filter(|note| self.note_opens(note).is_some()) {
                    let note = note.id.clone();
                    self.open_document(DocumentRef::FiscalNote { customer, note }, now, commands);
                }
            }
            Entries::Settlements(years) => {
                let Some(settled) = years.iter().find(|settled| settled.id == id) else { return };
                match self.settlement_opens(settled) {
                    Some(Opens::Document) => {
                        let id = settled.id.clone();
                        self.open_document(DocumentRef::AnnualSettlement { customer, id }, now, commands);
                    }
                    Some(Opens::Slip) => {
                        let year = settled.year;
                        self.wants_listed(letters::Listed::Year(year), now, commands);
                    }
                    Some(Opens::Choices) | None => {}
                }
            }
            Entries::Tickets(_) | Entries::Paid(_) | Entries::Visits(_) => {}
        }
    }

    pub(super) fn settled_paper(&self, year: i16, now: Timestamp) -> SettledPaper {
        let tax_id = self.session.who.as_ref().map(TaxId::masked).unwrap_or_default();
        SettledPaper { customer: self.customer_name(), tax_id, year, at: calendar::sao_paulo(now) }
    }

    pub(super) fn print_settled(&mut self, year: i16, now: Timestamp, commands: &mut Vec<Command>) {
        let paper = self.settled_paper(year, now);
        let attempt = self.next_attempt();
        let Scene::Records(listed) = &mut self.scene else { return };
        listed.printed = Some((attempt, PrintNews::Printing));
        commands.push(Command::Print { attempt, job: PrintJob::YearSettled(Box::new(paper)) });
    }
}

fn is_printing(listed: &Listed) -> bool {
    matches!(listed.printed, Some((_, PrintNews::Printing)))
}
