//! "Pagar fatura" (document 001): reads the fields strictly, settles the bill at most once, and remembers every call.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::bills::{due_cents, left_cents};
use super::book::{Book, State, Way, WriteOffCall};
use super::tables;

/// Cents by which the sum may miss the bill: fine and interest are each rounded.
const TOLERANCE: i64 = 2;

pub enum Verdict {
    Done,
    AlreadySettled,
    /// The field that is wrong.
    Invalid(&'static str),
}

impl Verdict {
    /// The body the document prints for it.
    #[must_use]
    pub fn body(&self) -> Value {
        match self {
            Verdict::Done => json!("SUCESSO"),
            Verdict::AlreadySettled => json!({"error": "A fatura informada já se encontra inteiramente quitada."}),
            Verdict::Invalid(field) => json!({"error": format!("{field} inválido.")}),
        }
    }
}

/// What was asked for, as far as it can be read, for the book.
#[must_use]
pub fn noted(body: &Value, now_ms: i64) -> WriteOffCall {
    let integer = |key: &str| body.get(key).and_then(Value::as_i64);
    let text = |key: &str| body.get(key).and_then(Value::as_str).map(str::to_owned);
    let money = |key: &str| body.get(key).and_then(cents);
    WriteOffCall {
        at_ms: now_ms,
        bill: integer("IDFatura"),
        account: integer("IDContaFinanceira"),
        method: integer("IDFormaPagamento"),
        brand: integer("IDBandeiraCartao"),
        paid_cents: money("ValorPago"),
        fine_cents: money("ValorMulta"),
        interest_cents: money("ValorJuros"),
        discount_cents: money("ValorDesconto"),
        date: text("DataPagamento"),
        partial: text("PagamentoParcial"),
        nsu: text("NSUCartao"),
        authorization: text("CodigoAutorizacaoCartao"),
        tid: text("TIDCartao"),
        ..WriteOffCall::default()
    }
}

/// Settles the bill if everything is right. `latest` is the last day a payment can be dated.
pub fn carry_out(book: &mut Book, body: &Value, call: &mut WriteOffCall, latest: Date) -> Verdict {
    match judge(book, body, call, latest) {
        Err(verdict) => verdict,
        Ok((id, paid_cents, Payment::Whole, on)) => {
            call.applied = book.settle(id, Way::WriteOff, paid_cents, on);
            Verdict::Done
        }
        Ok((id, paid_cents, Payment::Part, on)) => {
            call.applied = true;
            let bill = book.bills.iter_mut().find(|bill| bill.id == id);
            let settled = bill.is_some_and(|bill| {
                bill.received_cents += paid_cents;
                left_cents(bill) <= 0
            });
            if settled {
                book.settle(id, Way::WriteOff, paid_cents, on);
            }
            Verdict::Done
        }
    }
}

enum Payment {
    Whole,
    Part,
}

fn judge(
    book: &Book,
    body: &Value,
    call: &mut WriteOffCall,
    latest: Date,
) -> Result<(i64, i64, Payment, Date), Verdict> {
    let nothing = Map::new();
    let fields = Fields(body.as_object().unwrap_or(&nothing));
    let id = fields.integer("IDFatura")?;
    let account = fields.integer("IDContaFinanceira")?;
    let paid = fields.money("ValorPago")?;
    let fine = fields.money("ValorMulta")?;
    let interest = fields.money("ValorJuros")?;
    let discount = fields.money("ValorDesconto")?;
    let on = fields.text("DataPagamento").ok().and_then(date).filter(|on| *on <= latest);
    let on = on.ok_or(Verdict::Invalid("DataPagamento"))?;
    let payment = match fields.text("PagamentoParcial")? {
        "0" => Payment::Whole,
        "1" => Payment::Part,
        _ => return Err(Verdict::Invalid("PagamentoParcial")),
    };
    let method = fields.optional("IDFormaPagamento", Fields::integer)?;
    let brand = fields.optional("IDBandeiraCartao", Fields::integer)?;
    for name in ["CodigoAutorizacaoCartao", "TIDCartao", "NSUCartao"] {
        fields.optional(name, Fields::text)?;
    }

    let bill = book.bill(id).ok_or(Verdict::Invalid("IDFatura"))?;
    call.due_cents = Some(due_cents(bill, on));
    if bill.state != State::Open {
        return Err(Verdict::AlreadySettled);
    }
    if method.is_some_and(|method| !tables::is_method(method)) {
        return Err(Verdict::Invalid("IDFormaPagamento"));
    }
    if !tables::takes(account, method) {
        return Err(Verdict::Invalid("IDContaFinanceira"));
    }
    if brand.is_some_and(|brand| !tables::is_brand(brand)) {
        return Err(Verdict::Invalid("IDBandeiraCartao"));
    }
    // The document does not say whether ValorPago holds the charges: a whole payment may be meant either way.
    let principal = left_cents(bill) - discount;
    let agrees = match payment {
        Payment::Part => paid > 0,
        Payment::Whole if !bill.tells_charges => paid >= principal,
        Payment::Whole => [principal, principal + fine + interest].iter().any(|sum| (paid - sum).abs() <= TOLERANCE),
    };
    if agrees { Ok((id, paid, payment, on)) } else { Err(Verdict::Invalid("ValorPago")) }
}

struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    fn integer(&self, name: &'static str) -> Result<i64, Verdict> {
        self.0.get(name).and_then(Value::as_i64).ok_or(Verdict::Invalid(name))
    }

    fn money(&self, name: &'static str) -> Result<i64, Verdict> {
        self.0.get(name).and_then(cents).ok_or(Verdict::Invalid(name))
    }

    fn text(&self, name: &'static str) -> Result<&'a str, Verdict> {
        self.0.get(name).and_then(Value::as_str).ok_or(Verdict::Invalid(name))
    }

    fn optional<T>(
        &self,
        name: &'static str,
        read: impl Fn(&Self, &'static str) -> Result<T, Verdict>,
    ) -> Result<Option<T>, Verdict> {
        if self.0.get(name).is_none_or(Value::is_null) { Ok(None) } else { read(self, name).map(Some) }
    }
}

/// A JSON number of reais, not negative, to the nearest cent.
fn cents(value: &Value) -> Option<i64> {
    let cents = (value.as_f64()? * 100.0).round();
    (0.0..1e12).contains(&cents).then_some(cents as i64)
}

/// dd-MM-yyyy, with all its digits.
pub fn date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let mut part =
        |length: usize| parts.next().filter(|it| it.len() == length && it.bytes().all(|byte| byte.is_ascii_digit()));
    let (day, month, year) = (part(2)?, part(2)?, part(4)?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
