//! The people the stand-in starts with. All invented; the CPFs are the well-known test numbers.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::book::{Bill, Book, Contract, Customer, State, Visit, VisitState, Way};

/// Which people the book starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum SeedSet {
    /// Four customers: one overdue bill, several contracts, nothing owed, two hundred bills.
    Demo,
    /// Only the customer with one overdue bill.
    Single,
}

/// What each customer of the demonstration is there to show, in the order of the book.
pub const WHAT: [&str; 4] =
    ["with one overdue bill", "with several contracts and many bills", "who owes nothing", "with two hundred bills"];

/// A fresh book whose dates are counted from `today`.
#[must_use]
pub fn book(set: SeedSet, today: Date) -> Book {
    let mut book = Book { customers: customers(set), ..Book::default() };
    book.bills.push(Bill { contracts: vec![1_283_321], ..bill(90, 81593, 31598, today, -140) });
    if set == SeedSet::Demo {
        book.bills.extend(many_sorts(today));
        book.bills.extend((0..).zip(1300..1303).map(|(month, id)| {
            paid(Bill { contracts: vec![1_283_350], ..bill(id, 81595, 7500, today, -20 - month * 30) })
        }));
        book.bills.extend((0..).zip(5000..5200).map(|(index, id)| Bill {
            contracts: vec![1_283_360],
            ..bill(id, 81596, 4990 + i64::from(index) * 137 % 9000, today, (index - 80) * 9)
        }));
    }
    if set == SeedSet::Demo {
        book.visits = visits(today);
    }
    book
}

/// One to come and one made of who owes nothing; two hundred to come of who has two hundred of everything.
fn visits(today: Date) -> Vec<Visit> {
    let visit = |id: i64, customer, contract, on: i32, state| Visit {
        id,
        protocol: format!("2026{id:08}"),
        customer,
        contract,
        about: "MUDANÇA DE PONTO".into(),
        on: Some(today.saturating_add(on.days())),
        turn: Some("MANHA".into()),
        state,
        moves: 0,
        before: None,
        marks: None,
    };
    let mut visits =
        vec![visit(3395, 81595, 1_283_350, 3, VisitState::Booked), visit(3396, 81595, 1_283_350, -9, VisitState::Made)];
    visits.extend((0..200).map(|n| visit(4000 + i64::from(n), 81596, 1_283_360, 400 + n, VisitState::Booked)));
    visits
}

/// The people of a set, without their bills.
#[must_use]
pub fn customers(set: SeedSet) -> Vec<Customer> {
    let one = Customer {
        id: 81593,
        name: "MARIA FICTÍCIA DA SILVA".into(),
        cpf: "52998224725".into(),
        birth: date(1990, 10, 18),
        mobile: "31900001234".into(),
        landline: None,
        contracts: vec![contract(1_283_321, "FIBRA RES 300MB ILIMITADO", "INTERNET", "SUSPENSO", 31598)],
    };
    if set == SeedSet::Single {
        return vec![one];
    }
    let several = Customer {
        id: 81594,
        name: "JOÃO INVENTADO DA CONCEIÇÃO ÁVILA E GONÇALVES DE ASSUNÇÃO NETO".into(),
        cpf: "11144477735".into(),
        // Born in summer time: midnight was 02:00 UTC.
        birth: date(1988, 12, 25),
        mobile: "31900005678".into(),
        landline: Some("3133330001".into()),
        contracts: vec![
            contract(1_283_299, "FIBRA RES 10MBPS FRANQUIA 360GB", "INTERNET", "HABILITADO", 10549),
            contract(1_283_303, "LOCACAO DE EQUIPAMENTOS", "INTERNET", "HABILITADO EM CONFIANCA", 990),
            contract(1_283_310, "TELEFONIA FIXA – CHÁCARA SÃO JOÃO", "TELEFONIA", "SUSPENSO", 4990),
            contract(1_283_311, "TV PACOTE FAMÍLIA", "TV", "CANCELADO", 15990),
        ],
    };
    let nothing = Customer {
        id: 81595,
        name: "ANA EXEMPLO DOS SANTOS".into(),
        cpf: "12345678909".into(),
        // Before 1970: a negative number of milliseconds.
        birth: date(1958, 3, 7),
        mobile: "31900009012".into(),
        landline: None,
        contracts: vec![contract(1_283_350, "FIBRA 75 MB", "INTERNET", "HABILITADO", 7500)],
    };
    let endless = Customer {
        id: 81596,
        name: "PEDRO IMAGINÁRIO DE SOUZA".into(),
        cpf: "00000000191".into(),
        // Summer time began that day: there was no midnight.
        birth: date(1992, 10, 25),
        mobile: "31900003456".into(),
        landline: Some("3133330002".into()),
        contracts: vec![contract(1_283_360, "LINK DEDICADO 1GB", "INTERNET", "SUSPENSO PARCIALMENTE", 4990)],
    };
    vec![one, several, nothing, endless]
}

fn many_sorts(today: Date) -> Vec<Bill> {
    let internet = vec![1_283_299];
    let of = |id, cents, days| Bill { contracts: internet.clone(), ..bill(id, 81594, cents, today, days) };
    vec![
        paid(of(1200, 10549, -155)),
        paid(of(1201, 10549, -125)),
        of(1224, 10549, -95),
        of(1225, 10549, -64),
        Bill { contracts: vec![1_283_299, 1_283_303], ..of(1226, 11539, -33) },
        Bill { contracts: vec![1_283_310], ..of(1227, 4990, -20) },
        // Overdue, and nobody says by how much: only the ERP's own PIX is right.
        Bill { tells_charges: false, has_line: false, ..of(1228, 7500, -12) },
        // No boleto and no PIX: only a card pays it.
        Bill { has_line: false, has_pix: false, ..of(1229, 5995, -8) },
        of(1230, 2500, 0),
        of(1231, 10549, 4),
        Bill { automatic_debit: true, contracts: vec![1_283_303], ..of(1232, 990, 9) },
        Bill { contracts: vec![1_283_310], ..of(1233, 4990, 12) },
        of(1234, 15990, 24),
        of(1235, 123_456, 55),
    ]
}

fn bill(id: i64, customer: i64, value_cents: i64, today: Date, days_from_today: i32) -> Bill {
    let due = today.saturating_add(days_from_today.days());
    Bill {
        id,
        customer,
        contracts: Vec::new(),
        value_cents,
        due,
        slip_number: format!("{:011}P", 85000 + id),
        document_number: format!("{}{:06}", due.strftime("%m%y"), 280_000 + id),
        automatic_debit: false,
        tells_charges: true,
        has_line: true,
        has_pix: true,
        received_cents: 0,
        state: State::Open,
    }
}

fn paid(bill: Bill) -> Bill {
    let state =
        State::Paid { paid_on: bill.due.saturating_sub(2.days()), paid_by: Way::Past, paid_cents: bill.value_cents };
    Bill { state, ..bill }
}

fn contract(id: i64, plan: &str, technology: &str, status: &str, monthly_cents: i64) -> Contract {
    Contract { id, plan: plan.into(), technology: technology.into(), status: status.into(), monthly_cents, due_day: 4 }
}
