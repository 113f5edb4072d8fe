//! What a bank says of a tried charge, turned into facts.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::NOBODYS;
use crate::domain::{DeskFact, PixBack, PixCharge, PixReceipt};
use crate::journey::step::PanelNews;
use crate::journey::technician::TryTold;
use crate::payment::pix_try::Stage;
use crate::pix::{self, PixState};
use crate::runtime::call::PixDone;
use crate::runtime::core::Core;
use crate::runtime::core::late::receipts;
use crate::runtime::core::retry::What;

/// Somebody waits so long for the bank to have given it back.
const BACK_PATIENCE: SignedDuration = SignedDuration::from_secs(60);

impl Core {
    pub(in crate::runtime::core) fn pix_tried(&mut self, txid: &str, done: PixDone, now: Timestamp) {
        let Some(running) = self.service.pix.tries.get_mut(txid) else { return };
        running.in_flight = false;
        let takes_back = std::mem::take(&mut running.takes_back);
        match done {
            PixDone::Charged(result) => self.try_charged(txid, result, now),
            PixDone::Looked(Ok(PixState::Paid { amount, end_to_end, at, others })) => {
                let first = PixReceipt { end_to_end, amount, at };
                self.try_paid(txid, receipts(first, others), now);
            }
            PixDone::Looked(result) => self.try_unpaid(txid, result, takes_back, now),
            PixDone::Back { end_to_end, result } => self.try_went_back(txid, end_to_end, result, now),
        }
    }

    fn try_charged(&mut self, txid: &str, result: Result<PixCharge, pix::Error>, now: Timestamp) {
        let Some(running) = self.service.pix.tries.get_mut(txid) else { return };
        match result {
            Ok(charge) => {
                let is_watched = running.watcher.is_some();
                running.shown_at = Some(now);
                let shown = TryTold::Shown { payload: charge.payload.clone() };
                if self.heard_of_try(txid, &DeskFact::PixTryCharged { txid: txid.to_owned(), charge }, now) {
                    if is_watched {
                        self.try_waits(txid, self.rhythm.pix_after(Duration::ZERO), now);
                    }
                    self.tell_watcher(txid, shown);
                }
            }
            // an earlier run asked for it: nobody saw a code, and it may be there all the same
            Err(pix::Error::Unreachable(why)) if running.watcher.is_none() => self.try_failed(txid, &why, now),
            // the code of an earlier run, which somebody paid: what came goes back
            Err(pix::Error::Over(charge)) if running.watcher.is_none() => {
                let fact = DeskFact::PixTryCharged { txid: txid.to_owned(), charge: *charge };
                self.heard_of_try(txid, &fact, now);
            }
            Err(error) => {
                let why = error.to_string();
                self.heard_of_try(txid, &DeskFact::PixTryRefused { txid: txid.to_owned(), why: why.clone() }, now);
                self.tell_watcher(txid, TryTold::Ended { news: PanelNews::PixTryRefused, said: Some(why) });
            }
        }
    }

    fn try_paid(&mut self, txid: &str, receipts: Vec<PixReceipt>, now: Timestamp) {
        let Some(running) = self.service.pix.tries.get_mut(txid) else { return };
        running.retry.worked(&What::Money);
        let facts = running.tried.seen(receipts);
        for fact in facts {
            if self.heard_of_try(txid, &fact, now) {
                self.tell_watcher(txid, TryTold::Paid);
            }
        }
        self.was_looked_at(txid, now);
    }

    fn try_unpaid(&mut self, txid: &str, result: Result<PixState, pix::Error>, takes_back: bool, now: Timestamp) {
        let Some(running) = self.service.pix.tries.get(txid) else { return };
        let is_over = matches!(running.tried.stage, Stage::Over { .. });
        let waited =
            running.shown_at.and_then(|at| Duration::try_from(now.duration_since(at)).ok()).unwrap_or_default();
        let is_watched = running.watcher.is_some();
        match result {
            Ok(_) if is_over => self.was_looked_at(txid, now),
            Ok(PixState::Ended) => {
                self.heard_of_try(txid, &DeskFact::PixTryEnded { txid: txid.to_owned() }, now);
                self.tell_watcher(txid, TryTold::Ended { news: PanelNews::PixTryUnpaid, said: None });
            }
            // somebody stands before the code: a look that failed must not make the next one late
            result if is_watched => {
                if let Err(error) = result {
                    tracing::warn!(txid, %error, "the tried PIX charge could not be looked at");
                }
                self.try_waits(txid, self.rhythm.pix_after(waited), now);
            }
            Ok(_) if takes_back => self.try_failed(txid, "the bank has not taken it back", now),
            // they left while it was looked at
            Ok(_) => {}
            Err(error) if is_over => {
                tracing::warn!(txid, %error, "the tried PIX charge could not be looked at");
                if let Some(running) = self.service.pix.tries.get_mut(txid) {
                    let wait = self.rhythm.again_after(running.retry.tries(&What::Code) + 1, NOBODYS, self.seed);
                    running.retry.failed(What::Code, wait, now);
                }
            }
            Err(error) => self.try_failed(txid, &error.to_string(), now),
        }
    }

    /// A late look has been answered; after the last one nothing more is waited for.
    fn was_looked_at(&mut self, txid: &str, now: Timestamp) {
        let Some(running) = self.service.pix.tries.get_mut(txid) else { return };
        running.retry.worked(&What::Code);
        let (Stage::Over { at, .. }, Some(asked)) = (&running.tried.stage, running.asked_at) else { return };
        running.looked_at = Some(asked);
        let last = self.rhythm.late.last().and_then(|wait| SignedDuration::try_from(*wait).ok());
        if last.is_none_or(|last| asked.duration_since(*at) >= last) {
            self.heard_of_try(txid, &DeskFact::PixTryForgotten { txid: txid.to_owned() }, now);
        }
    }

    fn try_went_back(&mut self, txid: &str, end_to_end: String, result: Result<PixBack, pix::Error>, now: Timestamp) {
        let heard = result.unwrap_or_else(|error| PixBack::Unknown { why: error.to_string() });
        let Some(running) = self.service.pix.tries.get(txid) else { return };
        let known = running.tried.backs.iter().find(|back| back.receipt.end_to_end == end_to_end);
        // the same word in other letters is no news
        let kind = |heard: &PixBack| std::mem::discriminant(heard);
        let is_news = known.is_some_and(|back| back.heard.as_ref().map(kind) != Some(kind(&heard)));
        let fact = DeskFact::PixTryBackHeard { txid: txid.to_owned(), end_to_end, heard: heard.clone() };
        if is_news && !self.heard_of_try(txid, &fact, now) {
            return;
        }
        let told = match heard {
            PixBack::Done { .. } => Some(PanelNews::PixTryBack),
            PixBack::Refused { .. } => Some(PanelNews::PixTryKept),
            PixBack::Pending => self.goes_back_slowly(txid, now),
            PixBack::Unknown { why } => {
                self.try_failed(txid, &why, now);
                let tries = self.service.pix.tries.get(txid).map_or(0, |running| running.retry.tries(&What::Money));
                (tries > 1).then_some(PanelNews::PixTryUnclear)
            }
        };
        let Some(news) = told else { return };
        if news != PanelNews::PixTryUnclear
            && let Some(running) = self.service.pix.tries.get_mut(txid)
        {
            running.retry.worked(&What::Money);
        }
        self.tell_watcher(txid, TryTold::Ended { news, said: None });
    }

    /// What the bank does in a moment is waited for; with nobody there it is asked as anything that failed.
    fn goes_back_slowly(&mut self, txid: &str, now: Timestamp) -> Option<PanelNews> {
        let running = self.service.pix.tries.get(txid)?;
        let asked = running.tried.backs.iter().filter_map(|back| back.asked_at).max()?;
        let is_slow = now.duration_since(asked) >= BACK_PATIENCE;
        if running.watcher.is_none() || is_slow {
            self.try_failed(txid, "the bank has not given it back yet", now);
        } else {
            self.try_waits(txid, self.rhythm.pix_after(Duration::ZERO), now);
        }
        is_slow.then_some(PanelNews::PixTryUnclear)
    }

    fn try_waits(&mut self, txid: &str, wait: Duration, now: Timestamp) {
        if let Some(running) = self.service.pix.tries.get_mut(txid) {
            running.retry.pause(What::Money, wait, now);
        }
    }

    fn try_failed(&mut self, txid: &str, why: &str, now: Timestamp) {
        tracing::warn!(txid, why, "the PIX try is to be carried on");
        if let Some(running) = self.service.pix.tries.get_mut(txid) {
            let wait = self.rhythm.again_after(running.retry.tries(&What::Money) + 1, NOBODYS, self.seed);
            running.retry.failed(What::Money, wait, now);
        }
    }
}
