//! What is asked and told where something is changed: which phrase belongs to which question and outcome.

use super::Phrases;
use crate::journey::step::{Outcome, Purpose, Question};

/// What a form asks.
#[must_use]
pub fn question(form: Purpose, asks: Question) -> &'static str {
    match (asks, form) {
        (Question::Contract, Purpose::Pause) => "form-contract-pause",
        (Question::Contract, Purpose::AcceptContract) => "form-contract-read",
        (Question::Contract, Purpose::Profile) => "form-contract-address",
        (Question::ProfilePart, _) => "form-profile-part",
        (Question::Contract, _) => "form-contract-due-day",
        (Question::SendTo, _) => "form-send-to",
        (Question::Code, _) => "form-code",
        (Question::NewEmail, Purpose::SendBill) => "form-other-email",
        (Question::Phone, Purpose::SendBill) => "form-other-phone",
        (Question::NewDueDay, _) => "form-new-due-day",
        (Question::ContactKind, _) => "form-contact-kind",
        (Question::Phone, _) => "form-new-phone",
        (Question::PhoneAgain, _) => "form-phone-again",
        (Question::NewEmail, _) => "form-new-email",
        (Question::NewEmailAgain, _) => "form-email-again",
        (Question::Receive, _) => "form-receive",
        (Question::Offer, _) => "form-offer",
        (Question::Visit | Question::VisitAct, _) => "form-visit-act",
        (Question::Slot, _) => "form-slot",
        (Question::TechnicianMark, _) => "form-technician-mark",
        (Question::SolutionMark, _) => "form-solution-mark",
        (Question::PauseFrom, _) => "form-pause-from",
        (Question::PauseDays, _) => "form-pause-days",
        (Question::Password, _) => "form-password",
        (_, form) => confirm(form),
    }
}

fn confirm(form: Purpose) -> &'static str {
    match form {
        Purpose::DueDay => "form-confirm-due-day",
        Purpose::Notifications => "form-confirm-notifications",
        Purpose::DigitalInvoice => "form-confirm-digital-invoice",
        Purpose::Negotiation => "form-confirm-negotiation",
        Purpose::MoveVisit => "form-confirm-move-visit",
        Purpose::CancelVisit => "form-confirm-cancel-visit",
        Purpose::RateVisit => "form-confirm-rate-visit",
        Purpose::Pause => "form-confirm-pause",
        Purpose::AppPassword => "form-confirm-app-password",
        Purpose::AcceptContract => "form-confirm-accept",
        Purpose::Profile => "form-confirm-profile",
        _ => "form-confirm-ticket",
    }
}

/// What the key says that has it done.
#[must_use]
pub fn does(form: Purpose) -> &'static str {
    match form {
        Purpose::Unlock => "form-do-unlock",
        Purpose::Ticket => "form-do-ticket",
        Purpose::Join => "form-do-join",
        Purpose::Order => "form-do-order",
        Purpose::Negotiation => "form-do-negotiation",
        Purpose::CancelVisit => "form-do-cancel-visit",
        Purpose::AppPassword => "form-do-app-password",
        Purpose::AcceptContract => "form-do-accept",
        _ => "form-do-change",
    }
}

/// What it means, before it is done.
#[must_use]
pub fn means(form: Purpose) -> Option<&'static str> {
    match form {
        Purpose::Unlock => Some("form-unlock-means"),
        Purpose::DueDay => Some("form-due-day-means"),
        Purpose::DigitalInvoice => Some("form-digital-invoice-means"),
        Purpose::Negotiation => Some("form-negotiation-means"),
        Purpose::CancelVisit => Some("form-cancel-visit-means"),
        Purpose::Pause => Some("form-pause-means"),
        Purpose::AppPassword => Some("form-app-password-means"),
        Purpose::AcceptContract => Some("form-accept-means"),
        Purpose::Profile => Some("form-profile-means"),
        _ => None,
    }
}

/// What an answer is to.
#[must_use]
pub fn answered(question: Question) -> &'static str {
    match question {
        Question::NewDueDay => "form-answer-due-day",
        Question::NewEmail | Question::NewEmailAgain => "form-answer-email",
        Question::Receive => "form-answer-receive",
        Question::Offer => "form-answer-offer",
        Question::Visit | Question::VisitAct => "form-answer-visit",
        Question::Slot => "form-answer-slot",
        Question::TechnicianMark => "form-answer-technician-mark",
        Question::SolutionMark => "form-answer-solution-mark",
        Question::PauseFrom => "form-answer-pause-from",
        Question::PauseDays => "form-answer-pause-days",
        _ => "form-answer-phone",
    }
}

impl Phrases {
    /// Title and sentence of what became of a change.
    pub(super) fn change_told(&self, about: Purpose, outcome: Outcome) -> (String, String) {
        let (title, sentence) = match outcome {
            Outcome::Done => done(about),
            Outcome::Requested => ("notice-requested", "notice-requested-do"),
            Outcome::Refused => ("notice-change-refused", "notice-refused-do"),
            Outcome::Unknown => ("notice-change-unknown", "notice-unknown-do"),
            Outcome::Nothing => nothing(about),
            Outcome::Stands => ("notice-cancel-visit-stands", "notice-cancel-visit-stands-do"),
            Outcome::Otherwise => ("notice-negotiation-otherwise", "notice-negotiation-otherwise-do"),
        };
        (self.get(title), self.get(sentence))
    }
}

fn done(about: Purpose) -> (&'static str, &'static str) {
    match about {
        Purpose::DueDay => ("notice-due-day-done", "notice-due-day-done-do"),
        Purpose::Contacts => ("notice-contacts-done", "notice-contacts-done-do"),
        Purpose::Notifications => ("notice-notifications-done", "notice-notifications-done-do"),
        Purpose::DigitalInvoice => ("notice-digital-invoice-done", "notice-digital-invoice-done-do"),
        Purpose::Negotiation => ("notice-negotiation-done", "notice-negotiation-done-do"),
        Purpose::MoveVisit => ("notice-move-visit-done", "notice-move-visit-done-do"),
        Purpose::CancelVisit => ("notice-cancel-visit-done", "notice-cancel-visit-done-do"),
        Purpose::RateVisit => ("notice-rate-visit-done", "notice-rate-visit-done-do"),
        Purpose::Pause => ("notice-pause-done", "notice-pause-done-do"),
        Purpose::AppPassword => ("notice-app-password-done", "notice-app-password-done-do"),
        Purpose::AcceptContract => ("notice-accept-done", "notice-accept-done-do"),
        _ => ("notice-ticket-done", "notice-ticket-done-do"),
    }
}

fn nothing(about: Purpose) -> (&'static str, &'static str) {
    match about {
        Purpose::DueDay => ("notice-due-day-none", "notice-nothing-do"),
        Purpose::Negotiation => ("notice-negotiation-none", "notice-negotiation-none-do"),
        Purpose::MoveVisit => ("notice-slots-none", "notice-nothing-do"),
        Purpose::Pause => ("notice-pause-none", "notice-nothing-do"),
        _ => ("notice-change-refused", "notice-nothing-do"),
    }
}
