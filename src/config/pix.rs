//! Whose PIX codes the totem shows.

use serde::Deserialize;

use super::tree::Step;
use super::wrong::nearest;
use crate::domain::PixAccounts;
use crate::domain::br_code::KeyKind;
use crate::http::SetUpError;
use crate::pix::api_pix::{PRESETS, Unfit};

use crate::pix::static_key::StaticKey;
use crate::pix::{api_pix, mercado_pago, static_key};

const NO_KEY: &str = "não tem a forma de uma chave PIX: e-mail e chave aleatória em minúsculas; CPF e CNPJ só com os \
                      caracteres; telefone com +55";

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
            if KeyKind::of(bank.key.trim()).is_none() {
                mistakes.push((path("bank", Some(place), "key"), NO_KEY.to_owned()));
            }
            if let Err(unfit) = api_pix::connect(bank.clone()) {
                let (key, why) = in_words(&unfit);
                mistakes.push((path("bank", Some(place), key), format!("banco \"{}\": {why}", bank.id())));
            }
        }
        if let Some(Err(error)) = self.mercado_pago.clone().map(mercado_pago::connect) {
            mistakes.push((path("mercado_pago", None, "base_url"), error.to_string()));
        }
        if self.static_key.as_ref().is_some_and(|fixed| KeyKind::of(fixed.key.trim()).is_none()) {
            mistakes.push((path("static_key", None, "key"), NO_KEY.to_owned()));
        } else if let Some(Err(error)) = self.static_key.as_ref().map(StaticKey::new) {
            let message = format!("esta chave não forma um código PIX: {error}");
            mistakes.push((path("static_key", None, "key"), message));
        }
        mistakes
    }
}

/// The key that is wrong, and why, in the technician's language.
fn in_words(unfit: &Unfit) -> (&'static str, String) {
    match unfit {
        Unfit::NoPreset(name) => {
            let near = nearest(name, &PRESETS).map(|near| format!("; quis dizer \"{near}\"?")).unwrap_or_default();
            ("preset", format!("não há preset \"{name}\"{near}; há: {}", PRESETS.join(", ")))
        }
        Unfit::Missing(key) => ("preset", format!("falta `{key}`")),
        Unfit::Unsendable(key) => ("preset", format!("`{key}` tem letras que não podem ser enviadas")),
        Unfit::Life => ("expires_in_s", "deve ficar entre 60 e 86400 segundos".to_owned()),
        Unfit::Code(why) => ("name", format!("chave, nome e cidade não formam um código PIX ({why})")),
        Unfit::SetUp(SetUpError::Certificate(why)) => {
            ("certificate", format!("o certificado não pode ser usado: {why}"))
        }
        Unfit::SetUp(other) => ("preset", other.to_string()),
    }
}
