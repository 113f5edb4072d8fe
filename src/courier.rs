//! Courier: a short text to a phone or to an e-mail address, by the site's own mail server or by a gateway that it is told
//! of. A text is sent once: whether there is another is for whoever waits for it to say.

pub mod email;
pub mod gateway;

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::domain::service::Contact;

/// An answer that is on its way.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What is to be brought. `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Where there is room for one.
    pub subject: String,
    pub text: String,
}

impl fmt::Debug for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Letter(…)")
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
