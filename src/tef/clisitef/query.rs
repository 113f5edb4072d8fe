//! The query of what waits at SiTef: of the terminal (130), or of one document (131) where the terminal's is not known.

use super::CliSiTef;
use super::collected::{Collected, Listed};
use super::host::GOES_ON;
use super::key::Key;
use super::line::{Order, Reply};
use super::policy::collects;
use crate::tef::Error;

const OF_TERMINAL: i32 = 130;
const OF_DOCUMENT: i32 = 131;
/// The function does not exist.
const UNKNOWN_FUNCTION: i32 = -3;
/// The document is not known.
const UNKNOWN_DOCUMENT: i32 = -13;

/// More steps than any list needs.
const MOST_STEPS: u32 = 100_000;

impl CliSiTef {
    /// Everything of this terminal that waits for a confirm or an undo.
    pub(super) fn listed(&mut self) -> Result<Vec<Listed>, Error> {
        let now = jiff::Zoned::now().datetime();
        // a query has no document of its own
        let none = Key { document: String::new(), ..Key::of(0, now) };
        match self.query(OF_TERMINAL, &none)? {
            Some(listed) => Ok(listed),
            None => self.listed_one_by_one(),
        }
    }

    /// Libraries that only know the query of a document are asked for each that we know.
    fn listed_one_by_one(&mut self) -> Result<Vec<Listed>, Error> {
        tracing::warn!(
            "this CliSiTef cannot tell what waits of the terminal: only the totem's own sales are asked for"
        );
        let mut all = Vec::new();
        for record in self.state.records()? {
            if record.end.is_none_or(|end| !end.delivered) {
                all.extend(self.query(OF_DOCUMENT, &record.key)?.unwrap_or_default());
            }
        }
        Ok(all)
    }

    /// Nothing where the library does not have the function.
    fn query(&mut self, function: i32, key: &Key) -> Result<Option<Vec<Listed>>, Error> {
        let limit = self.settings.call_limit();
        let start = self.start(function, String::new(), key, String::new());
        match self.number(&start, limit)? {
            Some(GOES_ON) => {}
            Some(0 | UNKNOWN_DOCUMENT) => return Ok(Some(Vec::new())),
            Some(UNKNOWN_FUNCTION) => return Ok(None),
            code => return Err(refused(code.unwrap_or_default())),
        }
        let mut collected = Collected::default();
        let mut with = 0;
        for _ in 0..MOST_STEPS {
            let step = self.call(&Order::Continue { with, answer: None }, limit);
            let turn = match step.map_err(|lost| Error::Silent(lost.to_string()))? {
                Reply::Turn(turn) => turn,
                Reply::Failed { why } => return Err(self.unfit(why)),
                _ => return Err(self.unfit("its process does not answer as it should".to_owned())),
            };
            match (turn.result, turn.command) {
                (GOES_ON, 0) => collected.keep(&turn),
                // nobody is asked about a list
                (GOES_ON, command) if collects(command) => with = -1,
                (GOES_ON, _) => {}
                (0, _) => return collected.listed().map(Some).map_err(Error::Silent),
                (UNKNOWN_DOCUMENT, _) => return Ok(Some(Vec::new())),
                (UNKNOWN_FUNCTION, _) => return Ok(None),
                (code, _) => return Err(refused(code)),
            }
        }
        Err(self.unfit("the query of what waits does not end".to_owned()))
    }
}

fn refused(code: i32) -> Error {
    Error::Silent(format!("what waits at SiTef could not be asked ({code})"))
}
