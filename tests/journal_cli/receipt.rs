//! The receipt of a payment as a PDF file: whose it is, what it must not say, and what it never writes over.

use std::path::Path;
use std::process::{Command, Output};

use totem::payment::{Entry, Fact};

use crate::journal_support::{Place, card_payment};
use crate::{CPF, a_shop, refused, said, totem};

/// A paid bill whose card's text is as narrow as a card terminal prints it.
fn paid_by_card(place: &Place, number: u64) -> Vec<Entry> {
    let mut entries = card_payment(&place.key, number, CPF);
    for entry in &mut entries {
        if let Fact::CardApproved { sale, .. } = &mut entry.fact {
            sale.customer_copy = vec!["           REDE DEMO - ELO".to_owned(), "VIA CLIENTE".to_owned()];
        }
    }
    entries
}

fn receipt_of(place: &Place, protocol: &str, file: &Path) -> Output {
    totem(place.dir.path(), &["receipt", protocol, "--pdf", file.to_str().unwrap()])
}

#[test]
fn a_receipt_is_made_again_as_a_file_that_says_that_it_is_the_second_and_hides_the_cpf() {
    let place = Place::new();
    let mut journal = place.open_alone();
    journal.append(&paid_by_card(&place, 1)).unwrap();
    let file = place.dir.path().join("recibo.pdf");
    // also beside the running totem, which holds the journal
    assert!(said(&receipt_of(&place, "261122-0001", &file)).contains("recibo.pdf"));
    let bytes = std::fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"%PDF-") && bytes.ends_with(b"%%EOF"), "{} bytes", bytes.len());
    let Ok(output) = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output() else {
        assert!(std::env::var_os("TOTEM_REQUIRE_PDF_TOOLS").is_none(), "apt-get install poppler-utils");
        return eprintln!("SKIPPED: pdftotext is not installed");
    };
    let words = String::from_utf8(output.stdout).unwrap();
    for part in ["2ª via", "261122-0001", "R$ 122,78", "000000001", "REDE DEMO - ELO", "***.***.*47-25", "Érica Á."]
    {
        assert!(words.contains(part), "{part:?} is missing in {words}");
    }
    assert!(!words.contains(CPF) && !words.contains("529.982.247-25"), "{words}");
}

#[test]
fn a_receipt_file_is_never_written_over_and_none_is_made_where_nothing_was_paid() {
    let place = a_shop();
    let file = place.dir.path().join("recibo.pdf");
    for (protocol, why) in [
        ("261122-0002", "nada foi recebido"),
        ("261122-0006", "nada foi recebido"),
        ("261122-0099", "não está neste diário"),
    ] {
        assert!(refused(&receipt_of(&place, protocol, &file), 1).contains(why), "{protocol}");
        assert!(!file.exists(), "{protocol}");
    }
    // a card's text that is wider than any paper of ours
    let mut journal = place.open_alone();
    let mut wide = paid_by_card(&place, 8);
    for entry in &mut wide {
        if let Fact::CardApproved { sale, .. } = &mut entry.fact {
            sale.customer_copy = vec!["X".repeat(100)];
        }
    }
    journal.append(&wide).unwrap();
    assert!(refused(&receipt_of(&place, "261122-0008", &file), 2).contains("o recibo não pôde ser feito"));
    assert!(!file.exists());
    std::fs::write(&file, "de outra pessoa").unwrap();
    journal.append(&paid_by_card(&place, 7)).unwrap();
    assert!(refused(&receipt_of(&place, "261122-0007", &file), 2).contains("não pôde ser escrito"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "de outra pessoa");
    let nowhere = place.dir.path().join("nada/recibo.pdf");
    assert!(refused(&receipt_of(&place, "261122-0007", &nowhere), 2).contains("não pôde ser escrito"));
}
