//! The pictures that a window shows, opened on a thread of their own: nobody who draws or serves ever waits for a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::watch;

use super::folder::Folder;
use super::picture::Picture;
use super::{Brand, media};

/// What the window wears now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dress {
    pub brand: Brand,
    pub logo: Option<Arc<Picture>>,
    pub picture: Option<Arc<Picture>>,
    /// There are pictures that take turns, or whose day may come.
    pub turns: bool,
}

enum Ask {
    Wear(Box<Brand>, PathBuf, TimeZone),
    Turn,
}

/// The window's end, cheap to clone, and whoever changes what is worn.
#[derive(Debug, Clone)]
pub struct Showcase {
    asks: Sender<Ask>,
    worn: watch::Receiver<Arc<Dress>>,
}

impl Showcase {
    /// The brand's words and colours are there at once, its pictures when they have been opened.
    pub fn open(brand: Brand, folder: PathBuf, zone: TimeZone) -> std::io::Result<Showcase> {
        let first = Dress { brand: brand.clone(), ..Dress::default() };
        let ((asks, asked), (shows, worn)) = (channel(), watch::channel(Arc::new(first)));
        let thread = move || work(&asked, &shows);
        std::thread::Builder::new().name("brand".into()).spawn(thread)?;
        let showcase = Showcase { asks, worn };
        showcase.wear(brand, folder, zone);
        Ok(showcase)
    }

    /// From now on this.
    pub fn wear(&self, brand: Brand, folder: PathBuf, zone: TimeZone) {
        // its thread ends when nobody can ask any more
        let _ = self.asks.send(Ask::Wear(Box::new(brand), folder, zone));
    }

    /// The next picture is wanted.
    pub fn turn(&self) {
        let _ = self.asks.send(Ask::Turn);
    }

    #[must_use]
    pub fn worn(&self) -> watch::Receiver<Arc<Dress>> {
        self.worn.clone()
    }
}

impl PartialEq for Showcase {
    fn eq(&self, other: &Showcase) -> bool {
        self.worn.same_channel(&other.worn)
    }
}

impl Eq for Showcase {}

fn work(asked: &Receiver<Ask>, shows: &watch::Sender<Arc<Dress>>) {
    let mut shelf = Shelf::default();
    while let Ok(ask) = asked.recv() {
        let next = match ask {
            Ask::Wear(brand, folder, zone) => {
                let (new, dress) = Shelf::of(*brand, &folder, zone);
                shelf = new;
                // words and colours do not wait for the pictures
                shows.send_replace(Arc::new(dress.clone()));
                let logo = shelf.logo();
                Dress { logo, picture: shelf.next().map(Arc::new), turns: !shelf.names.is_empty(), ..dress }
            }
            Ask::Turn => {
                let now = Arc::clone(&shows.borrow());
                let picture = shelf.next().map(Arc::new);
                Dress { picture, turns: !shelf.names.is_empty(), ..(*now).clone() }
            }
        };
        shows.send_if_modified(|shown| {
            let changes = **shown != next;
            if changes {
                *shown = Arc::new(next);
            }
            changes
        });
    }
}

/// What the thread holds: names, and no picture but the one that is handed out.
#[derive(Default)]
struct Shelf {
    brand: Brand,
    folder: Option<Folder>,
    zone: Option<TimeZone>,
    /// What was found fit to be tried. What could not be opened is taken out.
    names: Vec<String>,
    /// Of the picture that is tried next.
    at: usize,
}

impl Shelf {
    fn of(brand: Brand, path: &Path, zone: TimeZone) -> (Shelf, Dress) {
        let folder = Folder::open(path).unwrap_or_else(|why| {
            tracing::warn!(folder = %path.display(), %why, "the brand's folder cannot be opened");
            None
        });
        let (names, reports) = folder.as_ref().map(media::names).unwrap_or_default();
        reports.iter().for_each(left_out);
        let dress = Dress { brand: brand.clone(), ..Dress::default() };
        (Shelf { brand, folder, zone: Some(zone), names, at: 0 }, dress)
    }

    fn logo(&self) -> Option<Arc<Picture>> {
        let found = media::logo(self.folder.as_ref()?).inspect_err(left_out);
        found.ok().flatten().map(Arc::new)
    }

    /// The next picture of today that can be opened.
    fn next(&mut self) -> Option<Picture> {
        let folder = self.folder.as_ref()?;
        let today = self.zone.as_ref()?.to_datetime(Timestamp::now()).date();
        let mut tries = self.names.len();
        while tries > 0 {
            tries -= 1;
            self.at = if self.at < self.names.len() { self.at } else { 0 };
            let name = self.names.get(self.at)?;
            if !self.brand.media.shows(name, today) {
                self.at += 1;
                continue;
            }
            match media::picture(folder, name) {
                Ok(picture) => {
                    self.at += 1;
                    return Some(picture);
                }
                Err(report) => {
                    left_out(&report);
                    self.names.remove(self.at);
                }
            }
        }
        None
    }
}

fn left_out(report: &media::Report) {
    tracing::warn!(file = report.file, why = report.says, "left out of the brand");
}
