//! What a site decides about people who want to become customers.

use serde::Deserialize;

use crate::journey::JoinChoices;
use crate::postal;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JoinTable {
    /// Where the ERP can.
    pub offered: bool,
    /// By the ERP's own ids; without them it is told none.
    pub reseller: Option<String>,
    pub origin: Option<String>,
    /// Where a CEP is; without it the address is typed.
    pub cep: Option<postal::Settings>,
}

impl Default for JoinTable {
    fn default() -> Self {
        JoinTable { offered: true, reseller: None, origin: None, cep: None }
    }
}

impl JoinTable {
    #[must_use]
    pub fn choices(&self) -> JoinChoices {
        JoinChoices { offered: self.offered, reseller: self.reseller.clone(), origin: self.origin.clone() }
    }

    pub(super) fn mistake(&self) -> Option<(&'static str, String)> {
        let error = self.cep.as_ref().and_then(|settings| postal::Service::connect(settings).err())?;
        Some(("join.cep.url", error.to_string()))
    }
}
