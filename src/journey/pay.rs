//! Paying: the screen follows the payment's standing, and what the customer may still do about it.

use jiff::Timestamp;

use super::event::{Attempt, Command, PrintJob};
use super::intent::Intent;
use super::scene::{Again, Back, Scene, Session};
use super::step::{PrintNews, SearchFor, TroubleCode};
use super::view::is_printing;
use super::{Journey, today};
use crate::domain::{PaymentId, Prompt};
use crate::payment::{Method, Refusal, Standing};

impl Journey {
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
            // a code on paper is no receipt
            paying.printed = None;
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
        } else if let Some(terminal) = self.terminal(payment) {
            (terminal.message, terminal.cancellable) = (message, cancellable);
        }
    }

    pub(super) fn tef_shows(&mut self, payment: PaymentId, code: Option<String>) {
        if self.paying(payment)
            && let Some(paying) = &mut self.session.paying
        {
            paying.code = code;
        }
    }

    pub(super) fn tef_asks(&mut self, payment: PaymentId, prompt: Prompt) {
        if self.paying(payment)
            && let Some(paying) = &mut self.session.paying
        {
            paying.prompt = Some(prompt);
        } else if let Some(terminal) = self.terminal(payment) {
            terminal.prompt = Some(prompt);
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
            Scene::Searching { what: SearchFor::Service, .. } if self.session.joining.is_some() => {
                self.back_to_joining(now, commands);
            }
            Scene::Searching { what: SearchFor::Service, .. } => self.scene = Scene::Services,
            // what was asked to be done is not called off
            Scene::Searching { what: SearchFor::Change, .. } => {}
            Scene::Searching { what: SearchFor::Document, .. } => self.close_document(),
            Scene::Searching { what: SearchFor::Scan, .. } if self.session.account.is_none() => self.drop_all(now),
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
        if self.prints_service(now, commands) {
            return;
        }
        if let Scene::Boleto { line, printed, .. } = &self.scene
            && (!self.is_payable(line) || is_printing(*printed))
        {
            return;
        }
        let attempt = self.next_attempt();
        match (&mut self.scene, intent) {
            (Scene::Boleto { paper, printed, .. }, Intent::Print) => {
                *printed = Some((attempt, PrintNews::Printing));
                commands.push(Command::Print { attempt, job: PrintJob::Boleto(paper.clone()) });
            }
            (Scene::Document(reading), Intent::Print) => {
                reading.printed = Some((attempt, PrintNews::Printing));
                let job = PrintJob::Page(reading.pdf.clone(), reading.view.page);
                commands.push(Command::Print { attempt, job });
            }
            (Scene::Paying, Intent::Print) => {
                let Some(paying) = &mut self.session.paying else { return };
                if let (Standing::PixShown(_), Some(payment)) = (&paying.standing, paying.payment) {
                    paying.printed = Some((attempt, PrintNews::Printing));
                    commands.push(Command::Print { attempt, job: PrintJob::PixCode(payment) });
                }
            }
            (Scene::Paying, Intent::Receipt { how }) => {
                let offered = match self.session.paying.as_ref().map(|paying| &paying.standing) {
                    Some(Standing::Paid { receipt, .. }) => self.receipts(*receipt),
                    _ => return,
                };
                if !offered.contains(&how.as_str()) {
                    return;
                }
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
            Scene::Boleto { printed, .. } | Scene::Receipts { printed, .. } => Some(printed),
            Scene::Records(listed) => Some(&mut listed.printed),
            Scene::Notice(noticed) => Some(&mut noticed.printed),
            Scene::Document(reading) => Some(&mut reading.printed),
            Scene::Paying => self.session.paying.as_mut().map(|paying| &mut paying.printed),
            Scene::Form(_) => match self.session.under_form.as_deref_mut() {
                Some(Scene::Boleto { printed, .. }) => Some(printed),
                _ => None,
            },
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
            Scene::Trouble { again: Some(Again::Code), .. } => self.code_again(now, commands),
            Scene::Verify { .. } => self.ask_for_another(now, commands),
            Scene::Trouble { again: Some(Again::Prepare), .. } => self.prepare(now, commands),
            Scene::Trouble { again: Some(Again::Document), .. } => self.ask_for_document_again(now, commands),
            Scene::Trouble { again: Some(Again::Boleto), .. } => {
                if let Some(id) = self.session.detail.clone() {
                    self.scene = Scene::Invoice { id };
                    self.show_boleto(now, commands);
                }
            }
            Scene::Trouble { again: Some(Again::Serve), .. } => self.ask_again(now, commands),
            Scene::Trouble { again: Some(Again::Joining), .. } => self.join_again(now, commands),
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

    pub(super) fn back(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let today = today(now);
        match &self.scene {
            Scene::Verify { .. } | Scene::Contracts => self.drop_all(now),
            Scene::Services | Scene::Receipts { .. } | Scene::Plans { .. } | Scene::Records(_) => {
                self.back_from_counter(now);
            }
            Scene::Trouble { back: Some(Back::Services), .. } => self.back_to_form(),
            Scene::Trouble { back: Some(Back::Joining), .. } => self.back_to_joining(now, commands),
            Scene::Notice(_) if self.session.joining.is_some() => self.scene = Scene::Joining,
            Scene::Notice(_) => self.back_to_form(),
            Scene::Document(_) | Scene::Trouble { back: Some(Back::Under), .. } => self.close_document(),
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

    pub(super) fn page_of(&self, id: &crate::domain::InvoiceId) -> usize {
        let place = self.bills().iter().position(|bill| bill.id == *id).unwrap_or_default();
        place / self.settings.page_size.max(1) + 1
    }

    /// More for the same customer, who has shown already who they are.
    pub(super) fn more(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some(who) = self.session.who.clone() {
            let attempt = self.next_attempt();
            self.session.errand.forget_the_wish();
            self.session.paying = None;
            self.session.prepared_at = None;
            self.scene = Scene::Searching { what: SearchFor::Customer, attempt, since: now };
            commands.push(Command::FindAccount { attempt, who });
        } else {
            // a scanned bill says of whom it is and nothing more
            self.drop_all(now);
        }
    }
}
