//! What somebody typed in confidence: a PIN on its way to be compared. Shown to nobody.

use std::fmt;

#[derive(Clone, PartialEq, Eq)]
pub struct Typed(String);

impl Typed {
    #[must_use]
    pub fn new(text: String) -> Typed {
        Typed(text)
    }

    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Typed(…)")
    }
}
