//! Logs go to standard error: standard output belongs to the line face.

use tracing_subscriber::EnvFilter;

/// `TOTEM_LOG` says what is logged (`info`, `totem=debug`, …).
pub fn start(usual: &str) {
    let filter = EnvFilter::try_from_env("TOTEM_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
}
