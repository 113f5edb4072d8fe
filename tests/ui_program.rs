//! The program that `main` opens, run without a display: what the desk shows reaches the window, what is touched the desk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ui_common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use totem::journey::{Intent, View};
use totem::runtime::{Counter, Line};
use totem::ui::{Options, application, picture};
use ui_common::{options, ordinary};

struct Desk {
    shows: Vec<View>,
    watchers: Mutex<Vec<UnboundedSender<Arc<View>>>>,
}

impl Line for Desk {
    fn finish(&self) {}

    fn send(&self, _intent: Intent) {}

    fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
        let (sender, receiver) = unbounded_channel();
        for view in &self.shows {
            sender.send(Arc::new(view.clone())).unwrap();
        }
        self.watchers.lock().unwrap().push(sender);
        receiver
    }
}

fn named(name: &str) -> View {
    ordinary().into_iter().find(|(this, _)| *this == name).unwrap().1
}

#[test]
fn the_window_shows_the_latest_view_of_the_desk_and_no_other_pixel() {
    let (width, height) = (768, 1360);
    let options = Options { size: (width, height), hide_cursor: false, ..options() };
    let wanted = picture(&named("pix"), &options, (width, height)).unwrap();
    let desk = Desk { shows: vec![named("identify"), named("invoices"), named("pix")], watchers: Mutex::default() };
    let desk = Arc::new(desk);
    let program = application(Counter::new(desk.clone()), options);
    let size = iced::Size::new(width as f32, height as f32);
    // it runs for so long by the clock, however much of that the machine gives it
    let shows = [2, 8, 30].map(Duration::from_secs).into_iter().any(|wait| {
        desk.watchers.lock().unwrap().clear();
        let shot = iced_test::screenshot(&program, &iced::Theme::Light, size, 1.0, wait);
        assert_eq!((shot.size.width, shot.size.height), (width, height));
        shot.rgba[..] == wanted[..]
    });
    assert!(shows, "the window and the picture differ");
    assert_eq!(desk.watchers.lock().unwrap().len(), 1, "the window asks the desk once");
}
