//! One payment in full, for whoever has to settle or explain it.

use std::io::{self, Write};

use totem::domain::calendar;
use totem::payment::{Entry, Outcome, Payment, Received};

use super::words;

/// Nothing is written, and nothing comes back, where there is no such payment.
pub fn show(entries: &[Entry], out: &mut impl Write) -> io::Result<Option<()>> {
    let Some(payment) = Payment::from_entries(entries) else { return Ok(None) };
    let outcome = payment.outcome();
    writeln!(out, "protocolo      {}", payment.id)?;
    writeln!(out, "situação       {}", words::outcome(&outcome))?;
    writeln!(out, "aberto em      {}", payment.local.strftime("%d/%m/%Y %H:%M:%S"))?;
    let payer = &payment.payer;
    writeln!(out, "cliente        {} · id no ERP {} · {}", payer.short_name, payer.customer, payer.tax_id_masked)?;
    writeln!(out, "forma          {}", words::method(payment.method))?;
    writeln!(out, "valor          {}", payment.total())?;
    writeln!(out, "recebido       {}", payment.received.as_ref().map_or("-".to_owned(), |it| it.amount().to_string()))?;
    ids(&payment, out)?;
    for (item, debt) in payment.items.iter().zip(&payment.debts) {
        let contracts: Vec<&str> = item.contracts.iter().map(|contract| contract.0.as_str()).collect();
        writeln!(out)?;
        writeln!(out, "fatura         {} · número {} · contrato {}", item.invoice, item.number, contracts.join(", "))?;
        writeln!(out, "  descrição    {}", item.description)?;
        writeln!(out, "  vencimento   {}", item.due.strftime("%d/%m/%Y"))?;
        let charge = &item.charge;
        writeln!(
            out,
            "  valor        {} (original {}, multa {}, juros {}, desconto {})",
            charge.total(),
            charge.principal,
            charge.fine,
            charge.interest,
            charge.discount
        )?;
        writeln!(out, "  baixa        {}; enviada {} vez(es)", words::debt(*debt), payment.sends(&item.invoice))?;
    }
    writeln!(out, "\nfatos")?;
    for entry in entries {
        let at = calendar::sao_paulo(entry.at).strftime("%d/%m/%Y %H:%M:%S%.3f");
        writeln!(out, "  {at}  {:<18}  {}", entry.fact.name(), words::fact(&entry.fact))?;
    }
    if let Outcome::Person(need) = &outcome {
        writeln!(out, "\no que fazer")?;
        for line in words::what_to_do(need) {
            writeln!(out, "  {line}")?;
        }
        writeln!(out, "  com --facts {} o resolve recusa o que mudar depois desta consulta", entries.len())?;
    }
    Ok(Some(()))
}

fn ids(payment: &Payment, out: &mut impl Write) -> io::Result<()> {
    let ids = payment.ids();
    let known = [
        ("rede", &ids.network),
        ("bandeira", &ids.brand),
        ("NSU", &ids.nsu),
        ("autorização", &ids.authorization),
        ("EndToEndId", &ids.end_to_end),
        ("txid", &ids.txid),
    ];
    for (name, value) in known {
        if let Some(value) = value {
            writeln!(out, "{name:<14} {value}")?;
        }
    }
    if let (Some(at), Some(Received::Card(_) | Received::Pix { .. })) = (ids.at, &payment.received) {
        writeln!(out, "pago em        {}", at.strftime("%d/%m/%Y %H:%M:%S"))?;
    }
    Ok(())
}
