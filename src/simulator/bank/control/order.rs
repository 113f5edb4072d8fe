//! The orders a control file can give, and how each is written there.

use serde_json::Value;

const HUGE: u64 = 100 * 1024 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    Instead(Instead),
    Slow { before_ms: u64, after_ms: u64 },
    ExpireTokens,
    Spoil(Spoil),
    PayDuringPatch,
    Event(Event),
}

/// What happens instead of the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Hangs up before it has read what is wanted.
    Deaf,
    LoseRequest,
    LoginPage,
    Redirect(String),
    Refuse {
        status: u16,
        retry_after: Option<String>,
    },
}

/// What happens to the answer of an operation that was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoil {
    Lost,
    CutShort,
    Garbage,
    Empty,
    Huge(u64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Pay(Charges, Payment),
    Expire(Charges),
    Remove(Charges),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payment {
    /// As a payer's bank lets it through: active, not expired.
    Proper,
    /// Whatever state the charge is in, where it has no money yet.
    Late,
    /// Until it has two.
    Twice,
    /// This many cents, whatever was asked.
    Amount(i64),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Charges {
    All,
    These(Vec<String>),
}

impl Charges {
    pub fn hold(&self, txid: &str) -> bool {
        match self {
            Charges::All => true,
            Charges::These(list) => list.iter().any(|named| named == txid),
        }
    }

    fn of(names: &[String]) -> Charges {
        if names == ["*"] { Charges::All } else { Charges::These(names.to_vec()) }
    }
}

impl Order {
    /// The order that a key of the control file gives with that value; nothing where it makes no sense.
    pub fn read(name: &str, value: &Value) -> Option<Order> {
        let on = |order| (value == &Value::Bool(true)).then_some(order);
        let refuse = |status| retry_after(value).map(|retry_after| Instead::Refuse { status, retry_after });
        let pay = |how| charges(value).map(|charges| Order::Event(Event::Pay(charges, how)));
        match name {
            "down" => on(Order::Instead(Instead::Deaf)),
            "lost_request" => on(Order::Instead(Instead::LoseRequest)),
            "html" => on(Order::Instead(Instead::LoginPage)),
            "redirect_to" => value.as_str().map(|url| Order::Instead(Instead::Redirect(url.to_owned()))),
            "status" => {
                let status = value.as_u64().and_then(|it| u16::try_from(it).ok())?;
                Some(Order::Instead(Instead::Refuse { status, retry_after: None }))
            }
            "unauthorized" => on(Order::Instead(Instead::Refuse { status: 401, retry_after: None })),
            "too_many" => refuse(429).map(Order::Instead),
            "unavailable" => refuse(503).map(Order::Instead),
            "slow_ms" => value.as_u64().map(|before_ms| Order::Slow { before_ms, after_ms: 0 }),
            "slow_answer_ms" => value.as_u64().map(|after_ms| Order::Slow { before_ms: 0, after_ms }),
            "token_expires_now" => on(Order::ExpireTokens),
            "lost_answer" => on(Order::Spoil(Spoil::Lost)),
            "truncate" => on(Order::Spoil(Spoil::CutShort)),
            "garbage" => on(Order::Spoil(Spoil::Garbage)),
            "empty" => on(Order::Spoil(Spoil::Empty)),
            "huge" => match value.as_u64() {
                Some(bytes) => Some(Order::Spoil(Spoil::Huge(bytes))),
                None => on(Order::Spoil(Spoil::Huge(HUGE))),
            },
            "pay_during_patch" => on(Order::PayDuringPatch),
            "pay_now" => pay(Payment::Proper),
            "pay_late" => pay(Payment::Late),
            "pay_twice" => pay(Payment::Twice),
            "pay_amount" => {
                let mut amounts = value.as_object()?.iter();
                let (txid, cents) = amounts.next()?;
                let charge = Charges::of(std::slice::from_ref(txid));
                let cents = cents.as_i64().filter(|cents| *cents > 0)?;
                amounts.next().is_none().then_some(Order::Event(Event::Pay(charge, Payment::Amount(cents))))
            }
            "expire" => charges(value).map(|charges| Order::Event(Event::Expire(charges))),
            "remove" => charges(value).map(|charges| Order::Event(Event::Remove(charges))),
            _ => None,
        }
    }
}

fn charges(value: &Value) -> Option<Charges> {
    let names: Option<Vec<String>> = value.as_array()?.iter().map(|name| name.as_str().map(str::to_owned)).collect();
    names.map(|names| Charges::of(&names))
}

fn retry_after(value: &Value) -> Option<Option<String>> {
    match value {
        Value::Bool(true) => Some(None),
        Value::Number(seconds) => Some(Some(seconds.to_string())),
        Value::String(date) => Some(Some(date.clone())),
        _ => None,
    }
}
