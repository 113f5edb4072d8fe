//! What the library asks: never a question that waits for somebody who is not there.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use totem::domain::{CardKind, PromptKind};
use totem::tef::{SaleOrder, SaleOutcome, Tef};

use super::place::*;

fn played(turns: &[Value], customer: &mut Customer) -> (Place, SaleOutcome) {
    let place = Place::new();
    place.plays(turns, 51);
    let outcome = place.driver().sell(&order(1, CardKind::Credit), customer);
    (place, outcome)
}

fn answer(command: i64, answer: &str) -> (i64, i64, Option<String>) {
    (command, 0, Some(answer.to_owned()))
}

/// C5.
#[test]
fn menus_are_answered_by_what_was_chosen_and_else_by_the_customer() {
    let mut customer = Customer::answering(&["2", "12"]);
    let turns = [
        json!({"c": 21, "text": "1:A Vista;2:Parcelado Loja;"}),
        json!({"c": 42, "text": "1|1:Cheque:0:2;2:Debito:1:3;3:Credito:1:4;"}),
        json!({"c": 4, "text": "ESCOLHA A CONTA"}),
        json!({"c": 21, "text": "1:Conta corrente;2:Poupanca;3:Cartao digitado;"}),
        json!({"c": 21, "text": (1..=15).map(|n| format!("{n}:Plano {n};")).collect::<String>()}),
    ];
    let (place, _) = played(&turns, &mut customer);
    assert_eq!(place.heard(), [answer(21, "1"), answer(42, "3"), answer(21, "2"), answer(21, "12")]);
    assert_eq!(customer.asked.len(), 2);
    let first = &customer.asked[0];
    assert_eq!((first.kind, first.text.as_str()), (PromptKind::Menu, "ESCOLHA A CONTA"));
    assert_eq!(first.options.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["Conta corrente", "Poupanca"]);
    assert_eq!(customer.asked[1].options.len(), 15);
}

#[test]
fn a_question_of_yes_and_no_is_told_in_the_librarys_numbers() {
    let mut customer = Customer::answering(&["1", "0"]);
    let turns = [json!({"c": 20, "text": "Confirma?"}), json!({"c": 20, "text": "Repete?"})];
    let (place, _) = played(&turns, &mut customer);
    assert_eq!(place.heard(), [answer(20, "0"), answer(20, "1")]);
    assert_eq!(customer.asked[0].kind, PromptKind::YesNo);
    assert_eq!(customer.asked[0].text, "Confirma?");
}

#[test]
fn instalments_are_known_or_typed_within_the_librarys_limits() {
    let place = Place::new();
    place.plays(&[json!({"c": 30, "f": 505, "min": 1, "max": 2, "text": "Parcelas"})], 51);
    let mut driver = place.driver();
    let mut customer = Customer::default();
    driver.sell(&SaleOrder { instalments: 3, ..order(1, CardKind::Credit) }, &mut customer);
    assert!(customer.asked.is_empty());
    let mut customer = Customer::answering(&["12"]);
    driver.sell(&order(2, CardKind::Credit), &mut customer);
    let asked = &customer.asked[0];
    assert_eq!((asked.kind, asked.min, asked.max), (PromptKind::Number, Some(1), Some(2)));
    let mut customer = Customer::answering(&["123"]);
    driver.sell(&order(3, CardKind::Credit), &mut customer);
    assert_eq!(place.heard(), [answer(30, "3"), answer(30, "12"), (30, -1, None)]);
    assert_eq!(place.breaches(), Vec::<Value>::new());
}

#[test]
fn what_is_known_is_answered_without_the_customer() {
    let mut customer = Customer::default();
    let turns = [
        json!({"c": 34, "f": 130, "text": "Troco"}),
        json!({"c": 34, "f": 504, "text": "Taxa"}),
        json!({"c": 29, "f": 2421}),
    ];
    let (place, _) = played(&turns, &mut customer);
    assert_eq!(place.heard(), [answer(34, "0,00"), answer(34, "0,00"), answer(29, "")]);
    assert!(customer.asked.is_empty());
}

/// C8.
#[test]
fn a_typed_card_its_code_a_supervisor_a_cheque_and_a_bar_code_end_the_sale_at_once() {
    let place = Place::new();
    let mut driver = place.driver();
    let turns = [(30, 512), (30, 513), (30, 514), (30, 500), (41, 500), (31, -1), (35, -1), (34, 146), (30, 9_999)];
    for (coupon, (command, field)) in (1..).zip(turns) {
        place.plays(&[json!({"c": command, "f": field, "min": 1, "max": 20, "text": "Digite"})], 0);
        let mut customer = Customer::default();
        let outcome = driver.sell(&order(coupon, CardKind::Credit), &mut customer);
        let told = SaleOutcome::Declined { message: "Forma de pagamento não disponível neste totem".into() };
        assert_eq!(outcome, told, "{command} {field}");
        assert!(customer.asked.is_empty(), "{command} {field}");
    }
    assert!(place.heard().iter().all(|(_, with, _)| *with == -1), "{:?}", place.heard());
    assert_eq!(place.heard().len(), turns.len());
}

/// C7.
#[test]
fn what_nobody_told_us_of_is_shown_and_ends_the_sale() {
    let mut customer = Customer::default();
    let (place, outcome) =
        played(&[json!({"c": 77, "f": 1, "text": "ALGO NOVO@AQUI"}), json!({"c": 3})], &mut customer);
    assert!(matches!(outcome, SaleOutcome::Declined { .. }), "{outcome:?}");
    assert_eq!(customer.words().first(), Some(&"ALGO NOVO\nAQUI"));
    assert_eq!(place.heard(), [(77, -1, None)]);
}

#[test]
fn a_customer_who_does_not_answer_ends_the_sale() {
    for turn in [
        json!({"c": 20, "text": "Confirma?"}),
        json!({"c": 21, "text": "1:Conta corrente;2:Poupanca;"}),
        json!({"c": 30, "f": 505, "min": 1, "max": 2, "text": "Parcelas"}),
        json!({"c": 21, "text": ""}),
        json!({"c": 21, "text": (1..=500).map(|n| format!("{n}:Plano {n};")).collect::<String>()}),
    ] {
        let (place, outcome) = played(&[turn.clone()], &mut Customer::default());
        assert!(matches!(outcome, SaleOutcome::Cancelled { .. } | SaleOutcome::Declined { .. }), "{turn}: {outcome:?}");
        assert_eq!(place.heard().last().map(|(_, with, _)| *with), Some(-1), "{turn}");
        assert_eq!(place.transactions(), []);
    }
}

#[test]
fn words_that_want_a_key_go_on_by_themselves() {
    let mut customer = Customer::default();
    let begun = Instant::now();
    let (place, _) =
        played(&[json!({"c": 22, "text": "TECLE ENTER"}), json!({"c": 22, "text": "DE NOVO"})], &mut customer);
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert_eq!(customer.words(), ["TECLE ENTER", "DE NOVO"]);
    assert_eq!(place.heard(), []);
}

#[test]
fn nobody_at_the_pinpad_for_too_long_ends_the_sale() {
    let place = Place::new();
    place.plays(&[json!({"c": 3, "text": "INSIRA O CARTAO"}), json!({"c": 23, "sleep_ms": 30, "times": 500})], 0);
    let mut settings = place.settings();
    settings.patience_s = 1;
    let outcome = sell(&mut place.driver_with(settings), &order(1, CardKind::Debit));
    assert_eq!(outcome, SaleOutcome::Cancelled { message: "O tempo terminou".into() });
    assert_eq!(place.heard(), [(23, -1, None)]);
}
