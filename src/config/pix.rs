//! Whose PIX codes the totem shows.

use serde::Deserialize;

use crate::domain::PixAccounts;
use crate::pix::{api_pix, mercado_pago, static_key};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PixChoices {
    /// Show the code that the ERP issued for a bill.
    pub erp_code: bool,
    /// Whose code is asked for first where both have one.
    pub prefer: Prefer,
    /// Whose account the money of a bill belongs to, by the bill's identifier.
    pub by_identifier: PixAccounts,
    /// Asked in their order.
    pub bank: Vec<api_pix::Settings>,
    pub mercado_pago: Option<mercado_pago::Settings>,
    /// The last resort: nobody but a person can see that it was paid.
    pub static_key: Option<static_key::Settings>,
}

impl Default for PixChoices {
    fn default() -> Self {
        PixChoices {
            erp_code: true,
            prefer: Prefer::Erp,
            by_identifier: PixAccounts::default(),
            bank: Vec::new(),
            mercado_pago: None,
            static_key: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prefer {
    Erp,
    Bank,
}

impl PixChoices {
    /// Somebody can make a code of ours and see that it was paid.
    pub(super) fn has_bank(&self) -> bool {
        !self.bank.is_empty() || self.mercado_pago.is_some()
    }

    /// The names that charges of these choices can have.
    pub(super) fn names(&self) -> Vec<&str> {
        let others = [
            ("erp_code", self.erp_code),
            ("mercado_pago", self.mercado_pago.is_some()),
            ("static_key", self.static_key.is_some()),
        ];
        let others = others.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name);
        self.bank.iter().map(api_pix::Settings::id).chain(others).collect()
    }
}
