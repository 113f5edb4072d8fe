//! What a phone and a bank's reader make of the papers: two decoders that are not ours read them.

#![allow(clippy::unwrap_used, reason = "a test may stop here")]

mod decoders;
mod papers;

use std::path::Path;

use papers::{BARCODE, PIX, WIDTHS, longest_payload, pix_slip, slip};
use totem::paper::{
    BoletoCopy, PixSlip, Width, boleto_copy, layout, payment_receipt, pix_code, render, undone_notice, with_tef_copy,
};

fn read_back(boleto: &BoletoCopy, width: &Width, payload: &str) {
    decoders::assert_reads(&render(&layout(&boleto_copy(boleto), width).unwrap()), payload, BARCODE);
}

#[test]
fn a_boleto_on_paper_reads_back_digit_for_digit() {
    for width in &WIDTHS {
        read_back(&slip(), width, PIX);
    }
}

#[test]
fn the_longest_pix_payload_reads_back_from_the_widest_and_the_narrowest_paper() {
    let payload = longest_payload();
    for width in [Width::MM80, Width::MM58] {
        read_back(&BoletoCopy { pix_payload: Some(payload.clone()), ..slip() }, &width, &payload);
    }
}

#[test]
fn a_pix_code_on_paper_reads_back_letter_for_letter_on_every_width() {
    for width in &WIDTHS {
        decoders::assert_reads_code(&render(&layout(&pix_code(&pix_slip()), width).unwrap()), PIX);
    }
    let payload = longest_payload();
    for width in [Width::MM80, Width::MM58] {
        let slip = PixSlip { payload: payload.clone(), ..pix_slip() };
        decoders::assert_reads_code(&render(&layout(&pix_code(&slip), &width).unwrap()), &payload);
    }
}

#[test]
fn every_letter_of_portuguese_is_drawn_and_looks_like_no_other() {
    let letters = "AaÁÀÂÃáàâãEeÉÊéêIiÍíOoÓÔÕóôõUuÚÜúüCcÇçªº°$%&@#0g";
    let pictures: std::collections::HashSet<Vec<u8>> = letters.chars().map(|l| drawn(&l.to_string())).collect();
    assert_eq!(pictures.len(), letters.chars().count());
    assert!(!pictures.contains(&drawn(" ")));
}

fn drawn(text: &str) -> Vec<u8> {
    let line = totem::paper::Block::Verbatim(vec![format!("|{text}|")]);
    let document = totem::paper::Document { name: "letter", blocks: vec![line] };
    render(&layout(&document, &Width::MM80).unwrap()).to_png()
}

/// `TOTEM_PAPERS=DIR cargo test --test paper_pictures` leaves the papers there to be looked at.
#[test]
fn a_paper_is_as_wide_as_its_head() {
    for width in &WIDTHS {
        let receipt = payment_receipt(&papers::card_receipt());
        let mut documents = vec![
            payment_receipt(&papers::pix_receipt()),
            payment_receipt(&papers::longest_receipt(2)),
            boleto_copy(&slip()),
            undone_notice(&papers::notice()),
            pix_code(&pix_slip()),
        ];
        documents.push(with_tef_copy(receipt, &papers::tef_lines()));
        for (number, document) in documents.iter().enumerate() {
            let picture = render(&layout(document, width).unwrap());
            assert_eq!(picture.width(), width.dots);
            if let Some(folder) = std::env::var_os("TOTEM_PAPERS") {
                let name = format!("{}-{number}-{}.png", document.name, width.columns);
                std::fs::write(Path::new(&folder).join(name), picture.framed(24, 24).to_png()).unwrap();
            }
        }
    }
}
