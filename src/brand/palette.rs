//! The colours of a totem, and whether everybody can read them: text stands out 7:1 and shapes 3:1 from what they lie on
//! (WCAG 2.2, 1.4.6 and 1.4.11).

use serde::Deserialize;

/// The least contrast of text.
pub const TEXT: f32 = 7.0;
/// The least contrast of the shapes that carry meaning.
pub const SHAPE: f32 = 3.0;

/// Red, green and blue; `#0b4f6c` in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Rgb(pub [u8; 3]);

impl TryFrom<String> for Rgb {
    type Error = String;

    fn try_from(text: String) -> Result<Rgb, String> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let part = |at: usize| digits.and_then(|digits| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok());
        match (part(0), part(2), part(4)) {
            (Some(red), Some(green), Some(blue)) => Ok(Rgb([red, green, blue])),
            _ => Err(format!("\"{text}\" não é uma cor: escreva # e seis algarismos hexadecimais, como \"#0b4f6c\"")),
        }
    }
}

impl std::fmt::Display for Rgb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// One colour a part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Rgb,
    /// Keys, rows and cards.
    pub surface: Rgb,
    /// A row that is chosen.
    pub chosen: Rgb,
    pub ink: Rgb,
    /// Second lines.
    pub soft: Rgb,
    /// The outline of keys, rows and cards.
    pub edge: Rgb,
    /// The band above and the main button.
    pub brand: Rgb,
    pub on_brand: Rgb,
    /// A key under a finger.
    pub pressed: Rgb,
    pub on_pressed: Rgb,
    /// What went wrong or is late.
    pub alarm: Rgb,
    /// What went well.
    pub good: Rgb,
}

impl Default for Palette {
    /// Dark on light.
    fn default() -> Palette {
        Palette {
            ground: Rgb([242, 245, 247]),
            surface: Rgb([255, 255, 255]),
            chosen: Rgb([226, 240, 247]),
            ink: Rgb([16, 29, 40]),
            soft: Rgb([58, 72, 84]),
            edge: Rgb([116, 131, 143]),
            brand: Rgb([11, 79, 108]),
            on_brand: Rgb([255, 255, 255]),
            pressed: Rgb([16, 29, 40]),
            on_pressed: Rgb([255, 255, 255]),
            alarm: Rgb([140, 24, 24]),
            good: Rgb([10, 84, 48]),
        }
    }
}

/// A colour with the name of its key.
type Named = (&'static str, Rgb);

impl Palette {
    /// Light on black, for eyes that need it; no shop changes it.
    #[must_use]
    pub fn stark() -> Palette {
        Palette {
            ground: Rgb([0, 0, 0]),
            surface: Rgb([0, 0, 0]),
            chosen: Rgb([40, 40, 64]),
            ink: Rgb([255, 255, 255]),
            soft: Rgb([235, 235, 235]),
            edge: Rgb([200, 200, 200]),
            brand: Rgb([255, 214, 0]),
            on_brand: Rgb([0, 0, 0]),
            pressed: Rgb([255, 255, 255]),
            on_pressed: Rgb([0, 0, 0]),
            alarm: Rgb([255, 184, 168]),
            good: Rgb([150, 240, 170]),
        }
    }

    fn papers(&self) -> [Named; 3] {
        [("ground", self.ground), ("surface", self.surface), ("chosen", self.chosen)]
    }

    /// Every pair of text and what it lies on.
    fn texts(&self) -> Vec<(Named, Named)> {
        let mut pairs = vec![
            (("on_brand", self.on_brand), ("brand", self.brand)),
            (("on_pressed", self.on_pressed), ("pressed", self.pressed)),
        ];
        let inks = [("ink", self.ink), ("soft", self.soft), ("alarm", self.alarm), ("good", self.good)];
        for paper in self.papers() {
            pairs.extend(inks.map(|ink| (ink, paper)));
        }
        pairs
    }

    /// Every pair of a shape that carries meaning and what it lies on.
    fn shapes(&self) -> Vec<(Named, Named)> {
        let mut pairs = vec![(("pressed", self.pressed), ("ground", self.ground))];
        for paper in self.papers() {
            pairs.extend([("edge", self.edge), ("brand", self.brand)].map(|shape| (shape, paper)));
        }
        pairs
    }

    /// What cannot be read or seen: the keys of both colours, and a sentence.
    #[must_use]
    pub fn faults(&self) -> Vec<([&'static str; 2], String)> {
        let texts = self.texts().into_iter().map(|pair| (pair, TEXT, "o texto"));
        let shapes = self.shapes().into_iter().map(|pair| (pair, SHAPE, "a forma"));
        let faults = texts.chain(shapes).filter_map(|(((over, one), (under, other)), least, what)| {
            let is = contrast(one, other);
            (is < least).then(|| {
                // never rounded up to what is asked for
                let shown = format!("{:.1}", (is * 10.0).floor() / 10.0).replace('.', ",");
                ([over, under], format!("{what} {over} ({one}) sobre {under} ({other}) tem contraste {shown}:1 e precisa de {least:.0}:1"))
            })
        });
        faults.collect()
    }
}

/// WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances.
#[must_use]
pub fn contrast(one: Rgb, other: Rgb) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(Rgb(parts): Rgb) -> f32 {
    let [red, green, blue] = parts.map(|part| {
        let part = f32::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(text: &str) -> Rgb {
        Rgb::try_from(text.to_owned()).unwrap()
    }

    #[test]
    fn our_own_colours_can_be_read_by_everybody() {
        for palette in [Palette::default(), Palette::stark()] {
            assert_eq!(palette.faults(), []);
        }
    }

    #[test]
    fn the_accessible_colours_stand_out_more() {
        let (calm, stark) = (Palette::default(), Palette::stark());
        assert!(contrast(stark.ink, stark.ground) > contrast(calm.ink, calm.ground));
        assert!(contrast(stark.edge, stark.ground) > contrast(calm.edge, calm.ground));
    }

    /// The figures that W3C's own examples give.
    #[test]
    fn contrast_is_the_one_of_the_standard() {
        for (one, other, ratio) in [
            ("#000000", "#ffffff", 21.0),
            ("#777777", "#ffffff", 4.478),
            ("#767676", "#ffffff", 4.542),
            ("#ff0000", "#ffffff", 3.998),
        ] {
            let is = contrast(rgb(one), rgb(other));
            assert!((is - ratio).abs() < 0.001, "{one} on {other}: {is}");
            assert!((contrast(rgb(other), rgb(one)) - is).abs() < f32::EPSILON);
        }
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_named_with_its_figure() {
        let orange = Palette { brand: rgb("#e67800"), ..Palette::default() };
        let faults = orange.faults();
        let (keys, message) = &faults[0];
        assert_eq!(keys, &["on_brand", "brand"]);
        assert!(
            message.contains("on_brand (#ffffff) sobre brand (#e67800)") && message.contains("precisa de 7:1"),
            "{message}"
        );
        // 6.99 is not 7
        assert!(!faults.iter().any(|(_, message)| message.contains("7,0:1")), "{faults:?}");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["0b4f6c", "#0b4f6", "#0b4f6cc", "#0b4g6c", "azul", "#+1+1+1", "#ééé"] {
            assert!(Rgb::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert_eq!(rgb("#0B4f6c"), Rgb([11, 79, 108]));
    }
}
