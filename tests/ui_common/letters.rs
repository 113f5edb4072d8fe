//! Screens from which a receipt or a document goes to the customer's own address, and what became of it.

use super::document::document;
use super::*;
use totem::journey::step::{LetterNews, Mailing, SendBy};

const LONG: &str = "m***@atendimento.telecomunicacoes.cooperativa-sul-mato-grossense.coop.br";

fn mailing(by: SendBy, to: &str, sent: Option<LetterNews>) -> Mailing {
    Mailing { by, to: to.into(), sent }
}

fn paid_with(receipts: &[&'static str], email: (&str, Option<LetterNews>), sms: Option<LetterNews>) -> View {
    let letters = vec![mailing(SendBy::Email, email.0, email.1), mailing(SendBy::Sms, "*******1234", sms)];
    let step = Paid { receipts: receipts.to_vec(), letters, ..paid() };
    view(Step::Paid(step), &["receipt", "more", "leave", "help"])
}

fn document_with(to: &str, sent: Option<LetterNews>, to_accept: bool) -> View {
    let letter = Some(mailing(SendBy::Email, to, sent));
    let mut actions = vec!["back", "leave", "page", "zoom", "print", "help"];
    actions.extend(sent.is_none_or(LetterNews::may_be_wished).then_some("send"));
    actions.extend(to_accept.then_some("submit"));
    view(Step::Document(DocumentScreen { letter, to_accept, ..document(None) }), &actions)
}

fn receipts_with(to: &str, sent: LetterNews) -> View {
    let option =
        PastReceipt { id: "261122-0001".into(), on: date(2026, 11, 22), method: "pix", amount_cents: money(12_310) };
    let letter = Some(mailing(SendBy::Email, to, Some(sent)));
    let step = Receipts { customer: "Maria S.".into(), options: vec![option], printed: None, letter };
    view(Step::Receipts(step), &["choose", "back", "leave", "help"])
}

pub fn paper_ways() -> Vec<FormOption> {
    let ways = [("print", ""), ("email", "m***@exemplo.com.br"), ("sms", "*******1234")];
    let option = |(id, text): (&str, &str)| FormOption {
        id: id.into(),
        text: text.into(),
        chosen: false,
        detail: None,
        amount_cents: None,
        about: String::new(),
    };
    ways.map(option).to_vec()
}

pub fn letters() -> Vec<(&'static str, View)> {
    const TO: &str = "m***@exemplo.com.br";
    let (all, rest) = (&["print", "email", "sms", "none"][..], &["email", "none"][..]);
    vec![
        ("paid_letters", paid_with(all, (TO, None), None)),
        ("paid_no_paper", paid_with(&["email", "sms", "none"], (TO, None), None)),
        ("paid_sent", paid_with(&["print", "sms", "none"], (TO, Some(LetterNews::Sent)), None)),
        ("paid_refused", paid_with(rest, (TO, Some(LetterNews::Refused)), Some(LetterNews::Sent))),
        ("document_letter", document_with(TO, None, false)),
        ("document_sent", document_with(TO, Some(LetterNews::Sent), false)),
        ("contract_letter", document_with(TO, Some(LetterNews::Sending), true)),
        ("receipts_sent", receipts_with(TO, LetterNews::Sent)),
    ]
}

pub fn worst_letters() -> Vec<(&'static str, View)> {
    let all = &["print", "email", "sms", "none"];
    let unknown = Some(LetterNews::Unknown);
    vec![
        ("worst_paid_letters", paid_with(all, (LONG, Some(LetterNews::Refused)), Some(LetterNews::Refused))),
        ("worst_paid_unknown", paid_with(&["none"], (LONG, unknown), unknown)),
        ("worst_document_letter", document_with(LONG, Some(LetterNews::Refused), true)),
        ("worst_document_unknown", document_with(LONG, unknown, false)),
        ("worst_document_large", document_with(LONG, Some(LetterNews::TooLarge), true)),
        ("worst_receipts_sent", receipts_with(LONG, LetterNews::TooMany)),
    ]
}
