//! Who may use whom. The table of the house, as a test can read it.

use crate::source::Named;

pub struct Room {
    pub name: &'static str,
    /// The other rooms it may name.
    pub rooms: &'static [&'static str],
    /// The libraries it may name, beside std.
    pub crates: &'static [&'static str],
    /// No clock, randomness, thread, file or socket.
    pub pure: bool,
}

const fn pure(name: &'static str, rooms: &'static [&'static str], crates: &'static [&'static str]) -> Room {
    Room { name, rooms, crates, pure: true }
}

const fn room(name: &'static str, rooms: &'static [&'static str], crates: &'static [&'static str]) -> Room {
    Room { name, rooms, crates, pure: false }
}

/// `main` and `cli` build the parts and may name everything, so they have no row.
pub const ROOMS: [Room; 26] = [
    pure("domain", &[], &["jiff", "serde", "thiserror"]),
    pure("payment", &["domain"], &["jiff", "serde"]),
    pure("journey", &["domain", "payment"], &["jiff", "serde"]),
    room(
        "journal",
        &["domain", "payment"],
        &["getrandom", "hmac", "jiff", "rusqlite", "rustix", "serde", "serde_json", "sha2", "thiserror", "tracing"],
    ),
    // What every partner behind HTTP needs: one client, its tokens, its certificates; and texts shown to nobody.
    room(
        "http",
        &["secret"],
        &[
            "base64",
            "jiff",
            "p12_keystore",
            "reqwest",
            "rustls",
            "serde",
            "serde_json",
            "thiserror",
            "tokio",
            "tracing",
            "x509_parser",
        ],
    ),
    room("secret", &[], &["serde", "thiserror"]),
    // A folder that anybody may have filled. It hands out pictures from a thread of its own.
    room("brand", &["domain"], &["image", "jiff", "rustix", "serde", "thiserror", "tokio", "tracing"]),
    // Knows nothing of what it tells the service manager: it is handed witnesses and words.
    room("service", &[], &["tracing"]),
    // Who may open the panel: hashes only, so neither the desk nor the screen holds a PIN.
    room("technician", &["domain", "secret"], &["getrandom", "scrypt", "serde", "thiserror"]),
    room(
        "erp",
        &["domain", "http", "secret"],
        &[
            "base64",
            "jaq_core",
            "jaq_json",
            "jaq_std",
            "jiff",
            "minijinja",
            "reqwest",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "tokio",
            "toml",
            "tracing",
        ],
    ),
    room(
        "pix",
        &["domain", "http", "secret"],
        &[
            "base64",
            "getrandom",
            "jiff",
            "reqwest",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "tokio",
            "toml",
            "tracing",
        ],
    ),
    // Where a CEP is. A port and the one driver behind it.
    room("postal", &["domain", "http"], &["reqwest", "serde", "serde_json", "thiserror"]),
    // Codes and notices to a customer's phone or e-mail address. Nobody else may name the library that writes mail.
    room("courier", &["domain", "http", "secret"], &["lettre", "reqwest", "serde", "serde_json", "thiserror", "tokio"]),
    room(
        "tef",
        &["domain"],
        &["jiff", "libloading", "oem_cp", "rustix", "serde", "serde_json", "serialport", "thiserror", "tracing"],
    ),
    // Turns the description of a paper into bytes.
    room("printer", &["domain", "paper"], &["oem_cp", "rustix", "serde", "serialport", "thiserror", "toml", "tracing"]),
    room("paper", &["domain"], &["ab_glyph", "image", "jiff", "printpdf", "qrcode", "thiserror", "tracing"]),
    // Other people's PDFs. What draws them knows no ERP, no screen and no printer: it gets bytes and gives shades, from a
    // process of its own. Nobody else may name the library that draws.
    room("pdf", &["domain"], &["hayro", "rustix", "serde", "serde_json", "thiserror", "tracing"]),
    // Papers are laid out where the receipt's facts are, and go to the printer's port as documents.
    room(
        "runtime",
        &[
            "domain", "payment", "journey", "journal", "erp", "pix", "postal", "courier", "tef", "printer", "paper",
            "pdf",
        ],
        &["getrandom", "jiff", "thiserror", "tokio", "tracing"],
    ),
    room(
        "ui",
        &["brand", "domain", "journey", "paper", "runtime"],
        &["fluent_bundle", "iced", "jiff", "serde", "serde_json", "thiserror", "tokio", "tracing", "unic_langid"],
    ),
    // Each driver owns its settings; the configuration composes them.
    room(
        "config",
        // of runtime only its waiting times, of http why a certificate cannot be used
        &[
            "brand",
            "domain",
            "payment",
            "journey",
            "erp",
            "fleet",
            "pix",
            "postal",
            "courier",
            "tef",
            "printer",
            "reader",
            "runtime",
            "technician",
            "http",
        ],
        &["jiff", "serde", "serde_json", "thiserror", "toml", "tracing"],
    ),
    // A device of its own, whose lines whoever starts it carries to the counter.
    room("reader", &[], &["serde", "serialport", "tracing"]),
    // What is carried away is covered where it may be somebody's.
    room("support", &["domain"], &["thiserror"]),
    // Reads what the desk left in its meter; has no way to the desk itself.
    room(
        "fleet",
        &["http", "runtime", "secret"],
        &[
            "httparse",
            "jiff",
            "reqwest",
            "rumqttc",
            "rustix",
            "rustls",
            "serde",
            "serde_json",
            "thiserror",
            "tokio",
            "tracing",
        ],
    ),
    // Looks at all ports, and at nothing behind them.
    room(
        "doctor",
        &["brand", "domain", "payment", "journal", "erp", "pix", "tef", "printer", "config"],
        &["jiff", "rustix", "serde", "serde_json"],
    ),
    room("inspect", &["domain"], &["clap", "jiff", "serde", "serde_json", "thiserror"]),
    room(
        "simulator",
        &[],
        &[
            "base64",
            "clap",
            "getrandom",
            "httparse",
            "image",
            "jiff",
            "oem_cp",
            "qrcode",
            "rustix",
            "rustls",
            "serde",
            "serde_json",
            "sha2",
            "thiserror",
            "tokio",
        ],
    ),
];

/// The drivers behind each port: `runtime` knows the port, and no driver knows another.
pub const DRIVERS: [(&str, &[&str]); 6] = [
    ("courier", &["email", "gateway"]),
    ("postal", &["service"]),
    ("erp", &["configured", "hubsoft", "webservice_cliente"]),
    ("tef", &["clisitef", "file_exchange", "pinpad"]),
    ("pix", &["erp_code", "static_key", "api_pix", "mercado_pago"]),
    ("printer", &["driver", "file", "serial", "usb", "tcp", "link", "demux", "dialect", "escpos", "watch", "probe"]),
];

const IMPURE: [&str; 8] = ["time", "fs", "net", "thread", "env", "process", "os", "io"];

/// What is wrong with one name in one room, if anything. `crates` are the names of Cargo.toml's dependencies.
pub fn offence(room: &str, file: &str, named: &Named, crates: &[String]) -> Option<String> {
    let path: Vec<&str> = named.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        // where the vendor's library is called
        ["unsafe"] if file == "tef/clisitef/library.rs" => {}
        ["unsafe"] => return Some("unsafe".to_owned()),
        [.., last @ ("todo!" | "unimplemented!")] => return Some(format!("{last} stands for something unfinished")),
        _ => {}
    }
    let row = ROOMS.iter().find(|row| row.name == room)?;
    match path.as_slice() {
        ["crate" | "totem", other, rest @ ..] if *other != room => {
            if ROOMS.iter().any(|row| row.name == *other) && !row.rooms.contains(other) {
                return Some(format!("{room} may not use {other}"));
            }
            if room == "runtime" {
                return driver(other, rest).map(|driver| format!("runtime knows ports, and {driver} is a driver"));
            }
            None
        }
        ["std" | "core", part, ..] if row.pure && IMPURE.contains(part) => Some(format!("{room} is pure: std::{part}")),
        [.., "SystemTime" | "Instant" | "HashMap" | "RandomState"] if row.pure => {
            Some(format!("{room} is pure: {}", path.join("::")))
        }
        [_, .., "now"] | ["now", ..] if row.pure && path.len() > 1 => {
            Some(format!("{room} is given the time: {}", path.join("::")))
        }
        ["jiff", "tz", ..] | ["TimeZone", "system", ..] if row.pure && path.contains(&"system") => {
            Some(format!("{room} is pure: the machine's time zone"))
        }
        [head, _, ..] if is_crate(head, crates) && !row.crates.contains(head) => {
            Some(format!("{room} may not use {head}"))
        }
        _ => other_driver(room, file, &path),
    }
}

/// `iced_core::…` would be iced by another name.
fn is_crate(head: &str, crates: &[String]) -> bool {
    crates.iter().any(|name| name == head) || head.starts_with("iced_") || head == "rand"
}

fn driver<'a>(port: &str, rest: &[&'a str]) -> Option<&'a str> {
    let (_, drivers) = DRIVERS.iter().find(|(name, _)| *name == port)?;
    rest.first().copied().filter(|first| drivers.contains(first))
}

/// ERP, TEF and PIX drivers are strangers to their neighbours behind the same port.
fn other_driver(room: &str, file: &str, path: &[&str]) -> Option<String> {
    let (_, drivers) = DRIVERS.iter().find(|(name, _)| *name == room && room != "printer")?;
    let mine = drivers.iter().find(|driver| file.contains(&format!("{room}/{driver}")))?;
    let other = path.iter().take(3).find(|part| drivers.contains(part) && *part != mine)?;
    (path.len() > 1).then(|| format!("{mine} and {other} are strangers"))
}
