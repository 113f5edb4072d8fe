//! A page that is wider than a receipt, cut into bands that are turned by 90 degrees: so that an A4's small print stays
//! three quarters of its size, and not a third.

use super::Bitmap;
use crate::domain::PageImage;

/// A shade that counts as ink: light enough for thin strokes to stay, dark enough for grey grounds to go.
const INK: u8 = 160;
/// A band is at most this part of the page's width on a head of 80 mm: 100 mm of an A4. A narrower head gets narrower
/// bands, so that the bars of a bill stay wide enough to be read.
const BAND: (usize, usize) = (100, 210);
const HEAD: usize = 576;
/// A page so much taller than wide was made for narrow paper: it is printed upright.
const NARROW: usize = 2;
/// How far around its place a cut looks for a row with nothing on it, in parts of a band.
const LOOK_AROUND: usize = 6;

/// What is on the page, without its white margins, as pictures that are exactly as wide as the paper. None for an empty page.
pub(super) fn bands(page: &PageImage, dots: usize) -> Vec<Bitmap> {
    let Some(inked) = Cut::around_ink(page) else { return Vec::new() };
    if page.height() > page.width() * NARROW {
        let times = Scale { dots, pixels: inked.width };
        return vec![inked.scaled(page, times)];
    }
    let most = (page.width() * BAND.0 * dots.min(HEAD) / (BAND.1 * HEAD)).max(1);
    let cuts = inked.bands(page, inked.height.div_ceil(most));
    let highest = cuts.iter().map(|cut| cut.height).max().unwrap_or(1);
    let times = Scale { dots, pixels: highest };
    cuts.into_iter().map(|cut| Cut { height: highest, ..cut }.scaled(page, times).turned()).collect()
}

/// So many dots for so many pixels.
#[derive(Clone, Copy)]
struct Scale {
    dots: usize,
    pixels: usize,
}

impl Scale {
    fn dots(self, pixels: usize) -> usize {
        (pixels * self.dots).div_ceil(self.pixels.max(1)).max(1)
    }

    fn pixels(self, dots: usize) -> usize {
        dots * self.pixels / self.dots.max(1)
    }
}

/// A rectangle of the page, in pixels; what lies outside the page is white.
#[derive(Clone, Copy)]
struct Cut {
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Cut {
    fn around_ink(page: &PageImage) -> Option<Cut> {
        let in_row = |y: usize| (0..page.width()).any(|x| page.shade(x, y) < INK);
        let in_column = |x: usize| (0..page.height()).any(|y| page.shade(x, y) < INK);
        let (top, bottom) = ((0..page.height()).find(|y| in_row(*y))?, (0..page.height()).rfind(|y| in_row(*y))?);
        let (left, right) = ((0..page.width()).find(|x| in_column(*x))?, (0..page.width()).rfind(|x| in_column(*x))?);
        Some(Cut { left, top, width: right - left + 1, height: bottom - top + 1 })
    }

    /// Cut into so many bands about equally high, where there is least to be cut through.
    fn bands(self, page: &PageImage, count: usize) -> Vec<Cut> {
        let each = self.height.div_ceil(count.max(1)).max(1);
        let mut bands = Vec::with_capacity(count);
        let mut top = self.top;
        for number in 1..=count {
            let end = if number == count {
                self.top + self.height
            } else {
                let place = self.top + each * number;
                let around = (place - each / LOOK_AROUND)..=(place + each / LOOK_AROUND);
                around.min_by_key(|y| (self.ink_in(page, *y), y.abs_diff(place))).unwrap_or(place)
            };
            bands.push(Cut { top, height: end.saturating_sub(top).max(1), ..self });
            top = end;
        }
        bands
    }

    fn ink_in(self, page: &PageImage, y: usize) -> usize {
        (self.left..self.left + self.width).filter(|x| page.shade(*x, y) < INK).count()
    }

    /// Each dot is black where the mean of what it covers is.
    fn scaled(self, page: &PageImage, times: Scale) -> Bitmap {
        let mut picture = Bitmap::new(times.dots(self.width), times.dots(self.height));
        for y in 0..picture.height() {
            let rows = self.top + times.pixels(y)..self.top + times.pixels(y + 1).max(times.pixels(y) + 1);
            for x in 0..picture.width() {
                let columns = self.left + times.pixels(x)..self.left + times.pixels(x + 1).max(times.pixels(x) + 1);
                let (mut sum, mut count) = (0, 0);
                for row in rows.clone() {
                    for column in columns.clone() {
                        sum += usize::from(page.shade(column, row));
                        count += 1;
                    }
                }
                picture.set(x, y, sum < usize::from(INK) * count);
            }
        }
        picture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of white with black rectangles: left, top, width, height.
    fn page(width: usize, height: usize, ink: &[(usize, usize, usize, usize)]) -> PageImage {
        let mut shades = vec![u8::MAX; width * height];
        for (left, top, across, down) in ink {
            for y in *top..top + down {
                for x in *left..left + across {
                    shades[y * width + x] = 0;
                }
            }
        }
        PageImage::new(width, shades).unwrap()
    }

    #[test]
    fn every_band_is_exactly_as_wide_as_the_paper() {
        let a4 = page(1654, 2340, &[(100, 90, 1450, 40), (100, 1200, 900, 20), (200, 2100, 1000, 130)]);
        for (dots, count) in [(384, 5), (480, 4), (512, 4), (576, 3)] {
            let bands = bands(&a4, dots);
            assert_eq!(bands.len(), count, "{dots}");
            assert!(bands.iter().all(|band| band.width() == dots), "{bands:?}");
        }
    }

    #[test]
    fn an_empty_page_is_no_paper() {
        assert!(bands(&page(100, 140, &[]), 576).is_empty());
    }

    #[test]
    fn a_page_made_for_narrow_paper_is_printed_upright() {
        let bands = bands(&page(640, 2340, &[(20, 30, 600, 2000)]), 576);
        assert_eq!(bands.len(), 1);
        assert_eq!((bands[0].width(), bands[0].height()), (576, 1920));
    }

    #[test]
    fn a_cut_goes_between_two_lines() {
        // black everywhere but for a white row a little off the middle
        let halves = page(420, 400, &[(0, 0, 420, 212), (0, 216, 420, 184)]);
        let bands = bands(&halves, 576);
        assert_eq!(bands.len(), 2);
        for band in bands {
            let ink = (0..band.height()).filter(|y| (0..band.width()).any(|x| band.get(x, *y))).count();
            assert!(ink > 0);
        }
    }
}
