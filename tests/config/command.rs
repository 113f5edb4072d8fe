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

const CREDENTIAL: (&str, &str) = ("{ file = \"{dir}/erp-senha\" }", "{ credential = \"totem.erp-senha\" }");

#[test]
fn a_credential_that_only_the_service_is_given_is_no_mistake_of_the_files() {
    let site = Site::new();
    site.file("totem.toml", &site.right().replace(&site.placed(CREDENTIAL.0), CREDENTIAL.1));
    let told = site.checked();
    assert_eq!((told.status, told.err.as_str()), (1, ""), "{told:?}");
    assert!(told.out.contains("aviso: a credencial totem.erp-senha não foi lida"), "{told:?}");
    // whoever must be sure says so
    let sure = ["config", "check", "--with-credentials"];
    let told = Told::of(site.totem(&sure).output().unwrap());
    assert!(told.status == 2 && told.err.contains("totem.erp-senha"), "{told:?}");
    // systemd gives an empty folder for a reload
    std::fs::create_dir(site.path("none")).unwrap();
    let given = |folder: &str| {
        let mut check = site.totem(&["config", "check"]);
        Told::of(check.env("CREDENTIALS_DIRECTORY", site.path(folder)).output().unwrap())
    };
    assert_eq!(given("none").status, 1);
    // a service that is given others only
    site.secret("given/totem.outra", "s3nha");
    assert_eq!(given("given").status, 2);
    site.secret("given/totem.erp-senha", "s3nha");
    assert_eq!(given("given").status, 0);
    // what is wrong beside it is told all the same
    let wrong = site.right().replace(&site.placed(CREDENTIAL.0), CREDENTIAL.1).replace("baud = ", "bauds = ");
    site.file("totem.toml", &wrong);
    let told = site.checked();
    assert!(told.status == 2 && told.err.contains("bauds") && !told.err.contains("totem.erp-senha"), "{told:?}");
}

#[test]
fn a_doctor_without_the_credentials_says_for_whom_it_looked_and_asks_no_partner() {
    let site = Site::new();
    site.file("totem.toml", &site.right().replace(&site.placed(CREDENTIAL.0), CREDENTIAL.1));
    let told = Told::of(site.totem(&["doctor", "--json"]).output().unwrap());
    let report: serde_json::Value = serde_json::from_str(&told.out).unwrap_or_else(|error| panic!("{error}: {told:?}"));
    let of = |part: &str| {
        let found = report["findings"].as_array().unwrap();
        found.iter().find(|one| one["part"] == part).unwrap_or_else(|| panic!("{part}: {told:?}")).clone()
    };
    assert_eq!(of("configuração")["state"], "ok");
    let credentials = of("credenciais");
    assert_eq!(credentials["state"], "warning");
    let says = credentials["says"].as_str().unwrap();
    assert!(says.contains("pelo usuário") && says.contains("totem.erp-senha"), "{says}");
    for part in ["erp", "pix"] {
        assert_eq!(of(part)["state"], "not_checked");
    }
}

#[test]
fn a_look_that_is_not_fit_is_a_warning_and_stops_neither_a_reload_nor_a_first_start() {
    let site = Site::new();
    site.file("brand/brand.toml", "name = \"Fibra Feliz\"\n[colours]\nink = \"#777777\"\n");
    site.file("totem.toml", &(site.right() + "\n[brand]\nfolder = \"{dir}/brand\"\n"));
    let told = site.checked();
    assert_eq!(told.status, 1, "{told:?}");
    assert!(told.err.contains("brand.toml:3:1") && told.out.contains("sem erros"), "{told:?}");
}
