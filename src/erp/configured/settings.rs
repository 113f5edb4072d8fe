//! What a site says: which definition, what it leaves open, what is different here, and to what its payments are
//! written off.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use toml::Spanned;

use super::tree::Node;
use crate::erp::site_table::{self, Coverage, Fits, Method, Row};

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// One of `preset::NAMES`.
    #[serde(default)]
    pub(super) preset: Option<Node>,
    /// The file of a definition of the site's own.
    #[serde(default)]
    pub(super) definition: Option<Node>,
    /// What the definition leaves open.
    #[serde(default)]
    pub(super) values: Option<Node>,
    /// Laid over the definition, key by key.
    #[serde(default, rename = "override")]
    pub(super) overlay: Option<Node>,
    /// Plain http to another machine.
    #[serde(default)]
    pub(super) allow_plain_http: bool,
    /// Which payments are written off, and with what. Without rows nothing is.
    #[serde(default)]
    pub(super) write_off: Vec<Spanned<WriteOffRow>>,
}

/// One row of the write-off table. The row that says most about a payment is taken; of two alike, the first.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WriteOffRow {
    pub(super) method: Method,
    /// The acquirer's network as the TEF names it; any, where absent.
    #[serde(default)]
    pub(super) network: Option<String>,
    /// The card's brand as the TEF names it; any, where absent.
    #[serde(default)]
    pub(super) brand: Option<String>,
    /// What the definition's templates call `row`: account, method, brand, …
    #[serde(default)]
    pub(super) values: Option<Node>,
}

impl Row for Spanned<WriteOffRow> {
    fn fits(&self) -> Fits<'_> {
        let row = self.get_ref();
        Fits { method: row.method, network: row.network.as_deref(), brand: row.brand.as_deref() }
    }
}

impl Settings {
    /// The rows of the write-off table that can never be the one.
    #[must_use]
    pub fn alike(&self) -> Vec<usize> {
        site_table::alike(&self.write_off)
    }

    /// The methods that the write-off table has a row for.
    #[must_use]
    pub fn covered(&self) -> BTreeMap<Method, Coverage> {
        site_table::covered(&self.write_off)
    }
}

/// A value may be a secret that somebody wrote where it does not belong.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("preset", &self.preset.as_ref().and_then(Node::text))
            .field("write_off", &self.write_off.len())
            .finish_non_exhaustive()
    }
}
