//! Pictures as commands: in bands that a small printer can hold, or in columns of 24 dots.

use super::Command;
use crate::paper::Bitmap;
use crate::printer::profile::{Picture, Profile};

/// Dots of one column, and the space from line to line that leaves no seam between them.
const COLUMN_DOTS: usize = 24;

/// The whole picture, top to bottom. A picture too wide for the command gives none.
pub fn commands(picture: &Bitmap, profile: &Profile) -> Vec<Command> {
    match profile.picture {
        Picture::Raster => raster(picture, profile.band_rows),
        Picture::Columns => columns(picture),
        Picture::None => Vec::new(),
    }
}

fn raster(picture: &Bitmap, most: usize) -> Vec<Command> {
    let Ok(bytes_per_row) = u16::try_from(picture.width().div_ceil(8)) else { return Vec::new() };
    let band = |top: usize| {
        let rows = most.min(picture.height() - top);
        let [width_low, width_high] = bytes_per_row.to_le_bytes();
        let [rows_low, rows_high] = u16::try_from(rows).ok()?.to_le_bytes();
        let dots = picture.packed(top, rows);
        let appetite = dots.len();
        let mut bytes = vec![0x1d, b'v', b'0', 0, width_low, width_high, rows_low, rows_high];
        bytes.extend(dots);
        Some(Command { bytes, appetite, dots: rows })
    };
    (0..picture.height()).step_by(most.max(1)).filter_map(band).collect()
}

/// `ESC * 33`: three bytes a column, the uppermost dot in the highest bit.
fn columns(picture: &Bitmap) -> Vec<Command> {
    let Ok(width) = u16::try_from(picture.width()) else { return Vec::new() };
    let [low, high] = width.to_le_bytes();
    let line = |top: usize| {
        let mut bytes = vec![0x1b, b'*', 33, low, high];
        for x in 0..picture.width() {
            for eight in (top..top + COLUMN_DOTS).step_by(8) {
                let byte = (0..8).fold(0u8, |byte, bit| byte << 1 | u8::from(picture.get(x, eight + bit)));
                bytes.push(byte);
            }
        }
        bytes.push(b'\n');
        Command { bytes, appetite: picture.width() * COLUMN_DOTS / 8, dots: COLUMN_DOTS }
    };
    let mut commands = vec![Command::of([0x1b, b'3', 24])];
    commands.extend((0..picture.height()).step_by(COLUMN_DOTS).map(line));
    commands.push(Command::of([0x1b, b'2']));
    commands
}
