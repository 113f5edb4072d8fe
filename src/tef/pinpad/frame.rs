//! A packet on the wire: SYN, the data with its escapes, ETB, and a CRC of two bytes that are never escaped.

pub const EOT: u8 = 0x04;
pub const ACK: u8 = 0x06;
pub const NAK: u8 = 0x15;
pub const CAN: u8 = 0x18;
pub const SYN: u8 = 0x16;
const ESCAPE: u8 = 0x13;
const ETB: u8 = 0x17;
/// What is added to a byte behind the escape.
const SHIFT: u8 = 0x20;
/// Bytes of data in a packet, before the escapes.
const MOST: usize = 2049;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    Crc,
    Escape,
    TooLong,
}

/// The packet that carries this data.
pub fn packet(data: &[u8]) -> Vec<u8> {
    let mut wire = vec![SYN];
    for &byte in data {
        if matches!(byte, ESCAPE | SYN | ETB) {
            wire.extend([ESCAPE, byte + SHIFT]);
        } else {
            wire.push(byte);
        }
    }
    wire.push(ETB);
    wire.extend(crc(data).to_be_bytes());
    wire
}

/// CRC-16 of the unescaped data and the ETB: polynomial 1021h, begun at 0, not reflected.
fn crc(data: &[u8]) -> u16 {
    data.iter().chain([&ETB]).fold(0_u16, |crc, &byte| {
        (0..8).fold(
            crc ^ (u16::from(byte) << 8),
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
            },
        )
    })
}

/// Reads one packet, byte by byte, from behind its SYN.
#[derive(Debug, Default)]
pub struct Reader {
    data: Vec<u8>,
    escaped: bool,
    /// Behind the ETB: the first byte of the CRC, once it came.
    tail: Option<Option<u8>>,
}

impl Reader {
    /// Takes a byte; the data, once the packet is whole.
    pub fn take(&mut self, byte: u8) -> Result<Option<Vec<u8>>, Bad> {
        match (self.tail, byte) {
            (Some(Some(high)), low) => {
                let right = crc(&self.data) == u16::from_be_bytes([high, low]);
                return if right { Ok(Some(std::mem::take(&mut self.data))) } else { Err(Bad::Crc) };
            }
            (Some(None), high) => {
                self.tail = Some(Some(high));
                return Ok(None);
            }
            (None, _) if self.escaped => {
                self.escaped = false;
                let meant = byte.wrapping_sub(SHIFT);
                if !matches!(meant, ESCAPE | SYN | ETB) {
                    return Err(Bad::Escape);
                }
                self.data.push(meant);
            }
            (None, ESCAPE) => self.escaped = true,
            (None, ETB) => self.tail = Some(None),
            (None, byte) => self.data.push(byte),
        }
        if self.data.len() > MOST { Err(Bad::TooLong) } else { Ok(None) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bytes(hex: &str) -> Vec<u8> {
        hex.split_whitespace().map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
    }

    fn read(wire: &[u8]) -> Result<Option<Vec<u8>>, Bad> {
        let mut reader = Reader::default();
        let mut whole = None;
        for &byte in &wire[1..] {
            assert_eq!(whole, None, "nothing comes behind a packet");
            whole = reader.take(byte)?;
        }
        Ok(whole)
    }

    /// Vectors of the specification, of a trace, and recomputed ones.
    #[test]
    fn every_vector_is_made_and_read() {
        let padded = |text: &str| {
            let mut data = b"DSP032".to_vec();
            data.extend(text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()));
            data.resize(6 + 32, b' ');
            data
        };
        for (data, wire) in [
            (b"OPN".to_vec(), "16 4F 50 4E 17 A8 A9"),
            (b"OPN000".to_vec(), "16 4F 50 4E 30 30 30 17 77 5E"),
            (b"DSP000".to_vec(), "16 44 53 50 30 30 30 17 39 63"),
            (b"CLO000".to_vec(), "16 43 4C 4F 30 30 30 17 9E 03"),
            (b"CLX000".to_vec(), "16 43 4C 58 30 30 30 17 FD 8D"),
            (b"ERR010".to_vec(), "16 45 52 52 30 31 30 17 B7 11"),
            (b"GKY".to_vec(), "16 47 4B 59 17 04 1C"),
            (b"GKY013".to_vec(), "16 47 4B 59 30 31 33 17 3C 38"),
            (b"GIN00200".to_vec(), "16 47 49 4E 30 30 32 30 30 17 EE CA"),
            (
                bytes("47 49 58 30 31 32 00 01 00 08 80 01 80 03 80 04 80 07"),
                "16 47 49 58 30 31 32 00 01 00 08 80 01 80 03 80 04 80 07 17 A9 45",
            ),
            (
                bytes("43 45 58 30 31 35 00 06 00 06 31 30 30 30 30 30 00 0C 00 01 1E"),
                "16 43 45 58 30 31 35 00 06 00 06 31 30 30 30 30 30 00 0C 00 01 1E 17 33 AA",
            ),
            (
                bytes("58 58 58 30 31 30 00 0F 00 06 13 16 17 33 36 37"),
                "16 58 58 58 30 31 30 00 0F 00 06 13 33 13 36 13 37 33 36 37 17 93 8F",
            ),
            (
                bytes("43 4C 58 30 32 33 00 1B 00 13 54 4F 54 45 4D 0D 54 4F 51 55 45 20 4E 41 20 54 45 4C 41"),
                "16 43 4C 58 30 32 33 00 1B 00 13 33 54 4F 54 45 4D 0D 54 4F 51 55 45 20 4E 41 20 54 45 4C 41 17 40 E8",
            ),
        ] {
            assert_eq!(packet(&data), bytes(wire));
            assert_eq!(read(&bytes(wire)), Ok(Some(data)));
        }
        for (text, end) in [
            ("    OPERA\u{C7}\u{C3}O       FINALIZADA   ", [0x52, 0x13]),
            ("TOTEM DISPONIVELTOQUE NA TELA   ", [0xE1, 0xC2]),
            // a byte of the CRC that looks like an ETB
            ("TESTE 0017", [0x17, 0xC6]),
        ] {
            let wire = packet(&padded(text));
            assert_eq!(wire[wire.len() - 2..], end, "{text}");
            assert_eq!(read(&wire), Ok(Some(padded(text))));
        }
    }

    #[test]
    fn a_flipped_bit_a_wrong_escape_and_an_endless_packet_are_known() {
        assert_eq!(read(&bytes("16 4F 50 4E 17 A8 A8")), Err(Bad::Crc));
        assert_eq!(read(&bytes("16 4F 51 4E 17 A8 A9")), Err(Bad::Crc));
        assert_eq!(read(&bytes("16 13 41")), Err(Bad::Escape));
        let endless: Vec<u8> = std::iter::once(SYN).chain([b'A'; MOST + 1]).collect();
        assert_eq!(read(&endless), Err(Bad::TooLong));
    }

    proptest! {
        #[test]
        fn what_is_sent_is_what_is_read(data in proptest::collection::vec(any::<u8>(), 0..200)) {
            let wire = packet(&data);
            prop_assert!(!wire[1..wire.len() - 3].contains(&SYN));
            prop_assert_eq!(read(&wire), Ok(Some(data)));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(wire in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut reader = Reader::default();
            for byte in wire {
                if !matches!(reader.take(byte), Ok(None)) { reader = Reader::default(); }
            }
        }
    }
}
