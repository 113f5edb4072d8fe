//! Where things stand on a screen: the window's own layout of a view, asked for the places of its texts and keys.

use std::any::Any;
use std::sync::Arc;

use iced::advanced::layout::{Layout, Limits};
use iced::advanced::widget::{Id, Operation, Tree};
use iced::{Rectangle, Size};
use jiff::civil::date;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use totem::domain::Money;
use totem::domain::receipt::WriteOffState;
use totem::domain::{CardKind, ConfirmedBy};
use totem::journey::intent::Language;
use totem::journey::step::*;
use totem::journey::{Intent, Step, View};
use totem::runtime::{Counter, Line};
use totem::ui::phrases::Phrases;
use totem::ui::tap::Touchable;
use totem::ui::words::Fitted;
use totem::ui::{Brand, Message, Options, State, picture};

pub const SIZE: (u32, u32) = (768, 1360);

/// What the demonstration's window is opened with.
fn options() -> Options {
    Options {
        fullscreen: false,
        size: SIZE,
        brand: Brand {
            name: "Provedor Exemplo".to_owned(),
            help_phone: "0800 000 0000".to_owned(),
            ..Brand::default()
        },
        hide_cursor: false,
        may_close: true,
        ..Options::default()
    }
}

struct Nobody;

impl Line for Nobody {
    fn finish(&self) {}

    fn send(&self, _intent: Intent) {}

    fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
        unbounded_channel().1
    }
}

#[derive(Default)]
struct Found {
    texts: Vec<(Rectangle, String)>,
    keys: Vec<Rectangle>,
}

impl Operation for Found {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(fitted) = state.downcast_ref::<Fitted>() {
            self.texts.push((bounds, fitted.content.clone()));
        } else if state.downcast_ref::<Touchable>().is_some_and(|key| key.works) {
            self.keys.push(bounds);
        }
    }
}

/// A view as the window lays it out and draws it.
pub struct Screen {
    found: Found,
    pixels: Vec<u8>,
}

impl Screen {
    fn of(step: Step, actions: &[&'static str]) -> Screen {
        let view =
            View { step, seq: 1, actions: actions.to_vec(), help: false, language: Language::PtBr, accessible: false };
        let pixels = picture(&view, &options(), SIZE).unwrap();
        let mut state = State::new(Counter::new(Arc::new(Nobody)), options());
        let _nothing = state.update(Message::Shown(Arc::new(view)));
        let mut element = state.view();
        let mut tree = Tree::new(&element);
        let renderer =
            <iced::Renderer as iced::advanced::renderer::Headless>::new(totem::ui::words::REGULAR, 16.into(), None);
        let renderer = iced::futures::FutureExt::now_or_never(renderer).flatten().unwrap();
        let size = Size::new(SIZE.0 as f32, SIZE.1 as f32);
        let node = element.as_widget_mut().layout(&mut tree, &renderer, &Limits::new(Size::ZERO, size));
        let mut found = Found::default();
        element.as_widget_mut().operate(&mut tree, Layout::new(&node), &renderer, &mut found);
        drop(element);
        Screen { found, pixels }
    }

    fn text(&self, says: &str) -> Rectangle {
        let texts = &self.found.texts;
        texts.iter().find(|(_, text)| text == says).unwrap_or_else(|| panic!("{says:?} is not in {texts:?}")).0
    }

    /// The middle of the key that says this.
    pub fn key(&self, says: &str) -> (i32, i32) {
        let place = self.text(says).center();
        let key = self.found.keys.iter().find(|key| key.contains(place));
        centre(key.unwrap_or_else(|| panic!("{says:?} is no key")))
    }

    /// The middle of the first key to the right of this text, on its line.
    pub fn key_right_of(&self, says: &str) -> (i32, i32) {
        let text = self.text(says);
        let keys = self.found.keys.iter();
        let line = |key: &&Rectangle| key.y <= text.center_y() && text.center_y() <= key.y + key.height;
        let key = keys.filter(line).filter(|key| key.x >= text.x + text.width - 1.0).min_by(|a, b| a.x.total_cmp(&b.x));
        centre(key.unwrap())
    }

    /// Whether the window's pixels show this text as this screen draws it, at whatever height: what stands above it may
    /// have more lines.
    pub fn is_shown_in(&self, shot: &[u8], says: &str) -> bool {
        let place = self.text(says);
        let (width, height) = (SIZE.0 as usize, SIZE.1 as usize);
        let (left, right) = (place.x.floor() as usize, ((place.x + place.width).ceil() as usize).min(width));
        let (top, bottom) = (place.y.ceil() as usize, ((place.y + place.height).floor() as usize).min(height));
        let same = |shown: usize, drawn: usize| {
            let part = |row: usize| (row * width + left) * 4..(row * width + right) * 4;
            let pixels = shot[part(shown)].chunks(4).zip(self.pixels[part(drawn)].chunks(4));
            pixels.into_iter().all(|(a, b)| a[..3] == b[..3])
        };
        let rows = bottom - top;
        shot.len() == self.pixels.len()
            && (0..height - rows).any(|shift| (0..rows).all(|row| same(shift + row, top + row)))
    }
}

fn centre(bounds: &Rectangle) -> (i32, i32) {
    (bounds.center_x() as i32, bounds.center_y() as i32)
}

pub fn phrase(id: &str) -> String {
    Phrases::new(Language::PtBr).get(id)
}

pub fn identify() -> Screen {
    let actions = ["type", "erase", "clear", "submit", "scan", "letters", "language", "accessibility", "help"];
    Screen::of(Step::Identify(Identify::default()), &actions)
}

pub fn verify() -> Screen {
    let step = Verify { asks: Asks::BirthDayMonth, length: 4, typed: String::new(), wrong: false };
    Screen::of(Step::Verify(step), &["type", "erase", "submit", "back", "help"])
}

/// Bills whose rows are known by their amounts: `R$ 1,00`, `R$ 2,00`, …
pub fn invoices(rows: u64, pages: usize) -> Screen {
    let line = |row: u64| InvoiceLine {
        id: row.to_string().as_str().into(),
        due: date(2026, 11, 10),
        amount_cents: Some(Money::from_cents(row * 100)),
        original_cents: Money::from_cents(row * 100),
        fine_cents: Money::ZERO,
        interest_cents: Money::ZERO,
        discount_cents: Money::ZERO,
        overdue_days: 10,
        description: "Fibra".to_owned(),
        chosen: true,
        state: BillState::Open,
    };
    let step = Invoices {
        customer: "Maria S.".to_owned(),
        invoices: (1..=rows).map(line).collect(),
        page: 1,
        pages,
        chosen: 1,
        total_cents: Money::from_cents(31_598),
        changed: false,
        scan: None,
    };
    Screen::of(Step::Invoices(step), &["toggle", "details", "pay", "page", "services", "leave", "help"])
}

/// The amount of a row of `invoices`.
pub fn row(row: u64) -> String {
    totem::ui::phrases::money(Money::from_cents(row * 100))
}

pub fn pay() -> String {
    let amount = totem::ui::phrases::money(Money::from_cents(31_598));
    Phrases::new(Language::PtBr).with("invoices-pay", &[("amount", amount.into())])
}

fn choice(id: &str) -> Choice {
    Choice { id: id.to_owned(), works: true, why: None, text: None, amount_cents: None }
}

pub fn method() -> Screen {
    let options = ["pix", "debit", "credit", "boleto"].map(choice).to_vec();
    let step = Methods { amount_cents: Money::from_cents(31_598), bills: 1, options };
    Screen::of(Step::Method(step), &["choose", "back", "leave", "help"])
}

pub fn instalments(count: u64) -> Screen {
    let option =
        |times: u64| Choice { amount_cents: Some(Money::from_cents(31_598 / times)), ..choice(&times.to_string()) };
    let options = (1..=count).map(option).collect();
    let step = Instalments { amount_cents: Money::from_cents(31_598), options };
    Screen::of(Step::Instalments(step), &["choose", "back", "leave", "help"])
}

pub fn once() -> String {
    format!("{} · {}", phrase("instalments-once"), totem::ui::phrases::money(Money::from_cents(31_598)))
}

pub fn pix() -> Screen {
    let step = PixScreen {
        sending: None,
        printed: None,
        protocol: "261122-0001".to_owned(),
        amount_cents: Money::from_cents(31_598),
        payload: "0".repeat(160),
        confirmed_by: ConfirmedBy::Erp,
        expires_in_s: None,
    };
    Screen::of(Step::Pix(step), &["cancel", "print", "help"])
}

pub fn card(kind: CardKind) -> Screen {
    let step = CardScreen {
        protocol: "261122-0001".to_owned(),
        amount_cents: Money::from_cents(31_598),
        kind,
        instalments: 1,
        message: String::new(),
        cancellable: false,
        code: None,
        prompt: None,
        stage: CardStage::AtPinpad,
    };
    Screen::of(Step::Card(step), &["help"])
}

pub fn paid(method: &'static str, write_off: WriteOffState) -> Screen {
    let step = Paid {
        protocol: "261122-0001".to_owned(),
        amount_cents: Money::from_cents(31_598),
        method,
        write_off,
        service_returns: true,
        service_waits: false,
        service_back_min: None,
        receipts: vec!["print", "none"],
        printed: None,
    };
    Screen::of(Step::Paid(step), &["receipt", "more", "leave", "help"])
}

pub fn trouble(code: TroubleCode) -> Screen {
    let step =
        Trouble { code, detail: String::new(), protocol: None, wait_min: None, can_retry: true, can_go_back: true };
    Screen::of(Step::Trouble(step), &["retry", "back", "leave", "help"])
}

pub fn services() -> Screen {
    // more than one page of them: where a row stands does not hang on how many follow
    let names = ["receipts", "plans", "unlock", "tickets", "paid_bills", "due_day", "visits", "contacts"];
    let options = names.map(choice).to_vec();
    let step = Services { customer: "Maria S.".to_owned(), options };
    Screen::of(Step::Services(step), &["choose", "back", "leave", "help"])
}

/// Of tickets, of which there are none yet.
pub fn tickets() -> Screen {
    let step = Records {
        customer: "Maria S.".to_owned(),
        list: RecordKind::Tickets,
        records: Vec::new(),
        may_begin: true,
        printed: None,
    };
    Screen::of(Step::Records(step), &["choose", "back", "leave", "help"])
}

pub fn ticket_form(asks: Question) -> Screen {
    let step = Form {
        form: Purpose::Ticket,
        asks,
        question: 1,
        questions: 3,
        typed: String::new(),
        options: Vec::new(),
        answers: Vec::new(),
        problem: None,
    };
    let keys: &[&str] = &["type", "erase", "clear", "submit", "back", "leave", "help"];
    Screen::of(Step::Form(step), if asks == Question::Confirm { &["submit", "back", "leave", "help"] } else { keys })
}

pub fn ticket_notice() -> Screen {
    let step = Notice {
        about: Purpose::Ticket,
        outcome: Outcome::Done,
        protocol: None,
        until: None,
        words: None,
        instalments: Vec::new(),
        answers: Vec::new(),
        printed: None,
    };
    Screen::of(Step::Notice(step), &["more", "leave", "print", "help"])
}
