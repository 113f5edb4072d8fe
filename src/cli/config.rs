//! `totem config`: what is wrong with the configuration, what it says and where each value comes from, its schema.
//!
//! | status | meaning |
//! |---|---|
//! | 0 | well |
//! | 1 | `check`: well, with warnings; whatever of the brand is left out is one, and so is a credential that is not read |
//! | 2 | there are mistakes, or a file cannot be read |

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use totem::brand;
use totem::config::{self, BrandChoice, Found, Survey};

#[derive(Args)]
pub struct ConfigArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Tell every mistake at once: file, line, column, what was expected; nothing is started
    Check {
        /// The configuration file
        #[arg(long, value_name = "FILE", default_value = config::USUAL)]
        config: PathBuf,
        /// A credential that systemd did not give to this process is a mistake, not a warning
        #[arg(long)]
        with_credentials: bool,
    },
    /// Print every value in force, without secrets
    Show {
        /// The configuration file
        #[arg(long, value_name = "FILE", default_value = config::USUAL)]
        config: PathBuf,
        /// With the file and line, or the variable, that each value comes from
        #[arg(long)]
        origins: bool,
    },
    /// Print the JSON Schema, for editors
    Schema,
    /// Print the whole file with every key, its default and what it means
    Example,
}

pub fn config(args: &ConfigArgs) -> ExitCode {
    let done = match &args.what {
        What::Check { config, with_credentials } => check(config, *with_credentials),
        What::Show { config, origins } => show(config, *origins),
        What::Schema => {
            print!("{}", config::schema());
            Ok(ExitCode::SUCCESS)
        }
        What::Example => {
            print!("{}", config::SHIPPED);
            Ok(ExitCode::SUCCESS)
        }
    };
    done.unwrap_or_else(|error| super::failed(&error.to_string()))
}

fn check(path: &Path, with_credentials: bool) -> Result<ExitCode, config::Error> {
    let survey = if with_credentials { config::survey(path)? } else { config::survey_from_outside(path)? };
    let Some(config) = sound(&survey) else { return Ok(ExitCode::from(2)) };
    let mut warnings = config.warnings_at(Timestamp::now());
    warnings
        .extend(survey.unread.iter().map(|name| format!("a credencial {name} não foi lida: só o serviço a recebe")));
    for warning in &warnings {
        println!("aviso: {warning}");
    }
    println!("{}: sem erros", path.display());
    let look = look(&config.brand);
    Ok(look.max((!warnings.is_empty()).into()).into())
}

/// The shop's own look: 1 where something of it is not used. The totem opens all the same.
fn look(choice: &BrandChoice) -> u8 {
    let Found { folder, brand, mistakes, trouble } = choice.find();
    for mistake in &mistakes {
        eprintln!("{mistake}");
    }
    if let Some(trouble) = &trouble {
        eprintln!("{trouble}");
    }
    let Some(folder) = folder else { return u8::from(trouble.is_some()) };
    let today = choice.zone().to_datetime(Timestamp::now()).date();
    let seen = brand::look(&folder, &brand.media, today);
    for report in &seen.reports {
        println!("aviso: {}: {}", folder.path().join(&report.file).display(), report.says);
    }
    if trouble.is_some() || !mistakes.is_empty() {
        eprintln!("{}: o que está errado não é usado; o totem abre sem isso", folder.path().display());
        return 1;
    }
    println!("{}: sem erros; {} imagens, {} hoje", folder.path().display(), seen.pictures, seen.today);
    u8::from(!seen.reports.is_empty())
}

/// The configuration, or all that is wrong with it on standard error.
fn sound(survey: &Survey) -> Option<&config::Config> {
    for mistake in &survey.mistakes {
        eprintln!("{mistake}");
    }
    if survey.config.is_none() {
        eprintln!("erros: {}", survey.mistakes.len());
    }
    survey.config.as_ref()
}

fn show(path: &Path, origins: bool) -> Result<ExitCode, config::Error> {
    let survey = config::survey_from_outside(path)?;
    let all = survey.origins();
    let longest = all.iter().map(|one| one.key.chars().count() + one.value.chars().count()).max().unwrap_or(0).min(60);
    for one in &all {
        let line = format!("{} = {}", one.key, one.value);
        match &one.place {
            _ if !origins => println!("{line}"),
            Some(place) => println!("{line:width$}  # {place}", width = longest + 3),
            None => println!("{line:width$}  # padrão", width = longest + 3),
        }
    }
    Ok(if sound(&survey).is_some() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}
