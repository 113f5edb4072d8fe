//! A page as shades of grey. Runs only in the process of its own.

use std::collections::BTreeSet;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::util::TransformExt;
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro::kurbo::Affine;
use hayro::vello_cpu::{Pixmap, RasterizerSettings, RenderContext, Resources, TargetInit, color};
use hayro::{RenderCache, RenderSettings, render_into};

use super::line::{Order, Reads, Reply};
use super::{Error, PAGES_MOST, Size, bars, digits};
use crate::domain::{PageImage, PageView};

/// The largest page that the format knows, in points (ISO 32000-1, annex C).
const LARGEST: f32 = 14_400.0;
/// Bars are read at 300 dots an inch: three to a module.
const READING: Size = Size { width: 2_480, height: 3_508 };
/// Pages whose bars and digits are read when a document is opened; of the others, each is when it is drawn.
const PAGES_READ: usize = 4;

/// How much of a page's width and height one of its parts shows: a little more than half, so that nothing is cut in two.
const PART: f64 = 0.55;

pub(super) fn draw(bytes: Vec<u8>, order: &Order) -> Result<(Reply, Vec<u8>), Error> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::Locked,
        _ => Error::NoPdf,
    })?;
    let pages = pdf.pages();
    match pages.len() {
        0 => return Err(Error::Empty),
        1..=PAGES_MOST => {}
        _ => return Err(Error::TooManyPages),
    }
    let page = order.page.checked_sub(1).and_then(|place| pages.get(place)).ok_or(Error::NoSuchPage)?;
    let cache = RenderCache::new();
    let (bars, lines) = match order.read {
        Reads::Nothing => Default::default(),
        Reads::Page => read(std::slice::from_ref(page), &cache),
        Reads::Document => read(pages.get(..PAGES_READ).unwrap_or(pages), &cache),
    };
    let image = shades(page, &cache, order.into, order.part)?;
    let reply = Reply { pages: pages.len(), width: image.width(), height: image.height(), bars, lines };
    Ok((reply, image.shades().to_vec()))
}

/// The boletos whose bars, and those whose digits, stand on the pages.
fn read<'a>(pages: &'a [Page<'a>], cache: &RenderCache<'a>) -> (Vec<String>, Vec<String>) {
    let (mut on_bars, mut on_lines) = (BTreeSet::new(), BTreeSet::new());
    for page in pages {
        if let Ok(pixmap) = drawn(page, cache, READING, None) {
            let width = usize::from(pixmap.width());
            // bars are black in every colour; most of the pixels are never looked at
            let shade = |x: usize, y: usize| pixmap.data().get(y * width + x).map_or(u8::MAX, |pixel| pixel.g);
            on_bars.extend(bars::on(width, usize::from(pixmap.height()), shade));
        }
        on_lines.extend(digits::on(page));
    }
    (on_bars.into_iter().collect(), on_lines.into_iter().collect())
}

fn shades<'a>(
    page: &'a Page<'a>,
    cache: &RenderCache<'a>,
    into: Size,
    part: Option<usize>,
) -> Result<PageImage, Error> {
    let pixmap = drawn(page, cache, into, part)?;
    let grey = pixmap.data().iter().map(|pixel| grey(pixel.r, pixel.g, pixel.b)).collect();
    PageImage::new(usize::from(pixmap.width()), grey).ok_or(Error::NoSuchSize)
}

fn drawn<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, into: Size, part: Option<usize>) -> Result<Pixmap, Error> {
    let (width, height) = page.render_dimensions();
    // also where it is not a number
    if !(1.0..=LARGEST).contains(&width) || !(1.0..=LARGEST).contains(&height) {
        return Err(Error::NoSuchSize);
    }
    let (width, height) = (f64::from(width), f64::from(height));
    let fits = |width: f64, height: f64| (pixels(into.width) / width).min(pixels(into.height) / height);
    let (scale, left, top, wide, high) = match part.map(|part| part.clamp(1, PageView::PARTS) - 1) {
        None => (fits(width, height), 0.0, 0.0, width, height),
        Some(part) => {
            let (wide, high) = (width * PART, height * PART);
            let left = if part % 2 == 1 { width - wide } else { 0.0 };
            let top = if part >= 2 { height - high } else { 0.0 };
            (fits(wide, high), left, top, wide, high)
        }
    };
    let (across, down) = (side(wide * scale, into.width), side(high * scale, into.height));
    let place = Affine::translate((-left * scale, -top * scale)) * Affine::scale(scale);
    let mut context = RenderContext::new(across, down);
    let transform = place * page.initial_transform(true).to_kurbo();
    let (interpreting, rendering) = (InterpreterSettings::default(), RenderSettings::default());
    render_into(page, cache, &interpreting, &rendering, &mut context, transform);
    context.flush();
    let mut pixmap = Pixmap::new(across, down);
    let white = RasterizerSettings { target_init: TargetInit::Clear(color::palette::css::WHITE), ..Default::default() };
    context.render_with(&mut pixmap, &mut Resources::default(), white);
    Ok(pixmap)
}

/// As bright as an eye takes it (ITU-R BT.601).
fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from(sum / 1000).unwrap_or(u8::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "a screen has far fewer than 2^52 dots each way")]
fn pixels(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between one and the box's side")]
fn side(length: f64, most: usize) -> u16 {
    (length.round().clamp(1.0, pixels(most))) as u16
}
