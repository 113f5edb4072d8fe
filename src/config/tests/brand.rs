//! `brand.toml`: what is told, what is refused, and where.

use jiff::civil::date;

use super::super::*;
use crate::brand::{Palette, Rgb};

fn found(text: &str) -> (tempfile::TempDir, Found) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("brand.toml"), text).unwrap();
    let choice = BrandChoice { folder: folder.path().to_owned(), ..BrandChoice::default() };
    let found = choice.find();
    (folder, found)
}

fn told(text: &str) -> Vec<String> {
    found(text).1.mistakes.iter().map(ToString::to_string).collect()
}

#[test]
fn the_sample_that_we_ship_is_our_own_look() {
    let (_folder, found) = found(include_str!("../../../config/brand/brand.toml"));
    assert!(found.mistakes.is_empty() && found.trouble.is_none(), "{:?}", found.mistakes);
    assert_eq!(found.brand, crate::brand::Brand::default());
    // and with every example in force
    let text: String = include_str!("../../../config/brand/brand.toml")
        .lines()
        .map(|line| {
            let bare = line.strip_prefix("# ").unwrap_or(line);
            let is_example = bare.starts_with('[') || (bare.contains(" = ") && !bare.starts_with("  "));
            format!("{}\n", if is_example { bare } else { line })
        })
        .collect();
    let (_folder, found) = super::brand::found(&text);
    assert!(found.mistakes.is_empty(), "{:?}\n{text}", found.mistakes);
    assert!(found.brand.hours.is_some() && found.brand.media.dated[0].until == Some(date(2026, 12, 25)));
}

#[test]
fn a_brand_is_worn_with_its_names_colours_words_and_hours() {
    let (_folder, found) = found(
        "name = \"Fibra Feliz\"\nhelp_phone = \"0800 111 2222\"\n[colours]\nbrand = \"#5b1a8b\"\n[texts.pt-BR]\ntitle = \"Oi!\"\n\
         [hours]\nmonday = [\"08:00-18:00\"]\nclosed = [2026-12-25]\n[slides]\nseconds = 30\n",
    );
    assert!(found.mistakes.is_empty(), "{:?}", found.mistakes);
    assert_eq!(found.brand.palette, Palette { brand: Rgb([0x5b, 0x1a, 0x8b]), ..Palette::default() });
    assert_eq!((found.brand.texts.pt_br.title.as_str(), found.brand.media.seconds), ("Oi!", 30));
    let hours = found.brand.hours.unwrap();
    assert!(hours.is_open("2026-11-30T12:00:00Z".parse().unwrap()));
    assert!(!hours.is_open("2026-12-01T12:00:00Z".parse().unwrap()));
}

#[test]
fn a_palette_that_cannot_be_read_is_refused_as_a_whole_and_ours_stays() {
    let text = "name = \"Fibra Feliz\"\n[colours]\nink = \"#101010\"\nbrand = \"#ff8800\"\n";
    let (_folder, found) = found(text);
    let first = found.mistakes[0].to_string();
    assert!(
        first.contains(
            "brand.toml:4:1: o texto on_brand (#ffffff) sobre brand (#ff8800) tem contraste 2,3:1 e precisa de 7:1"
        ),
        "{first}"
    );
    assert!(first.contains("nenhuma cor desta pasta é usada"), "{first}");
    assert_eq!(found.brand.palette, Palette::default());
    // the rest is fit
    assert_eq!(found.brand.name, "Fibra Feliz");
}

#[test]
fn every_mistake_is_told_with_its_line_and_costs_only_its_part() {
    let text = "nome = \"x\"\nhelp_phone = \"0800\\n111\"\n[colours]\nink = \"preto\"\n[hours]\nmonday = [\"8h-18h\"]\n\
                [slides]\nseconds = 1\n[[media]]\nfile = \"a.png\"\nfrom = 2026-12-02\nuntil = 2026-12-01\n[texts.fr]\ntitle = \"Salut\"\n";
    let told = told(text).join("\n");
    for part in [
        "brand.toml:1:1: chave desconhecida `nome`; quis dizer `name`?",
        "brand.toml:2:1: o texto fica numa linha só",
        "brand.toml:4:7: ",
        "não é uma cor",
        "brand.toml:6:1: um horário é escrito assim",
        "brand.toml:8:1: cada imagem fica de 8 a 600 segundos",
        "o último dia (until) vem antes do primeiro (from)",
        "chave desconhecida `fr`",
    ] {
        assert!(told.contains(part), "{part}:\n{told}");
    }
    let (_folder, found) = found(text);
    assert!(found.brand.hours.is_none(), "hours that are not fit close nobody out");
    assert_eq!((found.brand.media.seconds, found.brand.help_phone.as_str()), (15, ""));
}

#[test]
fn what_is_no_text_file_is_said_and_waits_for_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let choice = BrandChoice { folder: folder.path().to_owned(), ..BrandChoice::default() };
    let file = folder.path().join("brand.toml");
    assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert!(choice.find().trouble.unwrap().contains("não é um arquivo comum"));
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", &file).unwrap();
    assert!(choice.find().trouble.unwrap().contains("atalho"));
    std::fs::remove_file(&file).unwrap();
    std::fs::write(&file, [0xff, 0xfe, b'x']).unwrap();
    assert!(choice.find().trouble.unwrap().contains("UTF-8"));
    std::fs::write(&file, vec![b'#'; 70_000]).unwrap();
    assert!(choice.find().trouble.unwrap().contains("o limite é 64 KB"));
    std::fs::write(&file, "name = \"sem fim").unwrap();
    assert!(choice.find().mistakes[0].to_string().contains("não é TOML"));
    let nothing = BrandChoice { folder: "/nenhuma/pasta".into(), ..BrandChoice::default() }.find();
    assert!(nothing.trouble.is_none() && nothing.mistakes.is_empty() && nothing.folder.is_none());
}

#[test]
fn a_time_zone_that_there_is_not_is_told() {
    let (_password, text) = super::with_password(super::WHOLE);
    let text = text.replace("zone = \"America/Sao_Paulo\"        #", "zone = \"America/Sao Paulo\"        #");
    let told = parse(&text, std::path::Path::new("t.toml")).unwrap_err().to_string();
    assert!(told.contains("não é um fuso horário"), "{told}");
}

#[test]
fn papers_bear_the_name_that_customers_know_above_the_one_of_the_register() {
    let (_password, text) = super::with_password(super::WHOLE);
    let mut config = parse(&text, std::path::Path::new("t.toml")).unwrap();
    assert_eq!(config.beneficiary_on_paper(), config.beneficiary);
    (config.brand.worn.name, config.brand.worn.help_phone) = ("Fibra Feliz".into(), "0800 111 2222".into());
    let paper = config.beneficiary_on_paper();
    assert_eq!((paper.brand.as_str(), paper.help_phone.as_str()), ("Fibra Feliz", "0800 111 2222"));
    assert_eq!(paper.name, config.beneficiary.name);
}
