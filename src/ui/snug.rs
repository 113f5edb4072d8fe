//! A part of a screen that is drawn a little smaller as a whole where its data would not fit otherwise.

use std::any::Any;

use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Id, Operation, Tree, Widget};
use iced::advanced::{mouse, renderer};
use iced::{Fill, Length, Rectangle, Renderer, Size, Theme};

use super::frame::{Element, Touch};
use super::look::Look;
use super::words::Fitted;

/// Each try is so much smaller than the one before.
const STEP: f32 = 0.93;
/// Below this size evenness is given up: single texts may then be smaller than the rest.
const EVEN: f32 = 0.75;
/// Nothing is drawn smaller than this.
const SMALLEST: f32 = 0.4;
/// A text that had to shrink more than this beside its neighbours asks for everything to shrink instead.
const UNEVEN: f32 = 0.85;

struct Snug {
    look: Look,
    build: Box<dyn Fn(&Look) -> Element>,
    child: Element,
}

/// What `build` makes of the look, or of a smaller one. It holds nothing to be touched but is as large as its place.
pub fn snug(look: &Look, build: impl Fn(&Look) -> Element + 'static) -> Element {
    let child = build(look);
    iced::Element::new(Snug { look: look.clone(), build: Box::new(build), child })
}

/// How the texts of a part came out.
struct Check {
    cut: bool,
    least: f32,
}

impl Operation for Check {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Any) {
        if let Some(fitted) = state.downcast_ref::<Fitted>() {
            self.cut |= !fitted.fits;
            self.least = self.least.min(fitted.size / fitted.wanted().max(1.0));
        }
    }
}

impl Widget<Touch, Theme, Renderer> for Snug {
    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.child)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.child));
    }

    fn size(&self) -> Size<Length> {
        Size::new(Fill, Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let space = limits.max();
        let limits = layout::Limits::new(Size::ZERO, space);
        let mut size = 1.0;
        loop {
            let Some(branch) = tree.children.first_mut() else {
                return layout::Node::new(space);
            };
            branch.diff(&self.child);
            let node = self.child.as_widget_mut().layout(branch, renderer, &limits);
            let mut check = Check { cut: false, least: 1.0 };
            self.child.as_widget_mut().operate(branch, Layout::new(&node), renderer, &mut check);
            let done = !check.cut && (check.least >= UNEVEN || size <= EVEN);
            if done || size <= SMALLEST {
                return layout::Node::with_children(space, vec![node]);
            }
            size *= STEP;
            let smaller = self.look.smaller(size);
            self.child = (self.build)(&smaller);
        }
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if let (Some(branch), Some(layout)) = (tree.children.first_mut(), layout.children().next()) {
            self.child.as_widget_mut().operate(branch, layout, renderer, operation);
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
        if let (Some(branch), Some(layout)) = (tree.children.first(), layout.children().next()) {
            self.child.as_widget().draw(branch, renderer, theme, style, layout, cursor, viewport);
        }
    }
}
