//! The table of drivers and stories, as README shows it.

use crate::stories;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Well,
    NotAble,
    /// The ERP has no such thing, and why that is known.
    NoSuchThing(&'static str),
    Wrong,
}

const BEGIN: &str = "<!-- conformance: written by tests/conformance -->";
const END: &str = "<!-- conformance: end -->";

/// A row for each story, a column for each driver.
pub fn draw(names: &[&str], columns: &[Vec<Outcome>]) -> String {
    let mut lines = vec![format!("| | {} |", names.join(" | ")), format!("|---|{}", "---|".repeat(names.len()))];
    let mut reasons: Vec<&str> = Vec::new();
    for (row, story) in stories::ALL.iter().enumerate() {
        let cells: Vec<String> = columns
            .iter()
            .map(|column| match column[row] {
                Outcome::Well => "✔".to_owned(),
                Outcome::NotAble => "n/a".to_owned(),
                Outcome::Wrong => "✘".to_owned(),
                Outcome::NoSuchThing(why) => {
                    let at = reasons.iter().position(|known| *known == why).unwrap_or(reasons.len());
                    if at == reasons.len() {
                        reasons.push(why);
                    }
                    format!("({})", at + 1)
                }
            })
            .collect();
        lines.push(format!("| {} | {} |", story.name, cells.join(" | ")));
    }
    let numbered = reasons.iter().zip(1..).map(|(why, number)| format!("({number}) {why}"));
    lines.extend(std::iter::once(String::new()).chain(numbered).filter(|_| !reasons.is_empty()));
    lines.join("\n")
}

/// Fails where README tells another table; writes it there when `TOTEM_BLESS` is set.
pub fn compare(table: &str) {
    let path = format!("{}/README.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once(BEGIN).expect("README.md has no place for the table");
    let (told, after) = rest.split_once(END).expect("the place for the table in README.md has no end");
    if told.trim() == table {
        return;
    }
    assert!(
        std::env::var_os("TOTEM_BLESS").is_some(),
        "README.md tells another table; TOTEM_BLESS=1 writes this one:\n{table}"
    );
    std::fs::write(&path, format!("{before}{BEGIN}\n{table}\n{END}{after}")).unwrap();
}
