//! Whether those who bring codes and papers to customers are there. Nothing is sent.

use super::{Finding, Patient, Reply};

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
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

/// The reasons are written for the log.
fn in_portuguese(why: &str) -> String {
    let ways = [
        ("no connection in time", "não conecta a tempo"),
        ("no answer in time", "não responde a tempo"),
        ("no connection", "não conecta"),
        ("signing in", "não aceita usuário e senha"),
        ("STARTTLS", "não cifra a conversa (STARTTLS)"),
    ];
    let known = ways.iter().find(|(begins, _)| why.starts_with(begins));
    known.map_or_else(|| why.to_owned(), |(begins, says)| format!("{says}{}", why.trim_start_matches(begins)))
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
