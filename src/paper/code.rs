//! A PIX code on paper, for whom the screen's is out of reach: the picture, and the text that can be typed or sent.

use jiff::civil::DateTime;

use super::parts::{beneficiary, help, known, pair, text};
use super::{Block, Document, Emphasis};
use crate::domain::receipt::Beneficiary;
use crate::domain::{ConfirmedBy, Money};

/// Letters in one group of the text.
const GROUP: usize = 4;
/// Stands on the paper where the code has a blank, which a gap between groups would hide.
const BLANK: char = '_';

/// What the paper needs to know of a code.
#[derive(Clone, PartialEq, Eq)]
pub struct PixSlip {
    pub beneficiary: Beneficiary,
    pub protocol: String,
    pub amount: Money,
    /// The copia-e-cola, verbatim.
    pub payload: String,
    pub confirmed_by: ConfirmedBy,
    /// Local time until which it can be paid, where it ends.
    pub until: Option<DateTime>,
}

#[must_use]
pub fn pix_code(slip: &PixSlip) -> Document {
    let mut blocks = vec![Block::Title("Pague com PIX".to_owned()), Block::Space];
    blocks.extend(beneficiary(&slip.beneficiary));
    blocks.push(Block::Rule);
    blocks.push(pair("Valor", &slip.amount.to_string(), Emphasis::Large));
    blocks.extend(known("Protocolo", &slip.protocol));
    if let Some(until) = slip.until {
        let until = until.strftime("Vale até as %H:%M de hoje, enquanto o totem espera por ele.").to_string();
        blocks.push(text(&until, Emphasis::Strong));
    }
    blocks.push(text("No aplicativo do seu banco, escolha PIX e aponte a câmera.", Emphasis::Plain));
    blocks.push(Block::Qr(slip.payload.clone()));
    let (groups, has_blanks) = groups(&slip.payload);
    if !groups.is_empty() {
        blocks.push(Block::Rule);
        blocks.push(text("PIX copia e cola, em grupos de 4:", Emphasis::Plain));
        if has_blanks {
            blocks.push(text("_ é um espaço; entre os grupos não há nada.", Emphasis::Plain));
        }
        blocks.push(Block::Groups(groups));
    }
    blocks.push(Block::Rule);
    if slip.confirmed_by == ConfirmedBy::Person {
        blocks.push(text(
            "Guarde o comprovante do seu banco. Nossa equipe confere e registra o pagamento.",
            Emphasis::Strong,
        ));
    }
    blocks.push(text("Este documento não comprova pagamento.", Emphasis::Strong));
    blocks.extend(help(&slip.beneficiary));
    Document { name: "pix_code", blocks }
}

/// The text in groups, and whether blanks are marked in it. None where a reader could not tell what stands there.
fn groups(payload: &str) -> (Vec<String>, bool) {
    let has_blanks = payload.contains(' ');
    if !payload.bytes().all(|byte| (b' '..=b'~').contains(&byte)) || (has_blanks && payload.contains(BLANK)) {
        return (Vec::new(), false);
    }
    let marked: Vec<char> = payload.chars().map(|letter| if letter == ' ' { BLANK } else { letter }).collect();
    (marked.chunks(GROUP).map(|group| group.iter().collect()).collect(), has_blanks)
}

impl std::fmt::Debug for PixSlip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PixSlip").field("protocol", &self.protocol).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_put_together_are_the_code_again() {
        for payload in ["000201", "00020126NOME DE TAL6304ABCD", "a_b", "", "abc"] {
            let (groups, _) = groups(payload);
            let together = groups.concat();
            let read = if payload.contains(' ') { together.replace(BLANK, " ") } else { together };
            assert_eq!(read, payload);
            assert!(groups.iter().all(|group| (1..=4).contains(&group.len())));
        }
    }

    #[test]
    fn a_text_that_could_be_read_in_two_ways_is_left_to_the_picture() {
        for payload in ["a_b c", "São João", "linha\nnova"] {
            assert_eq!(groups(payload), (Vec::new(), false), "{payload}");
        }
    }
}
