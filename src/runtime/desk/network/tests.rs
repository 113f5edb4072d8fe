//! What is offered where the ERP takes no write-off.

use std::sync::atomic::AtomicU32;

use super::*;
use crate::domain::{Account, Boleto, Factors, Money};
use crate::erp::{Reply, Support, WriteOff, WriteOffOutcome};
use crate::pix::static_key::{Settings, StaticKey};

/// A server that is asked what it can do, and then says that it takes no write-off.
struct Server {
    asked: AtomicU32,
    takes: bool,
    out_of_reach: bool,
}

fn gone<'a, T: Send + 'a>() -> Reply<'a, T> {
    Box::pin(async { Err(erp::Error::Unreachable("closed".into())) })
}

impl erp::Changes for Server {}

impl Erp for Server {
    fn name(&self) -> &str {
        "servidor"
    }

    fn supports(&self, capability: Capability) -> Support {
        let known = self.asked.load(Ordering::SeqCst) > 0 && !self.out_of_reach;
        if known && capability == Capability::WriteOff && !self.takes { Support::No } else { Support::Yes }
    }

    fn discover(&self) -> Reply<'_, ()> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.out_of_reach { gone() } else { Box::pin(async { Ok(()) }) }
    }

    fn account<'a>(&'a self, _: &'a TaxId) -> Reply<'a, Option<Account>> {
        gone()
    }

    fn factors<'a>(&'a self, _: &'a crate::domain::CustomerId) -> Reply<'a, Factors> {
        gone()
    }

    fn invoice<'a>(&'a self, _: &'a BillRef) -> Reply<'a, InvoiceState> {
        gone()
    }

    fn boleto<'a>(&'a self, _: &'a BillRef) -> Reply<'a, Option<Boleto>> {
        gone()
    }

    fn pix_code<'a>(&'a self, _: &'a BillRef) -> Reply<'a, Option<String>> {
        Box::pin(async { Ok(None) })
    }

    fn pdf<'a>(&'a self, _: &'a BillRef) -> Reply<'a, Vec<u8>> {
        gone()
    }

    fn write_off<'a>(&'a self, _: &'a WriteOff) -> Reply<'a, WriteOffOutcome> {
        gone()
    }
}

fn partners(takes: bool, out_of_reach: bool, needs_write_off: bool) -> (Arc<Server>, Partners) {
    let erp = Arc::new(Server { asked: AtomicU32::new(0), takes, out_of_reach });
    let key = Settings { key: "totem@provedor.example".into(), name: "PROVEDOR".into(), city: "BELEM".into() };
    let partners = Partners {
        erp: Arc::clone(&erp) as Arc<dyn Erp>,
        pix: vec![Arc::new(StaticKey::new(&key).unwrap())],
        pix_accounts: crate::domain::PixAccounts::default(),
        postal: None,
        couriers: codes::Couriers::default(),
        core: std::sync::mpsc::channel().0,
        tef: None,
        printer: None,
        needs_write_off,
        pages: None,
        meter: Arc::default(),
        discovered: AtomicBool::new(false),
    };
    (erp, partners)
}

async fn has_code(partners: &Partners) -> bool {
    let bill = BillRef { customer: "1".into(), invoice: "90".into() };
    let order = PixOrder {
        txid: "TOTEM0000000000002611220001".into(),
        amount: Money::from_cents(100),
        invoices: vec!["90".into()],
        identifiers: Vec::new(),
        erp_code: None,
        debtor: None,
    };
    partners.charge(&[bill], order).await.is_ok()
}

#[tokio::test]
async fn money_that_cannot_be_written_off_is_not_taken() {
    let (erp, partners) = partners(false, false, true);
    assert!(!partners.equipment().await.write_off);
    assert!(!has_code(&partners).await, "no code of our own either");
    assert_eq!(erp.asked.load(Ordering::SeqCst), 1, "a server is asked once what it can do");
}

#[tokio::test]
async fn where_a_person_writes_off_or_the_erp_takes_it_all_is_offered() {
    for (takes, needs_write_off) in [(true, true), (false, false)] {
        let (_, partners) = partners(takes, false, needs_write_off);
        assert!(partners.equipment().await.write_off);
        assert!(has_code(&partners).await);
    }
}

#[tokio::test]
async fn a_server_that_does_not_say_is_asked_again() {
    let (erp, partners) = partners(false, true, true);
    partners.equipment().await;
    partners.equipment().await;
    assert_eq!(erp.asked.load(Ordering::SeqCst), 2);
}
