//! QR codes, one dot a module, without the quiet zone (the standard asks four modules: whoever draws it adds them).

use qrcode::{Color, EcLevel, QrCode};

use super::Bitmap;

/// The text as a QR code at error correction M; nothing where it is too long for any.
#[must_use]
pub fn modules(text: &str) -> Option<Bitmap> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width();
    let mut picture = Bitmap::new(side, side);
    for (index, color) in code.to_colors().into_iter().enumerate() {
        picture.set(index % side, index / side, color == Color::Dark);
    }
    Some(picture)
}
