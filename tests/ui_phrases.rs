//! Every phrase that the window uses is there in every language, says the same things, and none is left over.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use totem::domain::Money;
use totem::journey::intent::Language;
use totem::journey::step::*;
use totem::ui::phrases::{LANGUAGES, Phrases, money};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Each id with the values it names.
fn phrases(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = std::fs::read_to_string(root().join(format!("assets/phrases/{language}.ftl"))).unwrap();
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut id = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((head, _)) = line.split_once(" =").filter(|_| !line.starts_with([' ', '}'])) {
            id = head.to_owned();
            assert!(all.insert(id.clone(), BTreeSet::new()).is_none(), "{id} twice in {language}");
        }
        let mut rest = line;
        while let Some((_, after)) = rest.split_once('$') {
            let name: String = after.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if !name.is_empty() {
                all.get_mut(&id).unwrap().insert(name);
            }
            rest = after;
        }
    }
    all
}

/// Every literal of the sources that has the form of an id: small letters and at least one dash.
fn used() -> BTreeSet<String> {
    let mut files = vec![root().join("src/ui.rs")];
    let mut folders = vec![root().join("src/ui")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    let mut ids = BTreeSet::new();
    for file in files {
        for literal in std::fs::read_to_string(file).unwrap().split('"') {
            let form = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if literal.contains('-')
                && literal.chars().all(form)
                && literal.starts_with(|c: char| c.is_ascii_lowercase())
            {
                ids.insert(literal.to_owned());
            }
        }
    }
    ids.remove("tiny-skia");
    ids
}

#[test]
fn every_phrase_is_there_in_every_language_and_used() {
    let used = used();
    for language in ["pt-BR", "en", "es"] {
        let there: BTreeSet<String> = phrases(language).into_keys().collect();
        let missing: Vec<_> = used.difference(&there).collect();
        let idle: Vec<_> = there.difference(&used).collect();
        assert!(missing.is_empty(), "missing in {language}: {missing:?}");
        assert!(idle.is_empty(), "never used: {idle:?}");
    }
}

#[test]
fn every_language_names_the_same_values() {
    let portuguese = phrases("pt-BR");
    for language in ["en", "es"] {
        assert_eq!(phrases(language), portuguese, "{language}");
    }
}

#[test]
fn no_phrase_blames_or_speaks_like_a_machine() {
    for language in ["pt-BR", "en", "es"] {
        let text =
            std::fs::read_to_string(root().join(format!("assets/phrases/{language}.ftl"))).unwrap().to_lowercase();
        for word in ["erro", "inválid", "operação", "error", "invalid", "falha", "falhou", "failed", "transação"] {
            let found = text
                .lines()
                .filter(|line| !line.starts_with('#'))
                .find(|line| line.split_once(" = ").is_some_and(|(_, said)| said.contains(word)));
            assert_eq!(found, None, "{language} says {word}");
        }
    }
}

#[test]
fn a_bill_is_told_as_a_person_says_it() {
    let line = |overdue_days, fine, interest| InvoiceLine {
        id: "90".into(),
        due: jiff::civil::date(2026, 11, 10),
        amount_cents: None,
        original_cents: Money::from_cents(11_990),
        fine_cents: Money::from_cents(fine),
        interest_cents: Money::from_cents(interest),
        discount_cents: Money::ZERO,
        overdue_days,
        description: String::new(),
        chosen: true,
        state: BillState::Open,
    };
    let phrases = Phrases::new(Language::PtBr);
    assert_eq!(phrases.due(&line(12, 0, 0)), "Venceu há 12 dias (10/11)");
    assert_eq!(phrases.due(&line(1, 0, 0)), "Venceu ontem (10/11)");
    assert_eq!(phrases.due(&line(0, 0, 0)), "Vence em 10/11");
    assert_eq!(phrases.charges(&line(0, 0, 0)), None);
    let both = phrases.charges(&line(12, 240, 80)).unwrap();
    assert_eq!(both, "Com multa de R$\u{a0}2,40 e juros de R$\u{a0}0,80");
    assert_eq!(money(Money::from_cents(123_456)), "R$\u{a0}1.234,56");
}

#[test]
fn an_unknown_outcome_is_never_told_as_a_failure() {
    for language in LANGUAGES {
        let phrases = Phrases::new(language);
        let confirming = Confirming { code: "F1", protocol: "1".into(), amount_cents: Money::from_cents(1) };
        let told = phrases.message(&totem::journey::Step::Confirming(confirming)).unwrap();
        assert!(told.contains("pague de n") || told.contains("Do not pay again"), "{told}");
        let (pending, _) = phrases.undone(false);
        let (acknowledged, _) = phrases.undone(true);
        assert_ne!(pending, acknowledged);
    }
}
