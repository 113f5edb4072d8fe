//! A display without a screen, the real program on it, and the hand of a customer.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::places::{SIZE, Screen, identify, invoices, phrase, verify};

/// Generous: a loaded machine is not a defect.
const PATIENCE: Duration = Duration::from_secs(90);
/// A touch so soon after a step of another kind is dropped by the window.
const SETTLES: Duration = Duration::from_millis(400);
/// A key looks pressed for a moment also where its touch is dropped.
const PRESSED: Duration = Duration::from_millis(300);

struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub struct Walk {
    display: String,
    demo: Ended,
    _xvfb: Ended,
    state: TempDir,
}

/// Whether the walks can be taken here. Without Xvfb, xdotool or ImageMagick they are skipped, which is no success where
/// `TOTEM_REQUIRE_WINDOW` is set.
pub fn there_is_a_display() -> bool {
    let missing: Vec<&str> = [("Xvfb", "-version"), ("xdotool", "--version"), ("import", "-version")]
        .into_iter()
        .filter(|(tool, version)| Command::new(tool).arg(version).output().is_err())
        .map(|(tool, _)| tool)
        .collect();
    assert!(missing.is_empty() || std::env::var_os("TOTEM_REQUIRE_WINDOW").is_none(), "not installed: {missing:?}");
    if !missing.is_empty() {
        eprintln!("SKIPPED: not installed: {missing:?}");
    }
    missing.is_empty()
}

impl Walk {
    /// A demonstration in a window of its own, at the welcome screen; `orders` are control files below the state folder.
    pub fn begin(orders: &[(&str, Value)]) -> Walk {
        let mut xvfb = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", &format!("{}x{}x24", SIZE.0, SIZE.1), "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(xvfb.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let display = format!(":{}", number.trim());
        let xvfb = Ended(xvfb);
        let state = tempfile::tempdir().unwrap();
        for (file, order) in orders {
            write(&state.path().join(file), order);
        }
        let demo = Command::new(env!("CARGO_BIN_EXE_totem"))
            .args(["demo", "--pace", "fast", "--window", &format!("{}x{}", SIZE.0, SIZE.1), "--state"])
            .arg(state.path())
            .env("DISPLAY", &display)
            .env("WINIT_X11_SCALE_FACTOR", "1")
            .env("XDG_CURRENT_DESKTOP", "none")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .stderr(fs::File::create(state.path().join("stderr")).unwrap())
            .spawn()
            .unwrap();
        let walk = Walk { display, demo: Ended(demo), _xvfb: xvfb, state };
        walk.see(&identify(), &phrase("identify-title"));
        walk.rest();
        walk
    }

    pub fn folder(&self) -> &Path {
        self.state.path()
    }

    pub fn order(&self, file: &str, order: &Value) {
        write(&self.folder().join(file), order);
    }

    /// Nobody touches it: a window that only stands there costs nothing, as soon as everything has begun.
    fn rest(&self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (window, all) = self.ticks();
            sleep(Duration::from_secs(5));
            let (window, all) = (self.ticks().0 - window, self.ticks().1 - all);
            eprintln!("idle for 5 s: {window} ticks of the window's thread, {all} of the process with its stand-ins");
            if window <= 2 && all <= 50 {
                return;
            }
            assert!(Instant::now() < deadline, "{window} and {all} ticks of 10 ms while nothing happens");
        }
    }

    /// User and system time so far, of the window's own thread and of the whole process.
    fn ticks(&self) -> (u64, u64) {
        let id = self.demo.0.id();
        let of = |file: String| {
            let text = fs::read_to_string(file).unwrap();
            let fields: Vec<&str> = text.rsplit_once(')').unwrap().1.split_whitespace().collect();
            fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
        };
        (of(format!("/proc/{id}/task/{id}/stat")), of(format!("/proc/{id}/stat")))
    }

    /// Waits until the window shows this text as this screen has it.
    pub fn see(&self, screen: &Screen, says: &str) {
        self.see_within(screen, says, PATIENCE);
    }

    pub fn see_within(&self, screen: &Screen, says: &str, patience: Duration) {
        let deadline = Instant::now() + patience;
        while !screen.is_shown_in(&self.pixels(), says) {
            if Instant::now() > deadline {
                let kept = std::env::temp_dir().join(format!("totem-walk{}.png", self.display));
                self.picture(&kept);
                panic!("waited for {says:?}; the window is in {}; it said:\n{}", kept.display(), self.log());
            }
            sleep(Duration::from_millis(150));
        }
    }

    fn pixels(&self) -> Vec<u8> {
        let shot = self.import().arg("rgba:-").output().unwrap();
        assert!(shot.status.success(), "{shot:?}");
        shot.stdout
    }

    pub fn picture(&self, file: &Path) {
        assert!(self.import().arg(file).status().unwrap().success());
    }

    fn import(&self) -> Command {
        let mut import = Command::new("import");
        import.args(["-display", &self.display, "-window", "root", "-depth", "8"]);
        import
    }

    /// One touch once the step has settled.
    pub fn touch(&self, at: (i32, i32)) {
        self.touch_until_taken(&[at], Duration::ZERO);
    }

    /// Touches once the step has settled, and again where they fell into nothing: what comes less than a moment after
    /// the window has drawn a new step is dropped, and when that was cannot be seen from here.
    pub fn touch_until_taken(&self, places: &[(i32, i32)], between: Duration) {
        let deadline = Instant::now() + PATIENCE;
        sleep(SETTLES);
        let before = self.pixels();
        loop {
            self.touches(places, between);
            if self.has_turned_from(&before) {
                return;
            }
            assert!(Instant::now() < deadline, "nothing comes of a touch at {places:?}: {}", self.log());
        }
    }

    /// Whether another picture is shown within some seconds, and not for a moment only.
    fn has_turned_from(&self, before: &[u8]) -> bool {
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            sleep(Duration::from_millis(150));
            if self.pixels() != before {
                sleep(PRESSED);
                if self.pixels() != before {
                    return true;
                }
            }
        }
        false
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder().join("stderr")).unwrap_or_default()
    }

    /// Touches one after another, in one go.
    pub fn touches(&self, places: &[(i32, i32)], between: Duration) {
        let mut hand = Command::new("xdotool");
        hand.env("DISPLAY", &self.display);
        for (x, y) in places {
            hand.args(["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
            if !between.is_zero() {
                hand.args(["sleep", &between.as_secs_f32().to_string()]);
            }
        }
        assert!(hand.status().unwrap().success());
    }

    pub fn types(&self, screen: &Screen, digits: &str, between: Duration) {
        let places: Vec<_> = digits.chars().map(|digit| screen.key(&digit.to_string())).collect();
        self.touches(&places, between);
    }

    /// Types who is there and the answer to the question.
    pub fn says_who(&self, cpf: &str, birth: &str) {
        let steady = Duration::from_millis(60);
        self.types(&identify(), cpf, steady);
        self.see(&verify(), &phrase("verify-title"));
        self.types(&verify(), birth, steady);
    }

    pub fn sees_the_bills(&self) {
        self.see(&invoices(1, 1), &phrase("invoices-title"));
    }

    /// Waits until a stand-in's book says so.
    pub fn book(&self, file: &str, holds: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let book: Option<Value> =
                fs::read(self.folder().join(file)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
            if let Some(book) = &book
                && holds(book)
            {
                return book.clone();
            }
            assert!(Instant::now() < deadline, "{file}: {book:#?}");
            sleep(Duration::from_millis(100));
        }
    }

    /// The words of every paper that came out.
    pub fn papers(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder().join("papers")).unwrap().map(|file| file.unwrap().path());
        let mut texts: Vec<PathBuf> =
            files.filter(|file| file.extension().is_some_and(|ending| ending == "txt")).collect();
        texts.sort();
        texts.iter().map(|file| fs::read_to_string(file).unwrap()).collect()
    }
}

/// In one step, so that the stand-in never reads half of it.
fn write(file: &Path, order: &Value) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let draft = file.with_extension("new");
    fs::write(&draft, order.to_string()).unwrap();
    fs::rename(draft, file).unwrap();
}
