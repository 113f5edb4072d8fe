//! What a bill can be paid with elsewhere: its linha digitável, its PIX code, and the file behind its `link`.

use reqwest::Url;

use super::bill::Bills;
use super::envelope::{Shape, hear};
use super::{HubSoft, bills, garbled, number};
use crate::domain::{BillRef, Boleto};
use crate::erp::{Capability, Error};

const PIX: &str = "financeiro/fatura";
const PDF: &str = "pdf/fatura";

impl HubSoft {
    pub(super) async fn find_boleto(&self, bill: &BillRef) -> Result<Option<Boleto>, Error> {
        let row = self.find_row(bill).await?;
        let boleto = row.and_then(|row| row.boleto());
        if boleto.is_none() {
            tracing::info!(invoice = %bill.invoice, "the ERP has no boleto for this bill");
        }
        Ok(boleto)
    }

    /// From the customer's list, or from the other one, which the current API fills on request only.
    pub(super) async fn find_pix_code(&self, bill: &BillRef) -> Result<Option<String>, Error> {
        if !self.settings.pix {
            return Err(Error::Unsupported(Capability::PixCode));
        }
        let Some(row) = self.find_row(bill).await? else { return Ok(None) };
        let code = match (row.pix(), row.due(&self.zone)) {
            (Some(code), _) => Some(code),
            (None, Some(due)) if !self.server.lacks(PIX) => self.pix_of_the_day(bill, &due.to_string()).await?,
            (None, _) => None,
        };
        if code.is_none() {
            tracing::info!(invoice = %bill.invoice, "the ERP has no PIX code for this bill");
        }
        Ok(code)
    }

    async fn pix_of_the_day(&self, bill: &BillRef, due: &str) -> Result<Option<String>, Error> {
        let wanted = number(PIX, "bill", &bill.invoice.0)?;
        let query = [
            ("busca", "codigo_cliente"),
            ("termo_busca", bill.customer.0.as_str()),
            ("tipo_data", "data_vencimento"),
            // without dates it looks at the last ten days
            ("data_inicio", due),
            ("data_fim", due),
            ("exibir_pix_copia_cola", "sim"),
        ];
        let answer = self.session.read(self.session.get(PIX, &["financeiro", "fatura"], &query)).await?;
        if answer.status == 404 {
            self.server.note(PIX, false);
            return Ok(None);
        }
        let rows = hear::<Bills>(PIX, &answer)?.faturas.0;
        Ok(rows.iter().find(|row| row.id() == Some(wanted)).and_then(super::bill::BillRow::pix))
    }

    pub(super) async fn fetch_pdf(&self, bill: &BillRef) -> Result<Vec<u8>, Error> {
        let refused = |why: &str| Error::Refused { operation: PDF, why: why.to_owned() };
        let row = self.find_row(bill).await?.ok_or_else(|| garbled(bills::BILLS, "the bill is not there"))?;
        let link = row.link().ok_or_else(|| refused("the ERP has no file of this bill"))?;
        self.fetch_file(PDF, link).await
    }

    /// Fetches a PDF from where the ERP says it lies, if that is the ERP's own house or one that the site trusts.
    pub(super) async fn fetch_file(&self, operation: &'static str, link: &str) -> Result<Vec<u8>, Error> {
        let url = trusted(link, &self.session.base(), &self.settings.link_hosts, self.settings.allow_plain_http_links)
            .map_err(|why| Error::Refused { operation, why: why.to_owned() })?;
        let answer = self.session.fetch(operation, url).await?;
        if answer.is_success() && answer.body.starts_with(b"%PDF-") {
            return Ok(answer.body);
        }
        match hear::<serde::de::IgnoredAny>(operation, &answer) {
            Err(error) => Err(error),
            Ok(_) => Err(garbled(operation, Shape::of(&answer.body).what())),
        }
    }
}

/// Where a file may be fetched from: https on the ERP's host or on one that the site names, plain http on the ERP's
/// host where the site allows it or the ERP itself is spoken to that way.
fn trusted(link: &str, erp: &Url, hosts: &[String], plain: bool) -> Result<Url, &'static str> {
    let url = Url::parse(link).map_err(|_| "the link is no address")?;
    let host = url.host_str().ok_or("the link has no host")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the link names a user");
    }
    let at_home = erp.host_str() == Some(host);
    match url.scheme() {
        "https" if at_home || hosts.iter().any(|trusted| trusted.eq_ignore_ascii_case(host)) => Ok(url),
        "https" => Err("the link leads to another host: name it in link_hosts if it is to be trusted"),
        "http" if at_home && (plain || url.origin() == erp.origin()) => Ok(url),
        "http" if at_home => Err("the link is plain http: say allow_plain_http_links = true to follow it"),
        "http" => Err("the link leads over plain http to another host"),
        _ => Err("the link is neither https nor http"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_fetched_from_the_erps_house_and_from_those_the_site_names() {
        let erp = Url::parse("https://api.provedor.exemplo").unwrap();
        let hosts = ["arquivos.provedor.exemplo".to_owned()];
        for (link, plain, good) in [
            ("https://api.provedor.exemplo/pdf/fatura/TXpZ", false, true),
            ("https://arquivos.provedor.exemplo/1.pdf", false, true),
            ("http://api.provedor.exemplo/pdf/fatura/TXpZ", false, false),
            ("http://api.provedor.exemplo/pdf/fatura/TXpZ", true, true),
            ("http://arquivos.provedor.exemplo/1.pdf", true, false),
            ("https://api.provedor.exemplo.mal.exemplo/1.pdf", true, false),
            ("https://api.provedor.exemplo@mal.exemplo/1.pdf", true, false),
            ("https://u:p@api.provedor.exemplo/1.pdf", true, false),
            ("http://127.0.0.1/1.pdf", true, false),
            ("file:///etc/passwd", true, false),
            ("/pdf/fatura/1", true, false),
        ] {
            assert_eq!(trusted(link, &erp, &hosts, plain).is_ok(), good, "{link}");
        }
        let here = Url::parse("http://127.0.0.1:8080").unwrap();
        assert!(trusted("http://127.0.0.1:8080/pdf/1", &here, &[], false).is_ok());
        assert!(trusted("http://127.0.0.1:9090/pdf/1", &here, &[], false).is_err());
    }
}
