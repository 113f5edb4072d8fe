//! `totem inspect`, from its arguments to its lines.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;

use clap::Parser;
use jiff::civil::date;
use serde_json::{Value, json};
use totem::inspect::{InspectArgs, run};

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    args: InspectArgs,
}

/// Whether all was valid, and what was printed.
fn inspect(args: &[&str], stdin: &[u8]) -> (bool, String) {
    let command = Command::try_parse_from(["inspect"].iter().chain(args)).unwrap_or_else(|error| panic!("{error}"));
    let mut out = Vec::new();
    let all_valid = run(command.args, stdin, &mut out, date(2026, 11, 22)).unwrap();
    (all_valid, String::from_utf8(out).unwrap())
}

fn objects(printed: &str) -> Vec<Value> {
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn entries(file: &str, list: &str) -> Vec<Value> {
    let path = format!("{}/tests/vectors/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let file: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    file[list].as_array().unwrap().clone()
}

const LINE: &str = "75691.31662 01006.726101 27210.000017 7 73380000001000";
const STATIC: &str = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";

#[test]
fn a_boleto_shows_what_its_bars_hold() {
    let (valid, printed) = inspect(&["boleto", LINE], b"");
    assert!(valid);
    assert_eq!(
        objects(&printed),
        [json!({
            "input": LINE, "valid": true, "error": null, "kind": "cobranca",
            "line": "75691316620100672610127210000017773380000001000",
            "barcode": "75697733800000010001316601006726102721000001",
            "bank": "756", "value_cents": 1000, "due": "2017-11-09", "segment": null,
        })]
    );
}

#[test]
fn the_reference_date_decides_between_two_due_dates() {
    let due = |args: &[&str]| objects(&inspect(args, b"").1)[0]["due"].clone();
    assert_eq!(due(&["boleto", LINE, "--reference-date", "2040-01-01"]), "2042-07-01");
    assert_eq!(due(&["boleto", "--reference-date=2017-10-10", LINE]), "2017-11-09");
}

#[test]
fn every_boleto_vector_comes_out_as_it_should() {
    for entry in entries("boleto", "vectors").iter().filter(|entry| entry["valid"] == true) {
        let reference = entry["reference_date"].as_str().unwrap_or("2026-11-22");
        let (valid, printed) =
            inspect(&["boleto", "-", "--reference-date", reference], entry["line"].as_str().unwrap().as_bytes());
        assert!(valid, "{printed}");
        for key in ["kind", "line", "barcode", "bank", "value_cents", "due", "segment"] {
            assert_eq!(objects(&printed)[0][key], entry[key], "{key} in {entry}");
        }
    }
}

#[test]
fn a_br_code_shows_its_key_or_its_location() {
    let (valid, printed) = inspect(&["brcode", STATIC], b"");
    assert!(valid);
    assert_eq!(
        objects(&printed),
        [json!({
            "input": STATIC, "valid": true, "error": null, "kind": "static",
            "key": "123e4567-e12b-12d1-a456-426655440000", "amount_cents": null,
            "name": "Fulano de Tal", "city": "BRASILIA", "txid": null,
        })]
    );
    for entry in entries("brcode", "vectors") {
        let (valid, printed) = inspect(&["brcode", entry["payload"].as_str().unwrap()], b"");
        let object = &objects(&printed)[0];
        assert!(valid);
        assert_eq!(object["kind"], entry["type"]);
        for (shown, field) in
            [("key", "key"), ("location", "url"), ("name", "name"), ("city", "city"), ("txid", "txid")]
        {
            assert_eq!(object[shown], entry["fields"][field], "{shown} in {entry}");
        }
    }
}

#[test]
fn a_refusal_names_the_object_and_the_reason() {
    let (valid, printed) = inspect(&["brcode", &STATIC.replace("1D3D", "1D3E")], b"");
    assert!(!valid);
    assert_eq!(objects(&printed)[0]["error"], "object 63: the checksum does not match");
}

#[test]
fn a_br_code_is_built_from_its_fields() {
    let mut built = 0;
    for entry in entries("brcode", "vectors") {
        let fields = &entry["fields"];
        let single_use = fields["pim"] == "12";
        if entry["type"] == "composite" || !fields["mcc"].is_null() || single_use == fields["url"].is_null() {
            continue; // what the fields of the command line cannot say
        }
        let amount = fields["amount"].as_str().map(|text| text.replace('.', "").parse::<u64>().unwrap());
        let json = json!({
            "key": fields["key"], "location": fields["url"], "name": fields["name"], "city": fields["city"],
            "txid": fields["txid"], "info": fields["info"], "amount_cents": amount,
        });
        let (valid, printed) = inspect(&["brcode", "--build"], json.to_string().as_bytes());
        assert!(valid, "{printed}");
        assert_eq!(printed.trim_end(), entry["payload"], "{entry}");
        built += 1;
    }
    assert_eq!(built, 16);
}

#[test]
fn a_code_for_nothing_or_with_a_misspelt_field_is_not_built() {
    for (fields, error) in [
        (r#"{"key":"a@b.example","name":"A","city":"B","amount_cents":0}"#, "object 54: the amount is zero"),
        (r#"{"key":"a@b.example","name":"A","city":"B","amount":10}"#, "unknown field `amount`"),
        (r#"{"name":"A","city":"B"}"#, "either a key or a location"),
        (r#"{"key":"a@b.example","location":"b.example/1","name":"A","city":"B"}"#, "either a key or a location"),
        (r#"{"location":"b.example/1","name":"A","city":"B","info":"x"}"#, "info goes with a key"),
        ("not json", "cannot be read"),
    ] {
        let (valid, printed) = inspect(&["brcode", "--build", fields], b"");
        let object = &objects(&printed)[0];
        assert!(!valid && object["valid"] == false, "{printed}");
        assert!(object["error"].as_str().unwrap().contains(error), "{printed}");
    }
}

#[test]
fn a_tax_id_is_shown_plain_and_masked() {
    let (valid, printed) = inspect(&["taxid", "123.456.789-09", "12abc34501de35"], b"");
    assert!(valid);
    assert_eq!(
        objects(&printed),
        [
            json!({"input": "123.456.789-09", "valid": true, "error": null,
                "kind": "cpf", "normalized": "12345678909", "masked": "***.***.*89-09"}),
            json!({"input": "12abc34501de35", "valid": true, "error": null,
                "kind": "cnpj", "normalized": "12ABC34501DE35", "masked": "**.***.***/**DE-35"}),
        ]
    );
}

#[test]
fn an_amount_is_shown_in_cents_and_a_leading_hyphen_is_no_option() {
    let (valid, printed) = inspect(&["money", "R$ 1.234,56", "-10,00"], b"");
    assert!(!valid, "one of them is bad");
    assert_eq!(
        objects(&printed),
        [
            json!({"input": "R$ 1.234,56", "valid": true, "error": null, "cents": 123_456}),
            json!({"input": "-10,00", "valid": false, "error": "a negative amount"}),
        ]
    );
    assert!(!inspect(&["taxid", "-52998224725"], b"").0);
}

#[test]
fn each_line_of_standard_input_is_answered_even_one_that_is_not_text() {
    let (valid, printed) = inspect(&["money", "-"], b"1,00\r\n\xff\xfe\n\n2,00");
    assert!(!valid);
    let objects = objects(&printed);
    assert_eq!(
        objects.iter().map(|object| object["cents"].as_u64()).collect::<Vec<_>>(),
        [Some(100), None, None, Some(200)]
    );
    assert_eq!(objects[0]["input"], "1,00");
    assert!(objects[1]["error"].as_str().unwrap().contains("utf-8"));
}

#[test]
fn arguments_and_standard_input_may_be_mixed() {
    let (valid, printed) = inspect(&["money", "1", "-", "3"], b"2\n");
    assert!(valid);
    assert_eq!(objects(&printed).iter().map(|object| object["cents"].clone()).collect::<Vec<_>>(), [100, 200, 300]);
}
