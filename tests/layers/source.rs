//! What a source file names: every path in it, as its tokens give it. Comments and texts are not names.

use std::path::Path;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One path as written, with the `super`s resolved where they leave the room: `["crate", "erp", "Erp"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
}

/// Everything named outside `#[cfg(test)]` by a file at `file` (below `src`). A lone word is a path of one part, and
/// a macro's name ends in `!`.
pub fn names(file: &Path, text: &str) -> Vec<Named> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut found = Vec::new();
    walk(tokens, module_depth(file), &mut found);
    found
}

/// How many modules a file is below the crate: `erp/http.rs` is two.
fn module_depth(file: &Path) -> usize {
    file.with_extension("").components().filter(|part| part.as_os_str() != "lib" && part.as_os_str() != "main").count()
}

fn walk(tokens: TokenStream, depth: usize, found: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if is_test_attribute(&tokens[at..]) {
            at = after_item(&tokens, at + 2);
            continue;
        }
        match &tokens[at] {
            TokenTree::Ident(_) => at = path(&tokens, at, &[], depth, found),
            TokenTree::Group(group) => {
                let inner = depth + usize::from(is_module_body(&tokens[..at]));
                walk(group.stream(), inner, found);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Reads the path that begins at `at`, with every branch of a `use` group, and gives the place behind it.
fn path(tokens: &[TokenTree], mut at: usize, before: &[String], depth: usize, found: &mut Vec<Named>) -> usize {
    let mut parts = before.to_vec();
    while let Some(TokenTree::Ident(word)) = tokens.get(at) {
        parts.push(word.to_string().trim_start_matches("r#").to_owned());
        let line = word.span().start().line;
        at += 1;
        if punct(tokens, at) == Some(':') && punct(tokens, at + 1) == Some(':') {
            at += 2;
            match tokens.get(at) {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    branches(group.stream(), &parts, depth, found);
                    return at + 1;
                }
                Some(TokenTree::Ident(_)) => continue,
                _ => {}
            }
        } else if punct(tokens, at) == Some('!') && punct(tokens, at + 1) != Some('=') {
            let last = parts.len() - 1;
            parts[last].push('!');
        }
        // `use a::b::{self}` names b.
        if parts.len() > 1 && parts.last().is_some_and(|last| last == "self") {
            parts.pop();
        }
        found.push(Named { path: resolved(&parts, depth), line });
        break;
    }
    at
}

fn branches(group: TokenStream, before: &[String], depth: usize, found: &mut Vec<Named>) {
    let tokens: Vec<TokenTree> = group.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let TokenTree::Ident(word) = &tokens[at] {
            // `use a::{self, b as c}`: what it is called here is not a name of its own.
            if word == "as" {
                at += 2;
                continue;
            }
            at = path(&tokens, at, before, depth, found);
        } else {
            at += 1;
        }
    }
}

/// `super::super::erp::Erp` from two modules down is `crate::erp::Erp`; inside the room it stays as written.
fn resolved(parts: &[String], depth: usize) -> Vec<String> {
    let ups = parts.iter().take_while(|part| *part == "super").count();
    if ups == 0 || ups < depth {
        return parts.to_vec();
    }
    std::iter::once("crate".to_owned()).chain(parts[ups..].iter().cloned()).collect()
}

fn punct(tokens: &[TokenTree], at: usize) -> Option<char> {
    match tokens.get(at) {
        Some(TokenTree::Punct(punct)) => Some(punct.as_char()),
        _ => None,
    }
}

fn is_test_attribute(tokens: &[TokenTree]) -> bool {
    let [TokenTree::Punct(hash), TokenTree::Group(attribute), ..] = tokens else { return false };
    hash.as_char() == '#' && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// Behind the item that begins at `at`: its block, or its semicolon.
fn after_item(tokens: &[TokenTree], at: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';',
        _ => false,
    };
    tokens[at..].iter().position(ends).map_or(tokens.len(), |length| at + length + 1)
}

fn is_module_body(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(word), TokenTree::Ident(_)] if word == "mod")
}
