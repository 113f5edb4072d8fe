//! Sales that go well, and sales that do not.

use serde_json::json;
use totem::domain::{CardKind, Money};
use totem::tef::{Error, SaleOrder, SaleOutcome, Tef};

use super::place::*;

/// C1, C17, C18.
#[test]
fn a_credit_sale_is_confirmed_with_the_very_strings_it_was_begun_with() {
    let place = Place::new();
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver, &order(2_611_280_001, CardKind::Credit)));
    assert_eq!(sale.amount, Money::from_cents(8990));
    assert_eq!((sale.network.as_str(), sale.brand.as_str(), sale.last4.as_str()), ("REDE DEMO", "VISA", "1234"));
    assert_eq!((sale.nsu.as_str(), sale.authorization.as_str()), ("0002611280001", "A1B2C3"));
    assert_eq!(sale.customer_copy, ["REDE DEMO - VIA CLIENTE", "DOC 2611280001", "VALOR R$ 89,90"]);
    assert_eq!(sale.merchant_copy, ["REDE DEMO - VIA LOJA", "VALOR R$ 89,90"]);
    assert_eq!(place.transactions(), [("open".into(), 0, 0)]);
    assert_eq!(driver.confirm(&sale), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);

    let starts = place.book()["starts"].as_array().unwrap().clone();
    let sale = starts.iter().find(|start| start["function"] == 3).unwrap();
    assert_eq!(
        sale,
        &json!({"function": 3, "value": "89,90", "document": "2611280001", "date": "20261128", "time": "101500",
                "operator": "TOTEM", "parameters": "[24;27;28;29;30;34;35;36;44]"})
    );
    assert_eq!(place.book()["configured"], json!(["127.0.0.1:4096", "00000001", "TT000001", ""]));
    assert_eq!(place.breaches(), Vec::<serde_json::Value>::new());
}

#[test]
fn what_the_technician_adds_goes_out_byte_for_byte_and_two_receipts_stay_two() {
    let place = Place::new();
    let parameters = "[PortaPinPad=/dev/ttyACM0;MultiplosCupons=1][ParmsClient=1=11222333000181]";
    let mut settings = place.settings();
    settings.parameters = parameters.to_owned();
    settings.options = "{ExibeMsgOperadorPinpad=1}".to_owned();
    settings.pinpad_message = "TOTEM DISPONIVEL|TOQUE NA TELA".to_owned();
    place.plays(
        &[
            json!({"c": 3, "text": "OK", "approve": true}),
            json!({"c": 0, "f": 121, "text": "PRIMEIRA VIA\nSEM RESSALVA É VÁLIDA\n"}),
            json!({"c": 0, "f": 121, "text": "SEGUNDO CUPOM\n"}),
        ],
        0,
    );
    let mut driver = place.driver_with(settings);
    let sale = approved(sell(&mut driver, &SaleOrder { instalments: 3, ..order(1, CardKind::Credit) }));
    assert_eq!(sale.customer_copy, ["PRIMEIRA VIA", "SEM RESSALVA É VÁLIDA", "", "SEGUNDO CUPOM"]);
    assert_eq!(place.book()["configured"][3], parameters);
    assert_eq!(place.book()["idle_text"], "TOTEM DISPONIVEL|TOQUE NA TELA");
    let starts = place.book()["starts"].as_array().unwrap().clone();
    let start = starts.iter().find(|start| start["function"] == 3).unwrap();
    assert_eq!(start["parameters"], "[24;26;28;29;30;34;35;36]{ExibeMsgOperadorPinpad=1}");
}

#[test]
fn a_receipt_longer_than_any_buffer_is_cut_and_nothing_breaks() {
    let place = Place::new();
    place.plays(&[json!({"c": 3, "approve": true}), json!({"c": 0, "f": 121, "text": "LINHA\n", "fill": 20_000})], 0);
    let sale = approved(sell(&mut place.driver(), &order(1, CardKind::Debit)));
    assert!((3_400..20_000).contains(&sale.customer_copy.len()), "{}", sale.customer_copy.len());
    assert_eq!(place.breaches(), Vec::<serde_json::Value>::new());
}

/// C2, C3: nothing of it exists for us, so nothing is finished.
#[test]
fn a_refused_sale_is_told_as_what_it_is_and_never_finished() {
    let place = Place::new();
    let mut driver = place.driver();
    for (coupon, result, told) in [
        (1, 51, "SALDO INSUFICIENTE"),
        (2, -2, "Operação cancelada"),
        (3, -6, "Operação cancelada"),
        (4, -5, "Sem comunicação com a rede do cartão"),
        (5, -43, "O pinpad não respondeu"),
        (6, -40, "SALDO INSUFICIENTE"),
    ] {
        place.plays(&[json!({"c": 3, "text": "SALDO INSUFICIENTE"})], result);
        let outcome = sell(&mut driver, &order(coupon, CardKind::Debit));
        let given_up = matches!(result, -2 | -6);
        match outcome {
            SaleOutcome::Declined { message } if !given_up => assert_eq!(message, told),
            SaleOutcome::Cancelled { message } if given_up => assert_eq!(message, told),
            other => panic!("{result}: {other:?}"),
        }
    }
    assert_eq!(driver.pending(), Ok(Vec::new()));
    assert_eq!(place.transactions(), []);
    assert_eq!(place.breaches(), Vec::<serde_json::Value>::new());
}

/// C3: −15 is our own doing.
#[test]
fn a_customer_who_gives_up_is_heard_at_the_next_question_and_nothing_is_charged() {
    let place = Place::new();
    let mut customer =
        Customer { gives_up_at: Some("APROXIME, INSIRA OU\nPASSE O CARTÃO".into()), ..Customer::default() };
    let outcome = place.driver().sell(&order(1, CardKind::Debit), &mut customer);
    assert_eq!(outcome, SaleOutcome::Cancelled { message: "Operação cancelada".into() });
    assert_eq!(place.heard(), [(23, -1, None)]);
    assert_eq!(place.transactions(), []);
}

#[test]
fn a_customer_who_gave_up_is_not_asked_again_whether_they_do() {
    let place = Place::new();
    let asks = json!({"c": 20, "f": 5013, "text": "CANCELA A OPERACAO?"});
    place.plays(&[json!({"c": 3, "text": "INSIRA"}), asks, json!({"c": 3, "text": "CANCELADA"})], -6);
    let mut customer = Customer { gives_up_at: Some("INSIRA".into()), ..Customer::default() };
    let outcome = place.driver().sell(&order(1, CardKind::Debit), &mut customer);
    assert!(matches!(outcome, SaleOutcome::Cancelled { .. }), "{outcome:?}");
    assert_eq!(place.heard(), [(20, 0, Some("0".to_owned()))]);
    assert!(customer.asked.is_empty());
}

#[test]
fn a_customer_cannot_give_up_once_the_card_is_on_its_way_to_the_network() {
    let place = Place::new();
    let mut customer = Customer::default();
    approved(place.driver().sell(&order(1, CardKind::Debit), &mut customer));
    let offered: Vec<(&str, bool)> = customer.said.iter().map(|(words, offered)| (words.as_str(), *offered)).collect();
    assert_eq!(
        offered,
        [("APROXIME, INSIRA OU\nPASSE O CARTÃO", true), ("DIGITE A SENHA", true), ("PROCESSANDO", false)]
    );
}

/// C4.
#[test]
fn a_thousand_questions_whether_to_go_on_are_answered_one_by_one() {
    let place = Place::new();
    place.plays(&[json!({"c": 3, "text": "INSIRA O CARTAO"}), json!({"c": 23, "times": 1_000})], 51);
    let outcome = sell(&mut place.driver(), &order(1, CardKind::Debit));
    assert!(matches!(outcome, SaleOutcome::Declined { .. }), "{outcome:?}");
    assert_eq!(place.book()["polls_us"].as_array().unwrap().len(), 1_000);
    assert_eq!(place.breaches(), Vec::<serde_json::Value>::new());
}

/// C6.
#[test]
fn a_code_is_on_our_screen_as_long_as_it_can_be_paid() {
    let place = Place::new();
    let mut customer = Customer::default();
    let sale = approved(place.driver().sell(&order(7, CardKind::Wallet), &mut customer));
    assert_eq!((sale.kind, sale.brand.as_str()), (CardKind::Wallet, "Pix"));
    let code = "00020126330014br.gov.bcb.pix0111totem-75204000053039865802BR6304ABCD";
    assert_eq!(customer.codes, [Some(code.to_owned()), None]);
    assert!(customer.words().contains(&"LEIA O CODIGO"));
    assert_eq!(place.functions(), [130, 122]);
    assert_eq!(place.book()["starts"][1]["parameters"], "{DevolveStringQRCode=1}");

    let mut leaver = Customer { gives_up_at: Some(code.replace("totem-7", "totem-8")), ..Customer::default() };
    place.driver().confirm(&sale).unwrap();
    let outcome = place.driver().sell(&order(8, CardKind::Wallet), &mut leaver);
    assert!(matches!(outcome, SaleOutcome::Cancelled { .. }), "{outcome:?}");
    assert_eq!(leaver.codes.last(), Some(&None));
}

/// C10.
#[test]
fn a_sale_that_passes_midnight_is_finished_with_the_day_on_which_it_was_begun() {
    let place = Place::new();
    let at = jiff::civil::datetime(2026, 11, 27, 23, 59, 58, 0);
    let sale = approved(sell(&mut place.driver(), &SaleOrder { at, ..order(1, CardKind::Debit) }));
    // another process, another day
    assert_eq!(place.driver().confirm(&sale), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
    let one = place.book()["transactions"][0].clone();
    assert_eq!((one["date"].as_str(), one["time"].as_str()), (Some("20261127"), Some("235958")));
    assert_eq!(place.breaches(), Vec::<serde_json::Value>::new());
}

/// C11.
#[test]
fn without_the_server_no_sale_is_begun() {
    let place = Place::new();
    let mut driver = place.driver();
    assert_eq!(driver.pending(), Ok(Vec::new()));
    place.order(&json!({"server": "down"}));
    let outcome = sell(&mut driver, &order(1, CardKind::Debit));
    assert!(matches!(outcome, SaleOutcome::NotStarted(Error::Silent(_))), "{outcome:?}");
    assert!(matches!(driver.pending(), Err(Error::Silent(_))));
    place.order(&json!({"start": {"2": -12}}));
    assert!(matches!(sell(&mut driver, &order(2, CardKind::Debit)), SaleOutcome::NotStarted(_)));
    place.order(&json!({}));
    approved(sell(&mut driver, &order(1, CardKind::Debit)));
}

/// C19.
#[test]
fn a_document_is_never_used_twice() {
    let place = Place::new();
    let mut driver = place.driver();
    let sale = approved(sell(&mut driver, &order(1, CardKind::Debit)));
    driver.confirm(&sale).unwrap();
    let again = sell(&mut driver, &order(1, CardKind::Debit));
    assert!(matches!(again, SaleOutcome::NotStarted(_)), "{again:?}");
    drop(driver);
    let again = sell(&mut place.driver(), &order(1, CardKind::Debit));
    assert!(matches!(again, SaleOutcome::NotStarted(_)), "{again:?}");
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
    assert_eq!(place.breaches(), Vec::<serde_json::Value>::new());
}

#[test]
fn an_approval_that_wants_a_signature_or_gives_change_does_not_stand() {
    let place = Place::new();
    let mut driver = place.driver();
    for (coupon, turn) in [(1, json!({"c": 0, "f": 5074})), (2, json!({"c": 0, "f": 130, "text": "10,00"}))] {
        place.plays(&[json!({"c": 3, "approve": true}), turn], 0);
        let SaleOutcome::Mismatched { sale, .. } = sell(&mut driver, &order(coupon, CardKind::Credit)) else {
            panic!("must not stand")
        };
        assert_eq!(driver.undo(&sale), Ok(()));
    }
    assert_eq!(place.transactions(), [("undone".into(), 0, 1), ("undone".into(), 0, 1)]);
}
