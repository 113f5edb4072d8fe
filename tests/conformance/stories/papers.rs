//! What a bill can be paid with elsewhere, and the lists of the write-off table.

use totem::domain::BrCode;
use totem::erp::Capability;

use crate::relay::Deed;
use crate::scene::{Scene, Told};
use crate::subjects::Subject;

const TOO_LARGE_A_PDF: usize = 12 * 1024 * 1024;

pub fn boleto(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    if !scene.can(Capability::Boleto) {
        return Told::NotAble;
    }
    let (bill, _) = scene.bill();
    let boleto = scene.runtime.block_on(scene.erp.boleto(&bill)).unwrap().expect("bill 90 has a boleto");
    assert_eq!(boleto.line().len(), 47);
    assert!(boleto.value().is_some_and(|value| !value.is_zero()));
    Told::Well
}

pub fn pix(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    if !scene.can(Capability::PixCode) {
        return Told::NotAble;
    }
    let (bill, _) = scene.bill();
    let code = scene.runtime.block_on(scene.erp.pix_code(&bill)).unwrap().expect("bill 90 has a PIX code");
    BrCode::parse(&code).unwrap_or_else(|error| panic!("{error}: {code}"));
    Told::Well
}

pub fn pdf(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    if !scene.can(Capability::Pdf) {
        return Told::NotAble;
    }
    let (bill, _) = scene.bill();
    let pdf = scene.runtime.block_on(scene.erp.pdf(&bill)).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 200, "{} bytes", pdf.len());
    Told::Well
}

/// Everything that is asked from now on, but for a sign-in, gets this.
fn pdf_with(subject: &'static Subject, deed: Deed) -> Told {
    let scene = Scene::of(subject);
    if !scene.can(Capability::Pdf) {
        return Told::NotAble;
    }
    let (bill, _) = scene.bill();
    scene.relay.order(1000, deed, |asked| !(subject.is_sign_in)(asked));
    let got = scene.runtime.block_on(scene.erp.pdf(&bill));
    assert!(got.is_err(), "{} bytes were taken for a PDF", got.unwrap().len());
    Told::Well
}

pub fn not_a_pdf(subject: &'static Subject) -> Told {
    pdf_with(subject, Deed::Say { carried_out: false, status: 200, body: "<html>Acesso ao sistema</html>" })
}

/// What is cut off in the middle, and JSON that holds no paper.
pub fn half_a_pdf(subject: &'static Subject) -> Told {
    let half = Deed::Say { carried_out: false, status: 200, body: "{\"base_64\":\"JVBERi0xLjQK\",\"link\":" };
    let none =
        Deed::Say { carried_out: false, status: 200, body: "{\"status\":\"ok\",\"base_64\":\"\",\"link\":\"\"}" };
    match pdf_with(subject, half) {
        Told::Well => pdf_with(subject, none),
        not_able => not_able,
    }
}

pub fn huge_pdf(subject: &'static Subject) -> Told {
    pdf_with(subject, Deed::Flood("%PDF-1.4\n", TOO_LARGE_A_PDF))
}

pub fn lookups(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    scene.runtime.block_on(scene.erp.discover()).unwrap();
    if !scene.can(Capability::Lookups) {
        return Told::NotAble;
    }
    let lookups = scene.runtime.block_on(scene.erp.lookups()).unwrap();
    assert!(!lookups.is_empty() && lookups.iter().any(|lookup| !lookup.entries.is_empty()), "{lookups:?}");
    for lookup in &lookups {
        assert!(lookup.entries.iter().all(|entry| !entry.id.is_empty()), "{lookup:?}");
    }
    Told::Well
}
