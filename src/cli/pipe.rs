//! A reader that goes away, as `totem erp lookups | head` has one, ends a command that prints: quietly, and with the
//! status that the shell gives to its own tools.

use std::process::ExitCode;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// 128 + SIGPIPE.
const CLOSED: u8 = 141;

/// `print!` stops the program where nobody reads; from now on it stops without a word. Not for a totem that serves:
/// nothing that is read from it may end it.
pub fn may_close() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if panic.payload_as_str().is_some_and(is_of_a_closed_pipe) {
            std::process::exit(CLOSED.into());
        }
        usual(panic);
    }));
}

fn is_of_a_closed_pipe(message: &str) -> bool {
    message.starts_with("failed printing to std") && message.contains("Broken pipe")
}

/// The same for a command that writes by itself and tells what became of it.
pub fn was_closed(why: &str) -> Option<ExitCode> {
    (why.contains("os error 32") && nobody_reads()).then(|| ExitCode::from(CLOSED))
}

/// A partner's connection may break in the same words.
fn nobody_reads() -> bool {
    let out = rustix::stdio::stdout();
    let mut asked = [PollFd::new(&out, PollFlags::OUT)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut asked, Some(&at_once)).is_ok() && asked.iter().any(|fd| fd.revents().contains(PollFlags::ERR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_reader_that_went_away_is_passed_over() {
        assert!(is_of_a_closed_pipe("failed printing to stdout: Broken pipe (os error 32)"));
        assert!(!is_of_a_closed_pipe("failed printing to stdout: No space left on device (os error 28)"));
        assert!(!is_of_a_closed_pipe("Broken pipe (os error 32)"));
    }
}
