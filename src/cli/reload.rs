//! SIGHUP: the configuration is read again, and takes effect when nobody is served and no attempt is open. A wrong one
//! leaves the one before in force, and says so.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use totem::brand::Showcase;
use totem::config::{self, Config};
use totem::runtime::{Make, Renewal};

use super::run;

/// Watches for the signal on a thread of its own.
pub fn on_signal(path: &Path, config: &Config, desk: Renewal, showcase: Option<Showcase>) -> Result<(), String> {
    let about = |error: std::io::Error| format!("o totem não começou: {error}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(about)?;
    let (path, running) = (path.to_owned(), Arc::new(Mutex::new(config.clone())));
    // from here on the signal does not end the program any more
    let guard = runtime.enter();
    let hangup = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup());
    drop(guard);
    let mut hangup = hangup.map_err(about)?;
    let watch = move || {
        runtime.block_on(async {
            while hangup.recv().await.is_some() {
                read_again(&path, &running, &desk, showcase.as_ref());
            }
        });
    };
    std::thread::Builder::new().name("reload".into()).spawn(watch).map(drop).map_err(about)
}

fn read_again(path: &Path, running: &Arc<Mutex<Config>>, desk: &Renewal, showcase: Option<&Showcase>) {
    let wanted = match config::load(path) {
        Ok(wanted) => wanted,
        Err(error) => return tracing::error!("a configuração anterior continua valendo; a nova tem erros: {error}"),
    };
    let before = running.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if wanted.totem.state != before.totem.state {
        return tracing::error!(
            "a configuração anterior continua valendo: totem.state só muda com o totem fechado, levando a pasta junto"
        );
    }
    let has_changed =
        |one: &dyn std::fmt::Debug, other: &dyn std::fmt::Debug| format!("{one:?}") != format!("{other:?}");
    if wanted.screen != before.screen || has_changed(&wanted.fleet, &before.fleet) {
        tracing::warn!("[screen] e [fleet] só mudam quando o totem é reiniciado");
    }
    tracing::info!("a configuração nova está certa: vale assim que ninguém estiver sendo atendido");
    let in_force = Arc::clone(running);
    let (file, same_file) = (path.to_owned(), path.to_owned());
    let (meter, same, showcase) = (desk.meter(), desk.meter(), showcase.cloned());
    let make: Make = Box::new(move || {
        let parts = run::parts(&wanted, &file, wanted.advanced.rhythm(), &meter)?;
        if let Some(showcase) = showcase {
            showcase.wear(wanted.worn(), wanted.brand.folder.clone(), wanted.brand.zone());
        }
        *in_force.lock().unwrap_or_else(PoisonError::into_inner) = wanted;
        tracing::info!("a configuração nova está em vigor");
        Ok(parts)
    });
    desk.ask(make, Box::new(move || run::parts(&before, &same_file, before.advanced.rhythm(), &same)));
}
