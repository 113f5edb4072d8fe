//! The hidden gesture: a finger held in the top left corner for three seconds. Whatever lies below gets its touches too.

use std::time::{Duration, Instant};

use iced::advanced::{Shell, mouse};
use iced::{Element, Event, Point, touch, window};

use super::listening::{Listener, listening};

/// How long, so that nobody who leans on the totem opens it.
pub const HOLD: Duration = Duration::from_secs(3);

struct Corner<Message> {
    /// The corner's side, in pixels.
    side: f32,
    says: Option<Message>,
}

/// Says it when a finger, or a mouse, has been held in the corner long enough.
pub fn corner<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    side: f32,
    says: Option<Message>,
) -> Element<'a, Message> {
    listening(content, Corner { side, says })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointer {
    Mouse,
    Finger(touch::Finger),
}

#[derive(Default)]
struct Held {
    since: Option<(Pointer, Instant)>,
    mouse: Option<Point>,
}

impl<Message: Clone> Listener<Message> for Corner<Message> {
    type Memory = Held;

    fn hears(&self, held: &mut Held, event: &Event, shell: &mut Shell<'_, Message>) {
        let inside = |point: Point| point.x < self.side && point.y < self.side;
        let mut press = |held: &mut Held, pointer| {
            let now = Instant::now();
            held.since = Some((pointer, now));
            shell.request_redraw_at(window::RedrawRequest::At(now + HOLD));
        };
        let pointer = held.since.map(|(pointer, _)| pointer);
        match event {
            Event::Mouse(mouse::Event::CursorMoved { position }) => {
                held.mouse = Some(*position);
                if pointer == Some(Pointer::Mouse) && !inside(*position) {
                    held.since = None;
                }
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) if held.mouse.is_some_and(inside) => {
                press(held, Pointer::Mouse);
            }
            Event::Touch(touch::Event::FingerPressed { id, position }) if inside(*position) => {
                press(held, Pointer::Finger(*id));
            }
            Event::Touch(touch::Event::FingerMoved { id, position })
                if pointer == Some(Pointer::Finger(*id)) && !inside(*position) =>
            {
                held.since = None;
            }
            Event::Touch(touch::Event::FingerLifted { id, .. } | touch::Event::FingerLost { id, .. })
                if pointer == Some(Pointer::Finger(*id)) =>
            {
                held.since = None;
            }
            Event::Mouse(mouse::Event::ButtonReleased(_) | mouse::Event::CursorLeft)
                if pointer == Some(Pointer::Mouse) =>
            {
                held.since = None;
            }
            Event::Window(window::Event::RedrawRequested(now)) => match held.since {
                Some((_, since)) if now.duration_since(since) >= HOLD => {
                    held.since = None;
                    if let Some(says) = &self.says {
                        shell.publish(says.clone());
                    }
                }
                Some((_, since)) => shell.request_redraw_at(window::RedrawRequest::At(since + HOLD)),
                None => {}
            },
            _ => {}
        }
    }
}
