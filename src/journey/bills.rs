//! What is owed: which bills are shown, chosen and summed up.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::event::{Attempt, BoletoPaper, Command, Failure};
use super::intent::PageTurn;
use super::scene::{Again, Back, Scene};
use super::step::{BillState, InvoiceLine, SearchFor, TroubleCode};
use super::{Journey, today};
use crate::domain::{Boleto, Charge, ContractId, Invoice, InvoiceId, Money};

impl Journey {
    /// Overdue bills first, the oldest at the top; of one contract only, where one was chosen.
    pub(super) fn bills(&self) -> Vec<&Invoice> {
        let Some(account) = &self.session.account else { return Vec::new() };
        let mut bills: Vec<&Invoice> = account
            .invoices
            .iter()
            .filter(|bill| self.session.contract.as_ref().is_none_or(|contract| bill.contracts.contains(contract)))
            .collect();
        bills.sort_by(|a, b| (a.due, &a.id).cmp(&(b.due, &b.id)));
        bills
    }

    pub(super) fn invoice(&self, id: &InvoiceId) -> Option<&Invoice> {
        self.session.account.as_ref()?.invoices.iter().find(|bill| bill.id == *id)
    }

    fn state_of(&self, bill: &Invoice, today: Date) -> BillState {
        if self.session.settling.contains(&bill.id) {
            BillState::Settling
        } else if bill.charge_due(today).is_none() {
            BillState::AmountUnknown
        } else {
            BillState::Open
        }
    }

    pub(super) fn line(&self, bill: &Invoice, today: Date) -> InvoiceLine {
        let charge = bill.charge_due(today);
        let part = |part: fn(&Charge) -> Money| charge.as_ref().map(part).unwrap_or_default();
        InvoiceLine {
            id: bill.id.clone(),
            due: bill.due,
            amount_cents: charge.map(|charge| charge.total()),
            original_cents: bill.original,
            fine_cents: part(|charge| charge.fine),
            interest_cents: part(|charge| charge.interest),
            discount_cents: part(|charge| charge.discount),
            overdue_days: if crate::domain::calendar::is_overdue(bill.due, today) {
                bill.overdue_days(today)
            } else {
                0
            },
            description: bill.description.clone(),
            chosen: self.session.chosen.contains(&bill.id),
            state: self.state_of(bill, today),
        }
    }

    /// Whether this bill may be paid elsewhere: not while a payment made here still holds it, or it would be paid twice.
    pub(super) fn is_payable(&self, id: &InvoiceId) -> bool {
        self.invoice(id).is_some() && !self.session.settling.contains(id)
    }

    /// The bills page, with what is overdue already chosen; the oldest open one where nothing is.
    pub(super) fn show_bills(&mut self, today: Date) {
        let payable: Vec<(InvoiceId, bool)> = self
            .bills()
            .into_iter()
            .filter(|bill| self.state_of(bill, today) == BillState::Open)
            .map(|bill| (bill.id.clone(), crate::domain::calendar::is_overdue(bill.due, today)))
            .collect();
        let overdue: BTreeSet<InvoiceId> =
            payable.iter().filter(|(_, overdue)| *overdue).map(|(id, _)| id.clone()).collect();
        self.session.chosen =
            if overdue.is_empty() { payable.into_iter().take(1).map(|(id, _)| id).collect() } else { overdue };
        self.session.detail = None;
        self.scene = Scene::Invoices { page: 1 };
    }

    pub(super) fn pages(&self) -> usize {
        self.bills().len().div_ceil(self.settings.page_size.max(1)).max(1)
    }

    pub(super) fn turn_page(&mut self, to: PageTurn) {
        let pages = self.pages();
        if let Scene::Invoices { page } = &mut self.scene {
            *page = match to {
                PageTurn::Next => (*page + 1).min(pages),
                PageTurn::Previous => page.saturating_sub(1).max(1),
            };
        }
    }

    pub(super) fn toggle(&mut self, id: &str) {
        let id = InvoiceId::from(id);
        let today = today(self.last_touch);
        let open = self.invoice(&id).is_some_and(|bill| self.state_of(bill, today) == BillState::Open);
        if !open || !self.bills().iter().any(|bill| bill.id == id) {
            return;
        }
        self.session.changed = false;
        self.session.scan_news = None;
        if !self.session.chosen.remove(&id) {
            self.session.chosen.insert(id);
        }
    }

    pub(super) fn details(&mut self, id: &str) {
        let id = InvoiceId::from(id);
        if self.invoice(&id).is_some() {
            self.session.detail = Some(id.clone());
            self.scene = Scene::Invoice { id };
        }
    }

    pub(super) fn choose_contract(&mut self, id: &str, today: Date) {
        let id = ContractId::from(id);
        let known =
            self.session.account.as_ref().is_some_and(|account| account.contracts.iter().any(|one| one.id == id));
        if known {
            self.session.contract = Some(id);
            self.show_bills(today);
        }
    }

    /// What would be paid now: the chosen bills that can be charged.
    pub(super) fn chosen_charges(&self, today: Date) -> Vec<(&Invoice, Charge)> {
        self.bills()
            .into_iter()
            .filter(|bill| self.session.chosen.contains(&bill.id) && !self.session.settling.contains(&bill.id))
            .filter_map(|bill| Some((bill, bill.charge_due(today)?)))
            .collect()
    }

    pub(super) fn chosen_total(&self, today: Date) -> Money {
        self.chosen_charges(today).iter().map(|(_, charge)| charge.total()).sum()
    }

    /// The one bill whose boleto can be shown: the one looked at, or the only one chosen.
    pub(super) fn bill_for_boleto(&self) -> Option<InvoiceId> {
        let bill = match (&self.scene, self.session.chosen.len()) {
            (Scene::Invoice { id }, _) => Some(id.clone()),
            (_, 1) => self.session.chosen.first().cloned(),
            _ => None,
        };
        bill.filter(|id| self.is_payable(id))
    }

    pub(super) fn show_boleto(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(id) = self.bill_for_boleto() else { return };
        let Some(known) = self.invoice(&id).map(|bill| bill.boleto.clone()) else { return };
        self.session.detail = Some(id.clone());
        if let Some(boleto) = known {
            self.open_boleto(&id, boleto, today(now), commands);
        } else if let Some(bill) = self.bill(&id) {
            let attempt = self.next_attempt();
            self.scene = Scene::Searching { what: SearchFor::Boleto, attempt, since: now };
            commands.push(Command::FindBoleto { attempt, bill });
        }
    }

    pub(super) fn boleto(
        &mut self,
        attempt: Attempt,
        result: Result<Option<Boleto>, Failure>,
        commands: &mut Vec<Command>,
    ) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        let Some(id) = self.session.detail.clone() else { return };
        match result {
            Ok(Some(boleto)) => self.open_boleto(&id, boleto, today(self.last_touch), commands),
            Ok(None) => self.trouble(TroubleCode::NoBoleto, None, Some(Back::Invoices)),
            Err(failure) => self.trouble(failure.into(), Some(Again::Boleto), Some(Back::Invoices)),
        }
    }

    /// Whether the ERP holds another bill's slip for this one: then a person has to look, and nothing of it is shown.
    pub(super) fn doubts(&mut self, id: &InvoiceId, slip: &Boleto, today: Date, commands: &mut Vec<Command>) -> bool {
        let doubted = self.invoice(id).is_some_and(|bill| bill.is_contradicted_by(slip, today));
        if doubted {
            commands.push(Command::Doubt { bill: id.clone() });
            self.trouble(TroubleCode::WrongDocument, None, Some(Back::Invoices));
        }
        doubted
    }

    /// What is to be paid with a boleto is what its bars say: that is what a bank reads.
    fn open_boleto(&mut self, id: &InvoiceId, boleto: Boleto, today: Date, commands: &mut Vec<Command>) {
        if !self.is_payable(id) || self.doubts(id, &boleto, today, commands) {
            return;
        }
        let Some(account) = &self.session.account else { return };
        let Some(invoice) = account.invoices.iter().find(|bill| bill.id == *id) else { return };
        let amount = boleto
            .value()
            .or_else(|| invoice.charge_due(today).map(|charge| charge.total()))
            .unwrap_or(invoice.original);
        let paper = BoletoPaper {
            payer: account.customer.short_name(),
            number: invoice.number.clone(),
            due: boleto.due(today).unwrap_or(invoice.due),
            amount,
            pix: invoice.pix_beside(&boleto, today).map(str::to_owned),
            boleto,
        };
        self.scene = Scene::Boleto { paper: Box::new(paper), line: id.clone(), printed: None };
    }
}
