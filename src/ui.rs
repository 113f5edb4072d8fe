//! The window: shows what the desk shows and hands in what the customer wishes. It decides nothing.

mod board;
pub mod codes;
pub mod colours;
pub mod corner;
mod drawn;
mod frame;
mod help;
mod keypad;
pub mod lines;
mod listening;
pub mod livery;
pub mod look;
mod offscreen;
pub mod phrases;
mod pictogram;
mod pulse;
mod screen;
mod snug;
pub mod tap;
mod tray;
mod window;
pub mod words;

use std::borrow::Cow;

use iced::{Program, Size};

pub use frame::{Draft, Touch};
pub use livery::Brand;
pub use offscreen::picture;
pub use pulse::Pulse;
pub use screen::Hands;
pub use tray::Tray;
pub use window::{Message, State};

use crate::brand::Showcase;
use crate::runtime::Counter;

/// The embedded fonts: Atkinson Hyperlegible, SIL Open Font License 1.1 (`assets/fonts/OFL.txt`).
pub const FONTS: [&[u8]; 2] = [
    include_bytes!("../assets/fonts/AtkinsonHyperlegible-Regular.ttf"),
    include_bytes!("../assets/fonts/AtkinsonHyperlegible-Bold.ttf"),
];

/// How the window is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    pub fullscreen: bool,
    /// Of the window where it is not full, in pixels.
    pub size: (u32, u32),
    pub brand: Brand,
    /// Where the brand's pictures come from, and its changes.
    pub showcase: Option<Showcase>,
    /// A reader of bar codes is there, and the welcome screen says so.
    pub scanner: bool,
    /// A touch screen needs no pointer.
    pub hide_cursor: bool,
    /// The window of a demonstration may be closed; a kiosk's may not.
    pub may_close: bool,
    /// Papers shown on the screen when they come out; only a demonstration has one.
    pub tray: Option<Tray>,
    /// Somebody asks whether the window still moves.
    pub pulse: Option<Pulse>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            fullscreen: true,
            size: (1080, 1920),
            brand: Brand::default(),
            showcase: None,
            scanner: false,
            hide_cursor: true,
            may_close: false,
            tray: None,
            pulse: None,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No display, or one that cannot be used.
    #[error("the window cannot be opened: {0}")]
    Window(String),
    /// A picture without a window could not be drawn.
    #[error("a picture of {0} by {1} pixels cannot be drawn")]
    Picture(u32, u32),
}

/// The iced program, apart from `main`, so that tests run the same one.
pub fn application(
    counter: Counter,
    options: Options,
) -> impl Program<State = State, Message = Message, Theme = iced::Theme> {
    program(counter, options)
}

/// Opens the window and stays until it is closed.
pub fn run(counter: Counter, options: Options) -> Result<(), Error> {
    program(counter, options).run().map_err(|error| Error::Window(error.to_string()))
}

fn program(
    counter: Counter,
    options: Options,
) -> iced::Application<impl Program<State = State, Message = Message, Theme = iced::Theme>> {
    let settings = iced::Settings {
        id: Some("totem".to_owned()),
        fonts: FONTS.map(Cow::Borrowed).to_vec(),
        default_font: words::REGULAR,
        ..iced::Settings::default()
    };
    let window = iced::window::Settings {
        size: Size::new(options.size.0 as f32, options.size.1 as f32),
        fullscreen: options.fullscreen,
        exit_on_close_request: options.may_close,
        platform_specific: iced::window::settings::PlatformSpecific {
            application_id: "totem".to_owned(),
            ..Default::default()
        },
        ..iced::window::Settings::default()
    };
    iced::application(move || State::new(counter.clone(), options.clone()), State::update, State::view)
        .subscription(State::subscription)
        .theme(State::theme)
        .title(|_: &State| "totem".to_owned())
        .settings(settings)
        .window(window)
}
