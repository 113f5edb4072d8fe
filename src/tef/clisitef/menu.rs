//! The library's menus: `1:text;2:text;`, and with class and code `class|1:text:code:type;…`.

/// One line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The answer that chooses it.
    pub index: String,
    pub text: String,
    /// In a menu of payment forms: 1 cash, 2 cheque, 3 debit, 4 credit, 5 withdrawal, 6 other.
    pub form: Option<i32>,
}

impl Entry {
    /// Whether the word stands in the text, whatever its case.
    pub fn says(&self, word: &str) -> bool {
        self.text.to_uppercase().contains(word)
    }
}

/// Lines without a number or a text are none.
pub(super) fn plain(text: &str) -> Vec<Entry> {
    text.split(';').filter_map(|line| entry(line, None)).collect()
}

/// Class 1 is a menu of payment forms. A menu that came without a class is a plain one.
pub(super) fn identified(text: &str) -> Vec<Entry> {
    let Some((class, lines)) = text.split_once('|') else { return plain(text) };
    let forms = class.trim() == "1";
    let line = |line: &str| {
        let mut parts = line.split(':');
        let (index, text) = (parts.next()?, parts.next()?);
        let form = parts.nth(1).and_then(|form| form.trim().parse().ok()).filter(|_| forms);
        entry(&format!("{index}:{text}"), form)
    };
    lines.split(';').filter_map(line).collect()
}

fn entry(line: &str, form: Option<i32>) -> Option<Entry> {
    let (index, text) = line.split_once(':')?;
    let (index, text) = (index.trim(), text.trim());
    let is_number = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !text.is_empty()).then(|| Entry { index: index.to_owned(), text: text.to_owned(), form })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_menu_is_read_line_by_line_and_what_is_no_line_is_left_out() {
        let lines: Vec<(String, String)> =
            plain("1:A Vista;2:Parcelado: loja; x:y;:z;3:;").into_iter().map(|one| (one.index, one.text)).collect();
        assert_eq!(lines, [("1".into(), "A Vista".into()), ("2".into(), "Parcelado: loja".into())]);
        assert_eq!(plain(""), []);
    }

    #[test]
    fn a_menu_with_class_and_code_tells_the_payment_form() {
        let forms: Vec<Option<i32>> =
            identified("1|1:Debito:2:3;2:Credito:3:4;").into_iter().map(|one| one.form).collect();
        assert_eq!(forms, [Some(3), Some(4)]);
        let other = identified("7|1:Debito:2:3;");
        assert_eq!((other.len(), other[0].form), (1, None));
        assert_eq!(identified("1:Sim;2:Talvez;").len(), 2);
    }
}
