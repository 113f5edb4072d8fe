//! Which of a site's values are secrets, as the `[needs]` of a definition says: known before anything of it is judged, so
//! that a mistake elsewhere shows none.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::preset;

/// By the name of the value.
pub type Secrecy = BTreeMap<String, bool>;

/// Of the definition that a site names. One that cannot be read says nothing; the reader of definitions tells why.
#[must_use]
pub fn of(named: Option<&str>, definition: Option<&str>) -> Secrecy {
    match (named, definition) {
        (Some(name), _) => preset::named(name).map(|(_, text)| told(text)).unwrap_or_default(),
        (None, Some(path)) => std::fs::read_to_string(path).map(|text| told(&text)).unwrap_or_default(),
        (None, None) => Secrecy::new(),
    }
}

/// Of all presets: a name that one of them takes for a secret is one.
#[must_use]
pub fn of_presets() -> Secrecy {
    let mut all = Secrecy::new();
    for (name, is_secret) in preset::NAMES.iter().flat_map(|name| of(Some(name), None)) {
        *all.entry(name).or_default() |= is_secret;
    }
    all
}

/// Of a text that is no whole TOML, what can be read.
fn told(text: &str) -> Secrecy {
    let (table, _) = DeTable::parse_recoverable(text);
    let Some(DeValue::Table(needs)) = table.get_ref().get("needs").map(|needs| needs.get_ref()) else {
        return Secrecy::new();
    };
    let is_secret = |need: &DeValue<'_>| match need {
        DeValue::Table(words) => {
            words.get("secret").is_some_and(|flag| !matches!(flag.get_ref(), DeValue::Boolean(false)))
        }
        _ => false,
    };
    needs.iter().map(|(name, need)| (name.get_ref().to_string(), is_secret(need.get_ref()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_says_which_values_are_secrets_whatever_their_names() {
        let rbx = of(Some("rbx"), None);
        assert_eq!((rbx.get("chave"), rbx.get("historico_documento")), (Some(&true), Some(&false)));
        let smartbill = of(Some("smartbill"), None);
        assert_eq!((smartbill.get("token"), smartbill.get("header_token")), (Some(&true), Some(&false)));
        assert!(of(Some("nenhum"), None).is_empty() && of(None, Some("/nenhum/arquivo")).is_empty());
    }

    #[test]
    fn what_stands_before_a_mistake_is_known_and_a_doubtful_flag_hides() {
        let half = "[needs]\nfrase = { is = \"a\", secret = true }\nsinal = { is = \"b\", secret = \"sim\" }\nx = \n[sign_in\n";
        assert_eq!(told(half).get("frase"), Some(&true));
        assert_eq!(told(half).get("sinal"), Some(&true));
        assert!(told("needs = 3").is_empty() && told("\u{0}").is_empty());
    }

    #[test]
    fn every_preset_has_a_secret() {
        for name in preset::NAMES {
            assert!(of(Some(name), None).values().any(|is_secret| *is_secret), "{name}");
        }
        assert_eq!(of_presets().get("syndata"), Some(&true));
        assert_eq!(of_presets().get("base_url"), Some(&false));
    }
}
