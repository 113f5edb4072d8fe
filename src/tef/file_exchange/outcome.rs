//! What an answer means: approved, refused, given up, or another transaction first.

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

use super::dialect::Dialect;
use super::fields::{FieldId, Fields};
use super::write::fold;
use crate::domain::{CardKind, CardSale, Money};
use crate::tef::masking::masked;
use crate::tef::{Cancellation, SaleOrder, SaleOutcome};

/// What was asked, as far as the answer may leave it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    pub coupon: u64,
    pub amount: Money,
    pub kind: CardKind,
    pub instalments: u8,
}

impl From<&Cancellation> for Asked {
    /// A cancellation is known by the coupon of the sale that it gives back, which is not sent with it.
    fn from(cancellation: &Cancellation) -> Asked {
        let CardSale { coupon, amount, kind, instalments, .. } = cancellation.sale;
        Asked { coupon, amount, kind, instalments }
    }
}

impl From<&SaleOrder> for Asked {
    fn from(order: &SaleOrder) -> Asked {
        Asked { coupon: order.coupon, amount: order.amount, kind: order.kind, instalments: order.instalments }
    }
}

const REFUSED: &str = "Transação não aprovada";
const GIVEN_UP: &str = "Operação cancelada";

/// The outcome of a request, from the whole answer to it. The manager's menu is asked for nothing in particular.
pub(super) fn judge(answer: &Fields, dialect: &Dialect, asked: Option<&Asked>) -> SaleOutcome {
    if is_approved(answer, dialect) {
        let sale = Box::new(card_sale(answer, dialect, asked));
        let Some(asked) = asked else { return SaleOutcome::Approved(sale) };
        return match amount(answer, dialect) {
            Some(approved) if approved == asked.amount => SaleOutcome::Approved(sale),
            Some(approved) => {
                SaleOutcome::Mismatched { sale, why: format!("asked {}, approved {approved}", asked.amount) }
            }
            None => SaleOutcome::Mismatched { sale, why: "the approval names no readable amount".to_owned() },
        };
    }
    if is_given_up(answer) {
        return SaleOutcome::Cancelled { message: message(answer, GIVEN_UP) };
    }
    if names_a_transaction(answer) {
        return SaleOutcome::PendingFirst(Box::new(pending_sale(answer, dialect, asked)));
    }
    SaleOutcome::Declined { message: message(answer, REFUSED) }
}

/// An approved transaction in an answer that nobody waited for. Where nothing is to be finalised only a sale and its
/// giving back count: their money has moved. A torn answer counts when it names the transaction, for then it can be undone.
pub(super) fn found(answer: &Fields, dialect: &Dialect, asked: Option<&Asked>, complete: bool) -> Option<CardSale> {
    let counts = is_approved(answer, dialect)
        && (complete || names_a_transaction(answer))
        && (must_be_finalized(answer) || matches!(answer.text(FieldId::COMMAND), Some("CRT" | "CNC")));
    counts.then(|| card_sale(answer, dialect, asked))
}

fn is_approved(answer: &Fields, dialect: &Dialect) -> bool {
    match answer.text(FieldId::STATUS) {
        Some(status) => status.bytes().all(|digit| digit == b'0'),
        None => dialect.approval_may_lack_status && looks_approved(answer),
    }
}

/// Elgin: no 009, but NSU, finalisation and receipt are there and the operator reads of no trouble.
fn looks_approved(answer: &Fields) -> bool {
    let operator = fold(answer.text(FieldId::OPERATOR_MESSAGE).unwrap_or_default()).to_uppercase();
    let trouble = ["NEGAD", "RECUSAD", "CANCELAD", "ERRO", "FALHA", "INVALID", "NAO "];
    answer.text(FieldId::NSU).is_some()
        && answer.text(FieldId::FINALIZATION).is_some()
        && !answer.lines(SINGLE_COPY.lines).is_empty()
        && !trouble.iter().any(|word| operator.contains(word))
}

fn is_given_up(answer: &Fields) -> bool {
    answer.text(FieldId::STATUS).is_some_and(|status| status.eq_ignore_ascii_case("FF") || status == "101")
}

fn names_a_transaction(answer: &Fields) -> bool {
    [FieldId::NETWORK, FieldId::NSU, FieldId::FINALIZATION].iter().all(|field| answer.text(*field).is_some())
}

/// 729 says it; without it a transaction that has a receipt must be finalised.
fn must_be_finalized(answer: &Fields) -> bool {
    match answer.number(FieldId::NEEDS_FINALIZATION) {
        Some(1) => false,
        Some(2) => true,
        _ => [SINGLE_COPY, REDUCED_COPY, CUSTOMER_COPY, MERCHANT_COPY].iter().any(|copy| copy.is_in(answer)),
    }
}

/// A refusal may echo our own coupon and amount beside the ids of the older transaction: those are not its own.
fn pending_sale(answer: &Fields, dialect: &Dialect, asked: Option<&Asked>) -> CardSale {
    let mut sale = card_sale(answer, dialect, None);
    sale.must_be_finalized = true;
    if asked.is_some_and(|asked| sale.coupon == asked.coupon) {
        sale.coupon = 0;
        sale.amount = Money::ZERO;
    }
    sale
}

fn card_sale(answer: &Fields, dialect: &Dialect, asked: Option<&Asked>) -> CardSale {
    let verbatim = |field| answer.get(field).unwrap_or_default().to_owned();
    let text = |field| answer.text(field).map(str::to_owned);
    let instalments = answer.number(FieldId::INSTALMENTS).and_then(|n| u8::try_from(n).ok()).filter(|n| *n > 0);
    CardSale {
        coupon: asked.map(|asked| asked.coupon).or_else(|| answer.number(FieldId::COUPON)).unwrap_or_default(),
        amount: amount(answer, dialect).or(asked.map(|asked| asked.amount)).unwrap_or_default(),
        kind: kind(answer, dialect).or(asked.map(|asked| asked.kind)).unwrap_or(CardKind::Credit),
        instalments: instalments.or(asked.map(|asked| asked.instalments)).unwrap_or(1),
        network: verbatim(FieldId::NETWORK),
        brand: text(FieldId::NETWORK_BRAND)
            .or_else(|| text(FieldId::STANDARD_CARD_NAME))
            .or_else(|| dialect.classic_codes.then(|| text(FieldId::CARD_NAME)).flatten())
            .unwrap_or_default(),
        nsu: verbatim(FieldId::NSU),
        authorization: text(FieldId::AUTHORIZATION).unwrap_or_default(),
        finalization: verbatim(FieldId::FINALIZATION),
        last4: last4(answer).unwrap_or_default(),
        at: date_time(answer),
        must_be_finalized: must_be_finalized(answer),
        customer_copy: first_copy(answer, [CUSTOMER_COPY, REDUCED_COPY, SINGLE_COPY]),
        merchant_copy: first_copy(answer, [MERCHANT_COPY, SINGLE_COPY, SINGLE_COPY]),
    }
}

fn amount(answer: &Fields, dialect: &Dialect) -> Option<Money> {
    dialect.money.read(answer.text(FieldId::AMOUNT)?)
}

fn kind(answer: &Fields, dialect: &Dialect) -> Option<CardKind> {
    let code = dialect.classic_codes.then(|| answer.number(FieldId::KIND)).flatten()?;
    match code {
        10..=12 => Some(CardKind::Credit),
        20..=25 => Some(CardKind::Debit),
        60 => Some(CardKind::Voucher),
        _ => None,
    }
}

fn last4(answer: &Fields) -> Option<String> {
    [FieldId::MASKED_PAN, FieldId::NETWORK_LAST4].into_iter().find_map(|field| {
        let text = answer.text(field)?;
        let last = text.get(text.len().checked_sub(4)?..)?;
        last.bytes().all(|digit| digit.is_ascii_digit()).then(|| last.to_owned())
    })
}

/// 022 is DDMMAAAA; 023 is HHMMSS, in one manager HHMM.
fn date_time(answer: &Fields) -> Option<DateTime> {
    let date = answer.text(FieldId::DATE).filter(|text| text.len() == 8)?;
    let time = answer.text(FieldId::TIME)?;
    let date = Date::strptime("%d%m%Y", date).ok()?;
    let time = Time::strptime(if time.len() == 4 { "%H%M" } else { "%H%M%S" }, time).ok()?;
    Some(date.to_datetime(time))
}

fn message(answer: &Fields, otherwise: &str) -> String {
    [FieldId::OPERATOR_MESSAGE, FieldId::CUSTOMER_MESSAGE]
        .into_iter()
        .filter_map(|field| answer.text(field).map(|text| unquoted(text).trim()))
        .find(|text| !text.is_empty())
        .map_or_else(|| otherwise.to_owned(), masked)
}

/// A receipt: the field that counts its lines, and the group that holds them.
#[derive(Clone, Copy)]
struct ReceiptCopy {
    count: FieldId,
    lines: u16,
}

const SINGLE_COPY: ReceiptCopy = ReceiptCopy { count: FieldId(28, 0), lines: 29 };
const REDUCED_COPY: ReceiptCopy = ReceiptCopy { count: FieldId(710, 0), lines: 711 };
const CUSTOMER_COPY: ReceiptCopy = ReceiptCopy { count: FieldId(712, 0), lines: 713 };
const MERCHANT_COPY: ReceiptCopy = ReceiptCopy { count: FieldId(714, 0), lines: 715 };

impl ReceiptCopy {
    fn is_in(self, answer: &Fields) -> bool {
        answer.number(self.count).is_some_and(|count| count > 0) || !answer.lines(self.lines).is_empty()
    }
}

fn first_copy(answer: &Fields, copies: [ReceiptCopy; 3]) -> Vec<String> {
    copies
        .into_iter()
        .map(|copy| answer.lines(copy.lines))
        .find(|lines| !lines.is_empty())
        .unwrap_or_default()
        .into_iter()
        .map(|line| masked(unquoted(line)))
        .collect()
}

/// Without exactly one pair of quotes, where there is one.
fn unquoted(line: &str) -> &str {
    line.trim_end().strip_prefix('"').and_then(|line| line.strip_suffix('"')).unwrap_or(line)
}

#[cfg(test)]
mod tests;
