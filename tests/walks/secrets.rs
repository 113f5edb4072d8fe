//! What a card says goes nowhere: a whole run of the program with numbers, tracks, PIN block, code and holder in the TEF's
//! mouth, then everything that was written, said and kept in memory is searched for them.
//!
//! The memory is that of the totem alone, read while it lives on after the sale. Its child that holds the vendor's library
//! hears these things, as it must: it cannot be read by another process of its user, leaves no core (`tef_clisitef`), and
//! dies with the totem.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use serde_json::json;

use crate::trade::customer::Customer;
use crate::trade::{MARIA, Trade};

const NUMBER: &str = "4111111111111111";
const OTHER_NUMBER: &str = "5555666677778884";

/// Everything here is in the TEF's mouth and must be nowhere else.
const SECRETS: [&str; 8] = [
    NUMBER,
    OTHER_NUMBER,
    "4111111111111111=30122011234512345678",
    "=30122011234512345678",
    "PINBLOCK0123456789",
    "CVV-937",
    "VAL-12/30",
    "MARIA APARECIDA DA SILVA",
];

fn found_in(bytes: &[u8]) -> Vec<&'static str> {
    let is_in = |secret: &&str| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
    SECRETS.into_iter().filter(|secret| is_in(secret)).collect()
}

/// Every readable page of the process.
pub fn memory_holds(pid: u32, words: &[&str]) -> (usize, Vec<String>) {
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
    let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
    let (mut read, mut found) = (0, Vec::new());
    for line in maps.lines() {
        let mut parts = line.split_whitespace();
        let (range, rights) = (parts.next().unwrap(), parts.next().unwrap());
        // what is read only from a file is the program itself
        if !rights.starts_with("rw") {
            continue;
        }
        let (from, to) = range.split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        let Ok(length) = memory.read_at(&mut bytes, from) else { continue };
        read += length;
        let bytes = &bytes[..length];
        for word in words {
            if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                found.push((*word).to_owned());
            }
        }
    }
    (read, found)
}

fn search(folder: &Path, files: &mut usize) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            search(&path, files);
        } else if let Ok(bytes) = std::fs::read(&path) {
            *files += 1;
            assert_eq!(found_in(&bytes), Vec::<&str>::new(), "{}", path.display());
        }
    }
}

/// A paid bill, then everything is searched; what must be there shows that the search works.
fn nothing_is_kept_of(trade: &Trade, mut customer: Customer) {
    customer.pays(&MARIA, 90, "credit");
    let paid = customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let protocol = paid["protocol"].as_str().unwrap().to_owned();
    customer.leaves();
    let (read, found) = memory_holds(customer.totem.id(), &[&SECRETS[..], &[&protocol]].concat());
    assert!(read > 1 << 20, "{read} bytes");
    assert!(found.contains(&protocol), "what the totem does know is found in {read} bytes of its memory");
    assert!(found.iter().all(|word| *word == protocol), "{found:?} in the totem's memory");

    let mut files = 0;
    search(&trade.path("totem"), &mut files);
    search(&trade.path("papers"), &mut files);
    assert!(files > 3, "{files}");
    let said = customer.totem.seen().join("\n");
    assert!(said.contains(&protocol));
    assert_eq!(found_in(said.as_bytes()), Vec::<&str>::new());
    let log = customer.goes_for_good().join("\n");
    assert!(log.contains("card_approved"));
    assert_eq!(found_in(log.as_bytes()), Vec::<&str>::new());
}

#[test]
fn what_a_card_says_through_the_library_is_in_no_file_no_line_and_not_in_the_totems_memory() {
    let trade = Trade::with_clisitef();
    let told = |field: u32, text: &str| json!({"c": 0, "f": field, "text": text});
    trade.order_clisitef(json!({"turns": [
        {"c": 3, "text": format!("CARTAO {NUMBER}")},
        told(2015, NUMBER),
        told(136, "411111"),
        told(1003, "MARIA APARECIDA DA SILVA"),
        told(1002, "VAL-12/30"),
        told(150, "4111111111111111=30122011234512345678"),
        told(153, "PINBLOCK0123456789"),
        told(514, "CVV-937"),
        told(8888, OTHER_NUMBER),
        {"c": 3, "text": "PROCESSANDO", "approve": true},
        told(134, "000123"), told(135, "A1B2"), told(156, "REDE DEMO"),
        told(121, &format!("VIA DO CLIENTE\n{NUMBER}\n")), told(122, &format!("VIA DA LOJA\n{OTHER_NUMBER}\n")),
    ]}));
    let customer = Customer::before(trade.program_in(&[("TOTEM_LOG", std::ffi::OsStr::new("totem=trace"))]));
    nothing_is_kept_of(&trade, customer);
    assert!(trade.papers()[0].contains("************1111"), "{}", trade.papers()[0]);
}

#[test]
fn what_a_card_says_through_files_is_in_no_file_of_ours_no_line_and_not_in_the_totems_memory() {
    let trade = Trade::open();
    trade.order_tef(&json!({"leak_pan": true}));
    let customer = Customer::before(trade.program_in(&[("TOTEM_LOG", std::ffi::OsStr::new("totem=trace"))]));
    nothing_is_kept_of(&trade, customer);
}
