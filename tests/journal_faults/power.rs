//! The power goes at any write. Of each file is left what was synced, and of the rest any part in any order, the last
//! write torn at a sector: whatever was acknowledged is there, and the chain holds.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use totem::journal::{Journal, JournalKey};

use crate::disk::{Deed, Disk};
use crate::journal_support::{Place, card_payment, id};

const DIR: &str = "JOURNAL_POWER_DIR";
const PAYMENTS: u64 = 45;
const SECTOR: usize = 512;
const MARIA: &str = "52998224725";

/// Run by the test below: pays, and says each fact that is acknowledged in a file on the same disk.
#[test]
fn child_pays_on_a_disk_that_keeps_a_book() {
    let Ok(dir) = std::env::var(DIR) else { return };
    let dir = Path::new(&dir);
    let key = JournalKey::load_or_create(dir).unwrap();
    let mut journal = Journal::open(&dir.join("journal.db"), &key).unwrap();
    let mut told = fs::OpenOptions::new().create(true).append(true).open(dir.join("acknowledged")).unwrap();
    for number in 1..=PAYMENTS {
        for (index, entry) in card_payment(&key, number, MARIA).into_iter().enumerate() {
            journal.append(&[entry]).unwrap();
            told.write_all(format!("{number} {}\n", index + 1).as_bytes()).unwrap();
        }
        if number.is_multiple_of(20) {
            // ended and begun again, so that closing and opening are among the writes
            drop(journal);
            journal = Journal::open(&dir.join("journal.db"), &key).unwrap();
        }
    }
}

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap()
    }
}

/// Whether what was synced is kept; without it the disk lies, and the test has to notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Honesty {
    Keeps,
    Lies,
}

/// The files as they are on the platter, and what the kernel still holds.
#[derive(Default, Clone)]
struct Platter {
    files: BTreeMap<String, Vec<u8>>,
    held: Vec<Deed>,
    /// Facts acknowledged of each payment.
    acknowledged: BTreeMap<u64, usize>,
}

impl Platter {
    fn of(dir: &Path) -> Platter {
        let mut platter = Platter::default();
        for file in fs::read_dir(dir).unwrap() {
            let file = file.unwrap();
            platter.files.insert(file.file_name().into_string().unwrap(), fs::read(file.path()).unwrap());
        }
        platter
    }

    fn takes(&mut self, deed: &Deed, honesty: Honesty) {
        match deed.what {
            'w' if deed.name == "acknowledged" => {
                for line in std::str::from_utf8(&deed.bytes).unwrap().lines() {
                    let (number, facts) = line.split_once(' ').unwrap();
                    self.acknowledged.insert(number.parse().unwrap(), facts.parse().unwrap());
                }
            }
            _ if deed.name.ends_with("-shm") || deed.name.ends_with(".lock") => {}
            'w' | 't' => self.held.push(deed.clone()),
            's' if honesty == Honesty::Keeps => {
                let (synced, held) = self.held.drain(..).partition(|held| held.name == deed.name);
                self.held = held;
                let synced: Vec<Deed> = synced;
                synced.iter().for_each(|deed| self.puts(deed, deed.bytes.len()));
            }
            'u' => {
                self.files.remove(&deed.name);
                self.held.retain(|held| held.name != deed.name);
            }
            _ => {}
        }
    }

    fn puts(&mut self, deed: &Deed, length: usize) {
        let file = self.files.entry(deed.name.clone()).or_default();
        if deed.what == 't' {
            return file.resize(deed.offset, 0);
        }
        let end = deed.offset + length;
        if file.len() < end {
            file.resize(end, 0);
        }
        file[deed.offset..end].copy_from_slice(&deed.bytes[..length]);
    }

    /// The power goes.
    fn after_the_cut(&self, dice: &mut Dice) -> Platter {
        let mut left = self.clone();
        let held = std::mem::take(&mut left.held);
        let fate = dice.below(4);
        for (place, deed) in held.iter().enumerate() {
            let last = place + 1 == held.len();
            let kept = match fate {
                0 => 0,
                1 => deed.bytes.len(),
                _ if dice.below(2) == 0 => 0,
                _ => deed.bytes.len(),
            };
            let torn = if last && kept > SECTOR && fate > 0 { dice.below(kept / SECTOR) * SECTOR } else { kept };
            if deed.what == 't' && fate != 0 || torn > 0 {
                left.puts(deed, torn);
            }
        }
        left
    }

    /// What is wrong with the journal that the totem finds when the power is back.
    fn fault(&self, key: &JournalKey) -> Option<String> {
        let dir = tempfile::tempdir().unwrap();
        for (name, bytes) in &self.files {
            fs::write(dir.path().join(name), bytes).unwrap();
        }
        let mut journal = match Journal::open(&dir.path().join("journal.db"), key) {
            Ok(journal) => journal,
            Err(error) => return Some(error.to_string()),
        };
        if let Err(error) = journal.verify() {
            return Some(error.to_string());
        }
        for (number, facts) in &self.acknowledged {
            let kept = journal.payment(id(*number)).unwrap();
            if kept.len() < *facts || kept[..*facts] != card_payment(key, *number, MARIA)[..*facts] {
                return Some(format!("payment {number} has {} of {facts} facts", kept.len()));
            }
        }
        journal.append(&card_payment(key, 900, MARIA)).err().map(|error| error.to_string())
    }
}

/// Cuts the power at so many places of a run.
fn cuts(honesty: Honesty, cuts: usize) -> Vec<String> {
    let place = Place::new();
    drop(place.open().unwrap());
    let dir = place.dir.path().canonicalize().unwrap();
    let mut platter = Platter::of(&dir);
    let disk = Disk::under(&dir);
    let done = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "power::child_pays_on_a_disk_that_keeps_a_book"])
        .envs(disk.environment())
        .env(DIR, &dir)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    let deeds = disk.deeds();
    let syncs = deeds.iter().filter(|deed| deed.what == 's').count();
    assert!(syncs as u64 > 10 * PAYMENTS, "the disk did not see the journal's syncs: {syncs}");

    let mut dice = Dice(7);
    let every = (deeds.len() / cuts).max(1);
    let mut faults = Vec::new();
    let mut looked = 0;
    for (index, deed) in deeds.iter().enumerate() {
        platter.takes(deed, honesty);
        if index % every == dice.below(every) {
            looked += 1;
            let fault = platter.after_the_cut(&mut dice).fault(&place.key);
            faults.extend(fault.map(|fault| format!("cut after {index} ({} {}): {fault}", deed.what, deed.name)));
        }
    }
    println!("{} deeds, {syncs} syncs, {looked} cuts, {} faults", deeds.len(), faults.len());
    assert!(looked > cuts / 4, "{looked}");
    faults
}

#[test]
fn whatever_was_acknowledged_is_there_after_a_power_cut_at_any_write() {
    let faults = cuts(Honesty::Keeps, 240);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_disk_that_only_says_that_it_synced_is_found_out_by_this_test() {
    assert!(!cuts(Honesty::Lies, 40).is_empty());
}
