//! A tar file as POSIX writes it (ustar): any machine can open it, and half of one shows that it is half.

use std::io;

const BLOCK: usize = 512;
/// Two empty blocks.
pub const END: [u8; 2 * BLOCK] = [0; 2 * BLOCK];
static EMPTY: [u8; BLOCK] = [0; BLOCK];

/// What fills the last block of a text.
#[must_use]
pub fn padding(length: usize) -> &'static [u8] {
    EMPTY.get(..length.next_multiple_of(BLOCK) - length).unwrap_or(&[])
}

/// The block before a text. Octal numbers, ended by a zero byte; the sum is made as if blanks stood in its place.
pub fn head(name: &str, length: usize, unix_s: u64) -> io::Result<[u8; BLOCK]> {
    let mut block = [0u8; BLOCK];
    let mut put = |at: usize, room: usize, bytes: &[u8]| match block.get_mut(at..at + room) {
        Some(field) if bytes.len() <= room => {
            field.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
            Ok(())
        }
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{name} não cabe num arquivo tar"))),
    };
    put(0, 100, name.as_bytes())?;
    put(100, 8, b"0000644\0")?;
    put(108, 8, b"0000000\0")?;
    put(116, 8, b"0000000\0")?;
    put(124, 12, format!("{length:011o}\0").as_bytes())?;
    put(136, 12, format!("{unix_s:011o}\0").as_bytes())?;
    put(148, 8, b"        ")?;
    put(156, 1, b"0")?;
    put(257, 8, b"ustar\x0000")?;
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    if let Some(field) = block.get_mut(148..156) {
        field.iter_mut().zip(format!("{sum:06o}\0 ").as_bytes()).for_each(|(to, from)| *to = *from);
    }
    Ok(block)
}
