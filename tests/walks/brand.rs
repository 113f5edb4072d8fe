//! The shop's own look on the real program: worn when nobody is served, on screen and paper; hostile, and nobody notices.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;
use totem::domain::calendar;

use crate::trade::customer::Customer;
use crate::trade::process::Process;
use crate::trade::{MARIA, PEDRO, Trade};

pub fn wears(trade: &Trade, text: &str) {
    std::fs::create_dir_all(trade.path("brand")).unwrap();
    std::fs::write(trade.path("brand/brand.toml"), text).unwrap();
}

fn is_told(customer: &Customer, what: &str, times: usize) {
    customer.totem.until_log(what, |log| log.iter().filter(|line| line.contains(what)).count() >= times);
}

fn check(trade: &Trade) -> (Option<i32>, String) {
    let config = trade.path("totem.toml");
    std::fs::write(&config, trade.configuration()).unwrap();
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_totem")).args(["config", "check", "--config"]).arg(config).output().unwrap();
    (status.code(), String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr))
}

/// An hour of every day that is far from now.
fn hours() -> String {
    let hour = (calendar::sao_paulo(jiff::Timestamp::now()).hour() + 6) % 23;
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let lines = days.map(|day| format!("{day} = [\"{hour:02}:00-{hour:02}:59\"]\n"));
    format!("[hours]\n{}", lines.concat())
}

#[test]
fn a_shop_that_closes_serves_whoever_is_there_and_then_says_when_it_opens() {
    let trade = Trade::open().with_a_technician();
    let mut customer = trade.totem();
    customer.wants_to_pay(&MARIA, 90);
    wears(&trade, &format!("name = \"Fibra Feliz\"\nhelp_phone = \"0800 111 2222\"\n{}", hours()));
    customer.totem.hang_up();
    is_told(&customer, "vale assim que ninguém estiver sendo atendido", 1);
    customer.pays_by("debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.taps("leave");
    let closed = customer.until("closed");
    assert_eq!(
        (&closed["code"], &closed["why"], &closed["actions"]),
        (&json!("H1"), &json!("hours"), &json!(["service"]))
    );
    assert!(closed["opens"]["at"].is_string() && closed.get("since").is_none(), "{closed}");
    assert!(closed["message"].as_str().unwrap().contains("Abrimos"), "{closed}");
    assert_eq!(customer.is_refused(json!({"do": "type", "text": PEDRO.cpf})), "type");
    // the technician gets in
    customer.opens_the_panel();
    customer.taps("leave");
    customer.until("closed");

    wears(&trade, "name = \"Fibra Feliz\"\nhelp_phone = \"0800 111 2222\"\n");
    customer.totem.hang_up();
    is_told(&customer, "a configuração nova está em vigor", 2);
    customer.until("identify");
    customer.pays(&PEDRO, 5000, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    customer.goes_for_good();
    let papers = trade.papers();
    assert!(!papers[0].contains("Fibra Feliz") && papers[0].contains("0800 000 0000"), "{}", papers[0]);
    assert!(papers[1].contains("Fibra Feliz") && papers[1].contains("Ligue 0800 111 2222"), "{}", papers[1]);
    assert!(papers[1].contains("Provedor Exemplo Internet Ltda"), "whoever is paid stands there too");
    assert_eq!(trade.sales(), ["confirmed", "confirmed"]);
    trade.books_are_clean();
}

/// Everything that a folder can hold and a totem must not wait for.
pub fn hostile(folder: &Path) {
    let media = folder.join("media");
    std::fs::create_dir_all(&media).unwrap();
    for fifo in [media.join("fifo.png"), folder.join("logo.png")] {
        assert!(Command::new("mkfifo").arg(fifo).status().unwrap().success());
    }
    std::os::unix::fs::symlink("/dev/zero", media.join("zero.png")).unwrap();
    std::fs::write(media.join("video.mp4"), b"\0\0\0\x20ftypisom").unwrap();
    std::fs::File::create(media.join("enorme.png")).unwrap().set_len(1 << 40).unwrap();
}

#[test]
fn a_hostile_folder_is_told_of_and_holds_up_no_payment() {
    let trade = Trade::open();
    wears(&trade, "name = \"Fibra Feliz\"\n[colours]\nbrand = \"#ff8800\"\n[hours]\nmonday = [\"18:00-08:00\"]\n");
    hostile(&trade.path("brand"));
    let (status, told) = check(&trade);
    assert_eq!(status, Some(1), "the totem opens without it: {told}");
    for part in [
        "brand.toml:3:1: o texto on_brand (#ffffff) sobre brand (#ff8800) tem contraste 2,",
        "brand.toml:5:1: o fim vem antes do começo",
        "brand/media/enorme.png: tem 1073741824 KB e o limite é 8192 KB",
        "brand/media/fifo.png: não é um arquivo comum",
        "brand/media/video.mp4: não é uma imagem PNG nem JPEG",
        "brand/media/zero.png: é um atalho",
        "brand/logo.png: não é um arquivo comum",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
    let mut customer = trade.totem();
    customer.totem.hang_up();
    customer.pays(&MARIA, 90, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("nenhuma cor desta pasta é usada")), "{log:?}");
    assert!(trade.papers()[0].contains("Fibra Feliz"), "what is fit is worn");
    assert_eq!(trade.sales(), ["confirmed"]);
    trade.books_are_clean();
    // without the text file's mistakes there are warnings left, and without the folder there is nothing to tell
    wears(&trade, "");
    assert_eq!(check(&trade).0, Some(1));
    std::fs::remove_dir_all(trade.path("brand")).unwrap();
    assert_eq!(check(&trade).0, Some(0), "{}", check(&trade).1);
}

#[test]
fn a_reader_that_goes_away_ends_a_printing_command_without_a_word() {
    let trade = Trade::open();
    std::fs::write(trade.path("totem.toml"), trade.configuration()).unwrap();
    let mut totem = trade.totem();
    totem.pays(&MARIA, 90, "debit");
    totem.until_that("the write-off", |shown| shown["write_off"] == "settled");
    totem.goes_for_good();
    let (config, state) = (trade.path("totem.toml"), trade.path("totem"));
    let (config, state) = (config.to_str().unwrap(), state.to_str().unwrap());
    for arguments in [
        vec!["config", "show", "--config", config],
        vec!["config", "schema"],
        vec!["config", "example"],
        vec!["erp", "lookups", "--config", config],
        vec!["erp", "probe", "--config", config],
        vec!["doctor", "--config", config],
        vec!["printer", "profiles"],
        vec!["journal", "--state", state, "list"],
        vec!["journal", "--state", state, "export", "--format", "csv"],
        vec!["inspect", "taxid", MARIA.cpf],
        vec!["--help"],
    ] {
        let closed = std::process::Stdio::from(closed_pipe());
        let done = Command::new(env!("CARGO_BIN_EXE_totem"))
            .args(&arguments)
            .stdin(std::process::Stdio::null())
            .stdout(closed)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(!said.contains("panicked") && !said.contains("Broken pipe"), "{arguments:?}: {said}");
        assert!(arguments == ["--help"] || done.status.code() == Some(141), "{arguments:?}: {:?} {said}", done.status);
    }
    let mut bundle = Process::start("bundle", &["support-bundle", "/nenhuma/pasta/x.tar", "--config", config]);
    assert!(!bundle.ended("a folder that is not there").success());
}

/// The end of a pipe that nobody reads.
fn closed_pipe() -> std::io::PipeWriter {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer
}
