//! The receipt of a payment as a PDF file: for the back office, and to be sent by whatever sends files.

use std::io::{self, Write};
use std::path::Path;

use totem::config;
use totem::domain::calendar;
use totem::domain::receipt::Beneficiary;
use totem::paper::{self, Width};
use totem::payment::{Entry, Payment};

use super::{Place, Refusal};

/// Marked as a second copy: the customer's own was printed, or offered, when it was paid.
pub fn receipt(place: &Place, entries: &[Entry], file: &Path, out: &mut impl Write) -> Result<(), Refusal> {
    let Some(payment) = Payment::from_entries(entries) else {
        return Err(Refusal::No("este protocolo não está neste diário".to_owned()));
    };
    let (beneficiary, totem) = who(place)?;
    let now = calendar::sao_paulo(jiff::Timestamp::now());
    let receipt = payment
        .receipt_for(&beneficiary, &totem, Some(now))
        .map_err(|why| Refusal::No(super::words::no_receipt(payment.id, why)))?;
    let document = paper::with_tef_copy(paper::payment_receipt(&receipt), payment.customer_copy());
    let bytes = paper::pdf(&document, &Width::MM80, receipt.at)
        .map_err(|error| Refusal::Cannot(format!("o recibo não pôde ser feito: {error}")))?;
    write_new(file, &bytes)
        .map_err(|error| Refusal::Cannot(format!("{} não pôde ser escrito: {error}", file.display())))?;
    writeln!(out, "{}", file.display())?;
    Ok(())
}

/// Nothing that is there is written over.
fn write_new(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(file)?;
    file.write_all(bytes)
}

/// Who was paid, as the configuration says; a journal alone does not know it.
fn who(place: &Place) -> Result<(Beneficiary, String), Refusal> {
    if place.state.is_some() {
        return Ok((Beneficiary::default(), String::new()));
    }
    let told = config::survey_from_outside(&place.config).and_then(config::Survey::sound);
    let config = told.map_err(|error| Refusal::Cannot(error.to_string()))?;
    Ok((config.beneficiary_on_paper(), config.totem.name))
}
