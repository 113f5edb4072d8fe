//! What must be on every paper, and that no paper is ever too narrow in silence.

#![allow(clippy::panic, reason = "a test may stop here")]

mod papers;

use papers::{WIDTHS, card_receipt, longest_payload, longest_receipt, notice, pix_receipt, slip, tef_lines};
use proptest::prelude::*;
use totem::domain::receipt::WriteOffState;
use totem::domain::{CardKind, CardSale, Money, Receipt};
use totem::paper::{
    Block, BoletoCopy, Document, Emphasis, Overflow, Part, Place, Row, Sheet, Width, boleto_copy, layout,
    payment_receipt, tef_copy, undone_notice, with_tef_copy,
};

fn laid(document: &Document, width: &Width) -> Sheet {
    layout(document, width).unwrap_or_else(|overflow| panic!("{} on {width:?}: {overflow}", document.name))
}

fn words(document: &Document) -> String {
    let sheet = laid(document, &Width::MM80);
    sheet.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn one(block: Block) -> Document {
    Document { name: "test", blocks: vec![block] }
}

fn assert_within(sheet: &Sheet) {
    for row in sheet.rows() {
        match row {
            Row::Line(line) => {
                let has = if line.is_narrow() { sheet.width().narrow } else { sheet.width().columns };
                assert!(line.columns() <= has, "{}", line.text());
            }
            Row::Picture(picture) => assert!(picture.width() <= sheet.width().dots),
            Row::Feed(_) | Row::Cut => {}
        }
    }
    assert_eq!(sheet.rows().last(), Some(&Row::Cut));
}

#[test]
fn a_receipt_says_who_was_paid_what_for_how_much_and_how() {
    let said = words(&payment_receipt(&card_receipt()));
    for part in [
        "Comprovante de pagamento",
        "Provedor Horizonte Telecomunicações Ltda",
        "CNPJ 12.345.678/0001-95",
        "Pagador Maria S.",
        "CPF ***.***.*89-01",
        "Fatura 2026110090",
        "Vencimento 10/11/2026",
        "Valor original R$ 119,90",
        "Multa R$ 2,40",
        "Juros R$ 0,48",
        "Valor pago R$ 122,78",
        "Total R$ 122,78",
        "Forma Cartão de débito",
        "Cartão **** 4242",
        "Rede REDECARD",
        "NSU 000123456",
        "Autorização A1B2C3",
        "Data e hora 22/11/2026 14:03:09",
        "Protocolo 7F3K-22QX",
        "Totem LOJA-CENTRO-01",
        "Documento não fiscal",
        "Ligue 0800 000 0000",
    ] {
        assert!(said.contains(part), "{part:?} is missing in {said}");
    }
    assert!(!said.contains("2ª via") && !said.contains("Desconto"), "{said}");
}

#[test]
fn a_second_copy_is_marked_as_one() {
    let copy = Some(jiff::civil::datetime(2026, 11, 23, 9, 5, 0, 0));
    let said = words(&payment_receipt(&Receipt { copy, ..card_receipt() }));
    assert!(said.contains("2ª via") && said.contains("Reimpressão 23/11 09:05"), "{said}");
}

#[test]
fn a_receipt_never_says_more_than_the_erp_has_said() {
    for (state, says, never) in [
        (WriteOffState::Settled, "Fatura paga e baixada.", "processamento"),
        (WriteOffState::Owed, "Pagamento recebido. Baixa em processamento.", "baixada"),
        (WriteOffState::ByErp, "A baixa é feita pelo banco.", "baixada"),
    ] {
        let said = words(&payment_receipt(&Receipt { write_off: state, ..card_receipt() }));
        assert!(said.contains(says) && !said.contains(never), "{state:?}: {said}");
    }
}

#[test]
fn a_pix_receipt_carries_the_end_to_end_id_whole() {
    let said = words(&payment_receipt(&pix_receipt()));
    assert!(said.contains("Forma PIX"));
    assert!(said.contains("E12345678202611221703abcdef12345"), "{said}");
    assert!(!said.contains("NSU"), "{said}");
}

#[test]
fn instalments_are_told_only_where_there_are_some() {
    let paid_by = |kind, instalments| {
        let sale = CardSale { kind, instalments, ..papers::sale() };
        words(&payment_receipt(&Receipt { means: totem::domain::receipt::Means::Card(sale), ..card_receipt() }))
    };
    assert!(paid_by(CardKind::Credit, 1).contains("Cartão de crédito à vista"));
    assert!(paid_by(CardKind::Credit, 3).contains("Cartão de crédito em 3 parcelas"));
    assert!(paid_by(CardKind::Debit, 0).contains("Cartão de débito"));
}

#[test]
fn the_tef_text_is_on_the_paper_as_it_came() {
    let sheet = laid(&with_tef_copy(payment_receipt(&card_receipt()), &tef_lines()), &Width::MM80);
    let text = sheet.text();
    for line in tef_lines() {
        assert!(text.contains(&line), "{line:?}");
    }
    for row in laid(&tef_copy(&tef_lines()), &Width::MM80).rows() {
        assert!(!matches!(row, Row::Line(line) if line.emphasis() != Emphasis::Plain));
    }
}

#[test]
fn an_undone_sale_says_that_the_card_was_not_charged() {
    let said = words(&undone_notice(&notice()));
    for part in ["Transação TEF cancelada", "Seu cartão não foi cobrado.", "R$ 122,78", "REDECARD", "000123456"] {
        assert!(said.contains(part), "{part:?} is missing in {said}");
    }
}

#[test]
fn until_the_tef_has_acknowledged_the_undoing_the_paper_says_no_more_than_that_it_was_asked_for() {
    let said = words(&undone_notice(&totem::paper::UndoneNotice { acknowledged: false, ..notice() }));
    for part in ["Pedimos à operadora para desfazer a compra.", "ele será devolvido", "R$ 122,78", "000123456"] {
        assert!(said.contains(part), "{part:?} is missing in {said}");
    }
    for never in ["não foi cobrado", "cancelad"] {
        assert!(!said.contains(never), "{never}: {said}");
    }
}

#[test]
fn a_boleto_copy_offers_pix_first_keeps_its_groups_whole_and_proves_nothing() {
    let document = boleto_copy(&slip());
    let place = |wanted: fn(&Block) -> bool| document.blocks.iter().position(wanted).unwrap();
    let qr = place(|block| matches!(block, Block::Qr(_)));
    let line = place(|block| matches!(block, Block::Groups(_)));
    let bars = place(|block| matches!(block, Block::Barcode(_)));
    assert!(qr < line && line < bars);
    for width in &WIDTHS {
        let text = laid(&document, width).text();
        for group in slip().line_groups {
            assert!(text.contains(&group), "{group} is broken on {width:?}:\n{text}");
        }
    }
    assert!(words(&document).contains("Este documento não comprova pagamento."));
    let without = boleto_copy(&BoletoCopy { pix_payload: None, ..slip() });
    assert!(!words(&without).contains("PIX"));
}

#[test]
fn the_worst_data_fits_every_paper_unless_it_must_stay_whole() {
    let boleto = BoletoCopy { amount: Money::from_cents(999_999_999), pix_payload: Some(longest_payload()), ..slip() };
    let documents = [
        payment_receipt(&longest_receipt(1)),
        payment_receipt(&longest_receipt(200)),
        boleto_copy(&boleto),
        undone_notice(&notice()),
    ];
    for width in &WIDTHS {
        for document in &documents {
            assert_within(&laid(document, width));
        }
    }
}

#[test]
fn papers_of_the_counter_fit_with_the_longest_names_and_two_hundred_bills() {
    for width in &WIDTHS {
        for document in
            [totem::paper::statement(&papers::longest_account()), totem::paper::year_settled(&papers::year())]
        {
            assert_within(&laid(&document, width));
        }
    }
}

#[test]
fn every_paper_fits_in_large_letters_wherever_it_fits_at_all() {
    for width in &WIDTHS {
        let mut documents = papers::every(width.narrow >= 40);
        documents.push(totem::paper::statement(&papers::longest_account()));
        documents.push(payment_receipt(&longest_receipt(200)));
        for document in documents {
            let plain = laid(&document, width).rows().len();
            let large = laid(&document.clone().enlarged(), width);
            assert_within(&large);
            assert!(document.name == "tef_copy" || large.rows().len() >= plain, "{}", document.name);
        }
    }
}

#[test]
fn a_slip_whose_end_nobody_knows_says_so_and_a_protocol_stands_large() {
    let slip = totem::paper::protocol_slip(&papers::protocol());
    assert!(!words(&slip).contains("não sabemos"));
    let large = slip
        .blocks
        .iter()
        .any(|block| matches!(block, Block::Text { text, emphasis: Emphasis::Large } if text == "2026112200417"));
    assert!(large, "{slip:?}");
    let unknown = totem::paper::ProtocolSlip { is_unknown: true, protocol: None, ..papers::protocol() };
    assert!(words(&totem::paper::protocol_slip(&unknown)).contains("Ainda não sabemos se o pedido foi feito."));
}

#[test]
fn a_statement_says_what_the_erp_says_and_nothing_where_there_is_nothing() {
    let said = words(&totem::paper::statement(&papers::account()));
    for part in ["Vence em 10/11/2026 R$ 122,78", "Paga em 09/10/2026 R$ 119,90"] {
        assert!(said.contains(part), "{part:?} is missing in {said}");
    }
    let empty = totem::paper::Statement { paid: Vec::new(), open: Vec::new(), ..papers::account() };
    let said = words(&totem::paper::statement(&empty));
    assert!(said.contains("Nenhuma fatura em aberto.") && said.contains("Nenhum pagamento encontrado."), "{said}");
}

#[test]
fn a_tef_receipt_of_200_lines_fits_every_paper_in_font_b_where_font_a_is_too_wide() {
    let lines: Vec<String> = (0..200).map(|line| format!("{line:0>40}")).collect();
    for width in &WIDTHS {
        let sheet = layout(&tef_copy(&lines), width).unwrap();
        assert_within(&sheet);
        assert_eq!(sheet.text().lines().filter(|line| !line.is_empty()).count(), 200, "not folded");
        let narrow = sheet.rows().iter().filter(|row| matches!(row, Row::Line(line) if line.is_narrow())).count();
        assert_eq!(narrow, if width.columns < 40 { 200 } else { 0 }, "{width:?}");
    }
    let only = Width { narrow: 32, ..Width::MM58 };
    let at = Place { block: 1, line: 1 };
    let refused = layout(&tef_copy(&lines), &only);
    assert_eq!(refused, Err(Overflow::Columns { what: Part::Verbatim, at, needs: 40, has: 32 }));
}

#[test]
fn a_tef_line_is_refused_with_its_place_only_where_no_font_holds_it() {
    let mut lines = tef_lines();
    for (columns, narrow) in [(41, false), (48, false), (49, true), (64, true)] {
        lines.push("x".repeat(columns));
        let sheet = layout(&tef_copy(&lines), &Width::MM80).unwrap();
        assert_within(&sheet);
        let all = |line: &Row| !matches!(line, Row::Line(line) if line.is_narrow() != narrow);
        assert!(sheet.rows().iter().all(all), "{columns}: one text in one font");
        lines.pop();
    }
    lines.push("x".repeat(65));
    let overflow = layout(&tef_copy(&lines), &Width::MM80).unwrap_err();
    assert_eq!(overflow.to_string(), "verbatim text at block 1, line 14 takes 65 columns of 64");
    let padded = format!("{:<60}", "TRANSACAO AUTORIZADA");
    assert!(layout(&tef_copy(&[padded]), &Width::MM58).is_ok(), "blanks at the end are no text");
}

#[test]
fn what_must_stay_whole_is_an_error_and_never_a_clip() {
    let group = Block::Groups(vec!["1".repeat(25)]);
    let amount = Block::Pair { label: "Total".into(), value: "9".repeat(25), emphasis: Emphasis::Large };
    for (block, what, needs) in [(group, Part::Group, 50), (amount, Part::Amount, 50)] {
        let at = Place { block: 1, line: 1 };
        assert_eq!(layout(&one(block), &Width::MM80), Err(Overflow::Columns { what, at, needs, has: 48 }));
    }
    let long = layout(&one(Block::Qr("x".repeat(2000))), &Width::MM58);
    assert!(matches!(long, Err(Overflow::Dots { what: Part::Qr, .. })), "{long:?}");
    let endless = layout(&one(Block::Qr("x".repeat(5000))), &Width::MM80);
    assert!(matches!(endless, Err(Overflow::NotDrawable { what: Part::Qr, .. })), "{endless:?}");
    for digits in ["123", "7569773380000001000131660100672610272100000X", ""] {
        let bars = layout(&one(Block::Barcode(digits.to_owned())), &Width::MM80);
        assert!(matches!(bars, Err(Overflow::NotDrawable { what: Part::Barcode, .. })), "{digits:?}");
    }
    let narrow = Width { columns: 8, dots: 96, narrow: 8 };
    let bars = layout(&one(Block::Barcode(papers::BARCODE.to_owned())), &narrow);
    assert!(matches!(bars, Err(Overflow::Dots { what: Part::Barcode, needs: 104, has: 96, .. })));
    let rows = layout(&one(Block::Verbatim(vec![String::new(); 20_000])), &Width::MM80);
    assert!(matches!(rows, Err(Overflow::Rows { .. })));
}

#[test]
fn a_value_that_does_not_fit_beside_its_label_stands_below_it() {
    let block = |value: &str| Block::Pair { label: "Rede".into(), value: value.into(), emphasis: Emphasis::Plain };
    let width = Width { columns: 12, dots: 144, narrow: 12 };
    assert_eq!(laid(&one(block("CIELO")), &width).text(), "Rede   CIELO\n");
    assert_eq!(laid(&one(block("GETNET SA")), &width).text(), "Rede\n   GETNET SA\n");
    assert_eq!(laid(&one(block("GETNET DO BRASIL")), &width).text(), "Rede\n   GETNET DO\n      BRASIL\n");
}

fn blocks() -> impl Strategy<Value = Block> {
    let emphasis = prop_oneof![Just(Emphasis::Plain), Just(Emphasis::Strong), Just(Emphasis::Large)];
    prop_oneof![
        any::<String>().prop_map(Block::Title),
        (any::<String>(), emphasis.clone()).prop_map(|(text, emphasis)| Block::Text { text, emphasis }),
        (any::<String>(), any::<String>(), emphasis).prop_map(|(label, value, emphasis)| Block::Pair {
            label,
            value,
            emphasis
        }),
        proptest::collection::vec(any::<String>(), 0..4).prop_map(Block::Verbatim),
        proptest::collection::vec("[0-9.]{0,30}", 0..6).prop_map(Block::Groups),
        "\\PC{0,600}".prop_map(Block::Qr),
        "[0-9]{40,46}".prop_map(Block::Barcode),
    ]
}

proptest! {
    #[test]
    fn no_row_is_ever_wider_than_its_paper(
        blocks in proptest::collection::vec(blocks(), 0..6),
        columns in 0usize..70,
        dots in 0usize..700,
        narrow in 0usize..90,
    ) {
        if let Ok(sheet) = layout(&Document { name: "any", blocks }, &Width { columns, dots, narrow }) {
            assert_within(&sheet);
            for row in sheet.rows() {
                if let Row::Line(line) = row {
                    prop_assert!(!line.text().chars().any(char::is_control));
                }
            }
        }
    }
}

#[test]
fn a_receipt_of_money_that_went_back_or_is_another_amount_never_says_paid() {
    let back = totem::domain::receipt::GivenBack {
        at: jiff::civil::datetime(2026, 11, 24, 10, 0, 0, 0),
        amount: Money::from_cents(12_278),
    };
    let said = words(&payment_receipt(&Receipt { given_back: Some(back), ..card_receipt() }));
    assert!(said.contains("Pagamento estornado"), "{said}");
    assert!(said.contains("ESTORNADO em 24/11/2026 10:00:00: R$ 122,78 voltam para o cartão."), "{said}");
    for never in ["Comprovante", "paga e baixada", "Valor pago"] {
        assert!(!said.contains(never), "{never}: {said}");
    }
    let said = words(&payment_receipt(&Receipt { received: Some(Money::from_cents(3_370)), ..card_receipt() }));
    assert!(said.contains("Valor pedido R$ 122,78") && said.contains("Valor recebido R$ 33,70"), "{said}");
    for never in ["paga e baixada", "Valor pago"] {
        assert!(!said.contains(never), "{never}: {said}");
    }
}
