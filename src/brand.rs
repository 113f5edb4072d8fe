//! The shop's own look: one folder with names, colours, opening hours, a logo and pictures for whoever passes by.
//!
//! Whoever fills the folder is no programmer, and a totem may find anything in it. What is not fit is left out and told;
//! nothing of it can hold up the desk, and no colours that cannot be read are ever worn.

mod folder;
mod media;
mod palette;
mod picture;
mod showcase;
mod told;

use jiff::civil::Date;

pub use folder::{Folder, Unfit};
pub use media::{Look, Report, look};
pub use palette::{Palette, Rgb, SHAPE, TEXT, contrast};
pub use picture::Picture;
pub use showcase::{Dress, Showcase};
pub use told::Told;

use crate::domain::Hours;

/// The text file of the folder.
pub const FILE: &str = "brand.toml";
/// A text file that is larger is another sort of file.
pub const FILE_MOST: u64 = 64 * 1024;

/// What is worn: everything that was told and is fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    pub name: String,
    pub help_phone: String,
    pub palette: Palette,
    pub texts: Texts,
    /// None: always open.
    pub hours: Option<Hours>,
    pub media: Media,
}

/// What the welcome screen says, in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    pub pt_br: Text,
    pub en: Text,
    pub es: Text,
}

/// Empty where our own words do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    pub title: String,
    pub line: String,
}

/// How the pictures are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Media {
    /// How long one stays.
    pub seconds: u32,
    /// Pictures that are shown only for a time; any other in the folder always is.
    pub dated: Vec<Dated>,
}

impl Default for Media {
    fn default() -> Media {
        Media { seconds: 15, dated: Vec::new() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    pub file: String,
    /// The first and the last day.
    pub from: Option<Date>,
    pub until: Option<Date>,
}

impl Media {
    /// Whether a picture of this name is to be shown on this day.
    #[must_use]
    pub fn shows(&self, file: &str, today: Date) -> bool {
        let in_time = |dated: &Dated| {
            dated.from.is_none_or(|from| from <= today) && dated.until.is_none_or(|until| today <= until)
        };
        let mut told = self.dated.iter().filter(|dated| dated.file == file).peekable();
        told.peek().is_none() || told.any(in_time)
    }
}

#[cfg(test)]
mod tests;
