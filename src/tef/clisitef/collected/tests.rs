use jiff::civil::datetime;

use super::*;

fn told(fields: &[(i32, &str)]) -> Collected {
    let mut collected = Collected::default();
    for (field, text) in fields {
        let text = Some((*text).to_owned());
        collected.keep(&Turn { result: 10_000, command: 0, field: *field, min: 0, max: 0, length: 0, text });
    }
    collected
}

fn order() -> SaleOrder {
    let at = datetime(2026, 11, 28, 23, 59, 58, 0);
    SaleOrder { coupon: 2_611_280_001, amount: Money::from_cents(8990), kind: CardKind::Credit, instalments: 1, at }
}

const APPROVED: [(i32, &str); 10] = [
    (100, "0200"),
    (105, "20261129000003"),
    (132, "00001"),
    (133, "123456"),
    (134, "000000987654"),
    (135, "A1B2C3"),
    (156, "REDE DEMO"),
    (1190, "1234"),
    (121, "VIA CLIENTE\nVALOR 89,90\n"),
    (122, "VIA LOJA\n"),
];

#[test]
fn an_approval_is_the_sale_that_was_asked_with_what_the_host_told_of_it() {
    let key = Key::of(order().coupon, order().at);
    let (sale, why) = told(&APPROVED).sale(&key, &order());
    assert_eq!(why, None);
    assert_eq!((sale.coupon, sale.amount, sale.kind), (2_611_280_001, Money::from_cents(8990), CardKind::Credit));
    assert_eq!((sale.network.as_str(), sale.brand.as_str()), ("REDE DEMO", "VISA"));
    assert_eq!((sale.nsu.as_str(), sale.authorization.as_str()), ("000000987654", "A1B2C3"));
    assert_eq!((sale.last4.as_str(), sale.at), ("1234", Some(datetime(2026, 11, 29, 0, 0, 3, 0))));
    assert_eq!(sale.finalization, "2611280001 20261128 235958");
    assert_eq!(sale.customer_copy, ["VIA CLIENTE", "VALOR 89,90"]);
    assert_eq!(sale.merchant_copy, ["VIA LOJA"]);
    assert!(sale.must_be_finalized);
}

#[test]
fn an_approval_with_change_a_discount_or_a_signature_must_not_stand() {
    let key = Key::of(1, order().at);
    for (field, text) in [(130, "10,00"), (4029, "5,00"), (5074, "")] {
        let mut fields = APPROVED.to_vec();
        fields.push((field, text));
        assert!(told(&fields).sale(&key, &order()).1.is_some(), "{field}");
    }
    let mut fields = APPROVED.to_vec();
    fields.extend([(130, "0,00"), (4029, "")]);
    assert_eq!(told(&fields).sale(&key, &order()).1, None);
}

#[test]
fn pending_transactions_are_read_record_by_record_and_a_list_that_is_not_whole_is_none() {
    let two = [
        (210, "2"),
        (160, "2611280001"),
        (163, "20261128"),
        (164, "101500"),
        (211, "2"),
        (1319, "89,90"),
        (160, "7"),
        (163, "20261127"),
        (164, "235959"),
        (211, "3"),
        (1319, "1990"),
    ];
    let listed = told(&two).listed().unwrap();
    assert_eq!(listed.len(), 2);
    assert_eq!((listed[0].key.coupon(), listed[0].amount), (2_611_280_001, Some(Money::from_cents(8990))));
    assert_eq!((listed[1].sale().kind, listed[1].amount), (CardKind::Credit, Some(Money::from_cents(1990))));
    assert_eq!(told(&[(210, "0")]).listed(), Ok(Vec::new()));
    assert_eq!(told(&[]).listed(), Ok(Vec::new()));
    assert!(told(&two[..6]).listed().unwrap_err().contains("1 pending transactions of 2"));
    assert!(told(&[(160, "x"), (163, "20261128"), (164, "101500")]).listed().is_err());
}
