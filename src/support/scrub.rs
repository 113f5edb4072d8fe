//! Covers what may be somebody's: CPF and CNPJ however they are written, e-mail addresses, long numbers, tokens.

use crate::domain::TaxId;

const COVER: &str = "***";
/// A phone with its area, a card, an EndToEndId, a barcode: nothing of ours that has to be read is as long.
const DIGITS: usize = 10;
/// A token; the hashes of versions and the ids of a payment are shorter.
const TOKEN: usize = 41;

/// The text with everything covered that looks personal or secret. Lines stay lines.
#[must_use]
pub fn scrubbed(text: &str) -> String {
    text.split_inclusive('\n').map(line).collect()
}

fn line(line: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for letter in line.chars() {
        if is_of_a_word(letter) {
            word.push(letter);
        } else {
            out += &covered(&word);
            word.clear();
            out.push(letter);
        }
    }
    out + &covered(&word)
}

fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric() || "@.-_+/~".contains(letter)
}

fn covered(word: &str) -> String {
    if word.contains('@') {
        return COVER.to_owned();
    }
    let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
    let plain: String = bare.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_number = bare.chars().all(|letter| letter.is_ascii_digit() || ".-/".contains(letter));
    // times and addresses have as many digits, and their own marks
    let is_time = is_number && (bare.matches('-').count() == 2 && bare.find('-') == Some(4));
    let is_address = bare.split('.').count() == 4 && bare.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_protocol = bare.split_once('-').is_some_and(|(day, number)| day.len() == 6 && number.len() == 4);
    let is_long = is_number && plain.len() >= DIGITS && !is_time && !is_address && !is_protocol;
    let is_token = word.split(['/', '.']).any(|part| part.chars().filter(char::is_ascii_alphanumeric).count() >= TOKEN);
    let holds_digits = digits_within(word);
    if is_long || is_token || holds_digits || TaxId::parse(&plain).is_ok() { COVER.to_owned() } else { word.to_owned() }
}

/// A CPF inside of a longer word, as in `cpf_52998224725.json`.
fn digits_within(word: &str) -> bool {
    word.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() > DIGITS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_somebodys_is_covered_however_it_is_written() {
        for (text, shown) in [
            ("cliente 529.982.247-25 ligou", "cliente *** ligou"),
            ("cpf=52998224725,", "cpf=***,"),
            ("/clientes/52998224725/faturas", "***"),
            ("11.222.333/0001-81", "***"),
            ("maria.silva@exemplo.com.br: ok", "***: ok"),
            ("67999991234", "***"),
            ("token eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9eyJzdWIiOiIxMjM0", "token ***"),
            ("E00416968202611221530abcdef12345", "***"),
        ] {
            assert_eq!(scrubbed(text), shown);
        }
    }

    #[test]
    fn what_helps_is_left() {
        for text in [
            "2026-11-28T09:15:00.123456Z  WARN totem::runtime: payment=261122-0001 fact=\"opened\"\n",
            "printer.baud = 115200  # /etc/totem/totem.toml:12:1\n",
            "192.168.100.254 respondeu em 3 ms\n",
            "261122-0001 owed debit R$ 119,90\n",
            "[ok]    disco: 900 MB livres em /var/lib/totem\n",
            "https://erp.exemplo.net.br:45715\n",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }
}
