//! Somebody becomes a customer, from the greeting to the paper, against the stand-in of every ERP that takes prospects,
//! orders or leads; and a customer asks for another plan.

mod unhappy;

use serde_json::{Value, json};

use crate::services::knows_what_the_erp_can_do;
use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

const CPF: &str = "98765432100";

struct House {
    name: &'static str,
    open: fn() -> Trade,
    /// What is asked, in its order, of somebody whose address nobody knows.
    asks: &'static [&'static str],
    /// The list of its book where it stands afterwards.
    list: &'static str,
    /// Whether it gives a number.
    has_protocol: bool,
}

const DATACAKE: &str = r#"[erp.configured]
preset = "datacake"

[erp.configured.values]
base_url = "{url}"
token = { file = "{dir}/password" }
path_info_cliente = "/cliente"
path_listar_faturas = "/faturas"
path_contratos = "/contratos"
path_instalacoes = "/instalacoes"
path_extratos = "/extratos"
path_baixa = "/baixa"
path_produtos = "/produtos"
path_vencimentos = "/vencimentos"
path_JOIN

[[erp.configured.write_off]]
method = "debit"

[[erp.configured.write_off]]
method = "credit"

[join]
reseller = "4"
origin = "3"

"#;

const AUTOMATION: &str = "[erp.configured]\npreset = \"datacake_automacao\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\n\
     token = { file = \"{dir}/password\" }\npath_info_cliente = \"/informacoes_do_cliente\"\ncampo_cliente_id = \"codigo\"\n\
     campo_cliente_nome = \"nome\"\ncampo_cliente_nascimento = \"nascimento\"\npath_listar_faturas = \"/listar_faturas\"\n\
     path_fatura_por_id = \"/fatura\"\npath_baixa = \"/baixa\"\npath_produtos = \"/produtos\"\n\
     path_vencimentos = \"/vencimentos\"\npath_pedido = \"/pedido\"\npath_pedido_cliente = \"/pedido_cliente\"\n\n\
     [[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = { }\n\n\
     [[erp.configured.write_off]]\nmethod = \"credit\"\nvalues = { }\n\n";

const HOUSES: [House; 5] = [
    House {
        name: "HubSoft",
        open: || crate::hubsoft::open(&[]),
        asks: &[
            "consent",
            "cep",
            "street",
            "house_number",
            "complement",
            "district",
            "product",
            "tax_id",
            "name",
            "phone",
            "email",
            "confirm",
        ],
        list: "prospects",
        has_protocol: true,
    },
    House {
        name: "Datacake 003",
        open: || datacake("prospecto"),
        asks: &[
            "consent",
            "cep",
            "street",
            "house_number",
            "complement",
            "district",
            "city",
            "state",
            "product",
            "due_day",
            "tax_id",
            "name",
            "birth",
            "phone",
            "email",
            "confirm",
        ],
        list: "joined",
        has_protocol: true,
    },
    House {
        name: "Datacake 003, leads",
        open: || datacake("lead"),
        asks: &[
            "consent",
            "cep",
            "street",
            "house_number",
            "district",
            "city",
            "state",
            "tax_id",
            "name",
            "phone",
            "email",
            "confirm",
        ],
        list: "joined",
        has_protocol: true,
    },
    House {
        name: "Datacake 002",
        open: || Trade::open_with("automation", &[], AUTOMATION),
        asks: &[
            "consent",
            "cep",
            "street",
            "house_number",
            "district",
            "city",
            "state",
            "product",
            "due_day",
            "tax_id",
            "name",
            "phone",
            "email",
            "confirm",
        ],
        list: "joined",
        has_protocol: true,
    },
    House {
        name: "Smartbill",
        open: smartbill,
        asks: &["consent", "tax_id", "name", "phone", "email", "confirm"],
        list: "customers",
        has_protocol: true,
    },
];

fn datacake(by: &str) -> Trade {
    let mut trade = Trade::open_with("datacake", &[], DATACAKE);
    trade.configure("path_JOIN", &format!("path_{by} = \"/{by}\""));
    trade
}

fn smartbill() -> Trade {
    const TOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/smartbill/told.json");
    const TABLE: &str = concat!(
        "[payment]\nwrite_off = \"erp\"\n\n[erp.configured]\npreset = \"smartbill\"\n\n[erp.configured.values]\nbase_url = \"{url}\"\n",
        include_str!("../fixtures/smartbill/values.toml"),
        "\n"
    );
    let mut trade = Trade::open_with("smartbill", &["--told", TOLD], TABLE);
    std::fs::write(trade.path("password"), "s3gredo").unwrap();
    trade.configure("token = SECRET", &format!("token = {{ file = \"{}\" }}", trade.path("password").display()));
    trade.configure("[journey]", "[journey]\nmethods = [\"boleto\"]");
    trade
}

/// What somebody called Ana answers.
fn answer(asks: &str) -> &'static str {
    match asks {
        "cep" => "30140071",
        "street" => "Rua Inventada",
        "house_number" => "102",
        "complement" => "Casa A",
        "district" => "Savassi",
        "city" => "Belo Horizonte",
        "state" => "mg",
        "tax_id" => CPF,
        "name" => "Ana Inventada da Silva",
        "birth" => "29022000",
        "phone" => "31900005678",
        "email" => "ana.inventada@example.com",
        other => panic!("{other}"),
    }
}

fn is_question(shown: &Value) -> bool {
    ["form", "notice", "trouble"].contains(&shown["step"].as_str().unwrap_or_default())
}

/// Answers what is asked until it is another thing, or this question; gives what was asked.
pub fn answers_until(customer: &mut Customer, last: &str) -> (Vec<String>, Value) {
    let mut asked = Vec::new();
    loop {
        let shown = customer.until_that("a question", is_question);
        let Some(asks) = shown["asks"].as_str().map(str::to_owned) else { return (asked, shown) };
        asked.push(asks.clone());
        if asks == last {
            return (asked, shown);
        }
        match asks.as_str() {
            "address" | "product" | "due_day" => {
                let first = shown["options"][0]["id"].as_str().unwrap().to_owned();
                customer.chooses(&first);
            }
            "consent" | "confirm" => customer.taps("submit"),
            _ => {
                let was = shown["typed"].clone();
                customer.types(answer(&asks));
                customer.until_that("what was typed", |shown| shown["step"] == "form" && shown["typed"] != was);
                customer.taps("submit");
            }
        }
        customer.until_that("the next", |shown| is_question(shown) && shown["asks"] != asks.as_str());
    }
}

fn becomes_a_customer(trade: &Trade) -> (Customer, Vec<String>, Value) {
    let mut customer = trade.totem();
    customer.until_that("the button", |shown| may(shown, "join"));
    customer.taps("join");
    let (mut asked, _) = answers_until(&mut customer, "confirm");
    customer.taps("submit");
    let told = customer
        .until_that("the end", |shown| ["notice", "trouble"].contains(&shown["step"].as_str().unwrap_or_default()));
    asked.dedup();
    (customer, asked, told)
}

pub fn may(shown: &Value, intent: &str) -> bool {
    shown["actions"].as_array().is_some_and(|actions| actions.iter().any(|action| action == intent))
}

fn count(trade: &Trade, list: &str) -> usize {
    trade.erp_book()[list].as_array().unwrap().len()
}

#[test]
fn somebody_becomes_a_customer_at_every_erp_that_takes_them_and_is_asked_no_more_than_it_wants() {
    for house in &HOUSES {
        let trade = (house.open)();
        let before = count(&trade, house.list);
        let (mut customer, asked, told) = becomes_a_customer(&trade);
        assert_eq!(asked, house.asks, "{}", house.name);
        assert_eq!((&told["about"], &told["outcome"]), (&json!("join"), &json!("done")), "{}: {told}", house.name);
        assert_eq!(told["protocol"].is_string(), house.has_protocol, "{}: {told}", house.name);
        customer.taps("print");
        customer.until_that("the paper", |shown| shown["printed"] == "printed");
        let paper = trade.papers().pop().unwrap();
        assert!(paper.contains("Pedido de ades") && !paper.contains(CPF) && !paper.contains("Inventada"), "{paper}");
        if let Some(protocol) = told["protocol"].as_str() {
            assert!(paper.contains(protocol), "{paper}");
        }
        customer.leaves();
        customer.goes_for_good();
        assert_eq!(count(&trade, house.list), before + 1, "{}", house.name);
        assert_eq!(trade.erp_book()["errors"], json!([]), "{}", house.name);
    }
}

#[test]
fn no_button_where_the_erp_takes_nobody_or_the_site_does_not_want_it() {
    let mut closed = crate::hubsoft::open(&[]);
    closed.configure("[journey]", "[join]\noffered = false\n\n[journey]");
    for (trade, looks) in [(Trade::open(), 1), (Trade::open_with_datacake(), 1), (closed, 2)] {
        let mut customer = trade.totem();
        customer.identifies(&MARIA);
        customer.leaves();
        knows_what_the_erp_can_do(&customer, looks);
        assert_eq!(customer.is_refused(json!({"do": "join"})), "join");
        customer.goes_for_good();
    }
}

#[test]
fn hubsoft_gets_address_plan_and_price_as_they_were_chosen() {
    let trade = crate::hubsoft::open(&[]);
    let (customer, _, told) = becomes_a_customer(&trade);
    customer.goes_for_good();
    let prospect = &trade.erp_book()["prospects"][0];
    assert_eq!(prospect["address"], json!(["Rua Inventada", "102", "Savassi", "30140071"]));
    assert_eq!((&prospect["plan"], &prospect["price_cents"]), (&json!(1308), &json!(9990)));
    assert_eq!((&prospect["document"], &prospect["phone"]), (&json!(CPF), &json!("31900005678")));
    let note = prospect["note"].as_str().unwrap();
    assert!(note.contains("Complemento: Casa A") && note.contains("Plano: PLANO 300 MEGA"), "{note}");
    assert_eq!(told["protocol"], json!(prospect["id"].as_i64().unwrap().to_string()));
}

#[test]
fn datacake_gets_reseller_and_origin_of_the_site_and_the_due_day_of_the_person() {
    let trade = datacake("prospecto");
    let (customer, ..) = becomes_a_customer(&trade);
    customer.goes_for_good();
    let prospect = &trade.erp_book()["joined"][0];
    for (key, value) in [
        ("id_revendedor", "4"),
        ("id_origem", "3"),
        ("id_vencimento", "5"),
        ("data_nascimento", "2000-02-29"),
        ("uf_instalação", "MG"),
        ("email", "ana.inventada@example.com"),
    ] {
        assert_eq!(prospect[key], json!(value), "{key}");
    }
}

#[test]
fn products_are_shown_with_price_and_what_they_include_and_two_hundred_are_two_hundred() {
    let trade = datacake("prospecto");
    let mut customer = trade.totem();
    customer.until_that("the button", |shown| may(shown, "join"));
    customer.taps("join");
    let (_, shown) = answers_until(&mut customer, "product");
    let combo = &shown["options"][1];
    assert_eq!(combo["amount_cents"], 14_990);
    assert!(combo["about"].as_str().unwrap().contains("80 canais"), "{combo}");
    customer.goes_for_good();

    let trade = crate::hubsoft::open(&[]);
    let mut customer = trade.totem();
    let shown = at_the_products(&mut customer, "30190000");
    let options = shown["options"].as_array().unwrap();
    assert_eq!((options.len(), &options[0]["about"]), (200, &json!("300/150 Mbit/s")));
    customer.chooses("2197");
    answers_until(&mut customer, "confirm");
    customer.taps("submit");
    assert_eq!(customer.until("notice")["outcome"], "done");
    customer.goes_for_good();
    assert_eq!(trade.erp_book()["prospects"][0]["plan"], 2197);
}

/// From the greeting to the products of a CEP, or to why there are none.
fn at_the_products(customer: &mut Customer, cep: &str) -> Value {
    customer.until_that("the button", |shown| may(shown, "join"));
    customer.taps("join");
    customer.until_that("the consent", |shown| shown["asks"] == "consent");
    customer.taps("submit");
    customer.until_that("the CEP", |shown| shown["asks"] == "cep");
    customer.types(cep);
    customer.taps("submit");
    customer.until_that("the street", |shown| shown["asks"] == "street");
    answers_until(customer, "product").1
}

#[test]
fn a_customer_asks_for_another_plan_and_is_asked_for_nothing_that_is_known() {
    for (open, asks, protocol) in [
        (HOUSES[3].open, &["product", "due_day", "confirm"][..], Some("78")),
        (HOUSES[4].open, &["product", "confirm"][..], None),
    ] {
        let trade = open();
        let mut customer = trade.totem();
        customer.identifies(&MARIA);
        customer.taps("services");
        customer.until("services");
        customer.chooses("order");
        let (asked, confirm) = answers_until(&mut customer, "confirm");
        assert_eq!(asked, asks);
        assert_eq!(confirm["form"], "order");
        customer.taps("submit");
        let told = customer.until("notice");
        assert_eq!((&told["about"], &told["outcome"]), (&json!("order"), &json!("done")), "{told}");
        assert!(told["protocol"].as_str().is_some_and(|it| protocol.is_none_or(|wanted| it == wanted)), "{told}");
        customer.goes_for_good();
        assert_eq!(trade.erp_book()["errors"], json!([]));
    }
}

#[test]
fn another_plan_is_ordered_by_its_name_for_the_customer_who_asked() {
    let trade = Trade::open_with("automation", &[], AUTOMATION);
    let mut customer = trade.totem();
    customer.identifies(&MARIA);
    customer.taps("services");
    customer.until("services");
    customer.chooses("order");
    answers_until(&mut customer, "confirm");
    customer.taps("submit");
    customer.until("notice");
    customer.goes_for_good();
    let order = &trade.erp_book()["joined"][0];
    assert_eq!((&order["customer_document_number"], &order["wda_user"]), (&json!(MARIA.cpf), &json!("81593")));
    assert!(order["message"].as_str().unwrap().contains("FIBRA 300 MB"), "{order}");
}
