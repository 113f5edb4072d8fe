//! The hidden gesture: a finger held in the top left corner for three seconds. Whatever lies below gets its touches too.

use std::time::{Duration, Instant};

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, renderer};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, touch, window};

/// How long, so that nobody who leans on the totem opens it.
pub const HOLD: Duration = Duration::from_secs(3);

struct Corner<'a, Message> {
    content: Element<'a, Message>,
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
    Element::new(Corner { content: content.into(), side, says })
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

impl<Message: Clone> Corner<'_, Message> {
    fn follow(&self, held: &mut Held, event: &Event, shell: &mut Shell<'_, Message>) {
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

impl<Message: Clone> Widget<Message, Theme, Renderer> for Corner<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Held>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Held::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        match tree.children.first_mut() {
            Some(child) => {
                let node = self.content.as_widget_mut().layout(child, renderer, limits);
                layout::Node::with_children(node.size(), vec![node])
            }
            None => layout::Node::new(limits.max()),
        }
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            self.content.as_widget_mut().operate(child, layout, renderer, operation);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        self.follow(tree.state.downcast_mut::<Held>(), event, shell);
        if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            let content = self.content.as_widget_mut();
            content.update(child, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        match (tree.children.first(), layout.children().next()) {
            (Some(child), Some(layout)) => {
                self.content.as_widget().mouse_interaction(child, layout, cursor, viewport, renderer)
            }
            _ => mouse::Interaction::None,
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        if let (Some(child), Some(layout)) = (tree.children.first(), layout.children().next()) {
            self.content.as_widget().draw(child, renderer, theme, style, layout, cursor, viewport);
        }
    }
}
