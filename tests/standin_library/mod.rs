//! Where the stand-in for the vendor's TEF library lies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

/// As cargo built it with all the tests; built now where only this test was asked for.
pub fn standin() -> PathBuf {
    static BUILT: Once = Once::new();
    let profile = std::env::current_exe().unwrap().parent().unwrap().parent().unwrap().to_owned();
    let library = profile.join("examples/libclisitef_standin.so");
    BUILT.call_once(|| {
        let modified = |path: &Path| std::fs::metadata(path).and_then(|about| about.modified()).ok();
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clisitef_standin");
        let newest = std::fs::read_dir(sources).unwrap().filter_map(|entry| modified(&entry.unwrap().path())).max();
        if modified(&library) < newest {
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["build", "--offline", "--quiet", "--example", "clisitef_standin"]);
            if profile.ends_with("release") {
                cargo.arg("--release");
            }
            let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap();
            assert!(built.success(), "cargo build --example clisitef_standin");
        }
    });
    library
}
