//! The site's file, the fragments beside it and the environment: which one counts, and where each value comes from.

use crate::site::{Site, Told};

fn origin(shown: &str, key: &str) -> String {
    let begins = format!("{key} = ");
    let line = shown.lines().find(|line| line.starts_with(&begins)).unwrap_or_else(|| panic!("{key}: {shown}"));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_value_says_where_it_comes_from() {
    let site = Site::new();
    site.file("conf.d/20-loja.toml", "[printer]\nbaud = 38400\ncut = \"none\"\n");
    site.file("conf.d/10-rede.toml", "[printer]\nbaud = 9600\n");
    site.file("conf.d/.editor.toml", "[printer]\nbaud = 1\n");
    site.file("conf.d/leia-me.txt", "no TOML");
    let mut command = site.totem(&["config", "show", "--origins"]);
    command.env("TOTEM__PRINTER__COLUMNS", "42").env("TOTEM__TOTEM__NAME", "LOJA-02");
    let told = Told::of(command.output().unwrap());
    assert_eq!(told.status, 0, "{told:?}");
    let dir = site.dir().display();
    for (key, line) in [
        ("printer.baud", format!("printer.baud = 38400 # {dir}/conf.d/20-loja.toml:2:1")),
        ("printer.cut", format!("printer.cut = \"none\" # {dir}/conf.d/20-loja.toml:3:1")),
        ("printer.columns", "printer.columns = 42 # variável TOTEM__PRINTER__COLUMNS".to_owned()),
        ("totem.name", "totem.name = \"LOJA-02\" # variável TOTEM__TOTEM__NAME".to_owned()),
        ("printer.job_deadline_s", "printer.job_deadline_s = 180 # padrão".to_owned()),
        ("journey.warn_after_s", "journey.warn_after_s = 45 # padrão".to_owned()),
        ("erp.webservice_cliente.write_off[2].method", {
            format!("erp.webservice_cliente.write_off[2].method = \"credit\" # {dir}/totem.toml:27:1")
        }),
    ] {
        assert_eq!(origin(&told.out, key), line);
    }
    let password = origin(&told.out, "erp.webservice_cliente.password.file");
    assert!(password.contains("erp-senha"), "{password}");
    assert!(!told.out.contains("s3nha"), "{}", told.out);
    assert!(!told.out.contains("erp.hubsoft"), "what is not there has no defaults: {}", told.out);
}

#[test]
fn a_mistake_is_told_in_the_layer_that_has_it() {
    let site = Site::new();
    site.file("conf.d/10.toml", "[printer]\nbaud = 9600\nflow = \"dtr\"\n");
    let mut command = site.totem(&["config", "check"]);
    command
        .env("TOTEM__PRINTER__CUT", "meio")
        .env("TOTEM__JOURNEY__BILLS_PER_PAGE", "9")
        .env("TOTEM__PRINTR__BAUD", "1");
    let told = Told::of(command.output().unwrap());
    assert_eq!(told.status, 2);
    let dir = site.dir().display();
    for sentence in [
        format!(
            "{dir}/conf.d/10.toml:3:8: valor desconhecido `dtr`; esperava uma destas: `none`, `rts_cts`, `xon_xoff`"
        ),
        "variável TOTEM__PRINTER__CUT: valor desconhecido `meio`".to_owned(),
        "variável TOTEM__JOURNEY__BILLS_PER_PAGE: deve ficar entre 1 e 8".to_owned(),
        "variável TOTEM__PRINTR__BAUD: chave desconhecida `printr`; quis dizer `printer`?".to_owned(),
        "erros: 4".to_owned(),
    ] {
        assert!(told.err.contains(&sentence), "{sentence}: {}", told.err);
    }
}

#[test]
fn a_fragment_that_cannot_be_read_keeps_everything_from_starting() {
    let site = Site::new();
    std::fs::create_dir_all(site.path("conf.d/10.toml")).unwrap();
    let told = site.checked();
    assert!(told.status == 2 && told.err.contains("conf.d/10.toml"), "{told:?}");
}

#[test]
fn an_environment_that_names_no_key_is_told() {
    let site = Site::new();
    let mut command = site.totem(&["config", "check"]);
    command.env("TOTEM__PRINTER__", "1");
    let told = Told::of(command.output().unwrap());
    assert!(told.status == 2 && told.err.contains("o nome deve ser TOTEM__TABELA__CHAVE"), "{told:?}");
}
