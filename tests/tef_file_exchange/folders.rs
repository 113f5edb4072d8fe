//! Folders that cannot be used: said with path and cause, and nothing reaches the manager.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use totem::tef::file_exchange::{self, Settings};
use totem::tef::{Error, SaleOutcome, Tef};

use crate::manager::*;

#[test]
fn an_unusable_folder_is_named_with_its_cause() {
    let place = Place::new();
    let file = place.root().join("file");
    fs::write(&file, "").unwrap();
    for (request, response, named) in [
        (place.root().join("gone"), place.response(), place.root().join("gone")),
        (place.request(), place.root().join("gone"), place.root().join("gone")),
        (file.clone(), place.response(), file.clone()),
        (place.request(), file.clone(), file.clone()),
        // a folder in which nobody may create a file, root neither
        (PathBuf::from("/proc/self/fdinfo"), place.response(), PathBuf::from("/proc/self/fdinfo")),
    ] {
        let settings = Settings { request_folder: request, response_folder: response, ..place.settings() };
        let mut driver = file_exchange::connect(settings).unwrap();
        let Err(Error::Folder(why)) = driver.check() else { panic!("{}", named.display()) };
        assert!(why.starts_with(named.to_str().unwrap()), "{why}");
        assert!(why.contains(": "), "{why}");
        assert!(matches!(sell(&mut driver), SaleOutcome::NotStarted(Error::Folder(_))));
        assert!(names(&place.request()).is_empty());
    }
}

#[test]
fn a_leftover_that_cannot_be_removed_stops_the_next_request() {
    let place = Place::new();
    fs::create_dir(place.request().join("intpos.tmp")).unwrap();
    let manager = approving(&place, APPROVED);
    let mut driver = place.driver();
    assert!(matches!(driver.check(), Err(Error::Folder(_))));
    assert!(manager.seen().is_empty());
}

#[test]
fn a_second_totem_on_the_same_directory_is_refused() {
    let place = Place::new();
    let first = place.driver();
    let Err(Error::Folder(why)) = file_exchange::connect(place.settings()) else { panic!() };
    assert!(why.contains("another totem"), "{why}");
    drop(first);
    assert!(file_exchange::connect(place.settings()).is_ok());
}

#[test]
fn a_driver_without_its_own_directory_does_not_begin() {
    let place = Place::new();
    fs::write(place.state(), "").unwrap();
    assert!(matches!(file_exchange::connect(place.settings()), Err(Error::Folder(_))));
}

#[test]
fn a_kept_sale_that_cannot_be_read_stops_sales_and_is_named() {
    let place = Place::new();
    let manager = approving(&place, APPROVED);
    let mut driver = place.driver();
    approved(sell(&mut driver));
    let kept = names(&place.state()).into_iter().find(|name| name.starts_with("approved-")).unwrap();
    fs::write(place.state().join(&kept), "{\"coupon\": 4711, \"last4\": 1234}").unwrap();
    let Err(Error::Folder(why)) = driver.pending() else { panic!() };
    assert!(why.contains(&kept) && !why.contains("1234}"), "{why}");
    assert!(matches!(sell(&mut driver), SaleOutcome::NotStarted(Error::Folder(_))));
    assert_eq!(manager.commands(), ["CRT"]);
}

const ON_A_FULL_DISK: &str = "TOTEM_TEST_FULL_DISK";

/// Runs the named test again, in a process whose files cannot grow beyond half a kilobyte.
fn run_on_a_full_disk(test: &str, place: &Path) {
    let run = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" --exact \"$1\" --nocapture"])
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env(ON_A_FULL_DISK, place)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8_lossy(&run.stdout).contains("1 passed"));
}

fn settings_at(root: &Path) -> Settings {
    Settings {
        request_folder: root.join("Req"),
        response_folder: root.join("Resp"),
        state_dir: root.join("state"),
        ..Place::new().settings()
    }
}

#[test]
fn a_request_that_does_not_fit_on_the_disk_is_never_shown_to_the_manager() {
    let Some(root) = std::env::var_os(ON_A_FULL_DISK).map(PathBuf::from) else {
        let place = Place::new();
        let test = "folders::a_request_that_does_not_fit_on_the_disk_is_never_shown_to_the_manager";
        run_on_a_full_disk(test, place.root());
        assert!(names(&place.request()).is_empty());
        return;
    };
    let mut settings = settings_at(&root);
    settings.identification.application = "T".repeat(4096);
    let outcome = file_exchange::connect(settings).unwrap().check();
    let Err(Error::Folder(why)) = outcome else { panic!("{outcome:?}") };
    assert!(why.contains("intpos.001"), "{why}");
}

#[test]
fn an_approval_that_cannot_be_kept_stays_with_the_manager_until_the_journal_holds_it() {
    let Some(root) = std::env::var_os(ON_A_FULL_DISK).map(PathBuf::from) else {
        let place = Place::new();
        fs::create_dir(place.state()).unwrap();
        fs::write(place.state().join("counter"), "100").unwrap();
        let lines: String = (1..=80).map(|n| format!("713-{n:03} = \"linha {n}\"\n")).collect();
        let whole = crlf(&format!("000-000 = CRT\n001-000 = 102\n{APPROVED}{lines}999-999 = 0\n"));
        fs::write(place.root().join("prepared"), whole).unwrap();
        let test = "folders::an_approval_that_cannot_be_kept_stays_with_the_manager_until_the_journal_holds_it";
        run_on_a_full_disk(test, place.root());
        assert!(place.response().join("intpos.001").exists());
        assert!(!names(&place.state()).iter().any(|name| name.ends_with(".json") && name.starts_with("approved-")));

        let _manager = approving(&place, APPROVED);
        let mut driver = place.driver();
        let found = driver.pending().unwrap();
        assert_eq!(found.iter().map(|sale| sale.coupon).collect::<Vec<_>>(), [4711]);
        driver.release(&found[0]).unwrap();
        assert_eq!(driver.pending(), Ok(Vec::new()));
        return;
    };
    let prepared = root.join("prepared");
    let place = Place::new();
    let _manager = Manager::start_at(&root.join("Req"), &root.join("Resp"), move |request, desk| {
        desk.accept(request);
        if request.command() == "CRT" {
            fs::rename(&prepared, desk.response("intpos.001")).unwrap();
        }
    });
    let mut settings = settings_at(&root);
    settings.identification = place.settings().identification;
    approved(sell(&mut file_exchange::connect(settings).unwrap()));
}
