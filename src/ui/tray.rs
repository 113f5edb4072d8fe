//! Papers on the screen: a demonstration without a printer shows what came out of it, until somebody takes it.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use iced::futures::Stream;
use iced::futures::stream::unfold;
use iced::widget::image::Handle;
use iced::widget::{column, container, image, mouse_area};
use iced::{Background, ContentFit, Fill, Subscription};
use tokio::sync::watch;

use super::look::Look;
use super::window::Message;
use crate::paper::Bitmap;

/// Where papers come out. The last one is the one to be seen.
#[derive(Debug, Clone)]
pub struct Tray(watch::Receiver<Option<Arc<Bitmap>>>);

impl Tray {
    /// A tray and the way to put a paper into it.
    #[must_use]
    pub fn new() -> (watch::Sender<Option<Arc<Bitmap>>>, Tray) {
        let (slot, tray) = watch::channel(None);
        (slot, Tray(tray))
    }

    pub(super) fn subscription(&self) -> Subscription<Message> {
        Subscription::run_with(self.clone(), papers)
    }
}

impl PartialEq for Tray {
    fn eq(&self, other: &Tray) -> bool {
        self.0.same_channel(&other.0)
    }
}

impl Eq for Tray {}

/// There is one tray in a program.
impl Hash for Tray {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "tray".hash(state);
    }
}

fn papers(Tray(tray): &Tray) -> impl Stream<Item = Message> + use<> {
    unfold(tray.clone(), |mut tray| async move {
        tray.changed().await.ok()?;
        let paper = tray.borrow_and_update().clone()?;
        Some((Message::Paper(pixels(&paper)), tray))
    })
}

fn pixels(paper: &Bitmap) -> Handle {
    let (width, height) = (paper.width(), paper.height());
    let dots = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let shade = |(x, y)| if paper.get(x, y) { [32, 32, 36, 255] } else { [253, 252, 248, 255] };
    let rgba: Vec<u8> = dots.flat_map(shade).collect();
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX);
    Handle::from_rgba(side(width), side(height), rgba)
}

/// The paper before the screen; a touch takes it away.
pub(super) fn held<'a>(paper: &Handle, look: &Look) -> iced::Element<'a, Message> {
    let ground = look.colours.brand;
    let paper = image(paper.clone()).content_fit(ContentFit::Contain).width(Fill).height(Fill);
    let hint = look.body(look.say("tray-take")).colour(look.colours.on_brand).centred();
    let held = container(column![paper, hint].spacing(look.u(24.0))).padding(look.u(40.0)).width(Fill).height(Fill);
    let held = held.style(move |_| container::Style {
        background: Some(Background::Color(ground)),
        ..container::Style::default()
    });
    mouse_area(held).on_press(Message::Taken).into()
}
