//! `totem printer` as a technician types it.

use std::process::{Command, Output};

use serde_json::json;

use crate::decoders;
use crate::desk::Desk;

fn totem(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_totem")).arg("printer").args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.clone(), output.stderr.clone()].concat()).unwrap()
}

fn port(desk: &Desk) -> String {
    desk.settings.port.to_str().unwrap().to_owned()
}

#[test]
fn the_profiles_are_listed_and_each_says_where_its_facts_are_from() {
    let list = totem(&["profiles"]);
    assert!(list.status.success());
    let list = said(&list);
    assert_eq!(list.lines().filter(|line| line.contains(" pontos, ")).count(), 13, "{list}");
    assert!(
        list.contains("epson_tm_t88") && list.contains("512 pontos, 42 colunas") && list.contains("não verificado")
    );
    let one = said(&totem(&["profiles", "daruma_dr800"]));
    assert!(one.contains("ACBrEscDaruma") && one.contains("sem as barras"), "{one}");
    let none = totem(&["profiles", "epson"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(said(&none).contains("não há perfil com este nome; há: generic_80mm"));
}

#[test]
fn a_probe_finds_out_what_stands_there_and_prints_nothing() {
    for (profile, told) in [
        ("epson_tm_t20x", ["profile = \"epson_tm_t20x\"", "proof = \"process_id\""]),
        ("bematech_mp4200_esc_bema", ["profile = \"bematech_mp4200\"", "proof = \"watched\""]),
        ("daruma_dr800", ["profile = \"daruma_dr800\"", "proof = \"watched\""]),
        ("elgin_vip", ["profile = \"elgin_vip\"", "proof = \"watched\""]),
        ("custom_vkp80iii", ["profile = \"custom_vkp80iii\"", "proof = \"ticket\""]),
    ] {
        let desk = Desk::of(profile);
        let output = totem(&["probe", "--port", &port(&desk)]);
        let text = said(&output);
        assert!(output.status.success(), "{profile}: {text}");
        assert!(told.iter().all(|line| text.contains(line)) && text.contains("agora: pronta"), "{profile}: {text}");
        assert_eq!((desk.papers().len(), desk.count("lines")), (0, 0), "{profile} printed");
    }
}

#[test]
fn a_probe_of_what_does_not_answer_says_what_to_look_at() {
    let desk = Desk::with("epson_tm_t20x", |options| options.tcp = Some("127.0.0.1:0".parse().unwrap()));
    desk.order(&json!({"mute": true}));
    let output = totem(&["probe", "--port", &port(&desk)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nada que se entenda"), "{}", said(&output));
    desk.unplug();
    let output = totem(&["probe", "--port", &port(&desk)]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("a porta não existe"), "{}", said(&output));
}

#[test]
fn the_test_page_shows_width_accents_code_and_bars() {
    let desk = Desk::of("epson_tm_t20x");
    let output = totem(&["test", "--port", &port(&desk), "--profile", "epson_tm_t20x"]);
    assert!(output.status.success() && said(&output).contains("saiu: a impressora confirmou"), "{}", said(&output));
    let page = desk.papers().remove(0);
    let ruler = "123456789012345678901234567890123456789012345678";
    assert!(page.lines().any(|line| line == ruler), "{page}");
    assert!(page.contains("Acentos: á à â ã ç") && page.contains("o papel deve ser cortado"), "{page}");
    decoders::assert_file_reads(&desk.picture(1), "TESTE DE IMPRESSAO", Some(&"0".repeat(44)));
    desk.is_clean();
    desk.order(&json!({"cover_open": true}));
    let output = totem(&["test", "--port", &port(&desk)]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("nada foi enviado: a tampa está aberta"), "{}", said(&output));
}

#[test]
fn what_is_typed_wrong_is_told() {
    let wrong = totem(&["test", "--port", "/dev/null", "--profile", "nada"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(said(&wrong).contains("não há perfil com este nome"), "{}", said(&wrong));
    let nowhere = totem(&["status", "--port", "/nowhere/lp0"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(said(&nowhere).contains("a porta não existe"), "{}", said(&nowhere));
    assert_eq!(totem(&["status", "--config", "/nowhere/totem.toml"]).status.code(), Some(2));
}
