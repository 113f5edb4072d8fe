//! `totem doctor` beside the whole trade: what it says of each part, what it leaves alone, and what it never shows.

use serde_json::{Value, json};

use crate::trade::{MARIA, Trade};

pub struct Report {
    status: i32,
    text: String,
    json: Value,
}

pub fn examined(trade: &Trade) -> Report {
    let config = trade.path("totem.toml");
    std::fs::write(&config, trade.configuration()).unwrap();
    let run = |more: &[&str]| {
        let machine = trade.path("machine");
        let place = ["--root", machine.to_str().unwrap()];
        let args = [&["doctor", "--config", config.to_str().unwrap()], &place[..], more].concat();
        std::process::Command::new(env!("CARGO_BIN_EXE_totem")).args(args).output().unwrap()
    };
    let output = run(&["--json"]);
    let text = String::from_utf8(output.stdout).unwrap();
    for secret in ["demonstracao", "7d9f0335", "PRIVATE", "52998224725"] {
        assert!(!text.contains(secret), "{secret} is shown: {text}");
    }
    let json: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    Report { status: output.status.code().unwrap(), text, json }
}

impl Report {
    /// State and words of the one finding of this part.
    pub fn of(&self, part: &str) -> (String, String) {
        let found = self.json["findings"].as_array().unwrap();
        let mut found = found.iter().filter(|finding| finding["part"] == part);
        let one = found.next().unwrap_or_else(|| panic!("{part} is not in {}", self.text));
        assert!(found.next().is_none(), "{part} twice: {}", self.text);
        let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
        assert!(text("state") == "ok" || !text("do").is_empty(), "it says what to do: {one}");
        (text("state"), text("says"))
    }

    fn state(&self, part: &str) -> String {
        self.of(part).0
    }
}

#[test]
fn a_totem_that_is_well_is_told_so_and_nothing_was_moved() {
    let trade = Trade::with_a_bank();
    let report = examined(&trade);
    for part in [
        "configuração",
        "credenciais",
        "nomes na rede",
        "relógio",
        "disco",
        "diário",
        "erp WebService Cliente",
        "erp WebService Cliente: serviços",
        "pix banco: chave",
        "pix banco: certificado",
        "pix banco: acesso",
        "pix banco: permissão",
        "pix banco: relógio",
        "tef paygo",
        "impressora",
    ] {
        assert_eq!(report.state(part), "ok", "{part}: {}", report.text);
    }
    for part in ["tela", "toque", "serviço", "pinpad"] {
        assert_eq!(report.state(part), "not_checked", "no machine was given to look at: {part}");
    }
    assert_eq!((report.status, &report.json["state"]), (0, &json!("not_checked")), "{}", report.text);
    assert_eq!((trade.charges().len(), trade.calls("write_off")), (0, 0));
    assert_eq!((trade.papers().len(), trade.sales().len()), (0, 0));
    trade.bank_is_content();
    trade.books_are_clean();
    // and the totem starts on what the doctor left
    trade.totem().goes_for_good();
}

#[test]
fn each_part_that_is_ill_is_named_with_what_to_do() {
    let mut trade = Trade::with_a_bank();
    trade.order_bank(&json!({"clock_off_s": 7200}));
    let report = examined(&trade);
    assert_eq!((report.status, report.state("pix banco: relógio").as_str()), (2, "error"), "{}", report.text);
    trade.order_bank(&json!({"status": {"value": 403, "for": "get_cob"}}));
    let report = examined(&trade);
    assert_eq!((report.status, report.state("pix banco: permissão").as_str()), (2, "error"), "{}", report.text);
    trade.order_bank(&json!({"unauthorized": {"for": "token"}}));
    let report = examined(&trade);
    assert_eq!((report.status, report.state("pix banco: acesso").as_str()), (2, "error"), "{}", report.text);
    trade.stop_bank();
    assert_eq!(examined(&trade).of("pix banco: acesso").0, "error");
    trade.start_bank();
    trade.order_bank(&json!({}));

    trade.erp_is_down();
    assert_eq!(examined(&trade).state("erp WebService Cliente"), "error");
    trade.erp_is_back();

    trade.order_printer(&json!({"paper": "out"}));
    let (state, says) = examined(&trade).of("impressora");
    assert!(state == "error" && says.contains("sem papel"), "{says}");
    trade.configure("authorities = \"", "#authorities = \"");
    let report = examined(&trade);
    let (state, says) = report.of("pix banco: acesso");
    assert!(state == "error" && says.contains("autoridade que esta máquina não conhece"), "{says}");
    trade.configure("port = \"", "port = \"/nowhere");
    let report = examined(&trade);
    assert_eq!(report.state("impressora"), "error");
    assert_eq!(report.json["state"], "error");
}

#[test]
fn a_running_totem_keeps_its_devices_and_money_that_waits_for_a_person_is_told() {
    let trade = Trade::with_a_bank();
    let mut customer = trade.totem();
    let report = examined(&trade);
    assert_eq!((report.state("tef").as_str(), report.state("impressora").as_str()), ("not_checked", "not_checked"));
    assert_eq!((report.status, report.state("diário").as_str()), (0, "ok"), "{}", report.text);
    customer.pays(&MARIA, 90, "pix");
    customer.until("pix");
    trade.payer(&json!({"wrong_amount": -100, "pay_now": ["*"]}));
    customer.until("confirming");
    let report = examined(&trade);
    let (state, says) = report.of("diário: pagamentos");
    assert!(state == "warning" && says.contains("1 à espera de uma pessoa"), "{says}");
    assert_eq!(report.status, 1, "{}", report.text);
    customer.leaves();
    customer.goes_for_good();
}

#[test]
fn a_configuration_with_a_mistake_is_all_that_is_told() {
    let mut trade = Trade::open();
    trade.configure("warn_after_s = 45", "warn_after_s = \"45\"");
    let report = examined(&trade);
    let (state, says) = report.of("configuração");
    assert!(state == "error" && says.contains("totem.toml"), "{says}");
    assert_eq!((report.status, report.json["findings"].as_array().unwrap().len()), (2, 1));
}
