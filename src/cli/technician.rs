//! `totem technician`: who may open the panel.
//!
//! | status | meaning |
//! |---|---|
//! | 0 | done |
//! | 2 | not done: a PIN that is no PIN, two that differ, a file that cannot be read or written |

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use totem::domain::Typed;
use totem::technician::Pins;

#[derive(Args)]
pub struct TechnicianArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Give a person a PIN of 6 to 12 digits, read from standard input: twice, or once with `-`
    SetPin {
        /// The file that [technician] of the configuration names; made where there is none
        #[arg(long, value_name = "FILE", default_value = "/etc/totem/technician-pin")]
        file: PathBuf,
        /// Who it is: the name stands in the journal
        #[arg(long, value_name = "NAME")]
        name: String,
        /// `-`: standard input has the PIN once
        #[arg(value_parser = ["-"])]
        once: Option<String>,
    },
    /// Take a person's PIN away
    RemovePin {
        #[arg(long, value_name = "FILE", default_value = "/etc/totem/technician-pin")]
        file: PathBuf,
        #[arg(long, value_name = "NAME")]
        name: String,
    },
    /// The names that have a PIN
    List {
        #[arg(long, value_name = "FILE", default_value = "/etc/totem/technician-pin")]
        file: PathBuf,
    },
}

pub fn technician(args: &TechnicianArgs) -> Result<(), String> {
    match &args.what {
        What::SetPin { file, name, once } => {
            let mut pins = if file.exists() { read(file)? } else { Pins::default() };
            let pin = typed(once.is_some())?;
            pins.set(name, &pin).map_err(|unfit| unfit.to_string())?;
            write(file, &pins)?;
            println!("PIN de {} gravado em {}", name.trim(), file.display());
            println!(
                "na configuração: [technician] pin = {{ file = \"{}\" }}; vale depois de reiniciar o totem",
                file.display()
            );
        }
        What::RemovePin { file, name } => {
            let mut pins = read(file)?;
            if !pins.remove(name) {
                return Err(format!("{} não tem PIN em {}", name.trim(), file.display()));
            }
            if pins.names().next().is_none() {
                return Err(format!(
                    "{} é a última pessoa com PIN: para fechar o painel de vez, tire [technician] da configuração e apague {}",
                    name.trim(),
                    file.display()
                ));
            }
            write(file, &pins)?;
            println!("PIN de {} retirado; vale depois de reiniciar o totem", name.trim());
        }
        What::List { file } => read(file)?.names().for_each(|name| println!("{name}")),
    }
    Ok(())
}

fn read(file: &Path) -> Result<Pins, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("não consegui ler {}: {error}", file.display()))?;
    Pins::parse(&text).map_err(|why| format!("{}: {why}", file.display()))
}

/// Whole or not at all, for its owner alone.
fn write(file: &Path, pins: &Pins) -> Result<(), String> {
    let about = |error: io::Error| format!("não consegui gravar {}: {error}", file.display());
    let draft = file.with_extension(format!("{}.draft", std::process::id()));
    let written = || -> io::Result<()> {
        let mut out = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        out.write_all(pins.text().as_bytes())?;
        out.sync_all()?;
        super::owner::hand_over(&draft, true)?;
        fs::rename(&draft, file)
    };
    written().map_err(|error| {
        let _ = fs::remove_file(&draft);
        about(error)
    })
}

fn typed(once: bool) -> Result<Typed, String> {
    let first = line("PIN: ")?;
    if !once && line("de novo: ")? != first {
        return Err("os dois PINs são diferentes: nada foi gravado".to_owned());
    }
    Ok(Typed::new(first))
}

/// One line; from a keyboard it is not shown.
fn line(prompt: &str) -> Result<String, String> {
    let input = io::stdin();
    let about = |error: io::Error| format!("não consegui ler o PIN: {error}");
    let mut text = String::new();
    let read = if input.is_terminal() {
        eprint!("{prompt}");
        let shown = tcgetattr(&input).map_err(|error| about(error.into()))?;
        let mut hidden = shown.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&input, OptionalActions::Now, &hidden).map_err(|error| about(error.into()))?;
        let read = input.lock().read_line(&mut text);
        let restored = tcsetattr(&input, OptionalActions::Now, &shown);
        eprintln!();
        restored.map_err(|error| about(error.into()))?;
        read
    } else {
        input.lock().read_line(&mut text)
    };
    match read.map_err(about)? {
        0 => Err("a entrada acabou antes do PIN".to_owned()),
        _ => Ok(text.trim_end_matches(['\r', '\n']).to_owned()),
    }
}
