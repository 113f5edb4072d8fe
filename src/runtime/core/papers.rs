//! The papers that a customer asks for, made of what the journal and the screen hold.

use super::Core;
use crate::domain::PaymentId;
use crate::domain::service::PaidBill;
use crate::journey::PrintJob;
use crate::journey::step::{Outcome, Purpose};
use crate::paper::{self, Document};
use crate::payment::{Decision, Payment, Stage};
use crate::runtime::call::{Call, Ticket};

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

    /// On a paper of its own, once the sale is kept: whoever takes the customer's does not take this one with it.
    pub(super) fn print_for_the_merchant(&mut self, id: PaymentId) {
        let Some(Payment { stage: Stage::CardFinal { sale, decision: Decision::Confirm }, .. }) =
            self.live.get(&id).map(|live| &live.payment).filter(|_| self.site.prints_merchant_copy)
        else {
            return;
        };
        if !sale.merchant_copy.is_empty() {
            let lines = sale.merchant_copy.clone();
            self.print_merchants(id, &lines);
        }
    }

    pub(super) fn print_merchants(&mut self, id: PaymentId, lines: &[String]) {
        self.card_desk.papers += 1;
        self.calls.push(Call::Print { ticket: Ticket::Merchant(id), document: paper::tef_copy(lines) });
    }
}

fn row(bill: &PaidBill) -> paper::PaidRow {
    let text = if bill.description.trim().is_empty() { &bill.id.0 } else { &bill.description };
    paper::PaidRow { text: text.clone(), due: bill.due, paid_on: bill.paid_on, amount: bill.amount }
}
