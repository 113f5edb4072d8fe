//! The process that holds the library: takes an order a line, makes the call, answers with a line. It decides nothing.
//!
//! When it crashes, the totem lives; when the totem dies, it dies too, and what it was doing is found as pending.

use std::fs::{File, TryLockError};
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{DumpableBehavior, Resource, Rlimit, Signal};

use super::fields;
use super::library::Library;
use super::line::{Order, Reply, Turn};
use crate::tef::masking::masked;

/// How long the process of an older totem may take to be gone.
const OTHERS_END: Duration = Duration::from_secs(10);

/// The result of a step that is not the last.
pub(super) const GOES_ON: i32 = 10_000;

/// Serves until the totem closes the line.
///
/// # Errors
/// Where the process cannot be prepared, or the line breaks.
pub fn run() -> io::Result<()> {
    // A crash must not leave a card's data on the disk, nor may another process of this user read it.
    rustix::process::setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)?;
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // A library that prints would break into the lines, and what it prints may be a card's.
    let lines = File::from(rustix::io::dup(io::stdout())?);
    let nowhere = File::options().write(true).open("/dev/null")?;
    rustix::stdio::dup2_stdout(&nowhere)?;
    rustix::stdio::dup2_stderr(&nowhere)?;
    serve(io::stdin().lock(), lines)
}

fn serve(orders: impl BufRead, mut lines: impl Write) -> io::Result<()> {
    let mut host = Host { library: None, lock: None };
    for order in orders.lines() {
        let reply = match serde_json::from_str(&order?) {
            Ok(order) => host.obey(order),
            // serde's own words could quote the line
            Err(cause) => Reply::Failed { why: format!("an order makes no sense at column {}", cause.column()) },
        };
        let mut line = serde_json::to_vec(&reply)?;
        line.push(b'\n');
        lines.write_all(&line)?;
        lines.flush()?;
    }
    Ok(())
}

struct Host {
    library: Option<Library>,
    lock: Option<File>,
}

impl Host {
    fn obey(&mut self, order: Order) -> Reply {
        let done = match order {
            Order::Open { library, lock, global_symbols } => self.open(&library, &lock, global_symbols),
            order => match &mut self.library {
                Some(library) => call(library, order),
                None => Err("the library was not opened".to_owned()),
            },
        };
        done.unwrap_or_else(|why| Reply::Failed { why })
    }

    fn open(&mut self, library: &Path, lock: &Path, global_symbols: bool) -> Result<Reply, String> {
        if self.library.is_some() {
            return Err("the library is open".to_owned());
        }
        self.lock = Some(alone(lock)?);
        let (library, without) = Library::open(library, global_symbols)?;
        self.library = Some(library);
        Ok(Reply::Opened { without })
    }
}

/// Two processes with one terminal code would take each other's connection away.
fn alone(lock: &Path) -> Result<File, String> {
    let told = |why: &dyn std::fmt::Display| format!("{}: {why}", lock.display());
    let file = File::create(lock).map_err(|why| told(&why))?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if begun.elapsed() < OTHERS_END => sleep(Duration::from_millis(20)),
            Err(TryLockError::WouldBlock) => return Err(told(&"another process holds the TEF library")),
            Err(TryLockError::Error(why)) => return Err(told(&why)),
        }
    }
}

fn call(library: &mut Library, order: Order) -> Result<Reply, String> {
    let returned = |code: Option<i32>| code.map_or(Reply::Absent, |code| Reply::Returned { code });
    Ok(match order {
        Order::Open { .. } => Reply::Absent,
        Order::Configure { address, store, terminal, parameters } => {
            returned(Some(library.configure(&address, &store, &terminal, &parameters)?))
        }
        Order::Start { function, amount, key, operator, parameters } => {
            returned(Some(library.start(function, &amount, &key, &operator, &parameters)?))
        }
        Order::Continue { with, answer } => {
            let (mut turn, bytes) = library.proceed(with, answer.as_deref())?;
            if is_told(&turn) {
                turn.text = Some(masked(&bytes.iter().copied().map(char::from).collect::<String>()));
            }
            if turn.result != GOES_ON {
                library.forget();
            }
            Reply::Turn(turn)
        }
        Order::Finish { confirm, key } => {
            library.finish(confirm, &key)?;
            Reply::Done
        }
        Order::Flush => returned(library.flush()),
        Order::Presence => returned(library.presence()),
        Order::About => Reply::Told { pairs: library.about() },
        Order::IdleText { text } => returned(library.idle_text(&text)?),
    })
}

/// A value only where it is one that we read; the words of a message or a question always; what is typed never.
fn is_told(turn: &Turn) -> bool {
    match (turn.result, turn.command) {
        (GOES_ON, 0) => fields::is_told(turn.field),
        (GOES_ON, _) => !matches!(turn.command, 23 | 29 | 31),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_order_and_an_order_without_a_library_are_answered_and_the_process_goes_on() {
        let mut lines = Vec::new();
        let orders = "nonsense\n{\"do\":\"flush\"}\n{\"do\":\"open\",\"library\":\"/nowhere/lib.so\",\
                      \"lock\":\"/nowhere/lock\",\"global_symbols\":false}\n";
        serve(orders.as_bytes(), &mut lines).unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let replies: Vec<&str> = lines.lines().collect();
        assert_eq!(replies.len(), 3, "{lines}");
        assert!(replies[0].contains("no sense at column") && !replies[0].contains("nonsense"), "{lines}");
        assert!(replies[1].contains("was not opened"), "{lines}");
        assert!(replies[2].contains("/nowhere/lock"), "{lines}");
    }

    #[test]
    fn the_text_of_a_field_that_we_do_not_read_stays_in_the_process() {
        let turn = |command, field| Turn { result: GOES_ON, command, field, min: 0, max: 0, length: 0, text: None };
        for (command, field, told) in
            [(0, 121, true), (0, 2015, false), (0, 150, false), (3, 5000, true), (21, 0, true), (31, 0, false)]
        {
            assert_eq!(is_told(&turn(command, field)), told, "{command} {field}");
        }
    }
}
