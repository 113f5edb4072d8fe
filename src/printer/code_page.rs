//! Text as the bytes of a printer's code page. No text can become a command: no byte is a control character.

use oem_cp::code_table::{ENCODING_TABLE_CP437, ENCODING_TABLE_CP850, ENCODING_TABLE_CP858, ENCODING_TABLE_CP860};
use oem_cp::encode_char_checked;
use serde::Deserialize;

use crate::paper::text::{printable, stand_in};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub enum CodePage {
    Pc437,
    Pc850,
    Pc858,
    Pc860,
    Windows1252,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a página de código é 437, 850, 858, 860 ou 1252, e não {0}")]
pub struct UnknownCodePage(u16);

impl TryFrom<u16> for CodePage {
    type Error = UnknownCodePage;

    fn try_from(number: u16) -> Result<CodePage, UnknownCodePage> {
        match number {
            437 => Ok(CodePage::Pc437),
            850 => Ok(CodePage::Pc850),
            858 => Ok(CodePage::Pc858),
            860 => Ok(CodePage::Pc860),
            1252 => Ok(CodePage::Windows1252),
            _ => Err(UnknownCodePage(number)),
        }
    }
}

impl CodePage {
    /// Epson's number for `ESC t`.
    #[must_use]
    pub fn epson_table(self) -> u8 {
        match self {
            CodePage::Pc437 => 0,
            CodePage::Pc850 => 2,
            CodePage::Pc860 => 3,
            CodePage::Windows1252 => 16,
            CodePage::Pc858 => 19,
        }
    }

    /// The text in this code page. What it lacks becomes its base letter, or `?`.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(text.len());
        for character in printable(text).chars() {
            match self.byte(character) {
                Some(byte) => bytes.push(byte),
                // Only a stand-in of one column keeps the width that the sheet was laid out for.
                None => bytes.push(stand_in(character).and_then(single).unwrap_or(b'?')),
            }
        }
        bytes
    }

    fn byte(self, character: char) -> Option<u8> {
        if let ' '..='~' = character {
            return u8::try_from(character).ok();
        }
        let byte = match self {
            CodePage::Pc437 => encode_char_checked(character, &ENCODING_TABLE_CP437),
            CodePage::Pc850 => encode_char_checked(character, &ENCODING_TABLE_CP850),
            CodePage::Pc858 => encode_char_checked(character, &ENCODING_TABLE_CP858),
            CodePage::Pc860 => encode_char_checked(character, &ENCODING_TABLE_CP860),
            // Above 0x9F the two are the same, and a printable text has nothing of what differs.
            CodePage::Windows1252 => u8::try_from(character).ok(),
        };
        byte.filter(|byte| *byte >= 0x80)
    }
}

fn single(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [byte] => Some(*byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [CodePage; 5] =
        [CodePage::Pc437, CodePage::Pc850, CodePage::Pc858, CodePage::Pc860, CodePage::Windows1252];

    #[test]
    fn portuguese_in_code_page_850() {
        assert_eq!(CodePage::Pc850.encode("São João ç Ç ª º"), b"S\xc6o Jo\xc6o \x87 \x80 \xa6 \xa7");
        let letters = "ÁÀÂÃÉÊÍÓÔÕÚÜÇáàâãéêíóôõúüçªº°";
        for page in [CodePage::Pc850, CodePage::Pc858, CodePage::Pc860, CodePage::Windows1252] {
            let bytes = page.encode(letters);
            assert_eq!(bytes.len(), letters.chars().count());
            assert!(bytes.iter().all(|byte| *byte >= 0x80), "{page:?} has all of them: {bytes:x?}");
        }
    }

    #[test]
    fn what_a_page_lacks_is_its_base_letter_or_a_question_mark() {
        for (page, text, bytes) in [
            (CodePage::Pc437, "Ã", b"A".as_slice()),
            (CodePage::Pc860, "ë", b"e"),
            (CodePage::Pc850, "€ – “x” •", b"EUR - \"x\" *"),
            (CodePage::Pc850, "漢", b"?"),
            (CodePage::Pc860, "§", b"?"),
        ] {
            assert_eq!(page.encode(text), bytes, "{page:?} {text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_command(text in any::<String>()) {
            for page in ALL {
                let bytes = page.encode(&text);
                prop_assert!(bytes.iter().all(|byte| *byte >= 0x20 && *byte != 0x7f), "{:x?}", bytes);
                prop_assert_eq!(bytes.len(), printable(&text).chars().count());
            }
        }

        #[test]
        fn commands_in_a_text_are_only_letters(tail in "[@a-zA-Z0-9]{0,4}") {
            for control in (0u8..0x20).chain([0x7f]) {
                let bytes = CodePage::Pc850.encode(&format!("{}{tail}", char::from(control)));
                prop_assert!(bytes.ends_with(tail.as_bytes()) && bytes.iter().all(|byte| *byte >= 0x20));
            }
        }
    }
}
