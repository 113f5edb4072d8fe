//! One-bit pictures: what a thermal head prints and a screen shows at whole pixels.

use image::ImageEncoder;

/// A picture of black (`true`) and white dots, row by row.
#[derive(Clone, PartialEq, Eq)]
pub struct Bitmap {
    width: usize,
    height: usize,
    dots: Vec<bool>,
}

impl Bitmap {
    /// All white.
    #[must_use]
    pub fn new(width: usize, height: usize) -> Bitmap {
        Bitmap { width, height, dots: vec![false; width * height] }
    }

    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Whether the dot is black; everything outside is white.
    #[must_use]
    pub fn get(&self, x: usize, y: usize) -> bool {
        x < self.width && self.dots.get(y * self.width + x).copied().unwrap_or(false)
    }

    /// Blackens or whitens a dot; outside, nothing happens.
    pub fn set(&mut self, x: usize, y: usize, black: bool) {
        if x < self.width
            && let Some(dot) = self.dots.get_mut(y * self.width + x)
        {
            *dot = black;
        }
    }

    /// Every dot `times` as wide and high.
    #[must_use]
    pub fn scaled(&self, times: usize) -> Bitmap {
        self.map(self.width * times, self.height * times, |x, y| self.get(x / times, y / times))
    }

    /// Turned 90 degrees clockwise.
    #[must_use]
    pub fn turned(&self) -> Bitmap {
        self.map(self.height, self.width, |x, y| self.get(y, self.height - 1 - x))
    }

    /// With white margins.
    #[must_use]
    pub fn framed(&self, horizontal: usize, vertical: usize) -> Bitmap {
        self.map(self.width + 2 * horizontal, self.height + 2 * vertical, |x, y| {
            x >= horizontal && y >= vertical && self.get(x - horizontal, y - vertical)
        })
    }

    /// Blackens what is black in `other`, its upper left corner at `left`, `top`; what is outside is left out.
    pub fn draw(&mut self, other: &Bitmap, left: usize, top: usize) {
        for y in 0..other.height {
            for x in 0..other.width {
                if other.get(x, y) {
                    self.set(left + x, top + y, true);
                }
            }
        }
    }

    /// `height` rows from `top` on, eight dots a byte, the leftmost in the highest bit, each row filled up with white.
    #[must_use]
    pub fn packed(&self, top: usize, height: usize) -> Vec<u8> {
        let rows = top..(top + height).min(self.height);
        rows.flat_map(|y| (0..self.width.div_ceil(8)).map(move |byte| self.eight(byte * 8, y))).collect()
    }

    fn eight(&self, left: usize, y: usize) -> u8 {
        (0..8).fold(0, |byte, bit| byte << 1 | u8::from(self.get(left + bit, y)))
    }

    /// As a black and white PNG file.
    #[must_use]
    pub fn to_png(&self) -> Vec<u8> {
        let sides = (u32::try_from(self.width).unwrap_or(u32::MAX), u32::try_from(self.height).unwrap_or(u32::MAX));
        let grey: Vec<u8> = self.dots.iter().map(|black| if *black { 0 } else { 255 }).collect();
        let mut file = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new(&mut file);
        if let Err(error) = encoder.write_image(&grey, sides.0, sides.1, image::ExtendedColorType::L8) {
            tracing::error!(%error, width = self.width, height = self.height, "a picture could not be written");
            file.clear();
        }
        file
    }

    fn map(&self, width: usize, height: usize, black: impl Fn(usize, usize) -> bool) -> Bitmap {
        let mut picture = Bitmap::new(width, height);
        for y in 0..height {
            for x in 0..width {
                picture.set(x, y, black(x, y));
            }
        }
        picture
    }
}

impl std::fmt::Debug for Bitmap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bitmap({}x{})", self.width, self.height)
    }
}
