//! How a screen looks: the measures, the colours and the language that every screen is drawn with.
//!
//! All measures are in units of the design, 1080 by 1920 at 0.248 mm (landscape: 1600 by 900), and follow the window.

use std::sync::Arc;

use super::colours::Colours;
use super::help::Help;
use super::livery::Brand;
use super::phrases::Phrases;
use super::words::{Words, words};
use crate::brand::Palette;
use crate::domain::Money;
use crate::journey::View;
use crate::journey::intent::Language;

/// The lowest height and width of anything that is touched: 20 mm.
pub const KEY: f32 = 84.0;
/// Between two things that are touched: at least 2 mm.
pub const GAP: f32 = 14.0;
/// The margin at the sides of the window.
pub const MARGIN: f32 = 40.0;
/// The body's type: a capital H of 30 units, 7.4 mm.
pub const BODY: f32 = 45.0;
/// Text that gets no less than this: a capital H of 4.8 mm.
pub const LEAST: f32 = 29.0;

#[derive(Debug, Clone)]
pub struct Look {
    /// Of the window, in pixels.
    pub width: f32,
    pub height: f32,
    /// Pixels in a unit of the design.
    pub scale: f32,
    pub accessible: bool,
    pub language: Language,
    pub colours: Colours,
    pub brand: Brand,
    /// A reader of bar codes is there.
    pub scanner: bool,
    /// Where help is open.
    pub help: Option<Help>,
    phrases: Arc<Phrases>,
    actions: Vec<&'static str>,
}

impl Look {
    #[must_use]
    pub fn new(brand: &Brand, scanner: bool, phrases: Arc<Phrases>, view: &View, (width, height): (f32, f32)) -> Look {
        let (across, down) = if height >= width { (1080.0, 1920.0) } else { (1600.0, 900.0) };
        Look {
            width,
            height,
            scale: (width / across).min(height / down),
            accessible: view.accessible,
            language: view.language,
            colours: if view.accessible { Palette::stark() } else { brand.palette }.into(),
            brand: brand.clone(),
            scanner,
            help: view.help.then(|| Help::on(&view.step)).flatten(),
            phrases,
            actions: view.actions.clone(),
        }
    }

    /// The same look drawn smaller, for a part of a screen.
    #[must_use]
    pub fn smaller(&self, times: f32) -> Look {
        Look { scale: self.scale * times, ..self.clone() }
    }

    #[must_use]
    pub fn portrait(&self) -> bool {
        self.height >= self.width
    }

    /// Units of the design in pixels.
    #[must_use]
    pub fn u(&self, units: f32) -> f32 {
        (units * self.scale).round()
    }

    /// A size of type in pixels; larger in the accessible mode.
    #[must_use]
    pub fn type_size(&self, units: f32) -> f32 {
        units * self.scale * if self.accessible { 1.2 } else { 1.0 }
    }

    /// Whether the intent of this name is accepted now.
    #[must_use]
    pub fn may(&self, action: &str) -> bool {
        self.actions.contains(&action)
    }

    /// Whether keys do something now.
    #[must_use]
    pub fn may_type(&self) -> bool {
        self.may("type") || self.may("answer")
    }

    #[must_use]
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    #[must_use]
    pub fn shared_phrases(&self) -> Arc<Phrases> {
        self.phrases.clone()
    }

    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.phrases.get(id)
    }

    /// The one sentence of a screen.
    #[must_use]
    pub fn title(&self, text: impl Into<String>) -> Words {
        self.words(text, 66.0).bold()
    }

    #[must_use]
    pub fn body(&self, text: impl Into<String>) -> Words {
        self.words(text, BODY)
    }

    /// A second line, in softer ink.
    #[must_use]
    pub fn small(&self, text: impl Into<String>) -> Words {
        self.words(text, 36.0).colour(self.colours.soft)
    }

    /// An amount: twice the body.
    #[must_use]
    pub fn amount(&self, amount: Money) -> Words {
        self.words(super::phrases::money(amount), BODY * 2.0).bold().unbroken()
    }

    #[must_use]
    pub fn words(&self, text: impl Into<String>, units: f32) -> Words {
        words(text, self.type_size(units), (LEAST * self.scale).min(self.type_size(units)))
    }
}
