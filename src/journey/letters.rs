//! Papers to the address that the provider knows of the customer, by the site's own courier: to whom, which, and what became
//! of each. A paper is sent once: what nobody knows the end of is not offered again.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Journey;
use super::changes::veiled;
use super::event::{Attempt, Command};
use super::papers::SettledPaper;
use super::scene::{Field, Filling, Scene};
use super::step::{DocumentTitle, LetterNews, Mailing, PrintNews, Purpose, Question, SendBy};
use super::view::is_printing;
use crate::domain::service::{Contact, Named};
use crate::domain::{ContractId, DocumentRef, InvoiceId, PaymentId, Pdf, TaxId};
use crate::payment::{PrintResult, Standing};

/// So many papers one customer is sent: a mail server is no cannon.
const MOST: usize = 10;
/// The ways to have a paper, as options and on the line face.
const PRINT: &str = "print";
const EMAIL: &str = "email";
const SMS: &str = "sms";

/// The registered addresses, as the provider told them. `Debug` shows none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    pub email: Option<Contact>,
    pub phone: Option<Contact>,
}

/// A paper to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    pub who: TaxId,
    pub to: Contact,
    pub paper: Paper,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// A copy is marked as one. By SMS it is a text.
    Receipt {
        payment: PaymentId,
        copy: bool,
    },
    /// The very file that lies open.
    Document {
        title: DocumentTitle,
        pdf: Pdf,
    },
    YearSettled(Box<SettledPaper>),
}

/// What was asked for, so that it is not sent twice.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    Receipt(PaymentId, SendBy),
    Bill(InvoiceId),
    FiscalNote(String),
    AnnualSettlement(String),
    Contract(ContractId),
    Year(i16),
}

/// A paper of a list, before it is said how it is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    Receipt(PaymentId),
    Year(i16),
}

/// Everything known of this customer's letters. Dropped with the session.
#[derive(Default)]
pub struct Letters {
    looking: Option<Attempt>,
    reach: Option<Reach>,
    sent: BTreeMap<Wanted, (Attempt, LetterNews)>,
    asked: usize,
    /// What is being asked of a list, how it is wanted.
    choosing: Option<Listed>,
    /// What was wished last from the list on the screen.
    told: Option<(SendBy, Wanted)>,
}

impl Letters {
    /// Another list is shown, or none.
    pub fn tells_nothing(&mut self) {
        self.told = None;
    }

    /// The addresses may be others now.
    pub fn forget_the_addresses(&mut self) {
        (self.looking, self.reach) = (None, None);
    }

    fn news(&self, wanted: &Wanted) -> Option<LetterNews> {
        self.sent.get(wanted).map(|(_, news)| *news)
    }
}

const fn way(by: SendBy) -> &'static str {
    match by {
        SendBy::Email => EMAIL,
        SendBy::Sms => SMS,
    }
}

fn by(way: &str) -> Option<SendBy> {
    [SendBy::Email, SendBy::Sms].into_iter().find(|by| self::way(*by) == way)
}

fn is_copy(receipt: Option<PrintResult>, printed: Option<(Attempt, PrintNews)>) -> bool {
    matches!(receipt, Some(PrintResult::Proven | PrintResult::Unconfirmed))
        || matches!(printed, Some((_, PrintNews::Printed)))
}

impl Journey {
    /// Where letters could go is looked up once, while the customer waits for something else.
    pub(super) fn find_reach(&mut self, commands: &mut Vec<Command>) {
        let couriers = self.settings.letters;
        let tells = self.abilities.serves.changing.shows_contacts;
        let letters = &self.session.letters;
        let known = letters.looking.is_some() || letters.reach.is_some();
        if known || !tells || !self.has_services() || !(couriers.email || couriers.sms) {
            return;
        }
        if let Some(customer) = self.session.account.as_ref().map(|account| account.customer.id.clone()) {
            let attempt = self.next_attempt();
            self.session.letters.looking = Some(attempt);
            commands.push(Command::FindContacts(attempt, customer));
        }
    }

    /// Nothing where the provider did not say: it is asked again at the next occasion.
    pub(super) fn reached(&mut self, attempt: Attempt, reach: Option<Reach>) {
        let letters = &mut self.session.letters;
        if letters.looking == Some(attempt) {
            letters.looking = None;
            letters.reach = reach;
        }
    }

    /// Where it would go. Only to somebody who has shown who they are.
    fn address(&self, by: SendBy) -> Option<&Contact> {
        let reach = self.session.letters.reach.as_ref().filter(|_| self.has_services())?;
        match by {
            SendBy::Email => reach.email.as_ref().filter(|_| self.settings.letters.email),
            SendBy::Sms => reach.phone.as_ref().filter(|_| self.settings.letters.sms),
        }
    }

    pub(super) fn has_email(&self) -> bool {
        self.address(SendBy::Email).is_some()
    }

    fn mailing(&self, by: SendBy, wanted: &Wanted) -> Option<Mailing> {
        let to = veiled(self.address(by)?);
        Some(Mailing { by, to, sent: self.session.letters.news(wanted) })
    }

    fn may_mail(&self, by: SendBy, wanted: &Wanted) -> bool {
        self.mailing(by, wanted).is_some_and(|mailing| mailing.sent.is_none_or(LetterNews::may_be_wished))
    }

    fn mail(&mut self, by: SendBy, wanted: Wanted, paper: Paper, commands: &mut Vec<Command>) {
        if !self.may_mail(by, &wanted) {
            return;
        }
        let (Some(to), Some(who)) = (self.address(by).cloned(), self.session.who.clone()) else { return };
        let attempt = self.next_attempt();
        let letters = &mut self.session.letters;
        let too_many = letters.asked >= MOST;
        let news = if too_many { LetterNews::TooMany } else { LetterNews::Sending };
        letters.sent.insert(wanted, (attempt, news));
        if !too_many {
            letters.asked += 1;
            commands.push(Command::SendLetter(attempt, Box::new(Outgoing { who, to, paper })));
        }
    }

    /// What becomes of a letter of somebody who left is told to nobody.
    pub(super) fn letter_sent(&mut self, asked: Attempt, told: LetterNews, now: Timestamp) {
        for (attempt, news) in self.session.letters.sent.values_mut() {
            if *attempt == asked {
                *news = told;
                self.last_touch = now;
                // whoever waited for it has time to read it
                if let Some(paying) = &mut self.session.paying {
                    paying.since = now;
                }
            }
        }
    }

    /// Somebody waits to hear what became of one.
    pub(super) fn is_sending_letters(&self) -> bool {
        self.session.letters.sent.values().any(|(_, news)| *news == LetterNews::Sending)
    }

    // ------------------------------------------------------------ the receipt of what was just paid

    fn paid_receipt(&self, by: SendBy) -> Option<Wanted> {
        let paying = self.session.paying.as_ref()?;
        let is_paid = matches!(paying.standing, Standing::Paid { .. });
        Some(Wanted::Receipt(paying.payment.filter(|_| is_paid)?, by))
    }

    pub(super) fn receipt_mailings(&self) -> Vec<Mailing> {
        let mailing = |by| self.mailing(by, &self.paid_receipt(by)?);
        [SendBy::Email, SendBy::Sms].into_iter().filter_map(mailing).collect()
    }

    /// The ways by which it may be asked for now.
    fn receipt_ways(&self) -> Vec<&'static str> {
        let may = |by: &SendBy| self.paid_receipt(*by).is_some_and(|wanted| self.may_mail(*by, &wanted));
        [SendBy::Email, SendBy::Sms].into_iter().filter(may).map(way).collect()
    }

    /// A receipt that came out is not offered again.
    pub(super) fn receipts(&self, printed: Option<PrintResult>) -> Vec<&'static str> {
        let came_out = matches!(printed, Some(PrintResult::Proven | PrintResult::Unconfirmed));
        let asked = self.session.paying.as_ref().is_some_and(|paying| paying.printed.is_some());
        let print = (!came_out && !asked && self.equipment.printer).then_some(PRINT);
        print.into_iter().chain(self.receipt_ways()).chain(["none"]).collect()
    }

    pub(super) fn mail_receipt(&mut self, how: &str, now: Timestamp, commands: &mut Vec<Command>) {
        let Some((by, wanted)) = by(how).and_then(|by| Some((by, self.paid_receipt(by)?))) else { return };
        let Some(paying) = &mut self.session.paying else { return };
        let (Standing::Paid { receipt, .. }, Some(payment)) = (&paying.standing, paying.payment) else { return };
        let copy = is_copy(*receipt, paying.printed);
        paying.since = now;
        self.mail(by, wanted, Paper::Receipt { payment, copy }, commands);
    }

    // ------------------------------------------------------------ a document that lies open

    fn open_document_wanted(&self) -> Option<Wanted> {
        let (what, _) = self.session.asked_document.as_ref()?;
        Some(match what {
            DocumentRef::Bill { bill, .. } => Wanted::Bill(bill.invoice.clone()),
            DocumentRef::FiscalNote { note, .. } => Wanted::FiscalNote(note.clone()),
            DocumentRef::AnnualSettlement { id, .. } => Wanted::AnnualSettlement(id.clone()),
            DocumentRef::Contract { contract, .. } => Wanted::Contract(contract.clone()),
        })
    }

    /// Not while it is being found out page by page whether it is this bill's: what is sent was looked through.
    pub(super) fn document_mailing(&self) -> Option<Mailing> {
        let Scene::Document(reading) = &self.scene else { return None };
        reading.pdf.to_compare().is_none().then_some(())?;
        self.mailing(SendBy::Email, &self.open_document_wanted()?)
    }

    pub(super) fn may_mail_document(&self) -> bool {
        self.document_mailing().is_some_and(|mailing| mailing.sent.is_none_or(LetterNews::may_be_wished))
    }

    pub(super) fn mail_document(&mut self, commands: &mut Vec<Command>) {
        let Scene::Document(reading) = &self.scene else { return };
        let paper = Paper::Document { title: reading.title, pdf: reading.pdf.clone() };
        if let Some(wanted) = self.open_document_wanted() {
            self.mail(SendBy::Email, wanted, paper, commands);
        }
    }

    // ------------------------------------------------------------ a paper of a list

    /// What became of the last one.
    pub(super) fn told_mailing(&self) -> Option<Mailing> {
        let (by, wanted) = self.session.letters.told.as_ref()?;
        self.mailing(*by, wanted)
    }

    /// The ways to have it: a settled year is a paper, and no text.
    fn ways_to_have(&self, listed: Listed) -> Vec<Named> {
        let print = self.equipment.printer.then(|| Named { id: PRINT.to_owned(), name: String::new() });
        let mailed = [SendBy::Email, SendBy::Sms].into_iter().filter_map(|by| {
            let may = self.may_mail(by, &wanted(listed, by)?);
            let to = self.address(by).filter(|_| may)?;
            Some(Named { id: way(by).to_owned(), name: veiled(to) })
        });
        print.into_iter().chain(mailed).collect()
    }

    /// One paper at a time.
    pub(super) fn may_have_receipts(&self, printed: Option<(Attempt, PrintNews)>) -> bool {
        let mut ways = [SendBy::Email, SendBy::Sms].into_iter();
        !is_printing(printed) && (self.equipment.printer || ways.any(|by| self.address(by).is_some()))
    }

    /// At once where there is one way only; else it is asked which. On paper it is whoever asked who prints.
    pub(super) fn wants_listed(&mut self, listed: Listed, now: Timestamp, commands: &mut Vec<Command>) {
        let ways = self.ways_to_have(listed);
        match ways.as_slice() {
            [] => {
                // what became of it before is told again
                let by = [SendBy::Email, SendBy::Sms].into_iter().find(|by| self.address(*by).is_some());
                self.session.letters.told = by.and_then(|by| Some((by, wanted(listed, by)?)));
            }
            [one] => self.has_listed(listed, &one.id, now, commands),
            _ => {
                let stage = Filling::stage(Purpose::Paper, [Field::chosen(Question::SendTo, ways)]);
                let under = std::mem::replace(&mut self.scene, Scene::Form(Box::new(stage)));
                self.session.under_form = Some(Box::new(under));
                self.session.letters.choosing = Some(listed);
                self.last_touch = now;
            }
        }
    }

    /// How it is wanted was said.
    pub(super) fn paper_by(&mut self, chosen: &str, now: Timestamp, commands: &mut Vec<Command>) {
        self.back_under_form();
        // there is no form to come back from
        self.session.errand.stage = None;
        if let Some(listed) = self.session.letters.choosing.take() {
            self.has_listed(listed, chosen, now, commands);
        }
    }

    fn has_listed(&mut self, listed: Listed, how: &str, now: Timestamp, commands: &mut Vec<Command>) {
        self.session.letters.told = None;
        let Some(by) = by(how) else {
            return match listed {
                Listed::Receipt(payment) => self.print_copy(payment, commands),
                Listed::Year(year) => self.print_settled(year, now, commands),
            };
        };
        let Some(wanted) = wanted(listed, by) else { return };
        let paper = match listed {
            Listed::Receipt(payment) => Paper::Receipt { payment, copy: true },
            Listed::Year(year) => Paper::YearSettled(Box::new(self.settled_paper(year, now))),
        };
        self.mail(by, wanted.clone(), paper, commands);
        self.session.letters.told = Some((by, wanted));
        match &mut self.scene {
            Scene::Receipts { printed, .. } => *printed = None,
            Scene::Records(list) => list.printed = None,
            _ => {}
        }
    }
}

fn wanted(listed: Listed, by: SendBy) -> Option<Wanted> {
    match listed {
        Listed::Receipt(payment) => Some(Wanted::Receipt(payment, by)),
        Listed::Year(year) => (by == SendBy::Email).then_some(Wanted::Year(year)),
    }
}
