//! What a stand-in keeps in its directory: a book that is always whole, and the control file by which a test in another
//! process orders misbehaviour.

use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;

pub const CONTROL: &str = "control.json";

/// Replaces `path` in one step: a reader sees the old bytes or the new ones, never a part.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".tmp");
    let unfinished = PathBuf::from(unfinished);
    std::fs::write(&unfinished, bytes)?;
    std::fs::rename(&unfinished, path)
}

pub fn write_book<T: Serialize>(path: &Path, book: &T) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(book)?;
    text.push(b'\n');
    write_whole(path, &text)
}

/// The book of an earlier life; `None` when there was none. A book that cannot be read is an error, never a blank one.
pub fn read_book<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    match std::fs::read(path) {
        Ok(text) => serde_json::from_slice(&text)
            .map(Some)
            .map_err(|cause| io::Error::new(io::ErrorKind::InvalidData, format!("{}: {cause}", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Orders misbehaviour of the stand-in whose directory is `state`. `{}` makes it behave again.
pub fn order(state: &Path, control: &serde_json::Value) -> io::Result<()> {
    write_whole(&state.join(CONTROL), control.to_string().as_bytes())
}

/// The orders in force: the control file as it was last read. No file means no misbehaviour.
#[derive(Debug)]
pub struct Orders<T> {
    path: PathBuf,
    seen: Option<Vec<u8>>,
    current: T,
}

impl<T: DeserializeOwned + Default> Orders<T> {
    pub fn of(state: &Path) -> Self {
        Orders { path: state.join(CONTROL), seen: None, current: T::default() }
    }

    pub fn current(&self) -> &T {
        &self.current
    }

    /// Reads the file again. An order that cannot be understood is told once, on standard error and to the caller,
    /// and nothing of it is carried out.
    pub fn refresh(&mut self) -> Result<(), String> {
        let text = std::fs::read(&self.path).ok();
        if text == self.seen {
            return Ok(());
        }
        self.seen = text;
        let understood = self.seen.as_deref().map_or_else(|| Ok(T::default()), serde_json::from_slice);
        match understood {
            Ok(orders) => {
                self.current = orders;
                Ok(())
            }
            Err(cause) => {
                self.current = T::default();
                let problem = format!("{}: {cause}", self.path.display());
                eprintln!("{problem}");
                Err(problem)
            }
        }
    }

    /// Takes the orders off the desk, for those that hold once.
    pub fn withdraw(&mut self) {
        self.current = T::default();
        self.seen = None;
        std::fs::remove_file(&self.path).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Mood {
        mute: bool,
    }

    #[test]
    fn an_order_holds_until_it_is_replaced_and_a_misspelt_one_is_refused() {
        let desk = tempfile::tempdir().unwrap();
        let mut orders = Orders::<Mood>::of(desk.path());
        orders.refresh().unwrap();
        assert!(!orders.current().mute);

        order(desk.path(), &json!({"mute": true})).unwrap();
        orders.refresh().unwrap();
        assert!(orders.current().mute);

        order(desk.path(), &json!({"mutte": true})).unwrap();
        assert!(orders.refresh().unwrap_err().contains("unknown field `mutte`"));
        assert!(!orders.current().mute);
        assert!(orders.refresh().is_ok(), "the same mistake is told once");

        order(desk.path(), &json!({"mute": true})).unwrap();
        orders.refresh().unwrap();
        orders.withdraw();
        orders.refresh().unwrap();
        assert!(!orders.current().mute);
    }

    #[test]
    fn a_damaged_book_is_never_taken_for_an_empty_one() {
        let desk = tempfile::tempdir().unwrap();
        let path = desk.path().join("book.json");
        assert_eq!(read_book::<Vec<u8>>(&path).unwrap(), None);
        write_book(&path, &vec![1u8, 2]).unwrap();
        assert_eq!(read_book::<Vec<u8>>(&path).unwrap(), Some(vec![1, 2]));
        std::fs::write(&path, "[1,").unwrap();
        assert!(read_book::<Vec<u8>>(&path).is_err());
    }
}
