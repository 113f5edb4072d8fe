//! A picture from a file that anybody may have made: PNG or JPEG, of bounded size before it is opened and of bounded size
//! after.

use std::fmt;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::imageops::{FilterType, resize};
use image::{ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::folder::Unfit;

/// Of a file.
pub(super) const BYTES_MOST: u64 = 8 * 1024 * 1024;
/// What a camera of today makes.
const MEGAPIXELS_MOST: u32 = 13;
const SIDE_MOST: u32 = 10_000;
/// What is opened may take so much memory on its way.
const ALLOC_MOST: u64 = 128 * 1024 * 1024;

/// Red, green, blue and opacity, row by row from the top left.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

impl Picture {
    /// No larger than the box; never stretched.
    pub(super) fn open(bytes: &[u8], (width, height): (u32, u32)) -> Result<Picture, Unfit> {
        let format = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            ImageFormat::Png
        } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
            ImageFormat::Jpeg
        } else {
            return Err(Unfit::NoPicture);
        };
        if format == ImageFormat::Jpeg && !ends(bytes) {
            return Err(Unfit::Broken("o fim do arquivo falta".to_owned()));
        }
        // whoever wrote the reader did not think of every file
        let opened = catch_unwind(AssertUnwindSafe(|| decoded(bytes, format, (width, height))));
        opened.unwrap_or_else(|_| Err(Unfit::Broken("o leitor de imagens parou".to_owned())))
    }
}

/// Half a JPEG is drawn with a grey rest: its end is looked for, which some cameras fill up with zeros.
fn ends(bytes: &[u8]) -> bool {
    let tail = bytes.get(bytes.len().saturating_sub(4_096)..).unwrap_or(bytes);
    tail.windows(2).any(|pair| pair == [0xff, 0xd9])
}

fn decoded(bytes: &[u8], format: ImageFormat, (most_width, most_height): (u32, u32)) -> Result<Picture, Unfit> {
    let broken = |why: image::ImageError| Unfit::Broken(why.to_string());
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(SIDE_MOST), Some(SIDE_MOST));
    limits.max_alloc = Some(ALLOC_MOST);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.no_limits();
    let (width, height) = reader.into_decoder().map_err(broken)?.dimensions();
    let too_many = Unfit::TooManyPixels { width, height, most: MEGAPIXELS_MOST };
    let pixels = u64::from(width) * u64::from(height);
    if width == 0 || height == 0 || width.max(height) > SIDE_MOST || pixels > u64::from(MEGAPIXELS_MOST) * 1_000_000 {
        return Err(too_many);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let whole = reader.decode().map_err(broken)?.into_rgba8();
    let scale = (f64::from(most_width) / f64::from(width)).min(f64::from(most_height) / f64::from(height));
    let fitted = if scale < 1.0 {
        let side = |side: u32| ((f64::from(side) * scale).round() as u32).max(1);
        resize(&whole, side(width), side(height), FilterType::Triangle)
    } else {
        whole
    };
    Ok(Picture { width: fitted.width(), height: fitted.height(), rgba: fitted.into_raw() })
}
