//! `totem doctor`: the parts of the configuration, looked at one after another.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use clap::Args;
use totem::config;
use totem::doctor::{self, Devices, Finding, Patient, State};
use totem::journal::{self, Lock};
use totem::printer;

use super::{owner, run};

#[derive(Args)]
pub struct DoctorArgs {
    /// The configuration file
    #[arg(long, value_name = "FILE", default_value = "/etc/totem/totem.toml")]
    config: PathBuf,
    /// The machine's file system: where screen, touch, watchdog and units are looked for
    #[arg(long, value_name = "DIR", default_value = "/", hide = true)]
    root: PathBuf,
    /// One JSON object instead of lines
    #[arg(long)]
    json: bool,
}

/// 0 where all is well, 1 with warnings, 2 with errors.
pub fn doctor(args: &DoctorArgs) -> ExitCode {
    super::logs::start("off");
    let tell = |finding: &Finding| {
        if !args.json {
            println!("{}", doctor::as_text(finding));
        }
    };
    let found = match patient(args) {
        Ok((patient, _lock)) => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            match runtime {
                Ok(runtime) => runtime.block_on(doctor::examine(&patient, tell)),
                Err(why) => return super::failed(&why.to_string()),
            }
        }
        Err(finding) => {
            tell(&finding);
            vec![finding]
        }
    };
    if args.json {
        match doctor::as_json(&found) {
            Ok(json) => println!("{json}"),
            Err(why) => return super::failed(&why),
        }
    }
    match doctor::worst(&found) {
        State::Ok | State::NotChecked => ExitCode::SUCCESS,
        State::Warning => ExitCode::from(1),
        State::Error => ExitCode::from(2),
    }
}

/// Every finding, for whoever writes them down.
pub fn examined(config: &Path) -> Vec<Finding> {
    let args = DoctorArgs { config: config.to_owned(), root: PathBuf::from("/"), json: true };
    match patient(&args) {
        Ok((patient, _lock)) => match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(doctor::examine(&patient, |_| {})),
            Err(why) => vec![doctor::unmade(&why.to_string())],
        },
        Err(finding) => vec![finding],
    }
}

/// The lock is held as long as the patient is looked at: no totem starts between its devices and us.
fn patient(args: &DoctorArgs) -> Result<(Patient, Option<Lock>), Finding> {
    let survey = config::survey_from_outside(&args.config).map_err(|error| doctor::unreadable(&error))?;
    let (hosts, secrets, files, unread) = (survey.hosts(), survey.secrets(), survey.files(), survey.unread.clone());
    let config = survey.sound().map_err(|error| doctor::unreadable(&error))?;
    let unmade = |why: String| doctor::unmade(&why);
    let erp = config.erp.connect().map_err(unmade)?;
    let pix = if unread.is_empty() { run::pix_providers(&config).map_err(unmade)? } else { Vec::new() };
    let service = owner::service(&config.totem.state);
    let (devices, lock) = devices(&config.totem.state);
    let is_free = devices == Devices::Free;
    let tef = if is_free { run::tef(&config.tef).map_err(unmade)? } else { None };
    let wanted = config.printer.as_ref().filter(|_| is_free);
    let printer = wanted.map(|settings| printer::open_in(settings, &config.totem.state)).transpose().map_err(unmade)?;
    let patient = Patient {
        config,
        erp,
        pix,
        tef: Mutex::new(tef),
        printer: Mutex::new(printer),
        devices,
        hosts,
        secrets,
        unread,
        user: owner::whoami(),
        service,
        files,
        root: args.root.clone(),
    };
    Ok((patient, lock))
}

fn devices(state: &Path) -> (Devices, Option<Lock>) {
    let ours = rustix::process::geteuid().as_raw();
    let is_anothers = |place: &Path| place.metadata().is_ok_and(|found| found.uid() != ours);
    if is_anothers(state) {
        return (Devices::OfAnother, None);
    }
    match journal::hold(&state.join("journal.db")) {
        Ok(lock) => (Devices::Free, lock),
        Err(journal::Error::AlreadyRunning { .. }) => (Devices::InUse, None),
        Err(_) => (Devices::OfAnother, None),
    }
}
