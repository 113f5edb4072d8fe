//! `totem doctor`: asks every part of a totem how it is, and says what is wrong and what to do. It moves no money, prints
//! no paper and shows no secret.
//!
//! Each check is a file of its own and knows nothing of the others; `CHECKS` is the list of them.

mod brand;
mod clock;
mod couriers;
mod credentials;
mod disk;
mod erp;
mod fleet;
mod journal;
mod machine;
mod network;
mod pinpad;
mod pix;
mod printer;
mod report;
mod tef;
mod words;

use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use serde::Serialize;

use crate::config::{self, Config};
use crate::erp::Erp;
use crate::pix::PixProvider;
use crate::printer::Printer;
use crate::tef::Tef;

pub use credentials::Service;
pub use report::{as_json, as_text};

/// How bad it is. The order is the order of badness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Ok,
    /// Could not be looked at now, for a good reason.
    NotChecked,
    /// The totem works; somebody has to see to it soon.
    Warning,
    /// Something that customers meet does not work.
    Error,
}

/// One line of the report, in Portuguese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: `pix sicoob: certificado`.
    pub part: String,
    pub state: State,
    /// What was found, and what it means.
    pub says: String,
    /// What to do about it; nothing where all is well.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    pub to_do: Option<String>,
}

impl Finding {
    fn ok(part: impl Into<String>, says: impl Into<String>) -> Finding {
        Finding { part: part.into(), state: State::Ok, says: says.into(), to_do: None }
    }

    fn new(state: State, part: impl Into<String>, says: impl Into<String>, to_do: impl Into<String>) -> Finding {
        Finding { part: part.into(), state, says: says.into(), to_do: Some(to_do.into()) }
    }

    fn warning(part: impl Into<String>, says: impl Into<String>, to_do: impl Into<String>) -> Finding {
        Finding::new(State::Warning, part, says, to_do)
    }

    fn error(part: impl Into<String>, says: impl Into<String>, to_do: impl Into<String>) -> Finding {
        Finding::new(State::Error, part, says, to_do)
    }
}

/// Everything that is looked at: the configuration, and the drivers made from it.
pub struct Patient {
    pub config: Config,
    pub erp: Arc<dyn Erp>,
    pub pix: Vec<Arc<dyn PixProvider>>,
    pub tef: Mutex<Option<Box<dyn Tef>>>,
    pub printer: Mutex<Option<Box<dyn Printer>>>,
    /// Whether `tef` and `printer` may be touched. What may not be is not there either.
    pub devices: Devices,
    /// The hosts in the addresses of the configuration.
    pub hosts: Vec<String>,
    /// Where its secrets are.
    pub secrets: Vec<String>,
    /// Credentials that only the service is given. Where there is one, nobody outside is asked.
    pub unread: Vec<String>,
    /// As whom the doctor looks.
    pub user: String,
    /// Who runs the totem, if that is another.
    pub service: Option<Service>,
    /// The files of the configuration and of its secrets.
    pub files: Vec<PathBuf>,
    /// Where the machine tells of itself; `/`, but for a test.
    pub root: PathBuf,
}

/// Making a driver for a TEF's folders already clears them up, so it is made only where nobody else uses them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Devices {
    Free,
    /// A totem runs on this machine and talks to them.
    InUse,
    /// The state folder is another user's: files made here would keep the totem out.
    OfAnother,
}

impl Devices {
    /// Why a device is not looked at, if it is not.
    fn left_alone(self, part: &str) -> Option<Finding> {
        let (says, to_do) = match self {
            Devices::Free => return None,
            Devices::InUse => ("o totem está aberto e usa este aparelho", "feche o totem para testar"),
            Devices::OfAnother => {
                ("a pasta do totem é de outro usuário", "rode como o usuário do totem: sudo -u totem totem doctor")
            }
        };
        Some(Finding::new(State::NotChecked, part, format!("não verificado: {says}"), to_do))
    }
}

impl Patient {
    /// Without a secret every partner would seem to turn us away.
    fn unasked(&self, part: &str) -> Option<Finding> {
        let to_do = "rode como o serviço: a linha \"credenciais\" diz como";
        let is_secretless = !self.unread.is_empty();
        is_secretless.then(|| Finding::new(State::NotChecked, part, "não verificado: faltam as credenciais", to_do))
    }
}

type Reply<'a> = Pin<Box<dyn Future<Output = Vec<Finding>> + 'a>>;

/// In the order of the report.
const CHECKS: [for<'a> fn(&'a Patient) -> Reply<'a>; 14] = [
    credentials::check,
    clock::check,
    disk::check,
    journal::check,
    network::check,
    erp::check,
    pix::check,
    couriers::check,
    fleet::check,
    tef::check,
    pinpad::check,
    printer::check,
    machine::check,
    brand::check,
];

/// Asks everybody, one after another, and tells each finding as soon as it is there.
pub async fn examine(patient: &Patient, mut tell: impl FnMut(&Finding)) -> Vec<Finding> {
    let mut all = vec![Finding::ok("configuração", "lida, sem erros")];
    all.iter().for_each(&mut tell);
    for check in CHECKS {
        let found = check(patient).await;
        found.iter().for_each(&mut tell);
        all.extend(found);
    }
    all
}

/// What there is to say of a configuration that cannot be used: nothing else can be looked at.
#[must_use]
pub fn unreadable(error: &config::Error) -> Finding {
    Finding::error("configuração", error.to_string(), "corrija o arquivo: sem ele o totem não abre")
}

/// The same of parts that could not be made from it.
#[must_use]
pub fn unmade(why: &str) -> Finding {
    Finding::error("configuração", format!("as partes não puderam ser montadas: {why}"), "corrija a configuração")
}

/// The worst of all.
#[must_use]
pub fn worst(findings: &[Finding]) -> State {
    findings.iter().map(|finding| finding.state).max().unwrap_or(State::Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_finding_decides() {
        let ok = Finding::ok("a", "b");
        let warning = Finding::warning("a", "b", "c");
        assert_eq!(worst(&[]), State::Ok);
        assert_eq!(worst(&[ok.clone(), warning.clone(), ok.clone()]), State::Warning);
        assert_eq!(worst(&[Finding::error("a", "b", "c"), warning, ok]), State::Error);
    }
}
