//! What is known of each bank, from files that say where each fact is from.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::settings::{Auth, Extra};

/// The names that `preset` may have.
pub const NAMES: [&str; 8] = ["banco_do_brasil", "bradesco", "efi", "inter", "itau", "santander", "sicoob", "sicredi"];

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Preset {
    /// Whether somebody has charged and received with it.
    pub tried: bool,
    pub base_url: Option<String>,
    pub remove_base_url: Option<String>,
    pub token_url: Option<String>,
    pub auth: Option<Auth>,
    pub scopes: Vec<String>,
    pub headers: BTreeMap<String, Extra>,
    /// What the site must give in `query`.
    pub needs_query: Vec<String>,
    /// Whether the bank asks for one.
    pub certificate: bool,
}

impl Preset {
    pub fn named(name: &str) -> Option<Preset> {
        let text = match name {
            "banco_do_brasil" => include_str!("../../../config/pix/banco_do_brasil.toml"),
            "bradesco" => include_str!("../../../config/pix/bradesco.toml"),
            "efi" => include_str!("../../../config/pix/efi.toml"),
            "inter" => include_str!("../../../config/pix/inter.toml"),
            "itau" => include_str!("../../../config/pix/itau.toml"),
            "santander" => include_str!("../../../config/pix/santander.toml"),
            "sicoob" => include_str!("../../../config/pix/sicoob.toml"),
            "sicredi" => include_str!("../../../config/pix/sicredi.toml"),
            _ => return None,
        };
        toml::from_str(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::address;

    #[test]
    fn every_preset_names_its_addresses_and_its_way_to_sign_in() {
        for name in NAMES {
            let preset = Preset::named(name).unwrap_or_else(|| panic!("{name} cannot be read"));
            for place in [preset.base_url, preset.token_url] {
                address(&place.unwrap(), false).unwrap_or_else(|error| panic!("{name}: {error}"));
            }
            assert!(preset.auth.is_some() && preset.certificate && !preset.tried, "{name}");
        }
        assert!(Preset::named("nubank").is_none());
    }
}
