//! A form: one question at a time. Going back loses nothing that was typed; a form that is left is forgotten.

use jiff::Timestamp;

use super::Journey;
use super::event::Command;
use super::intent::Intent;
use super::scene::{Field, Filling, Scene};
use super::step::{Answer, Form, FormOption, FormProblem, Purpose, Question, Step};
use crate::domain::service::Named;

/// As much as a clerk reads in one go.
const TEXT_MOST: usize = 300;
const TEXT_LEAST: usize = 5;
/// Area code, and eight or nine digits.
const PHONE: std::ops::RangeInclusive<usize> = 10..=11;

impl Field {
    pub fn typed(asks: Question) -> Field {
        Field { asks, answer: String::new(), options: Vec::new() }
    }

    pub fn chosen(asks: Question, options: Vec<Named>) -> Field {
        Field { options, ..Field::typed(asks) }
    }

    fn takes(&self, key: char) -> bool {
        let length = self.answer.chars().count();
        match self.asks {
            Question::Text => !key.is_control() && length < TEXT_MOST,
            Question::Phone => key.is_ascii_digit() && length < *PHONE.end(),
            _ => false,
        }
    }

    fn problem(&self) -> Option<FormProblem> {
        let length = self.answer.trim().chars().count();
        match self.asks {
            Question::Text => (length < TEXT_LEAST).then_some(FormProblem::Short),
            // no area code begins with a zero
            Question::Phone => (!PHONE.contains(&length) || self.answer.starts_with('0')).then_some(FormProblem::Phone),
            _ => None,
        }
    }

    /// What was answered, in words.
    fn words(&self) -> String {
        match self.options.iter().find(|option| option.id == self.answer) {
            Some(option) => option.name.clone(),
            None => self.answer.trim().to_owned(),
        }
    }
}

impl Filling {
    pub fn new(purpose: Purpose, questions: Vec<Field>) -> Filling {
        let asked = questions.into_iter().chain([Field::typed(Question::Confirm)]);
        let (mut known, fields): (Vec<Field>, Vec<Field>) = asked.partition(|field| field.options.len() == 1);
        for field in &mut known {
            field.answer = field.options.iter().map(|option| option.id.clone()).collect();
        }
        Filling { purpose, known, fields, at: 0, problem: None }
    }

    /// What was answered to a question.
    pub fn answer(&self, asks: Question) -> Option<&str> {
        self.answers().find(|field| field.asks == asks).map(|field| field.answer.trim())
    }

    fn answers(&self) -> impl Iterator<Item = &Field> {
        self.known.iter().chain(&self.fields)
    }

    fn field(&self) -> Option<&Field> {
        self.fields.get(self.at)
    }
}

impl Journey {
    /// Whether the intent was about the form on the screen.
    pub(super) fn form_takes(&mut self, intent: &Intent, now: Timestamp, commands: &mut Vec<Command>) -> bool {
        let Scene::Form(filling) = &mut self.scene else { return false };
        let at = filling.at;
        let Some(field) = filling.fields.get_mut(at) else { return false };
        match intent {
            Intent::Type { text } => {
                for key in text.chars() {
                    if field.takes(key) {
                        field.answer.push(key);
                    }
                }
            }
            Intent::Erase => drop(field.answer.pop()),
            Intent::Clear => field.answer.clear(),
            Intent::Choose { option } => {
                if !field.options.iter().any(|one| one.id == *option) {
                    return true;
                }
                field.answer.clone_from(option);
                filling.at += 1;
            }
            Intent::Submit => {
                filling.problem = field.problem();
                if field.asks == Question::Confirm {
                    self.carry_out(now, commands);
                } else if filling.problem.is_none() {
                    filling.at += 1;
                }
                return true;
            }
            Intent::Back if at == 0 => self.scene = Scene::Services,
            Intent::Back => filling.at -= 1,
            _ => return false,
        }
        if let Scene::Form(filling) = &mut self.scene {
            filling.problem = None;
        }
        true
    }

    pub(super) fn form_actions(filling: &Filling) -> Vec<&'static str> {
        let mut actions = vec!["back", "leave"];
        match filling.field().map(|field| field.asks) {
            Some(asks) if asks.is_choice() => actions.push("choose"),
            Some(Question::Confirm) | None => actions.push("submit"),
            Some(_) => actions.extend(["type", "erase", "clear", "submit"]),
        }
        actions
    }

    pub(super) fn form_step(filling: &Filling) -> Step {
        let field = filling.field();
        let asks = field.map_or(Question::Confirm, |field| field.asks);
        let options = field.into_iter().flat_map(|field| field.options.iter().map(move |option| (field, option)));
        let answers = filling.answers().filter(|field| field.asks != Question::Confirm);
        Step::Form(Form {
            form: filling.purpose,
            asks,
            question: filling.at + 1,
            questions: filling.fields.len(),
            typed: field.filter(|field| !field.asks.is_choice()).map(|field| field.answer.clone()).unwrap_or_default(),
            options: options
                .map(|(field, option)| FormOption {
                    id: option.id.clone(),
                    text: option.name.clone(),
                    chosen: option.id == field.answer,
                    amount_cents: None,
                    about: String::new(),
                })
                .collect(),
            answers: if asks == Question::Confirm {
                answers.map(|field| Answer { question: field.asks, text: field.words() }).collect()
            } else {
                Vec::new()
            },
            problem: filling.problem,
        })
    }
}
