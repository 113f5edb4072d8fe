//! The preset `smartbill`, filled in as a site would from its wiki, against the stand-in that was told the same names.

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
