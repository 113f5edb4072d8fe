//! What is in the same place on every screen: brand and language above, the main button below over the full width,
//! the way back at the bottom left and the help at the bottom right. What is touched stays in the lower half.

use iced::widget::{Space, column, container, image, row};
use iced::{Alignment, Background, Border, Color, ContentFit, Fill, Length, Padding};

use super::help;
use super::livery::Still;
use super::look::{GAP, Look, MARGIN};
use super::pictogram::{Pictogram, pictogram};
use super::snug::snug;
use super::tap::{Paint, Tap, tap};
use super::words::Words;
use crate::journey::Intent;

/// What a finger on a screen can mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Touch {
    /// A wish to be checked and carried out.
    Do(Intent),
    /// Another page of a list that was sent whole.
    Leaf(usize),
    /// A character of an answer that is sent when it is complete.
    Draft(Draft),
    /// Other keys, or these again.
    Keys(Layer),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    Capitals,
    Accents,
    /// A CNPJ's letters.
    Letters,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Draft {
    Add(char),
    Erase,
}

impl From<Intent> for Touch {
    fn from(intent: Intent) -> Touch {
        Touch::Do(intent)
    }
}

pub type Element = iced::Element<'static, Touch>;

/// The main button: what it says, and what it means where it works now.
pub struct Main {
    pub says: String,
    pub means: Option<Touch>,
}

pub struct Frame {
    /// To be read.
    pub says: Element,
    /// To be touched; without it, what is said has the whole screen.
    pub does: Option<Element>,
    pub main: Option<Main>,
    /// Above the main button, and beside it in a landscape.
    pub beside: Option<Element>,
    /// Between the way back and the help.
    pub middle: Option<Element>,
    /// How much of a landscape what is said and what is touched get.
    pub shares: (u16, u16),
}

impl Frame {
    /// A screen to be read.
    #[must_use]
    pub fn new(says: Element) -> Frame {
        Frame { says, does: None, main: None, beside: None, middle: None, shares: (1, 1) }
    }
}

/// Where the part to be touched begins in the portrait, in units.
const HALF: f32 = 960.0;
const BAND: f32 = 124.0;
const BAND_LANDSCAPE: f32 = 84.0;
const MAIN: f32 = 140.0;
const FOOT: f32 = 116.0;

#[must_use]
pub fn frame(look: &Look, frame: Frame) -> Element {
    let frame = match &look.help {
        Some(help) => Frame { says: help::panel(help, look), ..frame },
        None => frame,
    };
    if look.portrait() { portrait(look, frame) } else { landscape(look, frame) }
}

fn portrait(look: &Look, Frame { says, does, main, beside, middle, .. }: Frame) -> Element {
    let margin = look.u(MARGIN);
    let mut below = column![].spacing(look.u(24.0));
    let said = container(says).width(Fill).padding(Padding::new(margin).bottom(look.u(24.0)));
    let said = if let Some(does) = does {
        below = below.push(container(does).width(Fill).height(Fill));
        said.height(look.u(HALF - BAND))
    } else {
        said.height(Fill)
    };
    let beside = beside.map(|keys| container(keys).width(Fill).height(look.u(FOOT)));
    let below = below.push(beside).push(main.map(|main| main_button(look, main))).push(foot(look, middle));
    let below = container(below).width(Fill).padding(Padding::new(margin).top(0.0));
    column![band(look, BAND), said, below].width(Fill).height(Fill).into()
}

fn landscape(look: &Look, Frame { says, does, main, beside, middle, shares }: Frame) -> Element {
    let margin = look.u(MARGIN * 0.7);
    let gap = look.u(GAP);
    let (between, middle) = match main {
        Some(main) => (Some(main_button(look, main)), middle),
        None if does.is_none() => (middle, None),
        None => (None, middle),
    };
    let between = match beside {
        Some(keys) => Some(row![container(keys).width(Fill).height(Fill)].push(between).spacing(gap).into()),
        None => between,
    };
    let middle = middle.map(|middle| container(middle).height(look.u(FOOT)).width(Fill));
    let body: Element = match does {
        Some(does) => {
            let touched = column![container(does).width(Fill).height(Fill)].push(middle).spacing(gap);
            let said = container(says).width(Length::FillPortion(shares.0)).height(Fill);
            let touched = container(touched).width(Length::FillPortion(shares.1)).height(Fill);
            row![said, touched].spacing(look.u(MARGIN)).into()
        }
        None => column![container(says).width(Fill).height(Fill)].push(middle).spacing(gap).into(),
    };
    let body = container(body).width(Fill).height(Fill).padding(Padding::new(margin));
    let foot = container(foot(look, between)).padding(Padding::new(margin).top(0.0));
    column![band(look, BAND_LANDSCAPE), body, foot].width(Fill).height(Fill).into()
}

fn band(look: &Look, height: f32) -> Element {
    let ink = look.colours.on_brand;
    let name = look.words(look.brand.name.clone(), 56.0).bold().colour(ink).wide().middle();
    let brand = row![].push(look.brand.logo.as_ref().map(|logo| plate(look, logo, height))).push(name);
    let brand = brand.spacing(look.u(24.0)).align_y(Alignment::Center);
    let language = look.words(look.say("language-name"), 36.0).colour(ink).right().middle();
    container(row![container(brand).width(Length::FillPortion(3)), container(language).width(Length::FillPortion(1))])
        .width(Fill)
        .height(look.u(height))
        .padding(Padding::new(0.0).left(look.u(MARGIN)).right(look.u(MARGIN)))
        .style({
            let colour = look.colours.brand;
            move |_| container::Style { background: Some(Background::Color(colour)), ..container::Style::default() }
        })
        .into()
}

/// The logo on white: nobody knows its colours.
fn plate(look: &Look, logo: &Still, height: f32) -> Element {
    let (inner, gap) = (look.u(height - 36.0), look.u(8.0));
    let width = (inner * logo.width as f32 / logo.height.max(1) as f32).min(look.u(300.0)).round();
    let picture = image(logo.handle.clone()).content_fit(ContentFit::Contain).width(width).height(inner);
    let border = Border { radius: look.u(12.0).into(), ..Border::default() };
    panel(picture, Color::WHITE, border).padding(gap).into()
}

fn main_button(look: &Look, Main { says, means }: Main) -> Element {
    let height = if look.portrait() { MAIN } else { FOOT };
    let paint = if means.is_some() { filled(look) } else { idle(look) };
    tap(look.words(says, 60.0).bold().centred().middle(), means, paint).height(look.u(height)).into()
}

fn foot(look: &Look, between: Option<Element>) -> Element {
    let between = between.unwrap_or_else(|| Space::new().width(Fill).into());
    let parts = row![way_back(look), between, help(look)].spacing(look.u(GAP)).align_y(Alignment::Center);
    container(parts).height(look.u(FOOT)).width(Fill).into()
}

fn way_back(look: &Look) -> Element {
    let (word, intent) = if look.may("back") {
        ("nav-back", Intent::Back)
    } else if look.may("cancel") {
        ("nav-cancel", Intent::Cancel)
    } else if look.may("clear") {
        ("key-clear", Intent::Clear)
    } else if look.may("leave") {
        ("nav-leave", Intent::Leave)
    } else {
        return Space::new().width(look.u(250.0)).into();
    };
    tap(look.words(look.say(word), 44.0).bold().centred().middle(), Some(intent.into()), plain(look))
        .width(look.u(250.0))
        .into()
}

/// The telephone stands there to be read, whether or not a touch also calls somebody.
fn help(look: &Look) -> Element {
    let says = snug(look, |look| {
        let mut says = column![look.words(look.say("nav-help"), 40.0).bold().centred()].width(Fill);
        if !look.brand.help_phone.is_empty() {
            says = says.push(look.words(look.brand.help_phone.clone(), 34.0).centred());
        }
        container(says).width(Fill).height(Fill).align_y(Alignment::Center).into()
    });
    if look.may("help") {
        tap(says, Some(Intent::Help.into()), plain(look)).width(look.u(300.0)).into()
    } else {
        container(says).width(look.u(300.0)).height(Fill).into()
    }
}

/// A white key with an outline.
#[must_use]
pub fn plain(look: &Look) -> Paint {
    let colours = look.colours;
    Paint {
        face: colours.surface,
        ink: colours.ink,
        edge: colours.edge,
        edge_width: (3.0 * look.scale).max(1.5),
        radius: look.u(20.0),
        pressed: colours.pressed,
        on_pressed: colours.on_pressed,
        padding: look.u(8.0),
    }
}

/// The button that goes on.
#[must_use]
pub fn filled(look: &Look) -> Paint {
    let colours = look.colours;
    Paint { face: colours.brand, ink: colours.on_brand, edge: colours.brand, radius: look.u(28.0), ..plain(look) }
}

/// What does not work now.
#[must_use]
pub fn idle(look: &Look) -> Paint {
    let colours = look.colours;
    Paint { face: colours.ground, ink: colours.soft, edge_width: (1.5 * look.scale).max(1.0), ..plain(look) }
}

/// A row that is chosen: another face, a thick outline; its tick and its word say so as well.
#[must_use]
pub fn chosen(look: &Look) -> Paint {
    let colours = look.colours;
    Paint { face: colours.chosen, edge: colours.brand, edge_width: (7.0 * look.scale).max(3.0), ..plain(look) }
}

/// A tap that says one thing.
#[must_use]
pub fn button(look: &Look, says: Words, means: Option<Touch>) -> Tap<'static, Touch> {
    let paint = if means.is_some() { plain(look) } else { idle(look) };
    tap(says.centred().middle(), means, paint)
}

/// A white card to be read.
#[must_use]
pub fn card(look: &Look, content: impl Into<Element>) -> container::Container<'static, Touch> {
    let (surface, edge, radius) = (look.colours.surface, look.colours.edge, look.u(24.0));
    panel(content, surface, Border { color: edge, width: (1.5 * look.scale).max(1.0), radius: radius.into() })
        .padding(look.u(28.0))
}

/// White paper for codes, in every mode: a phone reads black on white.
#[must_use]
pub fn paper(content: impl Into<Element>) -> container::Container<'static, Touch> {
    panel(content, Color::WHITE, Border::default())
}

fn panel(content: impl Into<Element>, face: Color, border: Border) -> container::Container<'static, Touch> {
    container(content).style(move |_| container::Style {
        background: Some(Background::Color(face)),
        border,
        ..container::Style::default()
    })
}

/// A sentence with the sign of attention before it.
#[must_use]
pub fn attention(look: &Look, text: String) -> Element {
    let colours = look.colours;
    row![
        pictogram(Pictogram::Alert, look.u(56.0), colours.alarm, colours.ground),
        look.body(text).bold().colour(colours.alarm).wide()
    ]
    .spacing(look.u(20.0))
    .align_y(Alignment::Center)
    .into()
}
