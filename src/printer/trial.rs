//! The page a technician prints at installation: width, accents, code, bars and cut, each to be looked at.

use super::profile::{Font, Picture, Profile};
use crate::paper::{Block, Document, Emphasis};

/// Adds what is about the printer to the totem's test page: a ruler as wide as the paper, and the profile's facts.
#[must_use]
pub fn trial(mut page: Document, profile: &Profile) -> Document {
    let columns = profile.width().columns;
    let ruler: String = (1..=columns).map(|column| char::from(b'0' + u8::try_from(column % 10).unwrap_or(0))).collect();
    let font = if profile.font == Font::B { "B" } else { "A" };
    let text = |text: String| Block::Text { text, emphasis: Emphasis::Plain };
    let mut blocks = vec![
        text(format!("Perfil: {}", profile.name)),
        text(format!("{columns} colunas na fonte {font}, {} pontos, {} dpi", profile.dots, profile.dpi)),
        text("A régua deve ir de borda a borda, numa linha só:".to_owned()),
        text(ruler),
        Block::Rule,
    ];
    if profile.picture == Picture::None {
        blocks.push(text("Este perfil não imprime as barras do boleto.".to_owned()));
    }
    blocks.append(&mut page.blocks);
    blocks.push(text("Depois desta linha o papel deve ser cortado.".to_owned()));
    Document { name: "printer_trial", blocks }
}
