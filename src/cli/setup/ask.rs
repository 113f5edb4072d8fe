//! Questions on the terminal, and answers that are asked for until they are right.

use std::io::{BufRead, IsTerminal, Write};

use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

/// So many wrong answers to one question are no person's.
const TRIES: usize = 20;

pub struct Asker<R> {
    input: R,
}

impl<R: BufRead> Asker<R> {
    pub fn new(input: R) -> Asker<R> {
        Asker { input }
    }

    fn line(&mut self) -> Result<String, String> {
        let mut text = String::new();
        match self.input.read_line(&mut text) {
            Ok(0) => Err("as respostas acabaram: nada foi gravado".to_owned()),
            Ok(_) => Ok(text.trim().to_owned()),
            Err(error) => Err(format!("não consegui ler a resposta: {error}")),
        }
    }

    /// Until the answer can be used. What is usual is taken for an empty answer.
    pub fn until<T>(
        &mut self,
        question: &str,
        usual: Option<&str>,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, String> {
        for _ in 0..TRIES {
            match usual {
                Some(usual) => print!("{question} [{usual}]: "),
                None => print!("{question}: "),
            }
            let _ = std::io::stdout().flush();
            let answer = self.line()?;
            let answer = if answer.is_empty() { usual.unwrap_or_default() } else { &answer };
            let why = if answer.is_empty() { Err("falta uma resposta".to_owned()) } else { read(answer) };
            match why {
                Ok(value) => return Ok(value),
                Err(why) => println!("  {why}"),
            }
        }
        Err(format!("nenhuma resposta serviu para \"{question}\": nada foi gravado"))
    }

    pub fn text(&mut self, question: &str, usual: Option<&str>) -> Result<String, String> {
        self.until(question, usual, |text| Ok(text.to_owned()))
    }

    pub fn number(&mut self, question: &str, usual: Option<&str>) -> Result<u64, String> {
        self.until(question, usual, |text| text.parse().map_err(|_| "responda com um número inteiro".to_owned()))
    }

    pub fn yes(&mut self, question: &str, usual: bool) -> Result<bool, String> {
        self.until(question, Some(if usual { "s" } else { "n" }), |text| match text.to_lowercase().as_str() {
            "s" | "sim" => Ok(true),
            "n" | "não" | "nao" => Ok(false),
            _ => Err("responda s ou n".to_owned()),
        })
    }

    /// One of a list, by its number.
    pub fn choice(&mut self, question: &str, names: &[String]) -> Result<usize, String> {
        for (place, name) in names.iter().enumerate() {
            println!("  {}. {name}", place + 1);
        }
        self.until(question, Some("1"), |text| {
            let number = text.parse::<usize>().ok().filter(|number| (1..=names.len()).contains(number));
            number.map(|number| number - 1).ok_or_else(|| format!("responda com um número de 1 a {}", names.len()))
        })
    }

    /// A secret; from a keyboard it is not shown.
    pub fn secret(&mut self, question: &str) -> Result<String, String> {
        let keyboard = std::io::stdin();
        let shown = keyboard.is_terminal().then(|| tcgetattr(&keyboard)).transpose();
        let about = |error: rustix::io::Errno| format!("não consegui esconder o que se digita: {error}");
        let shown = shown.map_err(about)?;
        if let Some(shown) = &shown {
            let mut hidden = shown.clone();
            hidden.local_modes.remove(LocalModes::ECHO);
            tcsetattr(&keyboard, OptionalActions::Now, &hidden).map_err(about)?;
        }
        let answer = self.text(question, None);
        if let Some(shown) = &shown {
            tcsetattr(&keyboard, OptionalActions::Now, shown).map_err(about)?;
            println!();
        }
        answer
    }
}
