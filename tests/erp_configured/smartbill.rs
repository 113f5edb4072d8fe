//! The preset `smartbill`, filled in as a site would from its wiki, against the stand-in that was told the same names.

use totem::domain::service::{Change, Consumption, ConsumptionChange, ContactChange, ContractAct, Prospect};
use totem::domain::{InvoiceState, Money, TaxId};
use totem::erp::{Capability, Erp, Support};

use crate::standin::StandIn;
use crate::{Site, driver};

/// What a site fills in, from a wiki whose names are invented.
const VALUES: &str = include_str!("../fixtures/smartbill/values.toml");
const TOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/smartbill/told.json");

fn filled_in(address: &str) -> String {
    format!(
        "preset = \"smartbill\"
[values]
base_url = \"http://{address}\"
{VALUES}"
    )
}

#[tokio::test]
async fn a_site_that_fills_in_its_wiki_reads_customers_contracts_and_charges() {
    let site = Site::new();
    let erp_is_there = StandIn::start(&site, "smartbill", &["--told", TOLD]);
    let erp = driver(&site.settings(&filled_in(&erp_is_there.address)));

    let account = erp.account(&TaxId::parse("52998224725").unwrap()).await.unwrap().unwrap();
    assert_eq!(account.customer.name, "MARIA FICTÍCIA DA SILVA");
    assert_eq!(account.contracts[0].status, totem::domain::ContractStatus::Suspended);
    assert_eq!(account.invoices[0].original, Money::from_cents(31598));
    assert!(account.invoices[0].updated > Some(account.invoices[0].original) && account.invoices[0].boleto.is_some());
    assert_eq!(erp.factors(&account.customer.id).await.unwrap().birth, Some((18, 10)));
    let bill = totem::domain::BillRef { customer: account.customer.id, invoice: "90".into() };
    assert!(matches!(erp.invoice(&bill).await, Ok(InvoiceState::Open(_))));
    let many = erp.account(&TaxId::parse("00000000191").unwrap()).await.unwrap().unwrap();
    assert_eq!(many.invoices.len(), 200);
    let ana = erp.account(&TaxId::parse("12345678909").unwrap()).await.unwrap().unwrap();
    assert!(ana.invoices.is_empty());
    assert_eq!(erp.paid_bills(&ana.customer.id).await.unwrap().len(), 3);
    assert_eq!(erp.account(&TaxId::parse("98765432100").unwrap()).await, Ok(None));
    assert_eq!(erp.supports(Capability::WriteOff), Support::No, "the document has none");
    assert_eq!(erp.supports(Capability::Account), Support::Unverified);
    assert_eq!(erp_is_there.book()["errors"], serde_json::json!([]));
}

#[test]
fn nothing_of_this_erp_is_invented_so_everything_is_asked_of_the_site() {
    let shown = crate::wrong(&Site::new().settings("preset = \"smartbill\""));
    for name in [
        "base_url",
        "token",
        "header_token",
        "path_obter_cliente",
        "param_documento",
        "campo_cliente_id",
        "path_listar_cobrancas",
        "param_cliente",
        "param_situacao",
        "situacao_aberta",
        "campo_cobranca_id",
        "campo_cobranca_vencimento",
        "campo_cobranca_valor",
    ] {
        assert!(shown.contains(&format!("falta `{name}` em [erp.configured.values]: ")), "{name}: {shown}");
    }
}

#[tokio::test]
async fn every_operation_that_document_000_names_is_spoken_and_a_repeat_is_a_refusal() {
    let site = Site::new();
    let partner = StandIn::start(&site, "smartbill", &["--told", TOLD]);
    let erp = driver(&site.settings(&filled_in(&partner.address)));
    let (done, refused) = (Ok(Change::Done(())), Ok(Change::Refused { why: String::new() }));

    let new = Prospect {
        name: "PESSOA INVENTADA".to_owned(),
        tax_id: "93541134780".to_owned(),
        phone: "31900001111".to_owned(),
        ..Prospect::default()
    };
    let Ok(Change::Done(Some(id))) = erp.register_prospect(&new).await else { panic!("added") };
    assert!(matches!(erp.register_prospect(&new).await, Ok(Change::Refused { .. })), "a CPF is added once");
    let account = erp.account(&TaxId::parse("93541134780").unwrap()).await.unwrap().unwrap();
    let customer = account.customer.id;
    assert_eq!(customer.0, id);
    let change = ContactChange { phone: Some("31900002222".to_owned()), email: None };
    assert_eq!(erp.change_contacts(&customer, &change).await, done);

    let order = Prospect { product: Some("7".to_owned()), ..Prospect::default() };
    let Ok(Change::Done(Some(contract))) = erp.order(Some(&customer), &order).await else { panic!("a contract") };
    let contract = totem::domain::ContractId(contract);
    for act in [ContractAct::Suspend, ContractAct::Activate, ContractAct::Deactivate, ContractAct::Cancel] {
        assert_eq!(erp.change_contract(&customer, &contract, act).await, done, "{act:?}");
        assert_eq!(erp.change_contract(&customer, &contract, act).await, refused, "{act:?} again");
    }

    let one = Consumption {
        description: "Filme".to_owned(),
        quantity: "1".to_owned(),
        amount: Some(Money::from_cents(990)),
        ..Consumption::default()
    };
    let added = erp.change_consumption(&customer, &contract, &ConsumptionChange::Add(one.clone())).await;
    let Ok(Change::Done(Some(id))) = added else { panic!("{added:?}") };
    let two = Consumption { id: id.clone(), quantity: "2".to_owned(), ..one };
    let altered = erp.change_consumption(&customer, &contract, &ConsumptionChange::Alter(two)).await;
    assert!(matches!(altered, Ok(Change::Done(_))), "{altered:?}");
    let [told] = erp.consumption(&customer, &contract).await.unwrap().try_into().unwrap();
    assert_eq!((told.quantity.as_str(), told.amount, told.on.is_some()), ("2", Some(Money::from_cents(990)), true));
    let remove = ConsumptionChange::Remove { id };
    assert!(matches!(erp.change_consumption(&customer, &contract, &remove).await, Ok(Change::Done(_))));
    assert!(matches!(erp.change_consumption(&customer, &contract, &remove).await, Ok(Change::Refused { .. })));
    assert_eq!(erp.consumption(&customer, &contract).await, Ok(Vec::new()));

    let services = erp.lookups().await.unwrap();
    assert_eq!((services[0].key.as_str(), services[0].entries[0].name.as_str()), ("listar_produtos", "FIBRA"));
    assert_eq!(erp.remove_customer(&customer).await, done);
    assert_eq!(erp.remove_customer(&customer).await, refused);
    for capability in [Capability::CancelContract, Capability::Consumption, Capability::RemoveCustomer] {
        assert_eq!(erp.supports(capability), Support::Unverified);
    }
    assert_eq!(partner.book()["errors"], serde_json::json!([]));
}

#[test]
fn an_operation_that_a_site_turns_on_asks_for_each_of_its_fields() {
    let values = VALUES.lines().filter(|line| !line.starts_with("campo_consumo_") && !line.starts_with("palavra_"));
    let values = values.collect::<Vec<_>>().join("\n");
    let text = format!("preset = \"smartbill\"\n[values]\nbase_url = \"http://127.0.0.1:9\"\n{values}\n");
    let shown = crate::wrong(&Site::new().settings(&text));
    for (name, operation) in [
        ("campo_consumo_valor", "listar_consumos"),
        ("palavra_feito", "cancelar_contrato"),
        ("palavra_recusado", "remover_cliente"),
    ] {
        let sentence = format!("falta `{name}` em [erp.configured.values], que [operation.{operation}] pede: ");
        assert!(shown.contains(&sentence), "{name}: {shown}");
    }
}
