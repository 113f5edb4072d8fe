//! What the folder has to be seen: the logo, and the pictures of the welcome screen.

use jiff::civil::Date;

use super::folder::{Folder, Unfit};
use super::picture::{BYTES_MOST, Picture};
use super::{FILE, Media};

const LOGOS: [&str; 3] = ["logo.png", "logo.jpg", "logo.jpeg"];
/// The logo stands in the band above.
const LOGO_BOX: (u32, u32) = (640, 160);
/// No screen gives a picture more room than this.
const PICTURE_BOX: (u32, u32) = (1080, 900);
const FOLDER: &str = "media";
/// A folder with more in it was not made for this.
const NAMES_MOST: usize = 1_000;
/// Pictures that take turns; any further ones are left out.
pub(super) const TURNS_MOST: usize = 40;

/// Something in the folder that is left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub file: String,
    pub says: String,
}

impl Report {
    fn of(file: &str, why: &Unfit) -> Report {
        Report { file: file.to_owned(), says: why.to_string() }
    }
}

pub(super) fn logo(folder: &Folder) -> Result<Option<Picture>, Report> {
    for name in LOGOS {
        let about = |why: Unfit| Report::of(name, &why);
        if let Some(bytes) = folder.read(name, BYTES_MOST).map_err(about)? {
            return Picture::open(&bytes, LOGO_BOX).map(Some).map_err(about);
        }
    }
    Ok(None)
}

/// The pictures by name, before any of them is opened, and what is left out.
pub(super) fn names(folder: &Folder) -> (Vec<String>, Vec<Report>) {
    let left_out = |why: &Unfit| (Vec::new(), vec![Report::of(FOLDER, why)]);
    let found = match folder.inner(FOLDER) {
        Ok(Some(inner)) => inner.names(NAMES_MOST),
        Ok(None) => return (Vec::new(), Vec::new()),
        Err(why) => return left_out(&why),
    };
    match found {
        Ok(Some(mut names)) => {
            let rest = names.split_off(names.len().min(TURNS_MOST));
            let says = format!("só as primeiras {TURNS_MOST} imagens, pela ordem dos nomes, são mostradas");
            (names, rest.into_iter().map(|file| Report { file: in_folder(&file), says: says.clone() }).collect())
        }
        Ok(None) => {
            let says = format!("a pasta tem mais de {NAMES_MOST} arquivos: nenhum é mostrado");
            (Vec::new(), vec![Report { file: FOLDER.to_owned(), says }])
        }
        Err(why) => left_out(&why),
    }
}

pub(super) fn picture(folder: &Folder, name: &str) -> Result<Picture, Report> {
    let opened = || {
        let inner = folder.inner(FOLDER)?.ok_or(Unfit::NoFile)?;
        let bytes = inner.read(name, BYTES_MOST)?.ok_or(Unfit::NoFile)?;
        Picture::open(&bytes, PICTURE_BOX)
    };
    opened().map_err(|why| Report::of(&in_folder(name), &why))
}

fn in_folder(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

/// What there is to be seen, opened once: for whoever checks the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Look {
    pub logo: bool,
    /// Pictures that are fit, and those of them that are shown on this day.
    pub pictures: usize,
    pub today: usize,
    pub reports: Vec<Report>,
}

/// Opens everything once. It takes a while: nobody who serves customers waits for it.
#[must_use]
pub fn look(folder: &Folder, media: &Media, today: Date) -> Look {
    let mut look = Look::default();
    match logo(folder) {
        Ok(found) => look.logo = found.is_some(),
        Err(report) => look.reports.push(report),
    }
    let (names, reports) = names(folder);
    look.reports.extend(reports);
    for name in &names {
        match picture(folder, name) {
            Ok(_) => {
                look.pictures += 1;
                look.today += usize::from(media.shows(name, today));
            }
            Err(report) => look.reports.push(report),
        }
    }
    for dated in media.dated.iter().filter(|dated| !names.contains(&dated.file)) {
        let says = format!("{FILE} fala deste arquivo, e ele não está na pasta {FOLDER}");
        look.reports.push(Report { file: in_folder(&dated.file), says });
    }
    look
}
