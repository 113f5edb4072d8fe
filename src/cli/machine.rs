//! The machine around the totem, as the panel asks for it: each errand on a thread of its own, and none of them for ever.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use totem::config;
use totem::journey::step::{PanelLine, PanelNews};
use totem::journey::technician::{Errand, ErrandDone, Level, Way};
use totem::support::{self, scrubbed, sticks};

use super::support::{name, now_s, papers, routes};

/// A tool that has not answered by then does not.
const PATIENCE: Duration = Duration::from_secs(15);
const LOOK: Duration = Duration::from_millis(20);
/// The last warnings on the screen.
const WARNINGS: usize = 60;
const STEP: u8 = 10;
/// Nobody could make it lighter again.
const DARKEST: u8 = 10;

/// Whoever runs errands for the panel.
#[derive(Debug, Clone)]
pub struct Clerk {
    /// The configuration's file.
    pub config: PathBuf,
    pub totem: String,
    pub state: PathBuf,
}

impl Clerk {
    pub fn run(&self, errand: Errand) -> ErrandDone {
        let root = Path::new("/");
        let done = match errand {
            Errand::Look => ErrandDone::default(),
            Errand::Network => read(self.network(root)),
            Errand::Log => read(self.warnings()),
            Errand::Carry => self.carry(root),
            Errand::Set(level, way) => set(root, level, way),
            Errand::Restart => halt("reboot"),
            Errand::PowerOff => halt("poweroff"),
        };
        ErrandDone { sound: sound(root), light: light(root).map(|light| light.percent()), ..done }
    }

    fn network(&self, root: &Path) -> Vec<PanelLine> {
        let routes = config::survey(&self.config).map(|survey| routes(&survey)).unwrap_or_default();
        let facts = support::facts(root, &routes);
        facts.into_iter().map(|(name, value)| PanelLine { name, value }).collect()
    }

    /// The newest first.
    fn warnings(&self) -> Vec<PanelLine> {
        let mut lines = support::last_lines(&self.state, WARNINGS);
        lines.reverse();
        if lines.is_empty() {
            lines.push("nenhum aviso guardado".to_owned());
        }
        lines.iter().map(|line| PanelLine { name: String::new(), value: scrubbed(line) }).collect()
    }

    fn carry(&self, root: &Path) -> ErrandDone {
        let name = name(&self.totem, Timestamp::now());
        let carried = match sticks(root).first() {
            // what takes a minute is only begun where it has a place to go to
            Some(stick) if stick.read_only => Err(support::Error::ReadOnly),
            Some(stick) => support::carry(stick, &name, &papers(&self.config), now_s()),
            None => Err(support::Error::NoStick),
        };
        let (news, said) = match carried {
            Ok(path) => (PanelNews::Carried, path.display().to_string()),
            Err(error) => (PanelNews::NotCarried, error.to_string()),
        };
        ErrandDone { news: Some(news), said: Some(said), ..ErrandDone::default() }
    }
}

fn read(lines: Vec<PanelLine>) -> ErrandDone {
    ErrandDone { lines: Some(lines), ..ErrandDone::default() }
}

fn halt(how: &str) -> ErrandDone {
    let (news, said) = match told("systemctl", &[how]) {
        Ok(_) => (PanelNews::Halting, None),
        Err(why) => (PanelNews::NotHalted, Some(why)),
    };
    ErrandDone { news: Some(news), said, ..ErrandDone::default() }
}

fn set(root: &Path, level: Level, way: Way) -> ErrandDone {
    let done = match level {
        Level::Sound => louder(way),
        Level::Light => {
            light(root).ok_or_else(|| "não há brilho a mudar".to_owned()).and_then(|light| light.moved(way))
        }
    };
    match done {
        Ok(()) => ErrandDone::default(),
        Err(why) => ErrandDone { news: Some(PanelNews::LevelNotSet), said: Some(why), ..ErrandDone::default() },
    }
}

/// In percent, where the machine has a sound card and one of the two tools tells.
fn sound(root: &Path) -> Option<u8> {
    let cards = std::fs::read_to_string(root.join("proc/asound/cards")).ok()?;
    if !cards.contains('[') {
        return None;
    }
    let of_pipewire = told("wpctl", &["get-volume", "@DEFAULT_AUDIO_SINK@"]).ok().and_then(|text| of_wpctl(&text));
    of_pipewire.or_else(|| told("amixer", &["get", "Master"]).ok().and_then(|text| of_amixer(&text)))
}

/// `Volume: 0.40 [MUTED]`
fn of_wpctl(text: &str) -> Option<u8> {
    let number: f64 = text.split_whitespace().nth(1)?.parse().ok()?;
    (0.0..=2.0).contains(&number).then(|| (number * 100.0).round().min(100.0) as u8)
}

/// `Front Left: Playback 26214 [40%] [on]`
fn of_amixer(text: &str) -> Option<u8> {
    text.split('[').find_map(|part| part.split_once("%]")?.0.parse().ok())
}

fn louder(way: Way) -> Result<(), String> {
    let step = if way == Way::More { format!("{STEP}%+") } else { format!("{STEP}%-") };
    let by_pipewire = told("wpctl", &["set-volume", "-l", "1.0", "@DEFAULT_AUDIO_SINK@", &step]);
    by_pipewire.or_else(|_| told("amixer", &["-q", "set", "Master", &step])).map(drop)
}

/// The screen's light, where Linux can change it.
struct Light {
    folder: PathBuf,
    now: u64,
    most: u64,
}

fn light(root: &Path) -> Option<Light> {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root.join("sys/class/backlight")).ok()?.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    folders.into_iter().find_map(|folder| {
        let number = |name: &str| std::fs::read_to_string(folder.join(name)).ok()?.trim().parse::<u64>().ok();
        let (now, most) = (number("brightness")?, number("max_brightness").filter(|most| *most > 0)?);
        Some(Light { folder, now, most })
    })
}

impl Light {
    fn percent(&self) -> u8 {
        u8::try_from(self.now.min(self.most) * 100 / self.most).unwrap_or(100)
    }

    fn moved(&self, way: Way) -> Result<(), String> {
        let percent = match way {
            Way::More => self.percent().saturating_add(STEP).min(100),
            Way::Less => self.percent().saturating_sub(STEP).max(DARKEST),
        };
        // rounded up, or a step could be none
        let value = (self.most * u64::from(percent)).div_ceil(100);
        std::fs::write(self.folder.join("brightness"), value.to_string()).map_err(|why| format!("brilho: {why}"))
    }
}

/// What a tool of the machine says; why not, in one line, where it fails, is not there, or hangs.
fn told(tool: &str, arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(tool);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|why| format!("{tool}: {why}"))?;
    let end = Instant::now() + PATIENCE;
    loop {
        match child.try_wait() {
            Ok(Some(_)) => break,
            Ok(None) if Instant::now() < end => std::thread::sleep(LOOK),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{tool} não respondeu em {} s", PATIENCE.as_secs()));
            }
        }
    }
    let out = child.wait_with_output().map_err(|why| format!("{tool}: {why}"))?;
    if out.status.success() {
        return Ok(String::from_utf8_lossy(&out.stdout).into_owned());
    }
    let why = String::from_utf8_lossy(&out.stderr);
    Err(format!("{tool}: {}", why.lines().next().unwrap_or("não disse por quê")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_volume_is_read_from_either_tool() {
        assert_eq!(of_wpctl("Volume: 0.40\n"), Some(40));
        assert_eq!(of_wpctl("Volume: 1.30 [MUTED]\n"), Some(100));
        assert_eq!(of_wpctl("nada"), None);
        assert_eq!(of_amixer("  Front Left: Playback 26214 [40%] [on]\n"), Some(40));
        assert_eq!(of_amixer("Simple mixer control"), None);
    }

    #[test]
    fn a_machine_without_sound_or_light_has_neither_to_set() {
        let root = tempfile::tempdir().unwrap();
        assert!(sound(root.path()).is_none() && light(root.path()).is_none());
        std::fs::create_dir_all(root.path().join("proc/asound")).unwrap();
        std::fs::write(root.path().join("proc/asound/cards"), "--- no soundcards ---\n").unwrap();
        assert!(sound(root.path()).is_none());
        let done = set(root.path(), Level::Light, Way::More);
        assert_eq!(done.news, Some(PanelNews::LevelNotSet));
    }

    #[test]
    fn the_screen_gets_lighter_and_darker_and_never_dark() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("sys/class/backlight/intel");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("max_brightness"), "937\n").unwrap();
        std::fs::write(folder.join("brightness"), "281\n").unwrap();
        let percent = || light(root.path()).unwrap().percent();
        assert_eq!(percent(), 29);
        set(root.path(), Level::Light, Way::More);
        assert_eq!(percent(), 39);
        for _ in 0..12 {
            set(root.path(), Level::Light, Way::Less);
        }
        assert_eq!(percent(), DARKEST);
        for _ in 0..12 {
            set(root.path(), Level::Light, Way::More);
        }
        assert_eq!(percent(), 100);
    }

    #[test]
    fn a_tool_that_is_not_there_or_fails_says_so() {
        assert!(told("totem-nao-existe", &[]).unwrap_err().starts_with("totem-nao-existe: "));
        assert_eq!(told("sh", &["-c", "echo não pode >&2; exit 3"]).unwrap_err(), "sh: não pode");
        assert_eq!(told("sh", &["-c", "echo sim"]).unwrap(), "sim\n");
    }
}
