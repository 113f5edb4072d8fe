//! Payments under way: opened here, and carried on by the steps that `payment::next` names.

use jiff::{SignedDuration, Timestamp};

use super::awaited::Awaited;
use super::retry::{Retry, What};
use super::{Core, NotBegun};
use crate::domain::{BillRef, CardKind, InvoiceId, PaymentId};
use crate::erp::{PaidBy, WriteOff};
use crate::journey::{Attempt, Event, Order, step::TroubleCode};
use crate::paper;
use crate::payment::{
    Decision, Entry, Fact, Method, Payer, Payment, Received, Rules, SettledHow, Stage, Step, WriteOffBy, next,
};
use crate::pix::{Debtor, PixOrder};
use crate::runtime::Rhythm;
use crate::runtime::call::{Call, Ticket};
use crate::tef::SaleOrder;

/// A payment that is not closed.
pub struct Live {
    pub payment: Payment,
    /// A call for it is out: nothing else is begun until it is answered.
    pub in_flight: bool,
    /// What kind of answer that call wants. Any other is not its answer.
    pub awaited: Option<Awaited>,
    pub retry: Retry,
    /// The write-off or look that is out, if that is what is out.
    pub bill: Option<InvoiceId>,
    pub watched_since: Option<Timestamp>,
    /// The look that is out was begun before the customer left: it is not the last.
    pub look_again: bool,
    /// How often the sale was begun again after an older transaction was cleared away.
    pub restarts: u32,
    /// When the call that is out went out.
    pub asked_at: Option<Timestamp>,
    /// When it was found in the journal, by a clock that may not be right yet.
    pub found_at: Option<Timestamp>,
    /// When an ended code was last looked at.
    pub late_looked_at: Option<Timestamp>,
    /// Nothing can be done for it before.
    pub sleeps_until: Option<Timestamp>,
    /// The TEF was asked for older transactions before this sale.
    pub cleared: bool,
    order: Option<SaleOrder>,
    /// For a charge that names them; in no fact, so a payment found at start has none and is charged nothing anew.
    debtor: Option<Debtor>,
}

impl Live {
    pub fn from_entries(entries: &[Entry]) -> Option<Live> {
        Some(Live {
            payment: Payment::from_entries(entries)?,
            in_flight: false,
            awaited: None,
            retry: Retry::default(),
            bill: None,
            watched_since: None,
            look_again: false,
            restarts: 0,
            asked_at: None,
            found_at: None,
            late_looked_at: None,
            sleeps_until: None,
            cleared: false,
            order: None,
            debtor: None,
        })
    }

    pub fn sleeps(&self, now: Timestamp) -> bool {
        self.in_flight || self.sleeps_until.is_some_and(|until| until > now)
    }

    /// When something may be done for it again.
    pub fn deadline(&self, rules: &Rules, rhythm: &Rhythm, now: Timestamp) -> Option<Timestamp> {
        if self.sleeps_until.is_some_and(|until| until > now) {
            return self.sleeps_until;
        }
        let late = self.late_look_at(rhythm).filter(|at| *at > now);
        let overdue = self.payment.overdue_at(rules).filter(|at| *at > now);
        self.retry.deadline(now).into_iter().chain(late).chain(overdue).min()
    }

    /// Whether the customer's money is on its way: a program that ends now would leave it there.
    pub fn is_moving(&self, rules: &Rules) -> bool {
        next(&self.payment, rules, self.payment.waiting_since).iter().any(|step| match step {
            Step::WatchBill(_) | Step::WatchLate(_) | Step::ReadBill(_) | Step::WatchDebt(_) | Step::OpenTicket => {
                false
            }
            Step::WriteOff(invoice) => self.retry.tries(&What::Bill(invoice.clone())) == 0,
            Step::ResolveCard | Step::Finalize { .. } | Step::EndPix(_) => self.retry.tries(&What::Money) == 0,
            Step::ChargeCard
            | Step::PrintReceipt
            | Step::Decide(_)
            | Step::ChargePix
            | Step::WatchPix(_)
            | Step::Settle(..)
            | Step::CallPerson(_)
            | Step::Close => true,
        })
    }
}

impl Core {
    /// Opens a payment, unless one of its bills is held by another or the card terminal is not free.
    pub(super) fn pay(&mut self, attempt: Attempt, order: &Order, now: Timestamp) {
        let bill = |invoice: &InvoiceId| BillRef { customer: order.customer.id.clone(), invoice: invoice.clone() };
        let held =
            order.items.iter().any(|item| self.live.values().any(|live| live.payment.holds(&bill(&item.invoice))));
        if held {
            return self.events.push(Event::PaymentRefused { attempt, why: TroubleCode::Settling });
        }
        if matches!(order.method, Method::Card { .. }) && (self.card_is_open() || self.strays.are_unknown()) {
            return self.events.push(Event::PaymentRefused { attempt, why: TroubleCode::TefDown });
        }
        if matches!(order.method, Method::Card { .. }) && self.rules.write_off == WriteOffBy::Erp {
            tracing::error!("a card was chosen where the site leaves every write-off to the ERP");
            return self.events.push(Event::PaymentRefused { attempt, why: TroubleCode::TefDown });
        }
        let local = Self::local(now);
        let id = PaymentId::after(self.last_id, local.date());
        let opened = Fact::Opened {
            payer: Payer {
                customer: order.customer.id.clone(),
                short_name: order.customer.short_name(),
                tax_id_hash: self.hash(&order.customer.tax_id),
                tax_id_masked: order.customer.tax_id.masked(),
            },
            items: order.items.clone(),
            method: order.method,
            local,
        };
        let bills: Vec<BillRef> = order.items.iter().map(|item| bill(&item.invoice)).collect();
        let mut facts = vec![opened];
        facts.extend((self.rules.write_off == WriteOffBy::ByHand).then_some(Fact::ByHand));
        facts.extend(self.earlier_code(&bills).map(|payment| Fact::EarlierCode { payment }));
        let entries: Vec<Entry> = facts.iter().map(|fact| Entry { payment: id, at: now, fact: fact.clone() }).collect();
        let Some(mut live) = Live::from_entries(&entries) else { return };
        live.debtor = Some(Debtor { name: order.customer.name.clone(), tax_id: order.customer.tax_id.clone() });
        if self.broken {
            return;
        }
        match self.ledger.begin(&entries) {
            Ok(()) => {
                self.tells_of(&entries);
                self.last_id = Some(id);
                self.live.insert(id, live);
                self.events.push(Event::PaymentOpened { attempt, payment: id });
            }
            Err(NotBegun::NotNow(why)) => {
                tracing::error!(why, "no payment is begun; those under way go on");
                self.events.push(Event::PaymentRefused { attempt, why: TroubleCode::NoRoom });
            }
            Err(NotBegun::Broken(why)) => self.break_off(&why),
        }
    }

    pub(super) fn leave_code(&mut self, id: PaymentId, now: Timestamp) {
        use crate::payment::Stage::{Asked, PixAsked, PixShown};
        let waits = self.live.get(&id).is_some_and(|live| {
            live.payment.method == Method::Pix
                && matches!(live.payment.stage, Asked | PixAsked | PixShown { abandoned: false, .. })
        });
        if waits {
            self.record(id, vec![Fact::PixAbandoned], now);
            if let Some(live) = self.live.get_mut(&id) {
                live.retry.worked(&What::Money);
                live.look_again = live.in_flight;
            }
        }
    }

    /// Takes the steps that can be taken now. The only place that asks `payment::next`.
    pub(super) fn advance(&mut self, id: PaymentId, now: Timestamp) {
        loop {
            let Some(live) = self.live.get(&id) else { return };
            if live.in_flight || self.broken || self.pace.puts_off(live, now) {
                return;
            }
            let steps = next(&live.payment, &self.rules, now);
            let Some(step) = steps.into_iter().find(|step| self.is_ready(id, step, now)) else { break };
            self.looked(&step, now);
            if !self.take(id, step, now) {
                return;
            }
        }
        self.lie_down(id, now);
    }

    fn is_ready(&mut self, id: PaymentId, step: &Step, now: Timestamp) -> bool {
        let rested = self.live.get(&id).is_some_and(|live| live.retry.ready(&subject(step), now));
        rested && self.has_its_turn(id, step) && self.may_look(id, step, now)
    }

    /// A payment that only waits for a late look is not thought about until then.
    fn lie_down(&mut self, id: PaymentId, now: Timestamp) {
        if let Some(live) = self.live.get_mut(&id)
            && live.payment.rests()
        {
            live.sleeps_until = live.deadline(&self.rules, &self.rhythm, now);
        }
    }

    /// Takes one step: its announcement is durable before the call goes out.
    fn take(&mut self, id: PaymentId, step: Step, now: Timestamp) -> bool {
        match step {
            Step::Decide(decision) => self.record(id, vec![Fact::Decided { decision }], now),
            Step::Settle(invoice, how) => self.record(id, vec![Fact::WriteOffSettled { invoice, how }], now),
            Step::CallPerson(why) => self.call_person(id, why, now),
            Step::Close => self.record(id, vec![Fact::Closed], now),
            Step::ChargeCard => {
                if !self.is_cleared(id, now) {
                    return false;
                }
                let Some(order) = self.sale_order(id) else { return false };
                let begun = self.record(id, vec![Fact::CardStarted], now);
                begun && self.call(id, None, Call::Sell { payment: id, order, round: 0 }, now)
            }
            Step::ResolveCard => self.call(id, None, Call::Pending { payment: Some(id) }, now),
            Step::PrintReceipt => {
                let Some(document) = self.card_receipt(id) else { return false };
                let begun = self.record(id, vec![Fact::ReceiptStarted], now);
                begun && self.call(id, None, Call::Print { ticket: Ticket::Receipt(id), document }, now)
            }
            Step::Finalize { sale, decision } => {
                self.call(id, None, Call::Finalize { payment: Some(id), sale, decision }, now)
            }
            Step::ChargePix => {
                let Some((bills, order)) = self.pix_order(id, now) else { return false };
                let begun = self.record(id, vec![Fact::PixStarted { txid: order.txid.clone() }], now);
                begun && self.call(id, None, Call::ChargePix { payment: id, bills, order }, now)
            }
            Step::WatchPix(charge) if charge.confirmed_by == crate::domain::ConfirmedBy::Bank => {
                self.call(id, None, Call::LookPix { payment: id, charge }, now)
            }
            Step::EndPix(charge) if charge.confirmed_by == crate::domain::ConfirmedBy::Bank => {
                self.call(id, None, Call::RemovePix { payment: id, charge }, now)
            }
            Step::WatchLate(charge) if charge.confirmed_by == crate::domain::ConfirmedBy::Bank => {
                self.call(id, None, Call::LookPix { payment: id, charge }, now)
            }
            Step::WatchPix(_) | Step::EndPix(_) | Step::WatchBill(_) | Step::WatchLate(_) => {
                let Some(live) = self.live.get(&id) else { return false };
                let bills = live.payment.bills();
                self.call(id, None, Call::ReadBills { payment: id, bills }, now)
            }
            Step::OpenTicket => {
                let Some(call) = self.ticket_call(id) else {
                    let why = "the bills name no contract to open it for".to_owned();
                    return self.record(id, vec![Fact::TicketStarted, Fact::TicketRefused { why }], now);
                };
                let announced = self.record(id, vec![Fact::TicketStarted], now);
                announced && self.call(id, None, call, now)
            }
            Step::ReadBill(invoice) | Step::WatchDebt(invoice) => {
                let Some(live) = self.live.get(&id) else { return false };
                let bills = vec![live.payment.bill(&invoice)];
                self.call(id, Some(invoice), Call::ReadBills { payment: id, bills }, now)
            }
            Step::WriteOff(invoice) => {
                let Some(write_off) = self.live.get(&id).and_then(|live| write_off(&live.payment, &invoice)) else {
                    return false;
                };
                let announced = self.record(id, vec![Fact::WriteOffSent { invoice: invoice.clone() }], now);
                announced && self.call(id, Some(invoice), Call::WriteOff { payment: id, write_off }, now)
            }
        }
    }

    fn call(&mut self, id: PaymentId, bill: Option<InvoiceId>, call: Call, now: Timestamp) -> bool {
        if let Some(live) = self.live.get_mut(&id) {
            live.in_flight = true;
            live.asked_at = Some(now);
            live.awaited = Awaited::by(&call);
            live.bill = bill;
            self.calls.push(call);
        }
        true
    }

    fn sale_order(&mut self, id: PaymentId) -> Option<SaleOrder> {
        let live = self.live.get_mut(&id)?;
        let Method::Card { kind, instalments } = live.payment.method else { return None };
        let order = SaleOrder { coupon: id.0, amount: live.payment.total(), kind, instalments, at: live.payment.local };
        live.order = Some(order.clone());
        Some(order)
    }

    /// After an older transaction was cleared away: the customer's sale, once more.
    pub(super) fn sell_again(&mut self, id: PaymentId, now: Timestamp) {
        let again = self.live.get(&id).and_then(|live| Some((live.order.clone()?, live.restarts)));
        if let Some((order, round)) = again {
            self.call(id, None, Call::Sell { payment: id, order, round }, now);
        }
    }

    fn card_receipt(&self, id: PaymentId) -> Option<paper::Document> {
        let payment = &self.live.get(&id)?.payment;
        let receipt = payment.receipt_for(&self.site.beneficiary, &self.site.totem, None).ok()?;
        let paper = paper::with_tef_copy(paper::payment_receipt(&receipt), payment.customer_copy());
        // whoever wants large letters on the screen wants them on the paper
        Some(if self.journey.is_accessible() { paper.enlarged() } else { paper })
    }

    /// The code that is on the screen now; nothing once it is not.
    pub(super) fn pix_slip(&self, id: PaymentId) -> Option<paper::PixSlip> {
        let live = self.live.get(&id)?;
        let Stage::PixShown { charge, abandoned: false } = &live.payment.stage else { return None };
        let until = charge.expires_in_s.zip(live.watched_since).and_then(|(seconds, since)| {
            let end = since.checked_add(SignedDuration::from_secs(i64::from(seconds))).ok()?;
            Some(Self::local(end))
        });
        Some(paper::PixSlip {
            beneficiary: self.site.beneficiary.clone(),
            protocol: id.protocol(),
            amount: live.payment.total(),
            payload: charge.payload.clone(),
            confirmed_by: charge.confirmed_by,
            until,
        })
    }

    /// Given once and never again: an older journal that was put back gives the same number to another payment, and a bank
    /// would take its charge for the one that was paid.
    pub(super) fn new_txid(&self, whose: &str, now: Timestamp) -> String {
        let unique = format!("{whose} {} {:032x}", now.as_nanosecond(), self.ledger.chance());
        self.ledger.keyed_hash(&unique).chars().take(32).collect()
    }

    fn pix_order(&self, id: PaymentId, now: Timestamp) -> Option<(Vec<BillRef>, PixOrder)> {
        let live = self.live.get(&id)?;
        let payment = &live.payment;
        let invoices: Vec<InvoiceId> = payment.items.iter().map(|item| item.invoice.clone()).collect();
        let bills = invoices.iter().map(|invoice| payment.bill(invoice)).collect();
        let identifiers = payment.items.iter().filter_map(|item| item.identifier.clone()).collect();
        let txid = self.new_txid(&format!("txid {}", id.0), now);
        let debtor = live.debtor.clone();
        Some((bills, PixOrder { txid, amount: payment.total(), invoices, identifiers, erp_code: None, debtor }))
    }
}

/// What a failure of this step makes wait.
fn subject(step: &Step) -> What {
    match step {
        Step::WatchDebt(invoice) => What::Debt(invoice.clone()),
        Step::WriteOff(invoice) | Step::ReadBill(invoice) | Step::Settle(invoice, SettledHow::ByPerson) => {
            What::Bill(invoice.clone())
        }
        Step::WatchLate(_) => What::Code,
        Step::OpenTicket => What::Ticket,
        Step::WatchPix(_)
        | Step::EndPix(_)
        | Step::WatchBill(_)
        | Step::ResolveCard
        | Step::Finalize { decision: Decision::Confirm | Decision::Undo(_), .. } => What::Money,
        Step::Settle(..)
        | Step::ChargeCard
        | Step::PrintReceipt
        | Step::Decide(_)
        | Step::ChargePix
        | Step::CallPerson(_)
        | Step::Close => What::Always,
    }
}

fn write_off(payment: &Payment, invoice: &InvoiceId) -> Option<WriteOff> {
    let item = payment.items.iter().find(|item| item.invoice == *invoice)?;
    let paid_by = match payment.received.as_ref()? {
        Received::Card(sale) => PaidBy::Card {
            kind: match payment.method {
                Method::Card { kind, .. } => kind,
                Method::Pix => CardKind::Debit,
            },
            network: sale.network.clone(),
            brand: sale.brand.clone(),
            nsu: sale.nsu.clone(),
            authorization: sale.authorization.clone(),
        },
        Received::Pix { end_to_end, .. } => PaidBy::Pix { end_to_end: end_to_end.clone().unwrap_or_default() },
    };
    Some(WriteOff { bill: payment.bill(invoice), charge: item.charge, on: payment.paid_on()?, paid_by })
}
