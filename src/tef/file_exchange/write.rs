//! Writes a request file, and folds our own words to the characters every manager reads.

use super::fields::{FieldId, Fields};

/// One `AAA-BBB = value` line a field, CR LF, and the trailer. A character outside Latin-1 becomes `?`; a line break
/// becomes a blank, so no value can write a field of its own.
pub(super) fn write(fields: &Fields) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (id, value) in fields.iter().chain([(FieldId::TRAILER, "0")]) {
        bytes.extend_from_slice(format!("{id} = ").as_bytes());
        bytes.extend(value.chars().map(|c| match c {
            '\r' | '\n' => b' ',
            other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
        }));
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

/// Only 20h to 7Eh (PayGo, generic format): accents fall off, the rest becomes `?`.
pub(super) fn fold(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            ' '..='~' => c,
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'ª' => 'a',
            'Á' | 'À' | 'Â' | 'Ã' | 'Ä' => 'A',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'É' | 'È' | 'Ê' | 'Ë' => 'E',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'Í' | 'Ì' | 'Î' | 'Ï' => 'I',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' | 'º' => 'o',
            'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ö' => 'O',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'Ú' | 'Ù' | 'Û' | 'Ü' => 'U',
            'ç' => 'c',
            'Ç' => 'C',
            'ñ' => 'n',
            'Ñ' => 'N',
            '–' | '—' => '-',
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            c if c.is_whitespace() => ' ',
            _ => '?',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_words_go_out_without_accents() {
        assert_eq!(fold("São João – Conexão Fácil Ltdª\n"), "Sao Joao - Conexao Facil Ltda ");
        assert_eq!(fold("光"), "?");
    }

    #[test]
    fn a_value_cannot_add_a_field() {
        let fields = Fields::default().with(FieldId::NETWORK, "REDE\r\n009-000 = 0");
        assert_eq!(write(&fields), b"010-000 = REDE  009-000 = 0\r\n999-999 = 0\r\n");
    }
}
