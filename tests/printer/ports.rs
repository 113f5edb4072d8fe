//! The ways to a printer: a serial line, a USB device of the kernel, the network. Each is found again by itself.

use std::net::TcpListener;

use serde_json::json;
use totem::paper::{boleto_copy, payment_receipt};
use totem::printer::{Medium, Outcome, Settings, Status, open};

use crate::desk::{Desk, until};
use crate::papers;

fn desk_on(medium: Medium) -> Desk {
    let mut desk = Desk::with("epson_tm_t20x", |options| {
        options.tcp = (medium == Medium::Tcp).then(|| "127.0.0.1:0".parse().unwrap());
    });
    desk.settings.medium = medium;
    desk
}

const MEDIA: [Medium; 3] = [Medium::Serial, Medium::Usb, Medium::Tcp];

#[test]
fn a_paper_comes_out_over_every_line() {
    for medium in MEDIA {
        let desk = desk_on(medium);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready, "{medium:?}");
        assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::Done, "{medium:?}");
        assert_eq!(printer.print(&boleto_copy(&papers::slip())), Outcome::Done, "{medium:?}");
        assert_eq!(desk.papers().len(), 2, "{medium:?}");
        desk.is_clean();
    }
}

#[test]
fn a_printer_that_was_away_is_found_again_by_itself() {
    for medium in MEDIA {
        let desk = desk_on(medium);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready, "{medium:?}");
        desk.unplug();
        assert_eq!(printer.status(), Status::Absent, "{medium:?}");
        assert_eq!(
            printer.print(&payment_receipt(&papers::card_receipt())),
            Outcome::NotSent(Status::Absent),
            "{medium:?}"
        );
        desk.is_well();
        until(&mut *printer, Status::Ready);
        assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::Done, "{medium:?}");
        assert_eq!(desk.papers().len(), 1, "{medium:?}");
    }
}

#[test]
fn a_line_cut_in_the_middle_of_a_job_loses_it_and_mixes_no_papers() {
    for medium in MEDIA {
        let desk = desk_on(medium);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready, "{medium:?}");
        let begun = desk.count("bytes");
        desk.order(&json!({"rate_bytes_per_s": 40_000, "unplug_after_bytes": begun + 5_000}));
        let outcome = printer.print(&boleto_copy(&papers::slip()));
        assert!(matches!(outcome, Outcome::Lost | Outcome::Unknown), "{medium:?}: {outcome:?}");
        desk.is_well();
        until(&mut *printer, Status::Ready);
        assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::Done, "{medium:?}");
        assert!(!desk.papers().last().unwrap().contains("picture"), "{medium:?}");
    }
}

#[test]
fn a_second_program_is_told_that_the_port_is_taken() {
    for medium in [Medium::Serial, Medium::Usb] {
        let desk = desk_on(medium);
        let mut printer = desk.printer();
        assert_eq!(printer.status(), Status::Ready);
        assert_eq!(open(&desk.settings).unwrap().status(), Status::InUse, "{medium:?}");
        assert_eq!(printer.status(), Status::Ready);
    }
}

#[test]
fn something_in_the_network_that_lets_in_and_says_nothing_is_mute() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().to_string().into();
    let mut printer = open(&Settings { medium: Medium::Tcp, port, ..Settings::default() }).unwrap();
    assert_eq!(printer.status(), Status::Mute);
    let nowhere = "127.0.0.1:1".into();
    let mut printer = open(&Settings { medium: Medium::Tcp, port: nowhere, ..Settings::default() }).unwrap();
    assert_eq!(printer.status(), Status::Absent);
}

#[test]
fn a_device_that_is_not_there_or_not_ours_is_told() {
    for medium in [Medium::Serial, Medium::Usb] {
        let mut printer = open(&Settings { medium, port: "/nowhere/lp0".into(), ..Settings::default() }).unwrap();
        assert_eq!(printer.status(), Status::Absent);
    }
}

#[test]
fn every_setting_of_a_serial_line_is_taken() {
    use totem::printer::profile::{DataBits, Flow, Parity, StopBits};
    for (baud, parity, stop_bits, data_bits) in [
        (9600, Parity::None, StopBits::One, DataBits::Eight),
        (19_200, Parity::Even, StopBits::Two, DataBits::Eight),
        (38_400, Parity::Odd, StopBits::One, DataBits::Eight),
        (250_000, Parity::None, StopBits::One, DataBits::Eight),
    ] {
        for flow in [Flow::None, Flow::XonXoff] {
            let mut desk = Desk::of("generic_80mm");
            let settings = &mut desk.settings;
            (settings.baud, settings.parity, settings.flow) = (Some(baud), Some(parity), Some(flow));
            (settings.stop_bits, settings.data_bits) = (Some(stop_bits), Some(data_bits));
            let mut printer = desk.printer();
            assert_eq!(printer.status(), Status::Ready, "{baud} {parity:?} {flow:?}");
            assert_eq!(printer.print(&payment_receipt(&papers::card_receipt())), Outcome::Done, "{baud}");
        }
    }
}
