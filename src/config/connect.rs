//! From the technician's choice to the ERP that is asked, and whether that ERP can serve this totem at all.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Config, ErpChoice, MethodName, Verify};
use crate::erp::site_table::{Coverage, Method};
use crate::erp::{Capability, Erp, configured, hubsoft, webservice_cliente};

/// A new certificate takes a bank days.
const CERTIFICATE_DAYS: i64 = 30;

impl ErpChoice {
    /// The one ERP of the configuration. Nothing is sent yet.
    pub fn connect(&self) -> Result<Arc<dyn Erp>, String> {
        if let Some(settings) = &self.webservice_cliente {
            return Ok(Arc::new(webservice_cliente::connect(settings.clone()).map_err(|error| error.to_string())?));
        }
        if let Some(settings) = &self.hubsoft {
            return Ok(Arc::new(hubsoft::connect(settings.clone()).map_err(|error| error.to_string())?));
        }
        if let Some(settings) = &self.configured {
            return Ok(Arc::new(configured::connect(settings).map_err(|error| error.to_string())?));
        }
        Err("nenhum ERP está configurado".to_owned())
    }
}

impl Config {
    /// Why this ERP cannot serve the totem that this file describes, a sentence each. With one of them nobody could pay.
    #[must_use]
    pub fn unfit(&self, erp: &dyn Erp) -> Vec<String> {
        let can = |capability| erp.supports(capability).is_usable();
        let name = erp.name();
        let mut reasons = Vec::new();
        if !can(Capability::Account) {
            reasons.push(format!("o ERP \"{name}\" não sabe procurar um cliente: sem isso o totem não atende ninguém"));
        }
        if !can(Capability::Invoice) {
            reasons.push(format!(
                "o ERP \"{name}\" não sabe reler uma fatura: sem isso o totem não pode cobrar nem conferir uma baixa"
            ));
        }
        for verify in [Some(self.journey.verify), self.journey.verify_otherwise].into_iter().flatten() {
            if verify.is_code() && !can(Capability::Contacts) {
                reasons.push(format!(
                    "journey.verify pede um código, e o ERP \"{name}\" não informa telefones nem e-mails: use outro \
                     segundo fator"
                ));
            }
            if !verify.is_code() && verify != Verify::None && !can(Capability::Factors) {
                reasons.push(format!(
                    "journey.verify pede um segundo fator que o ERP \"{name}\" não informa: use verify = \"none\""
                ));
            }
        }
        reasons
    }

    /// The names that charges can have here.
    #[must_use]
    pub fn pix_names(&self) -> Vec<&str> {
        self.pix.names()
    }

    /// Whether a code for a PIX can come from anywhere at all.
    #[must_use]
    pub fn has_pix(&self, erp: &dyn Erp) -> bool {
        let ours = self.pix.has_bank() || self.pix.static_key.is_some();
        ours || self.pix.erp_code && erp.supports(Capability::PixCode).is_usable()
    }

    /// The write-off table of the configured driver, as the file writes it: `erp.webservice_cliente.write_off`.
    #[must_use]
    pub fn write_off_table(&self) -> &'static str {
        self.erp.covered().0
    }

    /// What works but not for everybody, a sentence each: a card whose network or brand no row of the write-off table
    /// names is paid, and waits for a person.
    #[must_use]
    pub fn warnings(&self) -> Vec<String> {
        let (rows, covered) = self.erp.covered();
        let offers = |method| self.journey.methods.contains(&method);
        let ours = self.pix.has_bank() && offers(MethodName::Pix) || offers(MethodName::Wallet);
        let asked = [
            (Method::Debit, offers(MethodName::Debit)),
            (Method::Credit, offers(MethodName::Credit)),
            (Method::Pix, ours),
        ];
        asked
            .into_iter()
            .filter(|(method, asked)| *asked && covered.get(method) == Some(&Coverage::OnlyNamed))
            .map(|(method, _)| {
                format!(
                    "[[{rows}]]: as linhas de \"{method}\" só falam de algumas redes ou bandeiras; com outra, o cliente \
                     paga e a baixa fica para uma pessoa. Acrescente uma linha sem network e sem brand"
                )
            })
            .collect()
    }

    /// The same, and what only the calendar shows: a bank's certificate that ends soon, or has ended.
    #[must_use]
    pub fn warnings_at(&self, now: Timestamp) -> Vec<String> {
        let ends = self.pix.bank.iter().filter_map(|bank| Some((bank.id(), bank.certificate_until()?)));
        let soon = ends.filter(|(_, until)| until.duration_since(now).as_hours() < 24 * CERTIFICATE_DAYS);
        let told = soon.map(|(bank, until)| {
            let (day, left) = (until.strftime("%d/%m/%Y"), until.duration_since(now).as_hours().div_euclid(24));
            match left {
                ..0 => format!("banco \"{bank}\": o certificado venceu em {day}; renove no portal do banco"),
                left => format!(
                    "banco \"{bank}\": o certificado vence em {day}, daqui a {left} dias; renove no portal do banco"
                ),
            }
        });
        self.warnings().into_iter().chain(told).collect()
    }
}
