//! Write-offs that a person makes: the person is called, and the ERP is asked once for a ticket that says what to do.

use jiff::Timestamp;

use super::Core;
use super::retry::What;
use crate::domain::PaymentId;
use crate::domain::service::{Change, NewTicket};
use crate::erp;
use crate::payment::{Fact, Payment, PersonWhy, TicketLost};
use crate::runtime::call::Call;

impl Core {
    pub(super) fn call_person(&mut self, id: PaymentId, why: PersonWhy, now: Timestamp) -> bool {
        tracing::warn!(payment = %id, ?why, "a person is needed");
        self.record(id, vec![Fact::PersonCalled { why }], now)
    }

    /// The ticket; nothing where no contract is known that it could be opened for.
    pub(super) fn ticket_call(&self, id: PaymentId) -> Option<Call> {
        let payment = &self.live.get(&id)?.payment;
        let contract = payment.items.iter().flat_map(|item| &item.contracts).next()?.clone();
        let ticket = NewTicket {
            contract,
            kind: self.site.ticket_kind.clone(),
            subject: format!("Dar baixa: pagamento {} no totem {}", payment.id, self.site.totem),
            text: text(payment, &self.site.totem),
            name: payment.payer.short_name.clone(),
            phone: String::new(),
        };
        Some(Call::OpenTicket { payment: id, customer: payment.payer.customer.clone(), ticket })
    }

    pub(super) fn ticket_opened(&mut self, id: PaymentId, result: Result<Change<String>, erp::Error>, now: Timestamp) {
        let result = result.map_err(|error| match &error {
            erp::Error::Unreachable(_) | erp::Error::SignIn(_) => TicketLost::OutOfReach(error.to_string()),
            erp::Error::Refused { .. } | erp::Error::Denied { .. } | erp::Error::Unsupported(_) => {
                TicketLost::Refused(error.to_string())
            }
            erp::Error::Garbled { .. } => TicketLost::Unclear(error.to_string()),
        });
        let fact = Payment::ticket_answered(result);
        tracing::info!(payment = %id, fact = fact.name(), "the ERP was asked for a ticket");
        if matches!(fact, Fact::TicketUnsent { .. })
            && let Some(tries) = self.live.get(&id).map(|live| live.retry.tries(&What::Ticket) + 1)
        {
            let wait = self.again_after(tries, id);
            if let Some(live) = self.live.get_mut(&id) {
                live.retry.failed(What::Ticket, wait, now);
            }
        }
        self.finish(id, vec![fact], now);
    }
}

/// For whoever works at the ERP.
fn text(payment: &Payment, totem: &str) -> String {
    let ids = payment.ids();
    let mut lines = vec![format!("Pagamento recebido no totem {totem}, protocolo {}. Dar baixa à mão:", payment.id)];
    lines.extend(payment.items.iter().map(|item| {
        let due = item.due.strftime("%d/%m/%Y");
        format!("fatura {} (número {}, vencimento {due}): {}", item.invoice, item.number, item.charge.total())
    }));
    lines.push(format!("total {}, forma {}", payment.total(), payment.method_name()));
    let known = [
        ("rede", ids.network),
        ("bandeira", ids.brand),
        ("NSU", ids.nsu),
        ("autorização", ids.authorization),
        ("EndToEndId", ids.end_to_end),
        ("txid", ids.txid),
    ];
    lines.extend(known.into_iter().filter_map(|(name, value)| value.map(|value| format!("{name} {value}"))));
    lines.extend(ids.at.map(|at| at.strftime("pago em %d/%m/%Y %H:%M").to_string()));
    lines.join("\n")
}
