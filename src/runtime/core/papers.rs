//! The papers that a customer asks for, made of what the journal and the screen hold.

mod told;

use jiff::Timestamp;

use super::Core;
use crate::domain::changes::Instalment;
use crate::domain::{PaymentId, Receipt, TaxId};
use crate::journey::step::{Outcome, Purpose};
use crate::journey::{Attempt, Event, PastPayment, PrintJob};
use crate::paper::{self, Document};
use crate::payment::{Decision, Payment, Stage, Standing};
use crate::runtime::call::{Call, Ticket};

/// How many second copies are offered.
const RECEIPTS: u32 = 25;

impl Core {
    /// What this person paid here and can have a second receipt of.
    pub(super) fn find_receipts(&mut self, attempt: Attempt, who: &TaxId) {
        let hash = self.hash(who);
        let known = self.ledger.payments_of(&hash, RECEIPTS).unwrap_or_else(|why| {
            tracing::warn!(why, "the journal gives no receipts");
            Vec::new()
        });
        let list = known
            .iter()
            .filter_map(|entries| Payment::from_entries(entries))
            .filter(|payment| matches!(payment.standing(), Standing::Paid { .. }) && !payment.is_reversal_unclear())
            .map(|payment| PastPayment {
                id: payment.id,
                on: payment.local.date(),
                method: payment.method_name(),
                amount: payment.total(),
            })
            .collect();
        self.events.push(Event::Receipts { attempt, list });
    }

    /// A receipt and its paper, with what the TEF wants the cardholder to have. Where one may have come out already, this is
    /// not the first.
    pub(super) fn receipt(&mut self, id: PaymentId, is_copy: bool, now: Timestamp) -> Option<(Receipt, Document)> {
        let payment = self.payment(id)?;
        let copy = (is_copy || payment.receipt_begun).then(|| Core::local(now));
        let receipt = payment.receipt_for(&self.site.beneficiary, &self.site.totem, copy).ok()?;
        let paper = paper::with_tef_copy(paper::payment_receipt(&receipt), payment.customer_copy());
        Some((receipt, paper))
    }

    pub(super) fn document(&mut self, job: &PrintJob, now: Timestamp) -> Option<Document> {
        match job {
            PrintJob::Receipt(id) | PrintJob::ReceiptCopy(id) => {
                Some(self.receipt(*id, matches!(job, PrintJob::ReceiptCopy(_)), now)?.1)
            }
            PrintJob::UndoneNotice(id) => {
                let payment = self.payment(*id)?;
                let sale = payment.sale()?;
                Some(paper::undone_notice(&paper::UndoneNotice {
                    beneficiary: self.site.beneficiary.clone(),
                    protocol: payment.id.protocol(),
                    at: Core::local(payment.decided_at.unwrap_or(now)),
                    network: sale.network.clone(),
                    nsu: sale.nsu.clone(),
                    amount: sale.amount,
                    acknowledged: matches!(payment.standing(), Standing::Undone { acknowledged: true, .. }),
                }))
            }
            PrintJob::Protocol(slip) => Some(paper::protocol_slip(&paper::ProtocolSlip {
                beneficiary: self.site.beneficiary.clone(),
                title: match slip.about {
                    Purpose::Unlock => "Desbloqueio em confiança",
                    Purpose::Ticket => "Atendimento",
                    Purpose::Join => "Pedido de adesão",
                    Purpose::Order => "Pedido de plano",
                    Purpose::DueDay => "Mudança do dia de vencimento",
                    Purpose::Contacts => "Mudança de contato",
                    Purpose::Notifications => "Avisos do provedor",
                    Purpose::DigitalInvoice => "Fatura digital",
                    Purpose::Negotiation => "Negociação de contas vencidas",
                    Purpose::Visit | Purpose::MoveVisit => "Mudança de visita técnica",
                    Purpose::CancelVisit if slip.outcome != Outcome::Done => "Cancelamento de visita técnica",
                    Purpose::CancelVisit => "Visita técnica cancelada",
                    Purpose::RateVisit => "Avaliação de visita técnica",
                    Purpose::Pause => "Pausa temporária do contrato",
                    Purpose::AppPassword => "Nova senha do aplicativo",
                    Purpose::SendBill => "Envio de conta",
                    Purpose::Paper => "Envio de comprovante",
                    Purpose::AcceptContract => "Aceite do contrato",
                    Purpose::Profile => "Correção do cadastro",
                    Purpose::Records => "Consulta",
                }
                .to_owned(),
                customer: slip.customer.clone(),
                protocol: slip.protocol.clone(),
                at: slip.at,
                details: until(slip.outcome, slip.until)
                    .into_iter()
                    .chain(told::told(&slip.answers))
                    .chain(instalments(&slip.instalments))
                    .collect(),
                says: says(slip.about, slip.outcome).to_owned(),
                is_unknown: slip.outcome == Outcome::Unknown,
            })),
            PrintJob::Statement(account) => Some(paper::statement(&paper::Statement {
                beneficiary: self.site.beneficiary.clone(),
                customer: account.customer.clone(),
                at: account.at,
                paid: account.bills.clone(),
                open: account.open.clone(),
            })),
            PrintJob::YearSettled(settled) => Some(paper::year_settled(&paper::YearSettled {
                beneficiary: self.site.beneficiary.clone(),
                customer: settled.customer.clone(),
                tax_id: settled.tax_id.clone(),
                year: settled.year,
                at: settled.at,
            })),
            // it is drawn first, outside
            PrintJob::Page(..) => None,
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

/// What happens next, as far as it is known.
fn says(about: Purpose, outcome: Outcome) -> &'static str {
    match (about, outcome) {
        // what follows from it is not told where nobody knows whether it was done
        (_, Outcome::Unknown) => "",
        (Purpose::Unlock, _) => "As contas em aberto continuam valendo.",
        (_, Outcome::Requested) => "É um pedido: a equipe do provedor ainda vai atender.",
        (_, Outcome::Stands) => "O pedido foi aceito e a visita ainda está marcada. Ligue para cancelar de vez.",
        (_, Outcome::Otherwise) => "O provedor fez o acordo em outros valores ou datas. Confira antes de pagar.",
        (Purpose::Join | Purpose::Order, _) => "A equipe do provedor vai chamar você.",
        (Purpose::Negotiation, _) => "As novas contas valem no lugar das antigas.",
        (Purpose::AppPassword, _) => "A senha nova vai por SMS para o telefone do cadastro.",
        _ => "",
    }
}

fn until(outcome: Outcome, date: Option<jiff::civil::Date>) -> Vec<(String, String)> {
    let label = if outcome == Outcome::Stands { "A visita é em" } else { "Liberado até" };
    date.map(|date| (label.to_owned(), date.strftime("%d/%m/%Y").to_string())).into_iter().collect()
}

/// So many stand on a slip.
const INSTALMENTS_MOST: usize = 48;

fn instalments(parts: &[Instalment]) -> impl Iterator<Item = (String, String)> {
    parts.iter().take(INSTALMENTS_MOST).enumerate().map(|(place, part)| {
        let label = format!("Parcela {} de {}", place + 1, parts.len());
        (label, format!("{}  {}", part.due.strftime("%d/%m/%Y"), part.amount))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_tells_what_follows_only_where_it_is_known_that_it_was_done() {
        for about in [Purpose::Negotiation, Purpose::AppPassword, Purpose::Join, Purpose::Order, Purpose::Unlock] {
            assert!(!says(about, Outcome::Done).is_empty(), "{about:?}");
            assert_eq!(says(about, Outcome::Unknown), "", "{about:?}");
        }
        assert!(says(Purpose::Contacts, Outcome::Requested).contains("pedido"));
    }
}
