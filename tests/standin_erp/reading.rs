//! What the ERP says of customers and bills.

use serde_json::{Value, json};
use totem::simulator::erp::{SeedSet, people};

use crate::wire::{erp, erp_with, find, names};

const DATA: &str = "/ws/comercial/cliente/dados";

#[test]
fn a_customer_with_one_overdue_bill_is_found_by_cpf_in_the_shape_of_the_document() {
    let erp = erp();
    let found = erp.send("POST", DATA, &json!({"cpfcnpj": "52998224725"}));
    assert_eq!(found.status, 200);
    assert_eq!(
        found.json(),
        json!({
            "TipoPessoa": "PessoaFisica",
            "ClienteEncontrato": true,
            "NomeCliente": "MARIA FICTÍCIA DA SILVA",
            "ExisteFaturaSemPagamento": true,
            "IDCliente": 81593,
            "Contratos": [{
                "ValorContrato": 315.98,
                "StatusContrato": "SUSPENSO",
                "IDContrato": 1283321,
                "DescricaoPlano": "FIBRA RES 300MB ILIMITADO",
                "TipoContrato": "RESIDENCIAL",
                "TipoTecnologia": "INTERNET",
                "IDVencimento": 4,
            }],
            "ExisteAtendimentoAberto": false,
            "Faturas": [{
                "idsContratos": [1283321],
                "DebitoAutomatico": false,
                "CodigoCliente": 81593,
                "ValorMulta": 6.3196,
                "IDFatura": 90,
                "ValorJuros": 14.745733333333336,
                "nroBoleto": "00000085090P",
                "Valor": 315.98,
                "nroDocumento": "0726280090",
                "Vencimento": "2026-07-05",
            }],
        })
    );
    assert_eq!(erp.get("/ws/comercial/cliente/81593/dados").json(), found.json());
}

#[test]
fn a_document_that_nobody_has_is_said_not_to_be_found() {
    let erp = erp();
    let nobody = json!({"ClienteEncontrato": false});
    assert_eq!(erp.send("POST", DATA, &json!({"cpfcnpj": "11122233396"})).json(), nobody);
    assert_eq!(erp.get("/ws/comercial/cliente/1/dados").json(), nobody);
    assert_eq!(erp.get("/ws/financeiro/faturas/11122233396/todas").json()["ClienteEncontrato"], json!(false));
    let contact = erp.get("/ws/area/cliente/1").json();
    assert_eq!(contact, json!({"error": "O idCliente informado não pertence a nenhum cliente cadastrado no sistema."}));
}

#[test]
fn a_cpf_that_is_sent_as_a_number_is_refused() {
    let erp = erp();
    for body in [json!({"cpfcnpj": 52998224725_i64}), json!({}), json!([])] {
        assert_eq!(erp.send("POST", DATA, &body).json(), json!({"error": "cpfcnpj inválido."}), "{body}");
    }
}

#[test]
fn due_dates_limit_which_bills_are_listed_and_not_whether_something_is_owed() {
    let erp = erp();
    let ids = |query: &str| {
        let found = erp.send("POST", &format!("{DATA}{query}"), &json!({"cpfcnpj": "11144477735"})).json();
        assert_eq!(found["ExisteFaturaSemPagamento"], json!(true));
        found["Faturas"].as_array().unwrap().iter().map(|bill| bill["IDFatura"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(ids("").len(), 12);
    assert_eq!(ids("?dataInicioVencFatura=14-11-2026&dataFimVencFatura=26-11-2026"), [1229, 1230, 1231]);
    assert_eq!(ids("?dataInicioVencFatura=17-12-2026"), [1235]);
    let wrong = erp.get("/ws/comercial/cliente/81594/dados?dataFimVencFatura=2026-11-26").json();
    assert_eq!(wrong, json!({"error": "dataFimVencFatura inválido."}));
}

#[test]
fn the_customer_with_many_bills_has_every_sort_of_them() {
    let erp = erp();
    let found = erp.get("/ws/comercial/cliente/81594/dados").json();
    assert_eq!(found["NomeCliente"], json!("JOÃO INVENTADO DA CONCEIÇÃO ÁVILA E GONÇALVES DE ASSUNÇÃO NETO"));
    let statuses: Vec<_> =
        found["Contratos"].as_array().unwrap().iter().map(|it| it["StatusContrato"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["HABILITADO", "HABILITADO EM CONFIANCA", "SUSPENSO", "CANCELADO"]);
    let bills = &found["Faturas"];
    let of = |id| find(bills, "IDFatura", id);
    assert_eq!(of(1226)["idsContratos"], json!([1283299, 1283303]));
    assert_eq!(of(1232)["DebitoAutomatico"], json!(true));
    assert_eq!((&of(1230)["Vencimento"], &of(1230)["ValorMulta"]), (&json!("2026-11-22"), &json!(0.0)));
    assert_eq!((&of(1235)["Valor"], &of(1235)["ValorJuros"]), (&json!(1234.56), &json!(0.0)));
    let unknown = of(1228);
    assert!(unknown.get("ValorMulta").is_none() && unknown.get("ValorJuros").is_none(), "{unknown}");
}

#[test]
fn who_owes_nothing_is_found_with_contracts_and_without_bills() {
    let erp = erp();
    let found = erp.send("POST", DATA, &json!({"cpfcnpj": "12345678909"})).json();
    assert_eq!(found["ExisteFaturaSemPagamento"], json!(false));
    assert_eq!(found["Faturas"], json!([]));
    assert_eq!(found["Contratos"].as_array().unwrap().len(), 1);
    assert_eq!(erp.get("/ws/financeiro/faturas/cliente/81595").json(), json!([]));
}

#[test]
fn two_hundred_bills_come_in_one_answer() {
    let erp = erp();
    let found = erp.send("POST", DATA, &json!({"cpfcnpj": "00000000191"})).json();
    assert_eq!(found["Faturas"].as_array().unwrap().len(), 200);
    assert_eq!(erp.get("/ws/financeiro/faturas/cliente/81596").json().as_array().unwrap().len(), 200);
    let all = erp.get("/ws/financeiro/faturas/00000000191/todas").json();
    assert_eq!(all["Faturas"].as_array().unwrap().len(), 200);
}

#[test]
fn contact_data_has_the_birth_date_at_midnight_in_sao_paulo_of_that_year() {
    let erp = erp();
    for (id, millis) in [
        (81593, 656_218_800_000_i64), // 1990-10-18T03:00Z
        (81594, 599_018_400_000),     // 1988-12-25T02:00Z, summer time
        (81595, -373_064_400_000),    // 1958-03-07T03:00Z
        (81596, 719_982_000_000),     // 1992-10-25T03:00Z, a day without midnight
    ] {
        let contact = erp.get(&format!("/ws/area/cliente/{id}")).json();
        assert_eq!(contact["status"], json!("OK"));
        assert_eq!(contact["data"]["dataNascimento"], json!(millis), "{id}");
    }
    let contact = erp.get("/ws/area/cliente/81593").json();
    assert_eq!(
        names(&contact["data"]),
        ["contratos", "cpf", "dataNascimento", "email", "nome", "nomeMae", "rg", "telefoneFixo", "telefoneMovel"]
    );
    assert_eq!(contact["data"]["contratos"][0]["senhaPPPoE"], json!("segredo-1283321"));
}

#[test]
fn the_second_factor_that_is_handed_out_is_the_one_the_erp_knows() {
    let erp = erp();
    let people = people(SeedSet::Demo);
    assert_eq!(people.len(), 4);
    for (person, birth) in people.iter().zip(["1810", "2512", "0703", "2510"]) {
        let found = erp.send("POST", DATA, &json!({"cpfcnpj": person.cpf})).json();
        let contact = erp.get(&format!("/ws/area/cliente/{}", found["IDCliente"])).json();
        assert_eq!(person.birth, birth, "{}", person.what);
        assert!(contact["data"]["telefoneMovel"].as_str().unwrap().ends_with(&person.phone_last4));
        assert_eq!(person.phone_last4.len(), 4);
    }
}

#[test]
fn a_single_seed_holds_only_the_customer_with_one_overdue_bill() {
    let erp = erp_with(|options| options.seed = SeedSet::Single);
    assert_eq!(people(SeedSet::Single).len(), 1);
    assert_eq!(erp.book()["bills"].as_array().unwrap().len(), 1);
}

#[test]
fn open_bills_by_customer_are_a_bare_list_with_dates_as_people_write_them() {
    let erp = erp();
    assert_eq!(
        erp.get("/ws/financeiro/faturas/cliente/81593").json(),
        json!([{
            "VencimentoFormatado": "05/07/2026",
            "CodigoCliente": 81593,
            "IDFatura": 90,
            "Valor": 315.98,
            "Contratos": [1283321],
        }])
    );
}

#[test]
fn all_bills_show_what_was_paid_and_when_without_charges() {
    let erp = erp();
    let all = erp.get("/ws/financeiro/faturas/11144477735/todas").json();
    assert_eq!(all["Faturas"].as_array().unwrap().len(), 14);
    let paid = find(&all["Faturas"], "IDFatura", 1200);
    assert_eq!(paid["DataPagamento"], json!("2026-06-18"));
    assert_eq!(paid["VencimentoFormatado"], json!("20/06/2026"));
    assert!(paid.get("ValorMulta").is_none() && paid.get("ValorJuros").is_none());
    let open = find(&all["Faturas"], "IDFatura", 1224);
    assert!(open.get("DataPagamento").is_none());
    assert_eq!(open["ValorMulta"].as_f64().unwrap(), 105.49 * 0.02);
}

#[test]
fn every_linha_has_right_check_digits_and_says_what_is_to_be_paid_and_when() {
    let erp = erp();
    let line = |id: i64| erp.get(&format!("/ws/financeiro/fatura/aberta/{id}/linha_digitavel")).json();
    for (id, cents, factor) in [
        (1231, 10549, "1642"),            // due 2026-11-26, not yet
        (90, 31598 + 632 + 1475, "1638"), // overdue: issued again for today, with charges
        (1224, 10549 + 211 + 334, "1638"),
        (5199, 4990 + 199 * 137 % 9000, "2709"),
    ] {
        let text = line(id);
        let text = text.as_str().unwrap();
        assert_eq!(text.len(), 54, "{text}");
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        assert!(checks(&digits), "{id}: {text}");
        assert_eq!(&digits[33..37], factor, "{id}");
        assert_eq!(digits[37..].parse::<i64>().unwrap(), cents, "{id}");
    }
    for id in 5000..5200 {
        let text = line(id).as_str().unwrap().to_owned();
        assert!(checks(&text.chars().filter(char::is_ascii_digit).collect::<String>()), "{text}");
    }
    for without in [1228, 1229, 1200, 777_777] {
        assert_eq!(line(without), json!("FALHA"), "{without}");
    }
}

/// FEBRABAN's four check digits, worked out from the bar code upwards.
fn checks(line: &str) -> bool {
    let digit: Vec<u32> = line.chars().map(|it| it.to_digit(10).unwrap()).collect();
    let field = |from: usize, to: usize| {
        let sum: u32 = digit[from..to]
            .iter()
            .rev()
            .enumerate()
            .map(|(place, it)| if place % 2 == 0 { it * 2 } else { *it })
            .map(|it| if it > 9 { it - 9 } else { it })
            .sum();
        (sum + digit[to]).is_multiple_of(10)
    };
    let bars: Vec<u32> = [&digit[0..4], &digit[33..47], &digit[4..9], &digit[10..20], &digit[21..31]].concat();
    let sum: u32 = bars.iter().rev().zip((2..10).cycle()).map(|(it, weight)| it * weight).sum();
    let general = match 11 - sum % 11 {
        10 | 11 => 1,
        it => it,
    };
    line.len() == 47 && field(0, 9) && field(10, 20) && field(21, 31) && digit[32] == general
}

#[test]
fn a_bill_comes_as_a_pdf_whose_table_points_at_its_objects() {
    let erp = erp();
    let answer = erp.get("/ws/financeiro/fatura/90/imprimir");
    assert!(answer.head.contains("Content-Type: application/pdf\r\n"));
    let text = answer.text();
    assert!(text.starts_with("%PDF-1.4\n") && text.ends_with("%%EOF\n"));
    assert!(text.contains("Valor R$ 337,05"));
    let table: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
    let entries: Vec<&str> = text[table..].lines().collect();
    assert_eq!(entries[..2], ["xref", "0 6"]);
    for number in 1..6 {
        let offset: usize = entries[2 + number][..10].parse().unwrap();
        assert!(text[offset..].starts_with(&format!("{number} 0 obj\n")));
    }
    assert_eq!(erp.get("/ws/financeiro/fatura/777777/imprimir").json(), json!("FALHA"));
}

#[test]
fn brands_methods_and_accounts_are_listed_as_the_document_lists_them() {
    let erp = erp();
    let brands = erp.get("/ws/financeiro/bandeiras_cartao?adquirente=STONE").json();
    assert_eq!(
        find(&brands, "id", 3),
        json!({"id": 3, "descricao": "MASTERCARD", "idEmpresa": 1, "nomeEmpresa": "LAFAIETE",
               "codigoCreditoSap": "8", "codigoDebitoSap": "8", "adquirente": "STONE"})
    );
    assert!(brands.as_array().unwrap().iter().all(|brand| brand["adquirente"] == json!("STONE")));
    assert_eq!(erp.get("/ws/financeiro/bandeiras_cartao").json().as_array().unwrap().len(), 10);
    assert_eq!(erp.get("/ws/financeiro/bandeiras_cartao?adquirente=Outra%20S%2FA").json(), json!("FALHA"));

    let methods = erp.get("/ws/financeiro/formas_pagamento").json();
    assert_eq!(
        find(&methods, "id", 2),
        json!({"id": 2, "descricao": "CARTAO DEBITO", "isCartao": true, "isDinheiro": false,
               "isTransferencia": false, "debito": true})
    );
    let accounts = |method: i64| erp.get(&format!("/ws/financeiro/contas_financeiras/forma_pagamento/{method}")).json();
    assert_eq!(
        find(&accounts(1), "id", 32),
        json!({"ativo": true, "banco": "BANCO DO BRASIL", "id": 32, "descricao": "BANCO DO BRASIL - OPERA SERVIÇOS"})
    );
    assert_eq!(find(&accounts(2), "id", 7)["ativo"], json!(false));
    assert_eq!(accounts(99), Value::from("FALHA"));
}
