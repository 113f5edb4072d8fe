//! `totem config check`, `show` and `schema` as a technician meets them.

use crate::site::{Site, Told};

#[test]
fn a_right_file_is_told_so_and_a_wrong_one_with_its_number_of_mistakes() {
    let site = Site::new();
    let told = site.checked();
    assert_eq!((told.status, told.err.as_str()), (0, ""), "{told:?}");
    assert!(told.out.contains("totem.toml: sem erros"), "{told:?}");
    site.file("totem.toml", &site.right().replace("baud = ", "bauds = ").replace("user = ", "usr = "));
    let told = site.checked();
    assert_eq!(told.status, 2);
    assert!(told.err.contains("`bauds`; quis dizer `baud`?") && told.err.contains("erros: 2"), "{told:?}");
}

#[test]
fn a_certificate_that_ends_next_week_is_a_warning() {
    let site = Site::new();
    let mut wanted = rcgen::CertificateParams::new(vec!["totem".to_owned()]).unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let week = std::time::SystemTime::now() + std::time::Duration::from_secs(7 * 86_400);
    wanted.not_after = week.into();
    let made = wanted.self_signed(&key).unwrap();
    site.secret("pix.pem", &made.pem());
    site.secret("pix.key", &key.serialize_pem());
    let bank = "\n[[pix.bank]]\npreset = \"sicoob\"\nclient_id = \"x\"\nkey = \"totem@provedor.example\"\n\
                name = \"PROVEDOR\"\ncity = \"CIDADE\"\n\
                certificate = { pem = \"{dir}/pix.pem\", key = { file = \"{dir}/pix.key\" } }\n\
                [[erp.webservice_cliente.write_off]]\nmethod = \"pix\"\nid_forma_pagamento = 4\n\
                id_conta_financeira = 3\n";
    site.file("totem.toml", &(site.right() + bank));
    let told = site.checked();
    assert_eq!(told.status, 1, "{told:?}");
    assert!(told.out.contains("aviso: banco \"sicoob\": o certificado vence em"), "{told:?}");
    assert!(told.out.contains("daqui a 6 dias") || told.out.contains("daqui a 7 dias"), "{told:?}");
}

#[test]
fn a_somebodys_cpf_is_not_shown_whole() {
    let site = Site::new();
    site.file("totem.toml", &site.right().replace("11.222.333/0001-81", "529.982.247-25"));
    let told = Told::of(site.totem(&["config", "show"]).output().unwrap());
    assert_eq!(told.status, 0, "{told:?}");
    assert!(!told.out.contains("529.982.247-25") && told.out.contains("beneficiary.tax_id"), "{told:?}");
}

#[test]
fn what_a_preset_calls_a_secret_is_shown_by_no_command() {
    let site = Site::new();
    let erp = "[erp.configured]\npreset = \"rbx\"\n[erp.configured.values]\nbase_url = \"https://rbx.exemplo.net.br\"\n\
               chave = \"s3nha-do-rbx\"\nhistorico_documento = \"1\"\n";
    site.file("totem.toml", &(site.right() + erp));
    let mut show = site.totem(&["config", "show", "--origins"]);
    let told = Told::of(show.env("TOTEM__ERP__CONFIGURED__VALUES__CHAVE", "outra-s3nha").output().unwrap());
    assert!(told.out.contains("erp.configured.values.chave = \"…\""), "{told:?}");
    assert!(told.out.contains("erp.configured.values.historico_documento = \"1\""), "{told:?}");
    assert!(!format!("{told:?}{:?}", site.checked()).contains("s3nha-do"), "{told:?}");
    assert!(!format!("{told:?}").contains("outra-s3nha"), "{told:?}");
}

#[test]
fn a_file_that_is_not_there_or_no_text_is_named() {
    let site = Site::new();
    std::fs::write(site.path("totem.toml"), b"[totem]\nname = \"caf\xe9\"\n").unwrap();
    let told = site.checked();
    assert!(told.status == 2 && told.err.contains("a linha 2 não está em UTF-8"), "{told:?}");
    std::fs::remove_file(site.path("totem.toml")).unwrap();
    let told = site.checked();
    assert!(told.status == 2 && told.err.contains("totem.toml"), "{told:?}");
}
