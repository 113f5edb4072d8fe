//! The definitions that come with the program.

/// The names that `preset` may have.
pub const NAMES: [&str; 8] = ["datacake", "datacake_automacao", "smartbill", "ixc", "sgp", "rbx", "voalle", "mk_auth"];

/// The file's name, for messages, and its text.
pub(super) fn named(name: &str) -> Option<(String, &'static str)> {
    let text = match name {
        "datacake" => include_str!("../../../config/erp/datacake.toml"),
        "datacake_automacao" => include_str!("../../../config/erp/datacake_automacao.toml"),
        "smartbill" => include_str!("../../../config/erp/smartbill.toml"),
        "ixc" => include_str!("../../../config/erp/ixc.toml"),
        "sgp" => include_str!("../../../config/erp/sgp.toml"),
        "rbx" => include_str!("../../../config/erp/rbx.toml"),
        "voalle" => include_str!("../../../config/erp/voalle.toml"),
        "mk_auth" => include_str!("../../../config/erp/mk_auth.toml"),
        _ => return None,
    };
    Some((format!("config/erp/{name}.toml"), text))
}
