//! Printers and pinpads that are plugged in: found by their names, tried, and chosen by a person.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use totem::printer::{self, Status};
use totem::tef::pinpad;

use super::ask::Asker;
use super::quoted;

/// Names of `/dev`, the lasting ones first: where a device has two, the first counts.
const PLACES: [(&str, &str); 4] = [("serial/by-id", ""), ("", "ttyUSB"), ("", "ttyACM"), ("usb", "lp")];

/// Serial ports and printers' ports, each device once.
fn found(devices: &Path) -> Vec<PathBuf> {
    let mut found: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (folder, begins) in PLACES {
        let Ok(entries) = std::fs::read_dir(devices.join(folder)) else { continue };
        let named = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(begins));
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(named).collect();
        paths.sort();
        for path in paths {
            let real = path.canonicalize().unwrap_or_else(|_| path.clone());
            if !real.is_dir() && !found.iter().any(|(_, known)| *known == real) {
                found.push((path, real));
            }
        }
    }
    found.into_iter().map(|(path, _)| path).collect()
}

fn is_serial(path: &Path) -> bool {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    !real.file_name().is_some_and(|name| name.to_string_lossy().starts_with("lp"))
}

pub fn ask(asker: &mut Asker<impl BufRead>, devices: &Path, needed: bool) -> Result<String, String> {
    println!("\nImpressora.");
    let ports = found(devices);
    if ports.is_empty() {
        println!("  nenhuma porta serial e nenhuma impressora USB foram encontradas");
    }
    let mut names: Vec<String> = ports.iter().map(|port| port.display().to_string()).collect();
    names.push("outra porta, que eu escrevo".to_owned());
    if !needed {
        names.push("sem impressora".to_owned());
    }
    let (port, table) = loop {
        let chosen = asker.choice("Porta da impressora", &names)?;
        let port = match ports.get(chosen) {
            Some(port) => port.clone(),
            None if chosen == ports.len() => PathBuf::from(asker.text("Porta", Some("/dev/ttyUSB0"))?),
            None => return Ok(String::new()),
        };
        let table = printer(asker, &port)?;
        let (well, says) = tried(&table);
        println!("  {says}");
        if well || asker.yes("Ficar com esta porta assim mesmo?", false)? {
            break (port, table);
        }
    };
    let others: Vec<&PathBuf> = ports.iter().filter(|other| **other != port && is_serial(other)).collect();
    if !others.is_empty() && asker.yes("Procurar o pinpad nas outras portas (feche o TEF antes)?", false)? {
        for other in others {
            println!("  {}: {}", other.display(), who(other));
        }
    }
    Ok(format!("[printer]\n{table}"))
}

/// The keys of the table.
fn printer(asker: &mut Asker<impl BufRead>, port: &Path) -> Result<String, String> {
    let papers = ["papel de 80 mm (48 letras)".to_owned(), "papel de 58 mm (42 letras estreitas)".to_owned()];
    let profile = if asker.choice("Papel", &papers)? == 0 { "generic_80mm" } else { "generic_58mm" };
    let place = quoted(&port.display().to_string());
    if !is_serial(port) {
        return Ok(format!("medium = \"usb\"\nport = {place}\nprofile = \"{profile}\"\n"));
    }
    let baud = asker.number("Velocidade (baud)", Some("115200"))?;
    Ok(format!("medium = \"serial\"\nport = {place}\nprofile = \"{profile}\"\nbaud = {baud}\n"))
}

/// Whether the printer answers, and a sentence about it. Nothing is printed.
fn tried(table: &str) -> (bool, String) {
    let settings = match toml::from_str::<printer::Settings>(table) {
        Ok(settings) => settings,
        Err(error) => return (false, error.message().to_owned()),
    };
    let status = match printer::open(&settings) {
        Ok(mut printer) => printer.status(),
        Err(why) => return (false, why),
    };
    let says = match status {
        Status::Ready => "a impressora responde e está pronta",
        Status::PaperLow => "a impressora responde; o papel está acabando",
        Status::PaperOut => "a impressora responde; falta papel",
        Status::CoverOpen => "a impressora responde; a tampa está aberta",
        Status::Cutter => "a impressora responde; a guilhotina está presa",
        Status::Overheated => "a impressora responde; a cabeça está quente",
        Status::Fault => "a impressora responde e diz que tem um defeito",
        Status::Held | Status::Awaited => "a impressora responde; ainda pode sair um papel de antes",
        Status::NoFence => {
            "a impressora responde, mas não à cerca (GS r 1): `totem printer probe` diz que proof pôr no [printer]"
        }
        Status::Offline => "a impressora responde e está fora de linha",
        Status::Mute => "a porta existe e ninguém responde: confira cabo, energia e velocidade",
        Status::Unknown => "responde coisas sem sentido: confira velocidade e paridade (`totem printer probe` ajuda)",
        Status::InUse => "outro programa usa a porta: feche-o e tente de novo",
        Status::Absent | Status::Denied => "a porta não pode ser aberta: confira o nome, e se este usuário pode usá-la",
    };
    let answers = !matches!(status, Status::Mute | Status::Unknown | Status::Absent | Status::InUse | Status::Denied);
    (answers, says.to_owned())
}

fn who(port: &Path) -> String {
    match pinpad::open(&port.display().to_string()).and_then(|mut pinpad| pinpad.about()) {
        Ok(about) => format!("um pinpad: {} {}, série {}", about.maker, about.model, about.serial),
        Err(error) => format!("não parece um pinpad ({error})"),
    }
}
