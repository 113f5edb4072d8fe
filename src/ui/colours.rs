//! The colours of the palette that is worn, as iced takes them.

use iced::Color;

use crate::brand::{Palette, Rgb};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colours {
    /// Behind everything.
    pub ground: Color,
    /// Keys, rows and cards.
    pub surface: Color,
    /// A row that is chosen.
    pub chosen: Color,
    pub ink: Color,
    /// Second lines.
    pub soft: Color,
    /// The outline of keys, rows and cards.
    pub edge: Color,
    /// The brand: the band above and the main button.
    pub brand: Color,
    pub on_brand: Color,
    /// A key under a finger.
    pub pressed: Color,
    pub on_pressed: Color,
    /// What went wrong or is late.
    pub alarm: Color,
    /// What went well.
    pub good: Color,
}

impl From<Palette> for Colours {
    fn from(palette: Palette) -> Colours {
        let of = |Rgb([red, green, blue])| Color::from_rgb8(red, green, blue);
        Colours {
            ground: of(palette.ground),
            surface: of(palette.surface),
            chosen: of(palette.chosen),
            ink: of(palette.ink),
            soft: of(palette.soft),
            edge: of(palette.edge),
            brand: of(palette.brand),
            on_brand: of(palette.on_brand),
            pressed: of(palette.pressed),
            on_pressed: of(palette.on_pressed),
            alarm: of(palette.alarm),
            good: of(palette.good),
        }
    }
}
