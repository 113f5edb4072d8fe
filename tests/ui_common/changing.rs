//! What a customer changes at the counter, as it mostly is, and at its worst.

use super::serving::{LONG, answer, blank, form, notice, record, told};
use super::*;
use jiff::civil::time;

/// As long as one may be.
const LONG_ADDRESS: &str =
    "nome.muito.comprido.de.alguem.que.existe@um-provedor-de-nome-comprido.com.br-e-mais-comprido.exemplo.br";

fn option(id: &str, text: &str, detail: Option<Detail>) -> FormOption {
    FormOption { id: id.into(), text: text.into(), chosen: false, detail, amount_cents: None, about: String::new() }
}

fn due_day(day: &str) -> Detail {
    Detail::DueDay { day: day.into(), billed_from: Some(6), billed_to: Some(5), same_month: Some(true) }
}

fn parts(many: i8, each: Money) -> Vec<Part> {
    (0..many).map(|n| Part { amount_cents: each, due: date(2027, 1 + n % 12, 10) }).collect()
}

fn offer(many: i8, each: Money) -> Detail {
    Detail::Offer {
        total_cents: money(each.cents() * u64::try_from(many).unwrap()),
        today_cents: money(33_705),
        bills: 3,
        fine_cents: Some(money(632)),
        interest_cents: Some(money(1_475)),
        discount_cents: Some(money(500)),
        instalments: parts(many, each),
    }
}

fn slot(day: i8, part: Option<&'static str>) -> Detail {
    let hours = part.is_none();
    Detail::When {
        on: Some(date(2026, 12, day)),
        part,
        from: hours.then(|| time(16, 0, 0, 0)),
        to: hours.then(|| time(17, 30, 0, 0)),
    }
}

fn visit(text: &str) -> Record {
    Record {
        status: Some("2026062214034302".into()),
        detail: Some(Detail::When { on: None, part: Some("morning"), from: None, to: None }),
        opens: Some(Opens::Choices),
        ..record(text, None)
    }
}

fn visits(records: Vec<Record>) -> View {
    let list =
        Records { customer: "Maria S.".into(), list: RecordKind::Visits, records, may_begin: false, printed: None };
    view(Step::Records(list), &["choose", "back", "leave", "help"])
}

fn asks(purpose: Purpose, question: Question, options: Vec<FormOption>) -> View {
    form(question, Form { form: purpose, options, ..blank() })
}

fn typed(purpose: Purpose, question: Question, typed: &str) -> View {
    form(question, Form { form: purpose, typed: typed.into(), ..blank() })
}

fn confirm(purpose: Purpose, answers: Vec<Answer>) -> View {
    form(Question::Confirm, Form { form: purpose, answers, ..blank() })
}

fn detailed(question: Question, text: &str, detail: Detail) -> Answer {
    Answer { detail: Some(detail), ..answer(question, text) }
}

fn verify_code(asks: Asks, typed: &str, wrong: bool, again: bool) -> View {
    let actions: &[&'static str] = if again {
        &["type", "erase", "submit", "retry", "back", "help"]
    } else {
        &["type", "erase", "submit", "back", "help"]
    };
    view(Step::Verify(Verify { asks, length: 6, typed: typed.into(), wrong }), actions)
}

/// Before the code that went to this address; another may be asked for.
fn code(purpose: Purpose, to: Answer, problem: Option<FormProblem>) -> View {
    let form =
        Form { form: purpose, asks: Question::Code, answers: vec![to], typed: "1234".into(), problem, ..blank() };
    view(Step::Form(form), &["type", "erase", "clear", "submit", "retry", "back", "leave", "help"])
}

fn ways() -> Vec<FormOption> {
    ["email", "sms", "push", "other_email", "other_phone"].map(|way| option(way, way, None)).into()
}

fn trouble(code: TroubleCode, actions: &[&'static str]) -> View {
    let (can_retry, can_go_back) = (actions.contains(&"retry"), true);
    let (detail, wait_min) = (String::new(), None);
    view(Step::Trouble(Trouble { code, detail, protocol: None, wait_min, can_retry, can_go_back }), actions)
}

fn contract(actions: &'static [&'static str]) -> View {
    let page = document::document(None);
    view(Step::Document(DocumentScreen { title: DocumentTitle::Contract, to_accept: true, ..page }), actions)
}

pub fn changing() -> Vec<(&'static str, View)> {
    let pay = &["more", "leave", "pay", "print", "help"];
    let due_days = vec![option("2", "5", Some(due_day("5"))), option("4", "10", Some(due_day("10")))];
    let offers = vec![option("1", "1", Some(offer(1, money(31_598)))), option("3", "3", Some(offer(3, money(11_796))))];
    let slots = vec![option("7", "", Some(slot(7, Some("morning")))), option("8", "", Some(slot(8, None)))];
    let none = Some(Detail::Contact { registered: false });
    let contacts = vec![option("phone", "*******1234", None), option("email", "", none)];
    let resting = vec![
        option("1", "Fibra 600 Mega", Some(Detail::Pause { owes: false, rested: false })),
        option("2", "TV Família", Some(Detail::Pause { owes: true, rested: false })),
    ];
    vec![
        ("form_due_day", asks(Purpose::DueDay, Question::NewDueDay, due_days)),
        (
            "form_due_day_confirm",
            confirm(
                Purpose::DueDay,
                vec![answer(Question::Contract, "Fibra 600 Mega"), detailed(Question::NewDueDay, "5", due_day("5"))],
            ),
        ),
        ("form_contact", asks(Purpose::Contacts, Question::ContactKind, contacts)),
        ("form_new_email", typed(Purpose::Contacts, Question::NewEmail, "maria@exemplo")),
        ("form_offers", asks(Purpose::Negotiation, Question::Offer, offers)),
        (
            "form_offer_confirm",
            confirm(Purpose::Negotiation, vec![detailed(Question::Offer, "3", offer(3, money(11_796)))]),
        ),
        ("notice_negotiation", view(Step::Notice(notice(Purpose::Negotiation, Outcome::Done)), pay)),
        (
            "notice_otherwise",
            told(Notice { instalments: parts(3, money(11_796)), ..notice(Purpose::Negotiation, Outcome::Otherwise) }),
        ),
        (
            "notice_stands",
            told(Notice { until: Some(date(2026, 12, 31)), ..notice(Purpose::CancelVisit, Outcome::Stands) }),
        ),
        ("notice_requested", told(notice(Purpose::Contacts, Outcome::Requested))),
        ("notice_nothing", view(Step::Notice(notice(Purpose::DueDay, Outcome::Nothing)), &["more", "leave", "help"])),
        ("visits", visits(vec![visit("MUDANÇA DE PONTO")])),
        ("form_slot", asks(Purpose::MoveVisit, Question::Slot, slots)),
        (
            "notice_moved",
            told(Notice {
                answers: vec![
                    answer(Question::Visit, "MUDANÇA DE PONTO"),
                    detailed(Question::Slot, "", slot(8, Some("afternoon"))),
                ],
                ..notice(Purpose::MoveVisit, Outcome::Done)
            }),
        ),
        ("form_pause", asks(Purpose::Pause, Question::Contract, resting)),
        ("form_pause_from", typed(Purpose::Pause, Question::PauseFrom, "0712")),
        ("form_password", typed(Purpose::DigitalInvoice, Question::Password, "********")),
        ("verify_code", verify_code(Asks::CodeSms, "", false, false)),
        ("verify_code_wrong", verify_code(Asks::CodeEmail, "", true, true)),
        ("form_code", code(Purpose::Contacts, answer(Question::Phone, "31955554444"), None)),
        ("form_send_to", asks(Purpose::SendBill, Question::SendTo, ways())),
        ("form_other_email", typed(Purpose::SendBill, Question::NewEmail, "maria@exemplo")),
        ("trouble_code", trouble(TroubleCode::NoCode, &["retry", "back", "leave", "help"])),
        ("trouble_codes", trouble(TroubleCode::TooManyCodes, &["back", "leave", "help"])),
        ("form_app_password", confirm(Purpose::AppPassword, Vec::new())),
        (
            "form_profile",
            asks(Purpose::Profile, Question::ProfilePart, ["name", "address"].map(|id| option(id, "", None)).to_vec()),
        ),
        ("form_profile_street", typed(Purpose::Profile, Question::Street, "Avenida São João")),
        (
            "form_profile_confirm",
            confirm(
                Purpose::Profile,
                vec![
                    answer(Question::Contract, "Fibra 600 Mega"),
                    answer(Question::Address, "Avenida São João, 1200, ap 31, Centro, Conselheiro Lafaiete"),
                ],
            ),
        ),
        ("contract", contract(&["back", "leave", "page", "zoom", "submit", "print", "help"])),
        ("contract_unread", contract(&["back", "leave", "page", "zoom", "print", "help"])),
        ("form_accept", confirm(Purpose::AcceptContract, vec![answer(Question::Contract, "Fibra 600 Mega")])),
    ]
}

pub fn worst_changing() -> Vec<(&'static str, View)> {
    let many = (0..200_i16).map(|n| {
        option(&n.to_string(), "", Some(slot(i8::try_from(1 + n % 28).unwrap(), (n % 2 == 0).then_some("morning"))))
    });
    let offers = (1..=12).map(|parts| option(&parts.to_string(), "", Some(offer(parts, money(9_999_999)))));
    let visit_of = detailed(Question::Visit, LONG, slot(7, None));
    vec![
        ("worst_visits", visits((0..200).map(|_| visit(LONG)).collect())),
        ("worst_code", code(Purpose::SendBill, answer(Question::NewEmail, LONG_ADDRESS), Some(FormProblem::Code))),
        ("worst_slots", asks(Purpose::MoveVisit, Question::Slot, many.collect())),
        ("worst_offers", asks(Purpose::Negotiation, Question::Offer, offers.collect())),
        (
            "worst_offer_confirm",
            confirm(Purpose::Negotiation, vec![detailed(Question::Offer, "12", offer(12, money(9_999_999)))]),
        ),
        (
            "worst_otherwise",
            told(Notice {
                instalments: parts(24, money(9_999_999)),
                ..notice(Purpose::Negotiation, Outcome::Otherwise)
            }),
        ),
        (
            "worst_move_confirm",
            confirm(Purpose::MoveVisit, vec![visit_of, detailed(Question::Slot, "", slot(8, None))]),
        ),
        (
            "worst_notice_moved",
            told(Notice {
                protocol: Some("2026112700003414-0001".into()),
                answers: vec![answer(Question::Visit, LONG), detailed(Question::Slot, "", slot(8, None))],
                printed: Some(PrintNews::Failed),
                ..notice(Purpose::MoveVisit, Outcome::Done)
            }),
        ),
        (
            "worst_notice_due_day",
            told(Notice {
                answers: vec![answer(Question::Contract, LONG), detailed(Question::NewDueDay, "28", due_day("28"))],
                printed: Some(PrintNews::Failed),
                ..notice(Purpose::DueDay, Outcome::Unknown)
            }),
        ),
        (
            "worst_email",
            form(
                Question::NewEmailAgain,
                Form {
                    form: Purpose::Contacts,
                    typed: "a".repeat(100),
                    problem: Some(FormProblem::Different),
                    ..blank()
                },
            ),
        ),
    ]
}
