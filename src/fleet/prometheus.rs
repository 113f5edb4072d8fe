//! The text that Prometheus, Zabbix, Telegraf and Grafana Alloy read: exposition format 0.0.4.

use std::fmt::Write;

use super::metrics::{Distribution, Family, Kind, Sample};

pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

#[must_use]
pub fn as_text(families: &[Family]) -> String {
    let mut text = String::new();
    for family in families {
        // writing to a String cannot fail
        let _ = write_family(&mut text, family);
    }
    text
}

fn write_family(text: &mut String, family: &Family) -> std::fmt::Result {
    let kind = match family.kind {
        Kind::Gauge => "gauge",
        Kind::Counter => "counter",
        Kind::Histogram => "histogram",
    };
    writeln!(text, "# HELP {} {}", family.name, family.help)?;
    writeln!(text, "# TYPE {} {kind}", family.name)?;
    for Sample { labels, value } in &family.samples {
        writeln!(text, "{}{} {value}", family.name, labelled(labels))?;
    }
    if let Some(Distribution { buckets, count, sum_s }) = &family.histogram {
        for (bound, less) in buckets {
            writeln!(text, "{}_bucket{{le=\"{bound}\"}} {less}", family.name)?;
        }
        writeln!(text, "{}_bucket{{le=\"+Inf\"}} {count}", family.name)?;
        writeln!(text, "{}_sum {sum_s}", family.name)?;
        writeln!(text, "{}_count {count}", family.name)?;
    }
    Ok(())
}

fn labelled(labels: &[(&'static str, String)]) -> String {
    if labels.is_empty() {
        return String::new();
    }
    let quoted = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let labels: Vec<String> = labels.iter().map(|(name, value)| format!("{name}=\"{}\"", quoted(value))).collect();
    format!("{{{}}}", labels.join(","))
}
