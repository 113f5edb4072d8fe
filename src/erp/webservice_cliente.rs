//! The driver for WebService Cliente v2.6 (document 001), the interface of the Telco ERP.
//!
//! `#n` in a comment is the operation's number in the table of the document's calls. Only named fields of an answer
//! are read; a customer's document is asked of the ERP again each time it is needed, never kept.

mod bill;
mod person;
mod scalar;
mod session;
pub mod settings;
mod shape;
mod standing;
mod text;
mod write_off;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reqwest::Method as Verb;
use serde::Serialize;

use super::http::{Client, PDF_AT_MOST, Patience, Request, SetUpError};
use super::{Capability, Erp, Error, Reply, Support, WriteOff, WriteOffOutcome};
use crate::domain::{Account, BillRef, Boleto, Customer, CustomerId, Factors, InvoiceState, TaxId};
use bill::BillRow;
use person::Person;
use scalar::{List, Scalar, Unreadable};
use session::{Sent, Session};
use shape::{Said, hear, hear_document};
use standing::Standing;
use text::normalized;

pub use settings::{Coverage, Method, NoRow, Settings, WriteOffRow};

const CUSTOMER: &str = "cliente/dados";
const CUSTOMER_BY_ID: &str = "cliente/{id}/dados";
const PERSON: &str = "area/cliente";
const ALL_BILLS: &str = "faturas/todas";
const LINHA: &str = "fatura/aberta/linha_digitavel";
const PIX: &str = "pix/buscar";
const PDF: &str = "fatura/imprimir";
const WRITE_OFF: &str = "faturas/pagar";

const BR_CODE_BEGINS: &str = "000201";

pub struct WebServiceCliente {
    session: Session,
    zone: TimeZone,
    settings: Settings,
}

/// Makes the driver. Nothing is sent yet.
pub fn connect(settings: Settings) -> Result<WebServiceCliente, SetUpError> {
    connect_with(settings, Patience::default())
}

/// `connect` with other deadlines.
pub fn connect_with(settings: Settings, patience: Patience) -> Result<WebServiceCliente, SetUpError> {
    let zone = TimeZone::get(&settings.zone).map_err(|_| SetUpError::Zone(settings.zone.clone()))?;
    let http = Client::new(&settings.url, settings.allow_plain_http, patience)?;
    let session = Session::new(http, &settings.user, &settings.password);
    let session = session.map_err(|error| SetUpError::Client(error.to_string()))?;
    Ok(WebServiceCliente { session, zone, settings })
}

impl WebServiceCliente {
    fn today(&self) -> Date {
        self.zone.to_datetime(Timestamp::now()).date()
    }

    /// #1, completed from #10 where it leaves out what a customer has to know before paying.
    async fn find_account(&self, who: &TaxId) -> Result<Option<Account>, Error> {
        let request = Request {
            method: Verb::POST,
            body: Some(json(CUSTOMER, &BTreeMap::from([("cpfcnpj", who.plain())]))?),
            ..self.session.request(CUSTOMER, &["ws", "comercial", "cliente", "dados"])
        };
        let standing: Standing = match hear_document(CUSTOMER, &self.session.read(request).await?) {
            Err(Error::Refused { why, .. }) if says_unknown_customer(&why) => return Ok(None),
            standing => standing?,
        };
        if standing.says_unknown_customer() {
            return Ok(None);
        }
        let id = standing.customer().ok_or_else(|| garbled(CUSTOMER, "no IDCliente"))?;
        let customer = Customer { id, name: standing.name().to_owned(), tax_id: who.clone() };
        let contracts = standing.contracts();
        let mut rows = standing.into_bills().unwrap_or_default();
        let today = self.today();
        if rows.iter().any(|row| row.needs_completion(&self.zone, today)) {
            match self.all_bills(who.plain()).await {
                Ok(all) => standing::completed(&mut rows, all),
                Err(error) => tracing::warn!(%error, "charges of overdue bills are as cliente/dados tells them"),
            }
        }
        let invoices = standing::open_invoices(&rows, &contracts, &self.zone);
        Ok(Some(Account { customer, contracts, invoices }))
    }

    /// #10: every bill of a document, paid ones with `DataPagamento`.
    async fn all_bills(&self, document: &str) -> Result<Vec<BillRow>, Error> {
        let request = self.session.request(ALL_BILLS, &["ws", "financeiro", "faturas", document, "todas"]);
        let standing: Standing = hear_document(ALL_BILLS, &self.session.read(request).await?)?;
        if standing.says_unknown_customer() {
            return Err(garbled(ALL_BILLS, "it does not know a customer that it has just told of"));
        }
        standing.into_bills().ok_or_else(|| garbled(ALL_BILLS, "no list of bills"))
    }

    /// #2: the open bills of a customer whose document the ERP does not tell.
    async fn open_bills(&self, customer: u64) -> Result<Vec<BillRow>, Error> {
        let id = customer.to_string();
        let request = self.session.request(CUSTOMER_BY_ID, &["ws", "comercial", "cliente", &id, "dados"]);
        let standing: Standing = hear_document(CUSTOMER_BY_ID, &self.session.read(request).await?)?;
        standing.into_bills().ok_or_else(|| garbled(CUSTOMER_BY_ID, "no list of bills"))
    }

    /// #4.
    async fn person(&self, customer: u64) -> Result<Person, Error> {
        let request = self.session.request(PERSON, &["ws", "area", "cliente", &customer.to_string()]);
        hear_document(PERSON, &self.session.read(request).await?)
    }

    async fn find_invoice(&self, bill: &BillRef) -> Result<InvoiceState, Error> {
        let customer = customer_id(PERSON, &bill.customer)?;
        let invoice = invoice_id(ALL_BILLS, bill)?;
        let rows = match self.person(customer).await?.document() {
            Some(document) => self.all_bills(&document).await?,
            None => self.open_bills(customer).await?,
        };
        let mut same = rows.iter().filter(|row| row.id() == Some(invoice));
        let Some(row) = same.next() else { return Ok(InvoiceState::Gone) };
        let paid_on = |row: &BillRow| row.paid_on(&self.zone).map_err(|Unreadable| garbled(ALL_BILLS, "DataPagamento"));
        let paid = paid_on(row)?;
        for twin in same {
            if paid_on(twin)?.is_some() != paid.is_some() {
                return Err(garbled(ALL_BILLS, "the bill stands there both open and paid"));
            }
        }
        if paid.is_some() {
            return Ok(InvoiceState::Paid { on: paid });
        }
        let invoice = row.invoice(&self.zone, |_| String::new()).map_err(|field| garbled(ALL_BILLS, field))?;
        Ok(InvoiceState::Open(Box::new(invoice)))
    }

    /// #12. A linha whose check digits are wrong would be paid to nobody: it counts as none.
    async fn find_boleto(&self, bill: &BillRef) -> Result<Option<Boleto>, Error> {
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
    async fn find_pix_code(&self, bill: &BillRef) -> Result<Option<String>, Error> {
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
            body: Some(json(PIX, &wanted)?),
            ..self.session.request(PIX, &["ws", "financeiro", "pix", "buscar"])
        };
        let code = match hear(PIX, &self.session.read(request).await?)? {
            Said::Word(word) => Some(word),
            Said::Document(json) => {
                let told: List<BTreeMap<String, Scalar>> =
                    serde_json::from_str(&json).map_err(|_| garbled(PIX, "unexpected JSON"))?;
                let texts = told.0.iter().flat_map(BTreeMap::values).filter_map(Scalar::text);
                texts.map(str::to_owned).find(|text| text.starts_with(BR_CODE_BEGINS))
            }
        };
        let code = code.filter(|code| code.starts_with(BR_CODE_BEGINS));
        if code.is_none() {
            tracing::info!(invoice = %bill.invoice, "the ERP has no PIX code for this bill");
        }
        Ok(code)
    }

    /// #14.
    async fn fetch_pdf(&self, bill: &BillRef) -> Result<Vec<u8>, Error> {
        let id = invoice_id(PDF, bill)?.to_string();
        let request = Request {
            within: self.session.document_patience(),
            at_most: PDF_AT_MOST,
            ..self.session.request(PDF, &["ws", "financeiro", "fatura", &id, "imprimir"])
        };
        let answer = self.session.read(request).await?;
        if answer.is_success() && answer.body.starts_with(b"%PDF-") {
            return Ok(answer.body);
        }
        match hear_document::<Linha>(PDF, &answer) {
            Err(error) => Err(error),
            Ok(_) => Err(garbled(PDF, "it is not a PDF")),
        }
    }

    /// #16.
    async fn send_write_off(&self, write_off: &WriteOff) -> Result<WriteOffOutcome, Error> {
        let rejected = |why: String| Ok(WriteOffOutcome::Rejected { why });
        let row = match settings::lookup_row(&self.settings.write_off, &write_off.paid_by) {
            Ok(row) => row,
            Err(missing) => return rejected(missing.to_string()),
        };
        let Ok(invoice) = invoice_id(WRITE_OFF, &write_off.bill) else {
            return rejected(format!("{} is not one of this ERP's bill ids", write_off.bill.invoice));
        };
        let body = write_off::body(invoice, write_off, row, self.settings.valor_pago_includes_charges);
        let request = Request {
            method: Verb::PUT,
            body: Some(body.map_err(|error| garbled(WRITE_OFF, &error.to_string()))?),
            within: self.session.document_patience(),
            ..self.session.request(WRITE_OFF, &["ws", "financeiro", "faturas", "pagar"])
        };
        let outcome = match self.session.send_once(request).await? {
            Sent::Answered(answer) => write_off::outcome(&answer),
            Sent::NoAnswer(why) => WriteOffOutcome::Unknown { why },
        };
        tracing::info!(invoice = %write_off.bill.invoice, ?outcome, "write-off");
        Ok(outcome)
    }
}

impl Erp for WebServiceCliente {
    fn name(&self) -> &str {
        "WebService Cliente"
    }

    fn supports(&self, capability: Capability) -> Support {
        match capability {
            Capability::PixCode if self.settings.pix => Support::Unverified,
            Capability::PixCode => Support::No,
            Capability::WriteOff if self.settings.write_off.is_empty() => Support::No,
            Capability::Account
            | Capability::Factors
            | Capability::Invoice
            | Capability::Boleto
            | Capability::Pdf
            | Capability::WriteOff => Support::Yes,
        }
    }

    fn account<'a>(&'a self, who: &'a TaxId) -> Reply<'a, Option<Account>> {
        Box::pin(self.find_account(who))
    }

    fn factors<'a>(&'a self, customer: &'a CustomerId) -> Reply<'a, Factors> {
        Box::pin(async { Ok(self.person(customer_id(PERSON, customer)?).await?.factors(&self.zone)) })
    }

    fn invoice<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, InvoiceState> {
        Box::pin(self.find_invoice(bill))
    }

    fn boleto<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<Boleto>> {
        Box::pin(self.find_boleto(bill))
    }

    fn pix_code<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Option<String>> {
        Box::pin(self.find_pix_code(bill))
    }

    fn pdf<'a>(&'a self, bill: &'a BillRef) -> Reply<'a, Vec<u8>> {
        Box::pin(self.fetch_pdf(bill))
    }

    fn write_off<'a>(&'a self, write_off: &'a WriteOff) -> Reply<'a, WriteOffOutcome> {
        Box::pin(self.send_write_off(write_off))
    }
}

#[derive(serde::Deserialize)]
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

fn json(operation: &'static str, value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| garbled(operation, &error.to_string()))
}

fn garbled(operation: &'static str, why: &str) -> Error {
    Error::Garbled { operation, why: why.to_owned() }
}

/// This ERP's ids are whole numbers; anything else never came from it.
fn customer_id(operation: &'static str, customer: &CustomerId) -> Result<u64, Error> {
    let why = || Error::Refused { operation, why: "the customer's id is not a number".to_owned() };
    customer.0.parse().map_err(|_| why())
}

fn invoice_id(operation: &'static str, bill: &BillRef) -> Result<u64, Error> {
    let why = || Error::Refused { operation, why: "the bill's id is not a number".to_owned() };
    bill.invoice.0.parse().map_err(|_| why())
}

/// The ERP also writes "encontrato".
fn says_unknown_customer(why: &str) -> bool {
    let words = normalized(why);
    words.contains("nao")
        && ["encontrad", "encontrat", "encontrar um cliente", "pertence a nenhum cliente"]
            .iter()
            .any(|known| words.contains(known))
}
