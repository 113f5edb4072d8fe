//! QR codes and bars as pictures, made when the view or the window changes and never while drawing: every module is a
//! whole number of pixels, so that a phone can read it.

use iced::widget::image::{self, FilterMethod, Handle};
use iced::{ContentFit, Element};

use super::look::{Look, MARGIN};
use crate::domain::PageImage;
use crate::journey::Step;
use crate::journey::step::Page;
use crate::paper::{Bitmap, itf, qr};

/// The quiet zone of a QR code, in modules (ISO/IEC 18004).
const QUIET: usize = 4;
/// The quiet zones of a boleto's bars together, in pixels.
const BARS_QUIET: usize = 80;

#[derive(Debug, Clone)]
pub struct Picture {
    handle: Handle,
    pub width: f32,
    pub height: f32,
}

/// A page of a document, to be fitted into whatever place there is.
fn page(image: &PageImage) -> Option<Handle> {
    let (width, height) = (u32::try_from(image.width()).ok()?, u32::try_from(image.height()).ok()?);
    let pixels: Vec<u8> = image.shades().iter().flat_map(|shade| [*shade, *shade, *shade, 255]).collect();
    Some(Handle::from_rgba(width, height, pixels))
}

impl Picture {
    fn of(bitmap: &Bitmap) -> Option<Picture> {
        let (width, height) = (u32::try_from(bitmap.width()).ok()?, u32::try_from(bitmap.height()).ok()?);
        let mut pixels = Vec::with_capacity(bitmap.width() * bitmap.height() * 4);
        for y in 0..bitmap.height() {
            for x in 0..bitmap.width() {
                let shade = if bitmap.get(x, y) { 0 } else { 255 };
                pixels.extend([shade, shade, shade, 255]);
            }
        }
        (width > 0 && height > 0).then(|| Picture {
            handle: Handle::from_rgba(width, height, pixels),
            width: width as f32,
            height: height as f32,
        })
    }

    pub fn view<'a, Message: 'a>(&self) -> Element<'a, Message> {
        image::Image::new(self.handle.clone())
            .width(self.width)
            .height(self.height)
            .content_fit(ContentFit::None)
            .filter_method(FilterMethod::Nearest)
            .into()
    }
}

/// The pictures of the step that is shown.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    pub qr: Option<Picture>,
    pub bars: Option<Picture>,
    pub page: Option<Handle>,
}

impl Codes {
    #[must_use]
    pub fn of(step: &Step, look: &Look) -> Codes {
        match step {
            Step::Pix(pix) => Codes { qr: qr_in(&pix.payload, pix_space(look)), ..Codes::default() },
            Step::Card(card) => {
                Codes { qr: card.code.as_deref().and_then(|code| qr_in(code, pix_space(look))), ..Codes::default() }
            }
            Step::Technician(technician) => match &technician.page {
                Page::PixTry(tried) => {
                    let qr = tried.payload.as_deref().and_then(|code| qr_in(code, pix_space(look)));
                    Codes { qr, ..Codes::default() }
                }
                _ => Codes::default(),
            },
            Step::Boleto(boleto) => Codes {
                qr: boleto.payload.as_deref().and_then(|payload| qr_in(payload, boleto_qr_space(look))),
                bars: bars_in(&boleto.barcode, look.width - 2.0 * look.u(MARGIN), look.u(150.0)),
                page: None,
            },
            Step::Document(document) => Codes { page: page(&document.image), ..Codes::default() },
            _ => Codes::default(),
        }
    }
}

/// The side of the square that the PIX screen has for its code, quiet zone included.
fn pix_space(look: &Look) -> f32 {
    if look.portrait() { look.u(700.0).min(look.width - 2.0 * look.u(MARGIN)) } else { look.height - look.u(254.0) }
}

fn boleto_qr_space(look: &Look) -> f32 {
    if look.portrait() { look.u(560.0) } else { look.height - look.u(500.0) }
}

fn qr_in(payload: &str, space: f32) -> Option<Picture> {
    let modules = qr::modules(payload)?.framed(QUIET, QUIET);
    let times = space as usize / modules.width();
    (times > 0).then(|| Picture::of(&modules.scaled(times)))?
}

/// Two pixels a module where the window is wide enough, else one.
fn bars_in(barcode: &str, space: f32, height: f32) -> Option<Picture> {
    let space = space as usize;
    let narrow = if space >= 2 * itf::bars(barcode, 1, 3, 1)?.width() + BARS_QUIET { 2 } else { 1 };
    let bars = itf::bars(barcode, narrow, 3 * narrow, height as usize)?;
    let quiet = (space.saturating_sub(bars.width()) / 2).min(BARS_QUIET / 2);
    Picture::of(&bars.framed(quiet, 12))
}
