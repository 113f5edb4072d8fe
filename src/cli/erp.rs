//! `totem erp`: what a technician asks the ERP of the configuration: what it can do here, a customer, their bills, and the
//! lists of the write-off table. It only reads, also beside a running totem, and shows nobody's whole name or CPF.

mod show;
mod words;

use std::io::BufRead;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use totem::config::{self, Config};
use totem::domain::{Account, BillRef, CustomerId, TaxId};
use totem::erp::{Capability, Erp};

#[derive(Args)]
pub struct ErpArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "/etc/totem/totem.toml", global = true)]
    config: PathBuf,
    /// One JSON object instead of a text, for scripts
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Sign in, find out what this site's ERP can do, and say it operation by operation
    Probe,
    /// Whom a CPF or CNPJ belongs to, with contracts: the name cut short
    Customer {
        /// CPF or CNPJ; - reads it from standard input, so that no shell remembers it
        #[arg(value_name = "CPF")]
        who: String,
    },
    /// The open bills of a CPF or CNPJ, and what each comes to today
    Bills {
        /// CPF or CNPJ; - reads it from standard input, so that no shell remembers it
        #[arg(value_name = "CPF")]
        who: String,
    },
    /// One bill read afresh: open, paid, or gone
    Bill {
        /// The ERP's own id of the bill
        id: String,
        /// The ERP's own id of the customer whose bill it is
        #[arg(long, value_name = "ID", required_unless_present = "of", conflicts_with = "of")]
        customer: Option<String>,
        /// The customer's CPF or CNPJ instead; - reads it from standard input
        #[arg(long, value_name = "CPF")]
        of: Option<String>,
    },
    /// The ids that rows of the write-off table take, ready to be pasted
    Lookups,
}

pub fn erp(args: &ErpArgs) -> Result<(), String> {
    let config = config::load(&args.config).map_err(|error| error.to_string())?;
    super::logs::start("warn");
    let erp = config.erp.connect().map_err(|why| format!("{}: {why}", args.config.display()))?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(perform(&config, &erp, args))
}

async fn perform(config: &Config, erp: &Arc<dyn Erp>, args: &ErpArgs) -> Result<(), String> {
    match &args.what {
        What::Probe => probe(config, erp.as_ref(), args.json).await,
        What::Customer { who } => {
            let account = account(erp.as_ref(), who).await?;
            let factors = if erp.supports(Capability::Factors).is_usable() {
                Some(erp.factors(&account.customer.id).await.map_err(|error| error.to_string())?)
            } else {
                None
            };
            show::customer(&account, factors.as_ref(), args.json)
        }
        What::Bills { who } => show::bills(&account(erp.as_ref(), who).await?, args.json),
        What::Bill { id, customer, of } => {
            let customer = match (customer, of) {
                (Some(id), _) => CustomerId(id.clone()),
                (None, Some(who)) => account(erp.as_ref(), who).await?.customer.id,
                (None, None) => return Err("informe --customer ID ou --of CPF".to_owned()),
            };
            let bill = BillRef { customer, invoice: id.as_str().into() };
            let state = erp.invoice(&bill).await.map_err(|error| error.to_string())?;
            show::bill(id, &state, args.json)
        }
        What::Lookups => {
            let lookups = erp.lookups().await.map_err(|error| error.to_string())?;
            show::lookups(config.write_off_table(), &lookups, args.json)
        }
    }
}

/// An ERP that cannot be reached gets its table too: what its driver could do, and why nobody knows it of this site.
async fn probe(config: &Config, erp: &dyn Erp, json: bool) -> Result<(), String> {
    let found_out = erp.discover().await.map_err(|error| error.to_string());
    let operations = Capability::ALL.map(|capability| (capability, erp.supports(capability)));
    let probed = show::Probed {
        erp: erp.name(),
        why_not: found_out.as_ref().err().map(String::as_str),
        operations: &operations,
        unfit: &config.unfit(erp),
        warnings: &config.warnings(),
    };
    show::probed(&probed, json)?;
    found_out
}

async fn account(erp: &dyn Erp, who: &str) -> Result<Account, String> {
    let who = tax_id(who, std::io::stdin().lock())?;
    let account = erp.account(&who).await.map_err(|error| error.to_string())?;
    account.ok_or_else(|| format!("o ERP não conhece nenhum cliente com {}", who.masked()))
}

/// What is wrong with it is told without repeating it.
fn tax_id(who: &str, mut input: impl BufRead) -> Result<TaxId, String> {
    let mut line = String::new();
    let text = if who == "-" {
        input.read_line(&mut line).map_err(|error| format!("a entrada padrão não pôde ser lida: {error}"))?;
        line.trim()
    } else {
        who.trim()
    };
    TaxId::parse(text).map_err(|error| format!("não é um CPF nem um CNPJ válido: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cpf_may_come_on_standard_input_and_is_not_repeated_when_it_is_wrong() {
        assert_eq!(tax_id("-", &b"529.982.247-25\n"[..]).unwrap().plain(), "52998224725");
        assert_eq!(tax_id(" 52998224725 ", &b""[..]).unwrap().plain(), "52998224725");
        let why = tax_id("-", &b"52998224724\n"[..]).unwrap_err();
        assert!(why.contains("CPF") && !why.contains("52998224724"), "{why}");
        assert!(tax_id("-", &b""[..]).is_err());
    }
}
