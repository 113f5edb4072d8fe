//! What a site decides about codes and papers that are sent to its customers.

use std::sync::Arc;

use serde::Deserialize;

use super::{Config, Verify};
use crate::courier::{Courier, email, gateway};
use crate::journey::Couriers;
use crate::runtime::CodeLimits;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CourierTable {
    /// In an hour: to one person or one address, and to everybody together.
    pub codes_per_person: u32,
    pub codes_per_totem: u32,
    /// Receipts and documents go out too, to the registered address.
    pub papers: bool,
    pub email: Option<email::Settings>,
    pub sms: Option<gateway::Settings>,
}

impl Default for CourierTable {
    fn default() -> Self {
        CourierTable { codes_per_person: 5, codes_per_totem: 60, papers: true, email: None, sms: None }
    }
}

impl CourierTable {
    /// What the journey is told of them.
    #[must_use]
    pub fn there(&self) -> Couriers {
        Couriers { email: self.email.is_some(), sms: self.sms.is_some() }
    }

    /// By whom papers may go out.
    #[must_use]
    pub fn letters(&self) -> Couriers {
        if self.papers { self.there() } else { Couriers::default() }
    }

    pub fn email(&self) -> Result<Option<Arc<dyn Courier>>, email::Unfit> {
        let connect = |settings| email::Email::connect(settings).map(|driver| Arc::new(driver) as Arc<dyn Courier>);
        self.email.as_ref().map(connect).transpose()
    }

    pub fn sms(&self) -> Result<Option<Arc<dyn Courier>>, gateway::Unfit> {
        let connect = |settings| gateway::Gateway::connect(settings).map(|driver| Arc::new(driver) as Arc<dyn Courier>);
        self.sms.as_ref().map(connect).transpose()
    }

    #[must_use]
    pub fn limits(&self) -> CodeLimits {
        let many = |codes| usize::try_from(codes).unwrap_or(usize::MAX);
        CodeLimits { per_person: many(self.codes_per_person), per_totem: many(self.codes_per_totem) }
    }

    fn has(&self, verify: Verify) -> bool {
        match verify {
            Verify::CodeSms => self.sms.is_some(),
            Verify::CodeEmail => self.email.is_some(),
            Verify::None | Verify::BirthDayMonth | Verify::PhoneLast4 => true,
        }
    }
}

impl Config {
    pub(super) fn mistakes_of_couriers(&self) -> Vec<(&'static str, String)> {
        let (table, journey) = (&self.courier, &self.journey);
        let mut mistakes = Vec::new();
        let mut wrong = |is: bool, key, message: &str| {
            if is {
                mistakes.push((key, message.to_owned()));
            }
        };
        let missing = |verify| match verify {
            Verify::CodeSms => "o código por SMS precisa da tabela [courier.sms]: sem ela ninguém o recebe",
            _ => "o código por e-mail precisa da tabela [courier.email]: sem ela ninguém o recebe",
        };
        wrong(!table.has(journey.verify), "journey.verify", missing(journey.verify));
        if let Some(otherwise) = journey.verify_otherwise {
            wrong(!table.has(otherwise), "journey.verify_otherwise", missing(otherwise));
            wrong(
                !journey.verify.is_code() || otherwise == journey.verify || otherwise == Verify::None,
                "journey.verify_otherwise",
                "é o outro segundo fator para quando o código não pode ser enviado: só com verify = \"code_sms\" ou \
                 \"code_email\", e diferente dele",
            );
        }
        let is_few = |codes: u32| !(1..=1_000).contains(&codes);
        wrong(is_few(table.codes_per_person), "courier.codes_per_person", "deve ficar entre 1 e 1000 por hora");
        wrong(is_few(table.codes_per_totem), "courier.codes_per_totem", "deve ficar entre 1 e 1000 por hora");
        if let Err(error) = table.email() {
            mistakes.push((error.key(), error.to_string()));
        }
        if let Err(error) = table.sms() {
            mistakes.push((error.key(), error.to_string()));
        }
        mistakes
    }
}
