//! Tef by file exchange: a resident manager (Gerenciador Padrão) owns the dialogue at the pinpad; requests and answers
//! are files in two folders.
//!
//! An approved answer is kept in the driver's own directory before it is removed from the manager's, so that it is
//! found again until the journal holds it.

mod dialect;
mod fields;
mod folders;
mod handshake;
mod outcome;
mod parse;
mod request;
mod settings;
mod state;
mod write;

use std::path::Path;

pub use self::settings::{DialectName, Identification, Settings};

use self::dialect::Dialect;
use self::fields::{FieldId, Fields};
use self::folders::Folders;
use self::handshake::{Conversation, Handshake};
use self::outcome::Asked;
use self::parse::Parsed;
use self::request::Command;
use self::state::{InFlight, Kept, State};
use super::{Dialogue, Error, SaleOrder, SaleOutcome, Tef};
use crate::domain::{CardKind, CardSale};

const FOLLOW_THE_PINPAD: &str = "Siga as instruções no pinpad";

pub struct FileExchange {
    settings: Settings,
    dialect: Dialect,
    folders: Folders,
    state: State,
}

/// Takes the driver's own directory and takes back a request that the manager has not taken. The manager and its
/// folders need not be there yet: `check` tells.
///
/// # Errors
/// `Folder` where the directory cannot be used, or another totem uses it.
pub fn connect(settings: Settings) -> Result<FileExchange, Error> {
    let dialect = settings.dialect.dialect();
    let state = State::open(&settings.state_dir)?;
    let folders = Folders::new(settings.request_folder.clone(), settings.response_folder.clone(), dialect.stem);
    // A request that was never taken must not be executed now. Where this fails the next request says so.
    let _ = folders.clear_leftovers();
    Ok(FileExchange { settings, dialect, folders, state })
}

impl FileExchange {
    /// Examines what an older request left, asks whether the manager is there, and examines again: a manager that
    /// answers is done with the request before. What is returned is approved and in no journal yet.
    fn attend(&mut self) -> Result<Vec<CardSale>, Error> {
        self.examine_leftovers(Manager::MayBeWriting)?;
        let id = self.state.next_request()?;
        let activity = request::activity(&self.dialect, &self.settings.identification, id);
        handshake(&self.folders, &self.settings).notify(&activity)?;
        self.examine_leftovers(Manager::IsIdle)?;
        self.state.settle()?;
        self.state.kept()
    }

    /// While the manager may be writing nothing is removed: a new answer could take the old one's place between the
    /// look and the removal.
    fn examine_leftovers(&mut self, manager: Manager) -> Result<(), Error> {
        let in_flight = self.state.in_flight();
        for (path, Parsed { fields, complete }) in self.folders.examine_responses()? {
            if complete || manager == Manager::IsIdle {
                let ours = in_flight.as_ref().filter(|sale| fields.number(FieldId::REQUEST) == Some(sale.request));
                let asked = ours.map(|sale| &sale.asked);
                if let Some(sale) = outcome::found(&fields, &self.dialect, asked, complete) {
                    keep_unawaited(&mut self.state, &sale, &fields)?;
                }
            }
            if manager == Manager::IsIdle {
                tracing::info!(?fields, complete, "TEF leftover removed");
                self.folders.remove(&path)?;
            }
        }
        Ok(())
    }

    fn converse(&mut self, request: &Fields) -> Conversation {
        let handshake = handshake(&self.folders, &self.settings);
        let (state, dialect) = (&mut self.state, &self.dialect);
        handshake.converse(request, |stray| {
            if let Some(sale) = outcome::found(stray, dialect, None, true)
                && let Err(error) = keep_unawaited(state, &sale, stray)
            {
                tracing::error!(%error, "an approved answer to another request is not kept");
            }
        })
    }

    fn conclude(&mut self, asked: &Asked, path: &Path, answer: &Fields) -> SaleOutcome {
        tracing::info!(fields = ?answer, "TEF answer");
        let outcome = outcome::judge(answer, &self.dialect, asked);
        if let SaleOutcome::Approved(sale) | SaleOutcome::Mismatched { sale, .. } = &outcome
            && let Err(error) = self.state.keep(sale)
        {
            tracing::error!(%error, "approved sale not kept: the manager's answer stays where it is");
            return outcome;
        }
        let forgotten = self.folders.remove(path).and_then(|()| self.folders.clear_leftovers());
        if let Err(error) = forgotten.and_then(|()| self.state.settle()) {
            tracing::warn!(%error, "the answer is found again with the next request");
        }
        outcome
    }

    fn finalize(&mut self, command: Command, sale: &CardSale) -> Result<(), Error> {
        if !sale.must_be_finalized {
            return Ok(());
        }
        self.attend()?;
        let id = self.state.next_request()?;
        let now = jiff::Zoned::now().datetime();
        let request = request::finalize(&self.dialect, &self.settings.identification, command, id, sale, now);
        handshake(&self.folders, &self.settings).notify(&request)?;
        if let Err(error) = self.state.forget(sale) {
            tracing::warn!(%error, "a finalised sale is found again");
        }
        Ok(())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manager {
    MayBeWriting,
    IsIdle,
}

fn handshake<'a>(folders: &'a Folders, settings: &Settings) -> Handshake<'a> {
    Handshake {
        folders,
        sts_timeout: settings.sts_timeout(),
        response_limit: settings.response_limit(),
        poll: settings.poll(),
    }
}

fn keep_unawaited(state: &mut State, sale: &CardSale, answer: &Fields) -> Result<(), Error> {
    if state.keep(sale)? == Kept::Now {
        tracing::warn!(fields = ?answer, "approved, and nobody waited for it: kept as pending");
    }
    Ok(())
}

impl Tef for FileExchange {
    fn name(&self) -> &str {
        self.dialect.name
    }

    fn check(&mut self) -> Result<(), Error> {
        self.attend().map(drop)
    }

    /// Only a manager that answers makes an empty list mean that nothing is pending.
    fn pending(&mut self) -> Result<Vec<CardSale>, Error> {
        self.attend()
    }

    fn sell(&mut self, order: &SaleOrder, dialogue: &mut dyn Dialogue) -> SaleOutcome {
        if order.kind == CardKind::Wallet {
            // the manager would show the code in a window of its own, where no customer sees it
            return SaleOutcome::NotStarted(Error::Unsupported("wallets".to_owned()));
        }
        let asked = Asked::from(order);
        let id = match self.attend().map(|kept| kept.into_iter().find(|sale| sale.must_be_finalized)) {
            Ok(Some(older)) => return SaleOutcome::PendingFirst(Box::new(older)),
            Ok(None) => self.state.next_request(),
            Err(error) => Err(error),
        };
        let begun = id.and_then(|id| {
            self.state.begin(&InFlight { request: id, asked: asked.clone() })?;
            Ok(id)
        });
        let id = match begun {
            Ok(id) => id,
            Err(error) => return SaleOutcome::NotStarted(error),
        };
        dialogue.show(FOLLOW_THE_PINPAD, false);
        let request = request::sale(&self.dialect, &self.settings.identification, id, order);
        match self.converse(&request) {
            Conversation::Answered { path, fields } => self.conclude(&asked, &path, &fields),
            Conversation::Lost(why) => SaleOutcome::Unknown { why },
            Conversation::NotBegun(error) => {
                if let Err(error) = self.state.settle() {
                    tracing::warn!(%error, "a sale that never began stays marked until the manager answers");
                }
                SaleOutcome::NotStarted(error)
            }
        }
    }

    fn confirm(&mut self, sale: &CardSale) -> Result<(), Error> {
        self.finalize(Command::Confirm, sale)
    }

    fn undo(&mut self, sale: &CardSale) -> Result<(), Error> {
        self.finalize(Command::Undo, sale)
    }

    /// Also where the answer could not be kept and still lies in the manager's folder.
    fn release(&mut self, sale: &CardSale) -> Result<(), Error> {
        self.state.forget(sale)?;
        for (path, Parsed { fields, complete }) in self.folders.responses() {
            let found = outcome::found(&fields, &self.dialect, None, complete);
            if found.is_some_and(|found| found.is_same_transaction(sale)) {
                self.folders.remove(&path)?;
            }
        }
        Ok(())
    }
}
