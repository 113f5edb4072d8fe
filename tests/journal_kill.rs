//! The totem is killed at any instant: what was acknowledged is there, and the chain holds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod journal_support;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use journal_support::{Place, card_payment, id};
use totem::journal::{Journal, JournalKey};
use totem::payment::Fact;

const CHILD_DIR: &str = "JOURNAL_KILL_CHILD";
const KILLS: usize = 30;

/// Run by the test below: takes payment after payment and says each fact that is acknowledged.
#[test]
fn child_appends_until_it_is_killed() {
    let Ok(dir) = std::env::var(CHILD_DIR) else { return };
    let dir = Path::new(&dir);
    let key = JournalKey::load_or_create(dir).unwrap();
    let mut journal = Journal::open(&dir.join("journal.db"), &key).unwrap();
    let first = journal.last_payment_id().unwrap().map_or(1, |last| last.0 - id(0).0 + 1);
    for number in first.. {
        let entries = card_payment(&key, number, "52998224725");
        let mut written = 0;
        // Some facts go alone, some together.
        for group in [1, 1, 3, 1, 4] {
            journal.append(&entries[written..written + group]).unwrap();
            written += group;
            let mut out = std::io::stdout();
            out.write_all(format!("acknowledged {number} {written}\n").as_bytes()).unwrap();
            out.flush().unwrap();
        }
    }
}

fn random_below(limit: u64) -> u64 {
    getrandom::u64().unwrap() % limit
}

#[test]
fn whatever_was_acknowledged_before_a_kill_is_there_after_it() {
    let place = Place::new();
    let mut facts_seen = 0;
    for round in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_appends_until_it_is_killed", "--nocapture"])
            .env(CHILD_DIR, place.dir.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let reader = std::thread::spawn(move || {
            let told = |line: String| {
                let mut words = line.split_whitespace().skip_while(|word| *word != "acknowledged").skip(1);
                Some((words.next()?.parse::<u64>().ok()?, words.next()?.parse::<usize>().ok()?))
            };
            BufReader::new(out).lines().map_while(Result::ok).filter_map(told).collect::<Vec<_>>()
        });
        // The first kills fall into the opening, the later ones into the appends.
        let patience = if round < 5 { 30_000 } else { 250_000 };
        std::thread::sleep(Duration::from_micros(random_below(patience)));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = reader.join().unwrap();

        let mut journal = place.open().unwrap();
        for (number, facts) in &acknowledged {
            let kept = journal.payment(id(*number)).unwrap();
            assert!(kept.len() >= *facts, "round {round}: payment {number} has {} of {facts} facts", kept.len());
            assert_eq!(kept[..*facts], card_payment(&place.key, *number, "52998224725")[..*facts]);
        }
        if let Some((number, facts)) = acknowledged.last() {
            // Its closing may have become durable without being told.
            let closed = *facts == 10 || journal.payment(id(*number)).unwrap().len() == 10;
            let open = journal.open_payments().unwrap().iter().any(|(open, _)| *open == id(*number));
            assert_ne!(closed, open, "round {round}: payment {number}");
        }
        for (_, entries) in journal.open_payments().unwrap() {
            assert!([1, 2, 5, 6].contains(&entries.len()), "half a group: {}", entries.len());
            assert!(matches!(entries[0].fact, Fact::Opened { .. }));
        }
        let verified = journal.verify().unwrap();
        assert!(verified.facts >= facts_seen, "round {round}");
        facts_seen = verified.facts;
    }
    println!("{KILLS} kills, {facts_seen} facts");
    assert!(facts_seen > 0, "no child lived long enough to write");
}
