//! A confirmed card sale given back: each fact is durable before what follows from it.

use jiff::Timestamp;
use totem::domain::{PaymentId, calendar};
use totem::journal::Journal;
use totem::paper::Document;
use totem::payment::{Entry, Fact, NotReversible, Payment};
use totem::runtime::card_desk::{self, Then};
use totem::tef::Tef;

use super::super::journal::words;
use super::talk::{self, Talk};

pub fn reverse(
    journal: &mut Journal,
    tef: &mut dyn Tef,
    id: PaymentId,
    by: &str,
    reason: &str,
) -> Result<Option<Document>, String> {
    let entries = journal.payment(id).map_err(|error| error.to_string())?;
    let mut payment =
        Payment::from_entries(&entries).ok_or_else(|| format!("o protocolo {id} não está neste diário"))?;
    let mut record = |payment: &mut Payment, fact: Fact| {
        let entry = Entry { payment: id, at: Timestamp::now(), fact };
        journal.append(std::slice::from_ref(&entry)).map_err(|error| error.to_string())?;
        payment.apply(&entry.fact, entry.at);
        Ok::<(), String>(())
    };
    if payment.is_reversal_unclear() {
        // whoever asked before never heard the end: the TEF tells it first
        let waiting = tef.pending().map_err(|error| format!("há um estorno sem fim conhecido, e {error}"))?;
        let heard = card_desk::found(&payment, &waiting);
        record(&mut payment, heard.fact)?;
        if let Then::Undo(sale) = heard.then {
            talk::until_acknowledged("o desfazimento", || tef.undo(&sale))?;
            talk::let_go(tef, &sale);
        }
    }
    let local = calendar::sao_paulo(Timestamp::now());
    let (fact, cancellation) = card_desk::asked(&payment, by, reason, local).map_err(|why| match why {
        NotReversible::NoCard => format!("{id} não foi pago com cartão: um PIX se devolve com `totem pix refund`"),
        NotReversible::NotConfirmed => format!("{id} não tem venda confirmada: não há o que estornar"),
        NotReversible::Unclear => {
            format!("a baixa de {id} ainda não está clara: ligue o totem, espere que ele a esclareça e tente de novo")
        }
        NotReversible::UnderWay => format!("o estorno de {id} já foi pedido, e o TEF ainda não disse como terminou"),
        NotReversible::Already => format!("{id} já foi estornado"),
    })?;
    record(&mut payment, fact)?;
    let debts = payment.debts.clone();
    let heard = card_desk::heard(tef.cancel(&cancellation, &mut Talk));
    record(&mut payment, heard.fact.clone())?;
    let back = match (heard.then, heard.fact) {
        (Then::Confirm(back), _) => back,
        (Then::Undo(other), _) => {
            talk::until_acknowledged("o desfazimento", || tef.undo(&other))?;
            talk::let_go(tef, &other);
            return Err("o TEF aprovou outra coisa, que foi desfeita".to_owned());
        }
        (Then::Settle(older), _) => {
            return Err(format!(
                "outra transação espera no TEF (NSU {}, {}): ligue o totem, que a resolve, e tente de novo",
                older.nsu, older.amount
            ));
        }
        (Then::Ask, _) => {
            return Err("sem resposta do TEF: ligue o totem, que pergunta como terminou, ou tente de novo".to_owned());
        }
        (Then::Nothing, Fact::ReversalRefused { message }) => return Err(format!("o TEF recusou: {message}")),
        (Then::Nothing, _) => return Err("o TEF não estornou".to_owned()),
    };
    talk::until_acknowledged("a confirmação", || tef.confirm(&back))?;
    talk::let_go(tef, &back);
    println!("estornado: {id}, {}, NSU {}", back.amount, back.nsu);
    for (item, debt) in payment.items.iter().zip(debts) {
        println!("fatura {}: {}", item.invoice, words::after_reversal(debt));
    }
    Ok(card_desk::receipt(&back))
}
