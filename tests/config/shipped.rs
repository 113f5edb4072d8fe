//! The file that we ship has every key, its defaults are the real ones, and the schema is the one committed.

use std::collections::BTreeSet;

const SCHEMA: &str = "config/totem.schema.json";

#[test]
fn the_committed_schema_is_current() {
    let made = totem::config::schema();
    if std::env::var_os("TOTEM_BLESS").is_some() {
        std::fs::write(SCHEMA, &made).unwrap();
    }
    let committed = std::fs::read_to_string(SCHEMA).unwrap();
    assert!(committed == made, "config/totem.schema.json is old: `totem config schema > {SCHEMA}`");
}

#[test]
fn the_shipped_file_has_every_key_that_is_read() {
    let text = totem::config::SHIPPED;
    // a key stands at the beginning of a line, or in the name of a table
    let mut here = BTreeSet::new();
    let mut table = String::new();
    for line in text.lines() {
        let line = line.strip_prefix("# ").unwrap_or(line);
        if let Some(name) = line.strip_prefix('[') {
            let name = name.trim_start_matches('[').split(']').next().unwrap();
            table = name.to_owned();
            let parts: Vec<&str> = name.split('.').collect();
            (1..=parts.len()).for_each(|length| {
                here.insert(parts[..length].join("."));
            });
        } else if let Some((key, value)) = line.split_once('=').filter(|(key, _)| !key.contains('#')) {
            here.insert(format!("{table}.{}", key.trim()));
            // of an inline table
            for (inner, _) in value.split(['{', ',', '}']).filter_map(|part| part.split_once('=')) {
                here.insert(format!("{table}.{}.{}", key.trim(), inner.trim()));
            }
        } else if let Some((_, other)) = line.split_once("# ou { ") {
            for (inner, _) in other.split(['{', ',', '}']).filter_map(|part| part.split_once('=')) {
                here.insert(format!("{table}.certificate.{}", inner.trim()));
                here.insert(format!("{table}.definition"));
            }
        }
    }
    let read = totem::config::keys();
    assert!(read.len() > 120, "{}", read.len());
    let missing: Vec<String> = read
        .iter()
        .map(|key| key.replace(".[]", ""))
        .filter(|key| !here.contains(key) && !text.contains(&format!("ou {} =", key.rsplit('.').next().unwrap())))
        .collect();
    assert!(missing.is_empty(), "config/totem.toml says nothing of {missing:?}");
}

/// Of every key that has a default: what is read with the file's word is what is read without it.
#[test]
fn every_default_that_is_written_is_the_real_one() {
    let wrong = totem::config::wrong_defaults();
    assert!(wrong.is_empty(), "config/totem.toml tells other defaults than the program has: {wrong:?}");
}
