//! What each command is answered: by the tables of ABECS 2.12, and of its predecessor for an old pinpad.

use super::faults::Faults;

pub const OK: &str = "000";
pub const INVALID_CALL: &str = "010";
pub const INVALID_PARAMETER: &str = "011";

/// An answer, and what the command did beside it.
#[derive(Debug, Default)]
pub struct Answer {
    pub payload: Vec<u8>,
    /// Two lines that stand on the display now.
    pub display: Option<String>,
    /// It ends only when somebody does something at the pinpad.
    pub blocks: bool,
    /// The command breaks the specification.
    pub breach: Option<&'static str>,
}

fn status(command: &str, status: &str) -> Answer {
    Answer { payload: format!("{command}{status}").into_bytes(), ..Answer::default() }
}

fn refused(why: &'static str, command: &str) -> Answer {
    Answer { breach: Some(why), ..status(command, INVALID_PARAMETER) }
}

pub fn to(payload: &[u8], faults: &Faults) -> Answer {
    let text = |bytes: &[u8]| bytes.iter().map(|&byte| char::from(byte)).collect::<String>();
    let Some((name, rest)) = payload.split_at_checked(3) else {
        return Answer { breach: Some("a command without a name"), ..status("ERR", INVALID_CALL) };
    };
    let name = text(name);
    if faults.secured && name != "OPN" {
        return status(&name, "009");
    }
    match name.as_str() {
        "OPN" if rest.is_empty() => Answer { display: Some(String::new()), ..status("OPN", OK) },
        "OPN" => refused("OPN with data asks for a secure channel", "OPN"),
        "GIX" | "CEX" if faults.old => status("ERR", INVALID_CALL),
        "GIX" => about(rest),
        "GIN" if text(rest) == "00200" => old_about(),
        "GIN" => refused("GIN wants 002 and two digits", "GIN"),
        "DSP" | "CLO" => match (rest.split_at_checked(3), rest.len()) {
            (Some((b"032", shown)), 35) => Answer { display: Some(text(shown)), ..status(&name, OK) },
            _ => refused("a display text has 32 characters", &name),
        },
        "CEX" => keys(rest, faults),
        "GKY" => match &faults.key {
            Some(key) => status("GKY", &format!("0{key}")),
            None => Answer { blocks: true, ..Answer::default() },
        },
        "CKE" | "GCR" | "GCX" | "GTK" | "GPN" | "GOX" | "GOC" | "ENB" | "EBX" | "CHP" | "DWK" => {
            Answer { breach: Some("a command for card data"), ..status(&name, INVALID_CALL) }
        }
        _ => Answer { breach: Some("an unknown command"), ..status("ERR", INVALID_CALL) },
    }
}

/// The parameters of the blocks: id, length, value.
fn parameters(blocks: &[u8]) -> Option<Vec<(u16, Vec<u8>)>> {
    let (length, body) = blocks.split_at_checked(3)?;
    let length: usize = std::str::from_utf8(length).ok()?.parse().ok()?;
    if length != body.len() {
        return None;
    }
    let mut found = Vec::new();
    let mut body = body.iter().copied();
    while let Some(first) = body.next() {
        let id = u16::from_be_bytes([first, body.next()?]);
        let length = u16::from_be_bytes([body.next()?, body.next()?]);
        let value: Vec<u8> = body.by_ref().take(length.into()).collect();
        if value.len() != usize::from(length) {
            return None;
        }
        found.push((id, value));
    }
    Some(found)
}

fn about(blocks: &[u8]) -> Answer {
    let Some(asked) = parameters(blocks) else { return refused("the blocks of GIX cannot be read", "GIX") };
    let Some((_, ids)) = asked.iter().find(|(id, _)| *id == 1) else {
        return refused("GIX names no list of ids", "GIX");
    };
    let mut body = Vec::new();
    for pair in ids.chunks_exact(2) {
        let value: &[u8] = match pair {
            [0x80, 0x01] => b"991274366155",
            [0x80, 0x03] => b"PPX-1;10MB",
            [0x80, 0x04] => b"CYGNUS",
            [0x80, 0x07] => b"2.12",
            _ => continue,
        };
        body.extend_from_slice(pair);
        body.extend(u16::try_from(value.len()).unwrap_or_default().to_be_bytes());
        body.extend_from_slice(value);
    }
    with_block("GIX", &body)
}

fn old_about() -> Answer {
    let body = format!("{:<20}{:<19}{}{:<20}{:<4}{:<16}{:<20}", "GERTEC", "PPC900", "C", "OS", "1.08", "MGR", "123456");
    with_block("GIN", body.as_bytes())
}

fn keys(blocks: &[u8], faults: &Faults) -> Answer {
    let Some(asked) = parameters(blocks) else { return refused("the blocks of CEX cannot be read", "CEX") };
    let options = asked.iter().find(|(id, _)| *id == 6).map(|(_, value)| value.as_slice());
    if options != Some(b"100000") {
        return Answer { breach: Some("CEX looks at cards"), ..status("CEX", INVALID_PARAMETER) };
    }
    match &faults.key {
        None => status("CEX", "012"),
        Some(key) => {
            let mut body = vec![0x80, 0x40, 0, 2];
            body.extend(key.bytes());
            with_block("CEX", &body)
        }
    }
}

fn with_block(command: &str, body: &[u8]) -> Answer {
    let mut answer = status(command, OK);
    answer.payload.extend(format!("{:03}", body.len()).bytes());
    answer.payload.extend_from_slice(body);
    answer
}
