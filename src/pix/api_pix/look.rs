//! What became of a charge, and taking it back.

use std::sync::PoisonError;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use tokio::time::Instant;

use super::charge::is_txid;
use super::cob::{Cob, MARGIN_S};
use super::problem::Problem;
use super::session::{Right, Unanswered};
use super::settings::Kind;
use super::{Account, ApiPix};
use crate::http::{Answer, below};
use crate::pix::{Error, PixState};

const REMOVAL: &str = r#"{"status":"REMOVIDA_PELO_USUARIO_RECEBEDOR"}"#;
/// So many forgotten charges are remembered.
const UNKNOWN_AT_MOST: usize = 10_000;

pub(super) struct Found {
    pub cob: Cob,
    /// The bank's clock where it tells, because ours may be wrong.
    pub now: Timestamp,
}

pub(super) enum Unfound {
    Unanswered(Unanswered),
    Judged(Error),
}

impl From<Unfound> for Error {
    fn from(unfound: Unfound) -> Error {
        match unfound {
            Unfound::Unanswered(unanswered) => unanswered.into(),
            Unfound::Judged(error) => error,
        }
    }
}

impl ApiPix {
    /// The charge, or nothing where the bank does not know it.
    pub(super) async fn find(&self, txid: &str) -> Result<Option<Found>, Unfound> {
        self.find_as(self.settings.charge, txid).await
    }

    async fn find_as(&self, kind: Kind, txid: &str) -> Result<Option<Found>, Unfound> {
        let url = below(&self.session.bank.base, &[kind.path(), txid]);
        let operation = if kind == Kind::Cob { "GET cob" } else { "GET cobv" };
        let answer = self.session.call(Right::Charge, operation, Method::GET, &url, None).await;
        let answer = answer.map_err(Unfound::Unanswered)?;
        match answer.status {
            200..300 => read(&answer, txid).map(Some).map_err(Unfound::Judged),
            404 => Ok(None),
            _ => Err(Unfound::Judged(Error::Refused(Problem::of(&answer).to_string()))),
        }
    }

    /// A bank that cannot serve now has not been asked: the customer goes on waiting, and the next look comes soon.
    pub(super) async fn look_at(&self, txid: &str) -> Result<PixState, Error> {
        match self.find(txid).await {
            Ok(Some(found)) => self.known(txid, &found),
            Ok(None) => self.unknown(txid).await,
            Err(Unfound::Unanswered(Unanswered::Busy { .. })) => Ok(PixState::Waiting),
            Err(other) => Err(other.into()),
        }
    }

    /// Takes the charge back. A bank that refuses has probably just been paid; one that is silent is asked again.
    pub(super) async fn take_back(&self, txid: &str) -> Result<PixState, Error> {
        if !is_txid(txid) {
            return Err(Error::Refused("a txid is 26 to 35 letters and digits".to_owned()));
        }
        let kind = self.settings.charge;
        let url = below(&self.session.bank.remove_base, &[kind.path(), txid]);
        let operation = if kind == Kind::Cob { "PATCH cob" } else { "PATCH cobv" };
        let body = Some(REMOVAL.to_owned());
        let answer = self.session.call(Right::Charge, operation, Method::PATCH, &url, body).await?;
        let problem = Problem::of(&answer);
        if answer.is_success()
            && let Ok(removed) = read(&answer, txid)
            && (removed.cob.is_removed() || removed.cob.is_done())
        {
            return self.known(txid, &removed);
        }
        match self.find(txid).await? {
            Some(found) => match self.known(txid, &found)? {
                PixState::Waiting => Err(Error::Refused(format!("the charge was not taken back ({problem})"))),
                state => Ok(state),
            },
            None => match self.unknown(txid).await? {
                PixState::Waiting => Err(Error::Unreachable("the bank does not know the charge yet".to_owned())),
                state => Ok(state),
            },
        }
    }

    /// The charge as a technician wants to see it.
    pub async fn account(&self, txid: &str) -> Result<Option<Account>, Error> {
        let Some(found) = self.find(txid).await? else { return Ok(None) };
        Ok(Some(Account {
            status: found.cob.status().to_owned(),
            amount: found.cob.amount()?,
            ends: found.cob.ends(),
            received: found.cob.received(found.now)?,
            state: found.cob.state(found.now)?,
        }))
    }

    fn known(&self, txid: &str, found: &Found) -> Result<PixState, Error> {
        self.unknown_since.lock().unwrap_or_else(PoisonError::into_inner).remove(txid);
        found.cob.state(found.now)
    }

    /// A charge that was just made is not found for some seconds. One that is not found for longer than it could have
    /// been paid was never there, unless it was made while the site still asked for the other sort.
    async fn unknown(&self, txid: &str) -> Result<PixState, Error> {
        if !self.is_long_unknown(txid) {
            return Ok(PixState::Waiting);
        }
        match self.find_as(self.settings.charge.other(), txid).await {
            Ok(Some(found)) => return self.known(txid, &found),
            Ok(None) | Err(Unfound::Judged(Error::Refused(_))) => {}
            Err(Unfound::Unanswered(Unanswered::Busy { .. })) => return Ok(PixState::Waiting),
            Err(other) => return Err(other.into()),
        }
        self.unknown_since.lock().unwrap_or_else(PoisonError::into_inner).remove(txid);
        tracing::warn!(txid, "the bank has not known this charge for longer than it could be paid");
        Ok(PixState::Ended)
    }

    fn is_long_unknown(&self, txid: &str) -> bool {
        let now = Instant::now();
        let life = Duration::from_secs(u64::from(self.settings.expires_in_s + 2 * MARGIN_S));
        let mut unknown = self.unknown_since.lock().unwrap_or_else(PoisonError::into_inner);
        if unknown.len() >= UNKNOWN_AT_MOST {
            unknown.clear();
        }
        let since = *unknown.entry(txid.to_owned()).or_insert(now);
        now.duration_since(since) > life
    }
}

fn read(answer: &Answer, txid: &str) -> Result<Found, Error> {
    Ok(Found { cob: Cob::read(&answer.body, txid)?, now: answer.date.unwrap_or_else(Timestamp::now) })
}
