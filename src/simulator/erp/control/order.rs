//! The orders a control file can give, and how each is written there.

use serde_json::Value;

const HUGE: u64 = 100 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    Instead(Instead),
    Slow { before_ms: u64, after_ms: u64 },
    ExpireTokens,
    Spoil(Spoil),
    WriteOff(Trick),
    Event(Event),
}

/// What happens instead of the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    HangUp,
    Redirect(String),
    Status(u16),
    LoginPage,
    /// A JSON text that somebody else wrote, with status 200.
    Say(String),
}

/// What happens to the answer of an operation that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoil {
    CutShort,
    Garbage,
    Empty,
    /// Another boleto's PDF instead.
    Forged,
    Huge(u64),
    /// Another JSON text.
    Say(String),
}

/// What happens to a write-off in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trick {
    LoseRequest,
    LoseAnswer,
    InternalError { done: bool },
    Reject,
    Html { done: bool },
    Empty { done: bool },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    PaidAtBank(Vec<i64>),
    PaidElsewhere(Vec<i64>),
    /// Bill and its new value in cents.
    Repriced(Vec<(i64, i64)>),
}

impl Order {
    /// The order that a key of the control file gives with that value; nothing where it makes no sense.
    pub fn read(name: &str, value: &Value) -> Option<Order> {
        let on = |order| (value == &Value::Bool(true)).then_some(order);
        match name {
            "down" => on(Order::Instead(Instead::HangUp)),
            "say" => Some(Order::Instead(Instead::Say(value.to_string()))),
            "say_after" => Some(Order::Spoil(Spoil::Say(value.to_string()))),
            "html" => on(Order::Instead(Instead::LoginPage)),
            "redirect_to" => value.as_str().map(|url| Order::Instead(Instead::Redirect(url.to_owned()))),
            "status" => {
                value.as_u64().and_then(|it| u16::try_from(it).ok()).map(|it| Order::Instead(Instead::Status(it)))
            }
            "slow_ms" => value.as_u64().map(|before_ms| Order::Slow { before_ms, after_ms: 0 }),
            "slow_answer_ms" => value.as_u64().map(|after_ms| Order::Slow { before_ms: 0, after_ms }),
            "token_expires_now" => on(Order::ExpireTokens),
            "truncate" => on(Order::Spoil(Spoil::CutShort)),
            "garbage" => on(Order::Spoil(Spoil::Garbage)),
            "empty" => on(Order::Spoil(Spoil::Empty)),
            "forged" => on(Order::Spoil(Spoil::Forged)),
            "huge" => match value.as_u64() {
                Some(bytes) => Some(Order::Spoil(Spoil::Huge(bytes))),
                None => on(Order::Spoil(Spoil::Huge(HUGE))),
            },
            "write_off" => value.as_str().and_then(trick).map(Order::WriteOff),
            "pay_now" => bills(value).map(|bills| Order::Event(Event::PaidAtBank(bills))),
            "settle_elsewhere" => bills(value).map(|bills| Order::Event(Event::PaidElsewhere(bills))),
            "reprice" => {
                let prices = value.as_object()?.iter().map(|(bill, cents)| Some((bill.parse().ok()?, cents.as_i64()?)));
                prices.collect::<Option<_>>().map(|prices| Order::Event(Event::Repriced(prices)))
            }
            _ => None,
        }
    }
}

fn trick(name: &str) -> Option<Trick> {
    Some(match name {
        "lost_request" => Trick::LoseRequest,
        "lost_answer" => Trick::LoseAnswer,
        "internal_error" => Trick::InternalError { done: false },
        "internal_error_after" => Trick::InternalError { done: true },
        "reject" => Trick::Reject,
        "html" => Trick::Html { done: false },
        "html_after" => Trick::Html { done: true },
        "empty" => Trick::Empty { done: false },
        "empty_after" => Trick::Empty { done: true },
        _ => return None,
    })
}

fn bills(value: &Value) -> Option<Vec<i64>> {
    value.as_array()?.iter().map(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok())).collect()
}
