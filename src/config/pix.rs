//! Whose PIX codes the totem shows.

use serde::Deserialize;

use super::tree::Step;
use crate::domain::PixAccounts;

use crate::pix::static_key::StaticKey;
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

    /// Providers that cannot be called with what is written of them, each at its own table.
    pub(super) fn mistakes_of_banks(&self) -> Vec<(Vec<Step>, String)> {
        let mut mistakes = Vec::new();
        let path = |table: &str, place: Option<usize>, key: &str| {
            let steps = [Step::Key("pix".to_owned()), Step::Key(table.to_owned())].into_iter();
            steps.chain(place.map(Step::Place)).chain([Step::Key(key.to_owned())]).collect::<Vec<_>>()
        };
        let mut ids = vec!["erp_code", "static_key", "mercado_pago"];
        for (place, bank) in self.bank.iter().enumerate() {
            if ids.contains(&bank.id()) {
                let message =
                    format!("\"{}\" já é o nome de outro provedor de PIX: dê um id a cada [[pix.bank]]", bank.id());
                mistakes.push((path("bank", Some(place), "id"), message));
            }
            ids.push(bank.id());
            if let Err(unfit) = api_pix::connect(bank.clone()) {
                let message = format!("banco \"{}\": {unfit}", bank.id());
                mistakes.push((path("bank", Some(place), "preset"), message));
            }
        }
        if let Some(Err(error)) = self.mercado_pago.clone().map(mercado_pago::connect) {
            mistakes.push((path("mercado_pago", None, "base_url"), error.to_string()));
        }
        if let Some(Err(error)) = self.static_key.as_ref().map(StaticKey::new) {
            let message = format!("esta chave não forma um código PIX: {error}");
            mistakes.push((path("static_key", None, "key"), message));
        }
        mistakes
    }
}
