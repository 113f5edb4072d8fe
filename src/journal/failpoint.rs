//! Where a test has the program end in the middle of writing a fact, as `kill -9` would end it:
//! `TOTEM_FAILPOINT=synced:card_approved`. A release build has no such places.

/// How far a fact has come.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// Written, not on disk: it must be as if it had never been.
    Unsynced,
    /// On disk, and the witness beside the journal does not know it.
    Unwitnessed,
    /// On disk, and nothing that follows from it was begun.
    Synced,
}

#[cfg(debug_assertions)]
pub(super) fn pass(moment: Moment, names: &[&str]) {
    let Ok(wanted) = std::env::var("TOTEM_FAILPOINT") else {
        return;
    };
    let moment = match moment {
        Moment::Unsynced => "unsynced",
        Moment::Unwitnessed => "unwitnessed",
        Moment::Synced => "synced",
    };
    if wanted.split_once(':').is_some_and(|(at, fact)| at == moment && names.contains(&fact)) {
        let killed = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        tracing::error!(?killed, %wanted, "still alive after a failpoint");
    }
}

#[cfg(not(debug_assertions))]
pub(super) fn pass(_: Moment, _: &[&str]) {}
