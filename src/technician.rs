//! Who may open the technician's panel: PINs with the names they belong to, kept as salted hashes that are slow to try.
//!
//! There is no PIN until somebody sets one. A file holds one person a line: `scrypt <log N> <r> <p> <salt> <hash> <name>`.

use std::fmt;

use scrypt::Params;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};

use crate::domain::Typed;
use crate::secret::Secret;

/// 32 MB and about a tenth of a second for each try, on the desk of whoever holds the file as well.
const LOG_N: u8 = 15;
const R: u32 = 8;
const P: u32 = 1;
/// What a file may ask for: a mistake in it must not take the machine's memory.
const LOG_N_MOST: u8 = 18;
const PARTS_MOST: u32 = 16;

const SALT: usize = 16;
const HASH: usize = 32;
const LETTERS_MOST: usize = 40;
/// Each of them makes a wrong PIN slower by one try.
const PEOPLE_MOST: usize = 16;

/// How long a PIN is, in digits.
pub const DIGITS: std::ops::RangeInclusive<usize> = 6..=12;

/// `[technician]` of the configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Without it the panel does not open.
    pub pin: Option<Pins>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("o PIN tem de 6 a 12 algarismos")]
    Length,
    #[error("este PIN é fácil de adivinhar: evite algarismos iguais e sequências")]
    Easy,
    #[error("o nome tem de 1 a 40 letras")]
    Name,
    #[error("no máximo 16 pessoas têm PIN")]
    TooMany,
    #[error("este PIN já é de outra pessoa: o diário não saberia de quem")]
    Taken,
    #[error("o sistema não deu números ao acaso")]
    NoChance,
}

/// Whether it may be set.
fn is_fit(pin: &Typed) -> Result<(), Unfit> {
    let digits: Vec<u32> = pin.expose().chars().filter_map(|digit| digit.to_digit(10)).collect();
    if digits.len() != pin.expose().chars().count() || !DIGITS.contains(&digits.len()) {
        return Err(Unfit::Length);
    }
    let steps = |by: u32| digits.iter().zip(digits.iter().skip(1)).all(|(one, next)| (one + by) % 10 == *next);
    if [0, 1, 9].into_iter().any(steps) { Err(Unfit::Easy) } else { Ok(()) }
}

/// One person's PIN as it is kept.
#[derive(Clone, PartialEq, Eq)]
struct Kept {
    cost: (u8, u32, u32),
    salt: [u8; SALT],
    hash: [u8; HASH],
    name: String,
}

/// Everybody who may open the panel.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pins(Vec<Kept>);

impl fmt::Debug for Pins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|kept| &kept.name)).finish()
    }
}

impl Pins {
    /// Reads the file's text.
    pub fn parse(text: &str) -> Result<Pins, String> {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let mut people = Vec::new();
        for (number, line) in lines {
            let kept = Kept::parse(line).ok_or_else(|| {
                format!("linha {}: não foi escrita por `totem technician set-pin`; defina o PIN de novo", number + 1)
            })?;
            people.push(kept);
        }
        match people.len() {
            0 => Err("não há nenhum PIN: use `totem technician set-pin`".to_owned()),
            1..=PEOPLE_MOST => Ok(Pins(people)),
            _ => Err(Unfit::TooMany.to_string()),
        }
    }

    /// Gives this person this PIN, in place of the one they had.
    pub fn set(&mut self, name: &str, pin: &Typed) -> Result<(), Unfit> {
        let name = name.trim();
        if !(1..=LETTERS_MOST).contains(&name.chars().count()) || name.chars().any(char::is_control) {
            return Err(Unfit::Name);
        }
        is_fit(pin)?;
        if self.whose(pin).is_some_and(|owner| owner != name) {
            return Err(Unfit::Taken);
        }
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(|_| Unfit::NoChance)?;
        let cost = (LOG_N, R, P);
        let hash = hash(pin, &salt, cost).ok_or(Unfit::NoChance)?;
        self.0.retain(|kept| kept.name != name);
        if self.0.len() >= PEOPLE_MOST {
            return Err(Unfit::TooMany);
        }
        self.0.push(Kept { cost, salt, hash, name: name.to_owned() });
        Ok(())
    }

    /// Takes a person's PIN away; false where they had none.
    pub fn remove(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|kept| kept.name != name.trim());
        self.0.len() < before
    }

    /// Whose PIN this is. Slow on purpose, and as slow for a wrong one.
    #[must_use]
    pub fn whose(&self, pin: &Typed) -> Option<String> {
        let mut whose = None;
        for kept in &self.0 {
            if hash(pin, &kept.salt, kept.cost).is_some_and(|hash| same(&hash, &kept.hash)) {
                whose = Some(kept.name.clone());
            }
        }
        whose
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|kept| kept.name.as_str())
    }

    /// The file's text.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|kept| format!("{kept}\n")).collect()
    }
}

impl<'de> Deserialize<'de> for Pins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pins, D::Error> {
        let text = Secret::deserialize(deserializer)?;
        Pins::parse(text.expose()).map_err(|why| D::Error::custom(format!("PIN do técnico: {why}")))
    }
}

impl Kept {
    fn parse(line: &str) -> Option<Kept> {
        let mut words = line.splitn(7, ' ');
        if words.next()? != "scrypt" {
            return None;
        }
        let cost = (words.next()?.parse().ok()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
        let bounded = (1..=LOG_N_MOST).contains(&cost.0) && (1..=PARTS_MOST).contains(&cost.1);
        if !bounded || !(1..=PARTS_MOST).contains(&cost.2) {
            return None;
        }
        let (salt, hash) = (unhex(words.next()?)?, unhex(words.next()?)?);
        let name = words.next().map(str::trim).filter(|name| !name.is_empty())?;
        Some(Kept { cost, salt, hash, name: name.to_owned() })
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (log_n, r, p) = self.cost;
        write!(f, "scrypt {log_n} {r} {p} {} {} {}", hex(&self.salt), hex(&self.hash), self.name)
    }
}

fn hash(pin: &Typed, salt: &[u8], (log_n, r, p): (u8, u32, u32)) -> Option<[u8; HASH]> {
    let mut hash = [0; HASH];
    scrypt::scrypt(pin.expose().as_bytes(), salt, &Params::new(log_n, r, p).ok()?, &mut hash).ok()?;
    Some(hash)
}

/// Takes as long wherever they differ.
fn same(one: &[u8; HASH], other: &[u8; HASH]) -> bool {
    one.iter().zip(other).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let bytes = text.as_bytes();
    if bytes.len() != 2 * N {
        return None;
    }
    let mut read = [0; N];
    for (byte, pair) in read.iter_mut().zip(bytes.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pin: &str) -> Typed {
        Typed::new(pin.to_owned())
    }

    #[test]
    fn a_pin_is_its_persons_and_a_wrong_one_is_nobodys() {
        let mut pins = Pins::default();
        pins.set("Ana", &typed("482915")).unwrap();
        pins.set("José da Silva", &typed("90210355")).unwrap();
        assert_eq!(pins.set("Bia", &typed("482915")), Err(Unfit::Taken));
        let read = Pins::parse(&pins.text()).unwrap();
        assert_eq!(read, pins);
        assert_eq!(read.whose(&typed("482915")), Some("Ana".to_owned()));
        assert_eq!(read.whose(&typed("90210355")), Some("José da Silva".to_owned()));
        for wrong in ["482916", "", "4829150", "ana"] {
            assert_eq!(read.whose(&typed(wrong)), None, "{wrong}");
        }
        pins.set("Ana", &typed("771204")).unwrap();
        assert_eq!(pins.whose(&typed("482915")), None, "an old PIN is over");
        assert!(pins.remove("Ana") && !pins.remove("Ana"));
    }

    #[test]
    fn what_everybody_tries_first_is_not_taken() {
        for (pin, unfit) in [
            ("12345", Unfit::Length),
            ("1234567890123", Unfit::Length),
            ("12a456", Unfit::Length),
            ("111111", Unfit::Easy),
            ("123456", Unfit::Easy),
            ("890123", Unfit::Easy),
            ("654321", Unfit::Easy),
        ] {
            assert_eq!(Pins::default().set("Ana", &typed(pin)), Err(unfit), "{pin}");
        }
        assert_eq!(Pins::default().set(" ", &typed("482915")), Err(Unfit::Name));
    }

    #[test]
    fn neither_pin_nor_hash_is_shown_and_a_foreign_file_is_told() {
        let mut pins = Pins::default();
        pins.set("Ana", &typed("482915")).unwrap();
        assert_eq!(format!("{pins:?} {:?}", typed("482915")), "[\"Ana\"] Typed(…)");
        let line = pins.text();
        for (from, to) in [("scrypt", "bcrypt"), ("scrypt 15", "scrypt 30"), (" 8 1 ", " 8 x "), (" Ana", "")] {
            let told = Pins::parse(&line.replace(from, to)).unwrap_err();
            assert!(told.contains("linha 1") && told.contains("set-pin"), "{told}");
        }
        assert!(Pins::parse("\n").unwrap_err().contains("não há nenhum PIN"));
    }
}
