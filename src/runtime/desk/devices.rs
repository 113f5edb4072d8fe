//! The threads of the TEF and the printer: one writer a device.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use tokio::sync::oneshot;

use crate::domain::PaymentId;
use crate::journey::Attempt;
use crate::paper::Document;
use crate::printer::{Outcome, Printer, Status};
use crate::runtime::call::{Answer, Call, CardDone, CardWork, Ticket};
use crate::runtime::core::Input;
use crate::runtime::dialogue::Running;
use crate::tef::{self, Dialogue, SaleOutcome, Tef};

/// What the printer's thread is asked.
pub enum PrinterWork {
    Print { ticket: Ticket, document: Document },
    Status(oneshot::Sender<Status>),
    Release(Attempt),
}

/// Up to which attempt whoever asked is gone: their papers that wait in the queue would come out before the next customer.
#[derive(Clone, Default)]
pub struct Gone(Arc<AtomicU64>);

impl Gone {
    pub fn mark(&self, to: Attempt) {
        self.0.store(to.0, Ordering::Release);
    }

    /// No money depends on a paper that was asked for; a card's receipt, and the merchant's copy, are always printed.
    fn asked_for(&self, ticket: Ticket) -> bool {
        matches!(ticket, Ticket::Asked(attempt) if attempt.0 <= self.0.load(Ordering::Acquire))
    }
}

/// What the TEF's thread is asked.
pub enum TefWork {
    Call(Call),
    Check(oneshot::Sender<bool>),
}

/// Where a device's thread is asked, and the thread: it ends when nobody can ask it any more.
pub type Started<Work> = (Sender<Work>, thread::JoinHandle<()>);

/// Runs the TEF driver on a thread of its own.
pub fn tef_thread(mut tef: Box<dyn Tef>, core: Sender<Input>, running: Running) -> std::io::Result<Started<TefWork>> {
    let (work, received) = channel::<TefWork>();
    let thread = thread::Builder::new().name("tef".into()).spawn(move || {
        for work in received {
            match work {
                TefWork::Call(call) => {
                    if let Some(answer) = tef_answer(tef.as_mut(), call, &core, &running)
                        && core.send(Input::Answer(answer)).is_err()
                    {
                        return;
                    }
                }
                TefWork::Check(reply) => {
                    let ready = tef.check().inspect_err(|error| tracing::warn!(%error, "the TEF is not ready")).is_ok();
                    // whoever asked may have given up waiting
                    let _ = reply.send(ready);
                }
            }
        }
    })?;
    Ok((work, thread))
}

/// The TEF's menu is about no payment.
const MENU: PaymentId = PaymentId(0);

fn tef_answer(tef: &mut dyn Tef, call: Call, core: &Sender<Input>, running: &Running) -> Option<Answer> {
    match call {
        Call::Sell { payment, order, round } => {
            let mut line = running.begin(payment, core.clone());
            let outcome = tef.sell(&order, &mut line as &mut dyn Dialogue);
            running.end();
            Some(Answer::Sold { payment, round, outcome })
        }
        Call::Pending { payment } => Some(Answer::Pending { payment, result: tef.pending() }),
        Call::Finalize { payment, sale, decision } => {
            let result = match decision {
                crate::payment::Decision::Confirm => tef.confirm(&sale),
                crate::payment::Decision::Undo(_) => tef.undo(&sale),
            };
            Some(Answer::Finalized { payment, sale, result })
        }
        Call::CardDesk { attempt, work } => {
            let done = match work {
                CardWork::Look => CardDone::Seen { alive: tef.check(), waiting: tef.pending(), about: tef.about() },
                CardWork::Cancel { payment, cancellation } => {
                    let mut line = running.begin(payment, core.clone());
                    CardDone::Ended(tef.cancel(&cancellation, &mut line as &mut dyn Dialogue))
                }
                CardWork::Try { order } => {
                    let mut line = running.begin(MENU, core.clone());
                    CardDone::Ended(tef.sell(&order, &mut line as &mut dyn Dialogue))
                }
                CardWork::Menu { at } => {
                    let mut line = running.begin(MENU, core.clone());
                    CardDone::Ended(tef.administer(at, &mut line as &mut dyn Dialogue))
                }
            };
            running.end();
            Some(Answer::CardDesk { attempt, done })
        }
        Call::Release { sale } => {
            if let Err(error) = tef.release(&sale) {
                tracing::warn!(%error, "the TEF driver keeps a copy that is no longer needed");
            }
            None
        }
        _ => None,
    }
}

/// What a totem without a TEF answers.
pub fn without_tef(call: Call) -> Option<Answer> {
    let none = || tef::Error::Silent("no TEF is configured".into());
    match call {
        Call::Sell { payment, round, .. } => {
            Some(Answer::Sold { payment, round, outcome: SaleOutcome::NotStarted(none()) })
        }
        Call::Pending { payment: None } => Some(Answer::Pending { payment: None, result: Ok(Vec::new()) }),
        Call::Pending { payment } => Some(Answer::Pending { payment, result: Err(none()) }),
        Call::CardDesk { attempt, work: CardWork::Look } => {
            let done = CardDone::Seen { alive: Err(none()), waiting: Err(none()), about: Vec::new() };
            Some(Answer::CardDesk { attempt, done })
        }
        Call::CardDesk { attempt, .. } => {
            Some(Answer::CardDesk { attempt, done: CardDone::Ended(SaleOutcome::NotStarted(none())) })
        }
        Call::Finalize { payment, sale, .. } => Some(Answer::Finalized { payment, sale, result: Err(none()) }),
        _ => None,
    }
}

pub fn printer_thread(
    mut printer: Box<dyn Printer>,
    core: Sender<Input>,
    gone: Gone,
) -> std::io::Result<Started<PrinterWork>> {
    let (work, received) = channel::<PrinterWork>();
    let thread = thread::Builder::new().name("printer".into()).spawn(move || {
        for work in received {
            match work {
                PrinterWork::Print { ticket, document } => {
                    let outcome = if gone.asked_for(ticket) {
                        tracing::info!(document = document.name, "not printed: whoever asked for it is gone");
                        Outcome::NotSent(Status::Ready)
                    } else {
                        printer.print(&document)
                    };
                    tracing::info!(document = document.name, ?outcome, "printed");
                    if core.send(Input::Answer(Answer::Printed { ticket, outcome })).is_err() {
                        return;
                    }
                }
                PrinterWork::Release(attempt) => {
                    let done = printer.release();
                    if core.send(Input::Answer(Answer::PaperReleased { attempt, done })).is_err() {
                        return;
                    }
                }
                PrinterWork::Status(reply) => {
                    let _ = reply.send(printer.status());
                }
            }
        }
    })?;
    Ok((work, thread))
}

pub fn print(printer: Option<&Sender<PrinterWork>>, ticket: Ticket, document: Document, core: &Sender<Input>) {
    let sent = printer.is_some_and(|printer| printer.send(PrinterWork::Print { ticket, document }).is_ok());
    if !sent {
        let outcome = Outcome::NotSent(Status::Absent);
        let _ = core.send(Input::Answer(Answer::Printed { ticket, outcome }));
    }
}

pub fn release(printer: Option<&Sender<PrinterWork>>, attempt: Attempt, core: &Sender<Input>) {
    let sent = printer.is_some_and(|printer| printer.send(PrinterWork::Release(attempt)).is_ok());
    if !sent {
        let _ = core.send(Input::Answer(Answer::PaperReleased { attempt, done: false }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Begins a paper when it is let, and tells of it.
    struct Slow {
        begun: Sender<&'static str>,
        go: std::sync::mpsc::Receiver<()>,
    }

    impl Printer for Slow {
        fn name(&self) -> &'static str {
            "slow"
        }

        fn status(&mut self) -> Status {
            Status::Ready
        }

        fn print(&mut self, document: &Document) -> Outcome {
            self.begun.send(document.name).unwrap();
            self.go.recv().unwrap();
            Outcome::Done
        }
    }

    #[test]
    fn papers_of_a_customer_who_left_are_not_begun_and_those_of_money_are() {
        let (begun, papers) = channel();
        let (let_go, go) = channel();
        let (core, answers) = channel();
        let gone = Gone::default();
        let (work, thread) = printer_thread(Box::new(Slow { begun, go }), core, gone.clone()).unwrap();
        let print = |ticket, name| {
            let document = Document { name, blocks: Vec::new() };
            work.send(PrinterWork::Print { ticket, document }).unwrap();
        };
        print(Ticket::Asked(Attempt(3)), "begun");
        assert_eq!(papers.recv().unwrap(), "begun");
        print(Ticket::Asked(Attempt(4)), "left behind");
        print(Ticket::Receipt(PaymentId(1)), "receipt");
        print(Ticket::Asked(Attempt(5)), "of the next");
        gone.mark(Attempt(4));
        for _ in 0..3 {
            let_go.send(()).unwrap();
        }
        drop(work);
        thread.join().unwrap();
        assert_eq!(papers.iter().collect::<Vec<_>>(), ["receipt", "of the next"]);
        let told = answers.iter().filter_map(|input| match input {
            Input::Answer(Answer::Printed { ticket, outcome }) => Some((ticket, outcome == Outcome::Done)),
            _ => None,
        });
        let asked = |attempt| Ticket::Asked(Attempt(attempt));
        let receipt = Ticket::Receipt(PaymentId(1));
        assert_eq!(told.collect::<Vec<_>>(), [(asked(3), true), (asked(4), false), (receipt, true), (asked(5), true)]);
    }
}
