//! Courier: a short text to a phone, or a letter with papers to an e-mail address, by the site's own mail server or by a
//! gateway that it is told of. It is sent once: whether there is another is for whoever waits for it to say.

pub mod email;
pub mod gateway;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::domain::Pdf;
use crate::domain::service::Contact;

/// An answer that is on its way.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What is to be brought. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Where there is room for one.
    pub subject: String,
    pub text: String,
    /// What lies in it. Only a letter by e-mail has room for papers.
    pub papers: Vec<Attachment>,
}

impl Letter {
    /// With nothing in it.
    #[must_use]
    pub fn of(subject: String, text: String) -> Letter {
        Letter { subject, text, papers: Vec::new() }
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
    }
}

/// So much of a PDF goes with a letter: in the letters of an e-mail it grows by a third, and few servers take more.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// A PDF that goes with a letter. There is none that is too large. `Debug` shows its size.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    name: String,
    pdf: Pdf,
}

/// It is larger than a letter may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} bytes are more than a letter carries")]
pub struct TooLarge(pub usize);

impl Attachment {
    /// Under the name that a file of it will have.
    pub fn new(name: &str, pdf: Pdf) -> Result<Attachment, TooLarge> {
        let bytes = pdf.bytes().len();
        if bytes > LARGEST { Err(TooLarge(bytes)) } else { Ok(Attachment { name: name.to_owned(), pdf }) }
    }

    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.pdf.bytes()
    }
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Attachment({} bytes)", self.bytes().len())
    }
}

/// What became of a letter. The reasons are for the log: they name no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// Taken over by whoever brings it. That it arrives nobody promises.
    Sent,
    /// This letter was not taken; another may be.
    Refused(String),
    /// Not sent, and no other would be now: nobody answers, or the site's own credentials are not accepted.
    Down(String),
    /// It may be on its way or not.
    Unknown(String),
}

pub trait Courier: Send + Sync {
    /// Sent once, and never again by itself.
    fn send<'a>(&'a self, to: &'a Contact, letter: &'a Letter) -> Reply<'a, Delivery>;

    /// Whether somebody is there who would take a letter. Nothing is sent.
    fn is_there(&self) -> Reply<'_, Result<(), String>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_that_no_server_would_take_goes_into_no_letter_and_nothing_of_one_is_shown() {
        let over = Attachment::new("nota.pdf", Pdf::new(vec![b'%'; LARGEST + 1]));
        assert_eq!(over, Err(TooLarge(LARGEST + 1)));
        let paper = Attachment::new("recibo.pdf", Pdf::new(vec![b'%'; LARGEST])).unwrap();
        assert_eq!(format!("{paper:?}"), format!("Attachment({LARGEST} bytes)"));
        let letter = Letter { papers: vec![paper], ..Letter::of("Recibo".into(), "em anexo".into()) };
        assert_eq!(format!("{letter:?}"), "Letter(…)");
    }
}
