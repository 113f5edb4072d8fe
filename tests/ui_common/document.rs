//! A page of somebody else's document, as its screen gets it: a bill of the stand-in ERP, drawn by the program itself.

use std::sync::OnceLock;

use totem::domain::{PageImage, PageView, Pdf};
use totem::journey::step::{DocumentScreen, DocumentTitle};
use totem::pdf::{Reader, Size};

/// The page, and its second part.
fn drawn() -> &'static [PageImage; 2] {
    static DRAWN: OnceLock<[PageImage; 2]> = OnceLock::new();
    DRAWN.get_or_init(|| {
        let file = Pdf::new(totem::simulator::erp::pdf::page(&[
            "SEGUNDA VIA DA FATURA 90".to_owned(),
            "Documento 2026110090   Nosso numero 21000001".to_owned(),
            "Vencimento 10/11/2026".to_owned(),
            "Valor R$ 122,78".to_owned(),
            "75691.31662 01006.726101 27210.000017 7 73380000001000".to_owned(),
        ]));
        let reader = Reader::new(env!("CARGO_BIN_EXE_totem").into()).patient(std::time::Duration::from_secs(60));
        let draw = |part| {
            let view = PageView { page: 1, part };
            reader.draw(&file, view, Size::SCREEN).unwrap().image
        };
        [draw(None), draw(Some(2))]
    })
}

pub fn document(part: Option<usize>) -> DocumentScreen {
    let [whole, enlarged] = drawn();
    DocumentScreen {
        title: DocumentTitle::Bill,
        page: 2,
        pages: 3,
        part,
        parts: part.map(|_| PageView::PARTS),
        drawing: false,
        failed: false,
        to_accept: false,
        printed: None,
        letter: None,
        image: if part.is_some() { enlarged.clone() } else { whole.clone() },
    }
}
