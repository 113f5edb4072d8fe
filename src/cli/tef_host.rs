//! `totem tef-host`: the process that holds the vendor's TEF library. The totem starts it, and speaks to it by lines.

use totem::tef::clisitef;

pub fn tef_host() -> Result<(), String> {
    // The service manager tells every process of the totem to end; this one ends when the totem does, so that no sale is
    // cut off. A signal that was waited for once never ends a process again.
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let deaf = runtime.block_on(async {
        use tokio::signal::unix::{SignalKind, signal};
        Ok::<_, std::io::Error>([signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?])
    });
    let _deaf = deaf.map_err(|error| error.to_string())?;
    clisitef::serve().map_err(|error| error.to_string())
}
