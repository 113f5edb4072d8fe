use jiff::civil::{date, datetime};

use super::super::dialect::DialectName;
use super::super::parse::parse;
use super::*;

fn fields(text: &str) -> Fields {
    parse(text.as_bytes()).fields
}

fn order() -> SaleOrder {
    SaleOrder {
        coupon: 4711,
        amount: Money::from_cents(8990),
        kind: CardKind::Credit,
        instalments: 1,
        at: date(2026, 3, 4).at(10, 15, 0, 0),
    }
}

fn judged(text: &str) -> SaleOutcome {
    judge(&fields(text), &DialectName::Paygo.dialect(), Some(&Asked::from(&order())))
}

fn approved(text: &str) -> CardSale {
    match judged(text) {
        SaleOutcome::Approved(sale) => *sale,
        other => panic!("{other:?}"),
    }
}

const APPROVED: &str = "003-000 = 8990\n009-000 = 0\n010-000 = REDE DEMO\n012-000 = 000123456\n027-000 = 7A0C11FE99\n";

#[test]
fn zero_in_any_length_is_an_approval_and_nothing_else_is() {
    for status in ["0", "00", "000"] {
        let answer = APPROVED.replace("009-000 = 0", &format!("009-000 = {status}"));
        assert!(matches!(judged(&answer), SaleOutcome::Approved(_)), "{status}");
    }
    for status in ["51", "P1", "1", "0A", "-0", "FE"] {
        let answer = format!("003-000 = 8990\n009-000 = {status}\n");
        assert_eq!(judged(&answer), SaleOutcome::Declined { message: REFUSED.into() }, "{status}");
    }
    assert_eq!(judged("003-000 = 8990\n"), SaleOutcome::Declined { message: REFUSED.into() });
}

#[test]
fn a_customer_who_gives_up_is_told_so_in_the_managers_words() {
    for status in ["FF", "ff", "101"] {
        let answer = format!("009-000 = {status}\n030-000 = OPERACAO CANCELADA\n");
        assert_eq!(judged(&answer), SaleOutcome::Cancelled { message: "OPERACAO CANCELADA".into() });
    }
    assert_eq!(judged("009-000 = FF\n"), SaleOutcome::Cancelled { message: GIVEN_UP.into() });
}

#[test]
fn a_refusal_is_told_in_the_managers_words_or_in_ours() {
    for (answer, message) in [
        ("009-000 = 51\n030-000 = SALDO INSUFICIENTE\n", "SALDO INSUFICIENTE"),
        ("009-000 = 51\n030-000 = \"SENHA INV\u{C1}LIDA\"\n", "SENHA INV\u{C1}LIDA"),
        ("009-000 = 51\n030-000 = \n031-000 = TENTE OUTRO CARTAO\n", "TENTE OUTRO CARTAO"),
        ("009-000 = 51\n030-000 =    \n", REFUSED),
    ] {
        let latin1: Vec<u8> = answer.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        let outcome = judge(&parse(&latin1).fields, &DialectName::Paygo.dialect(), Some(&Asked::from(&order())));
        assert_eq!(outcome, SaleOutcome::Declined { message: message.into() });
    }
}

#[test]
fn a_refusal_that_names_another_transaction_asks_for_that_one_first() {
    let answer = "002-000 = 4710\n003-000 = 100550\n009-000 = 55\n010-000 = REDE DEMO\n012-000 = 468853\n\
                  027-000 = 170720241409468853\n030-000 = TRANSACAO PENDENTE\n";
    let SaleOutcome::PendingFirst(older) = judged(answer) else { panic!() };
    assert_eq!((older.coupon, older.amount), (4710, Money::from_cents(100_550)));
    assert_eq!((older.nsu.as_str(), older.finalization.as_str()), ("468853", "170720241409468853"));
    assert!(older.must_be_finalized);
}

#[test]
fn our_own_coupon_echoed_in_a_refusal_is_not_the_older_transactions() {
    let answer = "002-000 = 4711\n003-000 = 8990\n009-000 = 55\n010-000 = REDE DEMO\n012-000 = 468853\n027-000 = X1\n";
    let SaleOutcome::PendingFirst(older) = judged(answer) else { panic!() };
    assert_eq!((older.coupon, older.amount), (0, Money::ZERO));
}

#[test]
fn a_refusal_with_an_nsu_but_nothing_to_finalise_is_a_refusal() {
    let answer = "009-000 = 51\n010-000 = REDE DEMO\n012-000 = 000123456\n027-000 = \n";
    assert!(matches!(judged(answer), SaleOutcome::Declined { .. }));
}

#[test]
fn another_amount_or_none_must_be_undone() {
    for (amount, held) in [("003-000 = 8991", 8991), ("003-000 = 89,90", 8990), ("", 8990)] {
        let answer = APPROVED.replace("003-000 = 8990", amount);
        let SaleOutcome::Mismatched { sale, .. } = judged(&answer) else { panic!("{amount}") };
        assert_eq!(sale.amount, Money::from_cents(held));
    }
}

#[test]
fn finalising_is_needed_when_729_says_so_or_without_it_when_there_is_a_receipt() {
    for (rest, needed) in [
        ("729-000 = 2\n", true),
        ("729-000 = 1\n712-000 = 1\n713-001 = \"x\"\n", false),
        ("", false),
        ("028-000 = 0\n", false),
        ("028-000 = 3\n", true),
        ("710-000 = 1\n711-001 = \"x\"\n", true),
        ("712-000 = 1\n713-001 = \"x\"\n", true),
        ("714-000 = 1\n715-001 = \"x\"\n", true),
    ] {
        assert_eq!(approved(&format!("{APPROVED}{rest}")).must_be_finalized, needed, "{rest:?}");
    }
}

#[test]
fn each_copy_is_the_best_the_manager_gave() {
    let single = "028-000 = 1\n029-001 = \"unica\"\n";
    let reduced = "710-000 = 1\n711-001 = \"reduzida\"\n";
    let customer = "712-000 = 1\n713-001 = \"cliente\"\n";
    let merchant = "714-000 = 1\n715-001 = \"loja\"\n";
    for (answer, customers, merchants) in [
        (format!("{single}{reduced}{customer}{merchant}"), "cliente", "loja"),
        (format!("{single}{reduced}{merchant}"), "reduzida", "loja"),
        (format!("{single}{merchant}"), "unica", "loja"),
        (single.to_owned(), "unica", "unica"),
    ] {
        let sale = approved(&format!("{APPROVED}{answer}"));
        assert_eq!(sale.customer_copy, [customers]);
        assert_eq!(sale.merchant_copy, [merchants]);
    }
}

#[test]
fn a_receipt_line_loses_exactly_one_pair_of_quotes() {
    for (line, kept) in [
        ("\"  VALOR  R$ 1,00 \"", "  VALOR  R$ 1,00 "),
        ("\"\"ASPAS\"\"", "\"ASPAS\""),
        ("\"\"", ""),
        ("\"", "\""),
        ("\"so um", "\"so um"),
        ("  sem aspas  ", "  sem aspas  "),
        ("", ""),
    ] {
        assert_eq!(unquoted(line), kept, "{line:?}");
    }
}

#[test]
fn of_the_card_only_its_last_four_digits_are_held() {
    for (rest, last4) in [
        ("740-000 = ************1234\n741-000 = MARIA\n", "1234"),
        ("740-000 = 4174020000007578\n", "7578"),
        ("740-000 = ****\n010-005 = 9876\n", "9876"),
        ("010-005 = 98\n", ""),
        ("740-000 = 12\u{E9}4\n", ""),
    ] {
        let sale = approved(&format!("{APPROVED}{rest}"));
        assert_eq!(sale.last4, last4, "{rest:?}");
        assert!(!format!("{sale:?}").contains("MARIA"));
    }
}

#[test]
fn brand_kind_instalments_and_time_come_from_the_answer_where_it_has_them() {
    let plain = approved(APPROVED);
    assert_eq!((plain.brand.as_str(), plain.kind, plain.instalments, plain.at), ("", CardKind::Credit, 1, None));

    let full = approved(&format!(
        "{APPROVED}011-000 = 22\n013-000 = A1B2C3\n018-000 = 03\n022-000 = 04032026\n023-000 = 101533\n040-000 = VISA    \n"
    ));
    assert_eq!((full.brand.as_str(), full.kind, full.instalments), ("VISA", CardKind::Debit, 3));
    assert_eq!(full.authorization, "A1B2C3");
    assert_eq!(full.at, Some(datetime(2026, 3, 4, 10, 15, 33, 0)));

    let short = approved(&format!("{APPROVED}022-000 = 04032026\n023-000 = 1015\n748-000 = ELO\n040-000 = X\n"));
    assert_eq!((short.brand.as_str(), short.at), ("ELO", Some(datetime(2026, 3, 4, 10, 15, 0, 0))));

    let nonsense = approved(&format!("{APPROVED}018-000 = 999\n022-000 = 0326\n023-000 = 192414\n"));
    assert_eq!((nonsense.instalments, nonsense.at), (1, None));
}

#[test]
fn cliente_sitef_answers_with_a_comma_and_its_own_codes() {
    let answer = fields(
        "000-000 = CRT\n003-000 = 89,90\n009-000 = 0\n010-000 = AMERICAN EXPRESS\n011-000 = 20\n012-000 = 000000006\n\
         027-000 = 061616000606\n028-000 = 2\n029-001 =\n029-002 =  AMEX\n040-000 = 30\n",
    );
    let outcome = judge(&answer, &DialectName::ClienteSitef.dialect(), Some(&Asked::from(&order())));
    let SaleOutcome::Approved(sale) = outcome else { panic!("{outcome:?}") };
    assert_eq!(sale.kind, CardKind::Credit);
    assert_eq!(sale.brand, "");
    assert_eq!(sale.customer_copy, ["", " AMEX"]);
    assert!(sale.must_be_finalized);
}

#[test]
fn only_elgin_may_approve_without_a_status() {
    let answer = fields(
        "000-000 = CRT\n003-000 = 8990\n010-000 = ELECTRON\n012-000 = 001315\n027-000 = 123456\n028-000 = 1\n\
         029-001 = ELGIN PAY\n030-000 = Transacao Finalizada com Sucesso\n",
    );
    let asked = Asked::from(&order());
    assert!(matches!(judge(&answer, &DialectName::Elgin.dialect(), Some(&asked)), SaleOutcome::Approved(_)));
    assert!(matches!(judge(&answer, &DialectName::Paygo.dialect(), Some(&asked)), SaleOutcome::PendingFirst(_)));

    let refused = fields("003-000 = 8990\n012-000 = 001315\n027-000 = 1\n029-001 = x\n030-000 = Transacao negada\n");
    assert!(matches!(judge(&refused, &DialectName::Elgin.dialect(), Some(&asked)), SaleOutcome::Declined { .. }));
}

#[test]
fn an_approval_nobody_waited_for_is_found_when_money_moved_or_it_can_be_undone() {
    let dialect = DialectName::Paygo.dialect();
    let is_found = |text: &str, complete| found(&fields(text), &dialect, None, complete).is_some();
    assert!(is_found(&format!("000-000 = CRT\n{APPROVED}729-000 = 2\n"), true));
    assert!(is_found(&format!("000-000 = CRT\n{APPROVED}729-000 = 1\n"), true));
    assert!(is_found(&format!("000-000 = CNC\n{APPROVED}729-000 = 2\n"), true));
    assert!(is_found(&format!("000-000 = CRT\n{APPROVED}729-000 = 2\n"), false));
    assert!(!is_found("000-000 = CRT\n009-000 = 0\n729-000 = 2\n012-000 = 1\n", false));
    assert!(!is_found("000-000 = ADM\n009-000 = 0\n729-000 = 1\n028-000 = 9\n", true));
    assert!(!is_found("000-000 = CRT\n009-000 = FF\n", true));
    assert!(!is_found("000-000 = CRT\n009-000 = 51\n027-000 = 1\n", true));
}
