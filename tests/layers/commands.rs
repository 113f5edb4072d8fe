//! Every command line of the manual and the README against the program: what clap does not know, nobody is told to type.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::process::Command;

use crate::home;

const PAGES: [&str; 4] =
    ["packaging/manual/README.md", "packaging/manual/ATUALIZACAO.md", "config/erp/FORMATO.md", "README.md"];

/// What the program says of itself, command by command.
#[derive(Default)]
struct Program {
    helps: RefCell<BTreeMap<Vec<String>, String>>,
}

impl Program {
    fn help(&self, path: &[String]) -> String {
        let made = || {
            let done = Command::new(env!("CARGO_BIN_EXE_totem")).args(path).arg("--help").output().unwrap();
            assert!(done.status.success(), "totem {} --help", path.join(" "));
            String::from_utf8(done.stdout).unwrap()
        };
        self.helps.borrow_mut().entry(path.to_vec()).or_insert_with(made).clone()
    }

    /// What the program says to itself only is in no list.
    fn is_hidden(&self, path: &[String], word: &str) -> bool {
        let mut asked = Command::new(env!("CARGO_BIN_EXE_totem"));
        asked.args(path).args([word, "--help"]).output().unwrap().status.success()
    }

    /// What is wrong with the words after `totem`, if anything.
    fn wrong(&self, words: &[String]) -> Option<String> {
        let mut path: Vec<String> = Vec::new();
        let mut places = 0;
        let mut words = words.iter().map(String::as_str).peekable();
        while let Some(word) = words.next() {
            let help = self.help(&path);
            if let Some(flag) = word.strip_prefix("--").map(|flag| flag.split('=').next().unwrap()) {
                let line =
                    help.lines().find(|line| line.split([' ', ',', '=']).any(|part| part == format!("--{flag}")));
                let Some(line) = line else { return Some(format!("there is no --{flag}")) };
                if line.contains(&format!("--{flag} <")) && !word.contains('=') && words.next().is_none() {
                    return Some(format!("--{flag} has no value"));
                }
                continue;
            }
            let known = section(&help, "Commands:");
            if known.is_empty() {
                places += 1;
                if places > section(&help, "Arguments:").len() {
                    return Some(format!("there is no place for {word}"));
                }
            } else if known.iter().any(|name| name == word) || self.is_hidden(&path, word) {
                path.push(word.to_owned());
            } else {
                return Some(format!("there is no {word}"));
            }
        }
        None
    }
}

/// The first words of the lines below a heading of `--help`.
fn section(help: &str, heading: &str) -> Vec<String> {
    let lines = help
        .lines()
        .skip_while(|line| *line != heading)
        .skip(1)
        .take_while(|line| line.starts_with(' ') || line.is_empty());
    let entries =
        lines.filter(|line| line.starts_with("  ") && !line.starts_with("      ") && !line[2..].starts_with(' '));
    entries.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

/// Every text of a page that is typed: lines of its blocks, and what stands between backticks.
fn typed(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, block) in page.split("```").enumerate() {
        if place % 2 == 1 {
            found.extend(block.lines().skip(1).map(|line| line.trim_start_matches("# ").to_owned()));
        } else {
            found.extend(block.split('`').skip(1).step_by(2).map(|span| span.replace('\n', " ")));
        }
    }
    found
}

/// The words after the name of the program, where a line calls it; each of `a|b` by itself, and `[…]` as if it stood there.
fn called<'a>(line: &'a str, program: &str) -> Vec<Vec<String>> {
    let words: Vec<&'a str> = line.split_whitespace().collect();
    let calls = |place: usize| {
        let before = place.checked_sub(1).map(|before| words[before]);
        words[place] == program && before.is_none_or(|before| before == "--" || before.starts_with("ImportCredential"))
    };
    let Some(at) = (0..words.len()).find(|place| calls(*place)) else { return Vec::new() };
    let ends = |word: &&&str| !["#", "|", ">", "<", ";", "&&", "→", "…"].contains(*word);
    let mut all: Vec<Vec<String>> = vec![Vec::new()];
    for word in words[at + 1..].iter().take_while(ends) {
        let bare = word.trim_matches(['[', ']', ',', '…', ';']);
        let quoted = bare.starts_with(['\'', '"']);
        let ways: Vec<&str> =
            if quoted { vec![bare] } else { bare.split('|').map(|way| way.trim_matches(['[', ']'])).collect() };
        all = all
            .iter()
            .flat_map(|so_far| ways.iter().map(|way| [so_far.clone(), vec![(*way).to_owned()]].concat()))
            .collect();
    }
    all.into_iter().map(joined).collect()
}

/// `"a b"` is one word.
fn joined(words: Vec<String>) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    let mut open = None;
    for word in words {
        match (open, whole.last_mut()) {
            (Some(_), Some(last)) => *last += &format!(" {word}"),
            _ => whole.push(word.clone()),
        }
        let quote = open.or_else(|| word.chars().next().filter(|first| ['\'', '"'].contains(first)));
        let ends = quote.is_some_and(|quote| word.ends_with(quote) && (open.is_some() || word.len() > 1));
        open = if ends { None } else { quote };
    }
    whole
}

#[test]
fn no_page_tells_to_type_what_the_program_does_not_know() {
    let program = Program::default();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for page in PAGES {
        let text = std::fs::read_to_string(home().join(page)).unwrap();
        for line in typed(&text) {
            for words in called(&line, "totem") {
                seen += 1;
                wrong.extend(program.wrong(&words).map(|what| format!("{page}: `{line}`: {what}")));
            }
        }
    }
    assert!(seen > 60, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `rotate:2`: the verb, and how many words there are with it.
fn verbs_of_the_kiosk() -> Vec<(String, usize)> {
    let script = std::fs::read_to_string(home().join("packaging/kiosk/totem-kiosk")).unwrap();
    let ways = script.lines().filter_map(|line| line.trim().split_once(") what=$1;").map(|(ways, _)| ways.to_owned()));
    let verbs = ways.flat_map(|ways| ways.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    verbs
        .filter_map(|verb| Some((verb.split_once(':')?.0.to_owned(), verb.split_once(':')?.1.parse().unwrap())))
        .collect()
}

#[test]
fn no_page_tells_the_kiosks_tool_what_it_does_not_know() {
    let verbs = verbs_of_the_kiosk();
    assert!(verbs.len() > 4, "{verbs:?}");
    let mut seen = 0;
    for page in PAGES {
        let text = std::fs::read_to_string(home().join(page)).unwrap();
        for words in typed(&text).iter().flat_map(|line| called(line, "totem-kiosk")).filter(|words| !words.is_empty())
        {
            seen += 1;
            // a verb may be named without what belongs to it
            let is_known = verbs.iter().any(|(verb, count)| words[0] == *verb && [1, *count].contains(&words.len()));
            assert!(is_known, "{page}: totem-kiosk {}", words.join(" "));
        }
    }
    assert!(seen >= 5, "{seen}");
}

#[test]
fn a_command_that_is_not_there_is_seen() {
    let program = Program::default();
    let told = |line: &str| called(line, "totem").iter().find_map(|words| program.wrong(words));
    for (line, wrong) in [
        ("totem jornal list", Some("there is no jornal")),
        ("runuser -u totem -- totem journal list --pessoa", Some("there is no --pessoa")),
        ("totem journal show 261122-0001 agora", Some("there is no place for agora")),
        ("totem erp customer|clientes", Some("there is no clientes")),
        ("totem journal receipt 261122-0001 --pdf", Some("--pdf has no value")),
        ("totem journal resolve 261122-0001 --by ana --note \"baixa feita à mão no ERP\"   # depois", None),
        ("runuser -u totem -- totem journal export --format csv > pagamentos.csv", None),
        ("totem doctor [--json]", None),
        ("systemctl restart totem agora", None),
        ("chown totem:totem /etc/totem/erp-senha", None),
    ] {
        assert_eq!(told(line).as_deref(), wrong, "{line}");
    }
}
