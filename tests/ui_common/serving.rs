//! What the counter gives beside bills, as it mostly is, and at its worst.

use super::*;

pub const LONG: &str =
    "Visita técnica para mudança de endereço com troca de equipamento e passagem de cabo óptico externo";

pub fn form(asks: Question, form: Form) -> View {
    let actions: &[&str] = match asks {
        asks if asks.is_choice() => &["back", "leave", "choose", "help"],
        Question::Confirm | Question::Consent => &["back", "leave", "submit", "help"],
        _ => &["back", "leave", "type", "erase", "clear", "submit", "help"],
    };
    view(Step::Form(Form { asks, ..form }), actions)
}

pub fn blank() -> Form {
    Form {
        form: Purpose::Ticket,
        asks: Question::Text,
        question: 2,
        questions: 4,
        typed: String::new(),
        options: Vec::new(),
        answers: Vec::new(),
        problem: None,
    }
}

fn option(id: usize, text: &str) -> FormOption {
    FormOption {
        id: id.to_string(),
        text: text.into(),
        chosen: id == 1,
        detail: None,
        amount_cents: None,
        about: String::new(),
    }
}

pub fn answer(question: Question, text: &str) -> Answer {
    Answer { question, text: text.into(), detail: None }
}

fn plan(state: PlanState, name: &str, unlock: bool) -> Plan {
    Plan { id: name.into(), plan: name.into(), state, word: (state == PlanState::Other).then(|| LONG.into()), unlock }
}

pub fn record(text: &str, amount: Option<Money>) -> Record {
    Record {
        id: "2026112700003414".into(),
        text: text.into(),
        status: amount.is_none().then(|| "EM ANDAMENTO".into()),
        on: Some(date(2026, 11, 20)),
        amount_cents: amount,
        detail: None,
        opens: None,
    }
}

pub fn notice(about: Purpose, outcome: Outcome) -> Notice {
    Notice {
        about,
        outcome,
        protocol: None,
        until: None,
        words: None,
        instalments: Vec::new(),
        answers: Vec::new(),
        printed: None,
    }
}

pub fn told(notice: Notice) -> View {
    view(Step::Notice(notice), &["more", "leave", "print", "help"])
}

/// Refused, and the form is there to be put right.
fn may_go_back(about: Purpose, words: &str) -> View {
    let notice = Notice { words: Some(words.to_owned()), ..notice(about, Outcome::Refused) };
    view(Step::Notice(notice), &["more", "back", "leave", "help"])
}

pub fn menu() -> Services {
    let options =
        ["receipts", "plans", "unlock", "tickets", "paid_bills", "fiscal_notes", "annual_settlements", "order"]
            .map(|id| choice(id, None));
    Services { customer: "Maria S.".into(), options: options.to_vec() }
}

pub fn serving() -> Vec<(&'static str, View)> {
    let plans = Plans {
        customer: "Maria S.".into(),
        plans: vec![plan(PlanState::Suspended, "Fibra 600 Mega", true), plan(PlanState::Active, "TV Família", false)],
        alerts: vec!["Equipamento a devolver: ligue para o atendimento.".into()],
        incomplete: false,
    };
    let tickets = Records {
        customer: "Maria S.".into(),
        list: RecordKind::Tickets,
        records: vec![record("SUPORTE", None)],
        may_begin: true,
        printed: None,
    };
    let paid = Records {
        list: RecordKind::PaidBills,
        records: vec![record("Fibra 600 Mega", Some(money(11_990)))],
        may_begin: false,
        ..tickets.clone()
    };
    let opens = |opens, record| Record { opens, ..record };
    let notes = Records {
        list: RecordKind::FiscalNotes,
        records: vec![
            opens(Some(Opens::Document), record("000000091", Some(money(11_990)))),
            opens(None, record("000000090", Some(money(11_990)))),
        ],
        ..paid.clone()
    };
    let settled = |year: &str, way| Record { on: None, ..opens(Some(way), record(year, None)) };
    let settlements = Records {
        list: RecordKind::AnnualSettlements,
        records: vec![settled("2025", Opens::Document), settled("2024", Opens::Slip)],
        printed: Some(PrintNews::Printed),
        ..paid.clone()
    };
    let unlock = Form {
        form: Purpose::Unlock,
        question: 1,
        questions: 1,
        answers: vec![answer(Question::Contract, "Fibra 600 Mega")],
        ..blank()
    };
    let opened = Notice { protocol: Some("2026112700003414".into()), ..notice(Purpose::Ticket, Outcome::Done) };
    let unlocked = Notice { until: Some(date(2026, 12, 2)), ..notice(Purpose::Unlock, Outcome::Done) };
    vec![
        ("plans", view(Step::Plans(plans), &["choose", "back", "leave", "help"])),
        ("tickets", view(Step::Records(tickets), &["choose", "back", "leave", "help"])),
        ("paid_bills", view(Step::Records(paid), &["print", "back", "leave", "help"])),
        ("fiscal_notes", view(Step::Records(notes), &["choose", "back", "leave", "help"])),
        ("settlements", view(Step::Records(settlements), &["choose", "back", "leave", "help"])),
        ("form_text", form(Question::Text, Form { typed: "Sem sinal desde".into(), ..blank() })),
        ("form_phone", form(Question::Phone, Form { typed: "319000".into(), ..blank() })),
        (
            "form_kind",
            form(Question::TicketKind, Form { options: vec![option(1, "Suporte"), option(2, "Mudança")], ..blank() }),
        ),
        ("form_unlock", form(Question::Confirm, unlock)),
        ("notice_ticket", told(opened)),
        ("notice_unlock", told(unlocked)),
        ("notice_unknown", told(notice(Purpose::Ticket, Outcome::Unknown))),
        ("notice_refused", may_go_back(Purpose::Ticket, "Já há um atendimento aberto para este contrato")),
    ]
}

pub fn worst_serving() -> Vec<(&'static str, View)> {
    let states = [PlanState::Suspended, PlanState::Other, PlanState::OnTrust, PlanState::Cancelled];
    let plans = Plans {
        customer: "Maria S.".into(),
        plans: states.iter().cycle().take(23).map(|state| plan(*state, LONG, *state == states[0])).collect(),
        alerts: vec![LONG.repeat(2); 9],
        incomplete: true,
    };
    let paid = Records {
        customer: "Maria S.".into(),
        list: RecordKind::PaidBills,
        records: (0..200).map(|_| record(LONG, Some(MOST))).collect(),
        may_begin: false,
        printed: Some(PrintNews::Failed),
    };
    let tickets = Records {
        list: RecordKind::Tickets,
        records: (0..200).map(|_| record(LONG, None)).collect(),
        may_begin: true,
        ..paid.clone()
    };
    let notes = Records {
        list: RecordKind::FiscalNotes,
        records: (0..200).map(|_| Record { opens: Some(Opens::Document), ..record(LONG, Some(MOST)) }).collect(),
        ..paid.clone()
    };
    let text: String = "Àçõ ".chars().cycle().take(300).collect();
    let confirm = vec![
        answer(Question::Contract, LONG),
        answer(Question::TicketKind, LONG),
        answer(Question::Text, &text),
        answer(Question::Phone, "31900001234"),
    ];
    let refused = Notice {
        words: Some(LONG.repeat(3) + " depois…"),
        printed: Some(PrintNews::Failed),
        protocol: Some("2026112700003414-0001".into()),
        until: Some(date(2026, 12, 31)),
        ..notice(Purpose::Unlock, Outcome::Unknown)
    };
    vec![
        ("worst_notice_refused", may_go_back(Purpose::Contacts, &LONG.repeat(2))),
        ("worst_plans", view(Step::Plans(plans), &["choose", "back", "leave", "help"])),
        ("worst_paid_bills", view(Step::Records(paid), &["print", "back", "leave", "help"])),
        ("worst_tickets", view(Step::Records(tickets), &["choose", "back", "leave", "help"])),
        ("worst_fiscal_notes", view(Step::Records(notes), &["choose", "back", "leave", "help"])),
        ("worst_form_text", form(Question::Text, Form { typed: text, problem: Some(FormProblem::Short), ..blank() })),
        (
            "worst_form_phone",
            form(Question::Phone, Form { typed: "31900001234".into(), problem: Some(FormProblem::Phone), ..blank() }),
        ),
        (
            "worst_form_kind",
            form(Question::TicketKind, Form { options: (0..40).map(|id| option(id, LONG)).collect(), ..blank() }),
        ),
        ("worst_form_confirm", form(Question::Confirm, Form { answers: confirm, ..blank() })),
        ("worst_notice", told(refused)),
    ]
}
