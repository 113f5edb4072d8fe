//! A bank's API Pix (Banco Central, 2.9): charges with our own txid, looked at until they are paid, and taken back when
//! the customer leaves.

mod charge;
mod cob;
mod look;
mod preset;
mod problem;
mod refund;
mod session;
mod settings;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

use super::{Error, Health, HealthReply, PixOrder, PixProvider, PixState, Reply};
use crate::domain::{BrCode, ConfirmedBy, Money, PixBack, PixCharge, PixReceipt};
use crate::http::Patience;
use session::Session;

pub use cob::Received;
pub use preset::NAMES as PRESETS;
pub use refund::Refund;
pub use settings::{Auth, Certificate, Extra, Kind, Settings, Unfit};

/// No charge of anybody's: to ask for it shows whether charges may be read.
const NOBODYS_TXID: &str = "TOTEMDOCTOR00000000000000000000";

pub struct ApiPix {
    session: Session,
    settings: Settings,
    /// Since when the bank says that it does not know a charge of ours.
    unknown_since: Mutex<BTreeMap<String, Instant>>,
}

/// A charge as the bank tells it, for a technician.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// `ATIVA`, `CONCLUIDA`, `REMOVIDA_…`, or what this bank says.
    pub status: String,
    pub amount: Option<Money>,
    pub ends: Option<Timestamp>,
    pub received: Vec<Received>,
    pub state: PixState,
}

/// Makes the driver. Nothing is sent yet.
pub fn connect(settings: Settings) -> Result<ApiPix, Unfit> {
    // somebody stands before the code: a slow answer is asked for again, and a bank that is back is heard soon
    let patience = Patience { list: Duration::from_secs(10), breaker: Duration::from_secs(5), ..Patience::default() };
    connect_with(settings, patience)
}

/// `connect` with other deadlines.
pub fn connect_with(settings: Settings, patience: Patience) -> Result<ApiPix, Unfit> {
    check_code(&settings)?;
    let session = Session::new(&settings, patience)?;
    let bank = &session.bank;
    if bank.is_untried {
        tracing::warn!(bank = bank.id, "this bank's preset was never tried against the bank");
    }
    if let Some(identity) = &bank.identity {
        let (now, until) = (Timestamp::now(), identity.valid_until());
        if now < identity.valid_from() || now > until {
            tracing::error!(bank = bank.id, %until, "our own certificate is not valid today");
        }
    }
    Ok(ApiPix { session, settings, unknown_since: Mutex::default() })
}

/// The key must be one, and name and city fit a code, before anybody stands in front of it.
fn check_code(settings: &Settings) -> Result<(), Unfit> {
    let code = BrCode::to_key(settings.key.trim(), &settings.name, &settings.city);
    code.payload().map(drop).map_err(|flaw| Unfit::Code(flaw.to_string()))
}

impl ApiPix {
    async fn see(&self) -> Health {
        let sign_in = self.session.sign_in().await.map_err(Error::from);
        let may_read = match &sign_in {
            Ok(()) => Some(self.find(NOBODYS_TXID).await.map(drop).map_err(Error::from)),
            Err(_) => None,
        };
        Health {
            certificate_until: self.session.bank.identity.as_ref().map(crate::http::Identity::valid_until),
            ahead_s: self.session.ahead_s(),
            sign_in,
            may_read,
        }
    }
}

impl PixProvider for ApiPix {
    fn name(&self) -> &str {
        &self.session.bank.id
    }

    fn confirmed_by(&self) -> ConfirmedBy {
        ConfirmedBy::Bank
    }

    fn health(&self) -> HealthReply<'_> {
        Box::pin(async { Some(self.see().await) })
    }

    fn charge<'a>(&'a self, order: &'a PixOrder) -> Reply<'a, PixCharge> {
        Box::pin(self.make_charge(order))
    }

    fn look<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(self.look_at(&charge.txid))
    }

    fn remove<'a>(&'a self, charge: &'a PixCharge) -> Reply<'a, PixState> {
        Box::pin(self.take_back(&charge.txid))
    }

    fn gives_back(&self) -> bool {
        true
    }

    fn give_back<'a>(&'a self, _: &'a PixCharge, receipt: &'a PixReceipt, id: &'a str) -> Reply<'a, PixBack> {
        Box::pin(self.devolve(receipt, id))
    }
}
