//! Why somebody did not answer, in the technician's language: the rooms write their reasons for the log.

const WAYS: [(&str, &str); 8] = [
    ("no connection in time", "não conecta a tempo"),
    ("no answer in time", "não responde a tempo"),
    ("no connection", "não conecta"),
    ("the connection was lost", "a conexão caiu"),
    ("it failed repeatedly", "falhou várias vezes seguidas e espera um pouco"),
    ("redirected elsewhere", "manda para outro endereço"),
    ("signing in", "não aceita usuário e senha"),
    ("STARTTLS", "não cifra a conversa (STARTTLS)"),
];

/// What is not known stays as it is: it may be the partner's own word.
pub fn in_portuguese(why: &str) -> String {
    let known = WAYS.iter().find(|(begins, _)| why.starts_with(begins));
    known.map_or_else(
        || why.to_owned(),
        |(begins, says)| match why.trim_start_matches(begins) {
            rest if rest.starts_with(':') => format!("{says}{rest}"),
            _ => (*says).to_owned(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_of_ours_is_translated_and_a_partners_own_word_is_not() {
        for (why, says) in [
            ("no connection in time", "não conecta a tempo"),
            ("no connection", "não conecta"),
            ("it failed repeatedly and is left alone for a while", "falhou várias vezes seguidas e espera um pouco"),
            ("signing in: the server says 535", "não aceita usuário e senha: the server says 535"),
            ("usuário bloqueado", "usuário bloqueado"),
        ] {
            assert_eq!(in_portuguese(why), says);
        }
    }
}
