//! The service manager that keeps the totem alive: it is told when the totem is ready, how it stands, and again and
//! again that it still moves. What does not answer is not vouched for, and is started again. Whoever updates it may ask.

pub mod door;
mod notify;
mod watch;

use std::sync::OnceLock;
use std::time::Duration;

pub use notify::Manager;
pub use watch::{Watch, Witness};

/// How often the status line is looked at where no watchdog sets the pace.
const USUALLY: Duration = Duration::from_secs(10);
/// Between two looks for the first answers.
const AT_START: Duration = Duration::from_millis(50);
/// Looks within one period of the watchdog: a single late answer starts nothing again.
const LOOKS: u32 = 4;

static MANAGER: OnceLock<Manager> = OnceLock::new();

/// Tells `manager` on a thread of its own, for as long as the program lives.
pub fn start(
    manager: Manager,
    witnesses: Vec<Witness>,
    status: impl Fn() -> String + Send + 'static,
) -> std::io::Result<()> {
    let manager = MANAGER.get_or_init(|| manager);
    let watchdog = notify::watchdog();
    let pace = watchdog.map_or(USUALLY, |period| period / LOOKS);
    std::thread::Builder::new().name("service".into()).spawn(move || {
        let mut watch = Watch::over(witnesses);
        while !watch.silent().is_empty() {
            std::thread::sleep(AT_START);
        }
        let mut told = status();
        manager.tell(&["READY=1", &format!("STATUS={told}")]);
        loop {
            std::thread::sleep(pace);
            let now = match watch.look() {
                Ok(()) => {
                    if watchdog.is_some() {
                        manager.tell(&["WATCHDOG=1"]);
                    }
                    status()
                }
                Err(silent) => {
                    tracing::error!(silent = silent.join(", "), "the watchdog is not fed");
                    format!("parado: {} não responde", silent.join(" e "))
                }
            };
            if now != told && manager.tell(&[&format!("STATUS={now}")]) {
                told = now;
            }
        }
    })?;
    Ok(())
}

/// The end has begun. It may take a while: money in flight is waited for.
pub fn ends() {
    if let Some(manager) = MANAGER.get() {
        manager.tell(&["STOPPING=1", "STATUS=encerrando: espera o que está em andamento"]);
    }
}
