//! One transaction through the library's loop, from its first mark on the disk to what became of it.

use super::CliSiTef;
use super::host::GOES_ON;
use super::key::Key;
use super::line::{Order, Reply};
use super::policy::Whom;
use super::state::Record;
use super::talk::Talk;
use super::words;
use crate::tef::{Dialogue, Error, SaleOrder, SaleOutcome};

/// How the library is told to begin.
pub(super) struct Begin {
    pub function: i32,
    pub amount: String,
    pub parameters: String,
    pub key: Key,
}

impl CliSiTef {
    /// Remembered before the library hears of it, until its end is known.
    pub(super) fn transact(
        &mut self,
        begin: Begin,
        order: &SaleOrder,
        whom: &Whom,
        dialogue: &mut dyn Dialogue,
    ) -> SaleOutcome {
        match self.older() {
            Ok(Some(older)) => return SaleOutcome::PendingFirst(Box::new(older)),
            Ok(None) => {}
            Err(error) => return SaleOutcome::NotStarted(error),
        }
        let key = begin.key.clone();
        let begun = match self.state.find(&key) {
            Ok(None) => self.state.write(&Record::begun(key.clone(), order)),
            // its confirm or undo would be this one's too
            Ok(Some(_)) => Err(Error::Folder(format!("document {} was used before", key.document))),
            Err(error) => Err(error),
        };
        if let Err(error) = begun {
            return SaleOutcome::NotStarted(error);
        }
        let outcome = self.interact(begin, order, whom, dialogue);
        self.unsent = true;
        let noted = match &outcome {
            SaleOutcome::Approved(sale) | SaleOutcome::Mismatched { sale, .. } => {
                let sale = Some(sale.as_ref().clone());
                self.state.write(&Record { sale, ..Record::begun(key, order) })
            }
            SaleOutcome::Unknown { .. } => Ok(()),
            SaleOutcome::Declined { .. }
            | SaleOutcome::Cancelled { .. }
            | SaleOutcome::NotStarted(_)
            | SaleOutcome::PendingFirst(_) => self.state.forget(&key),
        };
        if let Err(error) = noted {
            tracing::error!(%error, "the end of a sale is not kept: SiTef is asked again");
            self.clear = false;
        }
        outcome
    }

    fn interact(&mut self, begin: Begin, order: &SaleOrder, whom: &Whom, dialogue: &mut dyn Dialogue) -> SaleOutcome {
        let limit = self.settings.response_limit();
        let Begin { function, amount, parameters, key } = begin;
        let start = self.start(function, amount, &key, parameters);
        match self.call(&start, limit) {
            Ok(Reply::Returned { code: GOES_ON }) => {}
            Ok(Reply::Returned { code }) => return SaleOutcome::NotStarted(words::not_started(code)),
            Ok(Reply::Failed { why }) => return SaleOutcome::NotStarted(Error::Library(why)),
            Ok(_) => return SaleOutcome::Unknown { why: "an answer of another call".to_owned() },
            Err(lost) => return SaleOutcome::Unknown { why: lost.to_string() },
        }
        let settings = self.settings.clone();
        let mut talk = Talk::new(order, whom, &settings, dialogue);
        let (mut with, mut answer) = (0, None);
        loop {
            match self.call(&Order::Continue { with, answer }, limit) {
                Ok(Reply::Turn(turn)) if turn.result != GOES_ON => return talk.outcome(turn.result, &key),
                Ok(Reply::Turn(turn)) => {
                    let back = talk.step(&turn);
                    (with, answer) = (back.with, back.answer);
                }
                Ok(Reply::Failed { why }) => return self.let_go(why),
                Ok(_) => return self.let_go("an answer of another call".to_owned()),
                Err(lost) => return SaleOutcome::Unknown { why: lost.to_string() },
            }
            if talk.does_not_end() {
                return self.let_go("the library was told to end and does not".to_owned());
            }
        }
    }

    /// Nobody but the TEF knows any more; the next question goes to a new process.
    fn let_go(&mut self, why: String) -> SaleOutcome {
        self.process = None;
        SaleOutcome::Unknown { why }
    }
}
