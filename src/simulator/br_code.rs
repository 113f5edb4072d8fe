//! The copia-e-cola that stand-ins issue: a dynamic BR Code (EMV objects, CRC-16/CCITT-FALSE).

/// The payload for a charge that lies at `location` (host and path, no scheme, at most 77 characters).
/// A dynamic code carries no amount: the payer's bank reads it at the location.
#[must_use]
pub fn dynamic(location: &str, name: &str, city: &str) -> String {
    let account = object("00", "br.gov.bcb.pix") + &object("25", location);
    let objects = [
        object("00", "01"),
        object("01", "12"),
        object("26", &account),
        object("52", "0000"),
        object("53", "986"),
        object("58", "BR"),
        object("59", name),
        object("60", city),
        object("62", &object("05", "***")),
        "6304".to_owned(),
    ]
    .concat();
    let check = crc(objects.as_bytes());
    format!("{objects}{check:04X}")
}

fn object(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}

fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(
            crc ^ (u16::from(*byte) << 8),
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_central_bank_comes_out_byte_for_byte() {
        assert_eq!(
            dynamic("pix.example.com/8b3da2f39a4140d1a91abd93113bd441", "Fulano de Tal", "BRASILIA"),
            "00020101021226700014br.gov.bcb.pix2548pix.example.com/8b3da2f39a4140d1a91abd93113bd441\
             5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***630464E4"
        );
    }
}
