//! What a technician is told of a preset: that nobody has tried it, and the ids to be pasted.

use serde_json::Value;

use crate::partner::{ALL, Ixc, Partner, Preset, open};
use crate::process::Process;

/// The whole file of a site with this ERP.
fn configuration(partner: &Partner) -> String {
    let place = |name: &str| format!("{{ file = \"{}\" }}", partner.path(name).display());
    let values = partner.preset.values().replace("URL", partner.url()).replace("SECRET", &place("secret"));
    let values = values.replace("SYNDATA", &place("syndata"));
    format!(
        "[totem]\nname = \"T1\"\nstate = \"{}\"\n\n[beneficiary]\nname = \"Provedor Exemplo\"\n\
         tax_id = \"11.222.333/0001-81\"\naddress = \"Rua das Flores, 100\"\nhelp_phone = \"0800 000 0000\"\n\n\
         [journey]\nmethods = [\"boleto\"]\n\n[erp.configured]\npreset = \"{}\"\n\n[erp.configured.values]\nbase_url = \"{}\"\n{values}\n\
         [[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = {{ {} }}\n",
        partner.path("totem").display(),
        partner.preset.name(),
        partner.url(),
        partner.preset.rows()[0]
    )
}

fn printed(partner: &Partner, args: &[&str]) -> Vec<String> {
    let config = partner.path("totem.toml");
    std::fs::write(&config, configuration(partner)).unwrap();
    let (command, args) = args.split_first().unwrap();
    let all = [&[*command, "--config", config.to_str().unwrap()], args].concat();
    let mut process = Process::start("totem", &all);
    process.end_input();
    process.ended("the end");
    assert!(!process.seen().is_empty(), "{:?}", process.log());
    process.seen().to_vec()
}

fn is_unverified(preset: Preset) {
    let partner = open(preset);
    let [line] = printed(&partner, &["erp", "--json", "probe"]).try_into().unwrap();
    let probed: Value = serde_json::from_str(&line).unwrap();
    let operations = probed["operations"].as_array().unwrap();
    let support = |name: &str| operations.iter().find(|one| one["operation"] == name).unwrap()["support"].clone();
    for operation in ["account", "invoice", "write_off", "trust_unlock"] {
        assert_eq!(support(operation), "unverified", "{preset:?}: {operation}");
    }
    assert!(operations.iter().all(|one| one["support"] != "yes"), "{preset:?}: {probed}");
    let findings = printed(&partner, &["doctor"]).join("\n");
    assert!(findings.contains("nunca foi vista funcionar no servidor do fornecedor"), "{preset:?}: {findings}");
}

#[test]
fn probe_and_doctor_say_of_every_preset_that_nobody_has_tried_it() {
    for preset in ALL {
        is_unverified(preset);
    }
}

#[test]
fn the_lists_of_ixc_are_lines_that_the_file_takes() {
    let partner = open(Ixc);
    let lines = printed(&partner, &["erp", "lookups"]);
    assert!(lines[0].contains("[[erp.configured.write_off]]"), "{lines:?}");
    let pasted: Vec<&String> = lines.iter().filter(|line| line.starts_with("values.conta = ")).collect();
    assert_eq!(pasted.len(), 3, "{lines:?}");
    let row: toml::Table = toml::from_str(&format!("method = \"debit\"\n{}", pasted[0])).unwrap();
    assert_eq!(row["values"]["conta"].as_str(), Some("12"));
    let sector = lines.iter().find(|line| line.starts_with("setor = ")).unwrap();
    assert_eq!(toml::from_str::<toml::Table>(sector).unwrap()["setor"].as_str(), Some("1"));
    assert!(lines.iter().any(|line| line.starts_with("#   1 ") && line.contains("SEM CONEXÃO")), "{lines:?}");
}
