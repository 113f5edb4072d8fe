use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use jiff::Timestamp;

use super::*;

fn about() -> About {
    About { totem: "LOJA \"1\"".into(), version: "0.1.0", state: std::env::temp_dir(), parts: vec!["erp", "printer"] }
}

fn text(meter: &Arc<Meter>) -> String {
    as_text(&metrics(&about(), meter, Timestamp::UNIX_EPOCH))
}

#[test]
fn a_totem_that_has_just_started_tells_what_it_knows_and_no_more() {
    let meter = Arc::new(Meter::default());
    meter.commit.took(Duration::from_millis(3));
    let text = text(&meter);
    for line in [
        "totem_build_info{version=\"0.1.0\",totem=\"LOJA \\\"1\\\"\"} 1",
        "totem_in_service 0",
        "totem_write_offs_owed 0",
        "# TYPE totem_journal_commit_seconds histogram",
        "totem_journal_commit_seconds_bucket{le=\"0.001\"} 0",
        "totem_journal_commit_seconds_bucket{le=\"0.005\"} 1",
        "totem_journal_commit_seconds_bucket{le=\"+Inf\"} 1",
        "totem_journal_commit_seconds_sum 0.003",
    ] {
        assert!(text.lines().any(|told| told == line), "{line} is not in\n{text}");
    }
    for counter in [
        "totem_payments_total{method=\"pix\",outcome=\"paid\"} 0",
        "totem_payments_total{method=\"debit\",outcome=\"given_up\"} 0",
    ] {
        assert!(text.lines().any(|told| told == counter), "a counter begins at nothing: {counter}\n{text}");
    }
    assert!(!text.contains("totem_part_up{"), "nothing was asked of the parts yet: {text}");
}

#[test]
fn otlp_counts_each_bucket_by_itself() {
    let meter = Arc::new(Meter::default());
    for millis in [3, 30, 120_000] {
        meter.erp.took(Duration::from_millis(millis));
    }
    let now = Timestamp::from_second(1_764_331_200).unwrap();
    let sent = as_otlp(&about(), &metrics(&about(), &meter, now), Timestamp::UNIX_EPOCH, now);
    let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
    let metrics = sent["resourceMetrics"][0]["scopeMetrics"][0]["metrics"].as_array().unwrap();
    let erp = metrics.iter().find(|metric| metric["name"] == "totem_erp_request_seconds").unwrap();
    let point = &erp["histogram"]["dataPoints"][0];
    assert_eq!(point["bucketCounts"], serde_json::json!(["0", "1", "0", "1", "0", "0", "0", "0", "0", "1"]));
    assert_eq!(point["explicitBounds"].as_array().unwrap().len(), 9);
    assert_eq!((&point["count"], &point["timeUnixNano"]), (&"3".into(), &"1764331200000000000".into()));
    assert!(metrics.iter().all(|metric| metric["name"] != "totem_part_up"), "a metric without a point: {sent}");
}

fn asked(address: std::net::SocketAddr, request: &[u8]) -> String {
    let mut caller = TcpStream::connect(address).unwrap();
    caller.write_all(request).unwrap();
    let mut answer = String::new();
    let _ = caller.read_to_string(&mut answer);
    answer
}

#[test]
fn metrics_are_given_out_after_callers_that_hang_and_callers_that_talk_nonsense() {
    let open = scrape::open("127.0.0.1:0".parse().unwrap(), about(), Arc::new(Meter::default())).unwrap();
    let hangs = TcpStream::connect(open).unwrap();
    assert!(asked(open, b"\x16\x03\x01 garbage\r\n\r\n").starts_with("HTTP/1.1 400"));
    assert!(asked(open, b"POST /metrics HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 400"));
    assert!(asked(open, b"GET /other HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404"));
    let answer = asked(open, b"GET /metrics?a=b HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(
        answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.contains("\r\n\r\n# HELP totem_build_info"),
        "{answer}"
    );
    drop(hangs);
}

#[test]
fn only_this_machine_may_ask() {
    let settings: Settings = toml::from_str("metrics = \"0.0.0.0:9464\"").unwrap();
    assert!(matches!(settings.check(), Err(Error::NotLoopback(_))));
}
