//! The books of the others: what the ERP, the TEF host, the bank and the customers hold. Amounts in cents, times in
//! milliseconds, names as text: nothing here is of the program that is judged.

use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Clone, Default)]
pub struct World {
    pub people: BTreeMap<u64, Person>,
    pub bills: BTreeMap<String, Bill>,
    /// By NSU.
    pub sales: BTreeMap<u64, Sale>,
    /// By payload.
    pub codes: BTreeMap<String, Code>,
    pub next_nsu: u64,
    pub printer_works: bool,
    pub tef_works: bool,
    pub erp_works: bool,
    /// Whose codes the site shows for bills without a code of the ERP's.
    pub pix: Option<Issuer>,
    /// The ERP says when a bill was paid; else only that it is gone.
    pub erp_tells_when: bool,
    /// Sales that the customer wants to give up.
    pub given_up: BTreeSet<u64>,
    /// The ERP refuses to settle a bill twice.
    pub erp_sees_doubles: bool,
    pub tef_wants_no_confirmation: bool,
    pub printer_proves: bool,
    /// The TEF begins nothing while a sale waits.
    pub tef_pending_first: bool,
    /// The ERP takes no write-off: a person makes it.
    pub by_hand: bool,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub name: String,
    pub cpf: String,
    pub birth: (u8, u8),
    pub bills: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Bill {
    pub cents: u64,
    pub due_day: i64,
    pub settled: Vec<Settled>,
    /// The payload of the code that the ERP issued.
    pub code: Option<String>,
    /// When it was last told to the totem, and what it was then.
    pub read_at: i64,
    pub read_cents: u64,
    /// When the totem was last told that it is open.
    pub open_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub by: By,
    pub cents: u64,
    pub day: i64,
    pub at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A write-off of the totem, for this payment's number.
    Totem(u64),
    ErpBank,
    Elsewhere,
    /// Whoever works at the ERP, for this payment's number.
    Operator(u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Waiting,
    Kept,
    GivenBack,
}

/// A card sale at the TEF host.
#[derive(Debug, Clone)]
pub struct Sale {
    pub coupon: u64,
    pub cents: u64,
    pub state: State,
    pub final_at_once: bool,
    /// The driver has it in its own keeping.
    pub in_driver: bool,
    /// It was made after the asker had given up.
    pub straggled: bool,
    pub at: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issuer {
    Bank,
    Erp,
    /// A key printed in a code: the money comes to the account, and no program hears of it.
    Key,
}

#[derive(Debug, Clone)]
pub struct Code {
    pub number: u64,
    /// When it was last given, to that payment.
    pub given_at: i64,
    pub issuer: Issuer,
    pub cents: u64,
    pub bills: Vec<String>,
    pub expires_at: i64,
    pub taken_back: bool,
    pub money: Vec<Money>,
}

#[derive(Debug, Clone)]
pub struct Money {
    pub cents: u64,
    pub at: i64,
    /// The bank took it although the code had ended or was paid.
    pub beyond: bool,
    pub end_to_end: String,
}

pub const DAY_MS: i64 = 86_400_000;

/// The day in São Paulo, three hours behind UTC the whole year.
pub fn day_of(at: i64) -> i64 {
    (at - 3 * 3_600_000).div_euclid(DAY_MS)
}

impl Code {
    /// The money of the very amount, else the first that came.
    pub fn best(&self) -> Option<&Money> {
        self.money.iter().find(|money| money.cents == self.cents).or(self.money.first())
    }
}

impl Bill {
    pub fn is_open(&self) -> bool {
        self.settled.is_empty()
    }

    pub fn by_totem(&self) -> Vec<u64> {
        self.settled
            .iter()
            .filter_map(|settled| match settled.by {
                By::Totem(number) => Some(number),
                By::ErpBank | By::Elsewhere | By::Operator(_) => None,
            })
            .collect()
    }
}

impl World {
    pub fn sales_of(&self, coupon: u64) -> impl Iterator<Item = (&u64, &Sale)> {
        self.sales.iter().filter(move |(_, sale)| sale.coupon == coupon)
    }

    pub fn codes_of(&self, number: u64) -> impl Iterator<Item = &Code> {
        self.codes.values().filter(move |code| code.number == number)
    }

    /// A customer pays a code. Banks refuse what is over or paid already, unless they are `lax`.
    pub fn pay_code(&mut self, payload: &str, cents: Option<u64>, lax: bool, at: i64) -> bool {
        let Some(code) = self.codes.get_mut(payload) else { return false };
        let closed = code.taken_back || at >= code.expires_at || !code.money.is_empty();
        if code.issuer == Issuer::Bank && closed && !lax {
            return false;
        }
        let beyond = code.issuer == Issuer::Bank && closed;
        let end_to_end = format!("E{at:031}");
        code.money.push(Money { cents: cents.unwrap_or(code.cents), at, beyond, end_to_end });
        true
    }

    /// The ERP's own bank tells it of the money.
    pub fn erp_hears(&mut self, payload: &str, at: i64) {
        let Some(code) = self.codes.get(payload) else { return };
        let (cents, bills) = (code.cents, code.bills.clone());
        for bill in bills {
            if let Some(bill) = self.bills.get_mut(&bill)
                && bill.is_open()
            {
                bill.settled.push(Settled { by: By::ErpBank, cents, day: day_of(at), at });
            }
        }
    }

    /// A valid CPF from its first nine digits.
    pub fn cpf(number: u64) -> String {
        let mut digits: Vec<u64> = format!("{number:09}").bytes().map(|byte| u64::from(byte - b'0')).collect();
        for _ in 0..2 {
            let weights = (2..).take(digits.len()).collect::<Vec<u64>>();
            let sum: u64 = digits.iter().zip(weights.iter().rev()).map(|(digit, weight)| digit * weight).sum();
            digits.push(match sum % 11 {
                0 | 1 => 0,
                rest => 11 - rest,
            });
        }
        digits.iter().map(u64::to_string).collect()
    }
}
