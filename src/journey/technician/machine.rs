//! The machine around the totem, at the panel: its network, its last warnings, what is carried away for support, how loud
//! and how bright it is, and its end.

use super::{Panel, Place};
use crate::journey::step::{MachinePage, PanelLine, PanelNews, PanelOption};

/// What is asked of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// What there is to be set.
    Look,
    Network,
    /// The last warnings.
    Log,
    /// The support bundle, on a pen drive.
    Carry,
    Set(Level, Way),
    Restart,
    PowerOff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Sound,
    Light,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    More,
    Less,
}

/// What came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrandDone {
    pub news: Option<PanelNews>,
    /// In the technician's language.
    pub said: Option<String>,
    /// To be read. None leaves what is there.
    pub lines: Option<Vec<PanelLine>>,
    /// In percent; none where there is no such device.
    pub sound: Option<u8>,
    pub light: Option<u8>,
}

/// The page while it is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Machine {
    lines: Vec<PanelLine>,
    sound: Option<u8>,
    light: Option<u8>,
    /// What a yes would do.
    asks: Option<Errand>,
}

impl Errand {
    fn name(self) -> &'static str {
        match self {
            Errand::Look => "machine",
            Errand::Network => "network",
            Errand::Log => "log",
            Errand::Carry => "carry",
            Errand::Set(Level::Sound, Way::More) => "louder",
            Errand::Set(Level::Sound, Way::Less) => "softer",
            Errand::Set(Level::Light, Way::More) => "brighter",
            Errand::Set(Level::Light, Way::Less) => "darker",
            Errand::Restart => "restart",
            Errand::PowerOff => "power_off",
        }
    }

    /// Whoever touches it by mistake is asked once more.
    fn ends_the_machine(self) -> bool {
        matches!(self, Errand::Restart | Errand::PowerOff)
    }
}

const SOUND: [Errand; 2] = [Errand::Set(Level::Sound, Way::More), Errand::Set(Level::Sound, Way::Less)];
const LIGHT: [Errand; 2] = [Errand::Set(Level::Light, Way::More), Errand::Set(Level::Light, Way::Less)];

impl Machine {
    fn errands(&self) -> Vec<Errand> {
        let mut errands = vec![Errand::Network, Errand::Log, Errand::Carry];
        errands.extend(self.sound.iter().flat_map(|_| SOUND));
        errands.extend(self.light.iter().flat_map(|_| LIGHT));
        errands.extend([Errand::Restart, Errand::PowerOff]);
        errands
    }

    /// What can be chosen; what has to be written down first needs a journal that can be.
    pub(super) fn options(&self, writes: bool) -> Vec<PanelOption> {
        if self.asks.is_some() {
            return vec![PanelOption { id: "yes", works: writes }, PanelOption { id: "no", works: true }];
        }
        let reads = |errand: &Errand| matches!(errand, Errand::Network | Errand::Log);
        let option = |errand: Errand| PanelOption { id: errand.name(), works: writes || reads(&errand) };
        let mut options: Vec<PanelOption> = self.errands().into_iter().map(option).collect();
        // the ends of the machine stay last
        options.insert(options.len() - 2, PanelOption { id: "language", works: true });
        options
    }

    pub(super) fn page(&self, options: Vec<PanelOption>) -> MachinePage {
        let (lines, asks) = (self.lines.clone(), self.asks.map(Errand::name));
        MachinePage { lines, sound: self.sound, light: self.light, asks, options }
    }

    /// What is to be done now, if anything.
    pub(super) fn choice(&mut self, option: &str) -> Option<Errand> {
        match (self.asks.take(), option) {
            (Some(errand), "yes") => Some(errand),
            (Some(_), _) => None,
            (None, option) => {
                let errand = self.errands().into_iter().find(|errand| errand.name() == option)?;
                if errand.ends_the_machine() {
                    self.asks = Some(errand);
                    return None;
                }
                Some(errand)
            }
        }
    }
}

impl Panel {
    pub(super) fn errand_done(&mut self, done: ErrandDone) {
        (self.news, self.said) = (done.news, done.said);
        let mut machine = match &self.page {
            Place::Machine(machine) => (**machine).clone(),
            _ => Machine::default(),
        };
        machine.lines = done.lines.unwrap_or(machine.lines);
        (machine.sound, machine.light) = (done.sound.or(machine.sound), done.light.or(machine.light));
        self.page = Place::Machine(Box::new(machine));
    }
}
