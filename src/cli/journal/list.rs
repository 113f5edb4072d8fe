//! One line a payment: protocol, when, who, how much, how, and where it stands; with what a person has to do below it.

use std::io::Write;

use clap::Args;
use jiff::Timestamp;
use totem::domain::{DeskFact, calendar};
use totem::journal::{Account, Book};
use totem::payment::{Outcome, Payment};

use super::{Refusal, words};

#[derive(Args)]
pub struct ListArgs {
    /// Only what has not ended, oldest first
    #[arg(long)]
    open: bool,
    /// Only what needs a person, oldest first, with what to do
    #[arg(long, conflicts_with = "open")]
    person: bool,
    /// The most payments to show, without --open or --person
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: u32,
}

pub fn list(book: &Book, which: &ListArgs, out: &mut impl Write) -> Result<(), Refusal> {
    let accounts: Vec<Account> =
        if which.open || which.person { book.open_payments()? } else { book.recent(which.limit)? };
    let mut shown = 0_usize;
    for (_, entries) in &accounts {
        let Some(payment) = Payment::from_entries(entries) else { continue };
        let outcome = payment.outcome();
        if which.person && !matches!(outcome, Outcome::Person(_)) {
            continue;
        }
        shown += 1;
        writeln!(
            out,
            "{}  {}  {:<20}  {:>14}  {:<14}  {}",
            payment.id,
            payment.local.strftime("%d/%m/%Y %H:%M"),
            payment.payer.short_name,
            payment.total().to_string(),
            words::method(payment.method),
            words::outcome(&outcome)
        )?;
        if let Outcome::Person(need) = &outcome {
            for line in words::what_to_do(need) {
                writeln!(out, "             {line}")?;
            }
        }
    }
    let doubted = if which.person { book.doubted()? } else { Vec::new() };
    for note in &doubted {
        let DeskFact::DocumentDiffers { invoice } = &note.fact else { continue };
        shown += 1;
        let at = calendar::sao_paulo(note.at).strftime("%d/%m/%Y %H:%M");
        writeln!(out, "{:<11}  {at}  {}", "documento", words::doubt(invoice))?;
        for line in words::about_a_doubt(invoice) {
            writeln!(out, "             {line}")?;
        }
        writeln!(out, "             depois, no painel do totem: Precisam de uma pessoa")?;
    }
    let now = Timestamp::now();
    let tried = if which.person { book.pix_tries()? } else { Vec::new() };
    for tried in tried.iter().filter(|tried| !tried.needs(now).is_empty()) {
        shown += 1;
        let at = calendar::sao_paulo(tried.begun_at).strftime("%d/%m/%Y %H:%M");
        writeln!(
            out,
            "{:<11}  {at}  teste de PIX de {} no banco {}, txid {}",
            "teste", tried.by, tried.provider, tried.txid
        )?;
        for line in words::pix_try_needs(tried, now) {
            writeln!(out, "             {line}")?;
        }
        writeln!(out, "             depois, no painel do totem: Precisam de uma pessoa")?;
    }
    if shown == 0 {
        let nothing = match (which.open, which.person) {
            (true, _) => "nenhum pagamento em aberto",
            (_, true) => "nenhum pagamento precisa de uma pessoa",
            _ => "nenhum pagamento no diário",
        };
        writeln!(out, "{nothing}")?;
    }
    Ok(())
}
