//! A confirmed card sale given back: each fact is durable before what follows from it.

use jiff::Timestamp;
use totem::domain::{PaymentId, calendar};
use totem::journal::Journal;
use totem::paper::{self, Document};
use totem::payment::{Debt, Entry, Fact, NotReversible, Payment, SettledHow};
use totem::tef::{Cancellation, SaleOutcome, Tef};

use super::talk::{self, Talk};

pub fn reverse(
    journal: &mut Journal,
    tef: &mut dyn Tef,
    id: PaymentId,
    by: &str,
    reason: &str,
) -> Result<Document, String> {
    let entries = journal.payment(id).map_err(|error| error.to_string())?;
    let payment = Payment::from_entries(&entries).ok_or_else(|| format!("o protocolo {id} não está neste diário"))?;
    let sale = payment.reversible().map_err(|why| match why {
        NotReversible::NoCard => format!("{id} não foi pago com cartão: um PIX se devolve com `totem pix refund`"),
        NotReversible::NotConfirmed => format!("{id} não tem venda confirmada: não há o que estornar"),
        NotReversible::Unclear => {
            format!("a baixa de {id} ainda não está clara: ligue o totem, espere que ele a esclareça e tente de novo")
        }
        NotReversible::Already => format!("{id} já foi estornado"),
    })?;
    let mut record = |fact: Fact| {
        let entry = Entry { payment: id, at: Timestamp::now(), fact };
        journal.append(&[entry]).map_err(|error| error.to_string())
    };
    record(Fact::ReversalStarted { by: by.to_owned(), reason: reason.to_owned() })?;
    let cancellation = Cancellation { sale: sale.clone(), at: calendar::sao_paulo(Timestamp::now()) };
    let outcome = tef.cancel(&cancellation, &mut Talk);
    match &outcome {
        SaleOutcome::Approved(back) => record(Fact::ReversalApproved { sale: back.clone() })?,
        SaleOutcome::Declined { message } | SaleOutcome::Cancelled { message } => {
            record(Fact::ReversalRefused { message: message.clone() })?;
        }
        SaleOutcome::NotStarted(error) => record(Fact::ReversalRefused { message: error.to_string() })?,
        SaleOutcome::PendingFirst(_) => {
            record(Fact::ReversalRefused { message: "outra transação esperava no TEF".to_owned() })?;
        }
        SaleOutcome::Mismatched { sale: other, why } => {
            record(Fact::ReversalRefused { message: format!("o TEF aprovou outra coisa: {why}") })?;
            talk::until_acknowledged("o desfazimento", || tef.undo(other))?;
        }
        SaleOutcome::Unknown { why } => record(Fact::ReversalUnknown { why: why.clone() })?,
    }
    let back = talk::approved(outcome)?;
    talk::until_acknowledged("a confirmação", || tef.confirm(&back))?;
    if let Err(error) = tef.release(&back) {
        println!("o TEF guarda uma cópia que já não é necessária: {error}");
    }
    println!("estornado: {id}, {}, NSU {}", back.amount, back.nsu);
    for (item, debt) in payment.items.iter().zip(&payment.debts) {
        println!("fatura {}: {}", item.invoice, what_to_do(*debt));
    }
    Ok(paper::tef_copy(&back.customer_copy))
}

fn what_to_do(debt: Debt) -> &'static str {
    match debt {
        Debt::Settled(SettledHow::Applied | SettledHow::FoundPaid | SettledHow::ByErp | SettledHow::ByPerson) => {
            "a baixa já foi feita no ERP: estorne-a lá, à mão"
        }
        _ => "a baixa não será mais enviada; a fatura continua em aberto",
    }
}
