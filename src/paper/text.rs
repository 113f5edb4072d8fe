//! Any text as characters that a receipt printer has: one column each, never a control character.

/// Letters outside ASCII with the ASCII text that stands in for them where a code page lacks them.
const STAND_INS: [(&str, &str); 48] = [
    ("ÁÀÂÃÄÅĀĂĄ", "A"),
    ("áàâãäåāăą", "a"),
    ("ÇĆĈĊČ", "C"),
    ("çćĉċč", "c"),
    ("ÐĎĐ", "D"),
    ("ðďđ", "d"),
    ("ÉÈÊËĒĔĖĘĚẼ", "E"),
    ("éèêëēĕėęěẽ", "e"),
    ("ĜĞĠĢ", "G"),
    ("ĝğġģ", "g"),
    ("ÍÌÎÏĨĪĬĮİ", "I"),
    ("íìîïĩīĭįı", "i"),
    ("ŁĹĻĽ", "L"),
    ("łĺļľ", "l"),
    ("ÑŃŅŇ", "N"),
    ("ñńņň", "n"),
    ("ÓÒÔÕÖØŌŎŐ", "O"),
    ("óòôõöøōŏő", "o"),
    ("ŔŖŘ", "R"),
    ("ŕŗř", "r"),
    ("ŚŜŞŠȘ", "S"),
    ("śŝşšș", "s"),
    ("ŢŤȚ", "T"),
    ("ţťț", "t"),
    ("ÚÙÛÜŨŪŬŮŰŲ", "U"),
    ("úùûüũūŭůűų", "u"),
    ("ÝŸŶỲ", "Y"),
    ("ýÿŷỳ", "y"),
    ("ŹŻŽ", "Z"),
    ("źżž", "z"),
    ("Æ", "AE"),
    ("æ", "ae"),
    ("Œ", "OE"),
    ("œ", "oe"),
    ("ßẞ", "ss"),
    ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{ad}", "-"),
    ("\u{2018}\u{2019}\u{201a}\u{201b}\u{2032}´`", "'"),
    ("\u{201c}\u{201d}\u{201e}\u{201f}\u{2033}«»", "\""),
    ("\u{2022}\u{2023}\u{25cf}\u{b7}", "*"),
    ("\u{2026}", "..."),
    ("€", "EUR"),
    ("™", "(TM)"),
    ("®", "(R)"),
    ("©", "(C)"),
    ("ªᵃ", "a"),
    ("º°ᵒ", "o"),
    ("×", "x"),
    ("§", "S."),
];

/// The ASCII text that stands in for a character, if there is one.
#[must_use]
pub fn stand_in(character: char) -> Option<&'static str> {
    STAND_INS.iter().find(|(letters, _)| letters.contains(character)).map(|(_, ascii)| *ascii)
}

/// The text as it will be on paper: printable ASCII and Latin-1 stay, blanks of every kind become a blank, marks and
/// invisible characters go, the rest has a stand-in or is `?`. Every character of the result is one column wide.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' '..='~' => plain.push(character),
            c if is_invisible(c) => {}
            c if c.is_whitespace() => plain.push(' '),
            c if c.is_control() => {}
            '\u{ad}' => plain.push('-'),
            '\u{a1}'..='\u{ff}' => plain.push(character),
            c => plain.push_str(stand_in(c).unwrap_or("?")),
        }
    }
    plain
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// How many columns a text takes that came from [`printable`].
#[must_use]
pub fn columns(text: &str) -> usize {
    text.chars().count()
}

/// A text in lines of at most `width` columns, broken between words; a word that is longer than a line is cut.
/// Blanks at the ends of lines go. Nothing for an empty text.
#[must_use]
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = columns(word);
        if used > 0 && used + 1 + length > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for letter in word.chars() {
            if used == width.max(1) {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push(letter);
            used += 1;
        }
    }
    if used > 0 {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn portuguese_stays_as_it_is() {
        let text = "São João, 2ª via nº 5 — ÁÀÂÃÉÊÍÓÔÕÚÜÇ";
        assert_eq!(printable(text), "São João, 2ª via nº 5 - ÁÀÂÃÉÊÍÓÔÕÚÜÇ");
    }

    #[test]
    fn what_no_printer_has_gets_a_stand_in() {
        for (text, paper) in [
            ("“aspas” ‘simples’ ’", "\"aspas\" 'simples' '"),
            ("10 € … • fim", "10 EUR ... * fim"),
            ("a\u{a0}b\tc\nd", "a b c d"),
            ("Łódź Šimić", "Lódz Simic"),
            ("日本", "??"),
            ("a\u{301}\u{200b}\u{202e}", "a"),
            ("\u{1b}@\u{7f}\u{85}x\0", "@ x"),
        ] {
            assert_eq!(printable(text), paper, "{text:?}");
        }
    }

    #[test]
    fn a_text_breaks_between_words_and_only_a_monster_breaks_inside() {
        assert_eq!(wrap("um dois três", 8), ["um dois", "três"]);
        assert_eq!(wrap("abcdefghij kl", 4), ["abcd", "efgh", "ij", "kl"]);
        assert_eq!(wrap("ab abcdefgh", 4), ["ab", "abcd", "efgh"]);
        assert_eq!(wrap("  ", 4), Vec::<String>::new());
    }
}
