mod brand;
mod erp;

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
    assert_eq!(config.payment, crate::config::PaymentChoices::default());
    assert_eq!(config.printer, Some(crate::printer::Settings::default()));
    assert_eq!(config.advanced, Advanced::default());
    assert_eq!(config.advanced.rhythm(), crate::runtime::Rhythm::default());
}

#[test]
fn a_misspelt_key_is_shown_where_it_stands_with_what_was_expected() {
    let shown = mistake(|text| text.replace("# baud = 115200", "bauds = 115200"));
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
    let table: [(&str, &str, &str); 12] = [
        ("tax_id = \"11.222.333/0001-81\"", "tax_id = \"11.222.333/0001-82\"", "não é um CNPJ"),
        ("bills_per_page = 5", "bills_per_page = 0", "entre 1 e 8"),
        ("method = \"debit\"", "method = \"pix\"", "[[erp.webservice_cliente.write_off]] com method = \"debit\""),
        ("[tef.file_exchange]", "[nothing.file_exchange]", "chave desconhecida `nothing`"),
        ("erp_code = true", "erp_code = false", "[pix.static_key]"),
        ("watch_s = 3600", "watch_s = 0", "entre 0,05 s e um dia"),
        ("retry_s = [5, 30, 120, 600, 3600]", "retry_s = []", "entre 0,05 s e um dia"),
        ("sends_at_most = 12", "sends_at_most = 1", "entre 2 e 100"),
        ("call_person_after_min = 60", "call_person_after_min = 0", "entre 5 e 1440"),
        ("pix_looks_per_minute = 60", "pix_looks_per_minute = 1", "entre 30 e 600"),
        ("late_looks_s = [60, 300, 1800, 86400]", "late_looks_s = []", "late_looks_s"),
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

/// The shipped file with CliSiTef's tables in force instead of the file exchange's.
fn with_clisitef(text: &str) -> String {
    let from = text.find("[tef.file_exchange]").unwrap();
    let example = from + text[from..].find("# [tef.clisitef]").unwrap();
    let to = example + text[example..].find("\n\n").unwrap();
    let tables: Vec<&str> = text[example..to].lines().map(|line| line.trim_start_matches('#').trim_start()).collect();
    format!("{}{}{}", &text[..from], tables.join("\n"), &text[to..])
}

#[test]
fn clisitef_is_taken_as_the_example_writes_it() {
    let (_password, text) = with_password(WHOLE);
    let config = parse(&with_clisitef(&text), Path::new("totem.toml")).unwrap();
    let settings = config.tef.clisitef.unwrap();
    assert!(config.tef.file_exchange.is_none());
    assert_eq!(settings.restrictions, crate::tef::clisitef::Restrictions::default());
    let least = format!(
        "library = {:?}\naddress = {:?}\nstore = {:?}\nterminal = {:?}\nstate_dir = {:?}",
        settings.library, settings.address, settings.store, settings.terminal, settings.state_dir
    );
    assert_eq!(settings, toml::from_str(&least).unwrap(), "what is written is what is usual");
}

#[test]
fn what_is_wrong_with_clisitef_is_told_where_it_stands() {
    for (right, wrong, told) in [
        ("TT000001", "TT1", "o terminal tem 2 letras e 6 dígitos"),
        ("store = \"00000000\"", "store = \"1\"", "o código da loja tem 8 dígitos"),
        ("# methods = [\"pix\", ", "methods = [\"pix\", \"wallet\", ", "mostrariam dois códigos"),
        (
            "# methods = [\"pix\", ",
            "methods = [\"wallet\", ",
            "acrescente [[erp.webservice_cliente.write_off]] com method = \"wallet\"",
        ),
    ] {
        let shown = mistake(|text| {
            let text = with_clisitef(&text);
            assert!(text.contains(right), "{right}");
            text.replace(right, wrong)
        });
        assert!(shown.contains(told), "{wrong}: {shown}");
    }
    let shown = mistake(|text| {
        text.replace("# [tef.clisitef]\n", "[tef.clisitef]\nlibrary = \"/l.so\"\naddress = \"a\"\nstore = \"00000001\"\nterminal = \"TT000001\"\nstate_dir = \"/s\"\n")
    });
    assert!(shown.contains("só um TEF de cada vez"), "{shown}");
    let shown = mistake(|text| {
        text.replace("# methods = [\"pix\", ", "methods = [\"wallet\", ").replace("\"paygo\"   ", "\"tef-dial\"")
    });
    assert!(shown.contains("só existe no dialeto \"paygo\""), "{shown}");
}

/// The shipped file with the bank's example tables in force.
fn with_bank(text: &str, folder: &Path) -> String {
    let made = rcgen::generate_simple_self_signed(vec!["totem".to_owned()]).unwrap();
    let file = |name: &str, content: &str| {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.join(name);
        std::fs::write(&path, content).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path.display().to_string()
    };
    let (pem, key) = (file("pix.pem", &made.cert.pem()), file("pix.key", &made.signing_key.serialize_pem()));
    let wanted = |line: &&str| {
        ["preset", "client_id", "certificate", "key", "name", "city"]
            .iter()
            .any(|name| line.strip_prefix("# ").is_some_and(|rest| rest.starts_with(&format!("{name} = "))))
    };
    let from = text.find("# [[pix.bank]]").unwrap();
    let to = from + text[from..].find("\n\n").unwrap();
    let table: Vec<&str> = text[from..to].lines().filter(wanted).map(|line| &line[2..]).collect();
    let row =
        "[[erp.webservice_cliente.write_off]]\nmethod = \"pix\"\nid_forma_pagamento = 4\nid_conta_financeira = 3\n";
    format!("{}\n[[pix.bank]]\n{}\n\n{row}{}", &text[..from], table.join("\n"), &text[to..])
        .replace("/etc/totem/pix.pem", &pem)
        .replace("/etc/totem/pix.key", &key)
}

#[test]
fn a_bank_is_taken_as_the_example_writes_it_and_charges_several_bills() {
    let (_password, text) = with_password(WHOLE);
    let folder = tempfile::tempdir().unwrap();
    let config = parse(&with_bank(&text, folder.path()), Path::new("totem.toml")).unwrap();
    assert_eq!(config.pix.bank.len(), 1);
    assert_eq!(config.pix.bank[0].id(), "sicoob");
    assert!(!config.journey_settings().offered.pix_single_bill);
    let (_password, text) = with_password(WHOLE);
    let without = parse(&text, Path::new("totem.toml")).unwrap();
    assert!(without.journey_settings().offered.pix_single_bill);
    assert_eq!(without.pix.prefer, Prefer::Erp);
}

#[test]
fn what_is_wrong_with_a_bank_is_told_before_a_customer_stands_there() {
    let folder = tempfile::tempdir().unwrap();
    for (right, wrong, told) in [
        ("preset = \"sicoob\"", "preset = \"banco_x\"", "não há preset \"banco_x\""),
        ("preset = \"sicoob\"", "preset = \"efi\"", "falta `client_secret`"),
        ("preset = \"sicoob\"", "preset = \"sicoob\"\nid = \"erp_code\"", "já é o nome de outro provedor"),
        ("preset = \"sicoob\"", "preset = \"sicoob\"\nexpires_in_s = 5", "entre 60 e 86400 segundos"),
        ("certificate = {", "authorities = \"/nowhere\"\ncertificate = {", "/nowhere cannot be read"),
        ("pix.pem", "pix.key", "no CERTIFICATE"),
        ("pix.key", "no.key", "não consegui ler"),
        ("certificate = {", "query = { a = { file = \"/nowhere\" } }\ncertificate = {", "não consegui ler /nowhere"),
        ("certificate = { pem", "certificate = { pfx", "falta `certificate.pem with certificate.key"),
        ("method = \"pix\"", "method = \"credit\"", "method = \"pix\""),
        ("city = \"CIDADE EXEMPLO\"", "city = \"\"", "não formam um código PIX"),
    ] {
        let shown = mistake(|text| {
            let text = with_bank(&text, folder.path());
            assert!(text.contains(right), "{right}");
            text.replace(right, wrong)
        });
        assert!(shown.contains(told), "{wrong}: {shown}");
    }
    let shown = mistake(|text| text.replace("prefer = \"erp\"", "prefer = \"bank\""));
    assert!(shown.contains("pix.prefer") || shown.contains("precisa da tabela [[pix.bank]]"), "{shown}");
}

#[test]
fn who_writes_off_decides_what_may_be_on_the_screen() {
    let shown = mistake(|text| text.replace("write_off = \"api\"", "write_off = \"erp\""));
    assert!(shown.contains("tire \"debit\" e \"credit\""), "{shown}");
    let only_the_erps = |text: String| {
        text.replace("write_off = \"api\"", "write_off = \"erp\"")
            .replace("# methods = [\"pix\", \"debit\", \"credit\", \"boleto\"]", "methods = [\"boleto\"]")
    };
    let key = "\n[pix.static_key]\nkey = \"totem@provedor.example\"\nname = \"PROVEDOR\"\ncity = \"BELEM\"\n";
    let shown = mistake(|text| only_the_erps(text) + key);
    assert!(shown.contains("\"erp\" mostra só o PIX do ERP"), "{shown}");
    let (_password, text) = with_password(WHOLE);
    assert!(parse(&only_the_erps(text.clone()), Path::new("totem.toml")).is_ok());
    // what a person writes off needs no rows
    let by_hand = text
        .replace("write_off = \"api\"", "write_off = \"by_hand\"")
        .replace("method = \"debit\"", "method = \"pix\"");
    let config = parse(&by_hand, Path::new("totem.toml")).unwrap();
    assert_eq!(config.payment.rules(config.tef.driver()).write_off, crate::payment::WriteOffBy::ByHand);
}

#[test]
fn a_pin_comes_from_its_file_and_what_is_no_pin_is_told() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let with_pin = |text: String| format!("{text}\n[technician]\npin = {{ file = {:?} }}\n", file.path());
    std::fs::write(file.path(), "482915\n").unwrap();
    let shown = mistake(with_pin);
    assert!(shown.contains("PIN do técnico: linha 1") && shown.contains("set-pin"), "{shown}");
    assert!(!shown.contains("482915"), "{shown}");

    let mut pins = crate::technician::Pins::default();
    pins.set("Ana", &crate::domain::Typed::new("482915".to_owned())).unwrap();
    std::fs::write(file.path(), pins.text()).unwrap();
    let (_password, text) = with_password(WHOLE);
    assert!(!parse(&text, Path::new("totem.toml")).unwrap().journey_settings().service_pin);
    let config = parse(&with_pin(text), Path::new("totem.toml")).unwrap();
    assert!(config.journey_settings().service_pin);
    assert_eq!(config.technician.pin, Some(pins));
}

#[test]
fn what_is_kept_has_a_limit_or_none() {
    let (_password, text) = with_password(WHOLE);
    assert_eq!(parse(&text, Path::new("totem.toml")).unwrap().journal.months(), Some(60));
    let text = text.replace("keep_months = 60", "keep_months = 0");
    assert_eq!(parse(&text, Path::new("totem.toml")).unwrap().journal.months(), None);
    assert!(mistake(|text| text.replace("keep_months = 60", "keep_months = 601")).contains("entre 1 e 600 meses"));
}

#[test]
fn a_carteira_that_goes_to_nobody_is_told() {
    let (_password, text) = with_password(WHOLE);
    let with = |row: &str| text.replace("# [pix.by_identifier]", &format!("[pix.by_identifier]\n{row}"));
    assert!(parse(&with("\"1\" = \"erp_code\""), Path::new("t.toml")).is_ok());
    let shown = parse(&with("\"1\" = \"sicoob\""), Path::new("t.toml")).unwrap_err().to_string();
    assert!(shown.contains("\"sicoob\" não é o nome de um provedor de PIX daqui; há: erp_code"), "{shown}");
}
