//! The expressions of a definition: jq, run by jaq, over one answer.
//!
//! An expression always ends: `def` may not call itself, what repeats without end is refused when the definition is
//! read, and nothing reaches files, environment, clock or log. A deadline stands behind that.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use jaq_core::load::lex::{Lexer, StrPart, Tok, Token};
use jaq_core::load::parse::Def;
use jaq_core::load::{self, Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Native, Vars, data, unwrap_valr};
use jaq_json::Val;

use super::mistake::{Mistakes, inside};
use super::tree::Node;

type Data = data::JustLut<Val>;

/// Words that never end, or that reach beyond the answer.
const REFUSED: [&str; 22] = [
    "combinations",
    "debug",
    "debug_empty",
    "env",
    "halt",
    "halt_error",
    "import",
    "include",
    "input",
    "input_filename",
    "input_line_number",
    "inputs",
    "localtime",
    "now",
    "range",
    "recurse",
    "repeat",
    "stderr",
    "stderr_empty",
    "strflocaltime",
    "until",
    "while",
];

/// What every expression may name beside its input.
const VARIABLES: [&str; 6] = ["$in", "$step", "$status", "$text", "$kind", "$today"];

/// Words of our own, for every expression.
const PRELUDE: &str = r#"
def list:
  if type == "array" then .
  elif type == "object" then (first(.[] | arrays) // error("no list"))
  else error("no list") end;
def one: if type == "array" then first else . end;
def every: if type == "array" then . else [.] end;
def given: if . == null or . == "" then null else . end;
def plain:
  tostring | ascii_downcase
  | gsub("[áàâãäÁÀÂÃÄ]"; "a") | gsub("[éèêëÉÈÊË]"; "e") | gsub("[íìîïÍÌÎÏ]"; "i")
  | gsub("[óòôõöÓÒÔÕÖ]"; "o") | gsub("[úùûüÚÙÛÜ]"; "u") | gsub("[çÇ]"; "c")
  | gsub("[_\\s]+"; " ") | trim;
def field($name): if $name == null then null else getpath($name | split(".")) end;
def digits: tostring | gsub("[^0-9]"; "");
def yes: plain | . == "true" or . == "sim" or . == "s" or . == "1" or . == "ok";
"#;

/// Longer than any honest expression takes over the largest answer.
const DEADLINE: Duration = Duration::from_secs(10);
pub(super) const OUTPUT_AT_MOST: usize = 16 * 1024 * 1024;

/// Why an expression gave nothing. It never repeats a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failed {
    /// It raised an error over this answer.
    Error,
    TooSlow,
    TooLarge,
}

/// What an expression can see beside its input.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    /// `$in`: what the operation was asked with.
    pub given: Val,
    /// `$step`: what the calls before this one gave.
    pub steps: Val,
    pub status: u16,
    pub text: String,
    pub kind: &'static str,
    pub today: String,
}

#[derive(Clone)]
pub(super) struct Expression {
    filter: Arc<jaq_core::compile::Filter<Native<Data>>>,
    pub source: String,
}

impl Expression {
    /// Compiles what a node holds; what is wrong goes to the mistakes, with its place.
    pub(super) fn read(key: &str, node: &Node, text: &str, mistakes: &Mistakes) -> Option<Expression> {
        match compile(text) {
            Ok(filter) => Some(Expression { filter: Arc::new(filter), source: text.to_owned() }),
            Err((offset, why)) => {
                mistakes.add(
                    &inside(node, text, offset),
                    format!("`{key}` não é uma expressão jq que se possa usar: {why}"),
                );
                None
            }
        }
    }

    /// The first value; nothing where the expression gives none.
    pub(super) async fn first(&self, input: Val, scene: &Scene) -> Result<Option<Val>, Failed> {
        Ok(self.run(input, scene, 1).await?.into_iter().next())
    }

    /// Whether the first value is neither false, null nor missing.
    pub(super) async fn holds(&self, input: Val, scene: &Scene) -> Result<bool, Failed> {
        Ok(!matches!(self.first(input, scene).await?, None | Some(Val::Null | Val::Bool(false))))
    }

    /// At most so many values.
    pub(super) async fn run(&self, input: Val, scene: &Scene, at_most: usize) -> Result<Vec<Val>, Failed> {
        let (filter, scene) = (Arc::clone(&self.filter), scene.clone());
        let work = tokio::task::spawn_blocking(move || values(&filter, input, scene, at_most));
        match tokio::time::timeout(DEADLINE, work).await {
            Ok(Ok(values)) => values,
            Ok(Err(_)) => Err(Failed::Error),
            Err(_) => Err(Failed::TooSlow),
        }
    }
}

fn values(
    filter: &jaq_core::compile::Filter<Native<Data>>,
    input: Val,
    scene: Scene,
    at_most: usize,
) -> Result<Vec<Val>, Failed> {
    let text = |text: String| Val::utf8_str(text.into_bytes());
    let vars = [
        scene.given,
        scene.steps,
        Val::from(isize::from(scene.status.cast_signed())),
        text(scene.text),
        text(scene.kind.to_owned()),
        text(scene.today),
    ];
    let ctx = Ctx::<Data>::new(&filter.lut, Vars::new(vars));
    filter.id.run((ctx, input)).map(unwrap_valr).take(at_most).map(|value| value.map_err(|_| Failed::Error)).collect()
}

/// A value of an answer as JSON, numbers as they were written.
pub(super) fn to_json(value: &Val) -> Result<String, Failed> {
    let json = value.to_string();
    if json.len() > OUTPUT_AT_MOST { Err(Failed::TooLarge) } else { Ok(json) }
}

/// JSON that was checked before.
pub(super) fn from_json(json: &str) -> Val {
    jaq_json::read::parse_single(json.as_bytes()).unwrap_or(Val::Null)
}

pub(super) fn object(entries: impl IntoIterator<Item = (String, Val)>) -> Val {
    let text = |key: String| Val::utf8_str(key.into_bytes());
    Val::obj(entries.into_iter().map(|(key, value)| (text(key), value)).collect())
}

pub(super) fn array(items: Vec<Val>) -> Val {
    Val::Arr(Arc::new(items))
}

fn compile(code: &str) -> Result<jaq_core::compile::Filter<Native<Data>>, (usize, String)> {
    let tokens = Lexer::new(code).lex().map_err(|errors| {
        let first = errors.first();
        let at = first.map_or(0, |(_, found)| place(code, found));
        (at, "um parêntese, aspas ou um símbolo está a mais ou falta".to_owned())
    })?;
    if let Some((word, why)) = refused(&tokens) {
        return Err((place(code, word), why));
    }
    // read once: there are some dozens of expressions in a definition
    static WORDS: OnceLock<Vec<Def>> = OnceLock::new();
    let words = WORDS
        .get_or_init(|| jaq_core::defs().chain(jaq_std::defs()).chain(jaq_json::defs()).chain(prelude()).collect());
    let funs = jaq_core::funs().chain(jaq_std::funs()).chain(jaq_json::funs());
    let arena = Arena::default();
    let modules = Loader::new(words.iter().cloned()).load(&arena, File { code, path: () }).map_err(|errors| {
        let found = errors.into_iter().find_map(|(_, error)| match error {
            load::Error::Parse(errors) => errors.into_iter().next().map(|(_, found)| found),
            load::Error::Lex(errors) => errors.into_iter().next().map(|(_, found)| found),
            load::Error::Io(_) => None,
        });
        match found {
            Some("") => (code.len(), "a expressão acaba antes do tempo".to_owned()),
            Some(found) => (place(code, found), format!("não esperava `{}` aqui", brief(found))),
            None => (0, "ela não pode ser lida".to_owned()),
        }
    })?;
    Compiler::default().with_funs(funs).with_global_vars(VARIABLES).compile(modules).map_err(|errors| {
        let found = errors.into_iter().flat_map(|(_, errors)| errors).next();
        match found {
            Some((name, kind)) => (place(code, name), format!("`{}` não existe ({})", brief(name), kind.as_str())),
            None => (0, "ela não pode ser usada".to_owned()),
        }
    })
}

fn prelude() -> Vec<Def> {
    load::parse(PRELUDE, |parser| parser.defs()).unwrap_or_default()
}

/// Where a part of the code stands in it.
fn place(code: &str, part: &str) -> usize {
    let (start, at) = (code.as_ptr() as usize, part.as_ptr() as usize);
    at.checked_sub(start).filter(|offset| *offset <= code.len()).unwrap_or(0)
}

fn brief(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(20).collect()
}

/// The first word that is not allowed, and why.
fn refused<'a>(tokens: &[Token<&'a str>]) -> Option<(&'a str, String)> {
    for (at, Token(text, token)) in tokens.iter().enumerate() {
        let is_key = || matches!(tokens.get(at + 1), Some(Token(":", _)));
        let found = match token {
            Tok::Word if *text == "def" => tokens.get(at + 1).and_then(|Token(name, _)| {
                let body = definition(tokens.get(at + 2..).unwrap_or_default());
                calls(body, name).then(|| (*name, format!("`{name}` chama a si mesma: repetição sem fim não é aceita")))
            }),
            Tok::Word if REFUSED.contains(text) && !is_key() => {
                Some((*text, format!("`{text}` não é aceito: uma expressão só vê a resposta e sempre termina")))
            }
            Tok::Block(inner) => refused(inner),
            Tok::Str(parts) => parts.iter().find_map(|part| match part {
                StrPart::Term(term) => refused(std::slice::from_ref(term)),
                _ => None,
            }),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The tokens of a definition up to the semicolon that ends it; definitions inside it have semicolons of their own.
fn definition<'t, 'a>(tokens: &'t [Token<&'a str>]) -> &'t [Token<&'a str>] {
    let mut open = 1;
    for (at, Token(text, token)) in tokens.iter().enumerate() {
        match (token, *text) {
            (Tok::Word, "def") => open += 1,
            (Tok::Sym, ";") => open -= 1,
            _ => {}
        }
        if open == 0 {
            return tokens.get(..at).unwrap_or_default();
        }
    }
    tokens
}

fn calls(tokens: &[Token<&str>], name: &str) -> bool {
    tokens.iter().any(|Token(text, token)| match token {
        Tok::Word => *text == name,
        Tok::Block(inner) => calls(inner, name),
        Tok::Str(parts) => parts.iter().any(|part| match part {
            StrPart::Term(term) => calls(std::slice::from_ref(term), name),
            _ => false,
        }),
        _ => false,
    })
}

#[cfg(test)]
mod tests;
