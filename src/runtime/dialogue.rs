//! The line between a driver that runs a sale on its thread and the customer at the screen.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::core::Input;
use crate::domain::{PaymentId, Prompt};
use crate::tef::Dialogue;

/// How long a customer may think about a question of the TEF.
const THINKING: Duration = Duration::from_secs(60);

/// What the desk holds of the sale that runs: it can be given up, and its questions answered.
#[derive(Clone, Default)]
pub struct Running {
    inner: Arc<Mutex<Option<Held>>>,
}

struct Held {
    payment: PaymentId,
    cancel: Arc<AtomicBool>,
    answers: Sender<(u32, String)>,
}

impl Running {
    /// A sale begins.
    pub fn begin(&self, payment: PaymentId, core: Sender<Input>) -> CustomerLine {
        let (answers, answered) = channel();
        let cancel = Arc::new(AtomicBool::new(false));
        *self.held() = Some(Held { payment, cancel: Arc::clone(&cancel), answers });
        CustomerLine { payment, core, cancel, answered }
    }

    pub fn end(&self) {
        *self.held() = None;
    }

    pub fn give_up(&self, payment: PaymentId) {
        if let Some(held) = self.held().as_ref().filter(|held| held.payment == payment) {
            held.cancel.store(true, Ordering::SeqCst);
        }
    }

    pub fn answer(&self, payment: PaymentId, prompt: u32, value: String) {
        if let Some(held) = self.held().as_ref().filter(|held| held.payment == payment) {
            // a driver that asked no longer waits when the sale is over
            let _ = held.answers.send((prompt, value));
        }
    }

    fn held(&self) -> std::sync::MutexGuard<'_, Option<Held>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The driver's end.
pub struct CustomerLine {
    payment: PaymentId,
    core: Sender<Input>,
    cancel: Arc<AtomicBool>,
    answered: Receiver<(u32, String)>,
}

impl Dialogue for CustomerLine {
    fn show(&mut self, message: &str, cancellable: bool) {
        // the desk ends only when no sale runs
        let _ = self.core.send(Input::TefSays { payment: self.payment, message: message.to_owned(), cancellable });
    }

    fn show_code(&mut self, code: Option<&str>) {
        let _ = self.core.send(Input::TefShows { payment: self.payment, code: code.map(str::to_owned) });
    }

    fn ask(&mut self, prompt: Prompt) -> Option<String> {
        let id = prompt.id;
        self.core.send(Input::TefAsks { payment: self.payment, prompt }).ok()?;
        let until = Instant::now() + THINKING;
        loop {
            if self.wants_to_cancel() {
                return None;
            }
            let left = until.checked_duration_since(Instant::now())?;
            match self.answered.recv_timeout(left.min(Duration::from_millis(50))) {
                Ok((asked, value)) if asked == id => return Some(value),
                Ok(_) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn wants_to_cancel(&self) -> bool {
        self.cancel.load(Ordering::SeqCst)
    }
}
