//! Logs go to standard error: standard output belongs to the line face. A totem that serves keeps its warnings too.

use std::io::{self, Write};
use std::path::Path;
use std::sync::OnceLock;

use totem::support::Lately;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer, fmt};

static KEPT: OnceLock<Lately> = OnceLock::new();

/// `TOTEM_LOG` says what is logged (`info`, `totem=debug`, …).
pub fn start(usual: &str) {
    let filter = EnvFilter::try_from_env("TOTEM_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    let shown = fmt::layer().with_writer(io::stderr).with_ansi(false).with_filter(filter);
    let kept = fmt::layer().with_writer(Kept::default).with_ansi(false).with_filter(LevelFilter::WARN);
    tracing_subscriber::registry().with(shown).with(kept).init();
}

/// From now on warnings are kept in this folder as well.
pub fn keep(folder: &Path) {
    match Lately::open(folder) {
        Ok(lately) => drop(KEPT.set(lately)),
        Err(error) => tracing::warn!(%error, "the last warnings are not kept"),
    }
}

/// Nobody's, until somebody said where to.
#[derive(Default)]
struct Kept;

impl Write for Kept {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match KEPT.get() {
            Some(lately) => lately.clone().write(line),
            None => Ok(line.len()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
