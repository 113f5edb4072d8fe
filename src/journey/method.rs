//! From the chosen bills to a payment that is asked for: what the ERP says of them now, and which way to pay.

use jiff::{SignedDuration, Timestamp};

use super::event::{Attempt, Command, Failure, Order, Prepared};
use super::scene::{Paying, Scene};
use super::step::{Choice, MethodWhy, SearchFor, TroubleCode};
use super::{Journey, returns, today};
use crate::domain::{CardKind, InvoiceState, Money, PixAccount};
use crate::payment::{Item, Method, Standing};

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
                InvoiceState::Paid { .. } | InvoiceState::Gone | InvoiceState::Withdrawn => {
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
        let offered = self.offered();
        let chosen = self.chosen_charges(today(now));
        let bills = chosen.len();
        let account = self.settings.pix_accounts.of(chosen.iter().filter_map(|(bill, _)| bill.identifier.as_deref()));
        let card = if self.session.erp_down {
            Some(MethodWhy::NoErp)
        } else if !self.equipment.write_off {
            Some(MethodWhy::NoWriteOff)
        } else if !self.equipment.tef {
            Some(MethodWhy::NoTef)
        } else {
            (!self.equipment.printer).then_some(MethodWhy::NoReceipt)
        };
        let pix = if self.session.erp_down {
            Some(MethodWhy::NoErp)
        } else {
            let one_at_a_time = match account {
                PixAccount::Any => offered.pix_single_bill,
                // what the ERP issued is for one bill
                PixAccount::Only(name) => name == "erp_code",
                PixAccount::Several => true,
            };
            // without a write-off only the ERP's own code is left, and that is for one bill
            let one_at_a_time = one_at_a_time || !self.equipment.write_off;
            (one_at_a_time && bills != 1).then_some(MethodWhy::NoCode)
        };
        let known_line =
            self.bill_for_boleto().and_then(|id| self.invoice(&id)).is_some_and(|bill| bill.boleto.is_some());
        let boleto = if bills != 1 {
            Some(MethodWhy::NoCode)
        } else {
            (self.session.erp_down && !known_line).then_some(MethodWhy::NoErp)
        };
        let cards = CardKind::ALL.map(|kind| (offered.card(kind), kind.name(), card));
        [(offered.pix, "pix", pix)]
            .into_iter()
            .chain(cards)
            .chain([(offered.boleto, "boleto", boleto)])
            .filter(|(offered, _, _)| *offered)
            .map(|(_, id, why)| Choice { id: id.to_owned(), works: why.is_none(), why, text: None, amount_cents: None })
            .collect()
    }

    /// 1×, 2×, … with the value of each, as far as the smallest instalment allows. A rest of cents is in the first, as
    /// the card's network charges it: the others are what is shown. With the issuer's interest no value is certain.
    pub(super) fn instalments(&self, now: Timestamp) -> Vec<Choice> {
        let total = self.chosen_total(today(now)).cents();
        (1..=u64::from(self.settings.max_instalments.max(1)))
            .take_while(|n| *n == 1 || total / n >= self.settings.min_instalment.cents())
            .map(|n| Choice {
                id: n.to_string(),
                works: true,
                why: None,
                text: None,
                amount_cents: (n == 1 || !self.settings.issuer_instalments).then(|| Money::from_cents(total / n)),
            })
            .collect()
    }

    pub(super) fn choose(&mut self, option: &str, now: Timestamp, commands: &mut Vec<Command>) {
        match &self.scene {
            Scene::Contracts => self.choose_contract(option, today(now)),
            Scene::Services => self.choose_service(option, now, commands),
            Scene::Plans { .. } => self.choose_plan(option, now, commands),
            Scene::Records(_) => self.choose_record(option, now, commands),
            Scene::Receipts { .. } => self.choose_receipt(option, commands),
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
            "credit" if self.instalments(now).len() > 1 => {
                self.scene = Scene::Instalments { kind: CardKind::Credit };
            }
            name => {
                if let Some(kind) = CardKind::ALL.into_iter().find(|kind| kind.name() == name) {
                    self.pay(Method::Card { kind, instalments: 1 }, now, commands);
                }
            }
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
                identifier: bill.identifier.clone(),
                receipt_heads: bill.receipt_heads.clone(),
            })
            .collect();
        let Some(account) = &self.session.account else { return };
        if items.is_empty() {
            return;
        }
        let frees_service = returns::frees_service(account, &items, today(now));
        let order = Order { customer: account.customer.clone(), items, method };
        let attempt = self.next_attempt();
        self.session.paying = Some(Paying {
            attempt,
            payment: None,
            amount: order.items.iter().map(|item| item.charge.total()).sum(),
            method,
            frees_service,
            standing: Standing::Asking,
            since: now,
            message: String::new(),
            cancellable: false,
            code: None,
            prompt: None,
            printed: None,
        });
        self.scene = Scene::Paying;
        commands.push(Command::Pay { attempt, order: Box::new(order) });
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
        identifier: fresh.identifier.or_else(|| known.identifier.clone()),
        receipt_heads: if fresh.receipt_heads.is_empty() { known.receipt_heads.clone() } else { fresh.receipt_heads },
        ..fresh
    }
}
