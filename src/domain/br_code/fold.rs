//! Names and cities as a BR Code may hold them: plain ASCII.

/// Letters lose their accents, what has no plain letter is dropped, blanks are collapsed, and the text is cut at `most`
/// characters.
#[must_use]
pub fn fold(text: &str, most: usize) -> String {
    let plain: String = text.chars().filter_map(plain).collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(most).collect::<String>().trim_end().to_owned()
}

fn plain(letter: char) -> Option<char> {
    Some(match letter {
        ' '..='~' => letter,
        _ if letter.is_whitespace() => ' ',
        'À'..='Å' => 'A',
        'à'..='å' | 'ª' => 'a',
        'Ç' => 'C',
        'ç' => 'c',
        'È'..='Ë' => 'E',
        'è'..='ë' => 'e',
        'Ì'..='Ï' => 'I',
        'ì'..='ï' => 'i',
        'Ñ' => 'N',
        'ñ' => 'n',
        'Ò'..='Ö' | 'Ø' => 'O',
        'ò'..='ö' | 'ø' | 'º' => 'o',
        'Ù'..='Ü' => 'U',
        'ù'..='ü' => 'u',
        'Ý' => 'Y',
        'ý' | 'ÿ' => 'y',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_name_becomes_plain() {
        for (text, plain) in [
            ("Ação & Conexão Nº 1", "Acao & Conexao No 1"),
            ("Ac\u{327}a\u{303}o", "Acao"),
            ("  Net\t\u{a0}Fibra\n", "Net Fibra"),
            ("🚀", ""),
            ("Provedor de Internet São José", "Provedor de Internet Sao"),
        ] {
            assert_eq!(fold(text, 25), plain);
        }
    }
}
