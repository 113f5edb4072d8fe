//! `totem journal` as a technician and the back office meet it, on journals that the totem's own code wrote.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod journal_support;
#[path = "journal_cli/receipt.rs"]
mod receipt;

use std::path::Path;
use std::process::{Command, Output};

use journal_support::{Place, approved, card_payment, entry, id, opened};
use totem::domain::{ConfirmedBy, Money, PixCharge};
use totem::journal::Book;
use totem::payment::fact::PersonWhy;
use totem::payment::{Decision, Entry, Fact, Method, Outcome, Payment, PrintResult, Refusal};

const CPF: &str = "52998224725";

fn totem(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_totem")).args(["journal", "--state"]).arg(dir).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn refused(output: &Output, status: i32) -> String {
    assert_eq!(output.status.code(), Some(status), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn facts(number: u64, facts: impl IntoIterator<Item = Fact>) -> Vec<Entry> {
    facts.into_iter().map(|fact| entry(number, fact)).collect()
}

fn confirmed(place: &Place, number: u64) -> Vec<Entry> {
    let mut entries = vec![opened(&place.key, number, CPF)];
    entries.extend(facts(
        number,
        [
            Fact::CardStarted,
            approved(number),
            Fact::ReceiptStarted,
            Fact::ReceiptPrinted { result: PrintResult::Proven },
            Fact::Decided { decision: Decision::Confirm },
            Fact::Finalized,
        ],
    ));
    entries
}

fn rejected(place: &Place, number: u64) -> Vec<Entry> {
    let mut entries = confirmed(place, number);
    entries.extend(facts(
        number,
        [
            Fact::WriteOffSent { invoice: "90".into() },
            Fact::WriteOffRejected { invoice: "90".into(), why: "conta financeira fechada".to_owned() },
            Fact::PersonCalled { why: PersonWhy::Rejected },
        ],
    ));
    entries
}

/// A static code that nobody waits for any more.
fn unseen_pix(place: &Place, number: u64) -> Vec<Entry> {
    let mut first = opened(&place.key, number, CPF);
    if let Fact::Opened { method, .. } = &mut first.fact {
        *method = Method::Pix;
    }
    let charge = PixCharge {
        provider: "chave".to_owned(),
        txid: "TXIDESTATICO".to_owned(),
        payload: "00020126".to_owned(),
        confirmed_by: ConfirmedBy::Person,
        expires_in_s: None,
    };
    let mut entries = vec![first];
    entries.extend(facts(
        number,
        [
            Fact::PixStarted { txid: charge.txid.clone() },
            Fact::PixCharged { charge },
            Fact::PixAbandoned,
            Fact::PersonCalled { why: PersonWhy::CheckStatement },
        ],
    ));
    entries
}

/// Paid; declined; a write-off owed; a write-off refused; a statement to be read; a sale that only the TEF knows of.
fn a_shop() -> Place {
    let place = Place::new();
    let mut journal = place.open_alone();
    journal.append(&card_payment(&place.key, 1, CPF)).unwrap();
    let message = "SALDO INSUFICIENTE".to_owned();
    let mut declined = vec![opened(&place.key, 2, CPF)];
    let refused = Fact::CardRefused { message, why: Refusal::Declined };
    declined.extend(facts(2, [Fact::CardStarted, refused, Fact::Closed]));
    journal.append(&declined).unwrap();
    journal.append(&confirmed(&place, 3)).unwrap();
    journal.append(&rejected(&place, 4)).unwrap();
    journal.append(&unseen_pix(&place, 5)).unwrap();
    let mut unclear = vec![opened(&place.key, 6, CPF)];
    unclear.extend(facts(6, [Fact::CardStarted, Fact::Interrupted]));
    journal.append(&unclear).unwrap();
    place
}

fn line<'a>(text: &'a str, protocol: &str) -> &'a str {
    text.lines().find(|line| line.starts_with(protocol)).unwrap_or_else(|| panic!("{protocol} is not in:\n{text}"))
}

#[test]
fn the_list_says_of_every_payment_how_it_stands() {
    let place = a_shop();
    let list = said(&totem(place.dir.path(), &["list"]));
    for (protocol, stands) in [
        ("261122-0001", "pago e baixado"),
        ("261122-0002", "não cobrado"),
        ("261122-0003", "pago, baixa pendente"),
        ("261122-0004", "precisa de uma pessoa: o ERP recusou a baixa"),
        ("261122-0005", "precisa de uma pessoa: só o extrato da conta diz se foi pago"),
        ("261122-0006", "em confirmação"),
    ] {
        let line = line(&list, protocol);
        assert!(line.ends_with(stands), "{line}");
        assert!(line.contains("22/11/2026 10:20") && line.contains("Érica Á.") && line.contains("R$ 122,78"), "{line}");
    }
    assert!(list.starts_with("261122-0006"), "newest first:\n{list}");
    let newest = said(&totem(place.dir.path(), &["list", "--limit", "2"]));
    assert!(newest.contains("261122-0005") && !newest.contains("261122-0004"), "{newest}");
    let open = said(&totem(place.dir.path(), &["list", "--open"]));
    assert!(open.starts_with("261122-0003") && !open.contains("261122-0001"), "oldest first:\n{open}");
}

#[test]
fn the_persons_list_holds_every_id_and_what_to_do() {
    let place = a_shop();
    let list = said(&totem(place.dir.path(), &["list", "--person"]));
    assert!(!list.contains("261122-0003") && !list.contains("261122-0006"), "{list}");
    for needed in [
        "dê baixa à mão no ERP: fatura 90 (número 000090/11, R$ 122,78, baixa enviada 1 vez(es))",
        "rede REDE DEMO, bandeira ELO, NSU 000000004, autorização A1B2C3, pago em 22/11/2026 10:21",
        "id no ERP 4711",
        "totem journal resolve 261122-0004 --by NOME --note TEXTO",
        "procure no extrato um PIX de R$ 122,78 desde 22/11/2026 10:20",
        "txid TXIDESTATICO",
    ] {
        assert!(list.contains(needed), "{needed:?} is not in:\n{list}");
    }
}

#[test]
fn one_payment_is_told_in_full_by_the_protocol_as_printed_or_in_digits() {
    let place = a_shop();
    let shown = said(&totem(place.dir.path(), &["show", "261122-0004"]));
    assert_eq!(shown, said(&totem(place.dir.path(), &["show", "2611220004"])));
    for told in [
        "Érica Á. · id no ERP 4711 · ***.***.*47-25",
        "fatura         90 · número 000090/11 · contrato 7001",
        "(original R$ 119,90, multa R$ 2,40, juros R$ 0,48, desconto R$ 0,00)",
        "NSU            000000004",
        "recusada pelo ERP; enviada 1 vez(es)",
        "o ERP recusou a baixa da fatura 90: conta financeira fechada",
        "o que fazer",
    ] {
        assert!(shown.contains(told), "{told:?} is not in:\n{shown}");
    }
    assert!(!shown.contains(CPF));
    for fact in ["opened", "card_started", "card_approved", "decided", "finalized", "write_off_sent", "person_called"] {
        assert!(shown.contains(fact), "{fact} is not in:\n{shown}");
    }
    assert!(refused(&totem(place.dir.path(), &["show", "261122-0099"]), 1).contains("261122-0099"));
    assert!(refused(&totem(place.dir.path(), &["show", "ontem"]), 2).contains("protocolo"));
}

#[test]
fn everything_is_read_beside_a_running_totem() {
    let place = a_shop();
    let mut running = place.open_alone();
    running.append(&card_payment(&place.key, 7, CPF)).unwrap();
    assert!(said(&totem(place.dir.path(), &["list"])).starts_with("261122-0007"));
    assert!(said(&totem(place.dir.path(), &["verify"])).contains("íntegro"));
    assert!(said(&totem(place.dir.path(), &["export", "--format", "csv"])).contains("261122-0007"));
    running.append(&card_payment(&place.key, 8, CPF)).unwrap();
}

#[test]
fn verify_says_what_was_walked_and_where_it_breaks() {
    let place = a_shop();
    let whole = said(&totem(place.dir.path(), &["verify"]));
    assert_eq!(whole, "o diário está íntegro: 39 fatos, 6 pagamentos, 4 em aberto\n");
    place.tamper("UPDATE facts SET fact = replace(fact, '11990', '11991') WHERE seq = 1");
    let broken = refused(&totem(place.dir.path(), &["verify"]), 1);
    assert!(broken.contains("no fato 1"), "{broken}");
}

#[test]
fn the_back_office_gets_one_row_for_each_bill_with_every_column() {
    let place = a_shop();
    let csv = said(&totem(place.dir.path(), &["export", "--format", "csv"]));
    let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    let head: Vec<&str> = lines[0].split(',').collect();
    assert_eq!(head, totem::journal::export::COLUMNS);
    assert_eq!(lines.len(), 7);
    assert_eq!(
        lines[4],
        "261122-0004,2026-11-22T10:20:30,person,4711,Érica Á.,***.***.*47-25,90,000090/11,2026-11-10,\
         11990,240,48,0,12278,debit,1,REDE DEMO,ELO,000000004,A1B2C3,,,2026-11-22T10:21:02,12278,rejected,1,rejected,,"
    );
    let json = said(&totem(place.dir.path(), &["export", "--format", "json"]));
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), 6);
    let mut columns: Vec<&str> = rows[0].keys().map(String::as_str).collect();
    let mut wanted = totem::journal::export::COLUMNS;
    columns.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(columns, wanted);
    let standings: Vec<&str> = rows.iter().map(|row| row["standing"].as_str().unwrap()).collect();
    assert_eq!(standings, ["settled", "not_charged", "owed", "person", "person", "confirming"]);
    assert_eq!(rows[0]["received_cents"], 12_278);
    assert_eq!(rows[4]["txid"], "TXIDESTATICO");
}

#[test]
fn an_export_is_limited_to_the_days_that_are_asked_for() {
    let place = a_shop();
    let rows = |from: &str, to: &str| {
        let day = ["export", "--format", "csv", "--from", from, "--to", to];
        said(&totem(place.dir.path(), &day)).lines().count() - 1
    };
    assert_eq!(rows("2026-11-22", "2026-11-22"), 6);
    assert_eq!(rows("2026-11-23", "2027-01-01"), 0);
    assert_eq!(rows("2020-01-01", "2026-11-21"), 0);
    let json = ["export", "--format", "json", "--to", "2020-01-01"];
    assert_eq!(said(&totem(place.dir.path(), &json)), "[\n]\n");
    let turned = ["export", "--format", "csv", "--from", "2026-12-01", "--to", "2026-11-01"];
    refused(&totem(place.dir.path(), &turned), 2);
}

#[test]
fn a_persons_decision_is_a_fact_with_who_and_why() {
    let place = a_shop();
    let resolve = ["resolve", "261122-0004", "--by", "Antônio", "--note", "baixa feita à mão,\ncaixa 2"];
    let shown = said(&totem(place.dir.path(), &["show", "261122-0004"]));
    let (_, facts) = shown.split_once("com --facts ").unwrap();
    let facts: usize = facts.split_once(' ').unwrap().0.parse().unwrap();
    let fewer = (facts - 1).to_string();
    let changed = refused(&totem(place.dir.path(), &[&resolve[..], &["--facts", &fewer]].concat()), 1);
    assert!(changed.contains("mudou desde que foi mostrado"), "{changed}");
    let same = facts.to_string();
    let told = said(&totem(place.dir.path(), &[&resolve[..], &["--facts", &same]].concat()));
    assert!(told.contains("261122-0004") && told.contains("dê baixa à mão no ERP"), "{told}");
    let journal = place.open_alone();
    let entries = journal.payment(id(4)).unwrap();
    let note = "baixa feita à mão, caixa 2".to_owned();
    assert_eq!(entries.last().unwrap().fact, Fact::Resolved { by: "Antônio".to_owned(), note });
    assert_eq!(Payment::from_entries(&entries).unwrap().outcome(), Outcome::Resolved);
    Book::verify(&journal).unwrap();
    drop(journal);
    let list = said(&totem(place.dir.path(), &["list"]));
    assert!(line(&list, "261122-0004").ends_with("resolvido por uma pessoa"), "{list}");
    let csv = said(&totem(place.dir.path(), &["export", "--format", "csv"]));
    assert!(csv.contains(",by_person,1,,Antônio,\"baixa feita à mão, caixa 2\"\r\n"), "{csv}");
    let again = refused(&totem(place.dir.path(), &resolve), 1);
    assert!(again.contains("não precisa de uma pessoa"), "{again}");
}

#[test]
fn nobody_decides_about_money_that_the_totem_settles_by_itself() {
    let place = a_shop();
    for protocol in ["261122-0001", "261122-0003", "261122-0006"] {
        let told = refused(&totem(place.dir.path(), &["resolve", protocol, "--by", "Ana", "--note", "ok"]), 1);
        assert!(told.contains("não precisa de uma pessoa"), "{told}");
    }
    refused(&totem(place.dir.path(), &["resolve", "261122-0099", "--by", "Ana", "--note", "ok"]), 1);
    refused(&totem(place.dir.path(), &["resolve", "261122-0004", "--by", " \n", "--note", "ok"]), 2);
    let before = place.open_alone().verify().unwrap().facts;
    assert_eq!(before, 39);
}

#[test]
fn while_the_totem_runs_a_decision_waits_and_says_so() {
    let place = a_shop();
    let running = place.open_alone();
    let told = refused(&totem(place.dir.path(), &["resolve", "261122-0004", "--by", "Ana", "--note", "ok"]), 2);
    assert!(told.contains("é preciso parar o totem") && told.contains(&std::process::id().to_string()), "{told}");
    assert_eq!(Book::verify(&running).unwrap().facts, 39);
}

#[test]
fn a_place_without_a_journal_stays_without_one() {
    let empty = tempfile::tempdir().unwrap();
    let told = refused(&totem(empty.path(), &["list"]), 2);
    assert!(told.contains("não há diário"), "{told}");
    assert_eq!(std::fs::read_dir(empty.path()).unwrap().count(), 0, "looking makes nothing");
    let place = a_shop();
    std::fs::remove_file(place.dir.path().join("journal.key")).unwrap();
    let told = refused(&totem(place.dir.path(), &["list"]), 2);
    assert!(told.contains("journal.key"), "{told}");
    assert!(!place.dir.path().join("journal.key").exists(), "a key is never made anew");
}

#[test]
fn the_folder_of_a_demonstration_and_a_configuration_name_the_journal_too() {
    let place = a_shop();
    let demo = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink(place.dir.path(), demo.path().join("totem")).unwrap();
    assert!(said(&totem(demo.path(), &["list"])).contains("261122-0004"));
    let missing = Command::new(env!("CARGO_BIN_EXE_totem"))
        .args(["journal", "--config", "/does/not/exist.toml", "list"])
        .output()
        .unwrap();
    assert!(refused(&missing, 2).contains("/does/not/exist.toml"));
}

#[test]
fn a_refund_and_a_wrong_amount_say_how_much_goes_where() {
    let place = Place::new();
    let mut journal = place.open_alone();
    let mut elsewhere = confirmed(&place, 1);
    elsewhere
        .extend(facts(1, [Fact::WriteOffSent { invoice: "90".into() }, Fact::PaidElsewhere { invoice: "90".into() }]));
    journal.append(&elsewhere).unwrap();
    let mut wrong = unseen_pix(&place, 2);
    wrong.truncate(3);
    if let Fact::PixCharged { charge } = &mut wrong[2].fact {
        charge.confirmed_by = ConfirmedBy::Bank;
    }
    let at = "2026-11-22T13:30:00Z".parse().unwrap();
    let paid = Fact::PixPaid { amount: Money::from_cents(10_000), end_to_end: Some("E0001".to_owned()), at };
    wrong.push(entry(2, paid));
    journal.append(&wrong).unwrap();
    drop(journal);
    let list = said(&totem(place.dir.path(), &["list", "--person"]));
    assert!(list.contains("devolva R$ 122,78 ao cliente"), "{list}");
    assert!(list.contains("chegaram R$ 100,00 em vez de R$ 122,78"), "{list}");
    assert!(list.contains("EndToEndId E0001") && list.contains("pago em 22/11/2026 10:30"), "{list}");
}

#[test]
fn a_second_pix_and_a_write_off_by_hand_say_what_to_do_with_every_id() {
    let place = Place::new();
    let mut journal = place.open_alone();
    let at = "2026-11-22T13:30:00Z".parse().unwrap();
    let amount = Money::from_cents(12_278);
    let pix = |id: &str| totem::domain::PixReceipt { end_to_end: id.to_owned(), amount, at };
    let mut doubled = journal_support::code_over(&place.key, 1);
    doubled.extend(facts(
        1,
        [
            Fact::PixPaid { amount, end_to_end: Some("E0001".to_owned()), at },
            Fact::PixPaidAgain { receipt: pix("E0002") },
            Fact::PersonCalled { why: PersonWhy::Doubled },
        ],
    ));
    journal.append(&doubled).unwrap();
    let mut by_hand = confirmed(&place, 2);
    by_hand.insert(1, entry(2, Fact::ByHand));
    let ticket = Fact::TicketOpened { protocol: "C77".to_owned() };
    by_hand.extend(facts(2, [Fact::PersonCalled { why: PersonWhy::ByHand }, Fact::TicketStarted, ticket]));
    journal.append(&by_hand).unwrap();
    drop(journal);
    let list = said(&totem(place.dir.path(), &["list", "--person"]));
    assert!(list.contains("totem pix refund E0002 --amount 122.78"), "{list}");
    assert!(list.contains("chegou mais de um PIX") && list.contains("de 22/11/2026 10:30"), "{list}");
    assert!(list.contains("dê baixa à mão no ERP") && list.contains("chamado C77"), "{list}");
    assert!(list.contains("NSU 000000002") && list.contains("id no ERP 4711"), "{list}");
    let csv = said(&totem(place.dir.path(), &["export", "--format", "csv"]));
    assert!(csv.contains(",12278,owed,0,by_hand,,\r\n"), "{csv}");
    let shown = said(&totem(place.dir.path(), &["show", "261122-0002"]));
    assert!(
        shown.contains("chamado C77 aberto no ERP") && shown.contains("neste provedor a baixa é feita à mão"),
        "{shown}"
    );
    let resolve = ["resolve", "261122-0002", "--by", "Ana", "--note", "baixa feita"];
    said(&totem(place.dir.path(), &resolve));
    let csv = said(&totem(place.dir.path(), &["export", "--format", "csv"]));
    assert!(csv.contains(",by_person,0,,Ana,baixa feita\r\n"), "{csv}");
}
