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

/// Whoever opens a pipe waits for a reader: the printer's thread would wait for good.
#[test]
fn what_is_no_plain_file_is_refused_and_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    for (port, kind) in
        [(pipe.clone(), "um FIFO"), (folder.path().into(), "uma pasta"), ("/dev/null".into(), "um aparelho")]
    {
        let settings = Settings { medium: Medium::File, port, ..Settings::default() };
        let why = open(&settings).err().unwrap();
        assert!(why.starts_with("printer.port: ") && why.contains("um arquivo comum") && why.contains(kind), "{why}");
        assert_eq!(settings.mistakes().len(), 1);
    }
    // a pipe that takes the place of the file later
    let port = folder.path().join("papers.bin");
    let mut printer = open(&Settings { medium: Medium::File, port: port.clone(), ..Settings::default() }).unwrap();
    std::fs::rename(&pipe, &port).unwrap();
    assert_eq!(printer.status(), Status::Absent);
    assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::NotSent(Status::Absent));
}

#[test]
fn a_folder_that_is_not_there_is_an_absent_printer() {
    let port = "/nowhere/papers.bin".into();
    let mut printer = open(&Settings { medium: Medium::File, port, ..Settings::default() }).unwrap();
    assert_eq!(printer.status(), Status::Absent);
    assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::NotSent(Status::Absent));
}
