//! Whether the window still moves: a question goes in as a message, and the next picture of the screen answers it.
//!
//! iced updates, builds and draws on one thread, so a drawing that hangs leaves the next question unanswered. A frame on
//! the glass is not asked for: a compositor gives none while the monitor is off, and a totem behind a dark screen has
//! money to look after.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use iced::Subscription;
use iced::futures::Stream;
use iced::futures::stream::unfold;
use tokio::sync::watch;

use super::window::Message;

/// The window's end of the questions.
#[derive(Debug, Clone)]
pub struct Pulse {
    asked: watch::Receiver<u64>,
    answered: Arc<AtomicU64>,
}

impl Pulse {
    /// A pulse and the way to feel it.
    #[must_use]
    pub fn new() -> (watch::Sender<u64>, Pulse) {
        let (asks, asked) = watch::channel(0);
        (asks, Pulse { asked, answered: Arc::default() })
    }

    /// The last question that was answered.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.answered.load(Ordering::Acquire)
    }

    pub(super) fn answer(&self, question: u64) {
        self.answered.store(question, Ordering::Release);
    }

    pub(super) fn subscription(&self) -> Subscription<Message> {
        Subscription::run_with(self.clone(), questions)
    }
}

impl PartialEq for Pulse {
    fn eq(&self, other: &Pulse) -> bool {
        self.asked.same_channel(&other.asked)
    }
}

impl Eq for Pulse {}

/// There is one in a program.
impl Hash for Pulse {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "pulse".hash(state);
    }
}

/// The first question may have been asked before the window listened.
fn questions(pulse: &Pulse) -> impl Stream<Item = Message> + use<> {
    let mut asked = pulse.asked.clone();
    asked.mark_changed();
    unfold(asked, |mut asked| async move {
        asked.changed().await.ok()?;
        let question = *asked.borrow_and_update();
        Some((Message::Asked(question), asked))
    })
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

    use super::*;
    use crate::journey::{Intent, View};
    use crate::runtime::{Counter, Line};
    use crate::ui::{Options, State};

    struct Nobody;

    impl Line for Nobody {
        fn send(&self, _: Intent) {}
        fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
            unbounded_channel().1
        }
        fn finish(&self) {}
    }

    #[test]
    fn a_question_is_answered_by_the_picture_after_it_and_not_by_its_arrival() {
        let (_asks, pulse) = Pulse::new();
        let options = Options { pulse: Some(pulse.clone()), ..Options::default() };
        let mut state = State::new(Counter::new(Arc::new(Nobody)), options);
        let _ = state.update(Message::Asked(7));
        assert_eq!(pulse.answered(), 0);
        let _ = state.view();
        assert_eq!(pulse.answered(), 7);
    }
}
