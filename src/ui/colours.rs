//! The colours, in one place: text stands out 7:1 and shapes 3:1 from what they lie on, whatever the brand (WCAG 1.4.6, 1.4.11).

use iced::Color;

/// The least contrast of text.
pub const TEXT: f32 = 7.0;
/// The least contrast of the shapes that carry meaning.
pub const SHAPE: f32 = 3.0;

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

const DEFAULT_BRAND: [u8; 3] = [11, 79, 108];

impl Colours {
    /// Dark on light, with the site's own colour where it has one.
    #[must_use]
    pub fn calm(brand: Option<[u8; 3]>) -> Colours {
        let [red, green, blue] = brand.unwrap_or(DEFAULT_BRAND);
        Colours {
            ground: Color::from_rgb8(242, 245, 247),
            surface: Color::WHITE,
            chosen: Color::from_rgb8(226, 240, 247),
            ink: Color::from_rgb8(16, 29, 40),
            soft: Color::from_rgb8(58, 72, 84),
            edge: Color::from_rgb8(116, 131, 143),
            brand: readable(Color::from_rgb8(red, green, blue)),
            on_brand: Color::WHITE,
            pressed: Color::from_rgb8(16, 29, 40),
            on_pressed: Color::WHITE,
            alarm: Color::from_rgb8(140, 24, 24),
            good: Color::from_rgb8(10, 84, 48),
        }
    }

    /// Light on black, for eyes that need it.
    #[must_use]
    pub fn stark() -> Colours {
        Colours {
            ground: Color::BLACK,
            surface: Color::BLACK,
            chosen: Color::from_rgb8(40, 40, 64),
            ink: Color::WHITE,
            soft: Color::from_rgb8(235, 235, 235),
            edge: Color::from_rgb8(200, 200, 200),
            brand: Color::from_rgb8(255, 214, 0),
            on_brand: Color::BLACK,
            pressed: Color::WHITE,
            on_pressed: Color::BLACK,
            alarm: Color::from_rgb8(255, 184, 168),
            good: Color::from_rgb8(150, 240, 170),
        }
    }

    /// Every pair of text and what it lies on.
    #[must_use]
    pub fn texts(&self) -> Vec<(Color, Color)> {
        let mut pairs = vec![(self.on_brand, self.brand), (self.on_pressed, self.pressed)];
        for paper in [self.ground, self.surface, self.chosen] {
            pairs.extend([self.ink, self.soft, self.alarm, self.good].map(|ink| (ink, paper)));
        }
        pairs
    }

    /// Every pair of a shape that carries meaning and what it lies on.
    #[must_use]
    pub fn shapes(&self) -> Vec<(Color, Color)> {
        let mut pairs = vec![(self.pressed, self.ground)];
        for paper in [self.ground, self.surface, self.chosen] {
            pairs.extend([self.edge, self.brand].map(|shape| (shape, paper)));
        }
        pairs
    }
}

/// The brand's colour, darkened until white text on it can be read by everybody.
fn readable(brand: Color) -> Color {
    let mut colour = brand;
    for _ in 0..64 {
        if contrast(Color::WHITE, colour) >= TEXT {
            break;
        }
        colour = Color::from_rgb(colour.r * 0.95, colour.g * 0.95, colour.b * 0.95);
    }
    colour
}

/// WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances.
#[must_use]
pub fn contrast(one: Color, other: Color) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(colour: Color) -> f32 {
    let linear = |part: f32| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_be_read_and_shapes_seen_whatever_the_brand() {
        let brands = [None, Some([255, 230, 0]), Some([0, 0, 0]), Some([255, 255, 255]), Some([230, 0, 120])];
        let themes = brands.map(Colours::calm).into_iter().chain([Colours::stark()]);
        for colours in themes {
            for (ink, paper) in colours.texts() {
                assert!(contrast(ink, paper) >= TEXT, "{ink:?} on {paper:?}: {}", contrast(ink, paper));
            }
            for (shape, paper) in colours.shapes() {
                assert!(contrast(shape, paper) >= SHAPE, "{shape:?} on {paper:?}: {}", contrast(shape, paper));
            }
        }
    }

    #[test]
    fn the_accessible_colours_stand_out_more() {
        let (calm, stark) = (Colours::calm(None), Colours::stark());
        assert!(contrast(stark.ink, stark.ground) > contrast(calm.ink, calm.ground));
        assert!(contrast(stark.edge, stark.ground) > contrast(calm.edge, calm.ground));
    }
}
