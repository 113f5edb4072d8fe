//! Views of every step, ordinary ones and the worst the world can send.
#![allow(dead_code, unused_imports, clippy::unwrap_used)]

mod changing;
mod document;
mod joining;
mod panel;
mod serving;
mod ways;
mod worst;

use jiff::civil::date;
use totem::brand::{Palette, Rgb};
use totem::domain::receipt::WriteOffState;
use totem::domain::service::Channel;
use totem::domain::{CardKind, ConfirmedBy, Money, Prompt, PromptKind, PromptOption};
use totem::journey::intent::Language;
use totem::journey::step::*;
use totem::journey::{Step, View};
use totem::ui::{Brand, Options};

pub use changing::{changing, worst_changing};
pub use joining::{joining, worst_joining};
pub use panel::*;
pub use serving::{menu, serving, worst_serving};
pub use ways::{accessible, in_language, with_help};
pub use worst::worst;

/// Window sizes that must work, as width and height.
pub const SIZES: [(u32, u32); 5] = [(1080, 1920), (768, 1360), (800, 480), (1366, 768), (1920, 1080)];

/// A BR Code of 141 characters with a dynamic location.
pub const PAYLOAD: &str = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d3-a456-4266554400005204000053039865406315.985802BR5913PROVEDOR LTDA6008BRASILIA62070503***63041D3D";
pub const LINE: &str = "75691316600100672610527210000015773380000001000";
pub const BARCODE: &str = "75697733800000010001316601006726102721000001";

pub fn options() -> Options {
    Options {
        brand: Brand { name: "Provedor Sertão Net".into(), help_phone: "0800 123 4567".into(), ..Brand::default() },
        ..Options::default()
    }
}

pub fn worst_options() -> Options {
    Options {
        brand: Brand {
            name: "Cooperativa Sul-Mato-Grossense de Telecomunicações e Fibra Óptica".into(),
            help_phone: "+55 (67) 0800 1234 5678".into(),
            palette: Palette { brand: Rgb([122, 56, 0]), ..Palette::default() },
            ..Brand::default()
        },
        scanner: true,
        ..Options::default()
    }
}

pub fn view(step: Step, actions: &[&'static str]) -> View {
    View { step, seq: 1, actions: actions.to_vec(), help: false, language: Language::PtBr, accessible: false }
}

fn money(cents: u64) -> Money {
    Money::from_cents(cents)
}

const MOST: Money = Money::from_cents(999_999_999);
const IDENTIFY: [&str; 9] =
    ["type", "erase", "clear", "submit", "scan", "letters", "language", "accessibility", "help"];

pub fn bill(id: &str, days: u32, chosen: bool, state: BillState) -> InvoiceLine {
    InvoiceLine {
        id: id.into(),
        due: date(2026, 11, 10),
        amount_cents: (state != BillState::AmountUnknown).then(|| money(11_990 + 320 * u64::from(days > 0))),
        original_cents: money(11_990),
        fine_cents: money(if days > 0 { 240 } else { 0 }),
        interest_cents: money(if days > 0 { 80 } else { 0 }),
        discount_cents: Money::ZERO,
        overdue_days: days,
        description: "Internet Fibra 600 Mega · novembro".into(),
        chosen,
        state,
    }
}

fn worst_bill(state: BillState, chosen: bool) -> InvoiceLine {
    InvoiceLine {
        amount_cents: Some(MOST),
        original_cents: MOST,
        fine_cents: MOST,
        interest_cents: MOST,
        overdue_days: 36_500,
        description:
            "PLANO EMPRESARIAL FIBRA SIMÉTRICA 10 GBPS COM IP FIXO, TELEFONIA E SUPORTE PRIORITÁRIO 24X7 NF 55".into(),
        ..bill("worst", 12, chosen, state)
    }
}

fn choice(id: &str, why: Option<MethodWhy>) -> Choice {
    Choice { id: id.into(), works: why.is_none(), why, text: None, amount_cents: None }
}

fn contract(id: usize, text: &str) -> Choice {
    Choice { text: Some(text.into()), ..choice(&id.to_string(), None) }
}

fn prompt(kind: PromptKind, text: &str, options: &[&str]) -> Prompt {
    let options = options.iter().enumerate();
    Prompt {
        id: 7,
        kind,
        text: text.into(),
        options: options.map(|(id, text)| PromptOption { id: id.to_string(), text: (*text).into() }).collect(),
        min: Some(4),
        max: Some(4),
    }
}

fn card(message: &str, prompt: Option<Prompt>) -> CardScreen {
    CardScreen {
        protocol: "261122-0001".into(),
        amount_cents: money(12_310),
        kind: CardKind::Debit,
        instalments: 1,
        message: message.into(),
        cancellable: true,
        code: None,
        prompt,
        stage: CardStage::AtPinpad,
    }
}

fn pix(payload: &str, confirmed_by: ConfirmedBy, expires_in_s: Option<u32>) -> PixScreen {
    PixScreen {
        sending: None,
        printed: None,
        protocol: "261122-0001".into(),
        amount_cents: money(31_598),
        payload: payload.into(),
        confirmed_by,
        expires_in_s,
    }
}

fn sending(sent: Option<SendNews>) -> Sending {
    Sending { sends_by: Channel::Email, choose: false, sent }
}

fn trouble(code: TroubleCode) -> Trouble {
    Trouble { code, detail: String::new(), protocol: None, wait_min: None, can_retry: true, can_go_back: true }
}

fn paid() -> Paid {
    Paid {
        protocol: "261122-0001".into(),
        amount_cents: money(12_310),
        method: "debit",
        write_off: WriteOffState::Settled,
        service_returns: true,
        service_waits: false,
        service_back_min: None,
        receipts: vec!["print", "none"],
        printed: None,
    }
}

fn undone(acknowledged: bool) -> Undone {
    Undone {
        code: "U1",
        protocol: "261122-0001".into(),
        amount_cents: money(12_310),
        network: "REDECARD".into(),
        nsu: "000123456".into(),
        acknowledged,
    }
}

/// Every screen as it mostly is, by name.
fn past(protocol: &str, method: &'static str) -> PastReceipt {
    PastReceipt { id: protocol.into(), on: date(2026, 11, 22), method, amount_cents: money(12_310) }
}

pub fn ordinary() -> Vec<(&'static str, View)> {
    let open = BillState::Open;
    let bills = Invoices {
        customer: "Maria S.".into(),
        invoices: vec![
            bill("90", 12, true, open),
            bill("91", 0, false, open),
            bill("92", 0, false, BillState::Settling),
        ],
        page: 1,
        pages: 1,
        chosen: 1,
        total_cents: money(12_310),
        changed: false,
        scan: None,
    };
    let typing = Identify { typed: "***.***.*8".into(), length: 8, ..Identify::default() };
    let wrong = Identify {
        typed: "***.***.*89-02".into(),
        length: 11,
        problem: Some(IdentifyProblem::Wrong),
        ..Identify::default()
    };
    let methods = Methods {
        amount_cents: money(12_310),
        bills: 1,
        options: vec![
            choice("pix", None),
            choice("debit", None),
            choice("credit", Some(MethodWhy::NoTef)),
            choice("boleto", None),
        ],
    };
    let times = |id: u64| Choice { amount_cents: Some(money(31_598 / id)), ..choice(&id.to_string(), None) };
    let boleto = BoletoScreen {
        sending: None,
        amount_cents: money(10_000),
        due: date(2026, 11, 30),
        line: LINE.into(),
        barcode: BARCODE.into(),
        payload: Some(PAYLOAD.into()),
        printed: None,
    };
    let stays = &["stay", "leave"];
    vec![
        ("identify", view(Step::Identify(Identify::default()), &IDENTIFY)),
        ("identify_typing", view(Step::Identify(typing), &IDENTIFY)),
        ("identify_wrong", view(Step::Identify(wrong), &IDENTIFY)),
        ("identify_letters", view(Step::Identify(Identify { letters: true, ..Identify::default() }), &IDENTIFY)),
        (
            "verify",
            view(
                Step::Verify(Verify { asks: Asks::BirthDayMonth, length: 4, typed: "•5".into(), wrong: false }),
                &["type", "erase", "submit", "back", "help"],
            ),
        ),
        (
            "searching",
            view(
                Step::Searching(Searching { what: SearchFor::Customer, visible: true, slow: true }),
                &["cancel", "help"],
            ),
        ),
        (
            "contracts",
            view(
                Step::Contracts(Contracts {
                    customer: "Maria S.".into(),
                    options: vec![contract(1, "Fibra 600 Mega · Casa"), contract(2, "Fibra 1 Giga · Loja")],
                }),
                &["choose", "back", "help"],
            ),
        ),
        ("invoices", view(Step::Invoices(bills), &["toggle", "details", "pay", "services", "leave", "help"])),
        ("services", view(Step::Services(menu()), &["choose", "back", "leave", "help"])),
        (
            "receipts",
            view(
                Step::Receipts(Receipts {
                    customer: "Maria S.".into(),
                    options: vec![past("261122-0001", "pix"), past("261015-0042", "credit")],
                    printed: None,
                }),
                &["choose", "back", "leave", "help"],
            ),
        ),
        (
            "invoice",
            view(
                Step::Invoice(Box::new(InvoiceDetail {
                    customer: "Maria S.".into(),
                    number: "2026/11-0090".into(),
                    line: bill("90", 12, true, open),
                })),
                &["show_boleto", "pay", "back", "help"],
            ),
        ),
        ("method", view(Step::Method(methods), &["choose", "back", "help"])),
        (
            "instalments",
            view(
                Step::Instalments(Instalments {
                    amount_cents: money(31_598),
                    options: vec![times(1), times(2), times(3)],
                }),
                &["choose", "back", "help"],
            ),
        ),
        ("pix", view(Step::Pix(pix(PAYLOAD, ConfirmedBy::Erp, None)), &["cancel", "print", "help"])),
        ("pix_no_printer", view(Step::Pix(pix(PAYLOAD, ConfirmedBy::Bank, None)), &["cancel", "help"])),
        ("pix_person", view(Step::Pix(pix(PAYLOAD, ConfirmedBy::Person, Some(74))), &["cancel", "print", "help"])),
        ("card", view(Step::Card(card("INSIRA OU APROXIME O CARTÃO", None)), &["cancel", "help"])),
        (
            "card_code",
            view(
                Step::Card(CardScreen {
                    kind: CardKind::Wallet,
                    code: Some(PAYLOAD.into()),
                    ..card("LEIA O CÓDIGO", None)
                }),
                &["cancel", "help"],
            ),
        ),
        (
            "card_menu",
            view(
                Step::Card(card("", Some(prompt(PromptKind::Menu, "Escolha a rede", &["Cielo", "Rede", "Stone"])))),
                &["answer", "cancel", "help"],
            ),
        ),
        (
            "card_number",
            view(
                Step::Card(card("", Some(prompt(PromptKind::Number, "Últimos 4 dígitos do cartão", &[])))),
                &["answer", "cancel", "help"],
            ),
        ),
        ("boleto", view(Step::Boleto(boleto.clone()), &["print", "back", "help"])),
        ("boleto_with_document", view(Step::Boleto(boleto), &["print", "show_document", "back", "help"])),
        (
            "confirming",
            view(
                Step::Confirming(Confirming {
                    code: "F1",
                    protocol: "261122-0001".into(),
                    amount_cents: money(12_310),
                }),
                &["leave", "help"],
            ),
        ),
        ("undone", view(Step::Undone(undone(true)), &["retry", "leave", "help"])),
        ("paid", view(Step::Paid(paid()), &["receipt", "more", "leave", "help"])),
        ("trouble", view(Step::Trouble(trouble(TroubleCode::NotFound)), &["retry", "leave", "help"])),
        ("trouble_room", view(Step::Trouble(trouble(TroubleCode::NoRoom)), &["back", "leave", "help"])),
        (
            "trouble_nothing",
            view(
                Step::Trouble(Trouble { can_retry: false, ..trouble(TroubleCode::NothingOwed) }),
                &["leave", "services", "help"],
            ),
        ),
        (
            "still_there",
            view(
                Step::StillThere(StillThere {
                    over: "invoices",
                    seconds_left: 17,
                    below: Box::new(Step::Identify(Identify::default())),
                }),
                stays,
            ),
        ),
        ("closed", closed()),
        ("closed_hours", closed_for_the_night()),
        (
            "service_pin",
            view(
                Step::ServicePin(ServicePin {
                    typed: "****".into(),
                    length: 4,
                    checking: false,
                    problem: Some(PinProblem::Wrong),
                    wait_min: None,
                }),
                &["type", "erase", "clear", "submit", "back"],
            ),
        ),
    ]
    .into_iter()
    .chain(panels())
    .chain(serving())
    .collect()
}
