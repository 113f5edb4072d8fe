use std::path::Path;

use super::*;

const WHOLE: &str = include_str!("../../config/totem.toml");

fn with_password(text: &str) -> (tempfile::NamedTempFile, String) {
    let password = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(password.path(), "s3nha").unwrap();
    let text = text.replace("/etc/totem/erp-senha", &password.path().display().to_string());
    (password, text)
}

fn mistake(change: impl Fn(String) -> String) -> String {
    let (_password, text) = with_password(WHOLE);
    parse(&change(text), Path::new("totem.toml")).unwrap_err().to_string()
}

#[test]
fn the_file_that_we_ship_is_right() {
    let (_password, text) = with_password(WHOLE);
    let config = parse(&text, Path::new("totem.toml")).unwrap();
    assert_eq!(config.journey, JourneyChoices::default());
    assert_eq!(config.screen, Screen::default());
    assert_eq!(config.payment, crate::payment::Rules::default());
    assert_eq!(config.printer, Some(crate::printer::Settings::default()));
    assert_eq!(config.advanced, Advanced::default());
    assert_eq!(config.advanced.rhythm(), crate::runtime::Rhythm::default());
}

#[test]
fn a_misspelt_key_is_shown_where_it_stands_with_what_was_expected() {
    let shown = mistake(|text| text.replace("baud = 115200", "bauds = 115200"));
    assert!(shown.contains("chave desconhecida `bauds`"), "{shown}");
    assert!(shown.contains("`baud`") && shown.contains("| bauds = 115200") && shown.contains("totem.toml:"), "{shown}");
}

#[test]
fn a_word_where_a_number_belongs_names_line_and_column() {
    let (_password, text) = with_password("[totem]\nname = \"T1\"\nlanguage = \"fr\"\n");
    let shown = parse(&text, Path::new("t.toml")).unwrap_err().to_string();
    assert!(shown.starts_with("t.toml:3:12: valor desconhecido `fr`"), "{shown}");
}

#[test]
fn what_no_shape_can_check_is_checked_too() {
    let table: [(&str, &str, &str); 8] = [
        ("tax_id = \"11.222.333/0001-81\"", "tax_id = \"11.222.333/0001-82\"", "não é um CNPJ"),
        ("bills_per_page = 5", "bills_per_page = 0", "entre 1 e 8"),
        ("method = \"debit\"", "method = \"pix\"", "[[erp.webservice_cliente.write_off]] com method = \"debit\""),
        ("[tef.file_exchange]", "[nothing.file_exchange]", "chave desconhecida `nothing`"),
        ("erp_code = true", "erp_code = false", "[pix.static_key]"),
        ("watch_s = 3600", "watch_s = 0", "entre 0,05 s e um dia"),
        ("retry_s = [5, 30, 120, 600, 3600]", "retry_s = []", "entre 0,05 s e um dia"),
        ("name = \"LOJA-01\"", "name = \" \"", "o totem precisa de um nome"),
    ];
    for (right, wrong, told) in table {
        assert!(WHOLE.contains(right), "{right}");
        let shown = mistake(|text| text.replace(right, wrong));
        assert!(shown.contains(told), "{wrong}: {shown}");
        assert!(shown.contains("nada foi iniciado"), "{shown}");
    }
}

#[test]
fn every_mistake_of_that_kind_is_told_at_once() {
    let shown = mistake(|text| {
        text.replace("bills_per_page = 5", "bills_per_page = 9").replace("warn_after_s = 45", "warn_after_s = 1")
    });
    assert!(shown.contains("entre 1 e 8") && shown.contains("não dá tempo"), "{shown}");
}

#[test]
fn a_secret_never_stands_in_the_file() {
    let shown = mistake(|text| {
        let from = text.find("password = ").unwrap();
        let to = from + text[from..].find('\n').unwrap();
        format!("{}password = \"s3nha\"{}", &text[..from], &text[to..])
    });
    assert!(shown.contains("um segredo não fica neste arquivo"), "{shown}");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    assert!(load(Path::new("/nowhere/totem.toml")).unwrap_err().to_string().contains("/nowhere/totem.toml"));
}
