use super::*;

fn scene() -> Scene {
    Scene {
        given: from_json(r#"{"bill":{"id":"90"},"values":{"words":"ok pago"}}"#),
        steps: from_json(r#"{"first":{"id":7}}"#),
        status: 404,
        text: "SUCESSO".to_owned(),
        kind: "json",
        today: "2026-01-31".to_owned(),
    }
}

fn run(code: &str, input: &str) -> Result<Vec<String>, String> {
    let filter = compile(code).map_err(|(at, why)| format!("{at}: {why}"))?;
    let values = values(&filter, from_json(input), scene(), 10).map_err(|failed| format!("{failed:?}"))?;
    values.iter().map(|value| to_json(value).map_err(|failed| format!("{failed:?}"))).collect()
}

fn one(code: &str, input: &str) -> String {
    run(code, input).unwrap().join(" ")
}

#[test]
fn numbers_keep_every_digit_that_the_erp_wrote() {
    for number in ["6.3196", "14.745733333333336", "0.10", "99999999999999999999", "1.00", "12345678901234567890.12345"]
    {
        assert_eq!(one(".[0]", &format!("[{number}]")), number);
        assert_eq!(one("{valor: .a.b}", &format!(r#"{{"a":{{"b":{number}}}}}"#)), format!(r#"{{"valor":{number}}}"#));
    }
}

#[test]
fn an_expression_sees_what_was_asked_and_what_came_before() {
    assert_eq!(
        one("[$in.bill.id, $step.first.id, $status, $text, $kind, $today]", "null"),
        r#"["90",7,404,"SUCESSO","json","2026-01-31"]"#
    );
}

#[test]
fn our_own_words_do_what_the_page_says() {
    for (code, input, expected) in [
        ("list", "[1]", "[1]"),
        ("list", r#"{"total":2,"x":[1,2]}"#, "[1,2]"),
        ("one", r#"[{"a":1},{"a":2}]"#, r#"{"a":1}"#),
        ("one", r#"{"a":1}"#, r#"{"a":1}"#),
        ("map(given)", r#"["",null,"a",0]"#, r#"[null,null,"a",0]"#),
        ("plain", r#"" A fatura JÁ se_encontra  QUITADA ""#, r#""a fatura ja se encontra quitada""#),
        ("digits", r#""529.982.247-25""#, r#""52998224725""#),
        ("map(yes)", r#"["S","sim",true,1,"n",null]"#, "[true,true,true,true,false,false]"),
    ] {
        assert_eq!(one(code, input), expected, "{code} {input}");
    }
    assert!(run("list", r#"{"error":"x"}"#).is_err(), "no list is not an empty list");
    assert!(run("list", "null").is_err());
}

#[test]
fn what_never_ends_or_looks_elsewhere_is_refused_and_keys_of_the_same_name_are_not() {
    for code in [
        "def f: f; f",
        "def f: [1] | map(f); f",
        "def f: def g: f; g; f",
        "repeat(.)",
        "[range(1e9)]",
        "env",
        "$ENV",
        "input",
        "now",
        "debug",
        "halt",
        "while(true; .)",
        "until(false; .)",
        "recurse(.a)",
        "\"\\(now)\"",
        "include \"a\"; .",
        "import \"a\" as a; .",
        "[limit(3; repeat(1))]",
        "combinations",
        "halt_error",
        "error_free",
    ] {
        assert!(run(code, "null").is_err(), "{code}");
    }
    for (code, expected) in [
        ("{now: 1, env: 2}", r#"{"now":1,"env":2}"#),
        (".input?", "null"),
        ("def f: . + 1; def g: f | f; 1 | g", "3"),
        ("def f(x): x + 1; f(2)", "3"),
        ("[.. | numbers]", "[]"),
    ] {
        assert_eq!(one(code, "null"), expected, "{code}");
    }
}

#[test]
fn a_mistake_is_told_where_it_stands() {
    for (code, at, told) in [
        (".a | nope", 5, "`nope` não existe"),
        (".a |", 4, "acaba antes do tempo"),
        ("[.a", 3, "parêntese"),
        (".a | $nope", 5, "`$nope` não existe"),
        ("1 | def f: f; f", 8, "chama a si mesma"),
    ] {
        let (offset, why) = compile(code).map(drop).unwrap_err();
        assert!(why.contains(told), "{code}: {why}");
        assert_eq!(offset, at, "{code}");
    }
}
