//! Everything that can be done to a totem from beside it, done without a pause while a card is being charged: the payment
//! ends as it would have, and the books of the others say so.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;

use crate::brand::{hostile, wears};
use crate::fleet::{until_metrics, watched};
use crate::technician::journal;
use crate::trade::{MARIA, PEDRO, Trade};

/// What a scraper should not send, and one that never sends anything.
const ASKED: [&[u8]; 6] = [
    b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"POST /metrics HTTP/1.1\r\nContent-Length: 999999999999\r\n\r\n",
    b"GET /metrics HTTP/1.1\r\nX: ",
    b"",
];

fn floods(address: SocketAddr, over: &AtomicBool, times: &AtomicUsize) {
    let mut held = Vec::new();
    while !over.load(Ordering::Relaxed) {
        for asked in ASKED {
            let Ok(mut caller) = TcpStream::connect_timeout(&address, Duration::from_secs(1)) else { continue };
            let _ = caller.write_all(asked);
            let _ = caller.write_all(&[b'x'; 4096]);
            if asked.is_empty() {
                held.push(caller);
            } else if asked.starts_with(b"GET /metrics") {
                let _ = caller.set_read_timeout(Some(Duration::from_millis(20)));
                let _ = caller.read(&mut [0; 512]);
            } else {
                let _ = caller.shutdown(Shutdown::Both);
            }
            times.fetch_add(1, Ordering::Relaxed);
        }
        held.truncate(50);
    }
}

/// Ends what the others do, also where the test fails.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Where a bundle has no business: what is there stays as it was.
fn targets(trade: &Trade) -> Vec<std::path::PathBuf> {
    let stick = trade.path("pen");
    std::fs::create_dir(&stick).unwrap();
    assert!(Command::new("mkfifo").arg(stick.join("fifo.tar")).status().unwrap().success());
    for (name, to) in [
        ("diario.tar", trade.path("totem/journal.db")),
        ("cheio.tar", "/dev/full".into()),
        ("roda.tar", stick.join("roda.tar")),
    ] {
        std::os::unix::fs::symlink(to, stick.join(name)).unwrap();
    }
    std::fs::create_dir(stick.join("pasta.tar")).unwrap();
    let names = ["fifo.tar", "diario.tar", "cheio.tar", "roda.tar", "pasta.tar", "nenhuma/x.tar", &"n".repeat(300)];
    names.map(|name| stick.join(name)).into()
}

fn bundles(config: &Path, target: &Path, over: &AtomicBool, times: &AtomicUsize) {
    while !over.load(Ordering::Relaxed) {
        let mut made = Command::new(env!("CARGO_BIN_EXE_totem"));
        made.arg("support-bundle").arg(target).arg("--config").arg(config).stdin(Stdio::null());
        let done = made.output().unwrap();
        assert!(!done.status.success(), "{}: {done:?}", target.display());
        times.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn what_is_done_to_a_totem_from_beside_it_changes_nothing_about_a_card_that_is_being_charged() {
    let (trade, address) = watched("");
    std::fs::write(trade.path("totem.toml"), trade.configuration()).unwrap();
    let targets = targets(&trade);
    let (over, floods_seen) = (AtomicBool::new(false), AtomicUsize::new(0));
    let bundles_seen: Vec<AtomicUsize> = targets.iter().map(|_| AtomicUsize::new(0)).collect();
    let mut customer = trade.totem();
    // all of it happens while the card is in the pinpad
    trade.order_tef(&json!({"hold": true, "on": ["CRT"]}));
    customer.pays(&MARIA, 90, "debit");
    customer.until("card");
    trade.until_books("that the card is charged", |trade| trade.sales().len() == 1);
    std::thread::scope(|others| {
        let _over = Over(&over);
        for _ in 0..3 {
            others.spawn(|| floods(address, &over, &floods_seen));
        }
        for (target, seen) in targets.iter().zip(&bundles_seen) {
            let (config, over) = (trade.path("totem.toml"), &over);
            others.spawn(move || bundles(&config, target, over, seen));
        }
        wears(&trade, "name = \"Fibra Feliz\"\n[colours]\nbrand = \"#ff8800\"\n[hours]\nmonday = [\"18:00-08:00\"]\n");
        hostile(&trade.path("brand"));
        customer.totem.hang_up();
        let heard =
            |log: &[String]| log.iter().any(|line| line.contains("vale assim que ninguém estiver sendo atendido"));
        customer.totem.until_log("that the new look waits", heard);
        trade.until_books("floods, and a bundle for every place", |_| {
            let seen = |times: &AtomicUsize| times.load(Ordering::Relaxed);
            seen(&floods_seen) > 100 && bundles_seen.iter().all(|times| seen(times) > 0)
        });
        assert_eq!(trade.sales(), ["open"], "the card is still being charged");
        trade.order_tef(&json!({}));
        let paid = customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
        assert_eq!(paid["step"], "paid");
        customer.leaves();
    });
    let sales = trade.transactions();
    assert_eq!((sales.len(), sales[0].state.as_str(), sales[0].confirms), (1, "confirmed", 1));
    assert_eq!((trade.write_offs(90), trade.times_written_off(90)), (vec![true], 1));
    let papers = trade.papers();
    assert!(papers.len() == 1 && !papers[0].contains("Fibra Feliz"), "the look it began with: {papers:?}");
    until_metrics(address, "totem_payments_total{method=\"debit\",outcome=\"paid\"} 1");
    assert!(targets[4].is_dir() && std::fs::read_dir(&targets[4]).unwrap().next().is_none());
    assert_eq!(std::fs::read_dir(trade.path("pen")).unwrap().count(), 5, "nothing new on the stick");

    // whoever comes next is served in what was fit of the new look
    customer.pays(&PEDRO, 5000, "debit");
    customer.until_that("the write-off", |shown| shown["write_off"] == "settled");
    let log = customer.goes_for_good();
    assert!(log.iter().any(|line| line.contains("nenhuma cor desta pasta é usada")), "{log:?}");
    assert_eq!((trade.sales(), trade.write_offs(5000)), (vec!["confirmed".to_owned(); 2], vec![true]));
    assert!(journal(&trade, &["verify"]).contains("íntegro"), "no bundle wrote into the journal");
    trade.books_are_clean();
}
