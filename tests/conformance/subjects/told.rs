//! The ERPs that are told in TOML: the contract of document 003, and the presets of five vendors.

use serde_json::Value;

use super::{Booked, Subject, never, number, twins};
use crate::scene::Place;

const TOLD: Subject = Subject {
    name: "",
    stand_in: &[],
    secret: "demonstracao",
    tables: |_| String::new(),
    is_sign_in: never,
    is_write_off: never,
    bad_row: None,
    forms: &[],
    book: "erp.json",
    open_bills: |book, cpf| open_bills(book, cpf, |id| id.to_string()),
    times_written_off: |book, bill| {
        let calls = book["write_offs"].as_array().unwrap().iter();
        calls.filter(|call| call["bill"].as_i64() == Some(number(bill)) && call["applied"] == true).count()
    },
    twin: None,
    lacks: &[],
};

/// Told what a site reads in its wiki; the stand-in is told the same names by a file of the tests.
pub const SMARTBILL: Subject = Subject {
    name: "Smartbill",
    stand_in: &["smartbill", "--told", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/smartbill/told.json")],
    secret: "s3gredo",
    tables: |place| {
        let values = include_str!("../../fixtures/smartbill/values.toml");
        told(place, "smartbill", values, "")
            .replace("\n[[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = {  }\n", "")
    },
    twin: Some(|body| twins::of_object(body, "dados", "codigo")),
    ..TOLD
};

pub const AUTOMATION: Subject = Subject {
    name: "Datacake 002",
    stand_in: &["automation"],
    tables: |place| {
        let values = include_str!("../../fixtures/datacake_automacao/values.toml");
        told(place, "datacake_automacao", values, "")
    },
    is_write_off: |asked| asked.is("POST", "/baixa"),
    twin: Some(|body| twins::of_object(body, "nome", "codigo")),
    ..TOLD
};

pub const DATACAKE: Subject = Subject {
    name: "Datacake 003",
    stand_in: &["datacake"],
    tables: |place| {
        let values = "path_info_cliente = \"/cliente\"\npath_listar_faturas = \"/faturas\"\n\
                      path_contratos = \"/contratos\"\npath_instalacoes = \"/instalacoes\"\n\
                      path_extratos = \"/extratos\"\npath_baixa = \"/baixa\"\n\
                      path_produtos = \"/produtos\"\npath_desbloqueio = \"/habilitacao\"\n\
                      path_atendimento = \"/atendimento\"\n";
        told(place, "datacake", &format!("token = SECRET\n{values}"), "")
    },
    is_write_off: |asked| asked.is("POST", "/baixa"),
    twin: Some(|body| twins::of_object(body, "nome_completo", "id_remoto")),
    ..TOLD
};

pub const IXC: Subject = Subject {
    name: "IXC",
    stand_in: &["ixc"],
    tables: |place| {
        let row = "conta = \"12\", planejamento = \"1\", recebimento = \"CD\"";
        told(place, "ixc", "usuario = \"totem\"\ntoken = SECRET\n", row)
    },
    is_write_off: |asked| asked.path.contains("fn_areceber_recebimentos_baixas_novo"),
    twin: Some(|body| twins::of_list_with(body, &["registros"], "id", "razao")),
    ..TOLD
};

pub const SGP: Subject = Subject {
    name: "SGP",
    stand_in: &["sgp"],
    tables: |place| told(place, "sgp", "app = \"totem\"\ntoken = SECRET\n", "ponto_recebimento = \"1\""),
    is_write_off: |asked| asked.path.contains("/baixar"),
    twin: Some(|body| twins::of_list(body, &["contratos"], "clienteId")),
    ..TOLD
};

pub const RBX: Subject = Subject {
    name: "RBX",
    stand_in: &["rbx"],
    tables: |place| told(place, "rbx", "chave = SECRET\nhistorico_documento = \"65874\"\n", ""),
    is_write_off: |asked| asked.body.contains("\"document_payment\""),
    twin: Some(|body| twins::of_list_with(body, &["result"], "Codigo", "Nome")),
    ..TOLD
};

pub const VOALLE: Subject = Subject {
    name: "Voalle",
    stand_in: &["voalle"],
    tables: |place| {
        let syndata = place.another_secret("syndata", "sindicato");
        let values = format!(
            "auth_url = \"{}\"\nclient_id = \"totem\"\nclient_secret = SECRET\nsyndata = {{ file = \"{}\" }}\n",
            place.base,
            syndata.display()
        );
        told(place, "voalle", &values, "conta = \"TOTEM\", forma = \"CD\"")
    },
    is_sign_in: |asked| asked.is("POST", "/connect/token"),
    is_write_off: |asked| asked.path.to_lowercase().contains("receivepayment"),
    twin: Some(|body| twins::of_response(body, "txId", "id")),
    ..TOLD
};

pub const MK_AUTH: Subject = Subject {
    name: "MK-Auth",
    stand_in: &["mk-auth"],
    tables: |place| told(place, "mk_auth", "client_id = \"totem\"\nclient_secret = SECRET\n", ""),
    is_sign_in: |asked| asked.method == "GET" && asked.path == "/api/",
    is_write_off: |asked| asked.is("PUT", "/api/titulo/receber"),
    open_bills: |book, cpf| open_bills(book, cpf, |id| format!("7E000002-0000-4000-8000-{id:012}")),
    twin: Some(|body| twins::of_list(body, &["clientes"], "uuid_cliente")),
    lacks: &[(
        "several contracts are all told",
        "MK-Auth keeps one contract in each login (reference, table of ISP ERPs: customers are found by login)",
    )],
    ..TOLD
};

/// `[erp.configured]` as a site writes it, with a row for debit.
fn told(place: &Place<'_>, preset: &str, values: &str, row: &str) -> String {
    let secret = format!("{{ file = \"{}\" }}", place.secret.display());
    format!(
        "[erp.configured]\npreset = \"{preset}\"\n\n[erp.configured.values]\nbase_url = \"{}\"\n{}\n\
         [[erp.configured.write_off]]\nmethod = \"debit\"\nvalues = {{ {row} }}\n",
        place.base,
        values.replace("SECRET", &secret)
    )
}

/// The stand-ins of these ERPs keep one kind of book, and each names a bill in its own way.
fn open_bills(book: &Value, cpf: &str, name: impl Fn(i64) -> String) -> Vec<Booked> {
    let customer = book["customers"].as_array().unwrap().iter().find(|one| one["cpf"] == cpf).unwrap();
    let bills = book["bills"].as_array().unwrap().iter();
    let open = bills.filter(|bill| bill["customer"] == customer["id"] && bill["state"] == "open");
    open.map(|bill| Booked {
        id: name(bill["id"].as_i64().unwrap()),
        due: bill["due"].as_str().unwrap().to_owned(),
        cents: bill["value_cents"].as_u64().unwrap(),
    })
    .collect()
}
