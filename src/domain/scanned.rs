//! What a reader read from a paper bill: the bars of its boleto, or its PIX code.

use super::br_code::Target;
use super::{Boleto, BrCode, Invoice};

/// A reader's line is no longer than this: a boleto has 48 digits, a copia-e-cola up to 512 characters.
const MOST: usize = 600;
/// Of a boleto that was read in part, at least so many digits come.
const HALF: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    Boleto(Boleto),
    /// The copia-e-cola, verbatim.
    Pix(String),
}

/// Why what was read is no bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// Digits of a boleto, but not all of them, or one of them misread.
    #[error("a part of a boleto")]
    Half,
    #[error("neither a boleto nor a PIX code")]
    Unknown,
}

impl Scanned {
    pub fn read(text: &str) -> Result<Scanned, Unread> {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MOST {
            return Err(Unread::Unknown);
        }
        if let Ok(boleto) = Boleto::parse(text) {
            return Ok(Scanned::Boleto(boleto));
        }
        if BrCode::parse(text).is_ok() {
            return Ok(Scanned::Pix(text.to_owned()));
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let is_digits = text.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '.' | '-' | ' '));
        Err(if is_digits && (HALF..=48).contains(&digits) { Unread::Half } else { Unread::Unknown })
    }

    /// Whether this bill is the one, as far as the ERP's list tells its boleto and code.
    #[must_use]
    pub fn is_of(&self, bill: &Invoice) -> bool {
        match self {
            Scanned::Boleto(read) => bill.boleto.as_ref().is_some_and(|boleto| read.is_same_slip(boleto)),
            Scanned::Pix(_) => bill.pix.as_ref().is_some_and(|code| self.is_code(code)),
        }
    }

    /// Whether it is the same PIX code: the same text, or the same charge behind it.
    #[must_use]
    pub fn is_code(&self, code: &str) -> bool {
        let Scanned::Pix(read) = self else { return false };
        read == code || charge(read).zip(charge(code)).is_some_and(|(read, code)| read == code)
    }

    /// Whether this bill's code is worth asking for: some ERPs make one by being asked.
    #[must_use]
    pub fn may_cost(&self, bill: &Invoice) -> bool {
        let amount = match self {
            Scanned::Boleto(boleto) => boleto.value(),
            Scanned::Pix(code) => BrCode::parse(code).ok().and_then(|code| code.amount),
        };
        amount.is_none_or(|amount| amount == bill.original || Some(amount) == bill.updated)
    }
}

/// What makes a code the code of one charge: where the bank keeps it, or the payee's key with a txid.
fn charge(code: &str) -> Option<(String, Option<String>)> {
    let code = BrCode::parse(code).ok()?;
    match code.target {
        Target::Location(at) => Some((at, None)),
        Target::Key { key, .. } => Some((key, Some(code.txid?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BARS: &str = "75697733800000010001316601006726102721000001";
    const LINE: &str = "75691.31662 01006.726101 27210.000017 7 73380000001000";
    const PIX: &str = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d3-a456-4266554400005204000053039865406315.985802BR5913PROVEDOR LTDA6008BRASILIA62070503***63042874";

    #[test]
    fn bars_line_and_pix_code_are_read_and_nothing_else() {
        assert_eq!(Scanned::read(BARS), Scanned::read(LINE));
        assert!(matches!(Scanned::read(BARS), Ok(Scanned::Boleto(_))));
        assert_eq!(Scanned::read(&format!(" {PIX}\r\n")), Ok(Scanned::Pix(PIX.to_owned())));
        let long = "7".repeat(10_000);
        let cut = PIX.get(..100).unwrap();
        for (text, why) in [
            ("", Unread::Unknown),
            ("7", Unread::Unknown),
            ("7891000100103", Unread::Unknown),
            ("https://example.com/um-produto-qualquer", Unread::Unknown),
            (cut, Unread::Unknown),
            (&long, Unread::Unknown),
            (&BARS[..30], Unread::Half),
            ("75697733800000010001316601006726102721000002", Unread::Half),
        ] {
            assert_eq!(Scanned::read(text), Err(why), "{} characters", text.len());
        }
    }

    #[test]
    fn a_slip_that_was_issued_again_is_the_same_slip() {
        // the same claim, worth more and due later; its general check digit is another
        let again = Boleto::parse("75695821700000012321316601006726102721000001");
        let paper = Boleto::parse(BARS).unwrap();
        let again = again.or_else(|_| {
            (0..10)
                .map(|check| format!("7569{check}821700000012321316601006726102721000001"))
                .find_map(|bars| Boleto::parse(&bars).ok())
                .ok_or(())
        });
        assert!(paper.is_same_slip(&again.unwrap()));
        let other = Boleto::parse("75698821700000012321316601006726102745542001").unwrap();
        assert!(!paper.is_same_slip(&other));
    }
}
