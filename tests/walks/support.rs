//! What is carried away for support, from a totem that has served and has something to settle: nobody can be found in it.

use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use serde_json::{Value, json};

use crate::technician::{journal, trade};
use crate::trade::technician::PIN;
use crate::trade::{MARIA, PEDRO, Trade};

pub fn bundle(trade: &Trade) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_totem"));
    command.arg("support-bundle").arg(trade.path("pacote.tar")).arg("--config").arg(trade.path("totem.toml"));
    command.output().unwrap()
}

fn inside(trade: &Trade, name: &str) -> String {
    let out = Command::new("tar").arg("-xOf").arg(trade.path("pacote.tar")).arg(name).output().unwrap();
    assert!(out.status.success(), "{name}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

#[test]
fn the_bundle_tells_how_the_totem_is_and_of_nobody() {
    let trade = trade();
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.leaves();
    trade.order_erp(&json!({"write_off": "reject"}));
    customer.pays(&PEDRO, 5000, "credit");
    customer.until("paid");
    let called = |log: &[String]| log.iter().any(|line| line.contains("fact=\"person_called\""));
    customer.totem.until_log("that a person is called", called);
    customer.leaves();
    customer.opens_the_panel();
    customer.taps("leave");
    customer.until("identify");
    // something to be warned of
    trade.erp_is_down();
    customer.identifies(&MARIA);
    customer.until("trouble");
    trade.erp_is_back();

    // beside the running totem
    let done = bundle(&trade);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let mode = std::fs::metadata(trade.path("pacote.tar")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let doctor: Value = serde_json::from_str(&inside(&trade, "doctor.json")).unwrap();
    assert!(doctor["findings"].as_array().unwrap().len() > 8, "{doctor}");
    let settings = inside(&trade, "configuracao.txt");
    assert!(settings.contains("printer.port = ") && settings.contains("totem.name = \"PASSEIO-01\""), "{settings}");
    let counts = inside(&trade, "diario.txt");
    for part in
        ["íntegro: ", "debit settled: 1", "credit person: 1", "person_called", "panel_opened: 1", "-0002 credit"]
    {
        assert!(counts.contains(part), "{part}:\n{counts}");
    }
    let warned = inside(&trade, "avisos.log");
    assert!(warned.contains("WARN") && warned.contains("the ERP did not give the account"), "{warned}");
    assert!(inside(&trade, "rede.txt").contains("127.0.0.1"), "{}", inside(&trade, "rede.txt"));
    assert!(inside(&trade, "versoes.txt").contains(env!("CARGO_PKG_VERSION")));

    let whole = String::from_utf8_lossy(&std::fs::read(trade.path("pacote.tar")).unwrap()).to_lowercase();
    let names: Vec<String> = named(&trade);
    for personal in
        [MARIA.cpf, PEDRO.cpf, "529.982.247-25", "000.000.001-91", "247-25", "demonstracao", PIN, "ana técnica"]
            .into_iter()
            .map(str::to_owned)
            .chain(names)
    {
        assert!(!whole.contains(&personal), "{personal} is in the bundle");
    }
    let again = bundle(&trade);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("já existe"), "{again:?}");
    customer.goes_for_good();
}

/// Every name and short name of the stand-in's customers.
fn named(trade: &Trade) -> Vec<String> {
    let list = journal(trade, &["export", "--format", "csv"]);
    let mut rows = list.lines();
    let columns: Vec<&str> = rows.next().unwrap().split(',').collect();
    let place = columns.iter().position(|column| *column == "name").unwrap();
    let names: Vec<String> = rows.map(|row| row.split(',').nth(place).unwrap().to_lowercase()).collect();
    assert!(names.len() == 2 && names.iter().all(|name| name.len() > 3), "{names:?}");
    names.iter().flat_map(|name| [name.clone(), name.split(' ').next().unwrap().to_owned()]).collect()
}

#[test]
fn at_the_panel_the_machine_tells_of_itself_and_is_ended_by_a_yes_that_is_on_record() {
    let trade = trade();
    // a machine that says what was asked of it, and refuses at first
    let tools = trade.path("ferramentas");
    std::fs::create_dir(&tools).unwrap();
    let (asked, refuses) = (trade.path("pedido"), trade.path("recusa"));
    let script = format!(
        "#!/bin/sh\nif [ -e {} ]; then echo 'Access denied' >&2; exit 1; fi\necho \"$@\" >> {}\n",
        refuses.display(),
        asked.display()
    );
    std::fs::write(tools.join("systemctl"), script).unwrap();
    std::fs::set_permissions(tools.join("systemctl"), std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::write(&refuses, "").unwrap();
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let mut technician = trade.totem_in(&[("PATH", std::ffi::OsStr::new(&path))]);
    technician.opens_the_panel();
    technician.chooses("machine");
    let page = technician.until_page("machine");
    assert!(page["options"].as_array().unwrap().iter().any(|option| option["id"] == "carry"), "{page}");
    technician.chooses("network");
    let told = technician.until_that("the network", |shown| shown["page"] == "machine" && shown["lines"] != json!([]));
    assert!(told["lines"].to_string().contains("127.0.0.1"), "{told}");
    // this machine has no stick, or one that is not ours to write to: either way it is said
    technician.chooses("log");
    technician.until_that("the warnings", |shown| shown["news"].is_null() && shown["lines"][0]["name"] == "");

    technician.chooses("restart");
    technician.until_that("the question", |shown| shown["asks"] == "restart");
    assert!(!asked.exists(), "nothing before the yes");
    technician.chooses("yes");
    let refused = technician.until_news("not_halted");
    assert_eq!(refused["said"], "systemctl: Access denied");
    std::fs::remove_file(&refuses).unwrap();
    technician.chooses("power_off");
    technician.until_that("the question", |shown| shown["asks"] == "power_off");
    technician.chooses("yes");
    technician.until_news("halting");
    assert_eq!(std::fs::read_to_string(&asked).unwrap(), "poweroff\n");
    technician.leaves();
    technician.goes_for_good();
    let desk = journal(&trade, &["desk"]);
    assert!(
        desk.contains("Ana Técnica mandou reiniciar a máquina") && desk.contains("mandou desligar a máquina"),
        "{desk}"
    );
    assert!(journal(&trade, &["verify"]).contains("íntegro"));
}
