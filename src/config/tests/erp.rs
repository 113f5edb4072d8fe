//! Which ERP the file names, whether it can serve, and what its examples say.

use super::*;

#[test]
fn a_table_that_names_only_some_cards_is_warned_of_and_one_that_names_all_is_not() {
    let (_password, text) = with_password(WHOLE);
    let config = parse(&text, Path::new("totem.toml")).unwrap();
    assert_eq!(config.warnings(), Vec::<String>::new());
    let narrow = text.replacen("method = \"debit\"", "method = \"debit\"\nnetwork = \"STONE\"", 1);
    let warnings = parse(&narrow, Path::new("totem.toml")).unwrap().warnings();
    assert!(
        warnings.len() == 1
            && warnings[0].contains("[[erp.webservice_cliente.write_off]]")
            && warnings[0].contains("debit"),
        "{warnings:?}"
    );
}

/// An ERP that can do nothing but what it is told.
struct Only(&'static [crate::erp::Capability]);

impl crate::erp::Changes for Only {}

impl crate::erp::Erp for Only {
    fn name(&self) -> &str {
        "Mudo"
    }

    fn supports(&self, capability: crate::erp::Capability) -> crate::erp::Support {
        if self.0.contains(&capability) { crate::erp::Support::Yes } else { crate::erp::Support::No }
    }

    fn account<'a>(&'a self, _: &'a crate::domain::TaxId) -> crate::erp::Reply<'a, Option<crate::domain::Account>> {
        Box::pin(async { Ok(None) })
    }

    fn factors<'a>(&'a self, _: &'a crate::domain::CustomerId) -> crate::erp::Reply<'a, crate::domain::Factors> {
        Box::pin(async { Ok(crate::domain::Factors::default()) })
    }

    fn invoice<'a>(&'a self, _: &'a crate::domain::BillRef) -> crate::erp::Reply<'a, crate::domain::InvoiceState> {
        Box::pin(async { Ok(crate::domain::InvoiceState::Gone) })
    }

    fn boleto<'a>(&'a self, _: &'a crate::domain::BillRef) -> crate::erp::Reply<'a, Option<crate::domain::Boleto>> {
        Box::pin(async { Ok(None) })
    }

    fn pix_code<'a>(&'a self, _: &'a crate::domain::BillRef) -> crate::erp::Reply<'a, Option<String>> {
        Box::pin(async { Ok(None) })
    }

    fn pdf<'a>(&'a self, _: &'a crate::domain::BillRef) -> crate::erp::Reply<'a, Vec<u8>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn write_off<'a>(&'a self, _: &'a crate::erp::WriteOff) -> crate::erp::Reply<'a, crate::domain::WriteOffOutcome> {
        Box::pin(async { Ok(crate::domain::WriteOffOutcome::Applied) })
    }
}

#[test]
fn an_erp_that_cannot_serve_this_totem_is_refused_with_the_reason() {
    use crate::erp::Capability::{Account, Factors, Invoice};
    let (_password, text) = with_password(WHOLE);
    let config = parse(&text, Path::new("totem.toml")).unwrap();
    assert_eq!(config.unfit(&Only(&[Account, Invoice, Factors])), Vec::<String>::new());
    for (can, why) in [
        (&[Invoice, Factors][..], "não sabe procurar um cliente"),
        (&[Account, Factors][..], "não sabe reler uma fatura"),
        (&[Account, Invoice][..], "use verify = \"none\""),
    ] {
        let unfit = config.unfit(&Only(can));
        assert!(unfit.len() == 1 && unfit[0].contains(why) && unfit[0].contains("Mudo"), "{unfit:?}");
    }
    let erp = config.erp.connect().unwrap();
    assert_eq!(config.unfit(erp.as_ref()), Vec::<String>::new(), "the shipped file's ERP serves it");
}

/// The file that we ship with the comment signs of one ERP's tables taken away, in the place of the other ERP.
fn with_hubsoft(change: impl Fn(String) -> String) -> Result<Config, String> {
    let secret = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(secret.path(), "s3nha").unwrap();
    let (before, erp) = WHOLE.split_once("[erp.webservice_cliente]").unwrap();
    let (_, hubsoft) = erp.split_once("# [erp.hubsoft]").unwrap();
    let (hubsoft, after) = hubsoft.split_once("# -----").unwrap();
    let hubsoft = format!("# [erp.hubsoft]{hubsoft}").replace("\n# ", "\n").replace("\n#\n", "\n\n");
    let hubsoft = hubsoft.trim_start_matches("# ").replace("/etc/totem/hubsoft-segredo", "SECRET");
    let credit = "[[erp.hubsoft.write_off]]\nmethod = \"credit\"\nid_caixa_financeiro = 8\nmeio_pagamento = \"x\"\n";
    let text = format!("{before}{hubsoft}{credit}\n# -----{after}").replace("/etc/totem/hubsoft-senha", "SECRET");
    let text = change(text).replace("SECRET", &secret.path().display().to_string());
    parse(&text, Path::new("totem.toml")).map_err(|error| error.to_string())
}

#[test]
fn the_other_erp_of_the_file_that_we_ship_is_right_too() {
    let settings = with_hubsoft(|text| text).unwrap().erp.hubsoft.unwrap();
    assert_eq!((settings.unlock_days, settings.write_off.len()), (Some(1), 2));
    assert_eq!(settings.token_file.as_deref(), Some(Path::new("/var/lib/totem/hubsoft-token")));
    let shown = with_hubsoft(|text| text.replace("method = \"debit\"", "method = \"pix\"")).unwrap_err();
    assert!(shown.contains("[[erp.hubsoft.write_off]] com method = \"debit\""), "{shown}");
    let twice = "[erp.webservice_cliente]\nurl = \"\"\nuser = \"\"\npassword = { file = \"SECRET\" }\n\n[erp.hubsoft]";
    let shown = with_hubsoft(|text| text.replace("[erp.hubsoft]", twice)).unwrap_err();
    assert!(shown.contains("erp.webservice_cliente, erp.hubsoft"), "{shown}");
}

/// The whole file with another ERP: one that is told, as the commented example of that preset has it, and changed.
fn told_by(preset: &str, change: impl Fn(String) -> String) -> Result<Config, Error> {
    let secret = tempfile::NamedTempFile::new().unwrap();
    told_with(preset, secret.path(), change)
}

fn told_with(preset: &str, secret: &Path, change: impl Fn(String) -> String) -> Result<Config, Error> {
    std::fs::write(secret, "s3nha").unwrap();
    let text = WHOLE.replace("/etc/totem/erp-senha", &secret.display().to_string());
    let (before, rest) = text.split_once("[erp.webservice_cliente]").unwrap();
    let (erp, after) = rest.split_once("[pix]\n").unwrap();
    let named = format!("# preset = \"{preset}\"");
    let examples = erp.split("# [erp.configured]\n").skip(1);
    let example =
        examples.map(|from| from.split("\n\n").next().unwrap()).find(|text| text.starts_with(&named)).unwrap();
    let lines = example.lines().map(|line| line.strip_prefix("# ").or(line.strip_prefix('#')).unwrap_or(line));
    let mut example = lines.collect::<Vec<_>>().join("\n");
    let row = example.rsplit_once("[[erp.configured.write_off]]").unwrap().1.to_owned();
    while let Some((before, rest)) = example.split_once("\"/etc/totem/") {
        let (_, rest) = rest.split_once('"').unwrap();
        example = format!("{before}\"{}\"{rest}", secret.display());
    }
    let credit = format!("[[erp.configured.write_off]]{}\n", row.replace("\"debit\"", "\"credit\""));
    parse(&change(format!("{before}[erp.configured]\n{example}\n{credit}\n[pix]\n{after}")), Path::new("totem.toml"))
}

fn told(change: impl Fn(String) -> String) -> Result<Config, Error> {
    told_by("datacake", change)
}

const EXAMPLES: [&str; 6] = ["datacake", "ixc", "sgp", "rbx", "voalle", "mk_auth"];

#[test]
fn every_example_of_an_erp_that_is_told_can_be_started_with_and_serves_the_totem() {
    for preset in EXAMPLES {
        let secret = tempfile::NamedTempFile::new().unwrap();
        let config = told_with(preset, secret.path(), |text| text).unwrap_or_else(|error| panic!("{preset}: {error}"));
        let erp = config.erp.connect().unwrap_or_else(|error| panic!("{preset}: {error}"));
        assert_eq!(config.unfit(erp.as_ref()), Vec::<String>::new(), "{preset}");
        assert_eq!(erp.supports(crate::erp::Capability::WriteOff), crate::erp::Support::Unverified, "{preset}");
    }
}

#[test]
fn a_method_on_the_screen_without_a_row_starts_nothing_and_names_the_row_whatever_the_erp_is() {
    for (offered, row) in [("debit", "debit"), ("credit", "credit"), ("voucher", "voucher"), ("wallet", "wallet")] {
        let without = |text: String, table: &str| {
            let methods = text.lines().find(|line| line.starts_with("# methods = ")).unwrap().to_owned();
            let rows = text.replace(&format!("method = \"{row}\""), "method = \"pix\"");
            assert!(rows.contains(&format!("[[{table}]]")), "{table}");
            rows.replace(&methods, &format!("methods = [\"{offered}\", \"boleto\"]"))
        };
        let named = |shown: &str, table: &str| {
            let sentence = format!("\"{offered}\" está na tela e não tem linha de baixa: acrescente [[{table}]]");
            assert!(shown.contains(&sentence) && shown.contains("nada foi iniciado"), "{table}: {shown}");
        };
        let table = "erp.webservice_cliente.write_off";
        named(&mistake(|text| without(text, table)), table);
        let table = "erp.hubsoft.write_off";
        named(&with_hubsoft(|text| without(text, table)).unwrap_err(), table);
        for preset in EXAMPLES {
            let table = "erp.configured.write_off";
            named(&told_by(preset, |text| without(text, table)).unwrap_err().to_string(), table);
        }
    }
}

#[test]
fn rows_for_an_erp_that_has_no_write_off_start_nothing() {
    let shown = told(|text| text.replace("path_baixa = \"/baixa\"\n", "")).unwrap_err().to_string();
    assert!(shown.contains("[[erp.configured.write_off]]: a baixa desta definição ficou de fora"), "{shown}");
}

#[test]
fn the_example_of_an_erp_that_is_told_is_right() {
    let config = told(|text| text).unwrap_or_else(|error| panic!("{error}"));
    assert!(config.erp.configured.is_some());
}

#[test]
fn a_mistake_in_an_erp_that_is_told_is_shown_where_it_stands() {
    for (right, wrong, told_so) in [
        ("path_baixa = \"/baixa\"", "path_baixa = \"baixa\"", "| path_baixa = \"baixa\""),
        ("place = \"json\"", "place = \"corpo\"", "`place` é query, form ou json, e não `corpo`"),
        ("place = \"json\"", "plaice = \"json\"", "| plaice = \"json\""),
        ("preset = \"datacake\"", "preset = \"datacafe\"", "não há preset `datacafe`"),
        ("path_info_cliente = \"/cliente\"", "", "falta `path_info_cliente` em [erp.configured.values]: o caminho"),
        ("method = \"credit\"", "method = \"pix\"", "[[erp.configured.write_off]] com method = \"credit\""),
    ] {
        let shown = told(|text| {
            assert!(text.contains(right), "{right}");
            text.replacen(right, wrong, 1)
        });
        let shown = shown.unwrap_err().to_string();
        assert!(shown.contains(told_so) && shown.starts_with("totem.toml:"), "{wrong}: {shown}");
    }
}
