//! The line face: the window replaced by lines of JSON, for scripts, tests, remote support and machines without a screen.

use std::collections::VecDeque;
use std::io::{BufRead, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use serde::Serialize;
use serde_json::{Value, json};

use super::phrases::Phrases;
use crate::journey::{Intent, View};
use crate::runtime::Counter;

/// Why the face ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// `{"do":"quit"}`.
    Quit,
    /// No more input, nobody who reads the output, or no desk: a customer who walked away.
    InputEnded,
}

/// The longest line that is read, in bytes.
const LINE_MOST: u64 = 64 * 1024;

/// How long the next line waits for the answer to an intent before it is judged by the view there is: what a script
/// sends in one go is then judged step by step, as if a customer had looked in between.
const ANSWER_MOST: Duration = Duration::from_millis(200);

enum Event {
    Line(Vec<u8>),
    TooLong,
    InputEnded,
    View(Arc<View>),
    DeskGone,
}

/// What a line asks for.
enum Wish {
    Do(Intent),
    Quit,
    Refused { what: String, why: String },
}

/// Prints a line whenever what is shown changes and carries out the lines it reads, until the input ends or says so.
pub fn run(counter: &Counter, input: impl BufRead + Send + 'static, mut output: impl Write) -> End {
    let (sender, events) = channel();
    follow(counter, sender.clone());
    std::thread::spawn(move || read(input, &sender));
    let mut face = Face { counter, view: None, phrases: None, waiting: VecDeque::new(), sent: None };
    loop {
        let step = face.step(&events, &mut output);
        match step {
            Ok(None) => {}
            Ok(Some(end)) => return end,
            Err(error) => {
                tracing::info!(%error, "nobody reads the line face");
                return End::InputEnded;
            }
        }
    }
}

fn follow(counter: &Counter, sender: Sender<Event>) {
    let mut views = counter.subscribe();
    std::thread::spawn(move || {
        while let Some(view) = views.blocking_recv() {
            if sender.send(Event::View(view)).is_err() {
                return;
            }
        }
        let _nobody_waits = sender.send(Event::DeskGone);
    });
}

fn read(mut input: impl BufRead, sender: &Sender<Event>) {
    loop {
        let mut line = Vec::new();
        let event = match input.by_ref().take(LINE_MOST).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => Event::InputEnded,
            Ok(_) if line.len() as u64 == LINE_MOST && line.last() != Some(&b'\n') => {
                if skip_line(&mut input).is_err() { Event::InputEnded } else { Event::TooLong }
            }
            Ok(_) => Event::Line(line),
        };
        let ended = matches!(event, Event::InputEnded);
        if sender.send(event).is_err() || ended {
            return;
        }
    }
}

/// Reads on to the end of the line without keeping it.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        let (read, done) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        input.consume(read);
        if done {
            return Ok(());
        }
    }
}

struct Face<'a> {
    counter: &'a Counter,
    view: Option<Arc<View>>,
    phrases: Option<Phrases>,
    waiting: VecDeque<Event>,
    /// When an intent was sent whose answer is still awaited.
    sent: Option<Instant>,
}

impl Face<'_> {
    fn step(&mut self, events: &Receiver<Event>, output: &mut impl Write) -> std::io::Result<Option<End>> {
        if self.may_judge()
            && let Some(event) = self.waiting.pop_front()
        {
            return self.judge(&event, output);
        }
        let patience = match self.sent {
            Some(sent) if !self.waiting.is_empty() => ANSWER_MOST.saturating_sub(sent.elapsed()),
            _ => Duration::from_secs(3600),
        };
        match events.recv_timeout(patience) {
            Ok(Event::View(view)) => self.show(view, output)?,
            Ok(Event::DeskGone) | Err(RecvTimeoutError::Disconnected) => return Ok(Some(End::InputEnded)),
            Ok(input) => self.waiting.push_back(input),
            Err(RecvTimeoutError::Timeout) => self.sent = None,
        }
        Ok(None)
    }

    fn may_judge(&self) -> bool {
        self.view.is_some() && self.sent.is_none_or(|sent| sent.elapsed() >= ANSWER_MOST)
    }

    fn show(&mut self, view: Arc<View>, output: &mut impl Write) -> std::io::Result<()> {
        self.sent = None;
        if self.view.as_ref().is_some_and(|before| before.seq == view.seq) {
            return Ok(());
        }
        let phrases = match self.phrases.take() {
            Some(phrases) if phrases.language() == view.language => phrases,
            _ => Phrases::new(view.language),
        };
        print(&Line { view: &view, message: phrases.message(&view.step) }, output)?;
        self.phrases = Some(phrases);
        self.view = Some(view);
        Ok(())
    }

    fn judge(&mut self, event: &Event, output: &mut impl Write) -> std::io::Result<Option<End>> {
        let wish = match event {
            Event::Line(line) if line.trim_ascii().is_empty() => return Ok(None),
            Event::Line(line) => wish(line),
            Event::TooLong => refused("?", format!("a line has at most {LINE_MOST} bytes")),
            Event::InputEnded => return Ok(Some(End::InputEnded)),
            Event::View(_) | Event::DeskGone => return Ok(None),
        };
        match wish {
            Wish::Quit => return Ok(Some(End::Quit)),
            Wish::Refused { what, why } => print(&json!({ "refused": what, "why": why }), output)?,
            Wish::Do(intent) => {
                let Some(view) = &self.view else { return Ok(None) };
                match refusal(view, &intent) {
                    None => {
                        self.sent = Some(Instant::now());
                        self.counter.send(intent);
                    }
                    Some(why) => print(&json!({ "refused": intent.name(), "why": why }), output)?,
                }
            }
        }
        Ok(None)
    }
}

/// Why nothing would come of this intent before this view.
fn refusal(view: &View, intent: &Intent) -> Option<String> {
    let step = view.step.name();
    if !view.actions.contains(&intent.name()) {
        return Some(format!("{step} accepts {}", view.actions.join(", ")));
    }
    let Intent::Choose { option } = intent else { return None };
    // as a script reads them: where a step lists its options, others there are none
    let shown = serde_json::to_value(&view.step).ok()?;
    let options = shown.get("options")?.as_array()?;
    let Some(found) = options.iter().find(|one| one.get("id").and_then(Value::as_str) == Some(option)) else {
        return Some(format!("{step} has no option {option}"));
    };
    (found.get("works") == Some(&Value::Bool(false))).then(|| {
        let why = found.get("why").and_then(Value::as_str).map(|why| format!(": {why}"));
        format!("{option} does not work now{}", why.unwrap_or_default())
    })
}

fn wish(line: &[u8]) -> Wish {
    let value: Value = match serde_json::from_slice(line) {
        Ok(value) => value,
        Err(error) => return refused("?", format!("no JSON: {error}")),
    };
    let Some(name) = value.get("do").and_then(Value::as_str).map(str::to_owned) else {
        return refused("?", "an intent is an object whose \"do\" names it".to_owned());
    };
    if name == "quit" {
        return Wish::Quit;
    }
    match serde_json::from_value(value) {
        Ok(intent) => Wish::Do(intent),
        Err(error) => refused(&name, error.to_string()),
    }
}

fn refused(what: &str, why: String) -> Wish {
    Wish::Refused { what: what.to_owned(), why }
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    view: &'a View,
    /// What the customer is told, where the screen tells it in whole sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

fn print(line: &impl Serialize, output: &mut impl Write) -> std::io::Result<()> {
    // whole: in the buffer of standard output a part of it would stay to be read after its customer has gone
    let mut whole = serde_json::to_vec(line)?;
    whole.push(b'\n');
    output.write_all(&whole)?;
    output.flush()
}
