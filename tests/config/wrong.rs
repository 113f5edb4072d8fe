//! Wrong configurations, and word for word what is told of each: `tests/fixtures/config/wrong.txt`.
//!
//! `#` begins a case, `-` lines of the right file give way to `+` lines (which stand at its end where none does), and
//! `=` is what the technician reads. `TOTEM_BLESS=1` writes the answers anew, to be read before they are committed.

use std::path::Path;

use crate::site::Site;

const CASES: &str = "tests/fixtures/config/wrong.txt";

/// A definition of the site's own.
const HOUSE: &str = r#"name = "Casa"

[needs]
base_url = "o endereço"
frase = { is = "a frase da casa", secret = true }
lugar_do_token = "o cabeçalho que leva a frase"

[sign_in]
kind = "header"
headers = { "$lugar_do_token" = "{{ values.frase }}" }

[operation.info_cliente]
path = "/cliente"
query = { doc = "{{ document }}" }
read = '{customer: {id: .id, name: .nome}}'

[operation.listar_faturas]
path = "/faturas/{{ customer.id }}"
read = '[]'

[operation.baixa_boleto]
method = "POST"
path = "/baixa/{{ bill.id }}"
applied = '.ok'
"#;

struct Case {
    head: String,
    gives_way: String,
    comes: String,
    told: String,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        let (sign, rest) = line.split_at(1);
        let rest = format!("{}\n", rest.strip_prefix(' ').unwrap_or(rest));
        if sign == "#" {
            let head = rest.trim().to_owned();
            cases.push(Case { head, gives_way: String::new(), comes: String::new(), told: String::new() });
            continue;
        }
        let case = cases.last_mut().expect("a case begins with #");
        match sign {
            "-" => case.gives_way += &rest,
            "+" => case.comes += &rest,
            "=" => case.told += &rest,
            other => panic!("{other}: {line}"),
        }
    }
    cases
}

fn told(site: &Site, case: &Case) -> String {
    let right = site.right();
    let (gives_way, comes) = (site.placed(&case.gives_way), site.placed(&case.comes));
    assert!(right.contains(&gives_way), "{}: the right file has no\n{gives_way}", case.head);
    let wrong = if gives_way.is_empty() { right + "\n" + &comes } else { right.replacen(&gives_way, &comes, 1) };
    match totem::config::parse(&wrong, Path::new("totem.toml")) {
        Ok(_) => "nada\n".to_owned(),
        Err(error) => {
            let text = format!("{error}\n").replace(&site.dir().display().to_string(), "{dir}");
            text.replace("nada foi iniciado: corrija o arquivo e tente de novo\n", "")
        }
    }
}

#[test]
fn every_wrong_file_is_told_word_for_word() {
    let site = Site::new();
    site.secret("vazio", "\n");
    site.file("aberto", "s3nha");
    site.file("erp-da-casa.toml", HOUSE);
    let text = std::fs::read_to_string(CASES).unwrap();
    let cases = cases(&text);
    assert!(cases.len() >= 50, "{}", cases.len());
    if std::env::var_os("TOTEM_BLESS").is_some() {
        let lines = |sign: &str, text: &str| text.lines().map(|line| format!("{sign} {line}\n")).collect::<String>();
        let blessed = cases.iter().map(|case| {
            let (away, comes) = (lines("-", &case.gives_way), lines("+", &case.comes));
            format!("# {}\n{away}{comes}{}", case.head, lines("=", &told(&site, case)))
        });
        std::fs::write(CASES, blessed.collect::<Vec<_>>().join("\n")).unwrap();
        return;
    }
    for case in &cases {
        assert_eq!(told(&site, case), case.told, "{}", case.head);
        assert_ne!(case.told, "nada\n", "{}: nothing is wrong", case.head);
        assert!(!case.told.contains("s3nha"), "{}: a secret is shown", case.head);
    }
}

#[test]
fn the_right_file_is_right() {
    let site = Site::new();
    totem::config::parse(&site.right(), Path::new("totem.toml")).unwrap_or_else(|error| panic!("{error}"));
}
