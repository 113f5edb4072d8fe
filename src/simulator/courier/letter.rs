//! A letter as RFC 5322 and MIME have it: its heads, and its text in letters that people read.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// What is in a letter.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Read {
    pub subject: String,
    pub text: String,
    pub papers: Vec<Paper>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub bytes: Vec<u8>,
}

type Heads = Vec<(String, String)>;

/// RFC 2046, 5.1.1.
const BOUNDARY: usize = 70;
/// RFC 2045, 6.8.
const BASE64_LINE: usize = 76;
const TEXT: &str = "text/plain; charset=utf-8";

/// What it says and what lies in it; what is wrong with it otherwise.
pub fn read(whole: &str, from: &str, to: &str) -> Result<Read, &'static str> {
    let (heads, body) = whole.split_once("\n\n").ok_or("a letter without a text")?;
    let heads = unfolded(heads)?;
    let head = |name: &str| head(&heads, name);
    if !head("From").is_some_and(|value| value.contains(from)) || !head("To").is_some_and(|value| value.contains(to)) {
        return Err("a letter that is from or to somebody else than its envelope");
    }
    if head("Date").is_none() || !head("Message-ID").is_some_and(|id| id.starts_with('<') && id.ends_with('>')) {
        return Err("a letter without a date or an id");
    }
    if head("Auto-Submitted") != Some("auto-generated") {
        return Err("a letter that somebody's holiday would answer");
    }
    let subject = words(head("Subject").ok_or("a letter without a subject")?).ok_or("a subject that is none")?;
    let kind = head("Content-Type").unwrap_or_default();
    if is(kind, TEXT) {
        return Ok(Read { subject, text: text(&heads, body)?, papers: Vec::new() });
    }
    if !is(kind, "multipart/mixed;") || head("MIME-Version") != Some("1.0") {
        return Err("a letter that is neither a text nor one with papers");
    }
    if !matches!(head("Content-Transfer-Encoding"), None | Some("7bit")) {
        return Err("parts that are encoded as a whole");
    }
    let boundary = parameter(kind, "boundary").ok_or("parts without a boundary")?;
    let mut parts = parts(body, &boundary)?.into_iter();
    let (first, words) = parts.next().ok_or("a letter of no parts")?;
    if !self::head(&first, "Content-Type").is_some_and(|kind| is(kind, TEXT)) {
        return Err("a letter whose first part is no text");
    }
    let text = text(&first, &words)?;
    let papers = parts.map(|(heads, body)| paper(&heads, &body)).collect::<Result<Vec<Paper>, _>>()?;
    if papers.is_empty() { Err("a letter with papers that has none") } else { Ok(Read { subject, text, papers }) }
}

fn is(kind: &str, expected: &str) -> bool {
    kind.get(..expected.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(expected))
}

/// Its value, where it stands there once.
fn head<'a>(heads: &'a Heads, name: &str) -> Option<&'a str> {
    let mut found = heads.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
    let one = found.next().map(|(_, value)| value.as_str());
    if found.next().is_some() { None } else { one }
}

fn text(heads: &Heads, body: &str) -> Result<String, &'static str> {
    let text = match head(heads, "Content-Transfer-Encoding").unwrap_or("7bit") {
        "7bit" if body.is_ascii() => body.to_owned(),
        "quoted-printable" => quoted(body).ok_or("quoted-printable that is none")?,
        "base64" => String::from_utf8(base64(body)?).map_err(|_| "a text in other letters")?,
        _ => return Err("a transfer encoding that does not fit"),
    };
    Ok(text.trim().to_owned())
}

/// RFC 2046, 5.1: what stands between the boundaries, with its own heads. Nothing stands before the first or behind the last.
fn parts(body: &str, boundary: &str) -> Result<Vec<(Heads, String)>, &'static str> {
    if boundary.is_empty() || boundary.len() > BOUNDARY || boundary.ends_with(' ') {
        return Err("a boundary that is none");
    }
    let (between, last) = (format!("--{boundary}"), format!("--{boundary}--"));
    let mut parts: Vec<String> = Vec::new();
    let mut lines = body.lines();
    for line in lines.by_ref() {
        if line == last {
            break;
        } else if line == between {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        } else if !line.is_empty() {
            return Err("words before the first part");
        }
    }
    if !body.lines().any(|line| line == last) || lines.any(|line| !line.is_empty()) {
        return Err("parts that do not end, or words behind them");
    }
    let read = |part: String| {
        // the end of the line before a boundary belongs to the boundary
        let part = part.strip_suffix('\n').unwrap_or(&part);
        let (heads, body) = part.split_once("\n\n").ok_or("a part without heads")?;
        Ok((unfolded(heads)?, body.to_owned()))
    };
    parts.into_iter().map(read).collect()
}

/// A PDF under a name that a file can have anywhere.
fn paper(heads: &Heads, body: &str) -> Result<Paper, &'static str> {
    if !head(heads, "Content-Type").is_some_and(|kind| is(kind, "application/pdf")) {
        return Err("a paper that is no PDF");
    }
    let place = head(heads, "Content-Disposition").unwrap_or_default();
    let name = parameter(place, "filename").filter(|_| is(place, "attachment;")).ok_or("a paper without a name")?;
    let fits = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.');
    if !name.ends_with(".pdf") || name.starts_with('.') || !name.chars().all(fits) {
        return Err("a name that no file can have");
    }
    if head(heads, "Content-Transfer-Encoding") != Some("base64") {
        return Err("a paper in another encoding than base64");
    }
    let bytes = base64(body)?;
    if bytes.starts_with(b"%PDF-") { Ok(Paper { name, bytes }) } else { Err("a PDF that is none") }
}

fn base64(body: &str) -> Result<Vec<u8>, &'static str> {
    if body.lines().any(|line| line.len() > BASE64_LINE) {
        return Err("base64 in lines that are too long");
    }
    let letters: String = body.split_ascii_whitespace().collect();
    STANDARD.decode(letters).map_err(|_| "base64 that is none")
}

/// RFC 2045, 5.1: `; name=value`, with or without quotes.
fn parameter(head: &str, name: &str) -> Option<String> {
    head.split(';').skip(1).find_map(|one| {
        let (known, value) = one.trim().split_once('=')?;
        let plain = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
        known.eq_ignore_ascii_case(name).then(|| plain.to_owned())
    })
}

/// RFC 5322, 2.2.3.
fn unfolded(heads: &str) -> Result<Heads, &'static str> {
    let mut all: Heads = Vec::new();
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
            let expected = Read { subject: "Seu código".to_owned(), text: "é 123456".to_owned(), papers: Vec::new() };
            assert_eq!(read, Ok(expected), "{heads}");
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

    /// `%PDF-1.4` in a letter of two parts.
    const WITH_A_PAPER: &str = "From: a@b.com\nTo: c@d.com\nDate: x\nMessage-ID: <1@b.com>\nMIME-Version: 1.0\n\
        Auto-Submitted: auto-generated\nSubject: Recibo\nContent-Type: multipart/mixed;\n boundary=\"XyZ\"\n\n\
        --XyZ\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\nem anexo\n\
        --XyZ\nContent-Disposition: attachment; filename=\"recibo-1.pdf\"\nContent-Type: application/pdf\n\
        Content-Transfer-Encoding: base64\n\nJVBERi0xLjQ=\n--XyZ--\n";

    #[test]
    fn a_paper_is_read_out_of_its_letter() {
        let read = read(WITH_A_PAPER, "a@b.com", "c@d.com").unwrap();
        assert_eq!((read.subject.as_str(), read.text.as_str()), ("Recibo", "em anexo"));
        assert_eq!(read.papers, [Paper { name: "recibo-1.pdf".to_owned(), bytes: b"%PDF-1.4".to_vec() }]);
    }

    #[test]
    fn a_letter_whose_parts_are_not_as_they_must_be_is_refused() {
        for (from, to) in [
            ("MIME-Version: 1.0\n", ""),
            ("multipart/mixed", "multipart/alternative"),
            ("boundary=\"XyZ\"", "charset=utf-8"),
            ("--XyZ--\n", ""),
            ("--XyZ--\n", "--XyZ--\nmore\n"),
            ("boundary=\"XyZ\"\n\n", "boundary=\"XyZ\"\n\nbefore\n"),
            ("text/plain; charset=utf-8", "text/html; charset=utf-8"),
            ("application/pdf", "application/octet-stream"),
            ("attachment;", "inline;"),
            ("recibo-1.pdf", "../recibo.pdf"),
            ("recibo-1.pdf", "recibo.exe"),
            ("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: 8bit"),
            ("JVBERi0xLjQ=", "JVBERi0xLjQ"),
            ("JVBERi0xLjQ=", "PGh0bWw+PC9odG1sPg=="),
        ] {
            let whole = WITH_A_PAPER.replace(from, to);
            assert_ne!(whole, WITH_A_PAPER, "{from}");
            assert!(read(&whole, "a@b.com", "c@d.com").is_err(), "{from} as {to}");
        }
    }
}
