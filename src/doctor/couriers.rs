//! Whether those who bring codes and papers to customers are there. Nothing is sent.

use super::words::in_portuguese;
use super::{Finding, Patient, Reply};

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        if let Some(unasked) = patient.unasked("códigos") {
            return vec![unasked];
        }
        let table = &patient.config.courier;
        // what is wrong with the table was told when it was read
        let email = table.email().ok().flatten();
        let sms = table.sms().ok().flatten();
        let mut found = Vec::new();
        for (part, courier, to_do) in [
            ("códigos: e-mail", email, "confira [courier.email]: servidor, porta, security, usuário e senha"),
            ("códigos: SMS", sms, "confira a rede e o endereço em [courier.sms]"),
        ] {
            if let Some(courier) = courier {
                found.push(judge(part, courier.is_there().await, to_do));
            }
        }
        found
    })
}

fn judge(part: &str, there: Result<(), String>, to_do: &str) -> Finding {
    match there {
        Ok(()) => Finding::ok(part, "responde; nada foi enviado"),
        Err(why) => Finding::error(
            part,
            format!("nada seria enviado, nem código nem comprovante: {}", in_portuguese(&why)),
            to_do,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn a_courier_that_is_not_there_is_an_error_with_something_to_do() {
        assert_eq!(judge("códigos: SMS", Ok(()), "x").state, State::Ok);
        let found = judge("códigos: e-mail", Err("signing in: the server says 535".to_owned()), "confira");
        assert_eq!((found.state, found.to_do.as_deref()), (State::Error, Some("confira")));
        assert!(found.says.contains("não aceita usuário e senha: the server says 535"), "{}", found.says);
    }
}
