//! `totem pix`: what a technician does with a bank by hand: a first charge, a look at one, a refund.

mod refund;
mod show;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use totem::config::{self, Config};
use totem::domain::{BrCode, ConfirmedBy, Money, PixCharge, TaxId};
use totem::pix::api_pix::{self, ApiPix};
use totem::pix::{Debtor, PixOrder, PixProvider, PixState, mercado_pago, refund_id};

const BETWEEN_LOOKS: Duration = Duration::from_secs(3);

#[derive(Args)]
pub struct PixArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "/etc/totem/totem.toml", global = true)]
    config: PathBuf,
    /// The id of a [[pix.bank]], or mercado_pago [default: the first]
    #[arg(long, value_name = "ID", global = true)]
    provider: Option<String>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Make a charge and show its code. The bill of no customer is paid by it
    Charge {
        /// Such as 0.01
        #[arg(long, value_parser = amount)]
        amount: Money,
        /// 26 to 35 letters and digits; the same again is the same charge [default: a new one]
        #[arg(long)]
        txid: Option<String>,
    },
    /// Say how a charge is and every Pix that came for it
    Status { txid: String },
    /// Look at a charge until it is paid or ended
    Watch {
        txid: String,
        /// Seconds to look for
        #[arg(long = "for", value_name = "SECONDS", default_value_t = 300)]
        seconds: u64,
    },
    /// Read a PIX copia-e-cola
    Decode { code: String },
    /// Give a Pix back (devolução), in whole or in part; the totem must be stopped. The same command again is the same
    /// refund
    Refund {
        /// The end-to-end id: E and 31 letters and digits
        end_to_end: String,
        #[arg(long, value_parser = amount)]
        amount: Money,
        /// Why; it stays in the journal
        #[arg(long, value_parser = words)]
        reason: String,
        /// Who decides it
        #[arg(long, value_parser = words)]
        by: String,
        /// For a second refund of the same amount of the same Pix: 1 to 35 letters and digits
        #[arg(long)]
        id: Option<String>,
        /// The Pix is of no payment of this totem, such as a test charge: nothing is written into the journal
        #[arg(long)]
        outside: bool,
    },
}

fn amount(text: &str) -> Result<Money, String> {
    let amount = Money::from_decimal_exact(text).map_err(|error| error.to_string())?;
    if amount.is_zero() { Err("nothing to pay".to_owned()) } else { Ok(amount) }
}

fn words(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.chars().count() < 3 { Err("say it in words".to_owned()) } else { Ok(text.to_owned()) }
}

pub fn pix(args: PixArgs) -> Result<(), String> {
    if let What::Decode { code } = &args.what {
        return show::code(&BrCode::parse(code).map_err(|error| error.to_string())?);
    }
    let config = config::load(&args.config).map_err(|error| error.to_string())?;
    super::logs::start("warn,totem::cli=info,totem::pix=info");
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    runtime.block_on(perform(&config, &args.config, args.provider.as_deref(), args.what))
}

async fn perform(config: &Config, path: &Path, provider: Option<&str>, what: What) -> Result<(), String> {
    let teller = Teller::of(config, provider).map_err(|why| format!("{}: {why}", path.display()))?;
    match what {
        What::Charge { amount, txid } => {
            let txid = txid.map_or_else(new_txid, Ok)?;
            let order = PixOrder {
                txid,
                amount,
                invoices: vec!["teste".into()],
                identifiers: Vec::new(),
                erp_code: None,
                // of a charge with a due date the site is its own debtor
                debtor: TaxId::parse(&config.beneficiary.tax_id)
                    .ok()
                    .map(|tax_id| Debtor { name: config.beneficiary.name.clone(), tax_id }),
            };
            let charge = teller.provider().charge(&order).await.map_err(|error| error.to_string())?;
            show::charge(&charge, amount)
        }
        What::Status { txid } => match &teller {
            Teller::Bank(bank) => {
                let account = bank.account(&txid).await.map_err(|error| error.to_string())?;
                show::account(&account.ok_or_else(|| "o banco não conhece esta cobrança".to_owned())?)
            }
            Teller::MercadoPago(_) => {
                let state = teller.look(&txid).await?;
                show::state(&state)
            }
        },
        What::Watch { txid, seconds } => {
            let until = Instant::now() + Duration::from_secs(seconds);
            loop {
                match teller.look(&txid).await {
                    Ok(PixState::Waiting) => {}
                    Ok(state) => return show::state(&state),
                    Err(why) => eprintln!("totem: {why}"),
                }
                if Instant::now() >= until {
                    return Err("ainda não foi pago".to_owned());
                }
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
        }
        What::Refund { end_to_end, amount, reason, by, id, outside } => {
            let Teller::Bank(bank) = &teller else {
                return Err("o Mercado Pago devolve pelo site dele".to_owned());
            };
            let id = id.unwrap_or_else(|| refund_id(&end_to_end, amount));
            let wanted = refund::Wanted { end_to_end, amount, by, reason, id };
            if outside {
                refund::outside(bank, &wanted).await
            } else {
                refund::refund(bank, &config.totem.state, &wanted).await
            }
        }
        // read before any bank is called
        What::Decode { .. } => Ok(()),
    }
}

/// Who is called.
enum Teller {
    Bank(Arc<ApiPix>),
    MercadoPago(Arc<mercado_pago::MercadoPago>),
}

impl Teller {
    fn of(config: &Config, provider: Option<&str>) -> Result<Teller, String> {
        let banks = &config.pix.bank;
        let chosen = match provider {
            Some(id) => banks.iter().find(|bank| bank.id() == id),
            None => banks.first(),
        };
        if let Some(settings) = chosen {
            let bank = api_pix::connect(settings.clone()).map_err(|unfit| unfit.to_string())?;
            return Ok(Teller::Bank(Arc::new(bank)));
        }
        match &config.pix.mercado_pago {
            Some(settings) if provider.is_none_or(|id| id == "mercado_pago") => {
                let driver = mercado_pago::connect(settings.clone()).map_err(|error| error.to_string())?;
                Ok(Teller::MercadoPago(Arc::new(driver)))
            }
            _ => Err(provider.map_or_else(
                || "não há [[pix.bank]] nem [pix.mercado_pago]".to_owned(),
                |id| format!("nenhum provedor de PIX se chama \"{id}\""),
            )),
        }
    }

    fn provider(&self) -> Arc<dyn PixProvider> {
        match self {
            Teller::Bank(bank) => Arc::clone(bank) as Arc<dyn PixProvider>,
            Teller::MercadoPago(driver) => Arc::clone(driver) as Arc<dyn PixProvider>,
        }
    }

    async fn look(&self, txid: &str) -> Result<PixState, String> {
        let provider = self.provider();
        let charge = PixCharge {
            provider: provider.name().to_owned(),
            txid: txid.to_owned(),
            payload: String::new(),
            confirmed_by: ConfirmedBy::Bank,
            expires_in_s: None,
        };
        provider.look(&charge).await.map_err(|error| error.to_string())
    }
}

fn new_txid() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_refund_has_the_same_id_and_another_has_another() {
        let id = refund_id("E1", Money::from_cents(100));
        assert_eq!((id.len(), &id), (32, &refund_id("E1", Money::from_cents(100))));
        assert_ne!(id, refund_id("E1", Money::from_cents(101)));
        assert_ne!(new_txid().unwrap(), new_txid().unwrap());
    }
}
