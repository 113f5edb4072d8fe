//! The digits of boletos in a page's text, wherever its letters say what they are.

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Rect};

use crate::domain::Boleto;

/// A page of text; more than this is no bill.
const LETTERS_MOST: usize = 200_000;

/// The bars (44 digits) of every linha digitável in the text whose check digits are right.
pub(super) fn on<'a>(page: &'a Page<'a>) -> Vec<String> {
    let cache = InterpreterCache::new();
    let whole = Rect::new(0.0, 0.0, 20_000.0, 20_000.0);
    let mut context = Context::new(Affine::IDENTITY, whole, &cache, page.xref(), InterpreterSettings::default());
    let mut letters = Letters::default();
    interpret_page(page, &mut context, &mut letters);
    lines_in(&letters.text)
}

/// Blanks, points and dashes stand inside a line; anything else ends it.
fn lines_in(text: &str) -> Vec<String> {
    let joined: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-' | '\u{a0}' | '\n')).collect();
    let mut found = Vec::new();
    for digits in joined.split(|letter: char| !letter.is_ascii_digit()) {
        for length in [47, 48] {
            let starts = 0..=digits.len().saturating_sub(length);
            let read = starts.filter_map(|start| Boleto::parse(digits.get(start..start + length)?).ok());
            found.extend(read.map(|boleto| boleto.barcode().to_owned()));
        }
    }
    found
}

/// Hears only letters.
#[derive(Default)]
struct Letters {
    text: String,
    /// The run that was filled last, and where it stands.
    filled: Option<(String, Affine)>,
}

impl<'a> Device<'a> for Letters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, mode: &DrawMode) {
        let Some(place) = run.glyphs().first().map(|glyph| glyph.transform()) else { return };
        let mut letters = String::new();
        for glyph in run.glyphs() {
            match glyph.as_unicode() {
                Some(BfString::Char(letter)) => letters.push(letter),
                Some(BfString::String(several)) => letters.push_str(&several),
                // something stands there
                None => letters.push('\u{fffd}'),
            }
        }
        let told = (letters, place);
        // bold letters are filled, and their edge is drawn after that: they stand there once
        if matches!(mode, DrawMode::Stroke(_)) && self.filled.take().is_some_and(|filled| filled == told) {
            return;
        }
        if self.text.len() + told.0.len() <= LETTERS_MOST {
            self.text.push_str(&told.0);
        }
        self.filled = Some(told);
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "75691.31662 01006.726101 27210.000017 7 73380000001000";
    const BARS: &str = "75697733800000010001316601006726102721000001";

    #[test]
    fn a_line_is_found_among_other_words_and_digits() {
        for text in [
            LINE.to_owned(),
            format!("Vencimento 10/11/2026{LINE}R$ 10,00"),
            format!("Nosso número 123 {LINE}"),
            LINE.replace([' ', '.'], ""),
        ] {
            assert_eq!(lines_in(&text), [BARS], "{text}");
        }
    }

    #[test]
    fn a_line_with_a_wrong_digit_is_none() {
        assert!(lines_in(&LINE.replacen("75691", "75692", 1)).is_empty());
        assert!(lines_in("").is_empty());
    }
}
