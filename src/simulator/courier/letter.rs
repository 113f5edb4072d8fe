//! A letter as RFC 5322 and MIME have it: its heads, and its text in letters that people read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Subject and text; what is wrong with it otherwise.
pub fn read(whole: &str, from: &str, to: &str) -> Result<(String, String), &'static str> {
    let (heads, body) = whole.split_once("\n\n").ok_or("a letter without a text")?;
    let heads = unfolded(heads)?;
    let head = |name: &str| {
        let mut found = heads.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let one = found.next().map(|(_, value)| value.as_str());
        if found.next().is_some() { None } else { one }
    };
    if !head("From").is_some_and(|value| value.contains(from)) || !head("To").is_some_and(|value| value.contains(to)) {
        return Err("a letter that is from or to somebody else than its envelope");
    }
    if head("Date").is_none() || !head("Message-ID").is_some_and(|id| id.starts_with('<') && id.ends_with('>')) {
        return Err("a letter without a date or an id");
    }
    if head("Auto-Submitted") != Some("auto-generated") {
        return Err("a letter that somebody's holiday would answer");
    }
    if !head("Content-Type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/plain; charset=utf-8")) {
        return Err("a letter that is no text");
    }
    let subject = words(head("Subject").ok_or("a letter without a subject")?).ok_or("a subject that is none")?;
    let text = match head("Content-Transfer-Encoding").unwrap_or("7bit") {
        "7bit" if body.is_ascii() => body.to_owned(),
        "quoted-printable" => quoted(body).ok_or("quoted-printable that is none")?,
        "base64" => {
            let bytes = STANDARD.decode(body.split_whitespace().collect::<String>());
            String::from_utf8(bytes.unwrap_or_default()).map_err(|_| "base64 that is none")?
        }
        _ => return Err("a transfer encoding that does not fit"),
    };
    Ok((subject, text.trim().to_owned()))
}

/// RFC 5322, 2.2.3.
fn unfolded(heads: &str) -> Result<Vec<(String, String)>, &'static str> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in heads.lines() {
        if line.len() > 998 || !line.is_ascii() {
            return Err("a head that is too long or no ASCII");
        }
        match (line.starts_with([' ', '\t']), all.last_mut()) {
            (true, Some((_, value))) => value.push_str(line),
            (true, None) => return Err("a letter that begins folded"),
            (false, _) => {
                let (name, value) = line.split_once(':').ok_or("a head without a colon")?;
                all.push((name.to_owned(), value.trim_start().to_owned()));
            }
        }
    }
    Ok(all)
}

/// RFC 2047 in base64 or with quotes; blanks between two such words are none.
fn words(text: &str) -> Option<String> {
    let mut all = String::new();
    let mut was_encoded = false;
    for word in text.split_whitespace() {
        let inside = word.strip_prefix("=?").and_then(|rest| rest.strip_suffix("?="));
        let Some(inside) = inside else {
            if !all.is_empty() {
                all.push(' ');
            }
            all.push_str(word);
            was_encoded = false;
            continue;
        };
        let mut parts = inside.splitn(3, '?');
        let (charset, how, what) = (parts.next()?, parts.next()?, parts.next()?);
        if !charset.eq_ignore_ascii_case("utf-8") {
            return None;
        }
        let bytes = match how {
            "b" | "B" => STANDARD.decode(what).ok()?,
            "q" | "Q" => quoted(&what.replace('_', " "))?.into_bytes(),
            _ => return None,
        };
        if !all.is_empty() && !was_encoded {
            all.push(' ');
        }
        all.push_str(&String::from_utf8(bytes).ok()?);
        was_encoded = true;
    }
    Some(all)
}

/// RFC 2045, 6.7.
fn quoted(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'=' {
            bytes.push(*first);
            continue;
        }
        if let Some(behind) = after.strip_prefix(b"\n") {
            rest = behind;
            continue;
        }
        let digits = std::str::from_utf8(after.get(..2)?).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = after.get(2..)?;
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(heads: &str, body: &str) -> String {
        format!(
            "From: Provedor <a@b.com>\nTo: c@d.com\nDate: x\nMessage-ID: <1@b.com>\nAuto-Submitted: auto-generated\n\
             Content-Type: text/plain; charset=utf-8\n{heads}\n\n{body}\n"
        )
    }

    #[test]
    fn a_letter_is_read_in_every_dress() {
        for (heads, body) in [
            ("Subject: =?utf-8?b?U2V1IGPDs2RpZ28=?=\nContent-Transfer-Encoding: base64", "w6kgMTIzNDU2"),
            ("Subject: Seu =?utf-8?q?c=C3=B3digo?=\nContent-Transfer-Encoding: quoted-printable", "=C3=A9 123=\n456"),
        ] {
            let read = read(&letter(heads, body), "a@b.com", "c@d.com");
            assert_eq!(read, Ok(("Seu código".to_owned(), "é 123456".to_owned())), "{heads}");
        }
    }

    #[test]
    fn what_is_no_letter_is_told() {
        let whole = letter("Subject: x\nContent-Transfer-Encoding: 7bit", "123456");
        assert!(read(&whole, "a@b.com", "c@d.com").is_ok());
        for (from, to) in [
            ("To: c@d.com", "To: e@d.com"),
            ("Date: x\n", ""),
            ("text/plain", "text/html"),
            ("Auto-Submitted: auto-generated\n", ""),
            ("123456", "é"),
            ("Subject: x", "Subject: é"),
        ] {
            assert!(read(&whole.replace(from, to), "a@b.com", "c@d.com").is_err(), "{from}");
        }
    }
}
