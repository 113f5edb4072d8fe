//! Paying: the bills are read again, a method is chosen, and the screen follows the payment's standing.

use jiff::{SignedDuration, Timestamp};

use super::event::{Attempt, Command, Failure, Order, Prepared, PrintJob};
use super::intent::Intent;
use super::scene::{Again, Back, Paying, Scene, Session};
use super::step::{Choice, MethodWhy, PrintNews, SearchFor, TroubleCode};
use super::{Journey, today};
use crate::domain::{CardKind, ContractStatus, InvoiceState, Money, PaymentId, Prompt};
use crate::payment::{Item, Method, Refusal, Standing};

/// Bills read longer ago than this are read again before anything is charged.
const FRESH: SignedDuration = SignedDuration::from_secs(45);

impl Journey {
    pub(super) fn prepare(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Scene::Invoice { id } = &self.scene
            && !self.session.settling.contains(id)
        {
            self.session.chosen = [id.clone()].into();
        }
        let today = today(now);
        let bills: Vec<_> =
            self.chosen_charges(today).into_iter().filter_map(|(invoice, _)| self.bill(&invoice.id)).collect();
        if bills.is_empty() {
            return;
        }
        let attempt = self.next_attempt();
        self.scene = Scene::Searching { what: SearchFor::Bill, attempt, since: now };
        commands.push(Command::Prepare { attempt, bills });
    }

    /// The fresh bills against those on the screen: whoever pays another amount than was shown sees it first.
    pub(super) fn prepared(
        &mut self,
        attempt: Attempt,
        result: Result<Prepared, Failure>,
        now: Timestamp,
        _commands: &mut Vec<Command>,
    ) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        // an answer that took its time is as old as its question
        let asked_at = if let Scene::Searching { since, .. } = self.scene { since } else { now };
        self.last_touch = now;
        self.session.erp_down = result.is_err();
        match result {
            Err(_) => self.scene = Scene::Method,
            Ok(prepared) => {
                self.equipment = prepared.equipment;
                self.session.settling = prepared.settling.iter().cloned().collect();
                let changed = self.take_fresh(prepared, now);
                self.session.prepared_at = Some(asked_at);
                if self.bills().is_empty() {
                    self.trouble(TroubleCode::AlreadyPaid, None, None);
                } else if changed {
                    self.show_bills(today(now));
                    self.session.changed = true;
                } else {
                    self.session.changed = false;
                    self.scene = Scene::Method;
                }
            }
        }
    }

    fn take_fresh(&mut self, prepared: Prepared, now: Timestamp) -> bool {
        let today = today(now);
        let before = self.chosen_total(today);
        let Some(account) = &mut self.session.account else { return false };
        let mut gone = false;
        for (id, state) in prepared.bills {
            match state {
                InvoiceState::Open(fresh) => {
                    if let Some(bill) = account.invoices.iter_mut().find(|bill| bill.id == id) {
                        *bill = keep_known(*fresh, bill);
                    }
                }
                InvoiceState::Paid { .. } | InvoiceState::Gone => {
                    account.invoices.retain(|bill| bill.id != id);
                    self.session.chosen.remove(&id);
                    gone = true;
                }
            }
        }
        let held = self.session.chosen.iter().any(|id| self.session.settling.contains(id));
        gone || held || self.chosen_total(today) != before
    }

    /// The methods this totem has, and why some do not work just now.
    pub(super) fn methods(&self, now: Timestamp) -> Vec<Choice> {
        let offered = self.settings.offered;
        let bills = self.chosen_charges(today(now)).len();
        let card = if self.session.erp_down {
            Some(MethodWhy::NoErp)
        } else if !self.equipment.tef {
            Some(MethodWhy::NoTef)
        } else {
            (!self.equipment.printer).then_some(MethodWhy::NoReceipt)
        };
        let pix = if self.session.erp_down {
            Some(MethodWhy::NoErp)
        } else {
            (offered.pix_single_bill && bills != 1).then_some(MethodWhy::NoCode)
        };
        let known_line =
            self.bill_for_boleto().and_then(|id| self.invoice(&id)).is_some_and(|bill| bill.boleto.is_some());
        let boleto = if bills != 1 {
            Some(MethodWhy::NoCode)
        } else {
            (self.session.erp_down && !known_line).then_some(MethodWhy::NoErp)
        };
        [
            (offered.pix, "pix", pix),
            (offered.debit, "debit", card),
            (offered.credit, "credit", card),
            (offered.boleto, "boleto", boleto),
        ]
        .into_iter()
        .filter(|(offered, _, _)| *offered)
        .map(|(_, id, why)| Choice { id: id.to_owned(), works: why.is_none(), why, text: None, amount_cents: None })
        .collect()
    }

    /// 1×, 2×, … with the value of each, as far as the smallest instalment allows. Any rest is in the first.
    pub(super) fn instalments(&self, now: Timestamp) -> Vec<Choice> {
        let total = self.chosen_total(today(now)).cents();
        (1..=u64::from(self.settings.max_instalments.max(1)))
            .take_while(|n| *n == 1 || total / n >= self.settings.min_instalment.cents())
            .map(|n| Choice {
                id: n.to_string(),
                works: true,
                why: None,
                text: None,
                amount_cents: Some(Money::from_cents(total / n)),
            })
            .collect()
    }

    pub(super) fn choose(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        match &self.scene {
            Scene::Contracts => self.choose_contract(option, today(now)),
            Scene::Method => self.choose_method(option, now, commands),
            Scene::Instalments { kind } => {
                let kind = *kind;
                if !self.is_fresh(now) {
                    return self.prepare(now, commands);
                }
                if let Some(count) = self.instalments(now).iter().find(|choice| choice.id == option)
                    && let Ok(instalments) = count.id.parse()
                {
                    self.pay(Method::Card { kind, instalments }, now, commands);
                }
            }
            _ => {}
        }
    }

    /// Whether the bills were read just now. Another day may have another amount.
    fn is_fresh(&self, now: Timestamp) -> bool {
        self.session.prepared_at.is_some_and(|at| now.duration_since(at) <= FRESH && today(at) == today(now))
    }

    fn choose_method(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        if !self.methods(now).iter().any(|choice| choice.id == option && choice.works) {
            return;
        }
        if option == "boleto" {
            return self.show_boleto(now, commands);
        }
        if !self.is_fresh(now) {
            return self.prepare(now, commands);
        }
        match option {
            "pix" => self.pay(Method::Pix, now, commands),
            "debit" => self.pay(Method::Card { kind: CardKind::Debit, instalments: 1 }, now, commands),
            "credit" if self.instalments(now).len() > 1 => {
                self.scene = Scene::Instalments { kind: CardKind::Credit };
            }
            "credit" => self.pay(Method::Card { kind: CardKind::Credit, instalments: 1 }, now, commands),
            _ => {}
        }
    }

    fn pay(&mut self, method: Method, now: Timestamp, commands: &mut Vec<Command>) {
        let items: Vec<Item> = self
            .chosen_charges(today(now))
            .into_iter()
            .map(|(bill, charge)| Item {
                invoice: bill.id.clone(),
                contracts: bill.contracts.clone(),
                number: bill.number.clone(),
                description: bill.description.clone(),
                due: bill.due,
                charge,
            })
            .collect();
        let Some(account) = &self.session.account else { return };
        if items.is_empty() {
            return;
        }
        let service_returns = account.contracts.iter().any(|contract| contract.status == ContractStatus::Suspended);
        let order = Order { customer: account.customer.clone(), items, method };
        let attempt = self.next_attempt();
        self.session.paying = Some(Paying {
            attempt,
            payment: None,
            amount: order.items.iter().map(|item| item.charge.total()).sum(),
            method,
            service_returns,
            standing: Standing::Asking,
            since: now,
            message: String::new(),
            cancellable: false,
            prompt: None,
            printed: None,
        });
        self.scene = Scene::Paying;
        commands.push(Command::Pay { attempt, order: Box::new(order) });
    }

    pub(super) fn payment_opened(
        &mut self,
        attempt: Attempt,
        payment: PaymentId,
        _now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        match &mut self.session.paying {
            Some(paying) if paying.attempt == attempt => paying.payment = Some(payment),
            // the customer left in the moment between
            _ => commands.push(Command::LeaveCode { payment }),
        }
    }

    pub(super) fn payment_refused(&mut self, attempt: Attempt, why: TroubleCode) {
        if self.session.paying.as_ref().is_some_and(|paying| paying.attempt == attempt) {
            self.session.paying = None;
            self.session.prepared_at = None;
            self.trouble(why, None, Some(Back::Invoices));
        }
    }

    pub(super) fn paying(&self, payment: PaymentId) -> bool {
        matches!(self.scene, Scene::Paying)
            && self.session.paying.as_ref().is_some_and(|paying| paying.payment == Some(payment))
    }

    pub(super) fn payment_stands(
        &mut self,
        payment: PaymentId,
        standing: Standing,
        now: Timestamp,
        commands: &mut Vec<Command>,
    ) {
        if !self.paying(payment) {
            return;
        }
        let attempt = self.next_attempt();
        let printer = self.equipment.printer;
        let Some(paying) = &mut self.session.paying else { return };
        let kind_changed = std::mem::discriminant(&paying.standing) != std::mem::discriminant(&standing);
        if kind_changed {
            paying.since = now;
            paying.prompt = None;
        }
        paying.standing = standing;
        match &paying.standing {
            Standing::NotCharged { message, why } => {
                let (code, detail) = match why {
                    Refusal::NoPix => (TroubleCode::NoPixCode, String::new()),
                    Refusal::ByCustomer => (TroubleCode::CardCancelled, message.clone()),
                    Refusal::Declined => (TroubleCode::CardDeclined, message.clone()),
                    Refusal::NotStarted | Refusal::NotFound => (TroubleCode::TefDown, String::new()),
                };
                self.session.paying = None;
                self.session.prepared_at = None;
                self.scene = Scene::Trouble {
                    code,
                    detail,
                    protocol: Some(payment),
                    again: Some(Again::Prepare),
                    back: Some(Back::Method),
                };
            }
            Standing::Undone { .. } if kind_changed && printer => {
                commands.push(Command::Print { attempt, job: PrintJob::UndoneNotice(payment) });
            }
            _ => {}
        }
    }

    pub(super) fn tef_says(&mut self, payment: PaymentId, message: String, cancellable: bool) {
        if self.paying(payment)
            && let Some(paying) = &mut self.session.paying
        {
            paying.message = message;
            paying.cancellable = cancellable;
        }
    }

    pub(super) fn tef_asks(&mut self, payment: PaymentId, prompt: Prompt) {
        if self.paying(payment)
            && let Some(paying) = &mut self.session.paying
        {
            paying.prompt = Some(prompt);
        }
    }

    pub(super) fn answer(&mut self, value: String, commands: &mut Vec<Command>) {
        let Some(paying) = &mut self.session.paying else { return };
        if let (Some(payment), Some(prompt)) = (paying.payment, paying.prompt.take()) {
            commands.push(Command::AnswerPrompt { payment, prompt: prompt.id, value });
        }
    }

    pub(super) fn cancel(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        match &self.scene {
            Scene::Searching { what: SearchFor::Customer, .. } => self.drop_all(now),
            Scene::Searching { .. } => self.show_bills(today(now)),
            Scene::Paying => match self.session.paying.as_ref().map(|paying| &paying.standing) {
                Some(Standing::PixShown(_)) => {
                    self.leave_code(commands);
                    self.session.paying = None;
                    self.session.prepared_at = None;
                    self.show_bills(today(now));
                }
                Some(Standing::Asking) if self.session.paying.as_ref().is_some_and(|one| one.method == Method::Pix) => {
                    self.leave_code(commands);
                    self.session.paying = None;
                    self.show_bills(today(now));
                }
                Some(Standing::Asking) => {
                    let payment = self.session.paying.as_ref().and_then(|paying| paying.payment);
                    commands.extend(payment.map(|payment| Command::GiveUpCard { payment }));
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// The code is no longer before the customer's eyes.
    pub(super) fn leave_code(&self, commands: &mut Vec<Command>) {
        if let Some(paying) = &self.session.paying
            && paying.method == Method::Pix
            && let Some(payment) = paying.payment
        {
            commands.push(Command::LeaveCode { payment });
        }
    }

    pub(super) fn print(&mut self, intent: &Intent, now: Timestamp, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        match (&mut self.scene, intent) {
            (Scene::Boleto { paper, printed, .. }, Intent::Print) => {
                *printed = Some((attempt, PrintNews::Printing));
                commands.push(Command::Print { attempt, job: PrintJob::Boleto(paper.clone()) });
            }
            (Scene::Paying, Intent::Receipt { how }) => {
                let Some(paying) = &mut self.session.paying else { return };
                match (how.as_str(), paying.payment) {
                    ("print", Some(payment)) => {
                        paying.printed = Some((attempt, PrintNews::Printing));
                        paying.since = now;
                        commands.push(Command::Print { attempt, job: PrintJob::Receipt(payment) });
                    }
                    ("none", _) => self.drop_all(now),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    pub(super) fn printed(&mut self, asked: Attempt, done: bool) {
        let news = if done { PrintNews::Printed } else { PrintNews::Failed };
        let place = match &mut self.scene {
            Scene::Boleto { printed, .. } => Some(printed),
            Scene::Paying => self.session.paying.as_mut().map(|paying| &mut paying.printed),
            _ => None,
        };
        if let Some(Some((attempt, state))) = place
            && *attempt == asked
        {
            *state = news;
        }
    }

    pub(super) fn retry(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        match &self.scene {
            Scene::Trouble { again: Some(Again::Search), .. } => self.search_again(now, commands),
            Scene::Trouble { again: Some(Again::Prepare), .. } => self.prepare(now, commands),
            Scene::Trouble { again: Some(Again::Boleto), .. } => {
                if let Some(id) = self.session.detail.clone() {
                    self.scene = Scene::Invoice { id };
                    self.show_boleto(now, commands);
                }
            }
            Scene::Paying if self.undone() => {
                self.session.paying = None;
                self.prepare(now, commands);
            }
            _ => {}
        }
    }

    pub(super) fn undone(&self) -> bool {
        self.session.paying.as_ref().is_some_and(|paying| matches!(paying.standing, Standing::Undone { .. }))
    }

    pub(super) fn back(&mut self, now: Timestamp) {
        let today = today(now);
        match &self.scene {
            Scene::Verify { .. } | Scene::Contracts => self.drop_all(now),
            Scene::Trouble { back: Some(Back::Identify), .. } => {
                self.session = Session::default();
                self.scene = Scene::default();
            }
            Scene::Invoices { .. } if self.session.contract.is_some() => {
                self.session.contract = None;
                self.scene = Scene::Contracts;
            }
            Scene::Instalments { .. } | Scene::Trouble { back: Some(Back::Method), .. } => {
                self.scene = Scene::Method;
            }
            Scene::Boleto { line, .. } => {
                let page = self.page_of(&line.clone());
                self.scene = Scene::Invoices { page };
            }
            Scene::Invoice { id } => {
                let page = self.page_of(&id.clone());
                self.scene = Scene::Invoices { page };
            }
            Scene::Method => {
                let page = self.session.chosen.first().map_or(1, |id| self.page_of(id));
                self.scene = Scene::Invoices { page };
            }
            Scene::Trouble { back: Some(Back::Invoices), .. } => self.show_bills(today),
            _ => {}
        }
    }

    fn page_of(&self, id: &crate::domain::InvoiceId) -> usize {
        let place = self.bills().iter().position(|bill| bill.id == *id).unwrap_or_default();
        place / self.settings.page_size.max(1) + 1
    }

    /// More for the same customer, who has shown already who they are.
    pub(super) fn more(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(who) = self.session.who.clone() {
            let attempt = self.next_attempt();
            self.session.paying = None;
            self.session.prepared_at = None;
            self.scene = Scene::Searching { what: SearchFor::Customer, attempt, since: now };
            commands.push(Command::FindAccount { attempt, who });
        }
    }
}

/// What only the list told is kept when one bill is read again.
fn keep_known(fresh: crate::domain::Invoice, known: &crate::domain::Invoice) -> crate::domain::Invoice {
    crate::domain::Invoice {
        number: if fresh.number.is_empty() { known.number.clone() } else { fresh.number },
        description: if fresh.description.is_empty() { known.description.clone() } else { fresh.description },
        contracts: if fresh.contracts.is_empty() { known.contracts.clone() } else { fresh.contracts },
        boleto: fresh.boleto.or_else(|| known.boleto.clone()),
        pix: fresh.pix.or_else(|| known.pix.clone()),
        ..fresh
    }
}
