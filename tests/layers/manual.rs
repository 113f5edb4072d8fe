//! The technician's manual against the program: every code that a screen shows is explained, and no other.

use std::collections::BTreeSet;

use crate::{home, is_of_tests, rust_files};

fn manual(page: &str) -> String {
    std::fs::read_to_string(home().join("packaging/manual").join(page)).unwrap()
}

fn is_code(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(|letter| letter.is_ascii_uppercase())
        && (1..=2).contains(&letters.as_str().len())
        && letters.all(|letter| letter.is_ascii_digit())
}

/// The codes are literals of the room that decides what is shown.
fn shown() -> BTreeSet<String> {
    let sources = rust_files(&home().join("src/journey"));
    let texts = sources.iter().filter(|path| !is_of_tests(path)).map(|path| std::fs::read_to_string(path).unwrap());
    let literals = |text: String| text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    texts.flat_map(literals).filter(|word| is_code(word)).collect()
}

/// The first column of the chapter's table.
fn explained(manual: &str) -> BTreeSet<String> {
    let chapter =
        manual.split("\n## ").find(|chapter| chapter.contains("Códigos na tela\n")).expect("a chapter of codes");
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    rows.flat_map(|cell| cell.split(", ")).filter(|word| is_code(word)).map(str::to_owned).collect()
}

#[test]
fn the_manual_explains_every_code_on_the_screen_and_no_other() {
    let (shown, explained) = (shown(), explained(&manual("README.md")));
    assert!(shown.len() > 15, "{shown:?}");
    let missing: Vec<&String> = shown.difference(&explained).collect();
    let unknown: Vec<&String> = explained.difference(&shown).collect();
    assert!(missing.is_empty(), "packaging/manual/README.md, chapter 9, says nothing of {missing:?}");
    assert!(unknown.is_empty(), "packaging/manual/README.md, chapter 9, explains {unknown:?}, which no screen shows");
}

/// Larger pictures make a package that nobody carries to a shop.
const MOST_BYTES: u64 = 60 * 1024;

#[test]
fn every_picture_of_the_manual_is_there_and_small_and_each_is_shown() {
    let folder = home().join("packaging/manual");
    let pages = ["README.md", "ATUALIZACAO.md"].map(manual).concat();
    let shown: BTreeSet<&str> = pages.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    let shown: BTreeSet<&str> = shown.into_iter().filter(|place| place.ends_with(".png")).collect();
    assert!(shown.len() > 15, "{shown:?}");
    for place in &shown {
        let size = std::fs::metadata(folder.join(place)).unwrap_or_else(|why| panic!("{place}: {why}")).len();
        assert!(size <= MOST_BYTES, "{place}: {size} bytes");
    }
    for entry in std::fs::read_dir(folder.join("pictures")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(shown.contains(format!("pictures/{name}").as_str()), "no page shows {name}");
    }
}

#[test]
fn a_code_is_a_letter_and_a_number() {
    for code in ["C1", "B2", "S10"] {
        assert!(is_code(code), "{code}");
    }
    for other in ["", "C", "c1", "11", "C1x", "PIX", "C100"] {
        assert!(!is_code(other), "{other}");
    }
    let page = "## 8\n| X9 |\n## 9. Códigos na tela\n\n| código | o que |\n|---|---|\n| C2, C3 | nada |\n| tela preta | x |\n## 10\n| Y1 |";
    assert_eq!(explained(&format!("\n{page}")), BTreeSet::from(["C2".to_owned(), "C3".to_owned()]));
}
