//! What the totem cannot settle alone, said so that a person can: what is wrong, of which bills, for how much, and every
//! id under which bank, TEF and ERP know the money.

use jiff::civil::DateTime;

use super::debt::Debt;
use super::fact::{Decision, Item, Method, PersonWhy, SettledHow};
use super::side::TicketState;
use super::state::{Payment, Received, Stage};
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
    /// The ticket at the ERP that asks for this.
    pub ticket: Option<String>,
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
    /// The Pix it is about, where it is not the one that paid.
    pub back: Option<Back>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bill {
    pub invoice: InvoiceId,
    pub number: String,
    pub amount: Money,
    /// How often its write-off was sent.
    pub sends: u32,
}

/// A Pix that goes back, or whose refund nobody knows the end of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    pub end_to_end: String,
    pub amount: Money,
    pub at: Option<DateTime>,
}

/// Under what names others know this money; what is unknown is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ids {
    /// Who made the PIX code, by its name in the configuration.
    pub provider: Option<String>,
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
            Stage::PixOver { .. } | Stage::NotCharged { .. } => Outcome::NotCharged,
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
        let by_person =
            self.debts.contains(&Debt::Settled(SettledHow::ByPerson)) || self.amount_settled || self.extras_settled > 0;
        match self.write_off_state() {
            _ if by_person && !self.debts.iter().any(Debt::is_under_way) => Outcome::Resolved,
            WriteOffState::Settled | WriteOffState::ByErp => Outcome::Settled,
            WriteOffState::Owed | WriteOffState::ByHand => Outcome::Owed,
        }
    }

    /// What a person has to do; nothing while the totem can go on by itself, and nothing once it was done.
    #[must_use]
    pub fn need(&self) -> Option<Need> {
        if self.closed || self.is_reversed() {
            return None;
        }
        let mut tasks: Vec<Task> = match &self.stage {
            Stage::PixShown { charge, abandoned }
                if charge.confirmed_by == ConfirmedBy::Person && (*abandoned || self.interrupted) && !self.resolved =>
            {
                vec![self.task(PersonWhy::CheckStatement, None)]
            }
            Stage::PixShown { .. } | Stage::PixOver { .. } if self.was_called(PersonWhy::ProviderGone) => {
                vec![self.task(PersonWhy::ProviderGone, None)]
            }
            Stage::PixShown { .. } | Stage::PixOver { .. } if self.was_called(PersonWhy::CheckStatement) => {
                vec![self.task(PersonWhy::CheckStatement, None)]
            }
            Stage::CardAtTef | Stage::CardUnclear | Stage::CardDecided { .. }
                if self.was_called(PersonWhy::TefSilent) =>
            {
                vec![self.task(PersonWhy::TefSilent, None)]
            }
            _ if self.has_another_amount() && !self.amount_settled => vec![self.task(PersonWhy::WrongAmount, None)],
            _ => self.items.iter().zip(&self.debts).filter_map(|(item, debt)| self.task_of(item, *debt)).collect(),
        };
        if self.is_reversal_unclear() && self.was_called(PersonWhy::TefSilent) {
            tasks.push(self.task(PersonWhy::TefSilent, None));
        }
        tasks.extend(self.going_back());
        (!tasks.is_empty()).then(|| Need {
            payment: self.id,
            customer: self.payer.customer.clone(),
            short_name: self.payer.short_name.clone(),
            tax_id_masked: self.payer.tax_id_masked.clone(),
            method: self.method,
            opened: self.local,
            ids: self.ids(),
            ticket: match &self.ticket.state {
                TicketState::Opened(protocol) => Some(protocol.clone()),
                _ => None,
            },
            tasks,
        })
    }

    fn task_of(&self, item: &Item, debt: Debt) -> Option<Task> {
        match debt {
            Debt::Rejected => Some(self.task(PersonWhy::Rejected, Some(item))),
            Debt::PaidElsewhere => Some(self.task(PersonWhy::Refund, Some(item))),
            _ if !debt.is_under_way() => None,
            _ if self.was_called(PersonWhy::ByHand) => Some(self.task(PersonWhy::ByHand, Some(item))),
            _ if self.was_called(PersonWhy::Overdue) => Some(self.task(PersonWhy::Overdue, Some(item))),
            _ => None,
        }
    }

    /// Money that a person has to give back beside what was asked for, and refunds without a word from the bank.
    fn going_back(&self) -> Vec<Task> {
        let task = |why, end_to_end: &str, amount, at| Task {
            received: Some(amount),
            back: Some(Back { end_to_end: end_to_end.to_owned(), amount, at }),
            ..self.task(why, None)
        };
        let doubled = self.extras.iter().skip(self.extras_settled).map(|extra| {
            task(PersonWhy::Doubled, &extra.end_to_end, extra.amount, Some(calendar::sao_paulo(extra.at)))
        });
        let unclear = self.refunds.iter().filter(|refund| refund.is_unclear());
        let unclear = unclear.map(|it| task(PersonWhy::RefundUnclear, &it.end_to_end, it.amount, None));
        doubled.chain(unclear).collect()
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
        Task { why, bills, asked, received, back: None }
    }

    #[must_use]
    pub fn ids(&self) -> Ids {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut ids = Ids::default();
        if let Stage::PixShown { charge, .. } | Stage::PixOver { charge } | Stage::PixReceived { charge, .. } =
            &self.stage
        {
            (ids.provider, ids.txid) = (given(&charge.provider), given(&charge.txid));
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
