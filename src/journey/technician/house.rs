//! Paper and greeting at the panel: a roll that was changed, and the language of the first screen.

use jiff::civil::DateTime;

use super::{Panel, Place, Wish};
use crate::journey::Journey;
use crate::journey::intent::Language;
use crate::journey::step::{GreetingPage, PanelOption, PaperPage, PartState};

/// The roll in the printer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roll {
    /// When it was put in, and who said so. Nothing where nobody has said it yet.
    pub changed: Option<(DateTime, String)>,
    /// About how many papers came out since.
    pub papers: u32,
}

/// Who chose the language of the first screen, and when. Nothing where it is the configuration's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Greeting {
    pub chosen: Option<(DateTime, String)>,
}

/// Back to what the configuration says.
const CONFIGURED: &str = "configured";

/// What is wished by an option of the page of paper.
pub(super) fn paper_choice(option: &str) -> Option<Wish> {
    match option {
        "paper_changed" => Some(Wish::PaperChanged),
        "clear_paper" => Some(Wish::ClearPaper),
        "test_print" => Some(Wish::TestPrint),
        "again" => Some(Wish::Paper),
        _ => None,
    }
}

pub(super) fn greeting_choice(option: &str) -> Option<Wish> {
    match option {
        CONFIGURED => Some(Wish::Greet(None)),
        code => Language::parse(code).map(|language| Wish::Greet(Some(language))),
    }
}

impl Panel {
    /// What is looked at after something was written down there.
    pub(super) fn house_again(&self) -> Option<Wish> {
        match &self.page {
            Place::Paper(_) => Some(Wish::Paper),
            Place::Greeting(_) => Some(Wish::Greeting),
            _ => None,
        }
    }
}

impl Journey {
    /// A paper that is held comes first: a new roll does not let it go.
    pub(super) fn paper_options(&self, writes: bool) -> Vec<PanelOption> {
        let option = |id, works| PanelOption { id, works };
        let held = self.equipment.paper.waits_for_a_word();
        let first = if held { option("clear_paper", writes) } else { option("paper_changed", writes) };
        vec![first, option("test_print", self.equipment.printer && writes), option("again", true)]
    }

    pub(super) fn paper_page(&self, roll: &Roll) -> PaperPage {
        let (changed_at, by) = roll.changed.clone().unzip();
        PaperPage {
            printer: PartState::of(self.equipment.printer),
            paper: self.equipment.paper,
            changed_at,
            changed_by: by,
            papers: roll.papers,
            options: self.panel_options(),
        }
    }

    /// Each language but the one in which the totem greets.
    pub(super) fn greeting_options(&self, writes: bool) -> Vec<PanelOption> {
        let greets = self.greeting();
        let other = |language: Language| PanelOption { id: language.code(), works: writes && language != greets };
        let mut options = Language::ALL.map(other).to_vec();
        options.push(PanelOption { id: CONFIGURED, works: writes && self.greets.is_some() });
        options
    }

    pub(super) fn greeting_page(&self, greeting: &Greeting) -> GreetingPage {
        let (chosen_at, chosen_by) = greeting.chosen.clone().unzip();
        GreetingPage {
            language: self.greeting(),
            configured: self.settings.language,
            chosen_at,
            chosen_by,
            options: self.panel_options(),
        }
    }
}
