//! What the totem cannot settle alone, said so that a person can: what is wrong, of which bills, for how much, and every
//! id under which bank, TEF and ERP know the money.

use jiff::civil::DateTime;

use super::fact::{Decision, Item, Method, PersonWhy};
use super::state::{Debt, Payment, Received, Stage};
use crate::domain::receipt::WriteOffState;
use crate::domain::{ConfirmedBy, CustomerId, InvoiceId, Money, PaymentId, calendar};

/// Where a payment stands, for the back office: every payment is exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is certain yet: it is being found out, or it is under way.
    Confirming,
    NotCharged,
    /// Approved and given back, and the TEF said so.
    Undone,
    /// The money is here; the ERP has not said yes for every bill.
    Owed,
    /// The money is here and the ERP knows.
    Settled,
    Person(Box<Need>),
    /// A person said how it ended.
    Resolved,
}

/// What a person has to do for one payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub payment: PaymentId,
    pub customer: CustomerId,
    pub short_name: String,
    pub tax_id_masked: String,
    pub method: Method,
    /// Local time at which the customer chose to pay.
    pub opened: DateTime,
    pub ids: Ids,
    /// At least one.
    pub tasks: Vec<Task>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub why: PersonWhy,
    /// What it is about: one bill, or all of the payment where the money as a whole is in doubt.
    pub bills: Vec<Bill>,
    /// What these bills were to cost.
    pub asked: Money,
    /// What came, where it is known to have come.
    pub received: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    pub invoice: InvoiceId,
    pub number: String,
    pub amount: Money,
    /// How often its write-off was sent.
    pub sends: u32,
}

/// Under what names others know this money; what is unknown is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    pub network: Option<String>,
    pub brand: Option<String>,
    pub nsu: Option<String>,
    pub authorization: Option<String>,
    pub end_to_end: Option<String>,
    pub txid: Option<String>,
    /// Local time at which the money moved.
    pub at: Option<DateTime>,
}

impl Payment {
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        if let Some(need) = self.need() {
            return Outcome::Person(Box::new(need));
        }
        if self.is_reversed() {
            return Outcome::Undone;
        }
        match &self.stage {
            Stage::NotCharged { .. } => Outcome::NotCharged,
            // closed before anything was asked of anybody, or before a code was shown
            Stage::Asked | Stage::PixAsked if self.closed => Outcome::NotCharged,
            Stage::CardFinal { decision: Decision::Undo(_), .. } => Outcome::Undone,
            Stage::PixShown { .. } if self.resolved => Outcome::Resolved,
            Stage::CardFinal { decision: Decision::Confirm, .. } | Stage::PixReceived { .. } => self.received_outcome(),
            Stage::Asked
            | Stage::CardAtTef
            | Stage::CardUnclear
            | Stage::CardApproved { .. }
            | Stage::CardPrinting { .. }
            | Stage::CardPrinted { .. }
            | Stage::CardDecided { .. }
            | Stage::PixAsked
            | Stage::PixShown { .. } => Outcome::Confirming,
        }
    }

    fn received_outcome(&self) -> Outcome {
        match self.write_off_state() {
            _ if self.resolved && !self.debts.iter().any(Debt::is_under_way) => Outcome::Resolved,
            WriteOffState::Settled | WriteOffState::ByErp => Outcome::Settled,
            WriteOffState::Owed => Outcome::Owed,
        }
    }

    /// What a person has to do; nothing while the totem can go on by itself, and nothing once it was done.
    #[must_use]
    pub fn need(&self) -> Option<Need> {
        if self.closed || self.is_reversed() {
            return None;
        }
        let tasks = match &self.stage {
            Stage::PixShown { charge, abandoned }
                if charge.confirmed_by == ConfirmedBy::Person && (*abandoned || self.interrupted) && !self.resolved =>
            {
                vec![self.task(PersonWhy::CheckStatement, None)]
            }
            _ if self.has_another_amount() && !self.resolved => vec![self.task(PersonWhy::WrongAmount, None)],
            _ => self.items.iter().zip(&self.debts).filter_map(|(item, debt)| self.task_of(item, *debt)).collect(),
        };
        (!tasks.is_empty()).then(|| Need {
            payment: self.id,
            customer: self.payer.customer.clone(),
            short_name: self.payer.short_name.clone(),
            tax_id_masked: self.payer.tax_id_masked.clone(),
            method: self.method,
            opened: self.local,
            ids: self.ids(),
            tasks,
        })
    }

    fn task_of(&self, item: &Item, debt: Debt) -> Option<Task> {
        match debt {
            Debt::Rejected => Some(self.task(PersonWhy::Rejected, Some(item))),
            Debt::PaidElsewhere => Some(self.task(PersonWhy::Refund, Some(item))),
            Debt::None | Debt::Owed | Debt::Sent | Debt::Unclear | Debt::FoundOpen | Debt::Settled(_) => None,
        }
    }

    /// About one bill, whose money came in full; or about all of them.
    fn task(&self, why: PersonWhy, one: Option<&Item>) -> Task {
        let bills: Vec<Bill> = self
            .items
            .iter()
            .filter(|item| one.is_none_or(|one| one.invoice == item.invoice))
            .map(|item| Bill {
                invoice: item.invoice.clone(),
                number: item.number.clone(),
                amount: item.charge.total(),
                sends: self.sends(&item.invoice),
            })
            .collect();
        let asked = bills.iter().map(|bill| bill.amount).sum();
        let received = match (&self.received, one) {
            (None, _) => None,
            (Some(_), Some(_)) => Some(asked),
            (Some(received), None) => Some(received.amount()),
        };
        Task { why, bills, asked, received }
    }

    #[must_use]
    pub fn ids(&self) -> Ids {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut ids = Ids::default();
        if let Stage::PixShown { charge, .. } | Stage::PixReceived { charge, .. } = &self.stage {
            ids.txid = given(&charge.txid);
        }
        if let Some(Received::Pix { end_to_end, at, .. }) = &self.received {
            ids.end_to_end = end_to_end.as_deref().and_then(given);
            ids.at = Some(calendar::sao_paulo(*at));
        }
        if let Some(sale) = self.sale() {
            ids.network = given(&sale.network);
            ids.brand = given(&sale.brand);
            ids.nsu = given(&sale.nsu);
            ids.authorization = given(&sale.authorization);
            ids.at = sale.at.or(Some(self.local));
        }
        ids
    }
}

impl Received {
    #[must_use]
    pub fn amount(&self) -> Money {
        match self {
            Received::Card(sale) => sale.amount,
            Received::Pix { amount, .. } => *amount,
        }
    }
}

impl Debt {
    /// Whether the totem still works on it by itself.
    fn is_under_way(&self) -> bool {
        matches!(self, Debt::Owed | Debt::Sent | Debt::Unclear | Debt::FoundOpen)
    }
}
