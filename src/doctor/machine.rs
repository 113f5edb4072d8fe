//! The machine around the program: screen, touch, stray pointers, watchdog and the unit that starts the totem. Read from
//! the files in which Linux tells of them.

use std::fs;
use std::path::Path;

use super::{Finding, Patient, Reply, State};

/// `ABS_MT_POSITION_X`, `ABS_X` and `BTN_TOUCH` of linux/input-event-codes.h.
const MANY_FINGERS: usize = 0x35;
const ONE_FINGER: usize = 0x00;
const TOUCHED: usize = 0x14a;
/// `BTN_TOOL_FINGER`: a touchpad has it, a screen has not. `BTN_TOOL_PEN`: a drawing tablet.
const NO_SCREEN: [usize; 2] = [0x145, 0x140];
/// Where a rule of the package has every mouse and touchpad left out.
const RULES: [&str; 2] = ["usr/lib/udev/rules.d/60-totem.rules", "etc/udev/rules.d/60-totem.rules"];
const UNITS: [&str; 2] = ["etc/systemd/system/totem.service", "usr/lib/systemd/system/totem.service"];

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        let root = &patient.root;
        let (is_shown, display) = display(root);
        let mut found = vec![display];
        found.extend(input(root, is_shown));
        found.extend(service(root));
        found
    })
}

fn unseen(part: &str, says: &str) -> Finding {
    Finding::new(State::NotChecked, part, format!("não verificado: {says}"), "rode isto na máquina do totem")
}

/// Whether a screen is plugged in, and what there is to say of it.
fn display(root: &Path) -> (bool, Finding) {
    let part = "tela";
    let outputs = fs::read_dir(root.join("sys/class/drm")).map(|entries| {
        let paths = entries.flatten().map(|entry| entry.path());
        paths.filter(|path| path.join("status").is_file()).collect::<Vec<_>>()
    });
    let outputs = outputs.unwrap_or_default();
    let is_on = |path: &&std::path::PathBuf| {
        fs::read_to_string(path.join("status")).is_ok_and(|status| status.trim() == "connected")
    };
    match outputs.iter().find(is_on) {
        Some(output) => {
            let modes = fs::read_to_string(output.join("modes")).unwrap_or_default();
            let name = output.file_name().unwrap_or_default().to_string_lossy();
            (true, Finding::ok(part, format!("{name}, {}", modes.lines().next().unwrap_or("sem resolução"))))
        }
        None if outputs.is_empty() => (false, unseen(part, "esta máquina não tem saída de vídeo")),
        None => {
            let to_do = "confira o cabo e a energia da tela";
            (false, Finding::error(part, "nenhuma tela está ligada", to_do))
        }
    }
}

/// One device as `/proc/bus/input/devices` tells of it.
#[derive(Default)]
struct Device {
    name: String,
    absolute: String,
    keys: String,
    handlers: String,
}

/// Whether a bit is set in words of 64 bits, the highest first.
fn has(words: &str, bit: usize) -> bool {
    let words: Vec<&str> = words.split_whitespace().rev().collect();
    let word = words.get(bit / 64).and_then(|word| u64::from_str_radix(word, 16).ok());
    word.is_some_and(|word| (word >> (bit % 64)) & 1 == 1)
}

impl Device {
    /// Of many fingers or of one.
    fn is_touch(&self) -> bool {
        let is_touched = has(&self.absolute, ONE_FINGER) && has(&self.keys, TOUCHED);
        (has(&self.absolute, MANY_FINGERS) || is_touched) && !NO_SCREEN.iter().any(|tool| has(&self.keys, *tool))
    }

    fn is_pointer(&self) -> bool {
        self.handlers.split_whitespace().any(|handler| handler.starts_with("mouse")) && !self.is_touch()
    }
}

fn devices(text: &str) -> Vec<Device> {
    let one = |block: &str| {
        let value = |begins: &str| block.lines().find_map(|line| line.strip_prefix(begins)).unwrap_or_default();
        Device {
            name: value("N: Name=").trim_matches('"').to_owned(),
            absolute: value("B: ABS=").to_owned(),
            keys: value("B: KEY=").to_owned(),
            handlers: value("H: Handlers=").to_owned(),
        }
    };
    text.split("\n\n").filter(|block| !block.trim().is_empty()).map(one).collect()
}

fn input(root: &Path, is_shown: bool) -> Vec<Finding> {
    let part = "toque";
    let Ok(text) = fs::read_to_string(root.join("proc/bus/input/devices")) else {
        return vec![unseen(part, "a máquina não diz o que está ligado")];
    };
    let all = devices(&text);
    let touch = all.iter().find(|device| device.is_touch());
    let mut found = vec![match touch {
        Some(device) => Finding::ok(part, format!("há tela de toque ({})", device.name)),
        None if is_shown => Finding::error(
            part,
            "nenhuma tela de toque: ninguém consegue usar o totem",
            "confira o cabo USB do toque e o driver",
        ),
        None => unseen(part, "não há tela de toque nesta máquina"),
    }];
    let pointers: Vec<&str> = all.iter().filter(|one| one.is_pointer()).map(|one| one.name.as_str()).collect();
    let is_ruled = RULES.iter().any(|rule| root.join(rule).is_file());
    // without a touch screen this is somebody's desk
    if touch.is_some() && !pointers.is_empty() && is_ruled {
        let says =
            format!("{} está ligado, e o totem não o vê: a regra udev do pacote o deixa de fora", pointers.join(", "));
        found.push(Finding::ok("ponteiro", says));
    } else if touch.is_some() && !pointers.is_empty() {
        found.push(Finding::warning(
            "ponteiro",
            format!("há mouse ou touchpad além do toque: {}", pointers.join(", ")),
            "desligue, ou ponha LIBINPUT_IGNORE_DEVICE=1 numa regra udev",
        ));
    }
    found
}

fn service(root: &Path) -> Vec<Finding> {
    if !root.join("run/systemd/system").is_dir() {
        return vec![unseen("serviço", "esta máquina não usa systemd")];
    }
    let unit = UNITS.iter().find(|unit| root.join(unit).exists());
    let service = match unit {
        Some(unit) if root.join("etc/systemd/system/totem.service.d").is_dir() => {
            Finding::ok("serviço", format!("/{unit}, com mudanças em /etc/systemd/system/totem.service.d"))
        }
        Some(unit) => Finding::ok("serviço", format!("/{unit}")),
        None => Finding::warning(
            "serviço",
            "não há totem.service: depois de uma queda de energia o totem não volta sozinho",
            "instale uma unidade do systemd com Restart=always e WantedBy=multi-user.target",
        ),
    };
    vec![service, watchdog(root)]
}

fn watchdog(root: &Path) -> Finding {
    let part = "vigia do hardware";
    if !root.join("dev/watchdog").exists() {
        let to_do = "ligue o watchdog na BIOS, se houver; sem ele uma máquina travada espera por uma pessoa";
        return Finding::new(State::NotChecked, part, "esta máquina não tem /dev/watchdog", to_do);
    }
    let mut files = vec![root.join("etc/systemd/system.conf")];
    if let Ok(more) = fs::read_dir(root.join("etc/systemd/system.conf.d")) {
        files.extend(more.flatten().map(|entry| entry.path()));
    }
    let is_set = |text: String| {
        let mut values =
            text.lines().filter_map(|line| line.trim().strip_prefix("RuntimeWatchdogSec=").map(str::to_owned));
        values.next_back().is_some_and(|value| !["", "0", "off"].contains(&value.trim()))
    };
    if files.iter().any(|file| fs::read_to_string(file).is_ok_and(is_set)) {
        Finding::ok(part, "armado pelo systemd")
    } else {
        Finding::warning(
            part,
            "existe e ninguém o arma: uma máquina travada fica travada",
            "ponha RuntimeWatchdogSec=30 em /etc/systemd/system.conf",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOUCH: &str = "I: Bus=0003\nN: Name=\"ILITEK Multi-Touch\"\nH: Handlers=mouse0 event3 \nB: PROP=2\n\
        B: EV=1b\nB: ABS=3273800000000003\n";
    const MOUSE: &str = "I: Bus=0003\nN: Name=\"Logitech USB Mouse\"\nH: Handlers=mouse1 event4 \nB: REL=903\n";
    const KEYS: &str = "I: Bus=0011\nN: Name=\"AT Keyboard\"\nH: Handlers=sysrq kbd event0 \nB: KEY=4\n";

    fn machine(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    fn states(found: &[Finding]) -> Vec<(&str, State)> {
        found.iter().map(|one| (one.part.as_str(), one.state)).collect()
    }

    #[test]
    fn a_touch_screen_is_needed_and_a_mouse_beside_it_is_one_too_many() {
        let with = |text: &str| input(machine(&[("proc/bus/input/devices", text)]).path(), true);
        assert_eq!(states(&with(&format!("{KEYS}\n{TOUCH}"))), [("toque", State::Ok)]);
        let both = with(&format!("{MOUSE}\n{TOUCH}\n{KEYS}"));
        assert_eq!(states(&both), [("toque", State::Ok), ("ponteiro", State::Warning)]);
        assert!(both[1].says.contains("Logitech USB Mouse"), "{both:?}");
        assert_eq!(states(&with(MOUSE)), [("toque", State::Error)]);
        // one finger only, as older screens have; a touchpad and a pen's tablet are no screens
        let one = "N: Name=\"eGalax\"\nH: Handlers=mouse0 event5\nB: KEY=400 0 0 0 0 0\nB: ABS=3\n";
        assert_eq!(states(&with(one)), [("toque", State::Ok)]);
        for (keys, absolute) in
            [("420 10000 0 0 0 0", "260800000000003"), ("401 0 0 0 0 0", "3"), ("10000 0 0 0 0", "3")]
        {
            let other = format!("N: Name=\"x\"\nH: Handlers=mouse0 event5\nB: KEY={keys}\nB: ABS={absolute}\n");
            assert_eq!(states(&with(&other)), [("toque", State::Error)], "{keys}");
        }
        let both = format!("{MOUSE}\n{TOUCH}");
        let ruled = machine(&[("proc/bus/input/devices", &both), ("usr/lib/udev/rules.d/60-totem.rules", "")]);
        let found = input(ruled.path(), true);
        assert_eq!(states(&found), [("toque", State::Ok), ("ponteiro", State::Ok)], "{found:?}");
        assert_eq!(states(&input(machine(&[]).path(), true)), [("toque", State::NotChecked)]);
    }

    #[test]
    fn a_screen_that_is_not_plugged_in_is_an_error() {
        let on = machine(&[
            ("sys/class/drm/card0-HDMI-A-1/status", "connected\n"),
            ("sys/class/drm/card0-HDMI-A-1/modes", "1080x1920\n1920x1080\n"),
        ]);
        let (is_shown, found) = display(on.path());
        assert!(is_shown && found.says == "card0-HDMI-A-1, 1080x1920", "{found:?}");
        let off = machine(&[("sys/class/drm/card0-HDMI-A-1/status", "disconnected\n")]);
        assert_eq!(display(off.path()).1.state, State::Error);
        assert_eq!(display(machine(&[]).path()).1.state, State::NotChecked);
    }

    #[test]
    fn a_totem_that_would_not_come_back_by_itself_is_told() {
        let bare = machine(&[("run/systemd/system/x", ""), ("dev/watchdog", "")]);
        let found = service(bare.path());
        assert_eq!(states(&found), [("serviço", State::Warning), ("vigia do hardware", State::Warning)]);
        let good = machine(&[
            ("run/systemd/system/x", ""),
            ("dev/watchdog", ""),
            ("etc/systemd/system/totem.service", "[Service]\n"),
            ("etc/systemd/system.conf", "#RuntimeWatchdogSec=off\nRuntimeWatchdogSec=30\n"),
        ]);
        assert_eq!(states(&service(good.path())), [("serviço", State::Ok), ("vigia do hardware", State::Ok)]);
        assert_eq!(states(&service(machine(&[]).path())), [("serviço", State::NotChecked)]);
    }
}
