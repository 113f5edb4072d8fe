//! Customers at the real window: the real program on a display of its own, touched where its keys stand, judged by the
//! books of the stand-ins.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod display;
mod places;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use display::{Walk, there_is_a_display};
use places::*;
use serde_json::{Value, json};
use totem::domain::CardKind;
use totem::domain::br_code::BrCode;
use totem::domain::receipt::WriteOffState;
use totem::journey::step::{Question, TroubleCode};

const MARIA: (&str, &str) = ("52998224725", "1810");
const JOAO: (&str, &str) = ("11144477735", "2512");
const ERP: &str = "erp/erp.json";
const TEF: &str = "tef/tef.json";

fn bill(book: &Value, id: i64) -> &Value {
    book["bills"].as_array().unwrap().iter().find(|bill| bill["id"] == id).unwrap()
}

fn paid_bills(book: &Value) -> Vec<i64> {
    let bills = book["bills"].as_array().unwrap().iter();
    bills
        .filter(|bill| bill["state"] == "paid" && bill["paid_by"] != "past")
        .map(|bill| bill["id"].as_i64().unwrap())
        .collect()
}

fn applied(book: &Value) -> Vec<&Value> {
    book["write_offs"].as_array().unwrap().iter().filter(|call| call["applied"] == true).collect()
}

fn nothing_moved(walk: &Walk) {
    let erp = walk.book(ERP, |_| true);
    assert_eq!(paid_bills(&erp), [] as [i64; 0]);
    assert_eq!(erp["write_offs"], json!([]));
    assert_eq!(walk.book(TEF, |_| true)["transactions"], json!([]));
    assert_eq!(walk.papers(), [] as [String; 0]);
}

/// Maria stands before the ways to pay her one overdue bill.
fn maria_at_the_methods(orders: &[(&str, Value)]) -> Walk {
    let walk = Walk::begin(orders);
    walk.says_who(MARIA.0, MARIA.1);
    walk.sees_the_bills();
    walk.touch(invoices(1, 1).key(&pay()));
    walk.see(&method(), &phrase("method-title"));
    walk
}

#[test]
fn one_overdue_bill_is_paid_by_debit() {
    if !there_is_a_display() {
        return;
    }
    let walk = maria_at_the_methods(&[]);
    walk.touch(method().key(&phrase("method-debit")));
    walk.see(&paid("debit", WriteOffState::Settled), &phrase("paid-title"));
    let erp = walk.book(ERP, |book| bill(book, 90)["state"] == "paid");
    assert_eq!((paid_bills(&erp), &bill(&erp, 90)["paid_by"]), (vec![90], &json!("write_off")));
    let [call] = applied(&erp)[..] else { panic!("{erp:#}") };
    assert_eq!((&call["bill"], &call["paid_cents"]), (&json!(90), &json!(31598)));
    let tef = walk.book(TEF, |book| book["transactions"][0]["state"] == "confirmed");
    let [sale] = &tef["transactions"].as_array().unwrap()[..] else { panic!("{tef:#}") };
    assert_eq!((&sale["kind"], &sale["amount_cents"]), (&json!("debit"), &call["due_cents"]));
    assert_eq!(call["nsu"], sale["nsu"]);
    let nsu = sale["nsu"].as_str().unwrap();
    assert!(walk.papers().iter().any(|paper| paper.contains(nsu)), "{:?}", walk.papers());
}

#[test]
fn two_bills_go_into_one_credit_sale_and_are_written_off_each_by_itself() {
    if !there_is_a_display() {
        return;
    }
    let walk = Walk::begin(&[]);
    walk.says_who(JOAO.0, JOAO.1);
    let bills = invoices(5, 3);
    walk.see(&bills, &phrase("invoices-title"));
    // Of six overdue bills, chosen by themselves, the third, the fourth and the one on the next page are left out.
    walk.touch(bills.key(&row(3)));
    walk.touch(bills.key(&row(4)));
    walk.touch(bills.key_right_of("1 de 3"));
    walk.touch(bills.key(&row(1)));
    walk.touch(bills.key(&pay()));
    walk.see(&method(), &phrase("method-title"));
    walk.touch(method().key(&phrase("method-credit")));
    let times = instalments(3);
    walk.see(&times, &phrase("instalments-title"));
    walk.touch(times.key(&once()));
    walk.see(&paid("credit", WriteOffState::Settled), &phrase("paid-title"));
    let erp = walk.book(ERP, |book| paid_bills(book).len() == 2);
    assert_eq!(paid_bills(&erp), [1224, 1225]);
    let calls = applied(&erp);
    assert_eq!(calls.len(), 2);
    let tef = walk.book(TEF, |book| book["transactions"][0]["state"] == "confirmed");
    let [sale] = &tef["transactions"].as_array().unwrap()[..] else { panic!("{tef:#}") };
    let due: i64 = calls.iter().map(|call| call["due_cents"].as_i64().unwrap()).sum();
    assert_eq!((&sale["kind"], sale["amount_cents"].as_i64()), (&json!("credit"), Some(due)));
    assert!(calls.iter().all(|call| call["nsu"] == sale["nsu"]));
}

#[test]
fn the_pix_on_the_screen_is_the_one_the_erp_issued_and_its_payment_ends_the_wait() {
    if !there_is_a_display() {
        return;
    }
    let walk = maria_at_the_methods(&[("erp/control.json", json!({"pix_pays_after_ms": null}))]);
    walk.touch(method().key(&phrase("method-pix")));
    walk.see(&pix(), &phrase("pix-title"));
    let erp = walk.book(ERP, |book| book["pix"].as_array().is_some_and(|pix| !pix.is_empty()));
    let [charge] = &erp["pix"].as_array().unwrap()[..] else { panic!("{erp:#}") };
    assert_eq!(charge["bill"], 90);
    let location = format!("pix.example.com/qr/v2/cobv/{}", charge["token"].as_str().unwrap());
    let account = format!("0014br.gov.bcb.pix25{:02}{location}", location.len());
    let payload = format!(
        "00020101021226{:02}{account}5204000053039865802BR5922PROVEDOR FICTICIO LTDA6014BELO HORIZONTE62070503***6304",
        account.len()
    );
    let shot = walk.folder().join("pix.png");
    walk.picture(&shot);
    for (reader, read) in [("zbarimg", zbar(&shot)), ("zxing-cpp", zxing(&shot))] {
        let Some(read) = read else { continue };
        let (head, check) = read.split_at_checked(payload.len()).unwrap_or_else(|| panic!("{reader}: {read:?}"));
        assert_eq!(head, payload, "{reader}");
        assert!(check.len() == 4 && BrCode::parse(&read).is_ok(), "{reader}: {read:?}");
    }
    assert_eq!(paid_bills(&walk.book(ERP, |_| true)), [] as [i64; 0]);
    walk.order("erp/control.json", &json!({"pix_pays_after_ms": 0}));
    walk.see(&paid("pix", WriteOffState::ByErp), &phrase("paid-title"));
    let erp = walk.book(ERP, |book| bill(book, 90)["state"] == "paid");
    assert_eq!(bill(&erp, 90)["paid_by"], "pix");
    assert_eq!(erp["write_offs"], json!([]), "the ERP's own PIX is never written off by us");
}

#[test]
fn a_declined_card_moves_nothing_and_says_so() {
    if !there_is_a_display() {
        return;
    }
    let decline = json!({"decline": {"code": "51", "message": "SALDO INSUFICIENTE"}});
    let walk = maria_at_the_methods(&[("tef/control.json", decline)]);
    walk.touch(method().key(&phrase("method-debit")));
    walk.see(&trouble(TroubleCode::CardDeclined), &phrase("trouble-t1"));
    let tef = walk.book(TEF, |book| book["answers"]["denied"] == 1);
    assert_eq!(tef["answers"]["approved"], 0);
    nothing_moved(&walk);
}

#[test]
fn a_customer_who_walks_away_from_the_bills_leaves_nothing_on_the_screen() {
    if !there_is_a_display() {
        return;
    }
    let walk = Walk::begin(&[]);
    walk.says_who(MARIA.0, MARIA.1);
    walk.sees_the_bills();
    walk.see_within(&identify(), &phrase("identify-title"), Duration::from_secs(80));
    walk.see(&identify(), "CPF / CNPJ");
    nothing_moved(&walk);
}

#[test]
fn an_unknown_cpf_is_told_kindly_and_no_more() {
    if !there_is_a_display() {
        return;
    }
    let walk = Walk::begin(&[]);
    walk.says_who("39053344705", "1810");
    walk.see(&trouble(TroubleCode::NotFound), &phrase("trouble-c1"));
    nothing_moved(&walk);
}

#[test]
fn a_ticket_is_written_with_the_keys_on_the_screen_and_opened() {
    if !there_is_a_display() {
        return;
    }
    let walk = Walk::begin(&[]);
    walk.says_who(MARIA.0, MARIA.1);
    walk.sees_the_bills();
    walk.touch(invoices(1, 1).key(&phrase("services-more")));
    walk.see(&services(), &phrase("services-title"));
    walk.touch(services().key(&phrase("service-tickets")));
    walk.see(&tickets(), &phrase("tickets-title"));
    walk.touch(tickets().key(&phrase("tickets-new")));
    let text = ticket_form(Question::Text);
    walk.see(&text, &phrase("form-text"));
    let steady = Duration::from_millis(60);
    walk.types(&text, "sem", steady);
    // no picture shows that it was taken, and what is typed in a form is never dropped
    walk.touches(&[text.key(&phrase("key-space"))], steady);
    walk.types(&text, "sinal,", steady);
    walk.touch(text.key(&phrase("nav-continue")));
    let phone = ticket_form(Question::Phone);
    walk.see(&phone, &phrase("form-phone"));
    walk.types(&phone, "31900001234", steady);
    walk.touch(phone.key(&phrase("nav-continue")));
    let confirm = ticket_form(Question::Confirm);
    walk.see(&confirm, &phrase("form-confirm-ticket"));
    walk.touch(confirm.key(&phrase("form-do-ticket")));
    walk.see(&ticket_notice(), &phrase("notice-ticket-done"));
    let erp = walk.book(ERP, |book| book["tickets"].as_array().is_some_and(|tickets| !tickets.is_empty()));
    let [ticket] = &erp["tickets"].as_array().unwrap()[..] else { panic!("{erp:#}") };
    let words = ticket["text"].as_str().unwrap();
    assert!(words.contains("sem sinal,") && words.contains("31900001234"), "{words}");
    assert_eq!(erp["write_offs"], json!([]));
}

#[test]
fn digits_tapped_as_fast_as_can_be_are_all_there_and_in_their_order() {
    if !there_is_a_display() {
        return;
    }
    let walk = Walk::begin(&[]);
    walk.types(&identify(), MARIA.0, Duration::ZERO);
    walk.see(&verify(), &phrase("verify-title"));
    walk.types(&verify(), MARIA.1, Duration::ZERO);
    walk.sees_the_bills();
    nothing_moved(&walk);
}

#[test]
fn the_second_tap_of_a_nervous_finger_on_pay_chooses_no_method() {
    if !there_is_a_display() {
        return;
    }
    // the card stays in the pinpad
    let walk = Walk::begin(&[("tef/control.json", json!({"on": ["CRT"], "response_delay_ms": 600_000}))]);
    walk.says_who(MARIA.0, MARIA.1);
    walk.sees_the_bills();
    let pay = invoices(1, 1).key(&pay());
    walk.touch_until_taken(&[pay, pay], Duration::from_millis(80));
    walk.see(&method(), &phrase("method-title"));
    nothing_moved(&walk);
    walk.touch(method().key(&phrase("method-debit")));
    walk.see(&card(CardKind::Debit), &phrase("card-title-debit"));
}

fn zbar(picture: &Path) -> Option<String> {
    let read = Command::new("zbarimg").args(["-q", "--raw", "-Sdisable", "-Sqrcode.enable"]).arg(picture).output();
    told("zbarimg", read)
}

const ZXING: &str = "
import sys, zxingcpp
from PIL import Image
print(zxingcpp.read_barcodes(Image.open(sys.argv[1]))[0].text)
";

fn zxing(picture: &Path) -> Option<String> {
    let installed = Command::new("python3").args(["-c", "import zxingcpp, PIL"]).output();
    if !installed.is_ok_and(|output| output.status.success()) {
        return told("python3 with zxingcpp", Err(std::io::ErrorKind::NotFound.into()));
    }
    told("zxing-cpp", Command::new("python3").args(["-c", ZXING]).arg(picture).output())
}

/// Nothing where the reader is not installed, unless it is required.
fn told(reader: &str, read: std::io::Result<std::process::Output>) -> Option<String> {
    let Ok(read) = read else {
        assert!(std::env::var_os("TOTEM_REQUIRE_DECODERS").is_none(), "{reader} is not installed");
        eprintln!("SKIPPED: {reader} is not installed");
        return None;
    };
    Some(String::from_utf8(read.stdout).unwrap().trim_end().to_owned())
}
