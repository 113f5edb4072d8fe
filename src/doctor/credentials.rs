//! The secrets of the configuration: how many were read, and from where. None is shown.

use super::{Finding, Patient, Reply};

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        let places = &patient.secrets;
        vec![match places.as_slice() {
            [] => Finding::ok("credenciais", "a configuração não usa nenhuma"),
            places => Finding::ok("credenciais", format!("lidas {}: {}", places.len(), places.join(", "))),
        }]
    })
}
