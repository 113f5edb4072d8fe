//! A socket in the state folder at which another process of this machine can ask how the totem is: one line for whoever
//! calls, and the call is over. Who calls and does not read is not waited for.

use std::io::{self, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(2);
const ANSWER_AT_MOST: u64 = 4 * 1024;

/// Opens the door at `path` and answers on a thread of its own. What a dead totem left there is put away: the caller
/// holds the journal's lock.
pub fn open(path: &Path, answer: impl Fn() -> String + Send + 'static) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    std::thread::Builder::new().name("door".into()).spawn(move || {
        for caller in listener.incoming() {
            let told = caller.and_then(|mut caller| {
                caller.set_write_timeout(Some(PATIENCE))?;
                writeln!(caller, "{}", answer())
            });
            if let Err(error) = told {
                tracing::debug!(%error, "somebody who asked how the totem is was not told");
                // out of file handles: not a thousand times a second
                std::thread::sleep(Duration::from_millis(100));
            }
        }
    })?;
    Ok(())
}

/// Asks at the door at `path`.
pub fn ask(path: &Path) -> io::Result<String> {
    let door = UnixStream::connect(path)?;
    door.set_read_timeout(Some(PATIENCE))?;
    let mut answer = String::new();
    door.take(ANSWER_AT_MOST).read_to_string(&mut answer)?;
    match answer.strip_suffix('\n') {
        Some(line) => Ok(line.to_owned()),
        None => Err(io::Error::new(io::ErrorKind::UnexpectedEof, "half an answer")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_is_told_also_after_one_who_never_reads_and_where_a_dead_totem_left_its_door() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("door");
        drop(UnixListener::bind(&path).unwrap());
        assert_eq!(ask(&path).unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
        open(&path, || "well".to_owned()).unwrap();
        let never_reads = UnixStream::connect(&path).unwrap();
        assert_eq!(ask(&path).unwrap(), "well");
        drop(never_reads);
        assert_eq!(ask(&path).unwrap(), "well");
    }

    #[test]
    fn half_an_answer_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("door");
        let listener = UnixListener::bind(&path).unwrap();
        let tells = std::thread::spawn(move || listener.accept().unwrap().0.write_all(b"{\"served\":fal").unwrap());
        assert_eq!(ask(&path).unwrap_err().kind(), io::ErrorKind::UnexpectedEof);
        tells.join().unwrap();
    }
}
