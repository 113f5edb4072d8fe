//! Whether those who watch over this totem can: who fetches its numbers, and to whom it sends them. None holds up a payment.

use super::{Devices, Finding, Patient, Reply};

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        let settings = &patient.config.fleet;
        let mut found = Vec::new();
        // the numbers are the running totem's to give out
        if patient.devices == Devices::InUse
            && let Some(sight) = settings.gives_out()
        {
            found.push(told(sight.part, sight.found));
        }
        if settings.otlp.is_some() || settings.mqtt.is_some() {
            match patient.unasked("frota") {
                Some(unasked) => found.push(unasked),
                None => found.extend(settings.reaches().await.into_iter().map(|one| told(one.part, one.found))),
            }
        }
        found
    })
}

fn told(part: &str, found: Result<String, String>) -> Finding {
    match found {
        Ok(says) => Finding::ok(part, says),
        Err(why) => Finding::warning(
            part,
            format!("{why}; quem vigia de longe não vê este totem"),
            "confira a rede e a tabela [fleet]; o totem atende do mesmo jeito",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn a_watcher_that_is_not_there_is_a_warning_and_no_error() {
        assert_eq!(told("frota: coletor", Ok("responde".to_owned())).state, State::Ok);
        let found = told("frota: coletor", Err("não conecta".to_owned()));
        assert!(found.state == State::Warning && found.says.starts_with("não conecta; "), "{found:?}");
    }
}
