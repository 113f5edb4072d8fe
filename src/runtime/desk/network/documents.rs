//! Documents of the ERP: fetched here, drawn in a process of their own, and compared with the bill before they are shown.

use tokio::task::spawn_blocking;

use super::Partners;
use crate::domain::document::{Compared, NoDocument, OpenDocument};
use crate::domain::{Boleto, DocumentRef, InvoiceId, PageImage, PageView, Pdf};
use crate::erp::{self, Capability};
use crate::paper::{Block, Document};
use crate::pdf::{self, Size};
use crate::runtime::call::{Answer, Ticket};
use crate::runtime::desk::devices;

impl Partners {
    pub(super) async fn document(&self, what: &DocumentRef) -> Result<Box<OpenDocument>, NoDocument> {
        let pdf = match what {
            DocumentRef::Bill { bill, .. } => self.erp.pdf(bill).await,
            DocumentRef::FiscalNote { customer, note } => self.erp.fiscal_note_pdf(customer, note).await,
            DocumentRef::AnnualSettlement { customer, id } => self.erp.annual_settlement_pdf(customer, id).await,
            DocumentRef::Contract { customer, contract } => self.erp.contract_pdf(customer, contract).await,
        };
        let mut pdf = Pdf::new(pdf.map_err(|error| not_had(&error))?);
        let expected = self.expected(what).await?;
        let Some(reader) = self.pages.clone() else { return Err(NoDocument::Unreadable) };
        let drawn = blocking({
            let pdf = pdf.clone();
            move || reader.open(&pdf, Size::SCREEN)
        });
        let drawn = drawn.await.map_err(|error| {
            tracing::warn!(%error, bytes = pdf.bytes().len(), "a document of the ERP cannot be shown");
            NoDocument::Unreadable
        })?;
        if let DocumentRef::Bill { bill, .. } = what {
            match drawn.compared(expected.as_ref()) {
                Compared::Same => {}
                Compared::NotCompared => {
                    tracing::info!(invoice = %bill.invoice.0, "a bill's PDF has no bars to compare, or the ERP tells none");
                    if let Some(slip) = expected {
                        pdf = pdf.unread(bill.invoice.clone(), slip);
                    }
                }
                Compared::Different => {
                    tracing::error!(
                        invoice = %bill.invoice.0,
                        "the bars or digits on this bill's PDF are not those that the ERP tells: it is not shown; \
                         it may be a forgery"
                    );
                    return Err(NoDocument::Different);
                }
            }
        }
        Ok(Box::new(OpenDocument { pdf, pages: drawn.pages, first: drawn.image }))
    }

    /// What the bars must say. Where the ERP would tell and does not answer, nothing is shown unlooked at.
    async fn expected(&self, what: &DocumentRef) -> Result<Option<Boleto>, NoDocument> {
        match what {
            DocumentRef::Bill { boleto: Some(boleto), .. } => Ok(Some(boleto.clone())),
            DocumentRef::Bill { bill, boleto: None } if self.erp.supports(Capability::Boleto).is_usable() => {
                self.erp.boleto(bill).await.map_err(|error| not_had(&error))
            }
            _ => Ok(None),
        }
    }

    /// Without a picture: the bill whose page it is said to be, where another's slip stands on it.
    pub(super) async fn page(&self, pdf: Pdf, view: PageView, into: Size) -> Result<PageImage, Option<InvoiceId>> {
        let reader = self.pages.clone().ok_or(None)?;
        let of = pdf.to_compare().cloned();
        let drawn = blocking(move || reader.draw(&pdf, view, into)).await;
        let drawn = drawn.map_err(|error| {
            tracing::warn!(%error, page = view.page, "a page is not shown");
            None
        })?;
        match of {
            Some((invoice, slip)) if drawn.compared(Some(&slip)) == Compared::Different => Err(Some(invoice)),
            _ => Ok(drawn.image),
        }
    }

    /// The printer's thread answers, unless there is nothing to print.
    pub(super) async fn print_page(&self, ticket: Ticket, pdf: Pdf, page: usize) -> Option<Answer> {
        let view = PageView { page, part: None };
        let Ok(image) = self.page(pdf, view, Size::PRINT).await else {
            return Some(Answer::Printed { ticket, outcome: crate::printer::Outcome::Lost });
        };
        let document = Document { name: "page", blocks: vec![Block::Page(image)] };
        devices::print(self.printer.as_ref(), ticket, document, &self.core);
        None
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, pdf::Error> + Send + 'static,
) -> Result<T, pdf::Error> {
    spawn_blocking(work).await.unwrap_or(Err(pdf::Error::NotStarted))
}

fn not_had(error: &erp::Error) -> NoDocument {
    tracing::warn!(%error, "the ERP gave no document");
    match error {
        erp::Error::Unreachable(_) | erp::Error::SignIn(_) => NoDocument::Down,
        erp::Error::Garbled { .. } => NoDocument::Unreadable,
        erp::Error::Refused { .. } | erp::Error::Denied { .. } | erp::Error::Unsupported(_) => NoDocument::None,
    }
}
