//! The papers that a customer asks for, made of what the journal and the screen hold.

use super::Core;
use crate::domain::service::PaidBill;
use crate::journey::PrintJob;
use crate::journey::step::{Outcome, Purpose};
use crate::paper::{self, Document};

impl Core {
    pub(super) fn document(&mut self, job: &PrintJob) -> Option<Document> {
        match job {
            PrintJob::Receipt(id) | PrintJob::ReceiptCopy(id) => {
                let payment = self.payment(*id)?;
                let copy = matches!(job, PrintJob::ReceiptCopy(_));
                payment
                    .receipt_for(&self.site.beneficiary, &self.site.totem, copy)
                    .map(|receipt| paper::payment_receipt(&receipt))
            }
            PrintJob::UndoneNotice(id) => {
                let payment = self.payment(*id)?;
                let sale = payment.sale()?;
                Some(paper::undone_notice(&paper::UndoneNotice {
                    beneficiary: self.site.beneficiary.clone(),
                    protocol: payment.id.protocol(),
                    at: sale.at.unwrap_or(payment.local),
                    network: sale.network.clone(),
                    nsu: sale.nsu.clone(),
                    amount: sale.amount,
                }))
            }
            PrintJob::Protocol(slip) => Some(paper::protocol_slip(&paper::ProtocolSlip {
                beneficiary: self.site.beneficiary.clone(),
                totem: self.site.totem.clone(),
                at: slip.at,
                customer: slip.customer.clone(),
                title: match slip.about {
                    Purpose::Unlock => "Desbloqueio em confiança",
                    Purpose::Ticket => "Atendimento",
                },
                done: slip.outcome == Outcome::Done,
                protocol: slip.protocol.clone(),
                until: slip.until,
            })),
            PrintJob::Statement(statement) => Some(paper::paid_statement(&paper::PaidStatement {
                beneficiary: self.site.beneficiary.clone(),
                totem: self.site.totem.clone(),
                at: statement.at,
                customer: statement.customer.clone(),
                bills: statement.bills.iter().map(row).collect(),
            })),
            PrintJob::PixCode(id) => self.pix_slip(*id).as_ref().map(paper::pix_code),
            PrintJob::Boleto(copy) => Some(paper::boleto_copy(&paper::BoletoCopy {
                beneficiary: self.site.beneficiary.clone(),
                payer: copy.payer.clone(),
                number: copy.number.clone(),
                due: copy.due,
                amount: copy.amount,
                line_groups: copy.boleto.groups(),
                barcode: copy.boleto.barcode().to_owned(),
                pix_payload: copy.pix.clone(),
            })),
        }
    }
}

fn row(bill: &PaidBill) -> paper::PaidRow {
    let text = if bill.description.trim().is_empty() { &bill.id.0 } else { &bill.description };
    paper::PaidRow { text: text.clone(), due: bill.due, paid_on: bill.paid_on, amount: bill.amount }
}
