//! `brand.toml` as it is written, and what of it is fit to be worn.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{Brand, Dated, Media, Palette, Rgb, Text, Texts};
use crate::domain::Hours;
use crate::domain::hours::{HoursError, Span};

const NAME_MOST: usize = 60;
const PHONE_MOST: usize = 30;
const TITLE_MOST: usize = 60;
const LINE_MOST: usize = 100;
/// Faster would be a flicker, slower a still picture.
const SECONDS: std::ops::RangeInclusive<u32> = 8..=600;

/// The whole file. Every key may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Told {
    pub name: String,
    pub help_phone: String,
    pub colours: Colours,
    pub texts: Words,
    pub hours: Option<Week>,
    pub slides: Slides,
    pub media: Vec<Slide>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Colours {
    pub ground: Option<Rgb>,
    pub surface: Option<Rgb>,
    pub chosen: Option<Rgb>,
    pub ink: Option<Rgb>,
    pub soft: Option<Rgb>,
    pub edge: Option<Rgb>,
    pub brand: Option<Rgb>,
    pub on_brand: Option<Rgb>,
    pub pressed: Option<Rgb>,
    pub on_pressed: Option<Rgb>,
    pub alarm: Option<Rgb>,
    pub good: Option<Rgb>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    #[serde(rename = "pt-BR")]
    pub pt_br: Said,
    pub en: Said,
    pub es: Said,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Said {
    pub title: String,
    pub line: String,
}

/// A day without a key is a day on which the shop stays closed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Week {
    pub monday: Vec<String>,
    pub tuesday: Vec<String>,
    pub wednesday: Vec<String>,
    pub thursday: Vec<String>,
    pub friday: Vec<String>,
    pub saturday: Vec<String>,
    pub sunday: Vec<String>,
    /// Days on which it stays closed all day.
    pub closed: Vec<Date>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Slides {
    pub seconds: u32,
}

impl Default for Slides {
    fn default() -> Slides {
        Slides { seconds: Media::default().seconds }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slide {
    pub file: String,
    #[serde(default)]
    pub from: Option<Date>,
    #[serde(default)]
    pub until: Option<Date>,
}

/// What is not worn: the key, with dots, and a sentence.
pub type Refused = (String, String);

impl Told {
    /// What is fit, and what is not. A part that is not fit is left out as a whole: a totem with half of a palette is
    /// none that anybody has looked at.
    #[must_use]
    pub fn judge(&self, zone: &TimeZone) -> (Brand, Vec<Refused>) {
        let mut refused = Vec::new();
        let mut text = |key: &str, text: &str, most: usize| match fit(text, most) {
            Ok(text) => text,
            Err(why) => {
                refused.push((key.to_owned(), why));
                String::new()
            }
        };
        let (name, help_phone) =
            (text("name", &self.name, NAME_MOST), text("help_phone", &self.help_phone, PHONE_MOST));
        let mut said = |language: &str, said: &Said| Text {
            title: text(&format!("texts.{language}.title"), &said.title, TITLE_MOST),
            line: text(&format!("texts.{language}.line"), &said.line, LINE_MOST),
        };
        let texts = Texts {
            pt_br: said("pt-BR", &self.texts.pt_br),
            en: said("en", &self.texts.en),
            es: said("es", &self.texts.es),
        };
        let palette = self.colours.palette().unwrap_or_else(|faults| {
            refused.extend(faults);
            Palette::default()
        });
        let hours = self.hours.as_ref().and_then(|week| {
            week.hours(zone).inspect_err(|(key, why)| refused.push(((*key).to_owned(), why.to_string()))).ok()
        });
        let media = self.shown(&mut refused);
        (Brand { name, help_phone, palette, texts, hours, media }, refused)
    }

    fn shown(&self, refused: &mut Vec<Refused>) -> Media {
        let mut seconds = self.slides.seconds;
        if !SECONDS.contains(&seconds) {
            let message = format!("cada imagem fica de {} a {} segundos", SECONDS.start(), SECONDS.end());
            refused.push(("slides.seconds".to_owned(), message));
            seconds = Media::default().seconds;
        }
        let mut dated = Vec::new();
        for Slide { file, from, until } in &self.media {
            if from.zip(*until).is_some_and(|(from, until)| until < from) {
                let message = format!("\"{file}\": o último dia (until) vem antes do primeiro (from)");
                refused.push(("media.until".to_owned(), message));
            }
            dated.push(Dated { file: file.clone(), from: *from, until: *until });
        }
        Media { seconds, dated }
    }
}

/// On one line, and no longer than there is room for.
fn fit(text: &str, most: usize) -> Result<String, String> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err("o texto fica numa linha só, sem caracteres de controle".to_owned());
    }
    match text.chars().count() {
        long if long > most => Err(format!("o texto tem {long} letras e cabem {most}")),
        _ => Ok(text.to_owned()),
    }
}

impl Colours {
    /// Ours, with what is told in its place; all of it is refused where a pair cannot be read.
    fn palette(&self) -> Result<Palette, Vec<Refused>> {
        let ours = Palette::default();
        let palette = Palette {
            ground: self.ground.unwrap_or(ours.ground),
            surface: self.surface.unwrap_or(ours.surface),
            chosen: self.chosen.unwrap_or(ours.chosen),
            ink: self.ink.unwrap_or(ours.ink),
            soft: self.soft.unwrap_or(ours.soft),
            edge: self.edge.unwrap_or(ours.edge),
            brand: self.brand.unwrap_or(ours.brand),
            on_brand: self.on_brand.unwrap_or(ours.on_brand),
            pressed: self.pressed.unwrap_or(ours.pressed),
            on_pressed: self.on_pressed.unwrap_or(ours.on_pressed),
            alarm: self.alarm.unwrap_or(ours.alarm),
            good: self.good.unwrap_or(ours.good),
        };
        let told = [
            ("ground", self.ground),
            ("surface", self.surface),
            ("chosen", self.chosen),
            ("ink", self.ink),
            ("soft", self.soft),
            ("edge", self.edge),
            ("brand", self.brand),
            ("on_brand", self.on_brand),
            ("pressed", self.pressed),
            ("on_pressed", self.on_pressed),
            ("alarm", self.alarm),
            ("good", self.good),
        ];
        let is_told = |key: &&&str| told.iter().any(|(name, colour)| name == *key && colour.is_some());
        let faults: Vec<Refused> = palette
            .faults()
            .into_iter()
            .map(|(keys, message)| {
                let key = keys.iter().find(is_told).map_or("colours".to_owned(), |key| format!("colours.{key}"));
                (key, format!("{message}: nenhuma cor desta pasta é usada, e valem as do totem"))
            })
            .collect();
        if faults.is_empty() { Ok(palette) } else { Err(faults) }
    }
}

impl Week {
    fn hours(&self, zone: &TimeZone) -> Result<Hours, (&'static str, HoursError)> {
        let days = [
            ("hours.monday", &self.monday),
            ("hours.tuesday", &self.tuesday),
            ("hours.wednesday", &self.wednesday),
            ("hours.thursday", &self.thursday),
            ("hours.friday", &self.friday),
            ("hours.saturday", &self.saturday),
            ("hours.sunday", &self.sunday),
        ];
        let mut week: [Vec<Span>; 7] = Default::default();
        for ((key, texts), day) in days.into_iter().zip(&mut week) {
            let spans: Result<Vec<Span>, _> = texts.iter().map(|text| Span::parse(text)).collect();
            *day = spans.map_err(|why| (key, why))?;
            // told of the day on which it is
            let alone = std::array::from_fn(|place| if place == 0 { day.clone() } else { Vec::new() });
            if let Err(HoursError::Overlap) = Hours::new(zone.clone(), alone, BTreeSet::new()) {
                return Err((key, HoursError::Overlap));
            }
        }
        Hours::new(zone.clone(), week, self.closed.iter().copied().collect()).map_err(|why| ("hours", why))
    }
}
