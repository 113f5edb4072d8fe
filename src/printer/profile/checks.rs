//! What no shape of a profile can check: whether its parts fit each other, and whether each fact says where it is from.

use super::{Clear, Commands, Dialect, Picture, Profile, Proof, Qr};
use crate::printer::code_page::CodePage;

/// The narrowest and the widest head that there is paper for.
const DOTS: std::ops::RangeInclusive<usize> = 96..=1024;
const DPI: std::ops::RangeInclusive<usize> = 150..=305;
/// The command counts rows in two bytes, and the VKP80III takes no more than this at once.
const BAND_MOST: usize = 2047;
const BAUD: std::ops::RangeInclusive<u32> = 1200..=921_600;
/// What needs no source.
const SAYS_ITSELF: [&str; 3] = ["name", "quirks", "sources"];

/// The key and a sentence, of the first thing that is wrong.
pub fn first_mistake(profile: &Profile, text: &str) -> Option<(&'static str, String)> {
    let said = |key: &'static str, message: &str| Some((key, message.to_owned()));
    let p = profile;
    let esc_pos = p.commands == Commands::EscPos;
    if p.name.trim().is_empty() {
        return said("name", "a impressora precisa de um nome: fabricante e modelo");
    }
    if !DOTS.contains(&p.dots) || !p.dots.is_multiple_of(4) {
        return said("dots", "os pontos da cabeça ficam entre 96 e 1024, múltiplos de 4");
    }
    if !DPI.contains(&p.dpi) {
        return said("dpi", "os pontos por polegada ficam entre 150 e 305 (o comum é 203; na família TM-T88, 180)");
    }
    if !(16..=p.dots / 8).contains(&p.columns) {
        return said("columns", "as colunas da fonte A ficam entre 16 e um oitavo dos pontos");
    }
    if !(p.columns..=p.dots / 6).contains(&p.columns_b) {
        return said("columns_b", "a fonte B tem pelo menos as colunas da A, e letras de pelo menos 6 pontos");
    }
    if p.commands == Commands::EscDaruma && p.code_table.is_some() {
        return said("code_table", "a Daruma não tem ESC t: tire esta chave e ajuste a página de código na impressora");
    }
    let bema_has = matches!(p.code_page, CodePage::Pc437 | CodePage::Pc850 | CodePage::Pc860);
    if p.commands == Commands::EscBema && !bema_has {
        return said("code_page", "no ESC/Bema há 437, 850 e 860");
    }
    if !(1..=BAND_MOST).contains(&p.band_rows) {
        return said("band_rows", "as linhas de uma faixa de imagem ficam entre 1 e 2047");
    }
    if p.qr == Qr::Native && p.commands == Commands::EscBema {
        return said("qr", "o QR próprio do ESC/Bema não é usado aqui: fique com \"picture\"");
    }
    if p.qr == Qr::Picture && p.picture == Picture::None {
        return said("qr", "sem imagens não há QR por imagem: use \"native\"");
    }
    if p.presenter.is_some() && !esc_pos {
        return said("presenter", "só há apresentador com os comandos \"esc_pos\"");
    }
    if p.presenter.is_some_and(|presenter| presenter.steps == 0) {
        return said("presenter.steps", "com 0 passos ninguém alcança o papel");
    }
    if matches!(p.proof, Proof::Fence | Proof::ProcessId) && !esc_pos {
        return said("proof", "\"fence\" e \"process_id\" são comandos ESC/POS: aqui use \"watched\" ou \"none\"");
    }
    if p.proof == Proof::Ticket && p.status != Dialect::Custom {
        return said("proof", "só o dialeto \"custom\" vê o papel na boca da impressora");
    }
    if p.proof != Proof::None && p.status == Dialect::None {
        return said("proof", "uma impressora que não responde nada não prova nada: use \"none\"");
    }
    if p.clear == Clear::DleDc4 && !(esc_pos && p.status == Dialect::Epson) {
        return said("clear", "\"dle_dc4\" é da Epson: precisa de commands = \"esc_pos\" e status = \"epson\"");
    }
    if !BAUD.contains(&p.serial.baud) {
        return said("serial.baud", "a velocidade fica entre 1200 e 921600");
    }
    without_source(profile, text)
}

fn without_source(profile: &Profile, text: &str) -> Option<(&'static str, String)> {
    let table: toml::Table = text.parse().ok()?;
    let keys = || table.keys().filter(|key| !SAYS_ITSELF.contains(&key.as_str()));
    let says = |key: &String| profile.sources.get(key).is_some_and(|source| !source.trim().is_empty());
    if let Some(key) = keys().find(|key| !says(key)) {
        let message = format!("falta em [sources] de onde vem `{key}`; se ninguém viu, escreva \"não verificado\"");
        return Some(("sources", message));
    }
    let odd = profile.sources.keys().find(|named| !keys().any(|key| key == *named))?;
    Some(("sources", format!("[sources] fala de `{odd}`, que este perfil não tem")))
}

/// The overrides of a site need no source, and must fit all the same.
pub fn misfit(profile: &Profile) -> Option<(&'static str, String)> {
    let (key, message) = first_mistake(profile, "")?;
    (key != "sources").then_some((key, message))
}
