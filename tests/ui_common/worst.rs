//! The longest names, the largest amounts, the most bills and the most talkative terminal.

use super::*;

const DOCUMENT: &[&str] = &["back", "leave", "page", "zoom", "print", "help"];

/// Every screen as bad as it gets.
pub fn worst() -> Vec<(&'static str, View)> {
    let long = "CARTÃO COM CHIP INSERIDO INCORRETAMENTE. RETIRE O CARTÃO, VERIFIQUE O CHIP E INSIRA NOVAMENTE. \
                SE O PROBLEMA CONTINUAR, PROCURE O SEU BANCO EMISSOR. MENSAGEM 0517 REF 000000000000123456789 \
                TRANSAÇÃO NÃO AUTORIZADA PELO EMISSOR DO CARTÃO — TENTE MAIS TARDE";
    let name = "Wolfeschlegelsteinhausenbergerdorff Á.";
    let plan = "Internet Fibra Óptica Residencial Turbo Max 1000 Mega com Streaming e Telefone Fixo Ilimitado Brasil";
    let payload: String = PAYLOAD.chars().cycle().take(512).collect();
    let lines = vec![
        worst_bill(BillState::Open, true),
        worst_bill(BillState::Open, false),
        worst_bill(BillState::Settling, false),
        worst_bill(BillState::AmountUnknown, false),
    ];
    let bills = Invoices {
        customer: name.into(),
        invoices: lines.clone(),
        page: 49,
        pages: 50,
        chosen: 200,
        total_cents: MOST,
        changed: true,
        scan: None,
    };
    let locked = Identify {
        typed: "**.***.***/**01-35".into(),
        length: 14,
        problem: Some(IdentifyProblem::Locked),
        wait_min: Some(64),
        letters: false,
        notice: Some(MethodWhy::NoReceipt),
        scanned: false,
    };
    let lettered = Identify { letters: true, ..locked.clone() };
    let scanned = Identify { problem: Some(IdentifyProblem::ScanStranger), scanned: true, ..locked.clone() };
    let strange = Invoices { scan: Some(ScanNews::Missing), ..bills.clone() };
    let noticed = Identify { problem: None, notice: Some(MethodWhy::Settling), ..locked.clone() };
    let methods = Methods {
        amount_cents: MOST,
        bills: 200,
        options: [MethodWhy::NoReceipt, MethodWhy::NoTef, MethodWhy::Settling, MethodWhy::NoCode]
            .into_iter()
            .cycle()
            .zip(["pix", "debit", "credit", "voucher", "wallet", "boleto"])
            .map(|(why, id)| choice(id, Some(why)))
            .collect(),
    };
    let times = (1..=12).map(|id| Choice { amount_cents: Some(MOST), ..choice(&id.to_string(), None) }).collect();
    let menu: Vec<&str> = (0..14).map(|_| "CARTEIRA DIGITAL / QR CODE DA REDE CREDENCIADORA").collect();
    let worst_card = |prompt: Option<Prompt>| CardScreen {
        amount_cents: MOST,
        kind: CardKind::Credit,
        instalments: 12,
        ..card(long, prompt)
    };
    let asks = ["answer", "cancel", "help"];
    let worst_trouble = Trouble {
        detail: long.chars().take(140).collect(),
        protocol: Some("261122-0001".into()),
        ..trouble(TroubleCode::CardDeclined)
    };
    let boleto = BoletoScreen {
        sending: Some(Sending { sends_by: Channel::Sms, choose: false, sent: Some(SendNews::Unknown) }),
        amount_cents: MOST,
        due: date(2026, 11, 30),
        line: "836600000010670402962025080900000000000000000000".into(),
        barcode: BARCODE.into(),
        payload: Some(payload.clone()),
        printed: Some(PrintNews::Failed),
    };
    vec![
        ("worst_identify", view(Step::Identify(locked), &IDENTIFY)),
        ("worst_identify_letters", view(Step::Identify(lettered), &IDENTIFY)),
        ("worst_identify_scanned", view(Step::Identify(scanned), &IDENTIFY)),
        (
            "worst_invoices_scan",
            view(Step::Invoices(strange), &["toggle", "page", "details", "pay", "services", "leave", "help"]),
        ),
        ("worst_identify_notice", view(Step::Identify(noticed), &IDENTIFY)),
        (
            "worst_verify",
            view(
                Step::Verify(Verify { asks: Asks::CodeSms, length: 6, typed: "•••••8".into(), wrong: true }),
                &["type", "erase", "submit", "retry", "back", "help"],
            ),
        ),
        (
            "worst_contracts",
            view(
                Step::Contracts(Contracts {
                    customer: name.into(),
                    options: (0..23).map(|id| contract(id, plan)).collect(),
                }),
                &["choose", "back", "help"],
            ),
        ),
        (
            "worst_invoices",
            view(Step::Invoices(bills.clone()), &["toggle", "page", "details", "pay", "services", "leave", "help"]),
        ),
        (
            "worst_invoices_five",
            view(
                Step::Invoices(Invoices {
                    invoices: lines.into_iter().chain([worst_bill(BillState::Open, true)]).collect(),
                    ..bills
                }),
                &["toggle", "page", "details", "pay", "services", "leave", "help"],
            ),
        ),
        (
            "worst_receipts",
            view(
                Step::Receipts(Receipts {
                    customer: "Maria S.".into(),
                    options: (1..=25)
                        .map(|n| PastReceipt {
                            id: format!("261122-{n:04}"),
                            on: date(2026, 11, 22),
                            method: "credit",
                            amount_cents: Money::from_cents(999_999_999),
                        })
                        .collect(),
                    printed: Some(PrintNews::Failed),
                }),
                &["choose", "back", "leave", "help"],
            ),
        ),
        (
            "worst_invoice",
            view(
                Step::Invoice(Box::new(InvoiceDetail {
                    customer: name.into(),
                    number: "00000000000000000000000000000123456789/2026".into(),
                    line: InvoiceLine { discount_cents: MOST, ..worst_bill(BillState::Open, true) },
                })),
                &["show_boleto", "print", "pay", "back", "help"],
            ),
        ),
        ("document", view(Step::Document(document::document(None)), DOCUMENT)),
        ("document_part", view(Step::Document(document::document(Some(2))), DOCUMENT)),
        ("worst_method", view(Step::Method(methods), &["choose", "back", "help"])),
        (
            "worst_instalments",
            view(Step::Instalments(Instalments { amount_cents: MOST, options: times }), &["choose", "back", "help"]),
        ),
        (
            "worst_pix",
            view(
                Step::Pix(PixScreen { amount_cents: MOST, ..pix(&payload, ConfirmedBy::Person, Some(86_399)) }),
                &["cancel", "print", "help"],
            ),
        ),
        (
            "pix_sent",
            view(
                Step::Pix(PixScreen { sending: Some(sending(None)), ..pix(PAYLOAD, ConfirmedBy::Erp, None) }),
                &["cancel", "print", "send", "help"],
            ),
        ),
        (
            "worst_pix_sending",
            view(
                Step::Pix(PixScreen {
                    amount_cents: MOST,
                    sending: Some(Sending { sends_by: Channel::Sms, choose: false, sent: None }),
                    ..pix(&payload, ConfirmedBy::Erp, Some(86_399))
                }),
                &["cancel", "print", "send", "help"],
            ),
        ),
        ("worst_card", view(Step::Card(worst_card(None)), &["cancel", "help"])),
        (
            "worst_card_menu",
            view(Step::Card(worst_card(Some(prompt(PromptKind::Menu, "ESCOLHA A REDE CREDENCIADORA", &menu)))), &asks),
        ),
        (
            "worst_card_yes_no",
            view(
                Step::Card(worst_card(Some(prompt(
                    PromptKind::YesNo,
                    "CONFIRMA O PAGAMENTO PARCELADO COM JUROS DO EMISSOR?",
                    &[],
                )))),
                &asks,
            ),
        ),
        (
            "worst_card_text",
            view(Step::Card(worst_card(Some(prompt(PromptKind::Text, "DIGITE O CÓDIGO", &[])))), &asks),
        ),
        ("worst_boleto", view(Step::Boleto(boleto.clone()), &["print", "back", "help"])),
        (
            "worst_boleto_with_document",
            view(
                Step::Boleto(BoletoScreen {
                    sending: Some(Sending { sends_by: Channel::Sms, choose: false, sent: None }),
                    ..boleto
                }),
                &["print", "show_document", "send", "back", "help"],
            ),
        ),
        (
            "worst_confirming",
            view(
                Step::Confirming(Confirming { code: "F1", protocol: "261122-9999".into(), amount_cents: MOST }),
                &["leave", "help"],
            ),
        ),
        (
            "worst_undone",
            view(
                Step::Undone(Undone {
                    amount_cents: MOST,
                    network: "REDE DE ADQUIRÊNCIA REGIONAL DO CENTRO-OESTE".into(),
                    nsu: "000000000000123456789".into(),
                    ..undone(false)
                }),
                &["retry", "leave", "help"],
            ),
        ),
        (
            "worst_paid",
            view(
                Step::Paid(Paid {
                    amount_cents: MOST,
                    write_off: WriteOffState::ByHand,
                    service_returns: false,
                    service_waits: true,
                    printed: Some(PrintNews::Failed),
                    ..paid()
                }),
                &["receipt", "more", "leave", "help"],
            ),
        ),
        ("worst_trouble", view(Step::Trouble(worst_trouble), &["retry", "back", "leave", "help"])),
        (
            "worst_service_pin",
            view(
                Step::ServicePin(ServicePin {
                    typed: "*".repeat(12),
                    length: 12,
                    checking: false,
                    problem: Some(PinProblem::Locked),
                    wait_min: Some(64),
                }),
                &["back"],
            ),
        ),
        (
            "worst_service_pin_none",
            view(
                Step::ServicePin(ServicePin {
                    typed: String::new(),
                    length: 0,
                    checking: false,
                    problem: Some(PinProblem::NoneSet),
                    wait_min: None,
                }),
                &["back"],
            ),
        ),
        (
            "worst_technician_state",
            panel(
                Page::State(StatePage {
                    totem: "TOTEM-DA-LOJA-DO-CENTRO-DE-CAMPO-GRANDE-02".into(),
                    version: "10.20.30-rc.4".into(),
                    printer: PartState::Fails,
                    paper: PaperState::Denied,
                    in_service: false,
                    open: 1_000,
                    person: 999,
                    options: state_page()
                        .options
                        .into_iter()
                        .map(|option| PanelOption { works: false, ..option })
                        .collect(),
                    ..state_page()
                }),
                Some(PanelNews::JournalBroken),
                &["choose", "leave"],
            ),
        ),
        (
            "worst_technician_list",
            panel(
                Page::List(ListPage {
                    list: Which::Open,
                    options: (1..=60)
                        .map(|number| PanelRow {
                            amount_cents: Some(MOST),
                            method: "credit",
                            stands: "precisa de uma pessoa: a fatura já estava paga por outro meio; o valor recebido \
                                     não é o pedido"
                                .into(),
                            ..panel_row(number)
                        })
                        .collect(),
                }),
                Some(PanelNews::NotRecorded),
                &["choose", "back", "leave"],
            ),
        ),
        (
            "worst_technician_cards",
            panel(
                Page::Cards(CardsPage {
                    tef: PartState::Fails,
                    trouble: Some(long.repeat(2)),
                    waiting: Some(
                        (0..40).map(|_| PanelLine { name: "cupom 2611220001".into(), value: long.into() }).collect(),
                    ),
                    about: (0..8).map(|_| PanelLine { name: "pinpad".into(), value: long.into() }).collect(),
                    ..cards_page()
                }),
                Some(PanelNews::ReversedUnprinted),
                &["choose", "back", "leave"],
            ),
        ),
        (
            "worst_technician_terminal",
            panel(Page::Terminal(TerminalPage { message: long.repeat(2), ..terminal_page() }), None, &["cancel"]),
        ),
        (
            "worst_technician_account",
            panel(
                Page::Account(AccountPage {
                    lines: (0..60)
                        .map(|_| PanelLine { name: "22/11 10:20:30".into(), value: long.repeat(2) })
                        .collect(),
                    to_do: vec![long.into(), "E00000000202611221021abcdefghijk".repeat(6)],
                    ..account_page()
                }),
                Some(PanelNews::NotPrinted),
                &["choose", "back", "leave"],
            ),
        ),
    ]
    .into_iter()
    .chain(worst_serving())
    .collect()
}
