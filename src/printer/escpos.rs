//! A paper as the commands of a receipt printer, in the words of its profile.

mod picture;
mod words;

use super::profile::{Picture, Profile, Proof, Qr};
use crate::paper::{Block, Document, Emphasis, Overflow, Part, Place, Row, Sheet, layout};
use words::Words;

pub use words::clear_buffers;

/// Dots of paper that a line of text takes, with the space below it.
const LINE_DOTS: usize = 34;

/// One command. Between two of them, and nowhere else, a printer may be asked for its status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Command {
    bytes: Vec<u8>,
    appetite: usize,
    dots: usize,
}

impl Command {
    fn of(bytes: impl Into<Vec<u8>>) -> Command {
        Command { bytes: bytes.into(), ..Command::default() }
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many bytes a printer that lost the beginning of this command may still swallow as its data.
    #[must_use]
    pub fn appetite(&self) -> usize {
        self.appetite
    }

    /// Paper that it takes.
    #[must_use]
    pub fn dots(&self) -> usize {
        self.dots
    }
}

/// A mark that one job has and no other: it stands in `GS ( H`, and the printer sends it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobId(pub [u8; 4]);

impl JobId {
    /// Of the digits and letters that the command allows.
    #[must_use]
    pub fn numbered(number: u32) -> JobId {
        const LETTERS: u32 = 26;
        let mut left = number;
        let mut letter = || {
            let at = left % LETTERS;
            left /= LETTERS;
            b'A' + u8::try_from(at).unwrap_or(0)
        };
        JobId([letter(), letter(), letter(), letter()])
    }
}

/// The commands of a document, from the first to the cut; or what does not fit the paper.
pub fn compose(document: &Document, profile: &Profile) -> Result<Vec<Command>, Overflow> {
    if profile.qr == Qr::Picture && profile.picture != Picture::None {
        return Ok(commands(&layout(document, &profile.width())?, profile));
    }
    let draws = profile.picture != Picture::None;
    let document = if draws { document } else { &document.without_bars() };
    let mut pen = Pen::new(profile);
    for (index, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Qr(text) if profile.qr == Qr::Native => pen.native_qr(text, index)?,
            // a paper with nothing on it would pass for the page
            Block::Page(_) if !draws => {
                return Err(Overflow::NotDrawable { what: Part::Page, at: Place { block: index + 1, line: 1 } });
            }
            other => {
                let one = Document { name: document.name, blocks: vec![other.clone()] };
                let sheet = layout(&one, &profile.width()).map_err(|overflow| words::moved(overflow, index))?;
                pen.rows(sheet.rows().iter().filter(|row| !matches!(row, Row::Cut)));
            }
        }
    }
    pen.rows([&Row::Cut]);
    Ok(pen.commands)
}

/// The commands of a whole sheet.
#[must_use]
pub fn commands(sheet: &Sheet, profile: &Profile) -> Vec<Command> {
    let mut pen = Pen::new(profile);
    pen.rows(sheet.rows());
    pen.commands
}

/// What stands behind a job, and is answered when the printer has come so far; nothing where it knows no such thing.
#[must_use]
pub fn fence(profile: &Profile, id: JobId) -> Option<Command> {
    match profile.proof {
        Proof::ProcessId => Some(Command::of([&[0x1d, b'(', b'H', 6, 0, 48, 48], id.0.as_slice()].concat())),
        Proof::Fence => Some(Command::of([0x1d, b'r', 1])),
        Proof::Ticket | Proof::Watched | Proof::None => None,
    }
}

/// What ends a paper whose job was cut short: the printer's half-read command is filled up with white, what is on the
/// paper is cut off, and a fence tells when that is done.
#[must_use]
pub fn amends(swallowed: usize, profile: &Profile, id: JobId) -> Vec<u8> {
    let words = Words::of(profile);
    let mut bytes = vec![0; swallowed];
    bytes.extend(words.initialize());
    bytes.extend(words.feed(1));
    bytes.extend(words.cut());
    bytes.extend(fence(profile, id).iter().flat_map(Command::bytes));
    bytes
}

/// Changes of style, sent only where the style changes.
struct Pen<'a> {
    profile: &'a Profile,
    words: Words<'a>,
    commands: Vec<Command>,
    emphasis: Emphasis,
    centred: bool,
    narrow: bool,
}

impl<'a> Pen<'a> {
    fn new(profile: &'a Profile) -> Pen<'a> {
        let words = Words::of(profile);
        let mut commands = vec![Command::of(words.initialize())];
        commands.extend(words.code_table().map(Command::of));
        Pen { profile, words, commands, emphasis: Emphasis::Plain, centred: false, narrow: false }
    }

    fn rows<'r>(&mut self, rows: impl IntoIterator<Item = &'r Row>) {
        for row in rows {
            match row {
                Row::Line(line) => {
                    self.set_font(line.is_narrow());
                    self.set(line.emphasis(), line.centred());
                    let mut bytes = self.profile.code_page.encode(line.text());
                    bytes.push(b'\n');
                    let dots = LINE_DOTS * crate::paper::sheet::scale(line.emphasis());
                    self.commands.push(Command { bytes, appetite: 0, dots });
                }
                Row::Picture(picture) => {
                    self.set_font(false);
                    self.set(Emphasis::Plain, true);
                    self.commands.extend(picture::commands(picture, self.profile));
                }
                Row::Feed(lines) => {
                    let dots = LINE_DOTS * usize::from(*lines);
                    self.commands.push(Command { bytes: self.words.feed(*lines), appetite: 0, dots });
                }
                Row::Cut => {
                    self.set_font(false);
                    self.set(Emphasis::Plain, false);
                    self.commands.push(Command::of(self.words.cut()));
                }
            }
        }
    }

    /// Centred, with a line of white above and below: the printer draws none around it.
    fn native_qr(&mut self, text: &str, index: usize) -> Result<(), Overflow> {
        let (bytes, dots) = self.words.native_qr(text, index)?;
        self.set(Emphasis::Plain, true);
        self.commands.push(Command::of(self.words.feed(1)));
        self.commands.push(Command { bytes, appetite: text.len(), dots });
        self.commands.push(Command::of(self.words.feed(1)));
        Ok(())
    }

    fn set_font(&mut self, narrow: bool) {
        if narrow != self.narrow {
            self.commands.push(Command::of(self.words.narrow(narrow)));
            self.narrow = narrow;
        }
    }

    fn set(&mut self, emphasis: Emphasis, centred: bool) {
        if centred != self.centred {
            self.commands.push(Command::of(self.words.centre(centred)));
        }
        if (emphasis == Emphasis::Strong) != (self.emphasis == Emphasis::Strong) {
            self.commands.push(Command::of(self.words.bold(emphasis == Emphasis::Strong)));
        }
        if (emphasis == Emphasis::Large) != (self.emphasis == Emphasis::Large) {
            self.commands.push(Command::of(self.words.double(emphasis == Emphasis::Large)));
        }
        (self.emphasis, self.centred) = (emphasis, centred);
    }
}

#[cfg(test)]
mod tests;
