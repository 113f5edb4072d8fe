//! The table of drivers and stories, as README shows it.

use crate::stories;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Well,
    NotAble,
    Wrong,
}

const BEGIN: &str = "<!-- conformance: written by tests/conformance -->";
const END: &str = "<!-- conformance: end -->";

/// A row for each story, a column for each driver.
pub fn draw(names: &[&str], columns: &[Vec<Outcome>]) -> String {
    let mut lines = vec![format!("| | {} |", names.join(" | ")), format!("|---|{}", "---|".repeat(names.len()))];
    for (row, story) in stories::ALL.iter().enumerate() {
        let cells: Vec<&str> = columns
            .iter()
            .map(|column| match column[row] {
                Outcome::Well => "✔",
                Outcome::NotAble => "n/a",
                Outcome::Wrong => "✘",
            })
            .collect();
        lines.push(format!("| {} | {} |", story.name, cells.join(" | ")));
    }
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
