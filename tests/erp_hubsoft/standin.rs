//! The driver against the stand-in, which is strict about the documents and shares nothing with it.

use jiff::civil::date;
use serde_json::{Value, json};
use totem::domain::service::{Catalog, Change, Channel, NewTicket, Prospect};
use totem::domain::{BillRef, CardKind, Charge, ContractStatus, InvoiceState};
use totem::erp::hubsoft::{HubSoft, connect_with};
use totem::erp::{Capability, Erp, Error, PaidBy, Support, WriteOff, WriteOffOutcome};
use totem::simulator::hubsoft::{Age, Options, Running, start};

use crate::{ROWS, patience, signing_in_with, tax_id};

struct House {
    dir: tempfile::TempDir,
    running: Running,
}

const TODAY: jiff::civil::Date = date(2026, 11, 24);

impl House {
    fn of(server: Age) -> House {
        let dir = tempfile::tempdir().unwrap();
        let options = Options { server, today: Some(TODAY), ..Options::new(dir.path().to_owned()) };
        House { running: start(options).unwrap(), dir }
    }

    fn driver(&self) -> HubSoft {
        let base = format!("http://{}", self.running.address());
        let signs = self.running.credentials();
        let settings = signing_in_with(&base, &signs.client_secret, &signs.password, &signs.username, ROWS);
        connect_with(settings, patience()).unwrap()
    }

    fn book(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.dir.path().join("erp.json")).unwrap()).unwrap()
    }

    fn order(&self, orders: &Value) {
        totem::simulator::state::order(self.dir.path(), orders).unwrap();
    }

    fn is_clean(&self) {
        assert_eq!(self.book()["errors"], json!([]), "the driver breaks no document's rule");
    }
}

fn maria(invoice: &str) -> BillRef {
    BillRef { customer: "81593".into(), invoice: invoice.into() }
}

async fn charge_of(driver: &HubSoft, bill: &BillRef) -> Charge {
    let InvoiceState::Open(open) = driver.invoice(bill).await.unwrap() else { panic!("open") };
    open.charge_due(TODAY).unwrap()
}

fn by_debit(bill: BillRef, charge: Charge) -> WriteOff {
    let paid_by = PaidBy::Card {
        kind: CardKind::Debit,
        network: "STONE".to_owned(),
        brand: "VISA".to_owned(),
        nsu: "1".to_owned(),
        authorization: "2".to_owned(),
    };
    WriteOff { bill, charge, on: TODAY, paid_by }
}

#[tokio::test]
async fn the_customers_of_the_stand_in_are_found_with_all_their_bills() {
    let house = House::of(Age::Current);
    let driver = house.driver();
    for (cpf, contracts, bills, alerts) in
        [("52998224725", 1, 1, 0), ("11144477735", 4, 12, 1), ("12345678909", 1, 0, 0), ("00000000191", 1, 200, 0)]
    {
        let account = driver.account(&tax_id(cpf)).await.unwrap().unwrap();
        assert_eq!(
            (account.contracts.len(), account.invoices.len(), account.alerts.len()),
            (contracts, bills, alerts),
            "{cpf}"
        );
        let factors = driver.factors(&account.customer.id).await.unwrap();
        assert!(factors.birth.is_some() && !factors.phones_last4.is_empty());
    }
    assert_eq!(driver.account(&tax_id("98765432100")).await, Ok(None));
    house.is_clean();
}

#[tokio::test]
async fn what_is_owed_is_what_the_linha_says_and_is_written_off_exactly_once() {
    let house = House::of(Age::Current);
    let driver = house.driver();
    driver.discover().await.unwrap();
    let charge = charge_of(&driver, &maria("90")).await;
    assert_eq!(charge.principal.cents(), 31_598);
    assert!(charge.total() > charge.principal, "fine and interest stand in the linha");
    let write_off = by_debit(maria("90"), charge);
    assert_eq!(driver.write_off(&write_off).await, Ok(WriteOffOutcome::Applied));
    assert_eq!(driver.write_off(&write_off).await, Ok(WriteOffOutcome::AlreadySettled));
    assert_eq!(driver.invoice(&maria("90")).await, Ok(InvoiceState::Paid { on: Some(TODAY) }));
    let book = house.book();
    let calls = book["write_offs"].as_array().unwrap();
    assert_eq!(calls.iter().map(|call| call["applied"] == true).collect::<Vec<_>>(), [true, false]);
    assert_eq!(calls[0]["paid_cents"], calls[0]["due_cents"]);
    assert_eq!((&calls[0]["account"], &calls[0]["means"]), (&json!(8), &json!("cartao_debito")));
    assert_eq!(book["receipts"].as_array().unwrap().len(), 1);
    let account = driver.account(&tax_id("52998224725")).await.unwrap().unwrap();
    assert_eq!(account.contracts[0].status, ContractStatus::Active, "the ERP gives the service back");
    let paid = driver.paid_bills(&"81593".into()).await.unwrap();
    assert_eq!((paid.len(), paid[0].amount), (1, charge.total()));
    house.is_clean();
}

#[tokio::test]
async fn every_way_to_lose_an_answer_is_unknown_and_the_bill_tells() {
    for (trick, is_paid) in [
        ("lost_request", false),
        ("lost_answer", true),
        ("internal_error", false),
        ("internal_error_after", true),
        ("html", false),
        ("html_after", true),
        ("empty", false),
        ("empty_after", true),
    ] {
        let house = House::of(Age::Current);
        let driver = house.driver();
        let charge = charge_of(&driver, &maria("90")).await;
        house.order(&json!({"write_off": {"value": trick, "times": 1}}));
        let outcome = driver.write_off(&by_debit(maria("90"), charge)).await;
        assert!(matches!(outcome, Ok(WriteOffOutcome::Unknown { .. })), "{trick}: {outcome:?}");
        let state = driver.invoice(&maria("90")).await.unwrap();
        assert_eq!(matches!(state, InvoiceState::Paid { .. }), is_paid, "{trick}");
        house.is_clean();
    }
}

#[tokio::test]
async fn a_token_that_ends_before_the_write_off_costs_one_sign_in_and_no_second_write_off() {
    let house = House::of(Age::Current);
    let driver = house.driver();
    let charge = charge_of(&driver, &maria("90")).await;
    house.order(&json!({"token_expires_now": {"for": "write_off", "times": 1}}));
    assert_eq!(driver.write_off(&by_debit(maria("90"), charge)).await, Ok(WriteOffOutcome::Applied));
    let book = house.book();
    assert_eq!((&book["tokens_given"], &book["calls"]["write_off"]), (&json!(2), &json!(2)));
    assert_eq!(book["receipts"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_of_2020_reads_and_sends_and_writes_nothing_off() {
    let house = House::of(Age::Of2020);
    let driver = house.driver();
    assert_eq!(driver.supports(Capability::WriteOff), Support::Yes, "nobody has asked yet");
    driver.discover().await.unwrap();
    for gone in [
        Capability::WriteOff,
        Capability::Lookups,
        Capability::FiscalNotes,
        Capability::TicketKinds,
        Capability::DueDays,
    ] {
        assert_eq!(driver.supports(gone), Support::No, "{gone:?}");
    }
    let charge = charge_of(&driver, &maria("90")).await;
    let outcome = driver.write_off(&by_debit(maria("90"), charge)).await;
    assert!(matches!(outcome, Ok(WriteOffOutcome::Rejected { .. })), "{outcome:?}");
    assert_eq!(driver.pix_code(&maria("90")).await, Ok(None));
    assert_eq!(driver.fiscal_notes(&"81593".into()).await, Err(Error::Unsupported(Capability::FiscalNotes)));
    assert_eq!(driver.send_bill(&maria("90"), Channel::Push, None).await, Ok(Change::Done(())));
    assert!(driver.boleto(&maria("90")).await.unwrap().is_some());
    house.is_clean();
}

#[tokio::test]
async fn the_whole_counter_is_served() {
    let house = House::of(Age::Current);
    let driver = house.driver();
    let joao = totem::domain::CustomerId::from("81594");
    assert!(driver.pdf(&maria("90")).await.unwrap().starts_with(b"%PDF-"));
    assert!(driver.pix_code(&maria("90")).await.unwrap().unwrap().starts_with("000201"));
    assert_eq!(driver.contacts(&joao).await.unwrap().len(), 3);
    let unlocked = driver.unlock_on_trust(&"81593".into(), &"1283321".into()).await.unwrap();
    assert!(matches!(&unlocked, Change::Done(until) if until.until == Some(date(2026, 11, 25))), "{unlocked:?}");
    let refused = driver.unlock_on_trust(&joao, &"1283299".into()).await.unwrap();
    assert!(matches!(refused, Change::Refused { .. }), "it is not suspended");

    let kinds = driver.catalog(Catalog::TicketKinds, None).await.unwrap();
    let ticket = NewTicket {
        contract: "1283299".into(),
        kind: Some(kinds[1].id.clone()),
        subject: "Lentidão".to_owned(),
        text: "à noite".to_owned(),
        name: "João Inventado".to_owned(),
        phone: "31900005678".to_owned(),
    };
    let Change::Done(protocol) = driver.open_ticket(&joao, &ticket).await.unwrap() else { panic!("opened") };
    let tickets = driver.tickets(&joao).await.unwrap();
    assert_eq!((tickets[0].protocol.as_str(), tickets[0].subject.as_str()), (protocol.as_str(), "SUPORTE"));

    let bill = BillRef { customer: joao.clone(), invoice: "1230".into() };
    for (by, to) in
        [(Channel::Email, Some("a@example.com")), (Channel::Sms, Some("31900005678")), (Channel::Push, None)]
    {
        assert_eq!(driver.send_bill(&bill, by, to).await, Ok(Change::Done(())));
    }
    let notes = driver.fiscal_notes(&joao).await.unwrap();
    let ids: Vec<_> = notes.iter().map(|note| (note.id.as_str(), note.has_pdf)).collect();
    assert_eq!(ids, [("nf-3001", true), ("nfse-3001", false), ("nf-3002", true)]);
    assert!(driver.fiscal_note_pdf(&joao, "nf-3002").await.unwrap().starts_with(b"%PDF-"));

    let plans = driver.catalog(Catalog::Products, Some("35560-000")).await.unwrap();
    let prospect = Prospect {
        name: "Pessoa Inventada".to_owned(),
        tax_id: "98765432100".to_owned(),
        phone: "31900000000".to_owned(),
        cep: "35560-000".to_owned(),
        street: "Rua das Flores".to_owned(),
        number: "10".to_owned(),
        district: "Centro".to_owned(),
        product: Some(plans[0].id.clone()),
        ..Prospect::default()
    };
    assert_eq!(driver.register_prospect(&prospect).await, Ok(Change::Done(Some("100".to_owned()))));
    assert!(matches!(driver.register_prospect(&prospect).await, Ok(Change::Refused { .. })));
    assert_eq!(driver.catalog(Catalog::DueDays, None).await.unwrap().len(), 3);
    assert_eq!(driver.catalog(Catalog::Cities, None).await.unwrap().len(), 2);
    let lookups = driver.lookups().await.unwrap();
    assert_eq!(lookups.iter().map(|list| list.entries.len()).collect::<Vec<_>>(), [3, 6]);
    assert!(driver.catalog(Catalog::Products, Some("99999999")).await.is_err());
    house.is_clean();
}

#[tokio::test]
async fn a_driver_that_leaves_the_document_would_be_told() {
    let house = House::of(Age::Current);
    let base = format!("http://{}", house.running.address());
    let signs = house.running.credentials();
    let rows = ROWS.replace("id_caixa_financeiro = 8", "id_caixa_financeiro = 800");
    let settings = signing_in_with(&base, &signs.client_secret, &signs.password, &signs.username, &rows);
    let driver = connect_with(settings, patience()).unwrap();
    let charge = charge_of(&driver, &maria("90")).await;
    let outcome = driver.write_off(&by_debit(maria("90"), charge)).await;
    assert!(matches!(outcome, Ok(WriteOffOutcome::Rejected { .. })), "{outcome:?}");
    assert_eq!(house.book()["errors"], json!(["write_off: O campo id_caixa_financeiro é inválido."]));
    let wrong = signing_in_with(&base, "outro", &signs.password, &signs.username, "");
    let driver = connect_with(wrong, patience()).unwrap();
    assert_eq!(driver.account(&tax_id("52998224725")).await, Err(Error::SignIn("HTTP 401".to_owned())));
}
