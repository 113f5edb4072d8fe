//! What the customer asks of the provider beside paying. A change is asked for once: an unknown end is looked up, told,
//! and not offered again before it was looked at.

use jiff::Timestamp;

use super::Journey;
use super::event::{Attempt, Command, Failure, PrintJob, ProtocolPaper, StatementPaper};
use super::scene::{Again, Back, Entries, Field, Filling, Listed, Noticed, Scene};
use super::step::{Outcome, PrintNews, Purpose, Question, SearchFor};
use crate::domain::asked::{Ask, Told};
use crate::domain::calendar;
use crate::domain::changes::{Look, Wish};
use crate::domain::service::{Change, Named, NewTicket, Ticket};
use crate::domain::{Contract, ContractId, ContractStatus, Invoice, Money};

/// So many paid bills, and so many open ones, go on one paper.
const STATEMENT_MOST: usize = 24;

impl Journey {
    pub(super) fn suspended(&self) -> Vec<&Contract> {
        let contracts = self.session.account.iter().flat_map(|account| &account.contracts);
        contracts.filter(|contract| contract.status == ContractStatus::Suspended).collect()
    }

    pub(super) fn ask(&mut self, ask: Ask, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(customer) = self.session.account.as_ref().map(|account| account.customer.clone()) else { return };
        let attempt = self.next_attempt();
        let what = if ask.changes() || self.session.errand.looking_up.is_some() {
            SearchFor::Change
        } else {
            SearchFor::Service
        };
        self.scene = Scene::Searching { what, attempt, since: now };
        self.session.errand.asked = Some(ask.clone());
        commands.push(Command::Serve { attempt, customer, ask });
    }

    /// What could not be asked is asked again: a failure means that nothing was changed.
    pub(super) fn ask_again(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(ask) = self.session.errand.asked.take() {
            self.ask(ask, now, commands);
        }
    }

    pub(super) fn back_to_form(&mut self) {
        self.session.errand.asked = None;
        self.scene = self.session.errand.filling.take().map_or(Scene::Services, |mut filling| {
            filling.is_taken_up_again();
            Scene::Form(filling)
        });
    }

    /// One suspended contract needs no choice. After an unknown end the contracts are read first.
    pub(super) fn want_unlock(&mut self, one: Option<&str>, now: Timestamp, commands: &mut Vec<Command>) {
        if self.session.errand.unknown.contains(&Purpose::Unlock) {
            return self.ask(Ask::Contracts, now, commands);
        }
        let named = |contract: &Contract| Named { id: contract.id.0.clone(), name: contract.plan.clone() };
        let suspended = self.suspended();
        let wanted = suspended.iter().filter(|contract| one.is_none_or(|id| contract.id.0 == id));
        let options: Vec<Named> = wanted.map(|contract| named(contract)).collect();
        if !options.is_empty() {
            self.scene =
                Scene::Form(Box::new(Filling::new(Purpose::Unlock, vec![Field::chosen(Question::Contract, options)])));
        }
    }

    /// The form was confirmed.
    pub(super) fn carry_out(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(account) = &self.session.account else { return };
        let name = account.customer.name.clone();
        let Scene::Form(mut filling) = std::mem::take(&mut self.scene) else { return };
        let answer = |asks| filling.answer(asks).map(str::to_owned).unwrap_or_default();
        let contract = ContractId::from(answer(Question::Contract).as_str());
        let ask = match filling.purpose {
            purpose if purpose.is_change() => match self.wish_of(&filling) {
                Some(wish) => self.wishes(wish, &mut filling),
                None => return self.scene = Scene::Services,
            },
            Purpose::Unlock => Ask::Unlock { contract },
            // asked for by another form
            Purpose::Join | Purpose::Order | Purpose::SendBill => return,
            _ => {
                let (text, phone) = (answer(Question::Text), answer(Question::Phone));
                Ask::OpenTicket(Box::new(NewTicket {
                    contract,
                    kind: filling.answer(Question::TicketKind).map(str::to_owned),
                    subject: "Atendimento pedido no totem".to_owned(),
                    text: format!("{text}\nTelefone para retorno: {phone}"),
                    name,
                    phone,
                }))
            }
        };
        self.session.errand.filling = Some(filling);
        self.ask(ask, now, commands);
    }

    pub(super) fn served(
        &mut self,
        attempt: Attempt,
        told: Result<Told, Failure>,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        let Some(ask) = self.session.errand.asked.take() else { return };
        // whoever waited for the answer has not been silent
        self.last_touch = now;
        if let Some(purpose) = self.session.errand.looking_up.take() {
            return self.looked_up(purpose, told.ok(), now);
        }
        match told {
            Ok(Told::Pendency(held)) => self.scene = Scene::Plans { held: Some(held) },
            Ok(Told::Refused { .. }) | Err(_) if ask == Ask::Pendency => self.scene = Scene::Plans { held: None },
            Ok(Told::Contracts(contracts)) => self.contracts_read(contracts, now, commands),
            Ok(Told::Tickets(tickets)) => {
                self.session.errand.unknown.remove(&Purpose::Ticket);
                self.session.errand.tickets = tickets.iter().map(|ticket| ticket.protocol.clone()).collect();
                self.scene = listed(Entries::Tickets(tickets));
            }
            Ok(Told::TicketKinds(kinds)) => self.begin_ticket(kinds),
            Ok(Told::PaidBills(bills)) => self.scene = listed(Entries::Paid(bills)),
            Ok(Told::FiscalNotes(notes)) => self.scene = listed(Entries::Notes(notes)),
            Ok(Told::AnnualSettlements(years)) => self.scene = listed(Entries::Settlements(years)),
            Ok(Told::Unlocked(change)) => {
                let change = match change {
                    Change::Done(unlocked) => {
                        self.is_on_trust(&ask);
                        Change::Done((None, unlocked.until))
                    }
                    Change::Refused { why } => Change::Refused { why },
                    Change::Unknown { why } => Change::Unknown { why },
                };
                self.changed(Purpose::Unlock, Some(Ask::Contracts), change, now, commands);
            }
            Ok(Told::TicketOpened(change)) => {
                let change = match change {
                    Change::Done(protocol) => Change::Done((Some(protocol), None)),
                    Change::Refused { why } => Change::Refused { why },
                    Change::Unknown { why } => Change::Unknown { why },
                };
                let look = self.abilities.serves.tickets.then_some(Ask::Tickets);
                self.changed(Purpose::Ticket, look, change, now, commands);
            }
            Ok(Told::Refused { why }) => self.looked_in_vain(&ask, why, now),
            Ok(Told::Seen(seen)) => self.seen(*seen, now),
            Ok(Told::Changed(change)) => self.carried(change, now, commands),
            Err(failure) => {
                // a secret is typed again
                let again = (!matches!(&ask, Ask::Change(wish) if wish.is_secret())).then_some(Again::Serve);
                self.session.errand.asked = again.map(|_| ask);
                self.trouble(failure.into(), again, Some(Back::Services));
            }
        }
    }

    /// The provider refused a look: there is nothing to choose from, and nothing changed, unless an earlier change may have.
    fn looked_in_vain(&mut self, ask: &Ask, why: String, now: Timestamp) {
        let about = about(ask);
        let earlier = match about {
            Purpose::Visit => [Purpose::MoveVisit, Purpose::CancelVisit],
            Purpose::Records => [Purpose::Ticket; 2],
            about => [about; 2],
        };
        if let Some(unknown) = earlier.into_iter().find(|one| self.session.errand.unknown.contains(one)) {
            return self.ended_unknown(unknown, now);
        }
        self.tell(about, Outcome::Refused, None, None, now);
        self.says(why);
    }

    fn says(&mut self, why: String) {
        if let Scene::Notice(noticed) = &mut self.scene {
            noticed.words = Some(why).filter(|why| !why.trim().is_empty());
        }
    }

    pub(super) fn changed(
        &mut self,
        about: Purpose,
        look: Option<Ask>,
        change: Change<(Option<String>, Option<jiff::civil::Date>)>,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        match change {
            Change::Done((protocol, until)) => self.tell(about, Outcome::Done, protocol, until, now),
            Change::Refused { why } => {
                self.session.errand.was_refused();
                let words = Some(why).filter(|why| !why.trim().is_empty());
                self.notify(Noticed { words, ..Noticed::of(about, Outcome::Refused, now) });
            }
            Change::Unknown { .. } => match look {
                Some(look) => {
                    self.session.errand.looking_up = Some(about);
                    self.ask(look, now, commands);
                }
                None => self.ended_unknown(about, now),
            },
        }
    }

    /// Done, if it can be seen there; else nobody knows, and a request may still be on its way.
    fn looked_up(&mut self, about: Purpose, told: Option<Told>, now: Timestamp) {
        match (about, told) {
            (Purpose::CancelVisit, told) if self.session.errand.taken_in => {
                let seen = told.and_then(|told| if let Told::Seen(seen) = told { Some(seen) } else { None });
                return self.tell_what_stands(seen.as_deref(), now);
            }
            (Purpose::Unlock, Some(Told::Contracts(contracts))) => {
                let wanted = self.wanted_contract();
                let is_back = wanted.is_some_and(|wanted| is_back(&contracts, &wanted));
                self.take_contracts(contracts);
                if is_back {
                    return self.tell(about, Outcome::Done, None, None, now);
                }
            }
            (Purpose::Ticket, Some(Told::Tickets(tickets))) => {
                let known = &self.session.errand.tickets;
                let fresh: Vec<&Ticket> = tickets.iter().filter(|one| !known.contains(&one.protocol)).collect();
                // of two new ones nobody knows which is this one
                if let [ticket] = fresh.as_slice() {
                    let protocol = ticket.protocol.clone();
                    return self.tell(about, Outcome::Done, Some(protocol), None, now);
                }
            }
            (_, Some(Told::Seen(seen))) if self.shows_the_wish_done(&seen) => {
                return self.tell(about, Outcome::Done, None, None, now);
            }
            _ => {}
        }
        self.ended_unknown(about, now);
    }

    fn ended_unknown(&mut self, about: Purpose, now: Timestamp) {
        if about == Purpose::Unlock
            && let Some(wanted) = self.wanted_contract()
        {
            self.session.errand.unlocking = Some(wanted);
        }
        self.session.errand.unknown.insert(about);
        self.tell(about, Outcome::Unknown, None, None, now);
    }

    /// The contracts, read again because an unlock had ended unknown.
    fn contracts_read(&mut self, contracts: Vec<Contract>, now: Timestamp, commands: &mut Vec<Command>) {
        let wanted = self.session.errand.unlocking.clone();
        let is_back = wanted.is_some_and(|wanted| is_back(&contracts, &wanted));
        self.take_contracts(contracts);
        if !is_back && self.suspended().is_empty() {
            // cancelled meanwhile, gone, or in a state that says nothing
            return self.ended_unknown(Purpose::Unlock, now);
        }
        self.session.errand.unknown.remove(&Purpose::Unlock);
        self.session.errand.unlocking = None;
        if is_back {
            self.tell(Purpose::Unlock, Outcome::Done, None, None, now);
        } else {
            self.want_unlock(None, now, commands);
        }
    }

    fn take_contracts(&mut self, contracts: Vec<Contract>) {
        if let Some(account) = &mut self.session.account {
            account.contracts = contracts;
        }
    }

    fn wanted_contract(&self) -> Option<ContractId> {
        let filling = self.session.errand.filling.as_ref()?;
        filling.answer(Question::Contract).map(ContractId::from)
    }

    fn is_on_trust(&mut self, ask: &Ask) {
        let Ask::Unlock { contract } = ask else { return };
        let contracts = self.session.account.iter_mut().flat_map(|account| &mut account.contracts);
        for one in contracts.filter(|one| one.id == *contract) {
            one.status = ContractStatus::OnTrust;
        }
    }

    /// So long without an answer: it may have been done.
    pub(super) fn gave_no_answer(&mut self, now: Timestamp) {
        let errand = &mut self.session.errand;
        let about = errand.filling.as_ref().map_or(Purpose::Ticket, |filling| filling.purpose);
        errand.asked = None;
        errand.looking_up = None;
        if errand.taken_in {
            return self.tell_what_stands(None, now);
        }
        self.ended_unknown(about, now);
    }

    pub(super) fn tell(
        &mut self,
        about: Purpose,
        outcome: Outcome,
        protocol: Option<String>,
        until: Option<jiff::civil::Date>,
        now: Timestamp,
    ) {
        let instalments = match &self.session.errand.wish {
            Some(Wish::Negotiate(offer)) if outcome == Outcome::Done => offer.instalments.clone(),
            _ => Vec::new(),
        };
        let filling = self.session.errand.filling.as_ref().filter(|_| outcome != Outcome::Nothing);
        let answers = filling.map(|filling| filling.agreed()).unwrap_or_default();
        self.session.errand.forget_the_wish();
        self.notify(Noticed { protocol, until, instalments, answers, ..Noticed::of(about, outcome, now) });
    }

    fn notify(&mut self, noticed: Noticed) {
        self.last_touch = noticed.since;
        self.scene = Scene::Notice(Box::new(noticed));
    }

    fn open_bills(&self, today: jiff::civil::Date) -> Vec<(String, jiff::civil::Date, Option<Money>)> {
        let mut bills: Vec<&Invoice> = self.session.account.iter().flat_map(|account| &account.invoices).collect();
        bills.sort_by_key(|bill| bill.due);
        let told = |bill: &Invoice| bill.charge_due(today).map(|charge| charge.total());
        bills.into_iter().take(STATEMENT_MOST).map(|bill| (bill.description.clone(), bill.due, told(bill))).collect()
    }

    /// Whether the paper that was asked for is one of these.
    pub(super) fn prints_service(&mut self, now: Timestamp, commands: &mut Vec<Command>) -> bool {
        let customer = self.session.account.as_ref().map(|account| account.customer.short_name()).unwrap_or_default();
        let attempt = Attempt(self.attempts + 1);
        let at = calendar::sao_paulo(now);
        let open = self.open_bills(at.date());
        let job = match &mut self.scene {
            Scene::Notice(noticed) => {
                noticed.since = now;
                noticed.printed = Some((attempt, PrintNews::Printing));
                let (about, outcome, until) = (noticed.about, noticed.outcome, noticed.until);
                let slip = ProtocolPaper {
                    customer,
                    about,
                    outcome,
                    protocol: noticed.protocol.clone(),
                    until,
                    instalments: noticed.instalments.clone(),
                    answers: noticed.answers.clone(),
                    at,
                };
                PrintJob::Protocol(Box::new(slip))
            }
            Scene::Records(listed) => {
                let Entries::Paid(bills) = &listed.entries else { return true };
                let bills = bills.iter().take(STATEMENT_MOST).cloned().collect();
                listed.printed = Some((attempt, PrintNews::Printing));
                PrintJob::Statement(Box::new(StatementPaper { customer, bills, open, at }))
            }
            _ => return false,
        };
        self.attempts += 1;
        commands.push(Command::Print { attempt, job });
        true
    }
}

pub(super) fn listed(entries: Entries) -> Scene {
    Scene::Records(Box::new(Listed { entries, printed: None }))
}

/// Whether this contract works, as far as its state can be understood.
fn is_back(contracts: &[Contract], wanted: &ContractId) -> bool {
    let works = |status: &ContractStatus| matches!(status, ContractStatus::Active | ContractStatus::OnTrust);
    contracts.iter().any(|one| one.id == *wanted && works(&one.status))
}

/// What a look was for.
fn about(ask: &Ask) -> Purpose {
    match ask {
        Ask::Pendency | Ask::Contracts | Ask::Unlock { .. } => Purpose::Unlock,
        Ask::TicketKinds | Ask::OpenTicket(_) => Purpose::Ticket,
        Ask::Tickets | Ask::PaidBills | Ask::FiscalNotes | Ask::AnnualSettlements | Ask::Change(_) => Purpose::Records,
        Ask::Look(look) => match look {
            Look::DueDays { .. } => Purpose::DueDay,
            Look::Contacts => Purpose::Contacts,
            Look::Offers { .. } | Look::Bills { .. } => Purpose::Negotiation,
            Look::Visits => Purpose::Visit,
            Look::Slots { .. } => Purpose::MoveVisit,
            Look::Pausable => Purpose::Pause,
        },
    }
}
