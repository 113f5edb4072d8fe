//! Words of the ERP: compared without accents and case, shown to whom they are said, and repeated to a technician without
//! numbers that could be a customer's.

use std::fmt;

use crate::domain::BrCode;

const REPEATED_AT_MOST: usize = 120;
const SHOWN_AT_MOST: usize = 300;
/// So much of it is kept at all.
const KEPT_AT_MOST: usize = 2_000;

/// What stands for the words of an error that has none.
pub(in crate::erp) const WORDLESS: &str = "an error without a text";

/// The ERP's own words to a refusal. They may name anybody: they are for the screen of whom it refuses, and no log has them.
#[derive(Clone, PartialEq, Eq)]
pub struct Words(String);

impl Words {
    #[must_use]
    pub fn of(text: &str) -> Words {
        Words(text.chars().take(KEPT_AT_MOST).collect())
    }

    pub(in crate::erp) fn normalized(&self) -> String {
        normalized(&self.0)
    }

    /// For the customer; empty where they say nothing to one.
    #[must_use]
    pub fn shown(&self) -> String {
        shown(&self.0)
    }

    /// For the technician, where no customer is spoken of: at the sign-in.
    pub(in crate::erp) fn repeated(&self) -> String {
        repeated(&self.0)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Words(..)")
    }
}

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

/// The ERP's own message for the screen: whole, on one line. "FALHA" says nothing to a customer.
pub(in crate::erp) fn shown(message: &str) -> String {
    let plain = words(message).collect::<Vec<_>>().join(" ");
    if message == WORDLESS || normalized(&plain) == "falha" {
        return String::new();
    }
    match plain.char_indices().nth(SHOWN_AT_MOST) {
        Some((end, _)) => format!("{}…", plain.get(..end).unwrap_or_default()),
        None => plain,
    }
}

/// The ERP's own message for the technician: short, one line, and every longer number crossed out. It goes into the journal,
/// and into no log.
pub(in crate::erp) fn repeated(message: &str) -> String {
    let plain = words(message).map(without_numbers).collect::<Vec<_>>().join(" ");
    plain.chars().take(REPEATED_AT_MOST).collect()
}

fn words(message: &str) -> impl Iterator<Item = &str> {
    let words = message.split(|letter: char| letter.is_whitespace() || letter.is_control());
    words.filter(|word| !word.is_empty())
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
    fn a_message_is_shown_whole_and_what_says_nothing_is_not() {
        let why = "terminou em 12/11/2026 e um novo só é permitido\n\tdepois";
        assert_eq!(shown(why), "terminou em 12/11/2026 e um novo só é permitido depois");
        assert_eq!(shown(&"ç".repeat(300)), "ç".repeat(300));
        assert_eq!(shown(&"ç".repeat(301)), "ç".repeat(300) + "…");
        for nothing in ["FALHA", " falha\n", WORDLESS, "", "\u{7}"] {
            assert_eq!(shown(nothing), "", "{nothing}");
        }
    }

    #[test]
    fn words_are_in_no_debug_text() {
        assert_eq!(format!("{:?}", Words::of("Cliente FULANA")), "Words(..)");
    }

    #[test]
    fn a_message_is_repeated_without_long_numbers_and_lines() {
        assert_eq!(repeated("CPF 529.982.247-25\n inválido"), "CPF ***.***.***-** inválido");
        assert_eq!(repeated("parcela 12 de 2026"), "parcela 12 de 2026");
        assert_eq!(repeated(&"ç".repeat(500)).chars().count(), 120);
    }
}
