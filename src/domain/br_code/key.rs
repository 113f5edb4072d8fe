//! What sort of PIX key a text is (Manual de Padrões para Iniciação do Pix: the five forms).

use crate::domain::TaxId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    Email,
    Cpf,
    Cnpj,
    /// `+55`, area and number.
    Phone,
    /// A UUID in lower case.
    Random,
}

impl KeyKind {
    /// Nothing where it is none of the forms: no bank has such a key.
    #[must_use]
    pub fn of(key: &str) -> Option<KeyKind> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(number) = key.strip_prefix("+55") {
            return ((10..=11).contains(&number.len()) && digits(number)).then_some(KeyKind::Phone);
        }
        if let Some((name, host)) = key.split_once('@') {
            let plain = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase() && byte != b'@';
            let fits = !name.is_empty() && host.contains('.') && key.len() <= 77;
            return (fits && name.bytes().chain(host.bytes()).all(plain)).then_some(KeyKind::Email);
        }
        match key.len() {
            11 if digits(key) => TaxId::parse(key).is_ok().then_some(KeyKind::Cpf),
            14 if key.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()) => {
                TaxId::parse(key).is_ok().then_some(KeyKind::Cnpj)
            }
            36 => is_uuid(key).then_some(KeyKind::Random),
            _ => None,
        }
    }
}

fn is_uuid(text: &str) -> bool {
    text.bytes().enumerate().all(|(place, byte)| match place {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_of_a_key_is_known_and_nothing_else_is_taken_for_one() {
        for (key, kind) in [
            ("totem@provedor.net.br", Some(KeyKind::Email)),
            ("52998224725", Some(KeyKind::Cpf)),
            ("11222333000181", Some(KeyKind::Cnpj)),
            ("12ABC34501DE35", Some(KeyKind::Cnpj)),
            ("+5531999990000", Some(KeyKind::Phone)),
            ("7d9f0335-8dcc-4054-9bf9-0dbd61d36906", Some(KeyKind::Random)),
            ("7D9F0335-8DCC-4054-9BF9-0DBD61D36906", None),
            ("Totem@provedor.net.br", None),
            ("52998224726", None),
            ("529.982.247-25", None),
            ("31999990000", None),
            ("@provedor.net.br", None),
            ("totem@provedor", None),
            ("", None),
        ] {
            assert_eq!(KeyKind::of(key), kind, "{key}");
        }
    }
}
