use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::erp::configured::context::{Context, Given, Values};
use crate::erp::configured::tree::{Node, Place, Value as Written};

fn node(text: &str) -> Node {
    let place = Place { file: None, offset: 0 };
    Node { value: Written::Text(text.to_owned()), key_at: place.clone(), at: place }
}

fn render(mode: Mode, source: &str, given: &serde_json::Value) -> Result<String, String> {
    let mistakes = Mistakes::default();
    let mut templates = Templates::new();
    let template = templates.read("json", mode, &node(source), source, &mistakes);
    let Some(template) = template else {
        return Err(mistakes.told().into_iter().map(|mistake| mistake.message).collect());
    };
    let serde_json::Value::Object(given) = given.clone() else { panic!("an object") };
    let values = Values::from([("token".to_owned(), Given { text: "s3gredo".into(), is_secret: true })]);
    let context = Context::new(given, "2026-01-31".to_owned()).template(&values, None);
    templates.render(&template, &context).map_err(|failed| failed.why)
}

#[test]
fn filters_write_what_erps_want() {
    let given =
        json!({"total": "337.05", "on": "2026-08-04", "cpf": "52998224725", "cnpj": "11222333000181", "none": null});
    for (source, expected) in [
        ("{{ total | number }}", "337.05"),
        ("{{ total | cents }}", "33705"),
        ("{{ total | comma }}", "\"337,05\""),
        ("{{ on | date('%d/%m/%Y') }}", "\"04/08/2026\""),
        ("{{ cpf | punctuated }}", "\"529.982.247-25\""),
        ("{{ cnpj | punctuated }}", "\"11.222.333/0001-81\""),
        ("{{ '529.982.247-25' | digits }}", "\"52998224725\""),
        ("{{ 'a' | uuid }}", "\"ca978112-ca1b-8dca-bac2-31b39a23dc4d\""),
        ("{{ none }}", "null"),
        ("{{ none or '' }}", "\"\""),
        ("{{ 'NSU ' ~ cpf }}", "\"NSU 52998224725\""),
        ("{{ (total | number) | text }}", "\"337.05\""),
        ("{{ values.token }}", "\"s3gredo\""),
        ("[{% if cpf == '1' %}1{% endif %}]", "[]"),
    ] {
        assert_eq!(render(Mode::Json, source, &given).as_deref(), Ok(expected), "{source}");
    }
}

#[test]
fn what_cannot_be_filled_in_is_told_without_the_value() {
    let given = json!({"name": "MARIA", "empty": "", "list": [1], "dots": ".."});
    for (mode, source, told) in [
        (Mode::Json, "{{ nobody }}", "um nome que não existe"),
        (Mode::Json, "{{ name | number }}", "espera um número"),
        (Mode::Json, "{{ name | date('%d') }}", "espera uma data"),
        (Mode::Json, "{{ name | cents }}", "um valor em reais"),
        (Mode::Json, "{{ name | nofilter }}", "nofilter"),
        (Mode::Json, "{\"a\": \"{{ name }}\"}", "não é JSON"),
        (Mode::Json, "{\"a\": {{ name }},}", "não é JSON"),
        (Mode::Json, "{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}", "não termina"),
        (Mode::Json, "{{ name", "não é um modelo"),
        (Mode::Text, "{{ list }}", "não cabe num texto"),
        (Mode::Path, "/a/{{ empty }}/b", "está vazio"),
        (Mode::Path, "/a/{{ dots }}/b", "só pontos"),
        (Mode::Path, "/a/.{{ '.' }}/b", "só pontos"),
    ] {
        let why = render(mode, source, &given).unwrap_err();
        assert!(why.contains(told) && !why.contains("MARIA"), "{source}: {why}");
    }
}

/// Anything that somebody may have typed or an ERP may have stored.
fn nasty() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("\"".to_owned()),
        Just("\\".to_owned()),
        Just("{{ values.token }}".to_owned()),
        Just("{% if %}".to_owned()),
        Just("\",\"admin\":true,\"x\":\"".to_owned()),
        Just("/../".to_owned()),
        Just("?a=b&c=d#e".to_owned()),
        Just("%2F%00".to_owned()),
        Just("\r\nX-Evil: 1".to_owned()),
        Just("</script>".to_owned()),
        ".*",
        any::<String>(),
    ];
    proptest::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn no_value_breaks_out_of_json(value in nasty()) {
        let given = json!({"v": value});
        let source = "{\"before\": 1, \"v\": {{ v }}, \"joined\": {{ 'x' ~ v }}, \"list\": [{{ v }}]}";
        let text = render(Mode::Json, source, &given).unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(read, json!({"before": 1, "v": value, "joined": format!("x{value}"), "list": [value]}));
    }

    #[test]
    fn a_value_between_quotes_of_the_template_is_refused_rather_than_read_as_something_else(value in nasty()) {
        let rendered = render(Mode::Json, "{\"v\": \"{{ v }}\"}", &json!({"v": value}));
        prop_assert!(rendered.is_err());
    }

    #[test]
    fn no_value_leaves_its_piece_of_a_path(value in nasty()) {
        let Ok(path) = render(Mode::Path, "/bills/{{ v }}/pdf", &json!({"v": value})) else { return Ok(()) };
        let mut url = reqwest::Url::parse("https://erp.example/api").unwrap();
        url.set_path(&format!("/api{path}"));
        let pieces: Vec<&str> = url.path_segments().unwrap().collect();
        prop_assert_eq!(pieces.len(), 4, "{}", url);
        prop_assert_eq!((pieces[0], pieces[1], pieces[3]), ("api", "bills", "pdf"));
        prop_assert!(url.query().is_none() && url.fragment().is_none());
        prop_assert_eq!(url.host_str(), Some("erp.example"));
    }
}
