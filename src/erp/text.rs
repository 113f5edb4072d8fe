//! Words of the ERP: compared without accents and case, and repeated to a technician without numbers that could be a
//! customer's.

use crate::domain::BrCode;

const REPEATED_AT_MOST: usize = 120;

/// Lower case, no accents, underscores and runs of blanks as one blank.
pub(in crate::erp) fn normalized(text: &str) -> String {
    let folded: String = text.chars().flat_map(char::to_lowercase).map(unaccented).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn unaccented(letter: char) -> char {
    match letter {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        '_' => ' ',
        other => other,
    }
}

/// A PIX code as it came. One that is cut short or altered would be paid to nobody, or to somebody else: it counts as none.
pub(in crate::erp) fn br_code(text: &str) -> Option<String> {
    let text = text.trim();
    let read = BrCode::parse(text).map_err(|flaw| tracing::warn!(%flaw, "the ERP's PIX code is not a right one"));
    read.ok().map(|_| text.to_owned())
}

/// Whether a text among others wants to be a PIX code.
pub(in crate::erp) fn is_like_br_code(text: &str) -> bool {
    text.trim_start().starts_with("000201")
}

/// The ERP's own message, for the log and the technician: short, one line, and every longer number crossed out.
pub(in crate::erp) fn repeated(message: &str) -> String {
    let words = message.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let plain = words.filter(|word| !word.is_empty()).map(without_numbers).collect::<Vec<_>>().join(" ");
    plain.chars().take(REPEATED_AT_MOST).collect()
}

/// Why nobody is served where a document is several customers': nobody can know whose bills may be shown.
pub(in crate::erp) fn ambiguous(customers: usize) -> String {
    format!("{customers} customers answer to this CPF or CNPJ; their registers have to be merged in the ERP")
}

fn without_numbers(word: &str) -> String {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits > 4 {
        word.chars().map(|letter| if letter.is_ascii_digit() { '*' } else { letter }).collect()
    } else {
        word.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_accents_case_and_spacing() {
        for (text, expected) in [
            (
                "  A fatura  informada JÁ se\nencontra Inteiramente Quitada. ",
                "a fatura informada ja se encontra inteiramente quitada.",
            ),
            ("INTERNAL_SERVER_ERROR", "internal server error"),
            ("(CAMPO ESPECÍFICO) inválido.", "(campo especifico) invalido."),
        ] {
            assert_eq!(normalized(text), expected);
        }
    }

    #[test]
    fn a_message_is_repeated_without_long_numbers_and_lines() {
        assert_eq!(repeated("CPF 529.982.247-25\n inválido"), "CPF ***.***.***-** inválido");
        assert_eq!(repeated("parcela 12 de 2026"), "parcela 12 de 2026");
        assert_eq!(repeated(&"ç".repeat(500)).chars().count(), 120);
    }
}
