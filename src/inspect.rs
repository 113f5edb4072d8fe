//! `totem inspect`: reads boletos, BR Codes, tax ids and amounts, and says what they hold.
//!
//! One JSON object a line and a value: `input`, `valid`, `error`, and the fields of a valid one.

mod build;
mod fields;

use std::error::Error;
use std::io::{self, BufRead, Write};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde::Serialize;

use crate::domain::{Boleto, BrCode, Money, TaxId};

#[derive(Debug, Clone, Args)]
pub struct InspectArgs {
    #[command(subcommand)]
    what: What,
}

/// The values are read in turn; `-`, or none at all, stands for one a line from standard input. Where there are no
/// options to give, a value may begin with a hyphen.
#[derive(Debug, Clone, Subcommand)]
enum What {
    /// A linha digitável, or the 44 digits of the bars
    Boleto {
        #[arg(value_name = "VALUE", default_value = "-")]
        values: Vec<String>,
        /// A day near the boleto's own time, because its due date is counted in cycles of 9000 days [default: today]
        #[arg(long, value_name = "YYYY-MM-DD")]
        reference_date: Option<Date>,
    },
    /// A PIX copia-e-cola
    Brcode {
        #[arg(value_name = "VALUE", default_value = "-")]
        values: Vec<String>,
        /// Print the code made from JSON fields: key (or location), name, city, amount_cents, txid, info
        #[arg(long)]
        build: bool,
    },
    /// A CPF or CNPJ
    Taxid {
        #[arg(value_name = "VALUE", default_value = "-", allow_hyphen_values = true)]
        values: Vec<String>,
    },
    /// An amount
    Money {
        #[arg(value_name = "VALUE", default_value = "-", allow_hyphen_values = true)]
        values: Vec<String>,
    },
}

/// Answers every value and says whether all of them were valid.
pub fn run(args: InspectArgs, stdin: impl BufRead, out: impl Write, today: Date) -> io::Result<bool> {
    match args.what {
        What::Boleto { values, reference_date } => {
            let reference = reference_date.unwrap_or(today);
            answer_all(values, stdin, out, |text| {
                object(text, Boleto::parse(text).map(|boleto| fields::Boleto::of(&boleto, reference)))
            })
        }
        What::Brcode { values, build: false } => {
            answer_all(values, stdin, out, |text| object(text, BrCode::parse(text).map(fields::BrCode::of)))
        }
        What::Brcode { values, build: true } => answer_all(values, stdin, out, |text| match build::payload(text) {
            Ok(payload) => Ok((true, payload)),
            Err(error) => refusal(text, &error),
        }),
        What::Taxid { values } => {
            answer_all(values, stdin, out, |text| object(text, TaxId::parse(text).map(|id| fields::TaxId::of(&id))))
        }
        What::Money { values } => answer_all(values, stdin, out, |text| {
            object(text, Money::parse_text(text).map(|cents| fields::Money { cents }))
        }),
    }
}

/// Whether a value is valid, and the line that is printed for it.
type Answer = io::Result<(bool, String)>;

fn answer_all(
    values: Vec<String>,
    mut stdin: impl BufRead,
    mut out: impl Write,
    answer: impl Fn(&str) -> Answer,
) -> io::Result<bool> {
    let mut all_valid = true;
    let mut print = |given: Answer| {
        let (valid, line) = given?;
        all_valid &= valid;
        writeln!(out, "{line}")
    };
    for value in values {
        if value != "-" {
            print(answer(&value))?;
            continue;
        }
        let mut line = Vec::new();
        while stdin.read_until(b'\n', &mut line)? > 0 {
            let text = line.strip_suffix(b"\n").unwrap_or(&line);
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            print(match str::from_utf8(text) {
                Ok(text) => answer(text),
                Err(error) => refusal(&String::from_utf8_lossy(text), &error),
            })?;
            line.clear();
        }
    }
    out.flush()?;
    Ok(all_valid)
}

#[derive(Serialize)]
struct Object<'a, F> {
    input: &'a str,
    valid: bool,
    error: Option<String>,
    #[serde(flatten)]
    fields: Option<F>,
}

fn object<F: Serialize, E: Error>(input: &str, read: Result<F, E>) -> Answer {
    match read {
        Ok(fields) => line(&Object { input, valid: true, error: None, fields: Some(fields) }),
        Err(error) => refusal(input, &error),
    }
}

fn refusal(input: &str, error: &impl Error) -> Answer {
    line(&Object::<()> { input, valid: false, error: Some(error.to_string()), fields: None })
}

fn line<F: Serialize>(object: &Object<'_, F>) -> Answer {
    Ok((object.valid, serde_json::to_string(object)?))
}
