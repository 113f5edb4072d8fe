//! Which payments go out, and in which form; the columns are `totem::journal::export`'s.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use totem::journal::export::{csv_head, rows};
use totem::journal::{Book, export::Row};

use super::Refusal;

#[derive(Args)]
#[command(after_help = "Columns, the same in both formats, one row for each bill:\n  \
    protocol, opened_at (local), standing (settled|owed|not_charged|undone|confirming|person|resolved),\n  \
    customer (id in the ERP), name, tax_id (masked), invoice (id in the ERP), number, due,\n  \
    principal_cents, fine_cents, interest_cents, discount_cents, total_cents (of this bill),\n  \
    method (pix|debit|credit), instalments, network, brand, nsu, authorization, end_to_end, txid,\n  \
    paid_at (local), received_cents (for the whole payment),\n  \
    write_off (none|owed|sent|unclear|found_open|applied|found_paid|by_erp|by_person|rejected|paid_elsewhere),\n  \
    sends, person_why (rejected|refund|wrong_amount|check_statement|provider_gone|doubled|by_hand|overdue|tef_silent|\n  \
    refund_unclear),\n  \
    resolved_by, resolved_note\n\
    CSV: RFC 4180, UTF-8; text that a spreadsheet would take for a formula begins with an apostrophe.")]
pub struct ExportArgs {
    #[arg(long, value_enum)]
    format: Format,
    /// The first day, by the local date at which the customer chose to pay
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// The last day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    /// An array of objects, one a line
    Json,
}

pub fn export(book: &Book, which: &ExportArgs, out: &mut impl Write) -> Result<(), Refusal> {
    if let (Some(from), Some(to)) = (which.from, which.to)
        && from > to
    {
        return Err(Refusal::Cannot("--from é depois de --to".to_owned()));
    }
    let wanted = |row: &Row| {
        let day = row.opened_at.date();
        which.from.is_none_or(|from| day >= from) && which.to.is_none_or(|to| day <= to)
    };
    let mut first = true;
    out.write_all(if which.format == Format::Csv { csv_head() } else { "[".to_owned() }.as_bytes())?;
    book.each(|entries| -> io::Result<()> {
        for row in rows(entries).into_iter().filter(wanted) {
            match which.format {
                Format::Csv => out.write_all(row.csv().as_bytes())?,
                Format::Json => {
                    out.write_all(if first { b"\n" } else { b",\n" })?;
                    serde_json::to_writer(&mut *out, &row)?;
                }
            }
            first = false;
        }
        Ok(())
    })??;
    if which.format == Format::Json {
        out.write_all(b"\n]\n")?;
    }
    Ok(())
}
