use jiff::civil::datetime;

use super::*;
use crate::domain::Money;

fn order(kind: CardKind, instalments: u8) -> SaleOrder {
    let at = datetime(2026, 11, 28, 10, 15, 0, 0);
    SaleOrder { coupon: 2_611_280_001, amount: Money::from_cents(8990), kind, instalments, at }
}

fn turn(command: i32, field: i32, text: &str) -> Turn {
    let length = text.len();
    Turn { result: 10_000, command, field, min: 0, max: 0, length, text: Some(text.to_owned()) }
}

fn asked(command: i32, field: i32, text: &str, order: &SaleOrder) -> Verdict {
    verdict(&turn(command, field, text), order, InstalmentsBy::Merchant, false)
}

#[test]
fn a_typed_card_a_code_a_supervisor_a_cheque_and_a_bar_code_end_the_sale_under_any_command() {
    let order = order(CardKind::Credit, 1);
    for field in [500, 501, 502, 506, 511, 512, 513, 514, 515, 516, 150, 2015] {
        for command in COLLECTS {
            assert_eq!(
                asked(command, field, "1:A Vista;", &order),
                Verdict::Refuse(Refused::NotHere),
                "{command} {field}"
            );
        }
    }
    for (command, field) in [(31, -1), (35, -1), (41, -1), (34, -1), (34, 146), (30, -1), (30, 524), (30, 9999)] {
        assert_eq!(asked(command, field, "", &order), Verdict::Refuse(Refused::NotHere), "{command} {field}");
    }
}

#[test]
fn every_command_has_a_verdict_and_those_that_nobody_told_us_of_end_the_sale() {
    let order = order(CardKind::Debit, 1);
    let known = [0, 1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 20, 21, 22, 23, 29, 30, 31, 34, 35, 41, 42, 50, 51, 52];
    for command in -5..200 {
        let is_unknown = asked(command, -1, "", &order) == Verdict::Refuse(Refused::Unknown);
        assert_eq!(is_unknown, !known.contains(&command), "{command}");
    }
}

#[test]
fn what_the_customer_chose_on_the_totem_is_not_asked_again() {
    let (sight, thrice) = (order(CardKind::Credit, 1), order(CardKind::Credit, 3));
    let menu = "1:A Vista;2:Parcelado Loja;3:Parcelado Administradora;4:Digitado;";
    assert_eq!(asked(21, -1, menu, &sight), Verdict::Answer("1".into()));
    assert_eq!(asked(21, -1, menu, &thrice), Verdict::Answer("2".into()));
    assert_eq!(verdict(&turn(21, -1, menu), &thrice, InstalmentsBy::Issuer, false), Verdict::Answer("3".into()));
    assert_eq!(asked(30, 505, "Parcelas", &thrice), Verdict::Answer("3".into()));
    assert_eq!(asked(30, 505, "Parcelas", &sight), Verdict::AskNumber);
    let forms = "1|1:Cheque:0:2;2:Debito:2:3;3:Credito:3:4;";
    assert_eq!(asked(42, -1, forms, &order(CardKind::Debit, 1)), Verdict::Answer("2".into()));
    assert_eq!(asked(42, -1, forms, &sight), Verdict::Answer("3".into()));
    for field in [130, 504] {
        assert_eq!(asked(34, field, "Troco", &sight), Verdict::Answer("0,00".into()));
    }
    assert_eq!(asked(29, 2421, "", &sight), Verdict::Answer(String::new()));
}

#[test]
fn what_only_the_customer_can_choose_is_a_list_without_what_no_totem_does() {
    let sale = order(CardKind::Wallet, 1);
    let Verdict::AskMenu(options) = asked(21, -1, "1:Pix;2:Carteira A;3:Cheque;4:Cartao digitado;", &sale) else {
        panic!("a list")
    };
    assert_eq!(options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(asked(21, -1, "1:Digitado;2:Pix;", &sale), Verdict::Answer("2".into()));
    assert_eq!(asked(21, -1, "1:Digitado;2:Cheque;", &sale), Verdict::Refuse(Refused::NothingToChoose));
    assert_eq!(asked(21, -1, "", &sale), Verdict::Refuse(Refused::NothingToChoose));
    let long: String = (1..=200).map(|line| format!("{line}:Opcao {line};")).collect();
    assert_eq!(asked(21, -1, &long, &sale), Verdict::Refuse(Refused::NothingToChoose));
}

#[test]
fn a_customer_who_gave_up_is_not_asked_whether_they_do() {
    let order = order(CardKind::Debit, 1);
    assert_eq!(
        verdict(&turn(20, 5013, "Cancela?"), &order, InstalmentsBy::Merchant, true),
        Verdict::Answer("0".into())
    );
    assert_eq!(verdict(&turn(20, 5013, "Cancela?"), &order, InstalmentsBy::Merchant, false), Verdict::AskYesNo);
    assert_eq!(verdict(&turn(20, -1, "Repete?"), &order, InstalmentsBy::Merchant, true), Verdict::AskYesNo);
}
