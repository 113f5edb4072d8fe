//! A value that one bank writes as text and another as a number.

use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A string or a number, as its text; a number keeps every digit. Anything else counts as absent.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(in crate::pix) struct Text(Option<String>);

impl Text {
    pub fn as_str(&self) -> Option<&str> {
        self.0.as_deref()
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        let json = raw.get();
        Ok(Text(
            match json.bytes().next() {
                Some(b'"') => serde_json::from_str::<String>(json).ok().map(|text| text.trim().to_owned()),
                Some(b'-' | b'0'..=b'9') => Some(json.to_owned()),
                _ => None,
            }
            .filter(|text| !text.is_empty()),
        ))
    }
}

/// What is of another shape than expected counts as absent, where nothing depends on it.
pub(in crate::pix) fn lenient<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: serde::de::DeserializeOwned + Default,
{
    let raw = Box::<RawValue>::deserialize(deserializer)?;
    Ok(serde_json::from_str(raw.get()).unwrap_or_default())
}
