//! The totem's side of the process that draws: one process a request, killed when it takes too long.

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::line::{Answer, Order, Reads};
use super::{BYTES_MOST, Error, Size};
use crate::domain::document::Compared;
use crate::domain::{Boleto, PageImage, PageView, Pdf};

/// A page is drawn in some hundredths of a second; a customer waits this long at most.
const PATIENCE: Duration = Duration::from_secs(5);
/// The line before the shades.
const LINE_MOST: usize = 16 * 1024;

/// Draws pages of PDFs that others made.
#[derive(Debug, Clone)]
pub struct Reader {
    program: PathBuf,
    patience: Duration,
}

/// A page that was drawn, and what the document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub pages: usize,
    pub image: PageImage,
    /// The boletos whose bars stand on its pages, where they were asked for.
    bars: Vec<Boleto>,
    /// Those whose digits do.
    lines: Vec<Boleto>,
}

impl Drawn {
    /// What stands on the document against what the provider's system says. Bars of one and digits of another are what a
    /// forger makes: each kind that is there has to have the bill's own.
    #[must_use]
    pub fn compared(&self, with: Option<&Boleto>) -> Compared {
        let Some(boleto) = with else { return Compared::NotCompared };
        let differs = |found: &[Boleto]| !found.is_empty() && !found.contains(boleto);
        if differs(&self.bars) || differs(&self.lines) {
            Compared::Different
        } else if self.bars.is_empty() && self.lines.is_empty() {
            Compared::NotCompared
        } else {
            Compared::Same
        }
    }

    #[must_use]
    pub fn bars(&self) -> &[Boleto] {
        &self.bars
    }

    #[must_use]
    pub fn lines(&self) -> &[Boleto] {
        &self.lines
    }
}

impl Reader {
    /// With a program that knows `pdf-host`: this very one.
    #[must_use]
    pub fn new(program: PathBuf) -> Reader {
        Reader { program, patience: PATIENCE }
    }

    /// With another patience.
    #[must_use]
    pub fn patient(self, patience: Duration) -> Reader {
        Reader { patience, ..self }
    }

    /// One page, and the boletos on it where the document's own was not found yet. It takes as long as the process does: never to be called where a screen waits.
    pub fn draw(&self, pdf: &Pdf, view: PageView, into: Size) -> Result<Drawn, Error> {
        let read = if pdf.to_compare().is_some() { Reads::Page } else { Reads::Nothing };
        self.ask(pdf, view, into, read)
    }

    /// The first page, and the boletos of the first pages.
    pub fn open(&self, pdf: &Pdf, into: Size) -> Result<Drawn, Error> {
        self.ask(pdf, PageView::first(), into, Reads::Document)
    }

    fn ask(&self, pdf: &Pdf, view: PageView, into: Size, read: Reads) -> Result<Drawn, Error> {
        let bytes = pdf.bytes();
        if bytes.len() > BYTES_MOST {
            return Err(Error::TooLarge);
        }
        let order = Order { length: bytes.len(), page: view.page, part: view.part, into, read };
        let mut child = self.start().map_err(|error| {
            tracing::error!(%error, "the process that draws PDFs did not start");
            Error::NotStarted
        })?;
        let lines = child.stdin.take().zip(child.stdout.take());
        let (told, answers) = channel();
        let pdf = pdf.clone();
        let began = thread::Builder::new().name("pdf".into()).spawn(move || {
            // whoever asked may have given up
            let _ = told.send(lines.and_then(|(orders, answers)| converse(orders, answers, &order, &pdf)));
        });
        let answer = match began {
            Ok(_) => answers.recv_timeout(self.patience),
            Err(_) => Err(RecvTimeoutError::Disconnected),
        };
        end(&mut child);
        match answer {
            Ok(Some((Ok(reply), image))) => {
                Ok(Drawn { pages: reply.pages, image, bars: read_back(&reply.bars), lines: read_back(&reply.lines) })
            }
            Ok(Some((Err(error), _))) => Err(error),
            Ok(None) => Err(Error::TooMuch),
            Err(RecvTimeoutError::Timeout) => Err(Error::TooLong),
            Err(RecvTimeoutError::Disconnected) => Err(Error::NotStarted),
        }
    }

    /// Nothing of this process's surroundings is given on: not its variables, not its folder, not its terminal.
    fn start(&self) -> std::io::Result<Child> {
        Command::new(&self.program)
            .arg("pdf-host")
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
    }
}

fn end(child: &mut Child) {
    // a process that has ended already cannot be killed
    let _ = child.kill();
    if let Err(error) = child.wait() {
        tracing::warn!(%error, "the process that draws PDFs did not end");
    }
}

fn read_back(boletos: &[String]) -> Vec<Boleto> {
    boletos.iter().filter_map(|bars| Boleto::parse(bars).ok()).collect()
}

/// Nothing where the process ended in the middle, or says what makes no sense.
fn converse(mut orders: ChildStdin, mut answers: ChildStdout, order: &Order, pdf: &Pdf) -> Option<(Answer, PageImage)> {
    let mut line = serde_json::to_vec(order).ok()?;
    line.push(b'\n');
    orders.write_all(&line).ok()?;
    orders.write_all(pdf.bytes()).ok()?;
    drop(orders);
    let answer: Answer = serde_json::from_slice(&first_line(&mut answers)?).ok()?;
    let Ok(reply) = answer else { return Some((answer, PageImage::new(1, vec![u8::MAX])?)) };
    let (width, height) = (reply.width, reply.height);
    if width.max(height) > order.into.width.max(order.into.height) {
        return None;
    }
    let mut shades = vec![0; width.checked_mul(height)?];
    answers.read_exact(&mut shades).ok()?;
    Some((Ok(reply), PageImage::new(width, shades)?))
}

fn first_line(answers: &mut ChildStdout) -> Option<Vec<u8>> {
    let mut line = Vec::new();
    let mut byte = [0];
    while line.len() < LINE_MOST {
        answers.read_exact(&mut byte).ok()?;
        if byte == *b"\n" {
            return Some(line);
        }
        line.extend(byte);
    }
    None
}
