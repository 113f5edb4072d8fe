//! One change that a customer confirmed, and how it shows that it was made.

use jiff::civil::Date;

use super::{Correction, Look, Offer, Seen, Slot, Stands};
use crate::domain::service::{Contact, ContactChange, ContactKind};
use crate::domain::{ContractId, Typed};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    DueDay {
        contract: ContractId,
        from: String,
        to: String,
    },
    Contacts(ContactChange),
    Notifications {
        on: bool,
    },
    DigitalInvoice {
        password: Typed,
    },
    Negotiate(Box<Offer>),
    MoveVisit {
        visit: String,
        slot: Slot,
    },
    CancelVisit {
        visit: String,
    },
    /// Marks from 0 to 10.
    RateVisit {
        visit: String,
        technician: u8,
        solution: u8,
    },
    Pause {
        contract: ContractId,
        from: Date,
        days: u16,
    },
    ResetAppPassword,
    AcceptContract {
        contract: ContractId,
    },
    Correct(Correction),
}

impl Wish {
    /// Where it shows whether it was done; nothing where the ERP has no such place.
    #[must_use]
    pub fn look_up(&self) -> Option<Look> {
        match self {
            Wish::DueDay { contract, .. } => Some(Look::DueDays { contract: contract.clone() }),
            Wish::Contacts(_) => Some(Look::Contacts),
            Wish::Negotiate(offer) => Some(Look::Bills { bills: offer.bills.clone() }),
            Wish::MoveVisit { .. } | Wish::CancelVisit { .. } => Some(Look::Visits),
            Wish::Pause { .. } => Some(Look::Pausable),
            Wish::Notifications { .. }
            | Wish::DigitalInvoice { .. }
            | Wish::RateVisit { .. }
            | Wish::ResetAppPassword
            | Wish::AcceptContract { .. }
            | Wish::Correct(_) => None,
        }
    }

    /// Whether what was seen shows it done. False says nothing: it may still be on its way.
    #[must_use]
    pub fn is_done_in(&self, seen: &Seen) -> bool {
        match (self, seen) {
            (Wish::DueDay { contract, to, .. }, Seen::DueDays(days)) => {
                days.contract == *contract && days.current.as_ref() == Some(to)
            }
            (Wish::Contacts(change), Seen::Contacts(contacts)) => {
                let wanted = [(ContactKind::Phone, &change.phone), (ContactKind::Email, &change.email)];
                let mut wanted = wanted.into_iter().filter_map(|(kind, value)| Some((kind, value.as_deref()?)));
                wanted.all(|(kind, value)| contacts.iter().any(|one| is_same(one, kind, value)))
            }
            // of bills that are neither open nor paid there are others now
            (Wish::Negotiate(_), Seen::Bills(bills)) => {
                !bills.is_empty() && bills.iter().all(|(_, stands)| *stands == Stands::Gone)
            }
            (Wish::MoveVisit { visit, slot }, Seen::Visits(visits)) => {
                let moved = visits.iter().find(|one| one.id == *visit);
                moved.is_some_and(|one| one.on == Some(slot.on) && one.part.is_none_or(|part| part == slot.part))
            }
            (Wish::CancelVisit { visit }, Seen::Visits(visits)) => {
                visits.iter().all(|one| one.id != *visit || one.on.is_none())
            }
            // only one that had not rested was asked for
            (Wish::Pause { contract, .. }, Seen::Pausable(contracts)) => {
                contracts.iter().all(|one| one.contract != *contract || one.rested)
            }
            _ => false,
        }
    }

    /// For the log: without anything of the customer.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Wish::DueDay { .. } => "change_due_day",
            Wish::Contacts(_) => "change_contacts",
            Wish::Notifications { .. } => "notifications",
            Wish::DigitalInvoice { .. } => "digital_invoice",
            Wish::Negotiate(_) => "negotiate",
            Wish::MoveVisit { .. } => "move_visit",
            Wish::CancelVisit { .. } => "cancel_visit",
            Wish::RateVisit { .. } => "rate_visit",
            Wish::Pause { .. } => "pause",
            Wish::ResetAppPassword => "reset_app_password",
            Wish::AcceptContract { .. } => "accept_contract",
            Wish::Correct(_) => "correct_profile",
        }
    }

    /// It carries a secret of the customer's: it is not kept to be asked again.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self, Wish::DigitalInvoice { .. })
    }
}

impl Look {
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Look::DueDays { .. } => "due_days",
            Look::Contacts => "contacts",
            Look::Offers { .. } => "offers",
            Look::Bills { .. } => "negotiated_bills",
            Look::Visits => "visits",
            Look::Slots { .. } => "visit_slots",
            Look::Pausable => "pausable",
        }
    }
}

/// A phone with or without the country's number, its punctuation aside; an address in whatever case.
fn is_same(contact: &Contact, kind: ContactKind, value: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    contact.kind == kind
        && match kind {
            ContactKind::Email => contact.value.trim().eq_ignore_ascii_case(value.trim()),
            ContactKind::Phone => {
                let (known, wanted) = (digits(&contact.value), digits(value));
                known == wanted || known == format!("55{wanted}")
            }
        }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::changes::{DayPart, DueDays, Pausable, Visit};

    fn contact(kind: ContactKind, value: &str) -> Contact {
        Contact { kind, value: value.into() }
    }

    fn visit(id: &str, on: Option<Date>) -> Visit {
        let (protocol, about) = (String::new(), String::new());
        Visit { id: id.into(), protocol, about, on, part: Some(DayPart::Morning), is_over: false }
    }

    #[test]
    fn a_due_day_shows_that_it_was_changed() {
        let wish = Wish::DueDay { contract: "1".into(), from: "4".into(), to: "2".into() };
        let seen = |contract: &str, current: Option<&str>| {
            let current = current.map(str::to_owned);
            Seen::DueDays(DueDays { contract: contract.into(), current, days: Vec::new() })
        };
        assert!(wish.is_done_in(&seen("1", Some("2"))));
        for other in [seen("1", Some("4")), seen("1", None), seen("2", Some("2")), Seen::Contacts(Vec::new())] {
            assert!(!wish.is_done_in(&other), "{other:?}");
        }
    }

    #[test]
    fn a_phone_is_the_same_however_it_is_written_and_another_is_not() {
        let phone = Wish::Contacts(ContactChange { phone: Some("31900001234".into()), email: None });
        for (written, expected) in [("(31) 90000-1234", true), ("5531900001234", true), ("31900001235", false)] {
            let seen = Seen::Contacts(vec![contact(ContactKind::Phone, written)]);
            assert_eq!(phone.is_done_in(&seen), expected, "{written}");
        }
        let email = Wish::Contacts(ContactChange { phone: None, email: Some("a@example.com".into()) });
        assert!(email.is_done_in(&Seen::Contacts(vec![contact(ContactKind::Email, "A@Example.com ")])));
        assert!(!email.is_done_in(&Seen::Contacts(vec![contact(ContactKind::Phone, "a@example.com")])));
    }

    #[test]
    fn bills_that_are_open_or_paid_were_not_negotiated() {
        let offer = |bills: &[&str]| Offer {
            id: "1".into(),
            bills: bills.iter().map(|id| (*id).into()).collect(),
            rule: None,
            fine: None,
            interest: None,
            discount: None,
            instalments: Vec::new(),
        };
        let wish = Wish::Negotiate(Box::new(offer(&["1", "2"])));
        for (stands, expected) in [
            (vec![Stands::Gone, Stands::Gone], true),
            (vec![Stands::Gone, Stands::Open], false),
            (vec![Stands::Paid, Stands::Gone], false),
            (vec![], false),
        ] {
            let seen = Seen::Bills(stands.iter().map(|stands| ("1".into(), *stands)).collect());
            assert_eq!(wish.is_done_in(&seen), expected, "{stands:?}");
        }
    }

    #[test]
    fn a_visit_shows_where_it_was_moved_to_and_that_it_was_cancelled() {
        let (before, after) = (date(2026, 12, 1), date(2026, 12, 4));
        let slot = |part| Slot { id: "7".into(), on: after, part };
        let moved = |part| Wish::MoveVisit { visit: "1".into(), slot: slot(part) };
        assert!(moved(DayPart::Morning).is_done_in(&Seen::Visits(vec![visit("1", Some(after))])));
        assert!(!moved(DayPart::Afternoon).is_done_in(&Seen::Visits(vec![visit("1", Some(after))])));
        assert!(!moved(DayPart::Morning).is_done_in(&Seen::Visits(vec![visit("1", Some(before))])));
        assert!(!moved(DayPart::Morning).is_done_in(&Seen::Visits(Vec::new())));
        let cancelled = Wish::CancelVisit { visit: "1".into() };
        assert!(cancelled.is_done_in(&Seen::Visits(vec![visit("2", Some(before))])));
        assert!(cancelled.is_done_in(&Seen::Visits(vec![visit("1", None)])));
        assert!(!cancelled.is_done_in(&Seen::Visits(vec![visit("1", Some(before))])));
    }

    #[test]
    fn a_contract_that_rests_is_one_that_rested() {
        let pause = Wish::Pause { contract: "1".into(), from: date(2026, 12, 1), days: 30 };
        let row = |rested| Pausable { contract: "1".into(), plan: String::new(), owes: false, rested };
        assert!(pause.is_done_in(&Seen::Pausable(vec![row(true)])));
        assert!(pause.is_done_in(&Seen::Pausable(Vec::new())));
        assert!(!pause.is_done_in(&Seen::Pausable(vec![row(false)])));
    }
}
