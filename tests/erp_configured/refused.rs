//! Definitions that are refused before anything starts: each mistake with its line and a sentence.

use totem::erp::configured::mistakes;

use crate::{Site, wrong};

/// A definition that is right.
const RIGHT: &str = r#"name = "Meu ERP"
[needs]
base_url = "o endereço"
token = { is = "o token do ERP", secret = true }
[row_needs]
account = "a conta do ERP"
[sign_in]
kind = "bearer"
token = "{{ values.token }}"
[operation.info_cliente]
path = "/cliente"
query = { cpf = "{{ document }}" }
read = '{id: .id, name: .nome}'
[operation.listar_faturas]
path = "/clientes/{{ customer.id }}/faturas"
read = '''
  list
  | map({id: .id, due: .venc, original: .valor})
'''
[operation.baixa_boleto]
method = "POST"
path = "/baixa"
json = '''
{
  "fatura": {{ bill.id }},
  "valor": {{ charge.total | number }},
  "conta": {{ row.account }}
}
'''
applied = '.ok'
"#;

const VALUES: &str = r#"
[values]
base_url = "https://erp.exemplo.net.br"
token = SECRET
[[write_off]]
method = "debit"
values = { account = "7" }
"#;

#[test]
fn a_right_definition_is_right() {
    assert_eq!(wrong(&Site::new().with(RIGHT, VALUES)), "");
}

#[test]
fn every_mistake_in_a_definition_is_told_with_its_line() {
    let table: [(&str, &str, &str); 26] = [
        ("name = \"Meu ERP\"", "nome = \"Meu ERP\"", ":1:1: falta a chave `name`"),
        (
            "name = \"Meu ERP\"",
            "name = \"Meu ERP\"\nnome = \"x\"",
            ":2:1: chave desconhecida `nome`; esperava uma destas: ",
        ),
        ("name = \"Meu ERP\"", "name = 7", ":1:8: `name` deve ser um texto, e é um número"),
        ("name = \"Meu ERP\"", "name = \"Meu ERP", ":1:"),
        ("[operation.baixa_boleto]", "[operation.baixar]", ":20:12: operação desconhecida `baixar`; há: "),
        ("[operation.listar_faturas]", "[operation.contatos]", ":1:1: falta a operação [operation.listar_faturas]"),
        ("path = \"/cliente\"", "caminho = \"/cliente\"", ":10:12: falta a chave `path`"),
        ("path = \"/cliente\"", "path = \"cliente\"", ":11:8: `path` começa com /"),
        ("path = \"/cliente\"", "path = \"/cliente?a=b\"", ":11:8: `path` não leva ? nem #"),
        ("path = \"/cliente\"", "path = \"/cliente/{{ cpf }}\"", "usa um nome que não existe aqui"),
        (
            "path = \"/cliente\"",
            "path = \"/cliente\"\nbase = \"other\"",
            "`base = \"other\"`: esse valor não está em [needs]",
        ),
        ("method = \"POST\"", "method = \"post\"", ":21:10: `method` é GET, POST, PUT, PATCH ou DELETE, e não `post`"),
        ("read = '{id: .id, name: .nome}'", "", ":10:12: falta `read` em [operation.info_cliente]"),
        (
            "read = '{id: .id, name: .nome}'",
            "read = '{id: .id, name: nome}'",
            ":13:25: `read` não é uma expressão jq que se possa usar: `nome` não existe (filter)",
        ),
        ("  | map({id", "  | mapp({id", ":18:5: `read` não é uma expressão jq que se possa usar: `mapp` não existe"),
        (
            "  | map({id: .id",
            "  | map({id: now",
            ":18:14: `read` não é uma expressão jq que se possa usar: `now` não é aceito",
        ),
        ("original: .valor})", "original: .valor)", "`read` não é uma expressão jq que se possa usar: "),
        (
            "  \"fatura\": {{ bill.id }},",
            "  \"fatura\": {{ bill.numero }},",
            ":25:1: `json`: ele usa um nome que não existe aqui",
        ),
        (
            "  \"fatura\": {{ bill.id }},",
            "  \"fatura\": \"{{ bill.id }}\",",
            "`json`: o resultado não é JSON: cada {{ … }} já escreve o valor inteiro",
        ),
        ("charge.total | number", "charge.total | numero", ":26:"),
        ("charge.total | number", "charge.total | date('%d')", ":26:1: `json`: "),
        ("{{ row.account }}", "{{ row.conta }}", ":27:1: `json`: ele usa um nome que não existe aqui"),
        ("applied = '.ok'", "", ":20:12: falta `applied` em [operation.baixa_boleto]"),
        (
            "kind = \"bearer\"",
            "kind = \"jwt\"",
            ":8:8: `kind` é none, header, basic, bearer, oauth2_password, oauth2_client ou login, e não `jwt`",
        ),
        ("token = \"{{ values.token }}\"", "", ":7:2: falta a chave `token`: o token"),
        ("base_url = \"o endereço\"", "base = \"o endereço\"", "falta `base_url` em [needs]"),
    ];
    for (right, mistaken, told) in table {
        assert!(RIGHT.contains(right), "{right}");
        let site = Site::new();
        let shown = wrong(&site.with(&RIGHT.replacen(right, mistaken, 1), VALUES));
        let place = if told.starts_with(':') { format!("meu-erp.toml{told}") } else { told.to_owned() };
        assert!(shown.contains(&place), "{mistaken}\n wanted {place}\n got {shown}");
    }
}

#[test]
fn every_mistake_of_the_site_stands_at_its_place_in_its_own_file() {
    let table: [(&str, &str, &str, &str); 11] = [
        ("token = SECRET\n", "", "[values]", "falta `token` em [erp.configured.values]: o token do ERP"),
        ("token = SECRET", "token = \"s3gredo\"", "\"s3gredo\"", "um segredo não fica neste arquivo"),
        ("token = SECRET", "token = { file = \"/nao/ha\" }", "{ file = \"/nao/ha\" }", "não consegui ler /nao/ha"),
        (
            "token = SECRET",
            "token = SECRET\ntokem = \"x\"",
            "tokem",
            "esta definição não pede `tokem`; ela pede: base_url, token",
        ),
        ("https://erp", "http://erp", "\"http://erp.exemplo.net.br\"", "`base_url`: http sem cifra para outra máquina"),
        ("https://erp", "erp", "\"erp.exemplo.net.br\"", "`base_url`: "),
        ("account = \"7\"", "", "method", "falta `account` em `values` desta linha de baixa: a conta do ERP"),
        (
            "account = \"7\"",
            "account = \"7\", conta = \"8\"",
            "conta = ",
            "esta definição não pede `conta` na linha de baixa; ela pede: account",
        ),
        (
            "[[write_off]]",
            "[override.operation.lista]\npath = \"/x\"\n[[write_off]]",
            "lista",
            "operação desconhecida `lista`",
        ),
        (
            "[[write_off]]",
            "[override.operation.info_cliente]\nread = '.a | nope'\n[[write_off]]",
            "'.a | nope'",
            "`nope` não existe",
        ),
        (
            "[[write_off]]",
            "[override.operation.info_cliente]\nquery = { x = \"{{ y }}\" }\n[[write_off]]",
            "\"{{ y }}\"",
            "usa um nome que não existe aqui",
        ),
    ];
    for (right, mistaken, at, told) in table {
        let site = Site::new();
        let path = site.definition(RIGHT);
        let place = format!("{{ file = \"{}\" }}", site.path("secret"));
        let text =
            format!("definition = \"{path}\"\n{}", VALUES.replacen(right, mistaken, 1)).replace("SECRET", &place);
        let found = mistakes(&toml::from_str(&text).unwrap());
        let [mistake] = found.as_slice() else { panic!("{mistaken}: {found:?}") };
        assert!(mistake.message.contains(told), "{mistaken}: {mistake:?}");
        let offset = mistake.offset.unwrap_or_else(|| panic!("{mistaken}: {mistake:?}"));
        let near = &text[offset..];
        let line = text[..offset].matches('\n').count();
        let wanted = text.find(at).map(|at| text[..at].matches('\n').count());
        assert!(
            near.starts_with(at) || wanted == Some(line) || (at == "method" && near.starts_with("[[")),
            "{mistaken}: {near}"
        );
    }
}

#[test]
fn presets_are_chosen_by_name_and_one_definition_is_enough() {
    let site = Site::new();
    let shown = wrong(&site.settings("preset = \"hubsoft9\""));
    assert!(shown.contains("não há preset `hubsoft9`; há: datacake"), "{shown}");
    let path = site.definition(RIGHT);
    let shown = wrong(&site.settings(&format!("preset = \"datacake\"\ndefinition = \"{path}\"")));
    assert!(shown.contains("um dos dois"), "{shown}");
    assert!(wrong(&site.settings("")).contains("falta `preset` ou `definition`"));
    assert!(wrong(&site.settings("definition = \"/nao/ha.toml\"")).contains("não consegui ler /nao/ha.toml"));
    let shown = wrong(&site.settings("preset = \"datacake\""));
    for named in ["`base_url`", "`token`", "`path_info_cliente`", "`path_listar_faturas`"] {
        assert!(shown.contains(&format!("falta {named} em [erp.configured.values]: o ")), "{named}: {shown}");
    }
    assert!(!shown.contains("path_notas"), "what is optional is not asked for: {shown}");
}
