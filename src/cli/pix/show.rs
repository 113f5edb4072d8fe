//! What the technician reads, one fact a line.

use std::io::{self, Write};

use totem::domain::br_code::Target;
use totem::domain::{BrCode, Money, PixCharge};
use totem::pix::PixState;
use totem::pix::api_pix::{Account, Refund};

fn print(lines: &[(&str, String)]) -> Result<(), String> {
    let mut out = io::stdout().lock();
    lines.iter().try_for_each(|(name, value)| writeln!(out, "{name}: {value}")).map_err(|error| error.to_string())
}

pub fn charge(charge: &PixCharge, amount: Money) -> Result<(), String> {
    let mut lines =
        vec![("provedor", charge.provider.clone()), ("txid", charge.txid.clone()), ("valor", amount.to_string())];
    lines.extend(charge.expires_in_s.map(|seconds| ("na tela", format!("{seconds} s"))));
    lines.push(("copia e cola", charge.payload.clone()));
    print(&lines)
}

pub fn account(account: &Account) -> Result<(), String> {
    let mut lines = vec![("situação", account.status.clone())];
    lines.extend(account.amount.map(|amount| ("valor", amount.to_string())));
    lines.extend(account.ends.map(|ends| ("vence", ends.to_string())));
    for one in &account.received {
        let mut told = format!("{} {} {}", one.end_to_end, one.amount, one.at);
        if !one.returned.is_zero() {
            told += &format!(", devolvido {}", one.returned);
        }
        lines.push(("pix", told));
    }
    print(&lines)?;
    state(&account.state)
}

pub fn state(state: &PixState) -> Result<(), String> {
    match state {
        PixState::Waiting => print(&[("resultado", "aguardando pagamento".to_owned())]),
        PixState::Ended => print(&[("resultado", "encerrada sem pagamento".to_owned())]),
        PixState::Paid { amount, end_to_end, at, others } => {
            let mut lines = vec![
                ("resultado", "pago".to_owned()),
                ("recebido", amount.to_string()),
                ("end-to-end", end_to_end.clone()),
                ("em", at.to_string()),
            ];
            lines.extend(
                others.iter().map(|more| ("a mais", format!("{} {} {}", more.end_to_end, more.amount, more.at))),
            );
            print(&lines)
        }
    }
}

pub fn refund(refund: &Refund, end_to_end: &str) -> Result<(), String> {
    let mut lines = vec![("pix", end_to_end.to_owned()), ("devolução", refund.id.clone())];
    lines.extend(refund.return_id.clone().map(|id| ("no banco", id)));
    lines.extend(refund.amount.map(|amount| ("valor", amount.to_string())));
    lines.push(("situação", refund.status.clone()));
    lines.extend(refund.why.clone().map(|why| ("motivo do banco", why)));
    if refund.status == "EM_PROCESSAMENTO" {
        lines.push(("falta", "repetir este comando depois, para saber se foi devolvido".to_owned()));
    }
    print(&lines)
}

pub fn code(code: &BrCode) -> Result<(), String> {
    let mut lines = vec![("tipo", format!("{:?}", code.kind()))];
    match &code.target {
        Target::Key { key, .. } => lines.push(("chave", key.clone())),
        Target::Location(location) => lines.push(("endereço", location.clone())),
    }
    lines.extend(code.amount.map(|amount| ("valor", amount.to_string())));
    lines.extend([("nome", code.name.clone()), ("cidade", code.city.clone())]);
    lines.extend(code.txid.clone().map(|txid| ("txid", txid)));
    print(&lines)
}
