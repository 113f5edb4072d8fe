//! Payments under way: opened here, and carried on by the steps that `payment::next` names.

use jiff::{SignedDuration, Timestamp};

use super::Core;
use super::awaited::Awaited;
use super::retry::{Retry, What};
use crate::domain::{BillRef, CardKind, InvoiceId, PaymentId};
use crate::erp::{PaidBy, WriteOff};
use crate::journey::{Attempt, Event, Order, step::TroubleCode};
use crate::paper;
use crate::payment::{Decision, Entry, Fact, Method, Payer, Payment, Received, Rules, SettledHow, Stage, Step, next};
use crate::pix::{Debtor, PixOrder};
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
            order: None,
            debtor: None,
        })
    }

    /// Whether the customer's money is on its way: a program that ends now would leave it there.
    pub fn is_moving(&self, rules: &Rules) -> bool {
        next(&self.payment, rules).iter().any(|step| match step {
            Step::WatchBill(_) | Step::ReadBill(_) => false,
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
        let entry = Entry { payment: id, at: now, fact: opened.clone() };
        let Some(mut live) = Live::from_entries(std::slice::from_ref(&entry)) else { return };
        live.debtor = Some(Debtor { name: order.customer.name.clone(), tax_id: order.customer.tax_id.clone() });
        if self.record(id, vec![opened], now) {
            self.last_id = Some(id);
            self.live.insert(id, live);
            self.events.push(Event::PaymentOpened { attempt, payment: id });
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
            if live.in_flight || self.broken {
                return;
            }
            let ready = |step: &Step| live.retry.ready(&subject(step), now);
            let Some(step) = next(&live.payment, &self.rules).into_iter().find(ready) else { return };
            if !self.take(id, step, now) {
                return;
            }
        }
    }

    /// Takes one step: its announcement is durable before the call goes out.
    fn take(&mut self, id: PaymentId, step: Step, now: Timestamp) -> bool {
        match step {
            Step::Decide(decision) => self.record(id, vec![Fact::Decided { decision }], now),
            Step::Settle(invoice, how) => self.record(id, vec![Fact::WriteOffSettled { invoice, how }], now),
            Step::CallPerson(why) => self.record(id, vec![Fact::PersonCalled { why }], now),
            Step::Close => self.record(id, vec![Fact::Closed], now),
            Step::ChargeCard => {
                let Some(order) = self.sale_order(id) else { return false };
                let begun = self.record(id, vec![Fact::CardStarted], now);
                begun && self.call(id, None, Call::Sell { payment: id, order })
            }
            Step::ResolveCard => self.call(id, None, Call::Pending { payment: Some(id) }),
            Step::PrintReceipt => {
                let Some(document) = self.card_receipt(id) else { return false };
                let begun = self.record(id, vec![Fact::ReceiptStarted], now);
                begun && self.call(id, None, Call::Print { ticket: Ticket::Receipt(id), document })
            }
            Step::Finalize { sale, decision } => {
                self.call(id, None, Call::Finalize { payment: Some(id), sale, decision })
            }
            Step::ChargePix => {
                let Some((bills, order)) = self.pix_order(id) else { return false };
                let begun = self.record(id, vec![Fact::PixStarted { txid: order.txid.clone() }], now);
                begun && self.call(id, None, Call::ChargePix { payment: id, bills, order })
            }
            Step::WatchPix(charge) if charge.confirmed_by == crate::domain::ConfirmedBy::Bank => {
                self.call(id, None, Call::LookPix { payment: id, charge })
            }
            Step::EndPix(charge) if charge.confirmed_by == crate::domain::ConfirmedBy::Bank => {
                self.call(id, None, Call::RemovePix { payment: id, charge })
            }
            Step::WatchPix(_) | Step::EndPix(_) | Step::WatchBill(_) => {
                let Some(live) = self.live.get(&id) else { return false };
                let bills = live.payment.items.iter().map(|item| live.payment.bill(&item.invoice)).collect();
                self.call(id, None, Call::ReadBills { payment: id, bills })
            }
            Step::ReadBill(invoice) => {
                let Some(live) = self.live.get(&id) else { return false };
                let bills = vec![live.payment.bill(&invoice)];
                self.call(id, Some(invoice), Call::ReadBills { payment: id, bills })
            }
            Step::WriteOff(invoice) => {
                let Some(write_off) = self.live.get(&id).and_then(|live| write_off(&live.payment, &invoice)) else {
                    return false;
                };
                let announced = self.record(id, vec![Fact::WriteOffSent { invoice: invoice.clone() }], now);
                announced && self.call(id, Some(invoice), Call::WriteOff { payment: id, write_off })
            }
        }
    }

    fn call(&mut self, id: PaymentId, bill: Option<InvoiceId>, call: Call) -> bool {
        if let Some(live) = self.live.get_mut(&id) {
            live.in_flight = true;
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
    pub(super) fn sell_again(&mut self, id: PaymentId) {
        if let Some(order) = self.live.get(&id).and_then(|live| live.order.clone()) {
            self.call(id, None, Call::Sell { payment: id, order });
        }
    }

    fn card_receipt(&self, id: PaymentId) -> Option<paper::Document> {
        let payment = &self.live.get(&id)?.payment;
        let receipt = payment.receipt_for(&self.site.beneficiary, &self.site.totem, false)?;
        let copy = &payment.sale()?.customer_copy;
        Some(paper::with_tef_copy(paper::payment_receipt(&receipt), copy))
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

    fn pix_order(&self, id: PaymentId) -> Option<(Vec<BillRef>, PixOrder)> {
        let live = self.live.get(&id)?;
        let payment = &live.payment;
        let invoices: Vec<InvoiceId> = payment.items.iter().map(|item| item.invoice.clone()).collect();
        let bills = invoices.iter().map(|invoice| payment.bill(invoice)).collect();
        let identifiers = payment.items.iter().filter_map(|item| item.identifier.clone()).collect();
        let txid: String = self.ledger.keyed_hash(&format!("txid {}", id.0)).chars().take(32).collect();
        let debtor = live.debtor.clone();
        Some((bills, PixOrder { txid, amount: payment.total(), invoices, identifiers, erp_code: None, debtor }))
    }
}

/// What a failure of this step makes wait.
fn subject(step: &Step) -> What {
    match step {
        Step::WriteOff(invoice) | Step::ReadBill(invoice) | Step::Settle(invoice, SettledHow::ByPerson) => {
            What::Bill(invoice.clone())
        }
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
