//! The window's own part: the latest view, its pictures, and what the keys hold until it is an intent.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::advanced::mouse::Interaction;
use iced::futures::Stream;
use iced::futures::stream::unfold;
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key};
use iced::widget::{Space, container, mouse_area};
use iced::{Background, Color, Fill, Size, Subscription, Task, Theme, theme, window};

use super::codes::Codes;
use super::corner::corner;
use super::drawn::drawn;
use super::frame::Touch;
use super::livery::{Brand, Worn};
use super::look::Look;
use super::phrases::Phrases;
use super::pulse::Pulse;
use super::screen::{Hands, show};
use super::tray::{Tray, held};
use super::{Options, screen};
use crate::brand::Dress;
use crate::journey::step::{CardScreen, Page};
use crate::journey::{Intent, Step, View};
use crate::runtime::Counter;

#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    Touched(Touch),
    Shown(Arc<View>),
    /// The first frame of a step of another kind is on the screen.
    Seen,
    Resized(Size),
    /// A key of a reader of bar codes, which types like a keyboard.
    Key(keyboard::Event),
    /// A paper came out.
    Paper(iced::widget::image::Handle),
    /// Somebody took it.
    Taken,
    /// What the shop wears has changed.
    Dressed(Arc<Dress>),
    /// The picture has been there long enough.
    Turn,
    /// Whether the window still moves: answered by the next picture of the screen.
    Asked(u64),
}

/// A reader's line is no longer than this; a boleto has 48 digits, a copia-e-cola up to 512 characters.
const SCAN_MOST: usize = 600;
/// What is shorter was typed by hand.
const SCAN_LEAST: usize = 20;
/// The corner in which the hidden gesture is made: the height of the band above, in units.
const CORNER: f32 = 124.0;
/// The second tap of a nervous finger must not press what has just come up under it.
const SETTLES: Duration = Duration::from_millis(250);

pub struct State {
    counter: Counter,
    options: Options,
    size: (f32, f32),
    shown: Option<Shown>,
    hands: Hands,
    scanned: String,
    /// Whether the step that is shown is of another kind than the one before it, and since when it can be seen.
    turned: Option<Option<Instant>>,
    /// Changes with the kind of step.
    odd: bool,
    paper: Option<iced::widget::image::Handle>,
    dressed: Option<Arc<Dress>>,
    asked: u64,
}

struct Shown {
    view: Arc<View>,
    look: Look,
    codes: Codes,
}

impl Shown {
    fn new(view: Arc<View>, options: &Options, size: (f32, f32), phrases: Arc<Phrases>) -> Shown {
        let look = Look::new(&options.brand, options.scanner, phrases, &view, size);
        let codes = Codes::of(&view.step, &look);
        Shown { view, look, codes }
    }
}

impl State {
    #[must_use]
    pub fn new(counter: Counter, options: Options) -> State {
        let size = (options.size.0 as f32, options.size.1 as f32);
        State {
            counter,
            options,
            size,
            shown: None,
            hands: Hands::default(),
            scanned: String::new(),
            turned: None,
            odd: false,
            paper: None,
            dressed: None,
            asked: 0,
        }
    }

    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Touched(touch) if self.comes_too_soon(&touch) => {}
            Message::Touched(Touch::Do(intent)) => self.counter.send(intent),
            Message::Touched(Touch::Leaf(leaf)) => self.hands.leaf = leaf,
            Message::Touched(Touch::Keys(layer)) => self.hands.keys(layer),
            Message::Touched(Touch::Draft(draft)) => {
                if let Some(shown) = &self.shown {
                    self.hands.draft(draft, &shown.view.step);
                }
            }
            Message::Shown(view) => self.show(view),
            Message::Seen => self.turned = self.turned.map(|seen| seen.or_else(|| Some(Instant::now()))),
            Message::Resized(size) => {
                self.size = (size.width.max(1.0), size.height.max(1.0));
                if let Some(view) = self.shown.as_ref().map(|shown| shown.view.clone()) {
                    self.show(view);
                }
            }
            Message::Key(event) => self.key(event),
            Message::Paper(paper) => {
                self.paper = Some(paper);
                self.odd = !self.odd;
            }
            Message::Taken => {
                self.paper = None;
                self.odd = !self.odd;
            }
            Message::Dressed(dress) => self.dress(&dress),
            Message::Turn => {
                if let Some(showcase) = &self.options.showcase {
                    showcase.turn();
                }
            }
            Message::Asked(question) => self.asked = question,
        }
        Task::none()
    }

    /// Whether this touch was meant for the screen before. Who types fast types on.
    fn comes_too_soon(&self, touch: &Touch) -> bool {
        let typed = matches!(touch, Touch::Do(Intent::Type { .. } | Intent::Erase) | Touch::Keys(_));
        let keypad = self.shown.as_ref().is_some_and(|shown| {
            matches!(shown.view.step, Step::Identify(_) | Step::Verify(_) | Step::ServicePin(_) | Step::Form(_))
        });
        !(typed && keypad) && self.turned.is_some_and(|seen| seen.is_none_or(|at| at.elapsed() < SETTLES))
    }

    fn show(&mut self, view: Arc<View>) {
        let before = self.shown.as_ref();
        if before.is_some_and(|shown| shown.view.step.name() != view.step.name()) {
            self.turned = Some(None);
            self.odd = !self.odd;
        }
        if before.is_none_or(|shown| subject(&shown.view.step) != subject(&view.step)) {
            self.hands = Hands::default();
            self.scanned.clear();
        }
        let phrases = before
            .map(|shown| &shown.look)
            .filter(|look| look.language == view.language)
            .map_or_else(|| Arc::new(Phrases::new(view.language)), Look::shared_phrases);
        self.shown = Some(Shown::new(view, &self.options, self.size, phrases));
    }

    fn dress(&mut self, dress: &Dress) {
        let before = &self.options.brand;
        let mut brand = Brand::dressed(dress);
        // the same picture needs no drawing anew
        if self.dressed.as_deref().is_some_and(|worn| worn.logo == dress.logo) {
            brand.logo.clone_from(&before.logo);
        }
        if self.dressed.as_deref().is_some_and(|worn| worn.picture == dress.picture) {
            brand.picture.clone_from(&before.picture);
        }
        self.dressed = Some(Arc::new(dress.clone()));
        self.options.brand = brand;
        self.odd = !self.odd;
        if let Some(view) = self.shown.as_ref().map(|shown| shown.view.clone()) {
            self.show(view);
        }
    }

    /// How long the picture stays, while somebody may see it and nobody has begun.
    fn turns_after(&self) -> Option<Duration> {
        let waits = self.shown.as_ref().is_some_and(|shown| {
            matches!(&shown.view.step, Step::Identify(identify) if identify.length == 0) && !shown.view.help
        });
        let seconds = self.options.brand.turns.filter(|_| waits)?;
        Some(Duration::from_secs(u64::from(seconds.max(1))))
    }

    /// A reader types its line and ends it with Enter; so does somebody with a keyboard at a demonstration.
    fn key(&mut self, event: keyboard::Event) {
        let keyboard::Event::KeyPressed { key, text, .. } = event else { return };
        match key {
            Key::Named(Named::Enter) => {
                let text = std::mem::take(&mut self.scanned);
                if text.chars().count() >= SCAN_LEAST {
                    self.counter.send(Intent::Scan { text });
                } else if text.is_empty() {
                    self.counter.send(Intent::Submit);
                } else {
                    self.counter.send(Intent::Type { text });
                }
            }
            Key::Named(Named::Backspace) if self.scanned.is_empty() => self.counter.send(Intent::Erase),
            Key::Named(Named::Escape) => self.scanned.clear(),
            _ => {
                let typed = text.iter().flat_map(|text| text.chars()).filter(|key| !key.is_control());
                let room = SCAN_MOST.saturating_sub(self.scanned.len());
                self.scanned.extend(typed.take(room));
            }
        }
    }

    #[must_use]
    pub fn view(&self) -> iced::Element<'_, Message> {
        if let Some(pulse) = &self.options.pulse {
            pulse.answer(self.asked);
        }
        if let (Some(paper), Some(shown)) = (&self.paper, &self.shown) {
            return held(paper, &shown.look);
        }
        let screen: iced::Element<'_, Message> = match &self.shown {
            Some(Shown { view, look, codes }) => {
                let screen = show(&view.step, look, codes, &self.hands);
                let service = look.may("service").then_some(Touch::Do(Intent::Service));
                corner(screen, look.u(CORNER), service).map(Message::Touched)
            }
            None => Space::new().width(Fill).height(Fill).into(),
        };
        let screen = drawn(screen, (self.turned == Some(None)).then_some(Message::Seen));
        let ground = container(screen).width(Fill).height(Fill).style(ground(self.shown.as_ref().map(|s| &s.look)));
        if self.options.hide_cursor {
            mouse_area(ground).interaction(Interaction::Hidden).into()
        } else {
            ground.into()
        }
    }

    #[must_use]
    pub fn theme(&self) -> Theme {
        theme_of(self.shown.as_ref().map(|shown| &shown.look), self.odd)
    }

    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::batch([
            Subscription::run_with(Views(self.counter.clone()), views),
            window::resize_events().map(|(_, size)| Message::Resized(size)),
            keyboard::listen().map(Message::Key),
            self.options.tray.as_ref().map_or_else(Subscription::none, Tray::subscription),
            self.options.pulse.as_ref().map_or_else(Subscription::none, Pulse::subscription),
            self.options.showcase.clone().map_or_else(Subscription::none, |showcase| Worn(showcase).subscription()),
            self.turns_after().map_or_else(Subscription::none, |after| iced::time::every(after).map(|_| Message::Turn)),
        ])
    }
}

/// What the customer is busy with: while it stays the same, so does what the keys hold.
fn subject(step: &Step) -> (&'static str, Option<u32>) {
    match step {
        Step::Card(CardScreen { prompt, .. }) => ("card", prompt.as_ref().map(|prompt| prompt.id)),
        Step::Identify(identify) if identify.length == 0 => ("identify", Some(0)),
        Step::Form(form) => ("form", u32::try_from(form.question).ok()),
        Step::Technician(technician) => match &technician.page {
            Page::Terminal(terminal) => ("terminal", terminal.prompt.as_ref().map(|prompt| prompt.id)),
            page => (page.name(), None),
        },
        other => (other.name(), None),
    }
}

fn ground(look: Option<&Look>) -> impl Fn(&Theme) -> container::Style + use<> {
    let (ground, ink) = look.map_or((Color::WHITE, Color::BLACK), |look| (look.colours.ground, look.colours.ink));
    move |_| container::Style {
        background: Some(Background::Color(ground)),
        text_color: Some(ink),
        ..container::Style::default()
    }
}

/// iced's own theme gives no more than what is behind and the ink that nothing else chose.
///
/// What is behind is covered by our own ground, so nobody sees the hair's breadth by which it differs in `odd` steps. It
/// makes tiny-skia paint the whole window: between two quite different screens iced finds too little to be painted
/// anew, and `identify` came up without its title after `still_there`.
pub(super) fn theme_of(look: Option<&Look>, odd: bool) -> Theme {
    let Some(look) = look else { return Theme::Light };
    let colours = look.colours;
    let hair = if colours.ground.b > 0.5 { -0.001 } else { 0.001 };
    let palette = theme::Palette {
        background: Color { b: colours.ground.b + if odd { hair } else { 0.0 }, ..colours.ground },
        text: colours.ink,
        primary: colours.brand,
        success: colours.good,
        warning: colours.alarm,
        danger: colours.alarm,
    };
    Theme::custom("totem", palette)
}

/// The screen of a view as an element of its own, for a picture without a window.
pub(super) fn still(view: &Arc<View>, options: &Options, size: (f32, f32)) -> (iced::Element<'static, Touch>, Look) {
    let shown = Shown::new(view.clone(), options, size, Arc::new(Phrases::new(view.language)));
    let screen = screen::show(&view.step, &shown.look, &shown.codes, &Hands::default());
    (container(screen).width(Fill).height(Fill).style(ground(Some(&shown.look))).into(), shown.look)
}

/// The desk's views as a subscription. There is one desk in a program, so its identity never changes.
struct Views(Counter);

impl Hash for Views {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "views".hash(state);
    }
}

fn views(Views(counter): &Views) -> impl Stream<Item = Message> + use<> {
    unfold(counter.subscribe(), |mut views| async move {
        let mut latest = views.recv().await?;
        while let Ok(newer) = views.try_recv() {
            latest = newer;
        }
        Some((Message::Shown(latest), views))
    })
}
