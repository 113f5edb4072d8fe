//! What a customer changes at the counter. What there is to change is looked at first; the change is asked for once, with
//! everything that it means on the screen.

mod contract;
mod negotiation;
mod profile;
mod visits;

use jiff::Timestamp;

use super::Journey;
use super::event::Command;
use super::form::day_of;
use super::scene::{Field, Filling, Scene};
use super::step::{Detail, Outcome, Purpose, Question};
use crate::domain::asked::Ask;
use crate::domain::changes::{Carried, DueDays, Look, Pausable, Seen, Wish};
use crate::domain::service::{Change, Contact, ContactChange, ContactKind, Named};
use crate::domain::{Contract, ContractId, ContractStatus, Typed};

const DUE_DAY: &str = "due_day";
const CONTACTS: &str = "contacts";
const NOTIFICATIONS: &str = "notifications";
const DIGITAL_INVOICE: &str = "digital_invoice";
const NEGOTIATION: &str = "negotiation";
const VISITS: &str = "visits";
const PAUSE: &str = "pause";
const APP_PASSWORD: &str = "app_password";
const CONTRACT: &str = "contract";
const PROFILE: &str = "profile";

const PHONE: &str = "phone";
const EMAIL: &str = "email";
const ON: &str = "on";
const OFF: &str = "off";

fn named(id: &str, name: impl Into<String>) -> Named {
    Named { id: id.to_owned(), name: name.into() }
}

impl Journey {
    pub(super) fn changes_offered(&self) -> [(bool, &'static str); 10] {
        let can = self.abilities.serves.changing;
        let has_contracts = !self.own_contracts().is_empty();
        // what cannot be looked up is not offered again where nobody knows what came of it
        let known = |purpose: Purpose| !self.session.errand.unknown.contains(&purpose);
        let contacts = !self.contact_kinds().is_empty() && (can.shows_contacts || known(Purpose::Contacts));
        [
            (can.negotiation && !self.negotiable().is_empty(), NEGOTIATION),
            (can.due_day && has_contracts, DUE_DAY),
            (can.visits, VISITS),
            (contacts, CONTACTS),
            (can.profile && known(Purpose::Profile), PROFILE),
            (can.notifications && known(Purpose::Notifications), NOTIFICATIONS),
            (can.digital_invoice && known(Purpose::DigitalInvoice), DIGITAL_INVOICE),
            (can.pause && has_contracts, PAUSE),
            (can.app_password && known(Purpose::AppPassword), APP_PASSWORD),
            (self.abilities.serves.contract_pdf && has_contracts, CONTRACT),
        ]
    }

    pub(super) fn want_change(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        match option {
            NEGOTIATION => {
                let look = Look::Offers { bills: self.negotiable() };
                self.ask(Ask::Look(look), now, commands);
            }
            DUE_DAY => {
                let contracts = self.own_contracts().into_iter().map(|one| named(&one.id.0, &one.plan)).collect();
                let stage = Filling::stage(Purpose::DueDay, [Field::chosen(Question::Contract, contracts)]);
                self.begin_stage(stage, now, commands);
            }
            VISITS => self.ask(Ask::Look(Look::Visits), now, commands),
            CONTACTS if self.abilities.serves.changing.shows_contacts => {
                self.ask(Ask::Look(Look::Contacts), now, commands);
            }
            CONTACTS => self.choose_contact(&[], now, commands),
            NOTIFICATIONS => {
                let choice = Field::chosen(Question::Receive, vec![named(ON, ON), named(OFF, OFF)]);
                self.begin_form(Filling::new(Purpose::Notifications, vec![choice]));
            }
            DIGITAL_INVOICE => {
                self.begin_form(Filling::new(Purpose::DigitalInvoice, vec![Field::typed(Question::Password)]));
            }
            PAUSE => self.ask(Ask::Look(Look::Pausable), now, commands),
            APP_PASSWORD => self.begin_form(Filling::new(Purpose::AppPassword, Vec::new())),
            CONTRACT => self.choose_contract_to_read(now, commands),
            PROFILE => self.choose_what_is_wrong(now, commands),
            _ => {}
        }
    }

    /// Those of the contract that was chosen, or all; a cancelled one has nothing to change.
    fn own_contracts(&self) -> Vec<&Contract> {
        let contracts = self.session.account.iter().flat_map(|account| &account.contracts);
        let chosen = |one: &&Contract| self.session.contract.as_ref().is_none_or(|id| one.id == *id);
        contracts.filter(|one| one.status != ContractStatus::Cancelled).filter(chosen).collect()
    }

    fn plan_of(&self, contract: &ContractId) -> String {
        let contracts = self.own_contracts();
        contracts.iter().find(|one| one.id == *contract).map(|one| one.plan.clone()).unwrap_or_default()
    }

    /// A stage in which there is nothing to choose is over at once.
    fn begin_stage(&mut self, stage: Filling, now: Timestamp, commands: &mut Vec<Command>) {
        let is_over = stage.field().is_none();
        self.begin_form(stage);
        if is_over {
            self.stage_is_over(now, commands);
        }
    }

    /// What was chosen says what is asked next.
    pub(super) fn stage_is_over(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Scene::Form(stage) = std::mem::take(&mut self.scene) else { return };
        self.scene = Scene::Services;
        self.keep_stage(&stage);
        let answer = |asks| stage.answer(asks).unwrap_or_default();
        match stage.purpose {
            Purpose::DueDay => {
                let contract = ContractId::from(answer(Question::Contract));
                self.ask(Ask::Look(Look::DueDays { contract }), now, commands);
            }
            Purpose::Contacts => {
                let (kind, first, again) = match answer(Question::ContactKind) {
                    EMAIL => (ContactKind::Email, Question::NewEmail, Question::NewEmailAgain),
                    _ => (ContactKind::Phone, Question::Phone, Question::PhoneAgain),
                };
                // whoever types the code has shown that the address is right, and theirs
                self.begin_form(if self.can_confirm(kind) {
                    Filling::stage(Purpose::Contacts, [Field::typed(first), Field::typed(Question::Code)])
                } else {
                    Filling::new(Purpose::Contacts, vec![Field::typed(first), Field::typed(again)])
                });
            }
            Purpose::Visit => self.act_on_visit(&stage, now, commands),
            Purpose::Profile => self.ask_what_is_right(answer(Question::ProfilePart)),
            Purpose::SendBill => self.send_to(answer(Question::SendTo), commands),
            Purpose::AcceptContract => self.read_contract(answer(Question::Contract), now, commands),
            _ => {}
        }
    }

    /// What there is to change, as it was just looked at: nothing is unknown of it any more.
    pub(super) fn seen(&mut self, seen: Seen, now: Timestamp) {
        let (about, form) = match &seen {
            Seen::DueDays(days) => (Purpose::DueDay, self.due_day_form(days)),
            Seen::Contacts(contacts) => {
                self.session.errand.unknown.remove(&Purpose::Contacts);
                let contacts = contacts.clone();
                return self.choose_contact(&contacts, now, &mut Vec::new());
            }
            Seen::Offers(offers) => (Purpose::Negotiation, self.offers_form(offers)),
            Seen::Visits(visits) => {
                let visits = visits.clone();
                self.session.errand.seen = Some(seen);
                return self.list_visits(visits);
            }
            Seen::Slots { visit, slots } => (Purpose::MoveVisit, self.slots_form(visit, slots)),
            Seen::Pausable(contracts) => (Purpose::Pause, pause_form(contracts)),
            Seen::Bills(_) => (Purpose::Negotiation, None),
        };
        self.session.errand.unknown.remove(&about);
        match form {
            Some(filling) => {
                self.session.errand.seen = Some(seen);
                self.begin_form(filling);
            }
            None => self.tell(about, Outcome::Nothing, None, None, now),
        }
    }

    fn due_day_form(&self, days: &DueDays) -> Option<Filling> {
        let current = days.current.as_ref()?;
        let others = days.days.iter().filter(|day| day.id != *current);
        let options: Vec<_> = others.map(|day| (named(&day.id, &day.day), Some(Detail::of_due_day(day)))).collect();
        if options.is_empty() {
            return None;
        }
        let contract = named(&days.contract.0, self.plan_of(&days.contract));
        let fields =
            vec![Field::chosen(Question::Contract, vec![contract]), Field::detailed(Question::NewDueDay, options)];
        Some(Filling::new(Purpose::DueDay, fields))
    }

    /// What is in force at once needs the code that shows that the address is the customer's: who knows a birthday could
    /// else take an account over. A request is looked at by somebody at the provider.
    fn contact_kinds(&self) -> Vec<(ContactKind, &'static str)> {
        let can = self.abilities.serves.changing;
        let kinds = [(ContactKind::Phone, PHONE), (ContactKind::Email, EMAIL)];
        let is_safe = |kind| can.contacts_are_requests || self.can_confirm(kind);
        kinds.into_iter().filter(|(kind, _)| can.contacts && is_safe(*kind)).collect()
    }

    /// Phone or e-mail; of what there is, only as much shows as its owner needs to know it by.
    fn choose_contact(&mut self, contacts: &[Contact], now: Timestamp, commands: &mut Vec<Command>) {
        let known = |kind| contacts.iter().find(|one| one.kind == kind).map(veiled);
        // of an ERP that shows none nobody knows whether it has one
        let shows = self.abilities.serves.changing.shows_contacts;
        let none = |known: &Option<String>| (shows && known.is_none()).then_some(Detail::Contact { registered: false });
        let options = self.contact_kinds().into_iter().map(|(kind, id)| {
            let known = known(kind);
            let detail = none(&known);
            (named(id, known.unwrap_or_default()), detail)
        });
        let options = options.collect();
        let stage = Filling::stage(Purpose::Contacts, [Field::detailed(Question::ContactKind, options)]);
        self.begin_stage(stage, now, commands);
    }

    pub(super) fn wish_of(&self, filling: &Filling) -> Option<Wish> {
        let answer = |asks| filling.answer(asks).map(str::to_owned);
        let contract = || answer(Question::Contract).map(|id| ContractId::from(id.as_str()));
        Some(match (filling.purpose, &self.session.errand.seen) {
            (Purpose::DueDay, Some(Seen::DueDays(days))) => {
                Wish::DueDay { contract: contract()?, from: days.current.clone()?, to: answer(Question::NewDueDay)? }
            }
            (Purpose::Contacts, _) => {
                Wish::Contacts(ContactChange { phone: answer(Question::Phone), email: answer(Question::NewEmail) })
            }
            (Purpose::Notifications, _) => Wish::Notifications { on: answer(Question::Receive)? == ON },
            (Purpose::DigitalInvoice, _) => {
                let typed = filling.fields.iter().find(|field| field.asks == Question::Password)?;
                Wish::DigitalInvoice { password: Typed::new(typed.answer.clone()) }
            }
            (Purpose::Negotiation, Some(Seen::Offers(offers))) => {
                let chosen = answer(Question::Offer)?;
                Wish::Negotiate(Box::new(offers.iter().find(|offer| offer.id == chosen)?.clone()))
            }
            (Purpose::MoveVisit, Some(Seen::Slots { visit, slots })) => {
                let chosen = answer(Question::Slot)?;
                let slot = slots.iter().find(|slot| slot.id == chosen)?.clone();
                Wish::MoveVisit { visit: visit.clone(), slot }
            }
            (Purpose::CancelVisit, _) => Wish::CancelVisit { visit: answer(Question::Visit)? },
            (Purpose::RateVisit, _) => Wish::RateVisit {
                visit: answer(Question::Visit)?,
                technician: answer(Question::TechnicianMark)?.parse().ok()?,
                solution: answer(Question::SolutionMark)?.parse().ok()?,
            },
            (Purpose::Pause, _) => Wish::Pause {
                contract: contract()?,
                from: day_of(&answer(Question::PauseFrom)?)?,
                days: answer(Question::PauseDays)?.parse().ok()?,
            },
            (Purpose::AppPassword, _) => Wish::ResetAppPassword,
            (Purpose::Profile, _) => Wish::Correct(profile::correction(filling)?),
            (Purpose::AcceptContract, _) => Wish::AcceptContract { contract: contract()? },
            _ => return None,
        })
    }

    /// What is asked for is remembered, so that it can be looked up; a secret goes with the call and nowhere else.
    pub(super) fn wishes(&mut self, wish: Wish, filling: &mut Filling) -> Ask {
        filling.forget_secrets();
        self.session.errand.wish = (!wish.is_secret()).then(|| wish.clone());
        Ask::Change(Box::new(wish))
    }

    pub(super) fn shows_the_wish_done(&self, seen: &Seen) -> bool {
        self.session.errand.wish.as_ref().is_some_and(|wish| wish.is_done_in(seen))
    }

    pub(super) fn carried(&mut self, change: Change<Carried>, now: Timestamp, commands: &mut Vec<Command>) {
        let errand = &self.session.errand;
        let Some(about) = errand.filling.as_ref().map(|filling| filling.purpose) else { return };
        let shows_contacts = self.abilities.serves.changing.shows_contacts;
        let look =
            errand.wish.as_ref().and_then(Wish::look_up).filter(|look| *look != Look::Contacts || shows_contacts);
        let change = match change {
            Change::Done(Carried { otherwise: Some(made), protocol, .. }) => {
                self.tell(about, Outcome::Otherwise, protocol, None, now);
                if let Scene::Notice(noticed) = &mut self.scene {
                    noticed.instalments = made;
                }
                return;
            }
            Change::Done(Carried { protocol, is_a_request: true, .. }) => {
                return self.tell(about, Outcome::Requested, protocol, None, now);
            }
            // what document 001 calls the cancelling of a rescheduling may leave the visit where it was before
            Change::Done(carried) if about == Purpose::CancelVisit && !carried.is_a_request => {
                return self.see_what_stands(now, commands);
            }
            Change::Done(carried) => Change::Done((carried.protocol, None)),
            Change::Refused { why } => Change::Refused { why },
            Change::Unknown { why } => Change::Unknown { why },
        };
        self.changed(about, look.map(Ask::Look), change, now, commands);
    }
}

fn pause_form(contracts: &[Pausable]) -> Option<Filling> {
    let options: Vec<_> =
        contracts.iter().map(|one| (named(&one.contract.0, &one.plan), Some(Detail::of_pausable(one)))).collect();
    let fields = vec![
        Field::detailed(Question::Contract, options),
        Field::typed(Question::PauseFrom),
        Field::typed(Question::PauseDays),
    ];
    (!contracts.is_empty()).then(|| Filling::new(Purpose::Pause, fields))
}

/// `*******1234`, `m***@example.com`.
fn veiled(contact: &Contact) -> String {
    match contact.kind {
        ContactKind::Phone => {
            let digits: Vec<char> = contact.value.chars().filter(char::is_ascii_digit).collect();
            let hidden = digits.len().saturating_sub(4);
            digits.iter().enumerate().map(|(place, digit)| if place < hidden { '*' } else { *digit }).collect()
        }
        ContactKind::Email => match contact.value.split_once('@') {
            Some((name, place)) => format!("{}***@{place}", name.chars().take(1).collect::<String>()),
            None => String::new(),
        },
    }
}
