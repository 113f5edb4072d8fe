//! Where the shop's own look is, and what of it is worn. What is wrong there is told as anything else is; the totem
//! works all the same, in its own colours.

use std::path::PathBuf;

use jiff::tz::TimeZone;
use serde::Deserialize;

use super::Config;
use super::check::read_whole;
use super::error::Mistake;
use super::layers::Layers;
use crate::brand::{Brand, FILE, FILE_MOST, Folder, Told};
use crate::domain::receipt::Beneficiary;

/// `[brand]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrandChoice {
    /// Nothing there: our own look.
    pub folder: PathBuf,
    /// The shop's clock, for opening hours and days.
    pub zone: String,
    /// What the folder told when the configuration was read.
    #[serde(skip)]
    pub(super) worn: Brand,
}

impl Default for BrandChoice {
    fn default() -> Self {
        let (folder, zone) = (PathBuf::from("/etc/totem/brand"), "America/Sao_Paulo".to_owned());
        BrandChoice { folder, zone, worn: Brand::default() }
    }
}

/// What the folder's text file says, and everything that is wrong with it.
#[derive(Debug, Default)]
pub struct Found {
    /// Nothing where there is no folder.
    pub folder: Option<Folder>,
    /// What is fit of it.
    pub brand: Brand,
    pub mistakes: Vec<Mistake>,
    /// Why nothing could be read, where the mistake is in no line.
    pub trouble: Option<String>,
}

impl BrandChoice {
    /// Checked with the configuration.
    #[must_use]
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    pub(super) fn has_a_zone(&self) -> bool {
        TimeZone::get(&self.zone).is_ok()
    }

    /// Reads the text file of the folder; its pictures are nobody's business here.
    #[must_use]
    pub fn find(&self) -> Found {
        let path = self.folder.join(FILE);
        let trouble = |why: &dyn std::fmt::Display| Some(format!("{}: {why}", path.display()));
        let folder = match Folder::open(&self.folder) {
            Ok(Some(folder)) => folder,
            Ok(None) => return Found::default(),
            Err(why) => return Found { trouble: trouble(&why), ..Found::default() },
        };
        let bytes = match folder.read(FILE, FILE_MOST) {
            Ok(bytes) => bytes.unwrap_or_default(),
            Err(why) => return Found { trouble: trouble(&why), folder: Some(folder), ..Found::default() },
        };
        let Ok(text) = String::from_utf8(bytes) else {
            let why = trouble(&"não está em UTF-8: grave o arquivo com essa codificação");
            return Found { trouble: why, folder: Some(folder), ..Found::default() };
        };
        let layers = Layers::of_text(text.trim_start_matches('\u{feff}'), &path);
        let (told, mut mistakes) = read_whole::<Told>(&layers);
        let (brand, refused) = told.unwrap_or_default().judge(&self.zone());
        for (key, message) in refused {
            mistakes.push(layers.mistake(layers.whereabouts(&layers.path(&key)), false, message));
        }
        Found { folder: Some(folder), brand, mistakes, trouble: None }
    }
}

impl Config {
    /// Reads what is worn. What is not fit is left out, and said in the log.
    pub(super) fn dress(&mut self) {
        let found = self.brand.find();
        for mistake in &found.mistakes {
            tracing::error!("{mistake}");
        }
        if let Some(trouble) = &found.trouble {
            tracing::error!("a pasta da marca não é usada: {trouble}");
        }
        self.brand.worn = found.brand;
    }

    /// The look with its names: the brand's own where it has any.
    #[must_use]
    pub fn worn(&self) -> Brand {
        let first = |names: [&String; 3]| names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default();
        let (worn, nothing) = (&self.brand.worn, String::new());
        Brand {
            name: first([&worn.name, &self.screen.brand, &self.beneficiary.name]),
            help_phone: first([&worn.help_phone, &self.beneficiary.help_phone, &nothing]),
            ..worn.clone()
        }
    }

    /// Who is paid, as papers say it: with the name that customers know, and the phone that helps them.
    #[must_use]
    pub fn beneficiary_on_paper(&self) -> Beneficiary {
        let Brand { name, help_phone, .. } = self.worn();
        let brand = if name == self.beneficiary.name { String::new() } else { name };
        Beneficiary { brand, help_phone, ..self.beneficiary.clone() }
    }
}
