//! Help: whom to call, and what to do on this step. It stands in place of what is read; every key stays where it is.

use iced::widget::{Space, column, container, mouse_area, row};
use iced::{Alignment, Fill};

use super::frame::{Element, card};
use super::look::Look;
use super::pictogram::{Pictogram, pictogram};
use super::snug::snug;
use crate::journey::{Intent, Step};

/// What help has to say on a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    phrase: &'static str,
    /// Whoever answers the telephone asks for it.
    protocol: Option<String>,
}

impl Help {
    /// Nothing where the step asks something that cannot wait, or has no keys.
    #[must_use]
    pub fn on(step: &Step) -> Option<Help> {
        let phrase = match step {
            Step::Identify(_) => "help-identify",
            Step::Verify(_) => "help-verify",
            Step::Searching(_) => "help-searching",
            Step::Contracts(_) => "help-contracts",
            Step::Invoices(_) => "help-invoices",
            Step::Invoice(_) => "help-invoice",
            Step::Method(_) => "help-method",
            Step::Instalments(_) => "help-instalments",
            Step::Pix(_) => "help-pix",
            Step::Card(_) => "help-card",
            Step::Boleto(_) => "help-boleto",
            Step::Document(_) => "help-document",
            Step::Confirming(_) => "help-confirming",
            Step::Undone(_) => "help-undone",
            Step::Paid(_) => "help-paid",
            Step::Services(_) => "help-services",
            Step::Receipts(_) => "help-receipts",
            Step::Plans(_) => "help-plans",
            Step::Records(_) => "help-records",
            Step::Form(_) => "help-form",
            Step::Notice(_) => "help-notice",
            Step::Trouble(_) => "help-trouble",
            Step::StillThere(_) | Step::Closed(_) | Step::ServicePin(_) | Step::Technician(_) => return None,
        };
        let protocol = match step {
            Step::Confirming(step) => Some(step.protocol.clone()),
            Step::Undone(step) => Some(step.protocol.clone()),
            Step::Card(step) => Some(step.protocol.clone()),
            Step::Trouble(step) => step.protocol.clone(),
            Step::Notice(step) => step.protocol.clone(),
            _ => None,
        };
        Some(Help { phrase, protocol })
    }
}

/// A touch anywhere on it closes it, as Help does.
#[must_use]
pub fn panel(help: &Help, look: &Look) -> Element {
    let says = snug(look, {
        let help = help.clone();
        move |look| says(&help, look)
    });
    let panel = card(look, says).width(Fill).height(Fill);
    if look.may("help") { mouse_area(panel).on_press(Intent::Help.into()).into() } else { panel.into() }
}

fn says(help: &Help, look: &Look) -> Element {
    let person = pictogram(Pictogram::Person, look.u(96.0), look.colours.brand, look.colours.surface);
    let title = row![person, look.title(look.say("help-title")).wide()];
    let mut says = column![title.spacing(look.u(24.0)).align_y(Alignment::Center)].spacing(look.u(24.0));
    if !look.brand.help_phone.is_empty() {
        says = says.push(look.words(look.brand.help_phone.clone(), 110.0).bold().unbroken());
    }
    if let Some(protocol) = &help.protocol {
        let protocol = look.phrases().with("nav-protocol", &[("protocol", protocol.clone().into())]);
        says = says.push(look.body(protocol).bold().wide());
    }
    says = says.push(look.words(look.say(help.phrase), 52.0).wide());
    says = says.push(Space::new().height(Fill)).push(look.small(look.say("help-close")).wide());
    container(says).width(Fill).height(Fill).into()
}
