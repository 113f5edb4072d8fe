//! The paper between the roll and the cutter: one-bit rows of dots, and the lines of text that stand on them.
//!
//! The cutter stands above the head, so a cut without a feed leaves the last rows on the next paper, as it does in life.

use std::io;
use std::path::Path;

use image::RgbImage;

/// Dots from the head up to the cutter: 12 mm at 203 dpi.
pub const HEAD_TO_CUTTER: usize = 96;
const MARGIN: usize = 32;
const PAPER: [u8; 3] = [0xFC, 0xFB, 0xF7];
const INK: [u8; 3] = [0x24, 0x22, 0x24];

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    Text(String),
    Raster { left: usize, width: usize, rows: usize },
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    /// The first row below it.
    bottom: usize,
    content: Content,
}

#[derive(Debug)]
pub struct Strip {
    bytes_per_row: usize,
    dots: Vec<u8>,
    entries: Vec<Entry>,
}

/// A piece of paper that was cut off.
#[derive(Debug)]
pub struct Paper {
    strip: Strip,
}

impl Strip {
    /// Blank paper, drawn in up to the head.
    pub fn new(width: usize) -> Self {
        let mut strip = Strip { bytes_per_row: width / 8, dots: Vec::new(), entries: Vec::new() };
        strip.feed(HEAD_TO_CUTTER);
        strip
    }

    pub fn width(&self) -> usize {
        self.bytes_per_row * 8
    }

    pub fn rows(&self) -> usize {
        self.dots.len() / self.bytes_per_row
    }

    pub fn feed(&mut self, rows: usize) {
        self.dots.resize(self.dots.len() + rows * self.bytes_per_row, 0);
    }

    /// Outside the paper there is nothing to blacken.
    pub fn blacken(&mut self, x: usize, row: usize) {
        if x < self.width()
            && let Some(byte) = self.dots.get_mut(row * self.bytes_per_row + x / 8)
        {
            *byte |= 0x80 >> (x % 8);
        }
    }

    /// A line of text whose ink ends above the row `bottom`.
    pub fn note_text(&mut self, bottom: usize, text: String) {
        self.entries.push(Entry { bottom, content: Content::Text(text) });
    }

    /// Bands that follow each other without a gap are one picture.
    pub fn note_raster(&mut self, left: usize, width: usize, rows: usize) {
        let bottom = self.rows();
        if let Some(Entry { bottom: end, content: Content::Raster { left: before, width: wide, rows: high } }) =
            self.entries.last_mut()
            && (*end, *before, *wide) == (bottom - rows, left, width)
        {
            *end = bottom;
            *high += rows;
            return;
        }
        self.entries.push(Entry { bottom, content: Content::Raster { left, width, rows } });
    }

    /// Cuts at the cutter. What is between the cutter and the head stays as the beginning of the next paper.
    pub fn cut(&mut self) -> Paper {
        let at = self.rows().saturating_sub(HEAD_TO_CUTTER);
        let rest = self.dots.split_off(at * self.bytes_per_row);
        let below = self.entries.partition_point(|entry| entry.bottom <= at);
        let mut left = self.entries.split_off(below);
        for entry in &mut left {
            entry.bottom -= at;
        }
        let strip = Strip {
            bytes_per_row: self.bytes_per_row,
            dots: std::mem::replace(&mut self.dots, rest),
            entries: std::mem::replace(&mut self.entries, left),
        };
        Paper { strip }
    }

    /// Whether something is printed on it.
    pub fn has_ink(&self) -> bool {
        self.dots.iter().any(|byte| *byte != 0)
    }
}

impl Paper {
    pub fn rows(&self) -> usize {
        self.strip.rows()
    }

    pub fn has_ink(&self) -> bool {
        self.strip.has_ink()
    }

    pub fn lines(&self) -> usize {
        self.strip.entries.len()
    }

    /// What can be read on it, a line each; a picture is told by its place and its size in dots.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for entry in &self.strip.entries {
            match &entry.content {
                Content::Text(line) => text.push_str(line.trim_end()),
                Content::Raster { left, width, rows } => {
                    text.push_str(&format!("[picture {width}x{rows} at {left}]"));
                }
            }
            text.push('\n');
        }
        text
    }

    /// A picture of the paper, one pixel a dot, with the margins on both sides that the head does not reach.
    pub fn save_png(&self, path: &Path) -> io::Result<()> {
        let size = |dots: usize| u32::try_from(dots).map_err(io::Error::other);
        let (width, height) = (size(self.strip.width() + 2 * MARGIN)?, size(self.rows())?);
        let margin = PAPER.repeat(MARGIN);
        let mut pixels = Vec::with_capacity((self.strip.width() + 2 * MARGIN) * self.rows() * PAPER.len());
        for row in self.strip.dots.chunks_exact(self.strip.bytes_per_row) {
            pixels.extend_from_slice(&margin);
            for byte in row {
                for bit in [0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01] {
                    pixels.extend_from_slice(if byte & bit != 0 { &INK } else { &PAPER });
                }
            }
            pixels.extend_from_slice(&margin);
        }
        let picture =
            RgbImage::from_raw(width, height, pixels).ok_or_else(|| io::Error::other("a paper without size"))?;
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".tmp");
        picture.save_with_format(&unfinished, image::ImageFormat::Png).map_err(io::Error::other)?;
        std::fs::rename(unfinished, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(strip: &mut Strip, text: &str) {
        strip.feed(30);
        strip.blacken(0, strip.rows() - 10);
        strip.note_text(strip.rows() - 6, text.to_owned());
    }

    #[test]
    fn a_cut_without_a_feed_leaves_the_last_lines_on_the_next_paper() {
        let mut strip = Strip::new(64);
        for text in ["one", "two", "three", "four", "five"] {
            line(&mut strip, text);
        }
        assert_eq!(strip.cut().text(), "one\ntwo\n");
        assert!(strip.has_ink());
        strip.feed(HEAD_TO_CUTTER);
        let next = strip.cut();
        assert_eq!(next.text(), "three\nfour\nfive\n");
        assert!(next.has_ink() && !strip.has_ink());
    }

    #[test]
    fn bands_of_one_picture_are_told_as_one() {
        let mut strip = Strip::new(64);
        for _ in 0..3 {
            strip.feed(128);
            strip.note_raster(8, 48, 128);
        }
        strip.feed(1);
        strip.feed(5);
        strip.note_raster(8, 48, 5);
        strip.feed(HEAD_TO_CUTTER);
        assert_eq!(strip.cut().text(), "[picture 48x384 at 8]\n[picture 48x5 at 8]\n");
    }
}
