//! `totem erp`: what a technician asks the ERP, and what the menu makes of what it can do.

use serde_json::{Value, json};

use crate::trade::process::Process;
use crate::trade::{MARIA, Trade};

/// Runs the command to its end: what it printed, and whether it was well.
fn asks(trade: &Trade, args: &[&str], input: Option<&str>) -> (Vec<String>, bool, Vec<String>) {
    let config = trade.path("totem.toml");
    std::fs::write(&config, trade.configuration()).unwrap();
    let mut command = Process::start("totem erp", &[&["erp", "--config", config.to_str().unwrap()], args].concat());
    if let Some(input) = input {
        command.say(input);
    }
    command.end_input();
    let well = command.ended("the end").success();
    (command.seen().to_vec(), well, command.log())
}

fn object(trade: &Trade, args: &[&str], input: Option<&str>) -> Value {
    let (printed, well, log) = asks(trade, &[&["--json"], args].concat(), input);
    assert!(well, "{args:?}: {log:?}");
    let [line] = printed.as_slice() else { panic!("{printed:?}") };
    serde_json::from_str(line).unwrap()
}

fn nothing_of_maria(lines: &[String]) {
    for line in lines {
        let upper = line.to_uppercase();
        for personal in ["52998224725", "529.982", "FICT", "SILVA", "900001234", "1990"] {
            assert!(!upper.contains(personal), "{personal} in {line}");
        }
    }
}

#[test]
fn the_probe_says_what_this_sites_erp_can_do() {
    let trade = Trade::open();
    let probed = object(&trade, &["probe"], None);
    assert_eq!((&probed["reached"], &probed["unfit"], &probed["warnings"]), (&json!(true), &json!([]), &json!([])));
    let support = |operation: &str| {
        let all = probed["operations"].as_array().unwrap();
        all.iter().find(|one| one["operation"] == operation).unwrap()["support"].as_str().unwrap().to_owned()
    };
    assert_eq!(probed["operations"].as_array().unwrap().len(), totem::erp::Capability::ALL.len());
    for (operation, expected) in [
        ("account", "yes"),
        ("write_off", "yes"),
        ("pix_code", "unverified"),
        ("fiscal_notes", "customer_password"),
        ("send_by_push", "no"),
    ] {
        assert_eq!(support(operation), expected, "{operation}");
    }
    assert!(trade.calls("methods") > 0 && trade.calls("accept_contract") == 0);
    let (lines, well, _) = asks(&trade, &["probe"], None);
    assert!(well && lines.iter().any(|line| line.starts_with("write_off") && line.contains("baixa")), "{lines:?}");
}

#[test]
fn an_erp_that_is_not_reached_has_its_table_and_the_reason() {
    let mut trade = Trade::open();
    trade.configure("method = \"debit\"", "method = \"debit\"\nnetwork = \"STONE\"");
    trade.erp_is_down();
    let (printed, well, _) = asks(&trade, &["--json", "probe"], None);
    assert!(!well);
    let probed: Value = serde_json::from_str(&printed[0]).unwrap();
    assert_eq!(probed["reached"], false);
    assert!(!probed["why"].as_str().unwrap().is_empty());
    let states: Vec<&str> =
        probed["operations"].as_array().unwrap().iter().map(|one| one["support"].as_str().unwrap()).collect();
    assert!(!states.contains(&"yes") && states.contains(&"not_reached") && states.contains(&"no"), "{states:?}");
    assert!(probed["warnings"][0].as_str().unwrap().contains("debit"), "{}", probed["warnings"]);
}

#[test]
fn a_customer_and_bills_are_shown_without_a_whole_name_or_cpf() {
    let trade = Trade::open();
    let customer = object(&trade, &["customer", "-"], Some("529.982.247-25"));
    assert_eq!(
        (&customer["name"], &customer["tax_id"], &customer["open_bills"], &customer["birth_known"]),
        (&json!("Maria S."), &json!("***.***.*47-25"), &json!(1), &json!(true))
    );
    let bills = object(&trade, &["bills", "-"], Some(MARIA.cpf));
    assert_eq!(bills["bills"][0]["original_cents"], 31_598);
    assert!(bills["bills"][0]["total_cents"].as_u64().unwrap() > 31_598);
    for args in [["customer", "-"], ["bills", "-"]] {
        let (lines, well, log) = asks(&trade, &args, Some(MARIA.cpf));
        assert!(well && lines[0].contains("Maria S."), "{lines:?}");
        nothing_of_maria(&lines);
        nothing_of_maria(&log);
    }
    let (_, well, log) = asks(&trade, &["bills", "-"], Some("52998224724"));
    assert!(!well);
    nothing_of_maria(&log);
    let (_, well, log) = asks(&trade, &["bills", "935.411.347-80"], None);
    assert!(!well && log.iter().any(|line| line.contains("não conhece")), "{log:?}");
}

/// The ERP's answer holds the connection's password beside the day of birth.
#[test]
fn a_connection_password_in_an_answer_is_on_no_line_and_in_no_log() {
    let trade = Trade::open();
    let config = trade.path("totem.toml");
    std::fs::write(&config, trade.configuration()).unwrap();
    let args = ["erp", "--config", config.to_str().unwrap(), "customer", "-"];
    let mut command = Process::start_in("totem erp", &args, &[("TOTEM_LOG", "trace".as_ref())]);
    command.say(MARIA.cpf);
    command.end_input();
    assert!(command.ended("the end").success(), "{}", command.story("it failed"));
    assert!(trade.calls("contact") > 0, "the answer with the password was asked for");
    let told = [command.seen(), &command.log()].concat();
    assert!(told.iter().any(|line| line.contains("TRACE") || line.contains("DEBUG")), "{told:?}");
    for line in told {
        assert!(!line.contains("segredo-") && !line.contains(MARIA.cpf), "{line}");
    }
}

#[test]
fn one_bill_is_open_paid_or_withdrawn() {
    let trade = Trade::open();
    assert_eq!(object(&trade, &["bill", "90", "--customer", "81593"], None)["state"], "open");
    assert_eq!(object(&trade, &["bill", "77", "--of", "-"], Some(MARIA.cpf))["state"], "withdrawn");
    trade.order_erp(&json!({"settle_elsewhere": [90]}));
    trade.until_books("that the bill is paid", |trade| trade.paid_by(90).is_some());
    let paid = object(&trade, &["bill", "90", "--customer", "81593"], None);
    assert_eq!(paid["state"], "paid");
    let (_, well, _) = asks(&trade, &["bill", "90"], None);
    assert!(!well, "whose bill it is has to be said");
    assert_eq!(trade.calls("write_off"), 0, "it only reads");
}

#[test]
fn the_lookups_are_lines_of_the_write_off_table() {
    let trade = Trade::open();
    let (lines, well, _) = asks(&trade, &["lookups"], None);
    assert!(well);
    assert!(lines[0].contains("[[erp.webservice_cliente.write_off]]"), "{lines:?}");
    let pasted = |key: &str, id: &str| {
        lines.iter().any(|line| {
            line.split_once(" = ").is_some_and(|(left, right)| left == key && right.starts_with(&format!("{id} ")))
        })
    };
    assert!(pasted("id_forma_pagamento", "2") && pasted("id_conta_financeira", "1") && pasted("id_bandeira", "3"));
    assert!(!pasted("id_conta_financeira", "7"), "an account that is not in use takes no money");
}

#[test]
fn without_a_pix_code_of_the_erp_or_a_bank_there_is_no_pix_on_the_menu() {
    let mut trade = Trade::open();
    trade.configure("pix = true", "pix = false");
    let mut customer = trade.totem();
    let methods = customer.wants_to_pay(&MARIA, 90);
    let ids: Vec<&str> =
        methods["options"].as_array().unwrap().iter().map(|option| option["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["debit", "credit", "boleto"]);
    customer.leaves();
    customer.goes_for_good();
}

#[test]
fn a_totem_serves_while_its_erp_has_not_said_what_it_can_do() {
    let trade = Trade::open();
    trade.order_erp(&json!({"status": {"value": 500, "for": ["methods", "due_days"]}}));
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    assert_eq!(trade.times_written_off(90), 1);
}

#[test]
fn a_table_that_names_only_some_networks_is_told_of_in_the_log() {
    let mut trade = Trade::open();
    trade.configure("method = \"debit\"", "method = \"debit\"\nnetwork = \"STONE\"");
    let customer = trade.totem();
    customer.totem.until_log("the warning", |log| {
        log.iter().any(|line| line.contains("[[erp.webservice_cliente.write_off]]") && line.contains("debit"))
    });
    customer.goes_for_good();
}
