//! The definitions that come with the program.

/// The names that `preset` may have.
pub const NAMES: [&str; 2] = ["datacake", "smartbill"];

/// The file's name, for messages, and its text.
pub(super) fn named(name: &str) -> Option<(String, &'static str)> {
    let text = match name {
        "datacake" => include_str!("../../../config/erp/datacake.toml"),
        "smartbill" => include_str!("../../../config/erp/smartbill.toml"),
        _ => return None,
    };
    Some((format!("config/erp/{name}.toml"), text))
}
