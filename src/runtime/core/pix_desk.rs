//! PIX tried with one cent at the panel: what `payment::pix_try` says, done on the running totem. What comes goes back; no
//! ERP and no customer's count hears of it.

mod answers;

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Core;
use super::retry::{Retry, What};
use crate::domain::calendar::set_back;
use crate::domain::{DeskFact, Money, PaymentId, PixCharge, TaxId};
use crate::journey::step::{PanelNews, PanelRow};
use crate::journey::technician::{Account, PixSeats, Told, TryTold};
use crate::journey::{Attempt, Event};
use crate::payment::PersonWhy;
use crate::payment::pix_try::{Back, PIX_TRIES, PixTry, Stage, Step};
use crate::pix::{self, Debtor, PixOrder};
use crate::runtime::Rhythm;
use crate::runtime::call::{Call, PixWork};

const AMOUNT: Money = Money::from_cents(1);
/// A code whose bank does not say how long it lives is shown for so long.
const LIFE_S: u32 = 300;
/// The numbers of retries are spread by payment; a try is none.
const NOBODYS: PaymentId = PaymentId(0);

/// The providers in their order, and the tries that have not come to their end, by their txid.
#[derive(Debug, Default)]
pub struct PixDesk {
    /// With whether it can give a Pix back.
    providers: Vec<(String, bool)>,
    tries: BTreeMap<String, Running>,
}

#[derive(Debug)]
struct Running {
    tried: PixTry,
    /// The panel at which somebody stands before the code.
    watcher: Option<Attempt>,
    in_flight: bool,
    /// What is in flight takes the charge back.
    takes_back: bool,
    retry: Retry,
    shown_at: Option<Timestamp>,
    asked_at: Option<Timestamp>,
    looked_at: Option<Timestamp>,
}

impl PixDesk {
    /// Whether a bank's word is waited for, or something is to be asked of one that has not failed yet.
    pub fn is_moving(&self) -> bool {
        self.tries.values().any(|running| {
            let asks = |step: &Step| !matches!(step, Step::WatchLate(_)) && running.retry.tries(&What::Money) == 0;
            running.in_flight || running.tried.next(running.watcher.is_some()).iter().any(asks)
        })
    }

    pub fn clock_set_back(&mut self, by: SignedDuration, now: Timestamp) {
        for running in self.tries.values_mut() {
            let own = [&mut running.shown_at, &mut running.asked_at, &mut running.looked_at];
            set_back(own.into_iter().flatten(), by);
            if let Stage::Over { at, .. } = &mut running.tried.stage {
                *at = now.min(*at);
            }
            running.retry.clock_set_back(by);
        }
    }

    pub fn needs_person(&self, now: Timestamp) -> usize {
        self.tries.values().filter(|running| !running.tried.needs(now).is_empty()).count()
    }
}

impl Running {
    fn new(tried: PixTry, watcher: Option<Attempt>) -> Running {
        let (shown_at, asked_at, looked_at) = (None, None, None);
        let (in_flight, takes_back) = (false, false);
        Running { tried, watcher, in_flight, takes_back, retry: Retry::default(), shown_at, asked_at, looked_at }
    }

    /// When the code's time is over.
    fn shown_until(&self) -> Option<Timestamp> {
        let Stage::Shown { charge, left: false } = &self.tried.stage else { return None };
        let life = SignedDuration::from_secs(i64::from(charge.expires_in_s.unwrap_or(LIFE_S)));
        self.shown_at?.checked_add(life).ok()
    }

    /// As a customer's code that has ended; one that was paid is looked at a last time only.
    fn late_look_at(&self, rhythm: &Rhythm) -> Option<Timestamp> {
        let Stage::Over { at, .. } = &self.tried.stage else { return None };
        let after = |wait: &std::time::Duration| at.checked_add(SignedDuration::try_from(*wait).ok()?).ok();
        let last = rhythm.late.last().and_then(after)?;
        let due = |at: &Timestamp| self.looked_at.is_none_or(|looked| *at > looked);
        let next = rhythm.late.iter().filter_map(after).find(due).unwrap_or(last);
        Some(if self.tried.was_paid() { last } else { next })
    }

    fn is_ready(&self, step: &Step, rhythm: &Rhythm, now: Timestamp) -> bool {
        match step {
            Step::WatchLate(_) => {
                self.retry.ready(&What::Code, now) && self.late_look_at(rhythm).is_some_and(|at| at <= now)
            }
            _ => self.retry.ready(&What::Money, now),
        }
    }

    fn deadline(&self, rhythm: &Rhythm, now: Timestamp) -> Option<Timestamp> {
        let times = [self.shown_until(), self.late_look_at(rhythm), self.retry.deadline(now)];
        times.into_iter().flatten().filter(|at| *at > now).min()
    }
}

impl Core {
    /// Told before anybody is served: the PIX providers in their order, and whether each can give a Pix back. Codes of one
    /// that is not among them are a person's from now on: it may be put back, but until then nobody can be asked.
    pub fn pix_can(&mut self, providers: Vec<(String, bool)>, now: Timestamp) {
        let is_known = |name: &str| providers.iter().any(|(known, _)| known == name);
        let gone = self.live.values().map(|live| &live.payment).filter(|payment| {
            let gone = payment.code_to_ask_about().filter(|charge| !is_known(&charge.provider));
            gone.is_some() && !payment.was_called(PersonWhy::ProviderGone)
        });
        let gone: Vec<PaymentId> = gone.map(|payment| payment.id).collect();
        self.service.pix.providers = providers;
        for id in gone {
            self.call_person(id, PersonWhy::ProviderGone, now);
        }
    }

    /// What an earlier run began: nobody stands before a code any more.
    pub(super) fn remember_pix_tries(&mut self) {
        let notes = self.ledger.notes_of(&PIX_TRIES);
        let notes = notes.inspect_err(|why| tracing::warn!(why, "the journal does not tell which PIX was tried"));
        let tries = PixTry::all(&notes.unwrap_or_default()).into_iter().filter(|tried| !tried.is_closed());
        self.service.pix.tries = tries.map(|tried| (tried.txid.clone(), Running::new(tried, None))).collect();
    }

    pub(super) fn pix_seats(&self) -> PixSeats {
        let desk = &self.service.pix;
        PixSeats {
            banks: desk.providers.iter().filter(|(_, gives_back)| *gives_back).map(|(name, _)| name.clone()).collect(),
            has_others: desk.providers.iter().any(|(_, gives_back)| !gives_back),
            under_way: desk.tries.values().filter(|running| !matches!(running.tried.stage, Stage::Over { .. })).count(),
        }
    }

    /// Nothing where the answer comes later.
    pub(super) fn try_pix(&mut self, attempt: Attempt, by: String, provider: String, now: Timestamp) -> Option<Told> {
        let not_now = |news| Some(Told::PixTry(TryTold::Ended { news, said: None }));
        if !self.pix_seats().banks.contains(&provider) {
            return not_now(PanelNews::PixNotTried);
        }
        let txid = self.new_txid(&format!("pix try {by}"), now);
        let fact = DeskFact::PixTryStarted { by: by.clone(), txid: txid.clone(), provider: provider.clone() };
        if !self.note(fact, now) {
            return not_now(PanelNews::NotRecorded);
        }
        let tried = PixTry::begun(by, txid.clone(), provider, now);
        self.service.pix.tries.insert(txid, Running::new(tried, Some(attempt)));
        None
    }

    pub(super) fn pix_try_deadline(&self, now: Timestamp) -> Option<Timestamp> {
        let tries = self.service.pix.tries.values().filter(|running| !running.in_flight && !self.broken);
        tries.filter_map(|running| running.deadline(&self.rhythm, now)).min()
    }

    /// Takes the steps that can be taken now.
    pub(super) fn mind_pix_tries(&mut self, now: Timestamp) {
        if self.broken || self.service.pix.tries.is_empty() {
            return;
        }
        let names: Vec<String> = self.service.pix.tries.keys().cloned().collect();
        for txid in names {
            self.leave_where_nobody_stands(&txid, now);
            self.carry_on(&txid, now);
        }
        let tries = &mut self.service.pix.tries;
        tries.retain(|txid, running| {
            let is_over = !running.in_flight && running.tried.is_closed();
            if is_over {
                tracing::info!(txid, "a PIX try has come to its end");
            }
            !is_over
        });
        self.settle(now);
    }

    fn leave_where_nobody_stands(&mut self, txid: &str, now: Timestamp) {
        let Some(running) = self.service.pix.tries.get(txid) else { return };
        let Some(watcher) = running.watcher else { return };
        let time_is_over = running.shown_until().is_some_and(|at| at <= now);
        if self.journey.shows_pix_try(watcher) && !time_is_over {
            return;
        }
        let is_shown = matches!(running.tried.stage, Stage::Shown { left: false, .. });
        if is_shown && !self.heard_of_try(txid, &DeskFact::PixTryLeft { txid: txid.to_owned() }, now) {
            return;
        }
        if is_shown {
            self.tell_watcher(txid, TryTold::Ended { news: PanelNews::PixTryUnpaid, said: None });
        }
        if let Some(running) = self.service.pix.tries.get_mut(txid) {
            running.watcher = None;
            // the next look would come when it was due; taking back waits for nothing
            if is_shown {
                running.retry.worked(&What::Money);
            }
        }
    }

    fn carry_on(&mut self, txid: &str, now: Timestamp) {
        let Some(running) = self.service.pix.tries.get(txid).filter(|running| !running.in_flight) else { return };
        let steps = running.tried.next(running.watcher.is_some());
        let Some(step) = steps.into_iter().find(|step| running.is_ready(step, &self.rhythm, now)) else { return };
        let work = match step {
            Step::Charge => PixWork::Charge(self.try_order(txid)),
            Step::Watch(charge) => PixWork::Look(charge),
            Step::TakeBack(charge) => PixWork::Remove(charge),
            Step::WatchLate(charge) if self.takes_a_look(now) => PixWork::Look(charge),
            Step::WatchLate(_) => {
                if let Some(running) = self.service.pix.tries.get_mut(txid) {
                    running.retry.pause(What::Code, self.rhythm.between_looks(), now);
                }
                return;
            }
            Step::GiveBack(charge, back) => match self.announce_back(txid, charge, back, now) {
                Some(work) => work,
                None => return,
            },
        };
        let Some(running) = self.service.pix.tries.get_mut(txid) else { return };
        (running.in_flight, running.asked_at) = (true, Some(now));
        running.takes_back = matches!(work, PixWork::Remove(_));
        let (txid, provider) = (txid.to_owned(), running.tried.provider.clone());
        self.calls.push(Call::PixTry { txid, provider, work });
    }

    fn try_order(&self, txid: &str) -> PixOrder {
        let beneficiary = &self.site.beneficiary;
        let debtor = TaxId::parse(&beneficiary.tax_id).ok();
        PixOrder {
            txid: txid.to_owned(),
            amount: AMOUNT,
            invoices: vec!["teste".into()],
            identifiers: Vec::new(),
            erp_code: None,
            // of a charge with a due date the site is its own debtor
            debtor: debtor.map(|tax_id| Debtor { name: beneficiary.name.clone(), tax_id }),
        }
    }

    fn announce_back(&mut self, txid: &str, charge: PixCharge, back: Back, now: Timestamp) -> Option<PixWork> {
        let receipt = back.receipt;
        let id = match back.id {
            Some(id) => id,
            None => {
                let id = pix::refund_id(&receipt.end_to_end, receipt.amount);
                let (txid, end_to_end) = (txid.to_owned(), receipt.end_to_end.clone());
                let fact = DeskFact::PixTryBackAsked { txid: txid.clone(), end_to_end, id: id.clone() };
                if !self.heard_of_try(&txid, &fact, now) {
                    return None;
                }
                id
            }
        };
        Some(PixWork::GiveBack { charge, receipt, id })
    }

    /// Makes a fact of a try durable and takes it in.
    fn heard_of_try(&mut self, txid: &str, fact: &DeskFact, now: Timestamp) -> bool {
        let noted = self.note(fact.clone(), now);
        if noted && let Some(running) = self.service.pix.tries.get_mut(txid) {
            running.tried.apply(fact, now);
        }
        noted
    }

    fn tell_watcher(&mut self, txid: &str, told: TryTold) {
        let watcher = self.service.pix.tries.get(txid).and_then(|running| running.watcher);
        if let Some(attempt) = watcher {
            self.events.push(Event::Technician { attempt, told: Told::PixTry(told) });
        }
    }

    pub(super) fn pix_try_rows(&self, now: Timestamp) -> Vec<PanelRow> {
        let tries = self.service.pix.tries.values().map(|running| &running.tried);
        let waits = tries.filter(|tried| !tried.needs(now).is_empty());
        waits.filter_map(|tried| self.service.words.pix_try_row(tried, now)).collect()
    }

    pub(super) fn pix_try_account(&self, txid: &str, now: Timestamp) -> Option<Account> {
        let tried = &self.service.pix.tries.get(txid)?.tried;
        let can_resolve = !tried.needs(now).is_empty();
        Some(Account { can_resolve, ..self.service.words.pix_try(tried, now)? })
    }

    pub(super) fn pix_try_seen_to(&mut self, txid: &str, by: String, note: &str, now: Timestamp) -> bool {
        let running = self.service.pix.tries.get(txid);
        let waits = running.is_some_and(|running| !running.tried.needs(now).is_empty());
        let fact = DeskFact::PixTrySettled { by, txid: txid.to_owned(), note: note.to_owned() };
        waits && self.heard_of_try(txid, &fact, now)
    }
}

#[cfg(test)]
mod tests;
