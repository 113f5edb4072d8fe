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
}

impl<'a> Device<'a> for Letters {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.text.len() > LETTERS_MOST {
                return;
            }
            match glyph.as_unicode() {
                Some(BfString::Char(letter)) => self.text.push(letter),
                Some(BfString::String(letters)) => self.text.push_str(&letters),
                // something stands there
                None => self.text.push('\u{fffd}'),
            }
        }
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
