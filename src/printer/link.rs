//! A conversation with a printer: whole commands go out, answers come back told apart.

use std::time::{Duration, Instant};

use super::Status;
use super::demux::{Answer, Demux};
use super::dialect::{Question, Replies, Shape};
use super::escpos::JobId;
use super::profile::Dialect;
use super::transport::{PortError, Transport};

/// How long an idle printer may take to answer; real ones take a few milliseconds.
const ANSWER_WITHIN: Duration = Duration::from_millis(500);
/// One wait for the port, after which limits are looked at again.
const STEP: Duration = Duration::from_millis(100);
/// Silence after which nothing more of an old answer is expected.
const SILENCE: Duration = Duration::from_millis(20);

pub struct Link<T> {
    port: T,
    demux: Demux,
    /// What came beside the answers to questions, not yet counted by the driver.
    heard: Heard,
    /// Every question has had its answer, so that what comes next is the answer to the next.
    settled: bool,
}

#[derive(Debug, Default)]
struct Heard {
    fence: Option<Fence>,
    printed: Vec<JobId>,
    cleared: bool,
    name: Option<String>,
}

/// What an answer to `GS r 1` says of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    Passed,
    /// The roll is out: what stands before the fence may be on it or not.
    NoPaper,
}

impl Fence {
    fn of(byte: u8) -> Fence {
        if byte & 0x0c == 0 { Fence::Passed } else { Fence::NoPaper }
    }
}

/// Ids remembered; a printer that sends more is not waited for.
const PRINTED_MOST: usize = 16;

impl<T: Transport> Link<T> {
    pub fn new(port: T) -> Link<T> {
        Link { port, demux: Demux::default(), heard: Heard::default(), settled: false }
    }

    /// Makes sure there is a port to talk to.
    pub fn connect(&mut self) -> Result<(), PortError> {
        if self.port.is_open() { Ok(()) } else { self.reconnect() }
    }

    pub fn reconnect(&mut self) -> Result<(), PortError> {
        self.demux = Demux::default();
        self.settled = false;
        self.port.reopen()
    }

    /// Sends all of it, or says why not.
    pub fn send(&mut self, mut bytes: &[u8], deadline: Instant) -> Result<(), PortError> {
        while !bytes.is_empty() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(PortError::TimedOut);
            }
            match self.port.write(bytes, left.min(STEP)) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(PortError::TimedOut) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What the printer says within one short wait, mostly nothing. What is no answer to a question is kept apart.
    pub fn listen(&mut self, within: Duration) -> Result<Option<Vec<u8>>, PortError> {
        let mut buffer = [0; 64];
        let count = match self.port.read(&mut buffer, within) {
            Ok(count) => count,
            Err(PortError::TimedOut) => {
                self.demux.quiet();
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        let mut said = None;
        for byte in buffer.iter().take(count) {
            match self.demux.take(*byte) {
                Some(Answer::State(bytes)) => {
                    self.settled = true;
                    said = Some(bytes);
                }
                // of several the worst counts
                Some(Answer::Fence(byte)) if self.heard.fence != Some(Fence::NoPaper) => {
                    self.heard.fence = Some(Fence::of(byte));
                }
                Some(Answer::Printed(id)) if self.heard.printed.len() < PRINTED_MOST => self.heard.printed.push(id),
                Some(Answer::Cleared) => self.heard.cleared = true,
                Some(Answer::Name(name)) => self.heard.name = Some(name),
                Some(Answer::Fence(_) | Answer::Printed(_)) | None => {}
            }
        }
        Ok(said)
    }

    /// The answer to a fence, where one came since this was last asked.
    pub fn take_fence(&mut self) -> Option<Fence> {
        self.heard.fence.take()
    }

    /// Whether the printer has told that this job is printed.
    pub fn take_printed(&mut self, id: JobId) -> bool {
        std::mem::take(&mut self.heard.printed).contains(&id)
    }

    pub fn take_cleared(&mut self) -> bool {
        std::mem::take(&mut self.heard.cleared)
    }

    pub fn take_name(&mut self) -> Option<String> {
        self.heard.name.take()
    }

    /// Bytes that belonged to nothing, since this was last asked.
    pub fn take_noise(&mut self) -> u32 {
        self.demux.take_noise()
    }

    /// Forgets what was said to nobody.
    pub fn forget(&mut self) {
        self.heard = Heard::default();
    }

    /// Reads until the printer has been silent for as long as given, a few times that at most. Whether an answer came
    /// that nobody was waiting for.
    pub fn wait_for_silence(&mut self, silence: Duration) -> Result<bool, PortError> {
        let end = Instant::now() + silence * 5;
        let mut answered = false;
        while Instant::now() < end {
            let began = Instant::now();
            answered |= self.listen(silence)?.is_some();
            if began.elapsed() >= silence {
                self.settled = true;
                break;
            }
        }
        Ok(answered)
    }

    /// Sends a question, and takes what comes next for its answer.
    pub fn put(&mut self, question: Question, deadline: Instant) -> Result<(), PortError> {
        self.demux.ask(question);
        self.settled = false;
        self.send(&question.bytes(), deadline)
    }

    /// Asks one question of a silent line and waits for its answer; nothing where none comes.
    pub fn query(&mut self, question: Question) -> Result<Option<Vec<u8>>, PortError> {
        self.wait_for_silence(SILENCE)?;
        self.answer_to(question)
    }

    fn answer_to(&mut self, question: Question) -> Result<Option<Vec<u8>>, PortError> {
        let deadline = Instant::now() + ANSWER_WITHIN;
        self.put(question, deadline)?;
        while Instant::now() < deadline {
            if let Some(answer) = self.listen(deadline.saturating_duration_since(Instant::now()).min(STEP))? {
                return Ok(Some(answer));
            }
        }
        Ok(None)
    }

    /// Asks each of these questions; after two without an answer the printer counts as mute, or as not to be understood
    /// where something came that is no answer.
    ///
    /// A question of `DLE EOT` follows the answer to the one before at once, and one silence at the end shows that none
    /// is left over. Where one is, it may have stood in the place of any other: all are asked again, each of a silent
    /// line. Once an answer is overdue it may come in the place of another, and nothing follows at once any more.
    pub fn ask(&mut self, questions: &[Question], dialect: Dialect) -> Result<Status, PortError> {
        self.demux.take_noise();
        let (mut replies, mut unanswered) = self.replies_to(questions, false)?;
        let swift = questions.iter().any(|question| question.shape() == Shape::RealTime);
        if swift && unanswered == 0 && self.wait_for_silence(SILENCE)? {
            (replies, unanswered) = self.replies_to(questions, true)?;
        }
        let status = if unanswered < 2 { replies.status(dialect) } else { Status::Mute };
        if status == Status::Mute {
            // Questions that wait in the kernel would be answered later, in the place of others.
            self.port.discard_output();
        }
        let noise = self.demux.take_noise();
        Ok(if status == Status::Mute && noise > 0 { Status::Unknown } else { status })
    }

    /// What came, and how many questions had no answer; two are enough. `slowly`: each is asked of a silent line.
    fn replies_to(&mut self, questions: &[Question], slowly: bool) -> Result<(Replies, usize), PortError> {
        let mut replies = Replies::default();
        let mut unanswered = 0;
        for question in questions {
            if slowly || unanswered > 0 || !self.settled || question.shape() != Shape::RealTime {
                self.wait_for_silence(SILENCE)?;
            }
            match self.answer_to(*question)? {
                Some(answer) => replies.set(*question, answer),
                None => unanswered += 1,
            }
            if unanswered == 2 {
                break;
            }
        }
        self.settled &= unanswered == 0;
        Ok((replies, unanswered))
    }

    /// Bytes that have not left this machine.
    pub fn waiting(&self) -> usize {
        self.port.waiting()
    }

    pub fn discard_output(&mut self) {
        self.port.discard_output();
    }

    pub fn close(&mut self) {
        self.port.close();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// A printer without paper. What an earlier program left on its way comes before its first answer; where that answer
    /// is late, it comes before the second.
    #[derive(Default)]
    struct NoPaper {
        left_over: Option<u8>,
        first_is_late: bool,
        said: VecDeque<u8>,
    }

    impl NoPaper {
        fn says(self) -> Result<Status, PortError> {
            Link::new(self).ask(Dialect::Epson.questions(), Dialect::Epson)
        }
    }

    impl Transport for NoPaper {
        fn is_open(&self) -> bool {
            true
        }

        fn reopen(&mut self) -> Result<(), PortError> {
            Ok(())
        }

        fn close(&mut self) {}

        fn write(&mut self, bytes: &[u8], _within: Duration) -> Result<usize, PortError> {
            self.said.extend(self.left_over.take());
            let answer = if bytes.last() == Some(&4) { 0x72 } else { 0x12 };
            if std::mem::take(&mut self.first_is_late) {
                self.left_over = Some(answer);
            } else {
                self.said.push_back(answer);
            }
            Ok(bytes.len())
        }

        fn read(&mut self, buffer: &mut [u8], within: Duration) -> Result<usize, PortError> {
            match (self.said.pop_front(), buffer.first_mut()) {
                (Some(byte), Some(place)) => {
                    *place = byte;
                    Ok(1)
                }
                _ => {
                    std::thread::sleep(within);
                    Err(PortError::TimedOut)
                }
            }
        }

        fn waiting(&self) -> usize {
            0
        }

        fn discard_output(&mut self) {}
    }

    #[test]
    fn an_answer_too_many_moves_no_other_to_the_wrong_question() {
        let printer = NoPaper { left_over: Some(0x12), ..NoPaper::default() };
        assert_eq!(printer.says(), Ok(Status::PaperOut));
    }

    #[test]
    fn an_answer_that_comes_too_late_moves_no_other_to_the_wrong_question() {
        let printer = NoPaper { first_is_late: true, ..NoPaper::default() };
        assert_eq!(printer.says(), Ok(Status::PaperOut));
    }
}
