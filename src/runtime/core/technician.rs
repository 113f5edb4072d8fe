//! What the technician wants of the desk: answered from the journal and the parts, and written down before it is done.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Core;
use super::doubts::Doubts;
use super::pix_desk::PixDesk;
use super::roll::Paper;
use crate::domain::{CardSale, DeskFact, InvoiceId, Note, PaymentId, Typed};
use crate::erp;
use crate::journey::step::{ClosedWhy, PanelLine, PanelRow, PartState, Walked, Which};
use crate::journey::technician::{Account, Errand, Greeting, Parts, Told, Wish};
use crate::journey::{Attempt, Event, PrintJob};
use crate::paper;
use crate::payment::{Entry, Fact, Payment, PixTry, Standing};
use crate::runtime::call::{Answer, Call, Ticket};

/// Payments on a list of receipts.
const RECEIPTS: u32 = 60;
/// How far back wrong PINs are counted after a start.
const TRIES_LOOKED_AT: u32 = 200;

/// A payment in the technician's words. Who builds the totem gives them; the desk only hands them on.
pub trait Words: Send {
    /// One line of a list.
    fn row(&self, entries: &[Entry]) -> Option<PanelRow>;
    /// Everything. What may be done with it, the desk says.
    fn account(&self, entries: &[Entry]) -> Option<Account>;
    /// One line for a bill whose PDF was not shown.
    fn doubt_row(&self, _: &InvoiceId, _: Timestamp) -> Option<PanelRow> {
        None
    }
    /// Everything about it.
    fn doubt(&self, _: &InvoiceId, _: Timestamp) -> Option<Account> {
        None
    }
    /// One line for a try of PIX that needs a person.
    fn pix_try_row(&self, _: &PixTry, _: Timestamp) -> Option<PanelRow> {
        None
    }
    /// Everything about it.
    fn pix_try(&self, _: &PixTry, _: Timestamp) -> Option<Account> {
        None
    }
    /// A transaction that waits at the TEF.
    fn waiting(&self, sale: &CardSale) -> PanelLine {
        PanelLine { name: format!("NSU {}", sale.nsu), value: sale.amount.to_string() }
    }
}

/// Without words there is no list.
pub struct Wordless;

impl Words for Wordless {
    fn row(&self, _: &[Entry]) -> Option<PanelRow> {
        None
    }

    fn account(&self, _: &[Entry]) -> Option<Account> {
        None
    }
}

/// What the desk remembers for the panel.
pub struct Service {
    pub words: Box<dyn Words>,
    pub version: String,
    erp: PartState,
    /// The last walk over the journal.
    pub walked: Option<Walked>,
    /// Papers that the technician asked for, with who and of which payment.
    pub papers: BTreeMap<Attempt, (String, Option<PaymentId>)>,
    /// What is asked of the machine, with who.
    pub errands: BTreeMap<Attempt, (String, Errand)>,
    /// Bills whose PDF waits for a person.
    pub doubts: Doubts,
    /// Where PIX is tried, and what was tried.
    pub pix: PixDesk,
    pub paper: Paper,
    pub greeting: Greeting,
}

impl Default for Service {
    fn default() -> Service {
        Service {
            words: Box::new(Wordless),
            version: String::new(),
            erp: PartState::Unknown,
            walked: None,
            papers: BTreeMap::new(),
            errands: BTreeMap::new(),
            doubts: Doubts::new(),
            pix: PixDesk::default(),
            paper: Paper::default(),
            greeting: Greeting::default(),
        }
    }
}

impl Service {
    /// By its last answer.
    pub fn erp(&self) -> PartState {
        self.erp
    }
}

impl Core {
    /// The words of the technician's panel, and the program's version.
    pub fn serve_technicians(&mut self, words: Box<dyn Words>, version: &str) {
        self.service.words = words;
        version.clone_into(&mut self.service.version);
    }

    /// What an earlier run leaves to this one: whether the totem is closed, and how often a wrong PIN was typed.
    pub(super) fn remember_service(&mut self) {
        match self.ledger.stopped() {
            Ok(Some(note)) => self.events.push(Event::StoppedSince(note.at)),
            Ok(None) => {}
            Err(why) => tracing::warn!(why, "the journal does not tell whether the totem was closed"),
        }
        self.remember_doubts();
        self.remember_pix_tries();
        self.remember_roll();
        self.remember_greeting();
        let notes = self.ledger.notes(TRIES_LOOKED_AT).unwrap_or_default();
        let wrong: Vec<&Note> = notes
            .iter()
            .take_while(|note| !matches!(note.fact, DeskFact::PanelOpened { .. }))
            .filter(|note| note.fact == DeskFact::PanelRefused)
            .collect();
        if let Some(last) = wrong.first() {
            let tries = u32::try_from(wrong.len()).unwrap_or(u32::MAX);
            self.events.push(Event::PinTries { wrong: tries, last: last.at });
        }
    }

    /// Makes durable what is about no payment. False when the journal refused.
    pub(super) fn note(&mut self, fact: DeskFact, now: Timestamp) -> bool {
        if self.broken {
            return false;
        }
        tracing::info!(fact = fact.name(), by = fact.by().unwrap_or_default(), "at the desk");
        match self.ledger.note(&Note { at: now, fact }) {
            Ok(()) => true,
            Err(why) => {
                self.break_off(&why);
                false
            }
        }
    }

    pub(super) fn check_pin(&mut self, attempt: Attempt, pin: Typed) {
        self.calls.push(Call::CheckPin { attempt, pin });
    }

    /// A broken journal cannot take it down, and is what the technician has come for.
    pub(super) fn pin_checked(&mut self, attempt: Attempt, by: Option<String>, now: Timestamp) {
        let fact = by.clone().map_or(DeskFact::PanelRefused, |by| DeskFact::PanelOpened { by });
        self.note(fact, now);
        self.events.push(Event::PinChecked { attempt, by });
    }

    /// What the ERP's answers say of it.
    pub(super) fn hear_the_erp(&mut self, answer: &Answer) {
        let error = match answer {
            Answer::Account { result, .. } => result.as_ref().err(),
            Answer::Prepared { bills, .. } => bills.as_ref().err(),
            Answer::BillsRead { result, .. } => result.as_ref().err(),
            Answer::Boleto { result, .. } => result.as_ref().err(),
            _ => return,
        };
        let out_of_reach = matches!(error, Some(erp::Error::Unreachable(_) | erp::Error::SignIn(_)));
        self.service.erp = PartState::of(!out_of_reach);
    }

    pub(super) fn technician_wishes(&mut self, attempt: Attempt, by: String, wish: &Wish, now: Timestamp) {
        let told = match *wish {
            Wish::State => {
                self.check_devices(now);
                Told::State(Box::new(self.parts(now)))
            }
            Wish::List(which) => Told::List { which, rows: self.rows(which, now) },
            Wish::Account(payment) => Told::Account(self.account(payment, now).map(Box::new)),
            Wish::Resolve { payment, facts, note } => self.resolve(payment, facts, by, note, now),
            Wish::Doubt(ref invoice) => Told::Account(self.doubt(invoice).map(Box::new)),
            Wish::LookedInto { ref invoice, note } => Told::Recorded(self.looked_into(invoice, by, note, now)),
            Wish::Paper => self.look_at_paper(now),
            Wish::PaperChanged => self.paper_changed(by, now),
            Wish::Greeting => self.greeting(),
            Wish::Greet(language) => self.greet(by, language, now),
            Wish::Pix => Told::Pix(Box::new(self.pix_seats())),
            Wish::TryPix(ref provider) => match self.try_pix(attempt, by, provider.clone(), now) {
                Some(told) => told,
                None => return,
            },
            Wish::PixTry(ref txid) => Told::Account(self.pix_try_account(txid, now).map(Box::new)),
            Wish::PixTrySeenTo { ref txid, note } => Told::Recorded(self.pix_try_seen_to(txid, by, note, now)),
            Wish::Verify => return self.verify_for(attempt, by),
            Wish::TestPrint => {
                let document = paper::test_page(&self.site.beneficiary, &self.site.totem, Core::local(now));
                self.service.papers.insert(attempt, (by, None));
                return self.calls.push(Call::Print { ticket: Ticket::Desk(attempt), document });
            }
            Wish::ClearPaper => {
                if self.note(DeskFact::PaperCleared { by }, now) {
                    return self.calls.push(Call::ReleasePaper { attempt });
                }
                Told::Recorded(false)
            }
            Wish::Copy(payment) => match self.document(&PrintJob::ReceiptCopy(payment), now) {
                Some(document) => {
                    self.service.papers.insert(attempt, (by, Some(payment)));
                    return self.calls.push(Call::Print { ticket: Ticket::Desk(attempt), document });
                }
                None => Told::Printed(false),
            },
            Wish::Cards => return self.look_at_cards(attempt),
            Wish::Reverse { payment, reason } => match self.reverse(attempt, by, payment, reason, now) {
                Some(told) => told,
                None => return,
            },
            Wish::TryCard => match self.try_card(attempt, by, now) {
                Some(told) => told,
                None => return,
            },
            Wish::Errand(errand) => match self.errand(attempt, by, errand, now) {
                Some(told) => told,
                None => return,
            },
            Wish::Menu => match self.open_menu(attempt, by, now) {
                Some(told) => told,
                None => return,
            },
            Wish::Stop => {
                let done = self.note(DeskFact::ServiceStopped { by }, now);
                if done {
                    self.events.push(Event::OutOfService(ClosedWhy::OutOfService));
                }
                Told::Recorded(done)
            }
            Wish::Resume => {
                let done = self.note(DeskFact::ServiceResumed { by }, now);
                if done {
                    self.events.push(Event::InService);
                }
                Told::Recorded(done)
            }
        };
        self.events.push(Event::Technician { attempt, told });
    }

    fn parts(&self, now: Timestamp) -> Parts {
        let person = self.live.values().filter(|live| live.payment.need().is_some()).count();
        Parts {
            totem: self.site.totem.clone(),
            version: self.service.version.clone(),
            erp: self.service.erp,
            journal: PartState::of(!self.broken),
            open: self.live.len(),
            person: person + self.service.doubts.len() + self.service.pix.needs_person(now),
            walked: self.service.walked,
        }
    }

    fn rows(&mut self, which: Which, now: Timestamp) -> Option<Vec<PanelRow>> {
        let found = match which {
            Which::Open | Which::Person => self.ledger.open_payments(),
            Which::Receipts => self.ledger.recent(RECEIPTS),
        };
        let found = found.inspect_err(|why| tracing::warn!(why, "the journal gives no payments")).ok()?;
        let belongs = |entries: &&Vec<Entry>| match (which, Payment::from_entries(entries)) {
            (_, None) => false,
            (Which::Open, Some(_)) => true,
            (Which::Person, Some(payment)) => payment.need().is_some(),
            (Which::Receipts, Some(payment)) => {
                matches!(payment.standing(), Standing::Paid { .. }) && !payment.is_reversal_unclear()
            }
        };
        let payments = found.iter().filter(belongs).filter_map(|entries| self.service.words.row(entries));
        let mut rows: Vec<PanelRow> = payments.collect();
        if which == Which::Person {
            rows.extend(self.doubt_rows());
            rows.extend(self.pix_try_rows(now));
        }
        Some(rows)
    }

    fn account(&mut self, id: PaymentId, now: Timestamp) -> Option<Account> {
        let entries = self
            .ledger
            .payment(id)
            .inspect_err(|why| tracing::warn!(payment = %id, why, "the journal does not give the payment"))
            .ok()?;
        let payment = Payment::from_entries(&entries)?;
        let receipt = payment.receipt_for(&self.site.beneficiary, &self.site.totem, Some(Core::local(now)));
        Some(Account {
            facts: entries.len(),
            can_resolve: self.live.contains_key(&id) && payment.need().is_some(),
            can_copy: receipt.is_ok()
                && (payment.has_another_amount() || matches!(payment.standing(), Standing::Paid { .. })),
            can_reverse: payment.reversible().is_ok(),
            ..self.service.words.account(&entries)?
        })
    }

    /// A person's decision is a fact like any other: what follows from it, `payment::next` says. It is about what was
    /// shown, and about nothing that has become of the payment since.
    fn resolve(&mut self, id: PaymentId, shown: usize, by: String, note: &str, now: Timestamp) -> Told {
        match self.ledger.payment(id) {
            Ok(entries) if entries.len() == shown => {}
            Ok(_) => return Told::Changed(id),
            Err(why) => {
                tracing::warn!(payment = %id, why, "the journal does not give the payment");
                return Told::Recorded(false);
            }
        }
        let waits = self.live.get(&id).is_some_and(|live| live.payment.need().is_some());
        Told::Recorded(waits && self.record(id, vec![Fact::Resolved { by, note: note.to_owned() }], now))
    }

    /// Whether this paper was the technician's; then it is noted and told.
    pub(super) fn technicians_paper(&mut self, attempt: Attempt, done: bool, now: Timestamp) -> bool {
        let Some((by, payment)) = self.service.papers.remove(&attempt) else { return false };
        let fact = match payment {
            Some(payment) => DeskFact::CopyPrinted { by, payment, done },
            None => DeskFact::TestPrinted { by, done },
        };
        self.note(fact, now);
        self.events.push(Event::Technician { attempt, told: Told::Printed(done) });
        true
    }
}
