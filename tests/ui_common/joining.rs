//! Becoming a customer, as it mostly is, and at its worst.

use super::*;

const LONG: &str =
    "Avenida Governador Doutor Benedito de Albuquerque Vasconcelos e Silva Júnior, Conjunto Nova Esperança";

fn form(asks: Question, form: Form) -> View {
    let actions: &[&str] = match asks {
        asks if asks.is_choice() => &["back", "leave", "choose", "help"],
        Question::Confirm | Question::Consent => &["back", "leave", "submit", "help"],
        _ => &["back", "leave", "type", "erase", "clear", "submit", "help"],
    };
    view(Step::Form(Form { asks, ..form }), actions)
}

fn blank() -> Form {
    Form {
        form: Purpose::Join,
        asks: Question::Consent,
        question: 2,
        questions: 13,
        typed: String::new(),
        options: Vec::new(),
        answers: Vec::new(),
        problem: None,
    }
}

fn typed(asks: Question, text: &str, problem: Option<FormProblem>) -> View {
    form(asks, Form { typed: text.into(), problem, ..blank() })
}

fn option(id: &str, text: &str, amount: Option<Money>, about: &str) -> FormOption {
    FormOption {
        id: id.into(),
        text: text.into(),
        chosen: id == "1",
        amount_cents: amount,
        about: about.into(),
        detail: None,
    }
}

fn told(outcome: Outcome, words: Option<String>) -> View {
    let protocol = (outcome == Outcome::Done).then(|| "700".into());
    let notice = Notice {
        about: Purpose::Join,
        outcome,
        protocol,
        until: None,
        words,
        instalments: Vec::new(),
        answers: Vec::new(),
        printed: None,
    };
    let refused: &[&str] = &["leave", "back", "help"];
    view(Step::Notice(notice), if outcome == Outcome::Refused { refused } else { &["leave", "print", "help"] })
}

fn greeting() -> View {
    let actions: &[&str] =
        &["type", "erase", "clear", "submit", "scan", "letters", "join", "language", "accessibility", "help"];
    view(Step::Identify(Identify::default()), actions)
}

pub fn joining() -> Vec<(&'static str, View)> {
    let address =
        vec![option("found", "Rua Inventada, Savassi, Belo Horizonte - MG", None, ""), option("typed", "", None, "")];
    let products = vec![
        option("1", "Fibra 300 Mega", Some(money(9_990)), "300/150 Mbit/s"),
        option("2", "Combo 600 Mega", Some(money(14_990)), "600 Mega, TV com 80 canais e telefone"),
    ];
    let answers = [
        (Question::Address, "Rua Inventada, 102, casa A, Savassi, Belo Horizonte - MG, CEP 30140-071"),
        (Question::Product, "Fibra 300 Mega · R$ 99,90"),
        (Question::DueDay, "dia 20"),
        (Question::TaxId, "***.***.*47-25"),
        (Question::Name, "Ana Inventada da Silva"),
        (Question::Birth, "29/02/2000"),
        (Question::Phone, "31900001234"),
        (Question::Email, "ana@example.com"),
    ];
    let answers = answers.map(|(question, text)| Answer { question, text: text.into(), detail: None }).to_vec();
    vec![
        ("join_identify", greeting()),
        ("join_consent", form(Question::Consent, blank())),
        ("join_cep", typed(Question::Cep, "3014007", None)),
        ("join_address", form(Question::Address, Form { options: address, ..blank() })),
        ("join_street", typed(Question::Street, "Rua Inven", None)),
        ("join_number", typed(Question::HouseNumber, "10", None)),
        ("join_complement", typed(Question::Complement, "", None)),
        ("join_district", typed(Question::District, "Cen", None)),
        ("join_city", typed(Question::City, "Belo ", None)),
        ("join_state", typed(Question::State, "M", None)),
        ("join_product", form(Question::Product, Form { options: products, ..blank() })),
        ("join_due_day", form(Question::DueDay, Form { options: vec![option("1", "dia 20", None, "")], ..blank() })),
        ("join_tax_id", typed(Question::TaxId, "***.***.*8", None)),
        ("join_name", typed(Question::Name, "Ana ", None)),
        ("join_birth", typed(Question::Birth, "290220", None)),
        ("join_email", typed(Question::Email, "ana@", None)),
        ("join_confirm", form(Question::Confirm, Form { answers, ..blank() })),
        ("join_done", told(Outcome::Done, None)),
        ("join_unknown", told(Outcome::Unknown, None)),
        ("join_refused", told(Outcome::Refused, Some("este CPF ou CNPJ já foi cadastrado".into()))),
        ("join_not_served", view(Step::Trouble(trouble(TroubleCode::NotServed)), &["back", "leave", "help"])),
    ]
}

pub fn worst_joining() -> Vec<(&'static str, View)> {
    let many = |count: usize| {
        let product = |id: usize| option(&id.to_string(), LONG, Some(MOST), &LONG.repeat(2));
        (0..count).map(product).collect::<Vec<_>>()
    };
    let questions = [
        Question::Address,
        Question::Product,
        Question::DueDay,
        Question::TaxId,
        Question::Name,
        Question::Birth,
        Question::Phone,
        Question::Email,
    ];
    let answers = questions.map(|question| Answer { question, text: LONG.into(), detail: None }).to_vec();
    let email = "a".repeat(80) + "@example.com.br";
    let long: String = LONG.chars().take(80).collect();
    let not_served = Trouble { detail: LONG.into(), ..trouble(TroubleCode::NotServed) };
    vec![
        ("worst_join_address", form(Question::Address, Form { options: many(2), ..blank() })),
        ("worst_join_street", typed(Question::Street, &long, Some(FormProblem::Short))),
        ("worst_join_number", typed(Question::HouseNumber, "1234567890", Some(FormProblem::HouseNumber))),
        ("worst_join_complement", typed(Question::Complement, &long, None)),
        ("worst_join_state", typed(Question::State, "XX", Some(FormProblem::State))),
        (
            "worst_join_product",
            form(Question::Product, Form { options: many(200), problem: Some(FormProblem::Gone), ..blank() }),
        ),
        ("worst_join_tax_id", typed(Question::TaxId, "**.***.***/****-*5", Some(FormProblem::TaxId))),
        ("worst_join_name", typed(Question::Name, &long, Some(FormProblem::Name))),
        ("worst_join_birth", typed(Question::Birth, "31022000", Some(FormProblem::Date))),
        ("worst_join_email", typed(Question::Email, &email, Some(FormProblem::Email))),
        ("worst_join_confirm", form(Question::Confirm, Form { answers, ..blank() })),
        ("worst_join_refused", told(Outcome::Refused, Some(LONG.repeat(2)))),
        ("worst_join_not_served", view(Step::Trouble(not_served), &["back", "leave", "help"])),
    ]
}
