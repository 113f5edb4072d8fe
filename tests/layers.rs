//! The walls between the rooms: reads the sources, and the dependencies, and fails on what has no business there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "layers/commands.rs"]
mod commands;
#[path = "layers/manual.rs"]
mod manual;
#[path = "layers/source.rs"]
mod source;
#[path = "layers/walls.rs"]
mod walls;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use source::names;
use walls::{DRIVERS, ROOMS, offence};

/// A file that passes this is two rooms.
const MOST_LINES: usize = 400;

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The names in Cargo.toml's `[dependencies]`, as code writes them.
fn dependencies() -> Vec<String> {
    let manifest = std::fs::read_to_string(home().join("Cargo.toml")).unwrap();
    let manifest: toml::Table = manifest.parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect()
}

/// `payment/tests.rs` and what is below `payment/tests/` are compiled for tests only.
fn is_of_tests(path: &Path) -> bool {
    path.strip_prefix(home().join("src"))
        .is_ok_and(|below| below.components().any(|part| part.as_os_str() == "tests.rs" || part.as_os_str() == "tests"))
}

fn room_of(file: &Path) -> String {
    let first = file.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// Every offence of one file, `file` being its place below `src`.
fn offences(file: &Path, text: &str) -> Vec<String> {
    let (room, shown) = (room_of(file), file.display().to_string());
    let all = names(file, text);
    // `use iced::widget::image` makes `image::Handle` iced's.
    let brought = |name: &String| all.iter().any(|named| named.path.len() > 1 && named.path.last() == Some(name));
    let crates: Vec<String> = dependencies().into_iter().filter(|name| !brought(name)).collect();
    let wrong = all.iter().filter_map(|named| {
        offence(&room, &shown, named, &crates).map(|what| format!("src/{shown}:{}: {what}", named.line))
    });
    wrong.collect()
}

#[test]
fn nobody_passes_a_wall() {
    let src = home().join("src");
    let mut wrong = Vec::new();
    for path in rust_files(&src) {
        // Tests of a room may stand in for the world around it.
        if !is_of_tests(&path) {
            wrong.extend(offences(path.strip_prefix(&src).unwrap(), &std::fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_passage_in_any_disguise_is_seen() {
    let seen = [
        ("payment/next.rs", "use crate::erp::Erp;", "payment may not use erp"),
        ("payment/next.rs", "use crate::{domain::Money, journal as j};", "payment may not use journal"),
        ("payment/next.rs", "use super::super::erp::Erp;", "payment may not use erp"),
        ("payment/next.rs", "mod deeper { use super::super::super::tef::Tef; }", "payment may not use tef"),
        ("payment/next.rs", "fn f() { let a = crate::ui::FONTS; }", "payment may not use ui"),
        ("payment/next.rs", "fn f() { format!(\"{}\", crate::ui::FONTS.len()); }", "payment may not use ui"),
        ("payment.rs", "use std::time::Instant;", "payment is pure: std::time"),
        ("journey/time.rs", "use std::{fmt, fs};", "journey is pure: std::fs"),
        ("domain/money.rs", "fn f() -> Timestamp { Timestamp::now() }", "domain is given the time: Timestamp::now"),
        (
            "domain/money.rs",
            "fn f() -> jiff::Zoned { jiff::Zoned::now() }",
            "domain is given the time: jiff::Zoned::now",
        ),
        ("domain/money.rs", "use jiff::tz::TimeZone; fn f() { TimeZone::system(); }", "the machine's time zone"),
        ("domain/money.rs", "use tokio::sync::mpsc;", "domain may not use tokio"),
        ("journey.rs", "use iced::Task;", "journey may not use iced"),
        ("journey.rs", "use iced_core::Size;", "journey may not use iced_core"),
        ("runtime/desk.rs", "use iced::futures::Stream;", "runtime may not use iced"),
        ("runtime/desk.rs", "use crate::erp::webservice_cliente::Settings;", "webservice_cliente is a driver"),
        ("erp/http.rs", "use crate::config::Config;", "erp may not use config"),
        ("pix/erp_code.rs", "use super::static_key::StaticKey;", "erp_code and static_key are strangers"),
        ("ui/window.rs", "use crate::journal::Journal;", "ui may not use journal"),
        ("simulator/erp.rs", "use crate::domain::Money;", "simulator may not use domain"),
        ("simulator/erp.rs", "use super::super::domain::Money;", "simulator may not use domain"),
        ("inspect.rs", "use crate::simulator::erp::people;", "inspect may not use simulator"),
        ("cli/demo.rs", "fn f() { unsafe { g() } }", "unsafe"),
        ("tef/clisitef/host.rs", "fn f() { unsafe { g() } }", "unsafe"),
        ("tef/clisitef/host.rs", "use crate::tef::file_exchange::Settings;", "are strangers"),
        ("cli/demo.rs", "fn f() { std::todo!() }", "todo! stands for something unfinished"),
    ];
    for (file, text, expected) in seen {
        let wrong = offences(Path::new(file), text);
        assert!(wrong.iter().any(|what| what.contains(expected)), "{text}: {wrong:?}");
    }
}

#[test]
fn what_is_allowed_is_not_called_an_offence() {
    let allowed = [
        ("payment/next.rs", "use crate::domain::Money; use super::fact::Fact; use serde::Serialize;"),
        ("payment/next.rs", "// use crate::erp::Erp;\nconst A: &str = \"crate::erp::Erp\";"),
        ("payment/next.rs", "#[cfg(test)]\nmod tests { use crate::journal::Journal; }"),
        ("payment/next.rs", "fn f(now: Timestamp) -> bool { self.now != now && erp.is_none() }"),
        ("erp/http/message.rs", "use super::super::Error; use super::breaker::Breaker;"),
        ("runtime/call.rs", "use crate::{erp, pix, tef}; use crate::erp::WriteOff;"),
        ("simulator/erp/desk.rs", "use crate::simulator::state::Orders; use super::super::http::Server;"),
        ("tef/clisitef/library.rs", "use libloading::Library; fn f() { unsafe { g() } }"),
        ("cli/demo.rs", "use totem::simulator; use totem::erp::webservice_cliente::Settings;"),
    ];
    for (file, text) in allowed {
        assert_eq!(offences(Path::new(file), text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn every_room_and_every_driver_has_its_row() {
    let lib = std::fs::read_to_string(home().join("src/lib.rs")).unwrap();
    let rooms: BTreeSet<&str> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(rooms, ROOMS.iter().map(|row| row.name).collect());
    for (port, drivers) in DRIVERS {
        for driver in drivers {
            assert!(home().join(format!("src/{port}/{driver}.rs")).exists(), "{port}/{driver}");
        }
    }
    let crates = dependencies();
    for row in &ROOMS {
        for name in row.crates {
            assert!(crates.iter().any(|known| known == name), "{} may use {name}, which is no dependency", row.name);
        }
    }
}

#[test]
fn a_dependency_that_nobody_names_is_not_carried() {
    let src = home().join("src");
    let mut named = BTreeSet::new();
    for path in rust_files(&src) {
        let text = std::fs::read_to_string(&path).unwrap();
        named.extend(names(path.strip_prefix(&src).unwrap(), &text).into_iter().map(|named| named.path[0].clone()));
    }
    let idle: Vec<String> = dependencies().into_iter().filter(|name| !named.contains(name)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn no_file_holds_two_rooms_and_each_says_what_it_is_for() {
    let mut wrong = Vec::new();
    for path in ["src", "tests"].iter().flat_map(|folder| rust_files(&home().join(folder))) {
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines", path.display()));
        }
        if !is_of_tests(&path) && path.starts_with(home().join("src")) && !text.starts_with("//! ") {
            wrong.push(format!("{}: does not begin with what it is responsible for", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(home()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What is compiled into the program on this machine: name and licence.
fn compiled_in() -> BTreeMap<String, String> {
    let tree = ["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}\t{l}"];
    let tree = cargo(&tree);
    // `(*)`: its own dependencies were listed before.
    let lines = tree.lines().filter_map(|line| line.trim_end_matches(" (*)").split_once('\t'));
    lines.map(|(package, licence)| (package.split(' ').next().unwrap().to_owned(), licence.to_owned())).collect()
}

fn deny() -> toml::Table {
    std::fs::read_to_string(home().join("deny.toml")).unwrap().parse().unwrap()
}

#[test]
fn the_program_carries_one_gui_stack_no_openssl_and_one_image_codec() {
    let crates = compiled_in();
    for needed in ["totem", "iced_tiny_skia", "rustls", "ring", "png"] {
        assert!(crates.contains_key(needed), "{needed} is not in the list, so the list is not to be trusted");
    }
    let deny = deny();
    let banned: Vec<&str> =
        deny["bans"]["deny"].as_array().unwrap().iter().map(|ban| ban["crate"].as_str().unwrap()).collect();
    for always in ["openssl-sys", "wgpu", "image-webp"] {
        assert!(banned.contains(&always), "deny.toml lets {always} in");
    }
    let tools = ["iced_test", "proptest", "tempfile"];
    let carried: Vec<&str> = banned.into_iter().chain(tools).filter(|name| crates.contains_key(*name)).collect();
    assert!(carried.is_empty(), "{carried:?}");
}

/// Whether one side of every `OR` is allowed whole; an exception (`WITH`) only permits more.
fn may_be_shipped(licence: &str, allowed: &[&str]) -> bool {
    let plain = licence.replace(['(', ')'], " ").replace('/', " OR ");
    let one = |name: &str| allowed.contains(&name.split(" WITH ").next().unwrap_or_default().trim());
    // `A AND (B OR C)` is never read too kindly: every word of it is looked at where there is an AND.
    if plain.contains(" AND ") {
        return plain.replace(" OR ", " AND ").split(" AND ").all(one);
    }
    plain.split(" OR ").any(one)
}

#[test]
fn every_library_in_the_program_may_be_shipped_in_it() {
    let deny = deny();
    let allowed: Vec<&str> =
        deny["licenses"]["allow"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert!(!may_be_shipped("GPL-3.0-only", &allowed) && !may_be_shipped("MIT AND GPL-3.0-only", &allowed));
    assert!(!may_be_shipped("", &allowed), "no licence is no permission");
    assert!(may_be_shipped("MIT OR GPL-3.0-only", &allowed));
    let refused: Vec<(String, String)> =
        compiled_in().into_iter().filter(|(_, licence)| !may_be_shipped(licence, &allowed)).collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn every_font_has_its_licence_beside_it() {
    let third = std::fs::read_to_string(home().join("THIRD-PARTY.md")).unwrap();
    let assets = home().join("assets/fonts");
    for entry in std::fs::read_dir(&assets).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(third.contains(&name), "THIRD-PARTY.md says nothing of {name}");
    }
}
