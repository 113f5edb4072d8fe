//! PIX charges of a bank, over mutual TLS: what the payer does, what the bank gets wrong, and where the money is in the end.
//! The bank's book and the ERP's are the judges.

mod late;
mod refund;
mod spoiled;
mod tried;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

/// What the technician's list of this totem's payments says; the totem may be running.
fn journal(trade: &Trade, arguments: &[&str]) -> String {
    let state = trade.path("totem");
    let mut whole = vec!["journal", "--state", state.to_str().unwrap()];
    whole.extend(arguments);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_totem")).args(whole).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn code_is_shown(customer: &mut Customer) -> Value {
    let pix = customer.until_either("pix", "trouble");
    assert_eq!(pix["step"], "pix", "{}", customer.totem.story("no code"));
    pix
}

fn is_paid(customer: &mut Customer, what: &str) {
    let paid = customer.until_that(what, |shown| shown["step"] == "paid" && shown["write_off"] != "owed");
    assert_eq!((&paid["method"], &paid["write_off"]), (&json!("pix"), &json!("settled")), "{what}");
}

#[test]
fn a_charge_at_the_bank_is_paid_on_the_screen_written_off_and_told_with_its_id_on_the_receipt() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let pix = code_is_shown(&mut customer);
    assert_eq!(pix["confirmed_by"], "bank");
    let (txid, charge) = trade.charge();
    assert_eq!((&charge["status"], &charge["revision"]), (&json!("ATIVA"), &json!(0)));
    assert_eq!(charge["amount_cents"], pix["amount_cents"]);
    assert!(pix["payload"].as_str().unwrap().contains(charge["location"].as_str().unwrap()), "{pix}");
    assert!(pix.get("expires_in_s").is_none(), "no countdown at first: {pix}");
    trade.payer_pays();
    is_paid(&mut customer, "the payment");
    customer.does(json!({"do": "receipt", "how": "print"}));
    customer.until_that("the receipt", |shown| shown["printed"] == "printed");
    customer.leaves();
    customer.goes_for_good();
    let id = trade.received().remove(0);
    let paper = trade.papers().remove(0).replace(['\n', ' '], "");
    assert!(paper.contains(&id) && paper.contains(&txid), "{paper}");
    assert_eq!((trade.write_offs(90), trade.paid_by(90).as_deref()), (vec![true], Some("write_off")));
    let call = &trade.erp_book()["write_offs"][0];
    assert_eq!((&call["method"], &call["account"]), (&json!(5), &json!(34)));
    let told = journal(&trade, &["list"]);
    let told = journal(&trade, &["show", told.split_whitespace().next().unwrap()]);
    assert!(told.contains(&id) && told.contains(&txid), "{told}");
    assert_eq!((trade.charges().len(), trade.bank_calls("token")), (1, 1), "one charge, one token");
    trade.bank_is_content();
    trade.books_are_clean();
}

#[test]
fn a_code_can_be_had_on_paper_and_is_no_receipt() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let payload = code_is_shown(&mut customer)["payload"].as_str().unwrap().to_owned();
    customer.taps("print");
    customer.until_that("the paper", |shown| shown["printed"] == "printed");
    assert_eq!(customer.is_refused(json!({"do": "print"})), "print", "once");
    let paper = trade.papers().remove(0);
    assert!(paper.contains("Pague com PIX") && paper.contains("não comprova pagamento"), "{paper}");
    assert!(paper.contains("Vale até as"), "{paper}");
    let plain = paper.replace([' ', '\n'], "");
    assert!(plain.contains(&payload.replace(' ', "_")), "{payload} is not in {paper}");
    trade.payer_pays();
    let paid = customer.until_that("the payment", |shown| shown["step"] == "paid");
    assert_eq!(paid["receipts"], json!(["print", "none"]), "the receipt is still to be had");
    customer.does(json!({"do": "receipt", "how": "print"}));
    customer.until_that("the receipt", |shown| shown["step"] == "paid" && shown["printed"] == "printed");
    customer.leaves();
    customer.goes_for_good();
    assert_eq!(trade.papers().len(), 2);
    trade.books_are_clean();
}

#[test]
fn the_screen_says_paid_at_the_first_look_after_the_money_came() {
    let mut trade = Trade::with_a_bank();
    trade.configure("pix_poll_s = [0.2, 0.2, 0.2]", "pix_poll_s = [2, 2, 2]");
    // a look at a code that has ended is none of those that are counted here
    trade.configure(late::SHORT_LOOKS, "late_looks_s = [3600]");
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    trade.payer_pays();
    let looks = trade.bank_calls("get_cob");
    is_paid(&mut customer, "the payment");
    assert!(trade.bank_calls("get_cob") <= looks + 1, "paid at the next look");
}

/// The date of a PIX is the one its bank gives. An ERP that thinks it is still the day before may refuse it: then a person
/// is told.
#[test]
fn money_from_a_bank_whose_clock_is_ahead_is_seen_at_once_and_never_forgotten() {
    let trade = Trade::with_a_bank();
    trade.order_bank(&json!({"clock_off_s": 7200}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    trade.payer(&json!({"clock_off_s": 7200, "pay_now": ["*"]}));
    customer.until("paid");
    let log = customer.goes_for_good();
    assert!(
        log.iter().any(|line| line.contains("clock and the bank's differ") && line.contains("ahead_s=-7")),
        "{log:?}"
    );
    let told = journal(&trade, &["list", "--person"]);
    assert!(trade.write_offs(90) == [true] || told.contains(&trade.received()[0]), "{told}");
}

/// Seen at Itaú: eight seconds in which a charge is not found, and then is not paid.
#[test]
fn a_bank_that_reads_eight_seconds_late_is_waited_for() {
    let trade = Trade::with_a_bank();
    let late = json!({"stale_after_put_ms": 8000, "stale_after_payment_ms": 8000});
    trade.order_bank(&late);
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    let mut orders = late;
    orders["pay_now"] = json!(["*"]);
    let paid = Instant::now();
    trade.payer(&orders);
    is_paid(&mut customer, "the late read");
    assert!(paid.elapsed() >= Duration::from_secs(7), "nothing was known before");
    customer.goes_for_good();
    assert_eq!((trade.write_offs(90), trade.charges().len()), (vec![true], 1));
    trade.bank_is_content();
}

#[test]
fn a_payment_in_the_moment_in_which_the_charge_is_taken_back_is_kept_and_written_off() {
    let trade = Trade::with_a_bank();
    trade.order_bank(&json!({"pay_during_patch": true}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    customer.taps("cancel");
    customer.until("invoices");
    trade.until_books("the write-off of a payment nobody waited for", |trade| trade.write_offs(90) == [true]);
    assert_eq!(trade.bank_calls("patch_cob"), 1);
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("fact=\"pix_paid\"")), "{log:?}");
    let (_, charge) = trade.charge();
    assert_eq!((&charge["status"], charge["pix"].as_array().unwrap().len()), (&json!("CONCLUIDA"), 1));
    trade.bank_is_content();
}

#[test]
fn a_code_that_is_left_is_taken_back_and_the_bill_can_be_paid_another_way() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    customer.taps("cancel");
    customer.until("invoices");
    trade.until_books("that it is taken back", |trade| trade.charge().1["status"] == "REMOVIDA_PELO_USUARIO_RECEBEDOR");
    customer.totem.until_log("the end of the code", |log| log.iter().any(|line| line.contains("\"closed\"")));
    customer.taps("pay");
    customer.until("method");
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!((trade.sales(), trade.write_offs(90)), (vec!["confirmed".to_owned()], vec![true]));
    trade.bank_is_content();
    trade.books_are_clean();
}

#[test]
fn a_charge_that_has_expired_ends_on_the_screen_although_the_bank_still_calls_it_ativa() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    trade.order_bank(&json!({"expire": ["*"]}));
    let trouble = customer.until("trouble");
    assert!(trouble["code"] == "P1" || trouble["code"] == "P2", "{trouble}");
    customer.goes_for_good();
    assert_eq!((trade.charge().1["status"].clone(), trade.write_offs(90)), (json!("ATIVA"), vec![]));
    trade.bank_is_content();
}

/// Where the bank makes no other: due today, for today's total, owed by the customer, and nothing of it in the log.
#[test]
fn a_charge_with_a_due_date_is_due_today_and_ends_with_the_screen_too() {
    let mut trade = Trade::with_a_bank();
    trade.configure(
        "scopes = [\"cob.read\", \"cob.write\"]",
        "charge = \"cobv\"\nscopes = [\"cobv.read\", \"cobv.write\"]",
    );
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    let (_, charge) = trade.charge();
    let today = jiff::Timestamp::now().in_tz("America/Sao_Paulo").unwrap().date().to_string();
    assert_eq!(
        (&charge["kind"], &charge["due"], &charge["days_after_due"]),
        (&json!("cobv"), &json!(today), &json!(0))
    );
    assert_eq!(charge["debtor"]["cpf"], json!(MARIA.cpf));
    assert_eq!(charge["value"].as_object().unwrap().len(), 1, "no fine, no interest: {}", charge["value"]);
    customer.taps("cancel");
    customer.until("invoices");
    trade.until_books("that it is taken back", |trade| trade.charge().1["status"] == "REMOVIDA_PELO_USUARIO_RECEBEDOR");
    customer.totem.until_log("the end of the code", |log| log.iter().any(|line| line.contains("\"closed\"")));
    customer.taps("pay");
    customer.until("method");
    customer.pays_by("pix");
    code_is_shown(&mut customer);
    trade.payer_pays();
    is_paid(&mut customer, "the payment");
    customer.leaves();
    let name = charge["debtor"]["nome"].as_str().unwrap().to_owned();
    let log = customer.goes_for_good();
    assert!(log.iter().all(|line| !line.contains(MARIA.cpf) && !line.contains(&name)), "{log:?}");
    assert_eq!((trade.charges().len(), trade.write_offs(90)), (2, vec![true]));
    trade.bank_is_content();
}

/// In the order of the site, each as what it is: the ERP's own code, the bank's, and at the very last a fixed key.
#[test]
fn the_erps_code_comes_first_then_the_bank_and_a_fixed_key_only_where_nobody_else_has_one() {
    let mut trade = Trade::with_a_bank();
    trade.configure("pix = false\n", "pix = true\n");
    trade.configure(
        "[[pix.bank]]",
        "[pix.static_key]\nkey = \"totem@provedor.example\"\nname = \"PROVEDOR\"\ncity = \"BELEM\"\n\n[[pix.bank]]",
    );
    trade.order_erp(&json!({"pix_pays_after_ms": null}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    assert_eq!((code_is_shown(&mut customer)["confirmed_by"].clone(), trade.charges().len()), (json!("erp"), 0));
    customer.goes_for_good();
    trade.forget_the_totem();

    trade.configure("[pix.static_key]", "[pix]\nprefer = \"bank\"\n\n[pix.static_key]");
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    assert_eq!((code_is_shown(&mut customer)["confirmed_by"].clone(), trade.charges().len()), (json!("bank"), 1));
    customer.goes_for_good();
    trade.forget_the_totem();

    trade.configure("pix = true\n", "pix = false\n");
    trade.stop_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    let pix = code_is_shown(&mut customer);
    assert_eq!((&pix["confirmed_by"], &pix["amount_cents"]), (&json!("person"), &trade.charge().1["amount_cents"]));
    let told = journal(&trade, &["list"]);
    let told = journal(&trade, &["show", told.split_whitespace().next().unwrap()]);
    assert!(told.contains("static_key"), "{told}");
    customer.taps("cancel");
    customer.until("invoices");
    customer.goes_for_good();
    assert!(journal(&trade, &["list", "--person"]).contains("procure no extrato um PIX"));
}

#[test]
fn a_totem_that_dies_before_its_code_is_paid_finds_the_money_when_it_is_back() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    customer.totem.kill();
    trade.payer_pays();
    let back = trade.totem();
    trade.until_books("the write-off of what was paid meanwhile", |trade| trade.write_offs(90) == [true]);
    back.goes_for_good();
    assert_eq!(trade.charges().len(), 1);
    trade.bank_is_content();
}

#[test]
fn a_bank_that_is_away_has_no_code_and_one_that_comes_back_sees_what_was_paid_before_it_went() {
    let mut trade = Trade::with_a_bank();
    trade.stop_bank();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    assert_eq!(customer.until("trouble")["code"], "P1");
    trade.start_bank();
    customer.taps("retry");
    customer.until("method");
    // the driver leaves a bank that failed again and again alone for some seconds
    let begun = Instant::now();
    customer.pays_by("pix");
    while customer.until_either("pix", "trouble")["step"] == "trouble" {
        assert!(begun.elapsed() < Duration::from_secs(60), "{}", customer.totem.story("the bank is back"));
        std::thread::sleep(Duration::from_millis(500));
        customer.taps("retry");
        customer.until("method");
        customer.pays_by("pix");
    }
    trade.payer_pays();
    is_paid(&mut customer, "the payment");
    customer.goes_for_good();
    assert_eq!(trade.write_offs(90), [true]);
}
