//! A bill that was found by what a reader read: it has to show that code itself, before anybody pays it.

use totem::domain::{InvoiceState, Scanned};
use totem::erp::Erp;

use crate::calls::with_rows;
use crate::server::{Server, says};

const BY_CODE: &str = r#"
[operation.cliente_por_id]
path = "/id/{{ customer.id }}"
read = '{id: .id, name: .nome, document: .cpf}'
[operation.fatura_por_codigo]
path = "/codigo/{{ code.barcode }}"
tells = ["linha_digitavel"]
none = '.nada'
read = '{id: .id, customer: .cliente, state: .estado, due: .venc, original: .valor, linha: .linha}'
"#;
const LINE: &str = "75693.16628 01006.726101 12721.000011 1 81890000033705";
/// Of another claim, and as well formed.
const OTHER: &str = "75691.31662 01006.726101 27210.000017 7 73380000001000";

#[tokio::test]
async fn only_a_bill_that_shows_the_code_is_taken_for_the_one_that_was_read() {
    let server = Server::start();
    server.on("GET /id/81593", [says(r#"{"id":81593,"nome":"MARIA","cpf":"52998224725"}"#)]);
    let erp = with_rows(&server, BY_CODE, "");
    let code = Scanned::read(LINE).unwrap();
    let Scanned::Boleto(boleto) = &code else { panic!("a boleto") };
    let route = format!("GET /codigo/{}", boleto.barcode());
    let bill = |more: &str| format!(r#"{{"id":90,"cliente":81593,"venc":"09/03/2026","valor":337.05{more}}}"#);

    server.on(&route, [says(bill(&format!(r#","linha":"{LINE}""#)))]);
    let (customer, invoice, state) = erp.bill_by_code(&code).await.unwrap().unwrap();
    assert_eq!((customer.tax_id.plain(), invoice.0.as_str()), ("52998224725", "90"));
    assert!(matches!(state, InvoiceState::Open(_)));

    // a server that ignores what is looked for, and one that does not say what it found
    for wrong in [format!(r#","linha":"{OTHER}""#), String::new(), r#","linha":null"#.to_owned()] {
        server.on(&route, [says(bill(&wrong))]);
        assert!(erp.bill_by_code(&code).await.is_err(), "{wrong}");
    }
    server.on(&route, [says(r#"{"nada":true}"#)]);
    assert_eq!(erp.bill_by_code(&code).await, Ok(None));
    server.on(&route, [says(r#"{"id":90,"cliente":81593,"estado":"paid"}"#)]);
    assert!(matches!(erp.bill_by_code(&code).await, Ok(Some((_, _, InvoiceState::Paid { .. })))));
}
