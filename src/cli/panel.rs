//! The technician's panel in the words of `totem journal`, and the safe with PINs and journal that the desk asks.

use std::path::PathBuf;

use jiff::Timestamp;
use totem::domain::{CardSale, InvoiceId, PaymentId, Typed, calendar};
use totem::journal::JournalKey;
use totem::journey::step::{PanelLine, PanelRow};
use totem::journey::technician::{Account, Errand, ErrandDone, row_id, try_row_id};
use totem::payment::{Entry, Outcome, Payment, PixTry};
use totem::runtime::call::Audit;
use totem::runtime::{Safe, Words, audit};
use totem::technician::Pins;

use super::journal::words;
use super::machine::Clerk;

pub struct InWords;

impl Words for InWords {
    fn waiting(&self, sale: &CardSale) -> PanelLine {
        PanelLine { name: format!("cupom {}", sale.coupon), value: super::tef::one_line(sale) }
    }

    fn row(&self, entries: &[Entry]) -> Option<PanelRow> {
        let payment = Payment::from_entries(entries)?;
        Some(PanelRow {
            id: payment.id.protocol(),
            at: payment.local,
            amount_cents: Some(payment.total()),
            method: payment.method_name(),
            stands: words::outcome(&payment.outcome()),
        })
    }

    fn doubt_row(&self, invoice: &InvoiceId, at: Timestamp) -> Option<PanelRow> {
        Some(PanelRow {
            id: row_id(invoice),
            at: calendar::sao_paulo(at),
            amount_cents: None,
            method: "document",
            stands: words::doubt(invoice),
        })
    }

    fn doubt(&self, invoice: &InvoiceId, at: Timestamp) -> Option<Account> {
        let line = |name: &str, value: String| PanelLine { name: name.to_owned(), value };
        let at = calendar::sao_paulo(at).strftime("%d/%m/%Y %H:%M:%S").to_string();
        Some(Account {
            id: PaymentId(0),
            doubt: Some(invoice.clone()),
            pix_try: None,
            facts: 0,
            lines: vec![line("situação", words::doubt(invoice)), line("visto pela primeira vez em", at)],
            to_do: words::about_a_doubt(invoice).to_vec(),
            can_resolve: false,
            can_copy: false,
            can_reverse: false,
        })
    }

    fn pix_try_row(&self, tried: &PixTry, now: Timestamp) -> Option<PanelRow> {
        Some(PanelRow {
            id: try_row_id(&tried.txid),
            at: calendar::sao_paulo(tried.begun_at),
            amount_cents: None,
            method: "pix_try",
            stands: words::pix_try_needs(tried, now).into_iter().next()?,
        })
    }

    fn pix_try(&self, tried: &PixTry, now: Timestamp) -> Option<Account> {
        let line = |name: &str, value: String| PanelLine { name: name.to_owned(), value };
        let at = calendar::sao_paulo(tried.begun_at).strftime("%d/%m/%Y %H:%M:%S").to_string();
        let mut lines = vec![
            line("teste de PIX de", tried.by.clone()),
            line("aberto em", at),
            line("banco", tried.provider.clone()),
            line("txid", tried.txid.clone()),
        ];
        for back in &tried.backs {
            lines.push(line("EndToEndId", back.receipt.end_to_end.clone()));
            lines.push(line("recebido", back.receipt.amount.to_string()));
            lines.push(line("devolução", words::pix_back(back)));
        }
        Some(Account {
            id: PaymentId(0),
            doubt: None,
            pix_try: Some(tried.txid.clone()),
            facts: 0,
            lines,
            to_do: words::pix_try_needs(tried, now),
            can_resolve: false,
            can_copy: false,
            can_reverse: false,
        })
    }

    fn account(&self, entries: &[Entry]) -> Option<Account> {
        let payment = Payment::from_entries(entries)?;
        let outcome = payment.outcome();
        let to_do = match &outcome {
            Outcome::Person(need) => words::acts(need),
            _ if payment.is_reversed() => payment
                .items
                .iter()
                .zip(&payment.debts)
                .map(|(item, debt)| format!("fatura {}: {}", item.invoice, words::after_reversal(*debt)))
                .collect(),
            _ => Vec::new(),
        };
        Some(Account {
            id: payment.id,
            doubt: None,
            pix_try: None,
            facts: entries.len(),
            lines: lines(&payment, entries, &outcome),
            to_do,
            can_resolve: false,
            can_copy: false,
            can_reverse: false,
        })
    }
}

/// What is on the screen in a shop: ids and amounts, and no name.
fn lines(payment: &Payment, entries: &[Entry], outcome: &Outcome) -> Vec<PanelLine> {
    let line = |name: &str, value: String| PanelLine { name: name.to_owned(), value };
    let mut lines = vec![
        line("situação", words::outcome(outcome)),
        line("aberto em", payment.local.strftime("%d/%m/%Y %H:%M:%S").to_string()),
        line("cliente", format!("id no ERP {} · {}", payment.payer.customer, payment.payer.tax_id_masked)),
        line("forma", words::method(payment.method)),
        line("valor", payment.total().to_string()),
    ];
    lines.extend(payment.received.as_ref().map(|received| line("recebido", received.amount().to_string())));
    let ids = payment.ids();
    let known = [
        ("rede", ids.network),
        ("bandeira", ids.brand),
        ("NSU", ids.nsu),
        ("autorização", ids.authorization),
        ("EndToEndId", ids.end_to_end),
        ("txid", ids.txid),
    ];
    lines.extend(known.into_iter().filter_map(|(name, value)| Some(line(name, value?))));
    lines.extend(ids.at.map(|at| line("pago em", at.strftime("%d/%m/%Y %H:%M:%S").to_string())));
    for (item, debt) in payment.items.iter().zip(&payment.debts) {
        let (number, amount) = (&item.number, item.charge.total());
        let tried = format!("{}; enviada {} vez(es)", words::debt(*debt), payment.sends(&item.invoice));
        lines.push(line("fatura", format!("{} · número {number} · {amount} · baixa {tried}", item.invoice)));
    }
    for entry in entries {
        let at = calendar::sao_paulo(entry.at).strftime("%d/%m %H:%M:%S");
        lines.push(line(&at.to_string(), words::fact(&entry.fact)));
    }
    lines
}

/// The PINs of the configuration, and the journal's file to be walked.
pub struct Strongbox {
    pub pins: Option<Pins>,
    pub journal: PathBuf,
    pub key: JournalKey,
    pub clerk: Clerk,
}

impl Safe for Strongbox {
    fn whose(&self, pin: &Typed) -> Option<String> {
        self.pins.as_ref()?.whose(pin)
    }

    fn walk(&self) -> Audit {
        audit(&self.journal, &self.key)
    }

    fn run(&self, errand: Errand) -> ErrandDone {
        self.clerk.run(errand)
    }
}
