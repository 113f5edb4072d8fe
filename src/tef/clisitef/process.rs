//! The totem's side of the process that holds the library: starts it when it is needed, waits for each reply with a
//! limit, and lets go of it when it dies or says nothing.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::line::{Order, Reply};
use super::settings::Settings;

/// How long the library may take to let go of its things.
const ENDING: Duration = Duration::from_secs(2);

/// Why a call has no reply. Whatever it was about, only the TEF knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Lost {
    Died(String),
    Silent(u64),
}

impl std::fmt::Display for Lost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Lost::Died(how) => write!(f, "the process of the TEF library ended ({how})"),
            Lost::Silent(seconds) => write!(f, "the TEF library said nothing for {seconds} s"),
        }
    }
}

pub(super) struct Process {
    child: Child,
    orders: Option<ChildStdin>,
    replies: Receiver<String>,
}

impl Process {
    /// Starts this very program again as the library's host, in the library's folder.
    pub fn start(program: &PathBuf, settings: &Settings) -> std::io::Result<Process> {
        let mut paths = settings.folder().as_os_str().to_owned();
        if let Some(others) = std::env::var_os("LD_LIBRARY_PATH").filter(|others| !others.is_empty()) {
            paths.push(":");
            paths.push(others);
        }
        let mut child = Command::new(program)
            .arg("tef-host")
            .current_dir(settings.folder())
            .env("LD_LIBRARY_PATH", paths)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // a Ctrl-C is for the totem, which ends in its own order
            .process_group(0)
            .spawn()?;
        let (told, replies) = channel();
        let out = child.stdout.take();
        thread::Builder::new().name("tef-host".into()).spawn(move || {
            for line in out.into_iter().flat_map(|out| BufReader::new(out).lines()) {
                if line.is_err() || line.is_ok_and(|line| told.send(line).is_err()) {
                    return;
                }
            }
        })?;
        let orders = child.stdin.take();
        Ok(Process { child, orders, replies })
    }

    /// Makes one call. After an error this process is of no use any more.
    pub fn call(&mut self, order: &Order, limit: Duration) -> Result<Reply, Lost> {
        let mut line = serde_json::to_vec(order).map_err(|why| Lost::Died(why.to_string()))?;
        line.push(b'\n');
        let sent = self.orders.as_mut().is_some_and(|orders| orders.write_all(&line).is_ok());
        if !sent {
            return Err(self.ended());
        }
        match self.replies.recv_timeout(limit) {
            Ok(line) => serde_json::from_str(&line)
                .map_err(|cause| Lost::Died(format!("a reply makes no sense at column {}", cause.column()))),
            Err(RecvTimeoutError::Timeout) => Err(Lost::Silent(limit.as_secs())),
            Err(RecvTimeoutError::Disconnected) => Err(self.ended()),
        }
    }

    fn ended(&mut self) -> Lost {
        self.orders = None;
        Lost::Died(self.wait().unwrap_or_else(|| "it closed its lines".to_owned()))
    }

    fn wait(&mut self) -> Option<String> {
        let begun = Instant::now();
        while begun.elapsed() < ENDING {
            match self.child.try_wait() {
                Ok(Some(status)) => return Some(status.to_string()),
                Ok(None) => thread::sleep(Duration::from_millis(5)),
                Err(why) => return Some(why.to_string()),
            }
        }
        None
    }
}

impl Drop for Process {
    /// A process that waits for an order ends by itself; one that hangs in the library is ended.
    fn drop(&mut self) {
        self.orders = None;
        if self.wait().is_none() {
            tracing::warn!("the process of the TEF library does not end by itself");
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
