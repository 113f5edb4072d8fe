//! How long a stand-in lives: as a thread until it is stopped, as a process until a signal or the end of its parent.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::signal::unix::{SignalKind, signal};

const STEP: Duration = Duration::from_millis(10);

/// Told to stop by one thread, asked by another.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    pub fn tell(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    pub fn is_told(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Waits for `time`, or less when told to stop.
    pub fn sleep(&self, time: Duration) {
        let until = Instant::now() + time;
        while !self.is_told() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            std::thread::sleep(left.min(STEP));
        }
    }
}

/// A stand-in at work on a thread of its own.
#[derive(Debug)]
pub struct Worker {
    stop: Stop,
    thread: Option<JoinHandle<io::Result<()>>>,
}

impl Worker {
    pub fn start(name: &str, work: impl FnOnce(Stop) -> io::Result<()> + Send + 'static) -> io::Result<Self> {
        let stop = Stop::default();
        let told = stop.clone();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(told))?;
        Ok(Worker { stop, thread: Some(thread) })
    }

    /// It ended by itself: it was ordered to crash, or its directory failed it.
    pub fn has_ended(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }

    pub fn stop(&mut self) -> io::Result<()> {
        self.stop.tell();
        match self.thread.take() {
            Some(thread) => thread.join().unwrap_or_else(|_| Err(io::Error::other("the stand-in panicked"))),
            None => Ok(()),
        }
    }

    /// Prints `ready` as one line, then blocks until SIGTERM, SIGINT, the end of the worker, or the end of a parent that holds our standard input by a
    /// pipe. Any other standard input says nothing about a parent: a service has `/dev/null` there.
    pub fn serve(mut self, ready: &serde_json::Value) -> io::Result<()> {
        let orphaned = Stop::default();
        if standard_input_is_a_pipe() {
            let told = orphaned.clone();
            std::thread::Builder::new().name("parent".to_owned()).spawn(move || {
                io::copy(&mut io::stdin().lock().by_ref(), &mut io::sink()).ok();
                told.tell();
            })?;
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            println!("{ready}");
            while !self.has_ended() && !orphaned.is_told() {
                tokio::select! {
                    _ = terminate.recv() => break,
                    _ = interrupt.recv() => break,
                    () = tokio::time::sleep(Duration::from_millis(50)) => {}
                }
            }
            io::Result::Ok(())
        })?;
        self.stop()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop().ok();
    }
}

fn standard_input_is_a_pipe() -> bool {
    use rustix::fs::FileType;
    rustix::fs::fstat(rustix::stdio::stdin())
        .is_ok_and(|about| matches!(FileType::from_raw_mode(about.st_mode), FileType::Fifo | FileType::Socket))
}
