//! Papers of the stand-in printer, on their way to the screen.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use totem::paper::Bitmap;

/// Puts each new paper of the folder into the tray, for as long as somebody looks.
pub fn watch(folder: PathBuf, slot: watch::Sender<Option<Arc<Bitmap>>>) {
    std::thread::spawn(move || {
        let mut seen = newest(&folder);
        while !slot.is_closed() {
            std::thread::sleep(Duration::from_millis(200));
            let now = newest(&folder);
            if now > seen
                && let Some(paper) = now.as_deref().and_then(read)
            {
                seen = now;
                slot.send_replace(Some(Arc::new(paper)));
            }
        }
    });
}

/// The papers are numbered, so the newest has the last name.
fn newest(folder: &Path) -> Option<PathBuf> {
    let papers = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    papers.filter(|path| path.extension().is_some_and(|ending| ending == "png")).max()
}

/// Nothing while the picture is still being written.
fn read(path: &Path) -> Option<Bitmap> {
    let picture = image::open(path).ok()?.to_luma8();
    let side = |side: u32| usize::try_from(side).ok();
    let mut paper = Bitmap::new(side(picture.width())?, side(picture.height())?);
    for (x, y, dot) in picture.enumerate_pixels() {
        paper.set(side(x)?, side(y)?, dot.0.first().is_some_and(|shade| *shade < 128));
    }
    Some(paper)
}
