//! The technician's panel, as it mostly is.

use super::*;

pub fn panel(page: Page, news: Option<PanelNews>, actions: &[&'static str]) -> View {
    view(Step::Technician(Box::new(Technician { by: "Ana".into(), news, said: None, page })), actions)
}

fn panel_option(id: &'static str) -> PanelOption {
    PanelOption { id, works: true }
}

pub fn state_page() -> StatePage {
    StatePage {
        totem: "LOJA-01".into(),
        version: "0.1.0".into(),
        printer: PartState::Works,
        paper: PaperState::Ready,
        tef: PartState::Fails,
        erp: PartState::Unknown,
        journal: PartState::Works,
        in_service: true,
        open: 2,
        person: 1,
        walked: Some(Walked { at: "2026-11-22T12:00:00Z".parse().unwrap(), whole: true, facts: 12_034 }),
        options: ["person", "open", "receipts", "verify", "test_print", "paper", "cards", "pix", "machine", "stop"]
            .map(panel_option)
            .to_vec(),
    }
}

pub fn panel_row(number: u64) -> PanelRow {
    PanelRow {
        id: format!("261122-{number:04}"),
        at: date(2026, 11, 22).at(10, 20, 0, 0),
        amount_cents: Some(money(12_310)),
        method: "debit",
        stands: "precisa de uma pessoa: o ERP recusou a baixa".into(),
    }
}

pub fn account_page() -> AccountPage {
    let line = |(name, value): (&str, &str)| PanelLine { name: name.into(), value: value.into() };
    let lines = [
        ("situação", "precisa de uma pessoa: o ERP recusou a baixa"),
        ("aberto em", "22/11/2026 10:20:00"),
        ("cliente", "id no ERP 4711 · ***.***.*47-25"),
        ("forma", "débito"),
        ("valor", "R$ 123,10"),
        ("rede", "REDE DEMO"),
        ("NSU", "000000001"),
        ("autorização", "A1B2C3"),
        ("fatura", "90 · número 000090/11 · R$ 123,10 · baixa recusada pelo ERP; enviada 1 vez(es)"),
    ];
    AccountPage {
        id: "261122-0001".into(),
        lines: lines.map(line).to_vec(),
        to_do: vec![
            "dê baixa à mão no ERP: fatura 90 (número 000090/11, R$ 123,10, baixa enviada 1 vez(es)); débito, rede \
             REDE DEMO, NSU 000000001, autorização A1B2C3"
                .into(),
        ],
        options: ["resolve", "copy"].map(panel_option).to_vec(),
    }
}

pub fn resolve_page() -> ResolvePage {
    let note = |(id, text)| PanelNote { id, text };
    ResolvePage {
        id: "261122-0001".into(),
        options: [
            ("written_off", "baixa feita à mão no ERP"),
            ("refunded", "valor devolvido ao cliente"),
            ("not_received", "o valor não entrou: nada a fazer"),
            ("by_office", "acertado pelo escritório com o cliente"),
        ]
        .map(note)
        .to_vec(),
    }
}

pub fn cards_page() -> CardsPage {
    let line = |name: &str, value: &str| PanelLine { name: name.into(), value: value.into() };
    CardsPage {
        tef: PartState::Works,
        about: vec![line("TEF", "paygo")],
        waiting: Some(vec![line("cupom 2611220001", "espera decisão  R$ 119,90  rede REDE DEMO  NSU 000123")]),
        trouble: None,
        options: ["again", "reverse", "menu", "try_card"].map(panel_option).to_vec(),
    }
}

pub fn terminal_page() -> TerminalPage {
    TerminalPage {
        id: Some("261122-0001".into()),
        message: "Siga as instruções no pinpad".into(),
        cancellable: true,
        prompt: None,
    }
}

pub fn terminal_asks() -> TerminalPage {
    let prompt = Prompt {
        id: 1,
        kind: PromptKind::Number,
        text: "CÓDIGO DO SUPERVISOR".into(),
        options: Vec::new(),
        min: Some(4),
        max: Some(8),
    };
    TerminalPage { id: None, prompt: Some(prompt), ..terminal_page() }
}

pub fn paper_page() -> PaperPage {
    PaperPage {
        printer: PartState::Works,
        paper: PaperState::Low,
        changed_at: Some(date(2026, 11, 20).at(9, 5, 0, 0)),
        changed_by: Some("Ana Técnica".into()),
        papers: 412,
        options: ["paper_changed", "test_print", "again"].map(panel_option).to_vec(),
    }
}

pub fn greeting_page() -> GreetingPage {
    let option = |(id, works)| PanelOption { id, works };
    GreetingPage {
        language: Language::Es,
        configured: Language::PtBr,
        chosen_at: Some(date(2026, 11, 20).at(9, 5, 0, 0)),
        chosen_by: Some("Ana Técnica".into()),
        options: [("pt-BR", true), ("en", true), ("es", false), ("configured", true)].map(option).to_vec(),
    }
}

pub fn pix_page() -> PixPage {
    let options = ["try_pix", "other_bank", "again"].map(panel_option).to_vec();
    PixPage { bank: Some("sicoob-conta-movimento".into()), why: None, under_way: 1, options }
}

/// No bank that gives back: the sentence says why.
pub fn pix_page_without_a_try() -> PixPage {
    let options = vec![PanelOption { id: "try_pix", works: false }, panel_option("again")];
    PixPage { bank: None, why: Some(NoPixTry::NobodyGivesBack), under_way: 0, options }
}

pub fn pix_try_page() -> PixTryPage {
    PixTryPage { bank: "sicoob".into(), amount_cents: money(1), payload: Some(PAYLOAD.into()), paid: false }
}

pub fn pix_try_paid() -> PixTryPage {
    PixTryPage { payload: None, paid: true, ..pix_try_page() }
}

pub fn machine_page() -> MachinePage {
    let line = |(name, value): (&str, &str)| PanelLine { name: name.into(), value: value.into() };
    let lines = [
        ("interface enp1s0", "ligada"),
        ("endereço", "192.168.0.9"),
        ("gateway", "192.168.0.1 responde em 1 ms"),
        ("erp.provedor.exemplo:443", "203.0.113.7: nome em 12 ms, conexão em 38 ms"),
        ("api.banco.exemplo:443", "203.0.113.9: nome em 9 ms, conexão não: sem resposta"),
        ("", "2026-11-28T09:15:00.123456Z  WARN totem::runtime::core::answers: to be tried again payment=261122-0001"),
    ];
    let options =
        ["network", "log", "carry", "louder", "softer", "brighter", "darker", "language", "restart", "power_off"];
    MachinePage {
        lines: lines.map(line).to_vec(),
        sound: Some(40),
        light: Some(70),
        asks: None,
        options: options.map(panel_option).to_vec(),
    }
}

pub fn machine_asks() -> MachinePage {
    MachinePage { asks: Some("restart"), options: ["yes", "no"].map(panel_option).to_vec(), ..machine_page() }
}

/// Each page of the panel.
pub fn panels() -> Vec<(&'static str, View)> {
    vec![
        ("technician_state", panel(Page::State(state_page()), None, &["choose", "leave"])),
        (
            "technician_list",
            panel(
                Page::List(ListPage { list: Which::Person, options: vec![panel_row(1), panel_row(2)] }),
                Some(PanelNews::Recorded),
                &["choose", "back", "leave"],
            ),
        ),
        ("technician_account", panel(Page::Account(account_page()), None, &["choose", "back", "leave"])),
        ("technician_cards", panel(Page::Cards(cards_page()), None, &["choose", "back", "leave"])),
        ("technician_reverse", panel(Page::Reverse(resolve_page()), None, &["choose", "back", "leave"])),
        (
            "technician_machine",
            panel(Page::Machine(machine_page()), Some(PanelNews::NotCarried), &["choose", "back", "leave"]),
        ),
        ("technician_machine_asks", panel(Page::Machine(machine_asks()), None, &["choose", "back", "leave"])),
        ("technician_paper", panel(Page::Paper(paper_page()), Some(PanelNews::Recorded), &["choose", "back", "leave"])),
        ("technician_greeting", panel(Page::Greeting(greeting_page()), None, &["choose", "back", "leave"])),
        ("technician_pix", panel(Page::Pix(pix_page()), Some(PanelNews::PixTryUnclear), &["choose", "back", "leave"])),
        ("technician_pix_no_try", panel(Page::Pix(pix_page_without_a_try()), None, &["choose", "back", "leave"])),
        ("technician_pix_try", panel(Page::PixTry(pix_try_page()), None, &["cancel", "leave"])),
        ("technician_pix_paid", panel(Page::PixTry(pix_try_paid()), None, &["cancel", "leave"])),
        ("technician_terminal", panel(Page::Terminal(terminal_page()), None, &["cancel"])),
        ("technician_terminal_asks", panel(Page::Terminal(terminal_asks()), None, &["answer", "cancel"])),
        ("technician_resolve", panel(Page::Resolve(resolve_page()), None, &["choose", "back", "leave"])),
    ]
}

pub fn closed() -> View {
    let since = Some("2026-11-22T12:00:00Z".parse().unwrap());
    view(Step::Closed(Closed { code: "J1", why: ClosedWhy::Journal, since, opens: None }), &[])
}

pub fn closed_for_the_night() -> View {
    let opens = totem::domain::hours::Opens { at: date(2026, 11, 30).at(8, 30, 0, 0), in_days: 2 };
    view(Step::Closed(Closed { code: "H1", why: ClosedWhy::Hours, since: None, opens: Some(opens) }), &[])
}
