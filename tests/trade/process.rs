//! A child process whose lines are waited for with a deadline, and which never outlives the test.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

/// Generous: a loaded machine is not a defect.
pub const PATIENCE: Duration = Duration::from_secs(90);
const REMEMBERED: usize = 40;

/// A port that nobody has just now, to be taken later: outside the range from which connections get theirs, and another
/// one for each that asks.
pub fn free() -> SocketAddr {
    static ASKED: AtomicU32 = AtomicU32::new(0);
    const FIRST: u32 = 20_000;
    const MANY: u32 = 12_000;
    loop {
        let asked = ASKED.fetch_add(1, Ordering::Relaxed);
        assert!(asked < MANY, "no port is free");
        let port = FIRST + std::process::id().wrapping_mul(7_919).wrapping_add(asked) % MANY;
        let address = SocketAddr::from(([127, 0, 0, 1], u16::try_from(port).unwrap()));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

pub struct Process {
    name: String,
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
    seen: Vec<String>,
    log: Arc<Log>,
}

/// What the process said on standard error so far.
#[derive(Default)]
struct Log {
    lines: Mutex<(Vec<String>, bool)>,
    grew: Condvar,
}

impl Process {
    pub fn start(name: &str, args: &[&str]) -> Process {
        Process::start_in(name, args, &[])
    }

    /// With these names added to its environment.
    pub fn start_in(name: &str, args: &[&str], environment: &[(&str, &std::ffi::OsStr)]) -> Process {
        let mut child = Command::new(env!("CARGO_BIN_EXE_totem"))
            .args(args)
            .env("TOTEM_LOG", "info")
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let out = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            follow(out, |line| {
                let _ = sender.send(line);
            });
        });
        let log = Arc::new(Log::default());
        let (err, theirs) = (child.stderr.take().unwrap(), Arc::clone(&log));
        std::thread::spawn(move || {
            follow(err, |line| {
                theirs.lines.lock().unwrap().0.push(line);
                theirs.grew.notify_all();
            });
            theirs.lines.lock().unwrap().1 = true;
            theirs.grew.notify_all();
        });
        let input = child.stdin.take();
        Process { name: name.to_owned(), child, input, lines, seen: Vec::new(), log }
    }

    pub fn say(&mut self, line: &str) {
        let input = self.input.as_mut().expect("its input was ended");
        let told = input.write_all(format!("{line}\n").as_bytes()).and_then(|()| input.flush());
        assert!(told.is_ok(), "{}", self.story(&format!("it no longer listens: {line}")));
    }

    /// The next line of standard output; `None` when it has ended.
    pub fn next(&mut self, what: &str) -> Option<String> {
        match self.lines.recv_timeout(PATIENCE) {
            Ok(line) => {
                self.seen.push(line.clone());
                Some(line)
            }
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("{}", self.story(&format!("waited for {what}"))),
        }
    }

    pub fn line(&mut self, what: &str) -> String {
        let Some(line) = self.next(what) else { panic!("{}", self.story(&format!("it ended before {what}"))) };
        line
    }

    /// Standard error, whole.
    pub fn log(&self) -> Vec<String> {
        self.log.lines.lock().unwrap().0.clone()
    }

    /// Standard output, as far as it was read.
    pub fn seen(&self) -> &[String] {
        &self.seen
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until standard error is as wanted.
    pub fn until_log(&self, what: &str, wanted: impl Fn(&[String]) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut lines = self.log.lines.lock().unwrap();
        while !wanted(&lines.0) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() || lines.1 {
                drop(lines);
                panic!("{}", self.story(&format!("its log never told {what}")));
            }
            lines = self.log.grew.wait_timeout(lines, left).unwrap().0;
        }
    }

    pub fn end_input(&mut self) {
        self.input = None;
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// SIGTERM.
    pub fn terminate(&self) {
        self.signal(rustix::process::Signal::TERM);
    }

    /// SIGHUP.
    pub fn hang_up(&self) {
        self.signal(rustix::process::Signal::HUP);
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let id = i32::try_from(self.child.id()).ok().and_then(rustix::process::Pid::from_raw).unwrap();
        rustix::process::kill_process(id, signal).unwrap();
    }

    /// Waits until it ends by itself.
    pub fn ended(&mut self, what: &str) -> ExitStatus {
        while self.next(what).is_some() {}
        let status = self.child.wait().unwrap();
        let deadline = Instant::now() + PATIENCE;
        let mut lines = self.log.lines.lock().unwrap();
        while !lines.1 && Instant::now() < deadline {
            lines = self.log.grew.wait_timeout(lines, PATIENCE).unwrap().0;
        }
        status
    }

    /// What a person needs to know of a wait that failed.
    pub fn story(&self, what: &str) -> String {
        let tail = |lines: &[String]| lines[lines.len().saturating_sub(REMEMBERED)..].join("\n  ");
        format!("{}: {what}\n it said last:\n  {}\n its log:\n  {}", self.name, tail(&self.seen), tail(&self.log()))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn follow(stream: impl Read, mut each: impl FnMut(String)) {
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        each(String::from_utf8_lossy(&line).trim_end().to_owned());
        line.clear();
    }
}
