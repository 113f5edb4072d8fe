//! Something to touch. It trusts the place that each event carries: iced hands a widget all events of a batch with one
//! pointer position, the last, so a key that looked there would be the wrong one whenever a frame was slow.

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, renderer};
use iced::{Background, Border, Color, Element, Event, Length, Padding, Point, Rectangle, Renderer, Shadow, Size};
use iced::{Theme, mouse, touch};

/// How it looks: at rest and under a finger. There is no hover: a finger leaves the pointer behind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paint {
    pub face: Color,
    pub ink: Color,
    pub edge: Color,
    /// In pixels.
    pub edge_width: f32,
    pub radius: f32,
    pub pressed: Color,
    pub on_pressed: Color,
    /// Between the edge and what it says, in pixels.
    pub padding: f32,
}

pub struct Tap<'a, Message> {
    content: Element<'a, Message>,
    meaning: Option<Message>,
    paint: Paint,
    width: Length,
    height: Length,
}

/// Without a meaning it is a picture: nothing happens, nothing lights up.
pub fn tap<'a, Message>(
    content: impl Into<Element<'a, Message>>,
    meaning: Option<Message>,
    paint: Paint,
) -> Tap<'a, Message> {
    Tap { content: content.into(), meaning, paint, width: Length::Fill, height: Length::Fill }
}

impl<Message> Tap<'_, Message> {
    #[must_use]
    pub fn width(self, width: impl Into<Length>) -> Self {
        Self { width: width.into(), ..self }
    }

    #[must_use]
    pub fn height(self, height: impl Into<Length>) -> Self {
        Self { height: height.into(), ..self }
    }

    #[must_use]
    pub fn padding(self, pixels: f32) -> Self {
        Self { paint: Paint { padding: pixels, ..self.paint }, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointer {
    Mouse,
    Finger(touch::Finger),
}

/// Who holds it, and what it meant when it was pressed: if the screen changed under the finger, lifting it means nothing.
struct State<Message> {
    held: Option<(Pointer, Message)>,
    mouse: Option<Point>,
}

impl<Message> State<Message> {
    fn holder(&self) -> Option<Pointer> {
        self.held.as_ref().map(|(pointer, _)| *pointer)
    }
}

/// What `operate` shows of a tap to whoever checks a screen.
#[derive(Debug, Clone, Copy)]
pub struct Touchable {
    pub works: bool,
}

impl<Message: Clone + PartialEq + 'static> Tap<'_, Message> {
    fn press(&self, state: &mut State<Message>, pointer: Pointer) {
        if let Some(meaning) = &self.meaning {
            state.held = Some((pointer, meaning.clone()));
        }
    }

    fn lift(&self, state: &mut State<Message>, inside: bool, shell: &mut Shell<'_, Message>) {
        if let Some((_, meant)) = state.held.take()
            && inside
            && self.meaning.as_ref() == Some(&meant)
        {
            shell.publish(meant);
        }
    }
}

impl<Message: Clone + PartialEq + 'static> Widget<Message, Theme, Renderer> for Tap<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State<Message>>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::<Message> { held: None, mouse: None })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::padded(limits, self.width, self.height, Padding::new(self.paint.padding), |limits| {
            match tree.children.first_mut() {
                Some(child) => self.content.as_widget_mut().layout(child, renderer, limits),
                None => layout::Node::new(Size::ZERO),
            }
        })
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.custom(None, layout.bounds(), &mut Touchable { works: self.meaning.is_some() });
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            if let (Some(child), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
                self.content.as_widget_mut().operate(child, layout, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        _viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State<Message>>();
        let bounds = layout.bounds();
        // A finger that rolls a little off the key it pressed still means that key.
        let reach = bounds.expand(bounds.height / 4.0);
        let before = state.holder();

        match event {
            Event::Mouse(mouse::Event::CursorMoved { position }) => state.mouse = Some(*position),
            Event::Mouse(mouse::Event::CursorLeft) => state.mouse = None,
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                if state.mouse.or(cursor.position()).is_some_and(|point| bounds.contains(point)) =>
            {
                self.press(state, Pointer::Mouse);
            }
            Event::Touch(touch::Event::FingerPressed { id, position }) if bounds.contains(*position) => {
                self.press(state, Pointer::Finger(*id));
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) if before == Some(Pointer::Mouse) => {
                let inside = state.mouse.or(cursor.position()).is_some_and(|point| reach.contains(point));
                self.lift(state, inside, shell);
            }
            Event::Touch(touch::Event::FingerLifted { id, position }) if before == Some(Pointer::Finger(*id)) => {
                self.lift(state, reach.contains(*position), shell);
            }
            Event::Touch(touch::Event::FingerLost { id, .. }) if before == Some(Pointer::Finger(*id)) => {
                state.held = None;
            }
            _ => {}
        }

        if before != state.holder() {
            shell.capture_event();
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State<Message>>();
        let held = state.held.as_ref().is_some_and(|(_, meant)| self.meaning.as_ref() == Some(meant));
        let Paint { face, ink, edge, edge_width, radius, pressed, on_pressed, .. } = self.paint;
        renderer.fill_quad(
            renderer::Quad {
                bounds: layout.bounds(),
                border: Border { color: if held { pressed } else { edge }, width: edge_width, radius: radius.into() },
                shadow: Shadow::default(),
                snap: true,
            },
            Background::Color(if held { pressed } else { face }),
        );
        let style = renderer::Style { text_color: if held { on_pressed } else { ink } };
        if let (Some(child), Some(layout)) = (tree.children.first(), layout.children().next()) {
            self.content.as_widget().draw(child, renderer, theme, &style, layout, cursor, viewport);
        }
    }
}

impl<'a, Message: Clone + PartialEq + 'static> From<Tap<'a, Message>> for Element<'a, Message> {
    fn from(tap: Tap<'a, Message>) -> Self {
        Element::new(tap)
    }
}
