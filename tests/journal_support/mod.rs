//! Payments as a shop sees them, for the tests of the journal.
#![allow(dead_code)]

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::{date, datetime};
use tempfile::TempDir;
use totem::domain::{CardKind, CardSale, Charge, ConfirmedBy, Money, PaymentId, PixCharge};
use totem::journal::{Error, Journal, JournalKey, tax_id_hash};
use totem::payment::fact::PersonWhy;
use totem::payment::{Decision, Entry, Fact, Item, Method, Payer, PrintResult, SettledHow, UndoReason};

pub struct Place {
    pub dir: TempDir,
    pub key: JournalKey,
}

impl Place {
    pub fn new() -> Place {
        let dir = tempfile::tempdir().unwrap();
        let key = JournalKey::load_or_create(dir.path()).unwrap();
        Place { dir, key }
    }

    pub fn path(&self) -> PathBuf {
        self.dir.path().join("journal.db")
    }

    pub fn file(&self, ending: &str) -> PathBuf {
        self.dir.path().join(format!("journal.db{ending}"))
    }

    pub fn open(&self) -> Result<Journal, Error> {
        Journal::open(&self.path(), &self.key)
    }

    /// Opens once nobody else does: a program that another test is just starting holds a copy of every lock for the
    /// moment between its fork and its exec.
    pub fn open_alone(&self) -> Journal {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(10);
        loop {
            match self.open() {
                Err(Error::AlreadyRunning { .. }) if std::time::Instant::now() < deadline => {
                    std::thread::sleep(std::time::Duration::from_millis(5));
                }
                opened => return opened.unwrap(),
            }
        }
    }

    /// A second place with the same files, as they stand at this moment.
    pub fn copy(&self) -> Place {
        let dir = tempfile::tempdir().unwrap();
        copy_files(self.dir.path(), dir.path());
        Place { dir, key: self.key.clone() }
    }

    /// The file in the hands of somebody with SQLite's own tools.
    pub fn tamper(&self, sql: &str) {
        let connection = rusqlite::Connection::open(self.path()).unwrap();
        connection.execute_batch("DROP TRIGGER a_fact_is_never_changed; DROP TRIGGER a_fact_is_kept;").unwrap();
        connection.execute_batch(sql).unwrap();
    }
}

pub fn copy_files(from: &Path, to: &Path) {
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}

pub fn id(number: u64) -> PaymentId {
    PaymentId(2_611_220_000 + number)
}

pub fn entry(number: u64, fact: Fact) -> Entry {
    Entry { payment: id(number), at: Timestamp::from_millisecond(1_795_000_000_000).unwrap(), fact }
}

pub fn opened(key: &JournalKey, number: u64, cpf: &str) -> Entry {
    let item = Item {
        invoice: "90".into(),
        contracts: vec!["7001".into()],
        number: "000090/11".to_owned(),
        description: "Fibra 600 Mega — novembro, instalação à parte".to_owned(),
        due: date(2026, 11, 10),
        charge: Charge {
            principal: Money::from_cents(11_990),
            fine: Money::from_cents(240),
            interest: Money::from_cents(48),
            discount: Money::ZERO,
        },
        identifier: None,
        receipt_heads: totem::domain::ReceiptHeads::default(),
    };
    let payer = Payer {
        customer: "4711".into(),
        short_name: "Érica Á.".to_owned(),
        tax_id_hash: tax_id_hash(key, cpf),
        tax_id_masked: "***.***.*47-25".to_owned(),
    };
    let method = Method::Card { kind: CardKind::Debit, instalments: 1 };
    entry(number, Fact::Opened { payer, items: vec![item], method, local: datetime(2026, 11, 22, 10, 20, 30, 0) })
}

pub fn approved(number: u64) -> Fact {
    let copy: Vec<String> =
        (0..24).map(|line| format!("{line:02} REDE DEMO        VIA DO CLIENTE    R$ 122,78")).collect();
    let sale = CardSale {
        coupon: id(number).0,
        amount: Money::from_cents(12_278),
        kind: CardKind::Debit,
        instalments: 1,
        network: "REDE DEMO".to_owned(),
        brand: "ELO".to_owned(),
        nsu: format!("{number:09}"),
        authorization: "A1B2C3".to_owned(),
        finalization: "7A0C11FE99".to_owned(),
        last4: "0042".to_owned(),
        at: Some(datetime(2026, 11, 22, 10, 21, 2, 0)),
        must_be_finalized: true,
        customer_copy: copy.clone(),
        merchant_copy: copy,
    };
    Fact::CardApproved { sale: Box::new(sale), mismatch: None }
}

/// A card payment from its beginning to its end: ten facts.
pub fn card_payment(key: &JournalKey, number: u64, cpf: &str) -> Vec<Entry> {
    let mut entries = vec![opened(key, number, cpf)];
    entries.extend(
        [
            Fact::CardStarted,
            approved(number),
            Fact::ReceiptStarted,
            Fact::ReceiptPrinted { result: PrintResult::Proven },
            Fact::Decided { decision: Decision::Confirm },
            Fact::Finalized,
            Fact::WriteOffSent { invoice: "90".into() },
            Fact::WriteOffSettled { invoice: "90".into(), how: SettledHow::Applied },
            Fact::Closed,
        ]
        .map(|fact| entry(number, fact)),
    );
    entries
}

/// A bank's code that nobody paid, and for which money may still come.
pub fn code_over(key: &JournalKey, number: u64) -> Vec<Entry> {
    let mut first = opened(key, number, "52998224725");
    if let Fact::Opened { method, .. } = &mut first.fact {
        *method = Method::Pix;
    }
    let charge = PixCharge {
        provider: "banco".to_owned(),
        txid: format!("{number:032}"),
        payload: "00020126".to_owned(),
        confirmed_by: ConfirmedBy::Bank,
        expires_in_s: Some(300),
    };
    let started = Fact::PixStarted { txid: charge.txid.clone() };
    let facts = [started, Fact::PixCharged { charge }, Fact::PixAbandoned, Fact::PixEnded];
    std::iter::once(first).chain(facts.map(|fact| entry(number, fact))).collect()
}

/// Every other fact there is.
pub fn rarer_facts() -> Vec<Fact> {
    let text = || "não respondeu \"em tempo\"\n".to_owned();
    vec![
        Fact::Interrupted,
        Fact::CardRefused { message: "TRANSAÇÃO NEGADA".to_owned(), why: totem::payment::Refusal::Declined },
        Fact::CardUnknown { why: text() },
        Fact::CardNotFound,
        Fact::Decided { decision: Decision::Undo(UndoReason::Interrupted) },
        Fact::PixStarted { txid: "TOTEM2611220001".to_owned() },
        Fact::PixCharged {
            charge: PixCharge {
                provider: "banco".to_owned(),
                txid: "TOTEM2611220001".to_owned(),
                payload: "00020126".to_owned(),
                confirmed_by: ConfirmedBy::Bank,
                expires_in_s: Some(360),
            },
        },
        Fact::PixRefused { why: text() },
        Fact::PixAbandoned,
        Fact::PixPaid {
            amount: Money::from_cents(12_278),
            end_to_end: Some("E00000000202611221021abcdefghijk".to_owned()),
            at: "2026-11-22T13:21:02.123456789Z".parse().unwrap(),
        },
        Fact::PixEnded,
        Fact::WriteOffUnknown { invoice: "90".into(), why: text() },
        Fact::WriteOffUnsent { invoice: "90".into(), why: text() },
        Fact::BillFoundOpen { invoice: "90".into() },
        Fact::WriteOffRejected { invoice: "90".into(), why: text() },
        Fact::PaidElsewhere { invoice: "90".into() },
        Fact::PersonCalled { why: PersonWhy::CheckStatement },
        Fact::Resolved { by: "Antônio".to_owned(), note: text() },
        Fact::ByHand,
        Fact::EarlierCode { payment: id(1) },
        Fact::PixPaidAgain {
            receipt: totem::domain::PixReceipt {
                end_to_end: "E00000000202611221021abcdefghijl".to_owned(),
                amount: Money::from_cents(12_278),
                at: "2026-11-22T13:21:03Z".parse().unwrap(),
            },
        },
        Fact::PixForgotten,
        Fact::TicketStarted,
        Fact::TicketOpened { protocol: "2026/77".to_owned() },
        Fact::TicketRefused { why: text() },
        Fact::TicketUnknown { why: text() },
        Fact::TicketUnsent { why: text() },
        Fact::RefundStarted {
            id: "a1".to_owned(),
            end_to_end: "E00000000202611221021abcdefghijl".to_owned(),
            amount: Money::from_cents(12_278),
            by: "Antônio".to_owned(),
            reason: text(),
        },
        Fact::RefundAnswered { id: "a1".to_owned(), status: "DEVOLVIDO".to_owned(), return_id: None, why: None },
        Fact::RefundUnknown { id: "a1".to_owned(), why: text() },
    ]
}
