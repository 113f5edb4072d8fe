//! Packets as the specification draws them: `SYN payload ETB CRC CRC`, with DC3 before bytes that mean something.

pub const SYN: u8 = 0x16;
pub const ETB: u8 = 0x17;
pub const DC3: u8 = 0x13;

/// What the totem put on the wire.
#[derive(Debug, PartialEq, Eq)]
pub enum Heard {
    /// CAN.
    Abort,
    /// NAK: the last answer once more.
    Again,
    Command(Vec<u8>),
    /// A packet with a fault in it.
    Broken(&'static str),
    /// A byte that has no business here: ACK above all, which only a pinpad sends.
    Wrong(u8),
}

/// Table of CRC-16/XMODEM, worked out once.
fn table() -> [u16; 256] {
    let mut table = [0_u16; 256];
    for (index, slot) in (0_u16..).zip(table.iter_mut()) {
        let mut value = index << 8;
        for _ in 0..8 {
            let carry = value >> 15 == 1;
            value <<= 1;
            if carry {
                value ^= 0x1021;
            }
        }
        *slot = value;
    }
    table
}

pub fn checksum(bytes: impl IntoIterator<Item = u8>) -> u16 {
    let table = table();
    let mut value = 0_u16;
    for byte in bytes {
        let at = usize::from(value.to_be_bytes()[0] ^ byte);
        value = (value << 8) ^ table.get(at).copied().unwrap_or_default();
    }
    value
}

pub fn frame(payload: &[u8]) -> Vec<u8> {
    let marked = payload.iter().flat_map(|&byte| match byte {
        DC3 => vec![DC3, 0x33],
        SYN => vec![DC3, 0x36],
        ETB => vec![DC3, 0x37],
        plain => vec![plain],
    });
    let sum = checksum(payload.iter().copied().chain([ETB]));
    [SYN].into_iter().chain(marked).chain([ETB]).chain(sum.to_be_bytes()).collect()
}

/// Takes what came off the front of `line`; nothing while a packet is not whole.
pub fn hear(line: &mut Vec<u8>) -> Option<Heard> {
    let first = *line.first()?;
    if first != SYN {
        line.remove(0);
        return Some(match first {
            0x18 => Heard::Abort,
            0x15 => Heard::Again,
            other => Heard::Wrong(other),
        });
    }
    let end = line.iter().position(|&byte| byte == ETB)?;
    if line.len() < end + 3 {
        return None;
    }
    let packet: Vec<u8> = line.drain(..end + 3).collect();
    let (body, sum) = packet.split_at(end + 1);
    let mut payload = Vec::new();
    let mut bytes = body.iter().copied().skip(1).take(end - 1);
    while let Some(byte) = bytes.next() {
        payload.push(match byte {
            DC3 => match bytes.next() {
                Some(0x33) => DC3,
                Some(0x36) => SYN,
                Some(0x37) => ETB,
                _ => return Some(Heard::Broken("DC3 before a byte that needs none")),
            },
            SYN => return Some(Heard::Broken("SYN inside a packet")),
            plain => plain,
        });
    }
    let expected = checksum(payload.iter().copied().chain([ETB]));
    if sum != expected.to_be_bytes() {
        return Some(Heard::Broken("CRC"));
    }
    if payload.len() > 1024 {
        return Some(Heard::Broken("more than 1024 bytes"));
    }
    Some(Heard::Command(payload))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_catalogue_holds() {
        assert_eq!(checksum(*b"123456789"), 0x31C3);
    }

    #[test]
    fn a_packet_is_heard_once_it_is_whole() {
        let whole = frame(b"DSP\x13\x16\x17");
        let mut line = Vec::new();
        for &byte in whole.iter().take(whole.len() - 1) {
            line.push(byte);
            assert_eq!(hear(&mut line), None);
        }
        line.extend(whole.last());
        assert_eq!(hear(&mut line), Some(Heard::Command(b"DSP\x13\x16\x17".to_vec())));
        assert!(line.is_empty());
        line.extend([0x18, 0x06]);
        assert_eq!((hear(&mut line), hear(&mut line)), (Some(Heard::Abort), Some(Heard::Wrong(6))));
    }
}
