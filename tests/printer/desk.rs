//! A stand-in printer of a maker, and the driver before it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use totem::printer::{Medium, Printer, Settings, open_in};
use totem::simulator::printer::{Model, Options, Running, start};
use totem::simulator::state::order;

const PATIENCE: Duration = Duration::from_secs(20);

/// Each profile with the stand-in that its printer is like, and the dots of its head.
pub const PROFILES: [(&str, Model, u16); 13] = [
    ("generic_80mm", Model::Epson, 576),
    ("generic_58mm", Model::Epson, 384),
    ("bematech_mp4200", Model::Bematech, 576),
    ("bematech_mp4200_esc_bema", Model::Bematech, 576),
    ("control_id", Model::Epson, 576),
    ("custom_vkp80iii", Model::Custom, 576),
    ("daruma_dr800", Model::Daruma, 576),
    ("elgin_i9", Model::Epson, 576),
    ("elgin_vip", Model::Elgin, 576),
    ("epson_tm_t20x", Model::Epson, 576),
    ("epson_tm_t88", Model::Epson, 512),
    ("gertec", Model::Epson, 576),
    ("tanca", Model::Epson, 576),
];

pub struct Desk {
    folder: TempDir,
    standin: Running,
    pub settings: Settings,
}

impl Desk {
    /// The profile's stand-in on a pseudo-terminal.
    pub fn of(profile: &str) -> Desk {
        Desk::with(profile, |_| {})
    }

    pub fn with(profile: &str, change: impl FnOnce(&mut Options)) -> Desk {
        let (_, model, dots) = PROFILES.into_iter().find(|(name, ..)| *name == profile).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options { model, dots, ..Options::at(&folder.path().join("printer")) };
        change(&mut options);
        let standin = start(&options).unwrap();
        let settings = Settings {
            port: standin.port().to_owned(),
            medium: if options.tcp.is_some() { Medium::Tcp } else { Medium::Serial },
            profile: profile.to_owned(),
            job_deadline_s: 12,
            ..Settings::default()
        };
        std::fs::create_dir(folder.path().join("totem")).unwrap();
        Desk { folder, standin, settings }
    }

    /// A totem's printer, new or after a restart.
    pub fn printer(&self) -> Box<dyn Printer> {
        open_in(&self.settings, &self.folder.path().join("totem")).unwrap()
    }

    /// Orders a fault. It is in force for whatever is sent from now on; what it does by itself is given some time.
    pub fn order(&self, faults: &Value) {
        order(self.standin.papers(), faults).unwrap();
        // it looks at its orders every 40 ms
        std::thread::sleep(Duration::from_millis(120));
    }

    /// Pulls the cable.
    pub fn unplug(&self) {
        let before = self.count("unplugged");
        order(self.standin.papers(), &json!({"unplug": true})).unwrap();
        self.wait_until("the cable is pulled", |desk| desk.count("unplugged") > before);
    }

    pub fn is_well(&self) {
        self.order(&json!({}));
    }

    pub fn book(&self) -> Value {
        serde_json::from_slice(&std::fs::read(self.standin.book()).unwrap()).unwrap()
    }

    pub fn count(&self, what: &str) -> u64 {
        self.book()[what].as_u64().unwrap()
    }

    /// The texts of the papers that came out.
    pub fn papers(&self) -> Vec<String> {
        let text = |paper: &Value| {
            std::fs::read_to_string(self.standin.papers().join(paper["txt"].as_str().unwrap())).unwrap()
        };
        self.book()["papers"].as_array().unwrap().iter().map(text).collect()
    }

    pub fn picture(&self, number: usize) -> PathBuf {
        self.standin.papers().join(format!("paper-{number:04}.png"))
    }

    pub fn wait_until(&self, what: &str, holds: impl Fn(&Desk) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < deadline, "never: {what}: {:#}", self.book());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Nothing that no table knows.
    pub fn is_clean(&self) {
        assert_eq!(self.count("errors"), 0, "{}", self.book()["last_error"]);
        assert_eq!(self.count("warnings"), 0, "{}", self.settings.profile);
    }
}

/// Asks until the printer says so.
pub fn until(printer: &mut dyn Printer, wanted: totem::printer::Status) {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let status = printer.status();
        if status == wanted {
            return;
        }
        assert!(Instant::now() < deadline, "never {wanted:?}, still {status:?}");
    }
}

/// The technician says so until the printer agrees.
pub fn until_released(printer: &mut dyn Printer) {
    let deadline = Instant::now() + PATIENCE;
    while !printer.release() {
        assert!(Instant::now() < deadline, "never released");
    }
}
