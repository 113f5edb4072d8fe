//! A small receipt printer at the other end of a pseudo-terminal, that can run out of paper, fall silent or be unplugged.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop here")]

use std::collections::VecDeque;
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

pub const WELL: [u8; 4] = [0x12, 0x12, 0x12, 0x12];
pub const OUT: [u8; 4] = [0x1a, 0x32, 0x12, 0x7e];
pub const COVER: [u8; 4] = [0x1a, 0x36, 0x12, 0x72];

/// How the printer is, and what it has done.
pub struct Machine {
    /// Answers to `DLE EOT` 1 to 4.
    pub answers: [u8; 4],
    /// Lines until the roll ends.
    pub lines_left: Option<usize>,
    /// Answers nothing.
    pub mute: bool,
    /// Answers nothing more once a line has been printed.
    pub mute_after_a_line: bool,
    /// Reads nothing.
    pub stuck: bool,
    /// Stops reading in the middle of the first picture.
    pub stuck_in_a_picture: bool,
    pub slow: Option<Duration>,
    /// Bytes until somebody pulls the cable.
    pub unplug_after: Option<usize>,
    /// Loses some bytes of the picture after so many: its buffer was full.
    pub overrun_after: Option<usize>,
    /// Sent before every answer.
    pub noise: Vec<u8>,
    /// Sent instead of everything, once, when the fence is reached; then silence.
    pub last_words: Option<Vec<u8>>,
    pub never_fences: bool,
    /// Papers that came out, and what hangs out of the slot.
    pub papers: Vec<String>,
    pub hanging: String,
    pub pictures: usize,
    pub unknown: Vec<u8>,
    waiting: VecDeque<Token>,
}

enum Token {
    Line(String),
    Picture,
    Cut,
    Fence,
    Other,
}

pub struct Counterpart {
    machine: Arc<Mutex<Machine>>,
    folder: tempfile::TempDir,
}

impl Counterpart {
    pub fn new() -> Counterpart {
        let machine = Machine {
            answers: WELL,
            lines_left: None,
            mute: false,
            mute_after_a_line: false,
            stuck: false,
            stuck_in_a_picture: false,
            slow: None,
            unplug_after: None,
            overrun_after: None,
            noise: Vec::new(),
            last_words: None,
            never_fences: false,
            papers: Vec::new(),
            hanging: String::new(),
            pictures: 0,
            unknown: Vec::new(),
            waiting: VecDeque::new(),
        };
        let counterpart = Counterpart { machine: Arc::new(Mutex::new(machine)), folder: tempfile::tempdir().unwrap() };
        counterpart.plug_in();
        counterpart
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("printer")
    }

    pub fn now(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap()
    }

    /// Switched on again, or its cable put back: a new device under the same name.
    pub fn plug_in(&self) {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let device = ptsname(&master, Vec::new()).unwrap();
        let _ = std::fs::remove_file(self.path());
        symlink(device.to_str().unwrap(), self.path()).unwrap();
        let machine = Arc::clone(&self.machine);
        spawn(move || serve(&mut File::from(master), &machine));
    }

    pub fn wait_until(&self, what: &str, reached: impl Fn(&Machine) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(10);
        while !reached(&self.now()) {
            assert!(Instant::now() < deadline, "never: {what}");
            sleep(Duration::from_millis(5));
        }
    }
}

fn serve(line: &mut File, machine: &Mutex<Machine>) {
    let mut held = VecDeque::new();
    let mut total = 0;
    loop {
        let (stuck, slow) = {
            let machine = machine.lock().unwrap();
            (machine.stuck, machine.slow)
        };
        if stuck {
            sleep(Duration::from_millis(10));
            continue;
        }
        let mut bytes = [0; 64];
        let Ok(count) = line.read(&mut bytes) else {
            // Nobody has the other end open.
            sleep(Duration::from_millis(5));
            continue;
        };
        total += count;
        if held.front() == Some(&0x1d) && held.len() > 64 && machine.lock().unwrap().overrun() {
            continue;
        }
        held.extend(&bytes[..count]);
        if let Some(pause) = slow {
            sleep(pause);
        }
        let mut machine = machine.lock().unwrap();
        if machine.unplug_after.is_some_and(|limit| total >= limit) {
            machine.unplug_after = None;
            return;
        }
        while let Some(answer) = machine.step(&mut held) {
            if !machine.mute && !answer.is_empty() {
                let mut words = machine.noise.clone();
                words.extend(answer);
                let _ = line.write_all(&words);
            }
        }
    }
}

impl Machine {
    /// Takes one whole command; nothing where it is not whole yet.
    fn step(&mut self, held: &mut VecDeque<u8>) -> Option<Vec<u8>> {
        let at = |index: usize| held.get(index).copied();
        let (length, token) = match at(0)? {
            0x10 if at(1)? == 4 => {
                let number = usize::from(at(2)?);
                held.drain(..3);
                let mut said = vec![self.answers[number - 1]];
                // a printer that can go on does so by itself
                said.extend(self.work());
                return Some(said);
            }
            0x1b => match at(1)? {
                b'@' => (2, Token::Other),
                b't' | b'E' | b'a' | b'd' => (at(2).map(|_| 3)?, Token::Other),
                _ => return self.wonder(held),
            },
            0x1d => match at(1)? {
                b'!' => (at(2).map(|_| 3)?, Token::Other),
                b'r' => (at(2).map(|_| 3)?, Token::Fence),
                b'V' => (at(3).map(|_| 4)?, Token::Cut),
                b'v' => {
                    let side = |low| Some(usize::from(at(low)?) + 256 * usize::from(at(low + 1)?));
                    let length = 8 + side(4)? * side(6)?;
                    if held.len() < length {
                        self.stuck |= std::mem::take(&mut self.stuck_in_a_picture);
                        return None;
                    }
                    (length, Token::Picture)
                }
                _ => return self.wonder(held),
            },
            0 => (1, Token::Other),
            b' '..=b'~' | 0x80.. | b'\n' => {
                let end = held.iter().position(|byte| *byte < b' ')?;
                if held[end] != b'\n' {
                    return self.wonder(held);
                }
                let text = held.iter().take(end).map(|byte| char::from(*byte)).collect();
                (end + 1, Token::Line(text))
            }
            _ => return self.wonder(held),
        };
        held.drain(..length);
        self.waiting.push_back(token);
        Some(self.work())
    }

    fn overrun(&mut self) -> bool {
        self.overrun_after.take_if(|pictures| self.pictures >= *pictures).is_some()
    }

    fn wonder(&mut self, held: &mut VecDeque<u8>) -> Option<Vec<u8>> {
        self.unknown.extend(held.pop_front());
        Some(Vec::new())
    }

    /// Prints what waits, as far as the paper goes.
    pub fn work(&mut self) -> Vec<u8> {
        let mut said = Vec::new();
        while self.answers[1] == WELL[1] {
            match self.waiting.pop_front() {
                None => break,
                Some(Token::Line(line)) => {
                    if self.lines_left == Some(0) {
                        self.answers = OUT;
                        self.waiting.push_front(Token::Line(line));
                        break;
                    }
                    self.lines_left = self.lines_left.map(|left| left - 1);
                    self.hanging.push_str(&line);
                    self.hanging.push('\n');
                    self.mute |= self.mute_after_a_line;
                }
                Some(Token::Picture) => self.pictures += 1,
                Some(Token::Cut) => {
                    let paper = std::mem::take(&mut self.hanging);
                    self.papers.push(paper);
                }
                Some(Token::Fence) => match self.last_words.take() {
                    Some(words) => {
                        said.extend(words);
                        self.answers = [0; 4];
                    }
                    None if self.never_fences => {}
                    None => said.push(0),
                },
                Some(Token::Other) => {}
            }
        }
        said
    }
}
