use serde_json::json;

use crate::wire::erp;

#[test]
fn a_suspended_contract_comes_back_on_trust_once_and_says_until_when() {
    let erp = erp();
    let unlock = |body| erp.send("PUT", "/ws/comercial/contrato/habilitar_confianca", &body).json();
    assert_eq!(unlock(json!({"idContrato": 1_283_321})), json!({"dataFim": "27/11/2026", "resposta": "SUCESSO"}));
    assert_eq!(erp.book()["unlocks"], json!([{"contract": 1_283_321, "until": "2026-11-27"}]));
    for body in
        [json!({"idContrato": 1_283_321}), json!({"idContrato": "1283321"}), json!({"idContrato": 1}), json!({})]
    {
        assert_eq!(unlock(body.clone()), json!({"resposta": "FALHA"}), "{body}");
    }
    assert_eq!(erp.book()["unlocks"].as_array().unwrap().len(), 1);
}

#[test]
fn a_ticket_needs_a_contract_and_a_text_and_stands_in_the_customers_list() {
    let erp = erp();
    let open = |body| erp.send("POST", "/ws/comercial/atendimentos/cadastrar", &body).json();
    let opened = open(json!({"idContrato": 1_283_321, "descricao": "TESTE", "idTipoAtendimento": 1}));
    assert_eq!(opened["status"], "CREATED");
    let listed = erp.get("/ws/integracao/omnichannel/atendimentos/cliente/81593").json();
    assert_eq!(listed["data"][0]["numeroProtocolo"], opened["numeroProtocolo"]);
    assert_eq!(erp.get("/ws/integracao/omnichannel/atendimentos/cliente/81594").json()["data"], json!([]));
    for (body, field) in [
        (json!({"idContrato": 1, "descricao": "x"}), "idContrato"),
        (json!({"idContrato": "1283321", "descricao": "x"}), "idContrato"),
        (json!({"idContrato": 1_283_321, "descricao": " "}), "descricao"),
        (json!({"idContrato": 1_283_321, "descricao": "x", "idTipoAtendimento": "1"}), "idTipoAtendimento"),
    ] {
        assert_eq!(open(body.clone()), json!({"error": format!("{field} inválido.")}), "{body}");
    }
    assert_eq!(erp.book()["tickets"].as_array().unwrap().len(), 1);
}

#[test]
fn only_open_bills_of_that_customer_are_sent() {
    let erp = erp();
    let email =
        |ids| erp.send("POST", "/ws/financeiro/faturas/abertas/81593/enviar", &json!({"idsFaturas": ids})).json();
    assert_eq!(email(json!([90])), "SUCESSO");
    for ids in [json!([]), json!([90, 1224]), json!(["90"]), json!(null)] {
        assert_eq!(email(ids.clone()), "FALHA", "{ids}");
    }
    let sms = |id| {
        erp.send("POST", "/ws/integracao/omnichannel/fatura/linha_digitavel/enviar", &json!({"idFatura": id})).json()
    };
    assert_eq!(sms(json!(90))["status"], "OK");
    assert_eq!(sms(json!(1300)), json!({"error": "idFatura inválido."}), "it is paid");
    assert_eq!(erp.book()["sent"], json!([{"bill": 90, "by": "email"}, {"bill": 90, "by": "sms"}]));
}

#[test]
fn due_days_want_to_know_who_pays_before_the_month() {
    let erp = erp();
    let days = |query: &str| erp.get(&format!("/ws/area/cliente/vencimentos/ativos{query}")).json();
    assert_eq!(days("?isPrePago=n")["data"][1]["dia"], 10);
    assert_eq!(days("?isPrePago=s")["data"][0]["prePago"], true);
    for query in ["", "?isPrePago=x"] {
        assert_eq!(days(query), json!({"error": "isPrePago inválido."}), "{query}");
    }
}

#[test]
fn accepting_a_contract_is_a_get_that_leaves_its_mark() {
    let erp = erp();
    assert_eq!(erp.get("/ws/comercial/contratos/aceite/1283321").json()["Status"], "OK");
    assert_eq!(erp.get("/ws/comercial/contratos/aceite/1").json()["Status"], "INTERNAL_SERVER_ERROR");
    assert_eq!(erp.book()["accepted"], json!([1_283_321]));
    assert_eq!(erp.book()["calls"]["accept_contract"], 2);
}
