//! What a site decides about money that came in.

use serde::Deserialize;

use crate::payment::{CardDriver, OnPrintFailure, Rules, WriteOffBy};

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PaymentChoices {
    /// Not said: as the driver's vendor wants it.
    pub on_print_failure: Option<OnPrintFailure>,
    pub trust_unproven_receipt: bool,
    /// Who writes off what the totem received.
    pub write_off: WriteOffBy,
    /// One of the ERP's ticket types, for a write-off that is left to a person; empty where the ERP wants none.
    pub ticket_kind: String,
    /// A write-off that was sent so often without a word is left to a person.
    pub sends_at_most: u32,
    /// A write-off, or the end of a card sale, that takes longer is told of to a person.
    pub call_person_after_min: u32,
    /// Within so many minutes a suspended service is back once its bills are paid. Not said: no time is promised.
    pub service_back_min: Option<u32>,
}

impl Default for PaymentChoices {
    fn default() -> Self {
        let usual = Rules::default();
        PaymentChoices {
            on_print_failure: None,
            trust_unproven_receipt: usual.trust_unproven_receipt,
            write_off: usual.write_off,
            ticket_kind: String::new(),
            sends_at_most: usual.sends_at_most,
            call_person_after_min: usual.call_person_after_min,
            service_back_min: None,
        }
    }
}

impl PaymentChoices {
    /// With the driver that sells by card, if one does.
    #[must_use]
    pub fn rules(&self, driver: Option<CardDriver>) -> Rules {
        let by_table = driver.map(|driver| OnPrintFailure::of(driver, self.on_print_failure));
        Rules {
            on_print_failure: by_table.unwrap_or(Rules::default().on_print_failure),
            trust_unproven_receipt: self.trust_unproven_receipt,
            write_off: self.write_off,
            sends_at_most: self.sends_at_most,
            call_person_after_min: self.call_person_after_min,
        }
    }

    #[must_use]
    pub fn ticket_kind(&self) -> Option<String> {
        Some(self.ticket_kind.trim().to_owned()).filter(|kind| !kind.is_empty())
    }

    pub(super) fn mistakes(&self) -> Vec<(&'static str, String)> {
        let keys = [
            ("payment.sends_at_most", (2..=100).contains(&self.sends_at_most), "entre 2 e 100 envios"),
            (
                "payment.call_person_after_min",
                (5..=1_440).contains(&self.call_person_after_min),
                "entre 5 e 1440 minutos",
            ),
            (
                "payment.service_back_min",
                self.service_back_min.is_none_or(|minutes| (1..=1_440).contains(&minutes)),
                "entre 1 e 1440 minutos",
            ),
        ];
        let wrong = keys.into_iter().filter(|(_, sound, _)| !sound);
        wrong.map(|(key, _, limits)| (key, format!("deve ficar {limits}"))).collect()
    }
}
