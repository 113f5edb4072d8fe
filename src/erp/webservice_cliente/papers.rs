//! What a bill can be paid with elsewhere: its linha digitável, its PIX code, its PDF. Calls #12 and #14, and one that the
//! document does not name.

use std::collections::BTreeMap;

use reqwest::Method as Verb;
use serde::{Deserialize, Serialize};

use super::shape::{Said, hear, hear_document};
use super::{PERSON, WebServiceCliente, customer_id, garbled, invoice_id, json};
use crate::domain::{BillRef, Boleto};
use crate::erp::scalar::{List, Scalar};
use crate::erp::text::{br_code, is_like_br_code, normalized};
use crate::erp::{Capability, Error};
use crate::http::{Body, PDF_AT_MOST, Request};

const LINHA: &str = "fatura/aberta/linha_digitavel";
const PIX: &str = "pix/buscar";
const PDF: &str = "fatura/imprimir";

#[derive(Deserialize)]
struct Linha {
    #[serde(rename = "linhaDigitavel", default)]
    linha: Scalar,
}

#[derive(Serialize)]
struct PixWanted<'a> {
    #[serde(rename = "idFatura")]
    invoice: u64,
    #[serde(rename = "idCliente")]
    customer: u64,
    #[serde(rename = "nomeCliente")]
    name: &'a str,
    #[serde(rename = "documentoCliente")]
    document: &'a str,
    #[serde(rename = "tipoDocumentoCliente")]
    kind: &'static str,
}

impl WebServiceCliente {
    /// #12. A linha whose check digits are wrong would be paid to nobody: it counts as none.
    pub(super) async fn find_boleto(&self, bill: &BillRef) -> Result<Option<Boleto>, Error> {
        let id = invoice_id(LINHA, bill)?.to_string();
        let request = self.session.request(LINHA, &["ws", "financeiro", "fatura", "aberta", &id, "linha_digitavel"]);
        let linha = match hear(LINHA, &self.session.read(request).await?)? {
            Said::Word(word) => word,
            Said::Document(json) => {
                let told: Linha = serde_json::from_str(&json).map_err(|_| garbled(LINHA, "unexpected JSON"))?;
                told.linha.text().ok_or_else(|| garbled(LINHA, "no linhaDigitavel"))?.to_owned()
            }
        };
        if normalized(&linha) == "falha" {
            tracing::info!(invoice = %bill.invoice, "the ERP has no boleto for this bill");
            return Ok(None);
        }
        let boleto = Boleto::parse(&linha);
        Ok(boleto
            .map_err(|error| tracing::warn!(invoice = %bill.invoice, %error, "the ERP's linha digitavel is wrong"))
            .ok())
    }

    /// Not in the document: from a public client of the same ERP, which does not show the answer's fields.
    pub(super) async fn find_pix_code(&self, bill: &BillRef) -> Result<Option<String>, Error> {
        if !self.settings.pix {
            return Err(Error::Unsupported(Capability::PixCode));
        }
        let (invoice, customer) = (invoice_id(PIX, bill)?, customer_id(PIX, &bill.customer)?);
        let person = self.person(customer).await?;
        let document = person.document().ok_or_else(|| garbled(PERSON, "no cpf"))?;
        let wanted = PixWanted {
            invoice,
            customer,
            name: person.name(),
            kind: if document.len() == 11 { "CPF" } else { "CNPJ" },
            document: &document,
        };
        let request = Request {
            method: Verb::POST,
            body: Some(Body::Json(json(PIX, &wanted)?)),
            ..self.session.request(PIX, &["ws", "financeiro", "pix", "buscar"])
        };
        let code = match hear(PIX, &self.session.read(request).await?)? {
            Said::Word(word) => Some(word),
            Said::Document(json) => {
                let told: List<BTreeMap<String, Scalar>> =
                    serde_json::from_str(&json).map_err(|_| garbled(PIX, "unexpected JSON"))?;
                let texts = told.0.iter().flat_map(BTreeMap::values).filter_map(Scalar::text);
                texts.map(str::to_owned).find(|text| is_like_br_code(text))
            }
        };
        let code = code.filter(|code| is_like_br_code(code)).and_then(|code| br_code(&code));
        if code.is_none() {
            tracing::info!(invoice = %bill.invoice, "the ERP has no PIX code for this bill");
        }
        Ok(code)
    }

    /// #14.
    pub(super) async fn fetch_pdf(&self, bill: &BillRef) -> Result<Vec<u8>, Error> {
        let id = invoice_id(PDF, bill)?.to_string();
        self.fetch_file(PDF, &["ws", "financeiro", "fatura", &id, "imprimir"]).await
    }

    pub(super) async fn fetch_file(&self, operation: &'static str, path: &[&str]) -> Result<Vec<u8>, Error> {
        let request = Request {
            within: self.session.document_patience(),
            at_most: PDF_AT_MOST,
            ..self.session.request(operation, path)
        };
        let answer = self.session.read(request).await?;
        if answer.is_success() && answer.body.starts_with(b"%PDF-") {
            return Ok(answer.body);
        }
        match hear_document::<Linha>(operation, &answer) {
            Err(error) => Err(error),
            Ok(_) => Err(garbled(operation, "it is not a PDF")),
        }
    }
}
