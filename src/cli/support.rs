//! `totem support-bundle`: what somebody far away needs to see of a totem, in one file, and nothing of any customer.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use totem::config;
use totem::doctor;
use totem::domain::calendar;
use totem::journal::{Book, JournalKey};
use totem::payment::{Outcome, Payment};
use totem::support::{self, Paper, Route};

use super::doctor::examined;
use super::journal::words;

#[derive(Args)]
pub struct SupportArgs {
    /// The file to be made (tar); what is there is not written over
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = config::USUAL)]
    config: PathBuf,
}

/// Lines of the log that go along.
const LINES: usize = 2_000;
/// Payments without an end that are told one by one.
const OPEN_MOST: usize = 200;

pub fn support_bundle(args: &SupportArgs) -> Result<(), String> {
    super::logs::start("off");
    let papers = papers(&args.config);
    support::write(&args.file, &papers, now_s()).map_err(|error| error.to_string())?;
    println!("{}: {} textos, sem dados de clientes e sem senhas", args.file.display(), papers.len());
    Ok(())
}

pub fn now_s() -> u64 {
    u64::try_from(Timestamp::now().as_second()).unwrap_or(0)
}

/// `totem-suporte-LOJA-01-20261128-091500`
pub fn name(totem: &str, now: Timestamp) -> String {
    let safe: String =
        totem.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' }).take(30).collect();
    format!("totem-suporte-{safe}-{}", calendar::sao_paulo(now).strftime("%Y%m%d-%H%M%S"))
}

/// Everything that can be said; what cannot be read says why in its place.
pub fn papers(config: &Path) -> Vec<Paper> {
    let (survey, state) = (config::survey_from_outside(config), config::state(config).ok());
    let (origins, routes) = match &survey {
        Ok(survey) => (survey.origins(), routes(survey)),
        Err(_) => (Vec::new(), Vec::new()),
    };
    let mut settings = match survey {
        Ok(survey) => survey.mistakes.iter().fold(String::new(), |text, mistake| text + &format!("ERRO {mistake}\n")),
        Err(error) => format!("{error}\n"),
    };
    for origin in origins {
        let place = origin.place.map_or("padrão".to_owned(), |place| place.to_string());
        let _ = writeln!(settings, "{} = {}  # {place}", origin.key, hidden(&origin.key, &origin.value));
    }
    let findings = examined(config);
    let examined = doctor::as_json(&findings).unwrap_or_else(|why| why);
    let (journal, log) = match &state {
        Some(state) => (journal(state), support::last_lines(state, LINES).join("\n") + "\n"),
        None => ("a configuração não diz onde está o diário\n".to_owned(), String::new()),
    };
    let network = support::facts(Path::new("/"), &routes);
    let network = network.iter().fold(String::new(), |text, (name, value)| text + &format!("{name}: {value}\n"));
    vec![
        Paper { name: "LEIA.txt", text: WORDS.to_owned() },
        Paper { name: "versoes.txt", text: versions() },
        Paper { name: "configuracao.txt", text: settings },
        Paper { name: "doctor.json", text: examined },
        Paper { name: "rede.txt", text: network },
        Paper { name: "diario.txt", text: journal },
        Paper { name: "avisos.log", text: log },
    ]
}

const WORDS: &str = "Pacote de suporte de um totem: versões, configuração sem senhas, totem doctor, rede, contagens do diário e os \
últimos avisos.\nNão há aqui nome, CPF, telefone ou e-mail de cliente, nem senha, token ou certificado. Números longos são \
cobertos com ***.\n";

/// Who receives the money may be a person, and a PIX key a phone.
fn hidden<'a>(key: &str, value: &'a str) -> &'a str {
    let last = key.rsplit('.').next().unwrap_or_default();
    let is_personal = key.starts_with("pix.") && matches!(last, "key" | "name" | "payer_email")
        || matches!(last, "user" | "username" | "usuario" | "client_id");
    if is_personal { "\"…\"" } else { value }
}

/// The partners that the configuration names, and the banks that a preset names.
pub fn routes(survey: &config::Survey) -> Vec<Route> {
    survey.routes().into_iter().map(|(host, port)| Route { host, port }).collect()
}

fn versions() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let system = read("/etc/os-release");
    let system = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("?").trim_matches('"');
    let up = read("/proc/uptime");
    let hours = up.split('.').next().and_then(|seconds| seconds.parse::<u64>().ok()).unwrap_or(0) / 3_600;
    let memory: Vec<String> = read("/proc/meminfo").lines().take(3).map(str::to_owned).collect();
    format!(
        "totem {}\nsistema: {system}\nkernel: {}\nmáquina: {}\nligada há {hours} h\n{}\nfeito em {}\n",
        env!("CARGO_PKG_VERSION"),
        read("/proc/sys/kernel/osrelease").trim(),
        std::env::consts::ARCH,
        memory.join("\n"),
        calendar::sao_paulo(Timestamp::now()).strftime("%d/%m/%Y %H:%M:%S"),
    )
}

/// How many payments stand where, and what has not ended: protocols, amounts and the names of facts.
fn journal(state: &Path) -> String {
    counted(state).unwrap_or_else(|why| format!("o diário não pôde ser lido: {why}\n"))
}

fn counted(state: &Path) -> Result<String, String> {
    let told = |error: totem::journal::Error| words::journal_error(&error);
    let key = JournalKey::load(state).map_err(told)?;
    let book = Book::open(&state.join("journal.db"), &key).map_err(told)?;
    let mut text = match book.verify() {
        Ok(found) => format!(
            "íntegro: {} fatos, {} pagamentos, {} em aberto\n",
            found.facts, found.payments, found.open_payments
        ),
        Err(error) => format!("NÃO CONFERE: {}\n", words::journal_error(&error)),
    };
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let walked = book.each(|entries| {
        if let Some(payment) = Payment::from_entries(entries) {
            *counts.entry((payment.method_name(), standing(&payment.outcome()))).or_default() += 1;
        }
        Ok::<(), ()>(())
    });
    if let Err(error) = walked {
        let _ = writeln!(text, "a contagem parou: {}", words::journal_error(&error));
    }
    for ((method, standing), count) in counts {
        let _ = writeln!(text, "{method} {standing}: {count}");
    }
    let open = book.open_payments().map_err(told)?;
    for (id, entries) in open.iter().take(OPEN_MOST) {
        let Some(payment) = Payment::from_entries(entries) else { continue };
        let (method, stands) = (payment.method_name(), standing(&payment.outcome()));
        let _ = writeln!(text, "\n{id} {method} {} {stands}", payment.total());
        for entry in entries {
            let at = calendar::sao_paulo(entry.at).strftime("%d/%m %H:%M:%S");
            let _ = writeln!(text, "    {at} {}", entry.fact.name());
        }
    }
    if open.len() > OPEN_MOST {
        let _ = writeln!(text, "\ne mais {} em aberto", open.len() - OPEN_MOST);
    }
    let mut notes: BTreeMap<&str, u64> = BTreeMap::new();
    for note in book.notes(1_000).map_err(told)? {
        *notes.entry(note.fact.name()).or_default() += 1;
    }
    text += "\nno painel e na mesa:\n";
    for (fact, count) in notes {
        let _ = writeln!(text, "{fact}: {count}");
    }
    Ok(text)
}

fn standing(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Settled => "settled",
        Outcome::Owed => "owed",
        Outcome::NotCharged => "not_charged",
        Outcome::Undone => "undone",
        Outcome::Confirming => "confirming",
        Outcome::Person(_) => "person",
        Outcome::Resolved => "resolved",
    }
}
