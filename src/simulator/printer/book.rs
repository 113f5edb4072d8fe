//! The printer's book: `printer.json` counts, `events.jsonl` tells in order, `paper-NNNN.png` and `.txt` are the paper.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::simulator::state;

use super::faults::Cause;
use super::strip::Paper;

pub const BOOK: &str = "printer.json";
pub const EVENTS: &str = "events.jsonl";

/// One paper that came out. The file names are relative to the state directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperEntry {
    pub number: u32,
    pub at: String,
    pub png: String,
    pub txt: String,
    pub rows: usize,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pages {
    pub papers: Vec<PaperEntry>,
    /// Cuts of paper on which nothing stood.
    pub blank_cuts: u64,
    pub lines: u64,
    pub bytes: u64,
    /// Bytes that break the rules of the printer.
    pub errors: u64,
    /// Bytes that keep them and are hardly meant.
    pub warnings: u64,
    pub last_error: Option<String>,
    /// `DLE EOT` received.
    pub status_requests: u64,
    /// `GS r` and `GS ( H` answered, or carried out while mute.
    pub fences: u64,
    /// Why printing has stopped.
    pub stopped_by: Option<Cause>,
    /// Bytes of commands that wait for the printer to go on.
    pub held_bytes: u64,
    pub unplugged: u64,
    pub power_cycles: u64,
}

#[derive(Debug)]
pub struct Book {
    directory: PathBuf,
    events: File,
    pages: Pages,
    saved: Pages,
}

impl Book {
    pub fn open(directory: &Path) -> io::Result<Self> {
        let pages: Pages = state::read_book(&directory.join(BOOK))?.unwrap_or_default();
        state::write_book(&directory.join(BOOK), &pages)?;
        let events = OpenOptions::new().create(true).append(true).open(directory.join(EVENTS))?;
        Ok(Book { directory: directory.to_owned(), events, saved: pages.clone(), pages })
    }

    pub fn pages(&mut self) -> &mut Pages {
        &mut self.pages
    }

    /// Writes the book when it has changed.
    pub fn save(&mut self) -> io::Result<()> {
        if self.pages != self.saved {
            state::write_book(&self.directory.join(BOOK), &self.pages)?;
            self.saved = self.pages.clone();
        }
        Ok(())
    }

    pub fn tell(&mut self, event: &str, about: &Value) -> io::Result<()> {
        let mut line = json!({"at": jiff::Timestamp::now().to_string(), "event": event, "about": about}).to_string();
        line.push('\n');
        self.events.write_all(line.as_bytes())
    }

    pub fn error(&mut self, what: String) -> io::Result<()> {
        eprintln!("printer: {what}");
        self.tell("error", &json!(what))?;
        self.pages.errors += 1;
        self.pages.last_error = Some(what);
        self.save()
    }

    pub fn warning(&mut self, what: &str) -> io::Result<()> {
        self.pages.warnings += 1;
        self.tell("warning", &json!(what))?;
        self.save()
    }

    /// Keeps a paper that was cut off. The files are whole before the book names them.
    pub fn keep(&mut self, paper: &Paper) -> io::Result<()> {
        if !paper.has_ink() {
            self.pages.blank_cuts += 1;
            return self.tell("blank_cut", &json!({"rows": paper.rows()}));
        }
        let number = self.pages.papers.last().map_or(1, |last| last.number + 1);
        let (png, txt) = (format!("paper-{number:04}.png"), format!("paper-{number:04}.txt"));
        paper.save_png(&self.directory.join(&png))?;
        state::write_whole(&self.directory.join(&txt), paper.text().as_bytes())?;
        self.tell("paper", &json!({"number": number, "rows": paper.rows(), "lines": paper.lines()}))?;
        let at = jiff::Timestamp::now().to_string();
        self.pages.papers.push(PaperEntry { number, at, png, txt, rows: paper.rows() });
        self.save()
    }
}
