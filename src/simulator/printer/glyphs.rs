//! The printer's two fonts and its code pages. The glyphs are sheets of one-bit pictures, as in a printer's ROM:
//! font A 12×24 dots, font B 9×17.

use std::collections::HashMap;
use std::io;

use image::GrayImage;

const ORDER: &str = include_str!("../../../assets/fonts/paper-glyphs.txt");
const SHEET_A: &[u8] = include_bytes!("../../../assets/fonts/paper-12x24.png");
const SHEET_B: &[u8] = include_bytes!("../../../assets/fonts/paper-9x17.png");
const PER_ROW: u32 = 32;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePage {
    Cp437,
    Cp850,
    Cp858,
    Cp860,
    Windows1252,
}

impl CodePage {
    /// The number that Epson gives it in `ESC t n`.
    pub fn numbered(n: u8) -> Option<Self> {
        match n {
            0 => Some(CodePage::Cp437),
            2 => Some(CodePage::Cp850),
            3 => Some(CodePage::Cp860),
            16 => Some(CodePage::Windows1252),
            19 => Some(CodePage::Cp858),
            _ => None,
        }
    }

    pub fn decode(self, byte: u8) -> Option<char> {
        use oem_cp::code_table as table;
        let oem = |table| Some(oem_cp::decode_char_complete_table(byte, table));
        match self {
            CodePage::Cp437 => oem(&table::DECODING_TABLE_CP437),
            CodePage::Cp850 => oem(&table::DECODING_TABLE_CP850),
            CodePage::Cp858 => oem(&table::DECODING_TABLE_CP858),
            CodePage::Cp860 => oem(&table::DECODING_TABLE_CP860),
            CodePage::Windows1252 => windows_1252(byte),
        }
    }
}

fn windows_1252(byte: u8) -> Option<char> {
    const FROM_80: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”',
        '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => FROM_80.get(usize::from(byte - 0x80)).copied().filter(|named| *named != '\0'),
        other => Some(char::from(other)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    A,
    B,
}

impl Font {
    pub fn width(self) -> usize {
        match self {
            Font::A => 12,
            Font::B => 9,
        }
    }

    pub fn height(self) -> usize {
        match self {
            Font::A => 24,
            Font::B => 17,
        }
    }
}

/// The rows of a glyph from the top, the leftmost dot in the highest bit.
type Rows = Vec<u16>;

#[derive(Debug)]
pub struct Glyphs {
    a: HashMap<char, Rows>,
    b: HashMap<char, Rows>,
}

impl Glyphs {
    pub fn load() -> io::Result<Self> {
        Ok(Glyphs { a: read_sheet(SHEET_A, Font::A)?, b: read_sheet(SHEET_B, Font::B)? })
    }

    /// Blank for a character of no code page.
    pub fn rows(&self, font: Font, c: char) -> &[u16] {
        let sheet = match font {
            Font::A => &self.a,
            Font::B => &self.b,
        };
        sheet.get(&c).map_or(&[], Vec::as_slice)
    }
}

fn read_sheet(picture: &[u8], font: Font) -> io::Result<HashMap<char, Rows>> {
    let sheet = image::load_from_memory(picture).map_err(io::Error::other)?.to_luma8();
    let (width, height) = (font.width() as u32, font.height() as u32);
    let glyph = |place: u32| {
        let (left, top) = (place % PER_ROW * width, place / PER_ROW * height);
        let row = |y| (0..width).fold(0, |row, x| row | u16::from(is_black(&sheet, left + x, top + y)) << (15 - x));
        (0..height).map(row).collect()
    };
    Ok(ORDER.trim_end_matches('\n').chars().zip(0..).map(|(c, place)| (c, glyph(place))).collect())
}

fn is_black(sheet: &GrayImage, x: u32, y: u32) -> bool {
    sheet.get_pixel_checked(x, y).is_some_and(|dot| dot.0 < [128])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_of_every_code_page_has_a_glyph() {
        let glyphs = Glyphs::load().unwrap();
        for n in [0, 2, 3, 16, 19] {
            let page = CodePage::numbered(n).unwrap();
            for c in (0x20..=0xFF).filter(|byte| *byte != 0x7F).filter_map(|byte| page.decode(byte)) {
                for font in [Font::A, Font::B] {
                    let rows = glyphs.rows(font, c);
                    assert_eq!(rows.len(), font.height(), "page {n}: {c:?}");
                    assert!(matches!(c, ' ' | '\u{A0}') || rows.iter().any(|row| *row != 0), "page {n}: {c:?}");
                }
            }
        }
    }

    #[test]
    fn the_same_letter_stands_at_another_byte_in_each_page() {
        for (n, byte, letter) in [
            (0, 0x87, 'ç'),
            (2, 0xC7, 'Ã'),
            (2, 0xC6, 'ã'),
            (3, 0x84, 'ã'),
            (16, 0xE3, 'ã'),
            (16, 0x80, '€'),
            (19, 0xD5, '€'),
            (2, 0xD5, 'ı'),
        ] {
            assert_eq!(CodePage::numbered(n).unwrap().decode(byte), Some(letter), "page {n}");
        }
        assert_eq!(CodePage::Windows1252.decode(0x81), None);
        assert_eq!(CodePage::numbered(1), None);
    }
}
