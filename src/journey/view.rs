//! From what the journey holds to what a screen may see, and what may be done there.

use jiff::Timestamp;

use super::event::Attempt;
use super::scene::{Paying, Scene};
use super::step::{
    BillState, BoletoScreen, CardScreen, CardStage, Choice, Closed, ClosedWhy, Confirming, Contracts, Identify,
    IdentifyProblem, Instalments, InvoiceDetail, Invoices, MethodWhy, Methods, Paid, PixScreen, PrintNews, Question,
    Receipts, SearchFor, Searching, Services, Step, StillThere, Trouble, TroubleCode, Undone, Verify, View,
};
use super::{Journey, returns};
use crate::domain::PaymentId;
use crate::domain::receipt::WriteOffState;
use crate::payment::{Method, PrintResult, Standing};

impl Journey {
    pub(super) fn view(&self, now: Timestamp) -> View {
        View {
            step: self.step(now),
            seq: self.seq,
            actions: self.actions(now),
            help: self.help,
            language: self.language,
            accessible: self.accessible,
        }
    }

    fn step(&self, now: Timestamp) -> Step {
        let below = self.step_below(now);
        match self.seconds_left(now) {
            Some(seconds_left) => {
                Step::StillThere(StillThere { over: below.name(), seconds_left, below: Box::new(below) })
            }
            None => below,
        }
    }

    fn step_below(&self, now: Timestamp) -> Step {
        match &self.scene {
            Scene::Identify { .. } if self.is_after_hours(now) => self.closed(ClosedWhy::Hours, None, now),
            Scene::Identify { typed, letters, revealed_at, problem } => Step::Identify(Identify {
                typed: masked_tax_id(typed, *letters, Self::reveals(*revealed_at, now)),
                length: typed.len(),
                letters: *letters,
                problem: problem.filter(|problem| *problem != IdentifyProblem::Locked || self.wait_min(now).is_some()),
                wait_min: self.wait_min(now).filter(|_| *problem == Some(IdentifyProblem::Locked)),
                scanned: self.session.scanned.is_some(),
                notice: self.notice(),
            }),
            Scene::Verify { asks, typed, revealed_at, .. } => Step::Verify(Verify {
                asks: *asks,
                length: asks.length(),
                typed: masked(typed, Self::reveals(*revealed_at, now)),
                wrong: self.session.code.as_ref().is_some_and(|code| code.wrong),
            }),
            Scene::Searching { what, since, .. } => {
                let (visible, slow) = Self::search_shows(*since, now);
                let slow = slow && *what != SearchFor::Change;
                Step::Searching(Searching { what: *what, visible, slow })
            }
            Scene::Contracts => {
                Step::Contracts(Contracts { customer: self.customer_name(), options: self.contracts() })
            }
            Scene::Invoices { page } => self.invoices(*page, now),
            Scene::Invoice { id } => match self.invoice(id) {
                Some(bill) => Step::Invoice(Box::new(InvoiceDetail {
                    customer: self.customer_name(),
                    number: bill.number.clone(),
                    line: self.line(bill, self.today(now)),
                })),
                None => self.invoices(1, now),
            },
            Scene::Method => Step::Method(Methods {
                amount_cents: self.chosen_total(self.today(now)),
                bills: self.chosen_charges(self.today(now)).len(),
                options: self.methods(now),
            }),
            Scene::Instalments { .. } => Step::Instalments(Instalments {
                amount_cents: self.chosen_total(self.today(now)),
                options: self.instalments(now),
            }),
            Scene::Paying => match &self.session.paying {
                Some(paying) => self.paying_step(paying, now),
                None => Step::Identify(Identify::default()),
            },
            Scene::Services => Step::Services(Services { customer: self.customer_name(), options: self.services() }),
            Scene::Receipts { list, printed } => Step::Receipts(Receipts {
                customer: self.customer_name(),
                options: Self::past_receipts(list),
                printed: printed.map(|(_, news)| news),
            }),
            Scene::Plans { held } => self.plans(held.as_deref()),
            Scene::Records(listed) => self.records(listed),
            Scene::Form(filling) => Self::form_step(filling),
            Scene::Notice(noticed) => Self::notice_step(noticed),
            Scene::Joining => self.joining_step(),
            Scene::Boleto { paper, printed, .. } => Step::Boleto(BoletoScreen {
                amount_cents: paper.amount,
                due: paper.due,
                line: paper.boleto.line(),
                barcode: paper.boleto.barcode().to_owned(),
                payload: paper.pix.clone(),
                printed: printed.map(|(_, news)| news),
                sending: self.sending(),
            }),
            Scene::Document(reading) => Step::Document(self.document_screen(reading)),
            Scene::Trouble { code, detail, protocol, again, back } => Step::Trouble(Trouble {
                code: *code,
                detail: detail.clone(),
                protocol: protocol.map(PaymentId::protocol),
                wait_min: self.wait_min(now).filter(|_| *code == TroubleCode::Locked),
                can_retry: again.is_some(),
                can_go_back: back.is_some(),
            }),
            Scene::ServicePin { typed, checking, wrong } => self.service_pin(typed, checking.is_some(), *wrong, now),
            Scene::Technician(panel) => self.panel_step(panel),
            Scene::Closed { why, since } => self.closed(*why, Some(*since), now),
        }
    }

    fn wait_min(&self, now: Timestamp) -> Option<u32> {
        self.guesses.wait_min(now)
    }

    fn closed(&self, why: ClosedWhy, since: Option<Timestamp>, now: Timestamp) -> Step {
        let hours = self.settings.hours.as_ref().filter(|_| why == ClosedWhy::Hours);
        let opens = hours.and_then(|hours| hours.opens(now));
        Step::Closed(Closed { code: closed_code(why), why, since, opens })
    }

    /// Told before anybody types: no card today.
    fn notice(&self) -> Option<MethodWhy> {
        if !self.offered().has_card() {
            None
        } else if !self.equipment.printer {
            Some(MethodWhy::NoReceipt)
        } else {
            (!self.equipment.tef).then_some(MethodWhy::NoTef)
        }
    }

    pub(super) fn customer_name(&self) -> String {
        self.session.account.as_ref().map(|account| account.customer.short_name()).unwrap_or_default()
    }

    fn contracts(&self) -> Vec<Choice> {
        let Some(account) = &self.session.account else { return Vec::new() };
        account
            .contracts
            .iter()
            .map(|contract| Choice {
                id: contract.id.0.clone(),
                works: true,
                why: None,
                text: Some(contract.plan.clone()),
                amount_cents: None,
            })
            .collect()
    }

    fn invoices(&self, page: usize, now: Timestamp) -> Step {
        let size = self.settings.page_size.max(1);
        let today = self.today(now);
        Step::Invoices(Invoices {
            customer: self.customer_name(),
            invoices: self
                .bills()
                .into_iter()
                .skip((page.max(1) - 1) * size)
                .take(size)
                .map(|bill| self.line(bill, today))
                .collect(),
            page,
            pages: self.pages(),
            chosen: self.chosen_charges(today).len(),
            total_cents: self.chosen_total(today),
            changed: self.session.changed,
            scan: self.session.scan_news,
        })
    }

    fn paying_step(&self, paying: &Paying, now: Timestamp) -> Step {
        let protocol = paying.payment.map(PaymentId::protocol).unwrap_or_default();
        let card = |stage| {
            let Method::Card { kind, instalments } = paying.method else {
                return Step::Searching(Searching { what: SearchFor::PixCode, visible: true, slow: false });
            };
            Step::Card(CardScreen {
                protocol: protocol.clone(),
                amount_cents: paying.amount,
                kind,
                instalments,
                message: paying.message.clone(),
                cancellable: paying.cancellable,
                code: paying.code.clone().filter(|_| stage == CardStage::AtPinpad),
                prompt: paying.prompt.clone(),
                stage,
            })
        };
        match &paying.standing {
            Standing::Asking | Standing::NotCharged { .. } => card(CardStage::AtPinpad),
            Standing::Printing => card(CardStage::Printing),
            Standing::Confirming if !Self::confirming_shows(paying, now) => card(CardStage::Printing),
            Standing::Confirming => Step::Confirming(Confirming { code: "F1", protocol, amount_cents: paying.amount }),
            Standing::PixShown(charge) => Step::Pix(PixScreen {
                protocol,
                amount_cents: paying.amount,
                payload: charge.payload.clone(),
                confirmed_by: charge.confirmed_by,
                expires_in_s: self
                    .pix_times(paying)
                    .filter(|(countdown, _)| now >= *countdown)
                    .and_then(|(_, end)| u32::try_from(end.duration_since(now).as_secs()).ok()),
                printed: paying.printed.map(|(_, news)| news),
                sending: self.sending(),
            }),
            Standing::Undone { network, nsu, acknowledged } => Step::Undone(Undone {
                code: "U1",
                protocol,
                amount_cents: paying.amount,
                network: network.clone(),
                nsu: nsu.clone(),
                acknowledged: *acknowledged,
            }),
            Standing::Paid { write_off, receipt } => self.paid_step(paying, protocol, *write_off, *receipt),
        }
    }

    fn paid_step(
        &self,
        paying: &Paying,
        protocol: String,
        write_off: WriteOffState,
        receipt: Option<PrintResult>,
    ) -> Step {
        let returns = paying.frees_service && returns::is_known(write_off);
        Step::Paid(Paid {
            protocol,
            amount_cents: paying.amount,
            method: match paying.method {
                Method::Pix => "pix",
                Method::Card { kind, .. } => kind.name(),
            },
            write_off,
            service_returns: returns,
            service_waits: paying.frees_service && !returns,
            service_back_min: self.settings.service_back_min.filter(|_| returns),
            receipts: self.receipts(receipt),
            printed: paying.printed.map(|(_, news)| news),
        })
    }

    /// A receipt that came out is not offered again.
    pub(super) fn receipts(&self, printed: Option<PrintResult>) -> Vec<&'static str> {
        let came_out = matches!(printed, Some(PrintResult::Proven | PrintResult::Unconfirmed));
        let asked = self.session.paying.as_ref().is_some_and(|paying| paying.printed.is_some());
        if came_out || asked || !self.equipment.printer { vec!["none"] } else { vec!["print", "none"] }
    }

    /// The intents accepted now, by name.
    pub(super) fn actions(&self, now: Timestamp) -> Vec<&'static str> {
        if self.asked_at.is_some() {
            return vec!["stay", "leave"];
        }
        if let Some(actions) = self.technician_actions(now) {
            return actions;
        }
        let mut actions = match &self.scene {
            Scene::Identify { .. } if self.is_after_hours(now) => return vec!["service"],
            Scene::Identify { .. } => {
                let mut actions = vec!["type", "erase", "clear", "submit", "scan", "letters", "service"];
                actions.extend(self.may_join().then_some("join"));
                actions
            }
            Scene::Verify { .. } => {
                let mut actions = vec!["type", "erase", "submit", "back"];
                actions.extend(self.may_ask_for_another(now).then_some("retry"));
                actions
            }
            Scene::Searching { since, what, .. } => {
                let (_, slow) = Self::search_shows(*since, now);
                if slow && *what != SearchFor::Change { vec!["cancel"] } else { Vec::new() }
            }
            Scene::Contracts => vec!["choose", "back", "leave"],
            Scene::Invoices { .. } => self.invoices_actions(now),
            Scene::Invoice { id } => {
                let open =
                    self.invoice(id).is_some_and(|bill| self.line(bill, self.today(now)).state == BillState::Open);
                let mut actions = vec!["back", "leave"];
                actions.extend((open && !self.offered().is_nothing()).then_some("pay"));
                actions.extend((self.offered().boleto && self.is_payable(id)).then_some("show_boleto"));
                actions.extend(self.may_show_document().then_some("show_document"));
                actions
            }
            Scene::Method | Scene::Instalments { .. } => vec!["choose", "back", "leave"],
            Scene::Paying => self.paying_actions(now),
            Scene::Services => vec!["choose", "back", "leave"],
            Scene::Receipts { printed, .. } if self.equipment.printer && !is_printing(*printed) => {
                vec!["choose", "back", "leave"]
            }
            Scene::Receipts { .. } => vec!["back", "leave"],
            Scene::Plans { .. } => self.plans_actions(),
            Scene::Records(listed) => self.records_actions(listed),
            Scene::Form(filling) => {
                let mut actions = Self::form_actions(filling);
                let waits = filling.field().is_some_and(|field| field.asks == Question::Code);
                actions.extend((waits && self.may_ask_for_another(now)).then_some("retry"));
                actions
            }
            Scene::Notice(noticed) => self.notice_actions(noticed),
            Scene::Joining => self.joining_actions(),
            Scene::Boleto { line, printed, .. } => {
                let mut actions = vec!["back", "leave"];
                let can_print = self.equipment.printer && self.is_payable(line) && !is_printing(*printed);
                actions.extend(can_print.then_some("print"));
                actions.extend(self.may_send().then_some("send"));
                actions.extend(self.may_show_document().then_some("show_document"));
                actions
            }
            Scene::Document(reading) => self.document_actions(reading),
            Scene::Trouble { code, again, back, .. } => {
                let mut actions = vec!["leave"];
                actions.extend(again.map(|_| "retry"));
                actions.extend(back.map(|_| "back"));
                let welcome = *code == TroubleCode::NothingOwed;
                actions.extend((welcome && self.has_services()).then_some("services"));
                actions
            }
            Scene::ServicePin { .. } | Scene::Technician(_) => Vec::new(),
            Scene::Closed { .. } => return vec!["service"],
        };
        actions.extend(["language", "accessibility", "help"]);
        actions
    }

    fn invoices_actions(&self, now: Timestamp) -> Vec<&'static str> {
        let mut actions = vec!["toggle", "details", "leave", "scan"];
        actions.extend((self.pages() > 1).then_some("page"));
        actions.extend(self.has_services().then_some("services"));
        actions.extend(self.session.contract.as_ref().map(|_| "back"));
        let payable = !self.chosen_charges(self.today(now)).is_empty() && !self.offered().is_nothing();
        actions.extend(payable.then_some("pay"));
        actions
    }

    fn paying_actions(&self, now: Timestamp) -> Vec<&'static str> {
        let Some(paying) = &self.session.paying else { return Vec::new() };
        match &paying.standing {
            Standing::Asking if paying.prompt.is_some() => vec!["answer", "cancel"],
            Standing::Asking if paying.cancellable || paying.method == Method::Pix => vec!["cancel"],
            Standing::Asking | Standing::Printing | Standing::NotCharged { .. } => Vec::new(),
            Standing::PixShown(charge) => {
                let is_wanted = paying.printed.is_none_or(|(_, news)| news == PrintNews::Failed);
                let can_print = self.equipment.printer && !charge.payload.is_empty() && is_wanted;
                let mut actions = vec!["cancel"];
                actions.extend(can_print.then_some("print"));
                actions.extend(self.may_send().then_some("send"));
                actions
            }
            Standing::Confirming if Self::confirming_shows(paying, now) => vec!["leave"],
            Standing::Confirming => Vec::new(),
            Standing::Undone { .. } => vec!["retry", "leave"],
            Standing::Paid { .. } => vec!["receipt", "more", "leave"],
        }
    }
}

/// One paper at a time: a finger that taps again has not asked for another.
pub(super) fn is_printing(printed: Option<(Attempt, PrintNews)>) -> bool {
    matches!(printed, Some((_, PrintNews::Printing)))
}

fn closed_code(why: ClosedWhy) -> &'static str {
    match why {
        ClosedWhy::Journal => "J1",
        ClosedWhy::OutOfService => "S1",
        ClosedWhy::Recovering => "S2",
        ClosedWhy::Hours => "H1",
    }
}

/// Every character a star but the last, while it may be read.
fn masked(typed: &str, reveals_last: bool) -> String {
    let last = typed.chars().count().saturating_sub(1);
    typed.chars().enumerate().map(|(place, letter)| if reveals_last && place == last { letter } else { '*' }).collect()
}

/// Masked, with the punctuation of a CPF (`***.***.**9-**`) or a CNPJ (`**.***.***/****-**`) as it grows.
pub(super) fn masked_tax_id(typed: &str, letters: bool, reveals_last: bool) -> String {
    let cnpj = letters || typed.len() > 11;
    let marks: &[(usize, char)] =
        if cnpj { &[(2, '.'), (5, '.'), (8, '/'), (12, '-')] } else { &[(3, '.'), (6, '.'), (9, '-')] };
    let mut shown = String::new();
    for (place, letter) in masked(typed, reveals_last).chars().enumerate() {
        shown.extend(marks.iter().filter(|(at, _)| *at == place).map(|(_, mark)| *mark));
        shown.push(letter);
    }
    shown
}
