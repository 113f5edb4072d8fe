//! Fingers: what is touched is what is meant, however fast, and whatever the mouse is doing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ui_common;

use std::sync::{Arc, Mutex};

use iced::{Event, Point, Settings, Size, mouse, touch};
use iced_test::Simulator;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use totem::journey::intent::Language;
use totem::journey::step::Identify;
use totem::journey::{Intent, Step, View};
use totem::runtime::{Counter, Line};
use totem::ui::{FONTS, Message, Options, State, Touch};
use ui_common::{options, ordinary, view, with_help};

/// A desk that only listens.
#[derive(Default)]
struct Desk {
    heard: Mutex<Vec<Intent>>,
    watchers: Mutex<Vec<UnboundedSender<Arc<View>>>>,
}

impl Line for Desk {
    fn finish(&self) {}

    fn send(&self, intent: Intent) {
        self.heard.lock().unwrap().push(intent);
    }

    fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
        let (sender, receiver) = unbounded_channel();
        self.watchers.lock().unwrap().push(sender);
        receiver
    }
}

fn state(view: View, size: (u32, u32)) -> (State, Arc<Desk>) {
    let desk = Arc::new(Desk::default());
    let mut state = State::new(Counter::new(desk.clone()), Options { size, ..options() });
    let _none = state.update(Message::Shown(Arc::new(view)));
    (state, desk)
}

fn named(name: &str) -> View {
    ordinary().into_iter().find(|(this, _)| *this == name).unwrap().1
}

fn simulator(state: &State) -> Simulator<'_, Message> {
    let settings = Settings { fonts: FONTS.map(Into::into).to_vec(), ..Settings::default() };
    let settings = Settings { default_font: totem::ui::words::REGULAR, ..settings };
    Simulator::with_size(settings, Size::new(1080.0, 1920.0), state.view())
}

/// The middle of what says this.
fn at(screen: &mut Simulator<'_, Message>, says: &str) -> Point {
    screen.find(says).unwrap().visible_bounds().unwrap().center()
}

fn pressed(finger: u64, position: Point) -> Event {
    Event::Touch(touch::Event::FingerPressed { id: touch::Finger(finger), position })
}

fn lifted(finger: u64, position: Point) -> Event {
    Event::Touch(touch::Event::FingerLifted { id: touch::Finger(finger), position })
}

fn meant(screen: Simulator<'_, Message>) -> Vec<Intent> {
    let meaning = |message| match message {
        Message::Touched(Touch::Do(intent)) => intent,
        other => panic!("{other:?}"),
    };
    screen.into_messages().map(meaning).collect()
}

fn typed(text: &str) -> Intent {
    Intent::Type { text: text.to_owned() }
}

#[test]
fn two_fast_taps_in_one_frame_are_both_keys_in_order() {
    let (state, _) = state(named("identify"), (1080, 1920));
    let mut screen = simulator(&state);
    let (one, nine) = (at(&mut screen, "1"), at(&mut screen, "9"));
    let _ = screen.simulate([pressed(1, one), lifted(1, one), pressed(1, nine), lifted(1, nine)]);
    assert_eq!(meant(screen), [typed("1"), typed("9")]);
}

#[test]
fn two_fast_clicks_in_one_frame_are_both_keys_in_order() {
    let (state, _) = state(named("identify"), (1080, 1920));
    let mut screen = simulator(&state);
    let (four, six) = (at(&mut screen, "4"), at(&mut screen, "6"));
    let moved = |position| Event::Mouse(mouse::Event::CursorMoved { position });
    let down = || Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left));
    let up = || Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left));
    let _ = screen.simulate([moved(four), down(), up(), moved(six), down(), up()]);
    assert_eq!(meant(screen), [typed("4"), typed("6")]);
}

#[test]
fn a_finger_works_where_the_mouse_is_not() {
    let (state, _) = state(named("identify"), (1080, 1920));
    let mut screen = simulator(&state);
    let (five, zero) = (at(&mut screen, "5"), at(&mut screen, "0"));
    screen.point_at(zero);
    let parked = Event::Mouse(mouse::Event::CursorMoved { position: zero });
    let _ = screen.simulate([parked, pressed(3, five), lifted(3, five)]);
    assert_eq!(meant(screen), [typed("5")]);
}

#[test]
fn a_finger_that_rolls_a_little_still_means_its_key_and_one_that_slides_away_means_none() {
    let (state, _) = state(named("identify"), (1080, 1920));
    let mut screen = simulator(&state);
    let seven = at(&mut screen, "7");
    let rolled = Point::new(seven.x, seven.y + 60.0);
    let away = Point::new(seven.x, seven.y + 300.0);
    let _ = screen.simulate([pressed(1, seven), lifted(1, rolled), pressed(1, seven), lifted(1, away)]);
    assert_eq!(meant(screen), [typed("7")]);
}

#[test]
fn two_fingers_that_overlap_are_two_keys() {
    let (state, _) = state(named("identify"), (1080, 1920));
    let mut screen = simulator(&state);
    let (one, two) = (at(&mut screen, "1"), at(&mut screen, "2"));
    let _ = screen.simulate([pressed(1, one), pressed(2, two), lifted(1, one), lifted(2, two)]);
    assert_eq!(meant(screen), [typed("1"), typed("2")]);
}

#[test]
fn what_does_not_work_now_cannot_be_touched() {
    let (state, _) = state(named("method"), (1080, 1920));
    let mut screen = simulator(&state);
    let _ = screen.click("Cartão de crédito");
    let _ = screen.click("PIX");
    assert_eq!(meant(screen), [Intent::Choose { option: "pix".to_owned() }]);
}

#[test]
fn what_is_settled_elsewhere_cannot_be_chosen_again() {
    let (state, _) = state(named("invoices"), (1080, 1920));
    let mut screen = simulator(&state);
    let _ = screen.click("Pagamento em andamento. Não pague de novo.");
    let _ = screen.click("Pagar R$\u{a0}123,10");
    assert_eq!(meant(screen), [Intent::Pay]);
}

#[test]
fn a_step_that_accepts_nothing_offers_nothing() {
    for (name, step) in ordinary() {
        let (state, _) = state(View { actions: Vec::new(), ..step }, (1080, 1920));
        let mut screen = simulator(&state);
        let everywhere = (0..54).flat_map(|x| (0..96).map(move |y| Point::new(x as f32 * 20.0, y as f32 * 20.0)));
        let touches: Vec<Event> = everywhere.flat_map(|point| [pressed(1, point), lifted(1, point)]).collect();
        let _ = screen.simulate(touches);
        let sent = screen.into_messages().any(|message| matches!(message, Message::Touched(Touch::Do(_))));
        assert!(!sent, "{name} sends what nobody accepts");
    }
}

#[test]
fn a_wish_goes_to_the_desk() {
    let (mut state, desk) = state(named("invoices"), (1080, 1920));
    let _none = state.update(Message::Touched(Intent::Pay.into()));
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Pay]);
}

#[test]
fn letters_for_a_cnpj_are_one_touch_away() {
    let identify =
        |letters, actions: &[&'static str]| view(Step::Identify(Identify { letters, ..Identify::default() }), actions);
    let accepted = &["type", "erase", "submit", "letters"];
    let (mut state, _) = state(identify(false, accepted), (1080, 1920));
    let mut screen = simulator(&state);
    assert!(screen.find("Q").is_err());
    let _ = screen.click("ABC");
    assert_eq!(meant(screen), [Intent::Letters]);
    let _none = state.update(Message::Shown(Arc::new(identify(true, accepted))));
    let mut screen = simulator(&state);
    assert!(screen.find("Q").is_ok());
    let _ = screen.click("123");
    assert_eq!(meant(screen), [Intent::Letters]);
    let _none = state.update(Message::Shown(Arc::new(identify(false, &["type", "erase", "submit"]))));
    assert!(simulator(&state).find("ABC").is_err(), "letters that nobody accepts are not offered");
}

#[test]
fn the_second_tap_of_a_nervous_finger_presses_nothing_on_the_next_screen() {
    let (mut state, desk) = state(named("invoices"), (1080, 1920));
    let pix = || Intent::Choose { option: "pix".to_owned() };
    let _none = state.update(Message::Touched(Intent::Pay.into()));
    let _none = state.update(Message::Shown(Arc::new(named("method"))));
    let _none = state.update(Message::Touched(pix().into()));
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Pay]);
    std::thread::sleep(std::time::Duration::from_millis(260));
    let _none = state.update(Message::Touched(pix().into()));
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Pay], "what was never on the screen was not meant");
    let mut screen = simulator(&state);
    let _ = screen.simulate([Event::Window(iced::window::Event::RedrawRequested(std::time::Instant::now()))]);
    let seen: Vec<Message> = screen.into_messages().collect();
    assert_eq!(seen, [Message::Seen]);
    let _none = state.update(Message::Seen);
    let _none = state.update(Message::Touched(pix().into()));
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Pay]);
    std::thread::sleep(std::time::Duration::from_millis(260));
    let _none = state.update(Message::Touched(pix().into()));
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Pay, pix()]);
}

#[test]
fn a_screen_of_the_same_kind_takes_the_next_touch_at_once() {
    let (mut state, desk) = state(named("invoices"), (1080, 1920));
    let _none = state.update(Message::Shown(Arc::new(named("invoices"))));
    let _none = state.update(Message::Touched(Intent::Pay.into()));
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Pay]);
}

#[test]
fn who_types_fast_loses_no_digit_when_the_keypad_changes_its_question() {
    let (mut state, desk) = state(named("identify"), (1080, 1920));
    let _none = state.update(Message::Shown(Arc::new(named("verify"))));
    for touch in [typed("1"), Intent::Erase, Intent::Submit] {
        let _none = state.update(Message::Touched(touch.into()));
    }
    assert_eq!(*desk.heard.lock().unwrap(), [typed("1"), Intent::Erase], "only the keypad is spared");
}

#[test]
fn help_says_whom_to_call_and_what_to_do_and_a_touch_on_it_closes_it() {
    let (state, _) = state(with_help(&named("invoices")).unwrap(), (1080, 1920));
    let mut screen = simulator(&state);
    assert!(screen.find("Precisa de ajuda?").is_ok());
    let what = at(&mut screen, "Toque nas contas que você quer pagar e depois em Pagar.");
    let _ = screen.simulate([pressed(1, what), lifted(1, what)]);
    screen.point_at(what);
    let _ = screen.simulate([Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
    assert!(meant(screen).contains(&Intent::Help));
    let mut screen = simulator(&state);
    let _ = screen.click("Ajuda");
    assert_eq!(meant(screen), [Intent::Help]);
}

#[test]
fn an_answer_to_the_terminal_is_sent_whole_and_forgotten_with_its_question() {
    let (mut state, desk) = state(named("card_number"), (1080, 1920));
    for key in "1234567".chars() {
        let _none = state.update(Message::Touched(Touch::Draft(totem::ui::Draft::Add(key))));
    }
    let mut screen = simulator(&state);
    let _ = screen.click("Confirmar");
    assert_eq!(meant(screen), [Intent::Answer { value: "1234".to_owned() }]);
    let _none = state.update(Message::Shown(Arc::new(named("card"))));
    let _none = state.update(Message::Shown(Arc::new(named("card_number"))));
    assert!(simulator(&state).find("1234").is_err());
    assert!(desk.heard.lock().unwrap().is_empty());
}

#[test]
fn a_reader_types_its_code_and_enter() {
    let (mut state, desk) = state(named("identify"), (1080, 1920));
    for event in iced_test::simulator::typewrite(ui_common::BARCODE)
        .chain(iced_test::simulator::tap_key(iced::keyboard::Key::Named(iced::keyboard::key::Named::Enter), None))
    {
        if let Event::Keyboard(event) = event {
            let _none = state.update(Message::Key(event));
        }
    }
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Scan { text: ui_common::BARCODE.to_owned() }]);
}

#[test]
fn the_words_follow_the_language_of_the_view() {
    let (mut state, _) = state(named("identify"), (1080, 1920));
    assert!(simulator(&state).find("Pague sua conta aqui").is_ok());
    let english = View { language: Language::En, ..named("identify") };
    let _none = state.update(Message::Shown(Arc::new(english)));
    assert!(simulator(&state).find("Pay your bill here").is_ok());
}

/// A finger in the corner, what it does next, and how long it has been there when the next frame is drawn.
fn held(view: View, next: Option<touch::Event>, held_for: std::time::Duration) -> Vec<Message> {
    let (state, _desk) = state(view, (1080, 1920));
    let mut screen = simulator(&state);
    let id = touch::Finger(3);
    let pressed = touch::Event::FingerPressed { id, position: Point::new(50.0, 60.0) };
    let mut events = vec![Event::Touch(pressed)];
    events.extend(next.map(Event::Touch));
    let then = std::time::Instant::now() + held_for;
    events.push(Event::Window(iced::window::Event::RedrawRequested(then)));
    screen.simulate(events);
    screen.into_messages().collect()
}

#[test]
fn a_finger_held_in_the_corner_calls_for_the_technicians_pin_and_nothing_shorter_does() {
    use std::time::Duration;
    let id = touch::Finger(3);
    let service = Message::Touched(Touch::Do(Intent::Service));
    let greeting = || View { actions: vec!["type", "service"], ..named("identify") };
    let long = Duration::from_millis(3_100);
    assert_eq!(held(greeting(), None, long), [service]);
    assert_eq!(held(greeting(), None, Duration::from_millis(2_500)), []);
    let lifted = touch::Event::FingerLifted { id, position: Point::new(50.0, 60.0) };
    assert_eq!(held(greeting(), Some(lifted), long), []);
    let moved = touch::Event::FingerMoved { id, position: Point::new(50.0, 400.0) };
    assert_eq!(held(greeting(), Some(moved), long), []);
    assert_eq!(held(named("invoices"), None, long), [], "not while a customer is served");
}
