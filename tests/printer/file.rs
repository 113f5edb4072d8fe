//! A printer that is a file.

use crate::papers;
use totem::paper::payment_receipt;
use totem::printer::{Medium, Outcome, Settings, Status, open};

#[test]
fn papers_are_appended_and_never_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("papers.bin");
    let mut printer = open(&Settings { medium: Medium::File, port: port.clone(), ..Settings::default() }).unwrap();
    assert_eq!(printer.status(), Status::Ready);
    let receipt = payment_receipt(&papers::card_receipt());
    assert_eq!(printer.print(&receipt), Outcome::Unconfirmed);
    let once = std::fs::read(&port).unwrap();
    assert_eq!(printer.print(&receipt), Outcome::Unconfirmed);
    assert_eq!(std::fs::read(&port).unwrap(), once.repeat(2));
    assert!(once.starts_with(b"\x1b@") && once.windows(8).any(|text| text == b"REDECARD"));
}

#[test]
fn a_folder_that_is_not_there_is_an_absent_printer() {
    let port = "/nowhere/papers.bin".into();
    let mut printer = open(&Settings { medium: Medium::File, port, ..Settings::default() }).unwrap();
    assert_eq!(printer.status(), Status::Absent);
    assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::NotSent(Status::Absent));
}
