//! A page of somebody else's document, as its screen gets it.

use totem::domain::PageImage;
use totem::journey::step::{DocumentScreen, DocumentTitle};

/// A page with grey bars where an A4 has its lines.
pub fn document(part: Option<usize>) -> DocumentScreen {
    let shade = |at: usize| if (at / 1080) % 40 < 14 && (100..980).contains(&(at % 1080)) { 96 } else { 255 };
    DocumentScreen {
        title: DocumentTitle::Bill,
        page: 2,
        pages: 3,
        part,
        parts: part.map(|_| 4),
        drawing: false,
        failed: false,
        printed: None,
        image: PageImage::new(1080, (0..1080 * 1528).map(shade).collect()).unwrap(),
    }
}
