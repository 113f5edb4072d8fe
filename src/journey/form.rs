//! A form: one question at a time. Going back loses nothing that was typed; a form that is left is forgotten.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::event::Command;
use super::intent::Intent;
use super::joining::questions;
use super::scene::{Field, Filling, Scene};
use super::step::{Answer, Detail, Form, FormOption, FormProblem, Purpose, Question, Step};
use super::{Journey, code, today};
use crate::domain::service::{ContactKind, Named};

/// As much as a clerk reads in one go.
const TEXT_MOST: usize = 300;
const TEXT_LEAST: usize = 5;
/// Area code, and eight or nine digits.
const PHONE: std::ops::RangeInclusive<usize> = 10..=11;
const EMAIL_MOST: usize = 100;
const PASSWORD_MOST: usize = 64;
const MARK_MOST: i32 = 10;
/// The questions whose answers are an address, in the order in which it is written.
pub(super) const ADDRESS: [Question; 5] =
    [Question::Street, Question::HouseNumber, Question::Complement, Question::District, Question::City];
/// A contract rests within a year.
const DAYS_AHEAD: i32 = 365;

/// Day, month and year in eight digits.
pub(super) fn day_of(digits: &str) -> Option<Date> {
    let part = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let (day, month) = (i8::try_from(part(0, 2)?).ok()?, i8::try_from(part(2, 4)?).ok()?);
    Date::new(part(4, 8)?, month, day).ok()
}

/// Something at a place with a point in it. Whether it is anybody's only the provider can find out.
fn is_email(text: &str) -> bool {
    let Some((name, place)) = text.split_once('@') else { return false };
    let labels: Vec<&str> = place.split('.').collect();
    let is_label =
        |label: &&str| !label.is_empty() && label.chars().all(|key| key.is_ascii_alphanumeric() || key == '-');
    !name.is_empty() && labels.len() > 1 && labels.iter().all(is_label)
}

impl Field {
    pub fn typed(asks: Question) -> Field {
        Field { asks, answer: String::new(), options: Vec::new(), details: Vec::new() }
    }

    pub fn chosen(asks: Question, options: Vec<Named>) -> Field {
        Field { options, ..Field::typed(asks) }
    }

    /// With what there is to know of each option.
    pub fn detailed(asks: Question, options: Vec<(Named, Option<Detail>)>) -> Field {
        let details = options.iter().filter_map(|(named, detail)| Some((named.id.clone(), detail.clone()?))).collect();
        Field { options: options.into_iter().map(|(named, _)| named).collect(), details, ..Field::typed(asks) }
    }

    fn detail(&self, id: &str) -> Option<&Detail> {
        self.details.iter().find(|(of, _)| of == id).map(|(_, detail)| detail)
    }

    fn may_choose(&self, id: &str) -> bool {
        self.options.iter().any(|one| one.id == id) && self.detail(id).is_none_or(Detail::is_open)
    }

    /// One answer only, so that there is nothing to ask.
    fn is_plain(&self) -> bool {
        matches!(self.options.as_slice(), [one] if self.may_choose(&one.id))
    }

    fn takes(&self, key: char) -> bool {
        let length = self.answer.chars().count();
        match self.asks {
            Question::Text => !key.is_control() && length < TEXT_MOST,
            Question::Phone | Question::PhoneAgain => key.is_ascii_digit() && length < *PHONE.end(),
            Question::NewEmail | Question::NewEmailAgain => key.is_ascii_graphic() && length < EMAIL_MOST,
            Question::TechnicianMark | Question::SolutionMark => key.is_ascii_digit() && length < 2,
            Question::PauseFrom => key.is_ascii_digit() && length < 8,
            Question::PauseDays => key.is_ascii_digit() && length < 3,
            Question::Password => !key.is_control() && length < PASSWORD_MOST,
            Question::Code => key.is_ascii_digit() && length < code::LENGTH,
            asks => questions::takes(asks, &self.answer, key),
        }
    }

    fn problem(&self, today: Date) -> Option<FormProblem> {
        let length = self.answer.trim().chars().count();
        match self.asks {
            Question::Text => (length < TEXT_LEAST).then_some(FormProblem::Short),
            // no area code begins with a zero
            Question::Phone => (!PHONE.contains(&length) || self.answer.starts_with('0')).then_some(FormProblem::Phone),
            Question::NewEmail => (!is_email(self.answer.trim())).then_some(FormProblem::Email),
            Question::TechnicianMark | Question::SolutionMark => {
                (!self.answer.parse().is_ok_and(|mark| (0..=MARK_MOST).contains(&mark))).then_some(FormProblem::Number)
            }
            Question::PauseFrom => {
                let last = today.saturating_add(DAYS_AHEAD.days());
                (!day_of(&self.answer).is_some_and(|day| day > today && day <= last)).then_some(FormProblem::Day)
            }
            Question::PauseDays => {
                (!self.answer.parse().is_ok_and(|days| (1..=DAYS_AHEAD).contains(&days))).then_some(FormProblem::Number)
            }
            Question::Password => self.answer.is_empty().then_some(FormProblem::Short),
            Question::Code => (length < code::LENGTH).then_some(FormProblem::Short),
            // whoever corrects a name may be a company
            asks => questions::problem(asks, &self.answer, true, today),
        }
    }

    fn shown(&self) -> String {
        if self.asks == Question::Password { "*".repeat(self.answer.chars().count()) } else { self.answer.clone() }
    }

    /// Whether it is read once more before it is asked for.
    fn is_told(&self) -> bool {
        let is_for_itself = matches!(self.asks, Question::Confirm | Question::Password | Question::Code);
        !is_for_itself && !matches!(self.asks, Question::PhoneAgain | Question::NewEmailAgain | Question::SendTo)
    }

    fn told(&self) -> Answer {
        Answer { question: self.asks, text: self.words(), detail: self.detail(&self.answer).cloned() }
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
        Filling::stage(purpose, questions.into_iter().chain([Field::typed(Question::Confirm)]))
    }

    /// Questions whose answers only say what is asked next.
    pub fn stage(purpose: Purpose, asked: impl IntoIterator<Item = Field>) -> Filling {
        let (mut known, fields): (Vec<Field>, Vec<Field>) = asked.into_iter().partition(Field::is_plain);
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

    /// What was answered, once more; the parts of an address as one.
    fn told(&self) -> Vec<Answer> {
        let is_part = |field: &&Field| ADDRESS.contains(&field.asks);
        let others = self.answers().filter(|field| field.is_told() && !is_part(field));
        let parts = self.answers().filter(is_part).map(|field| field.answer.trim());
        let address = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let address = Answer { question: Question::Address, text: address, detail: None };
        others.map(Field::told).chain(Some(address).filter(|address| !address.text.is_empty())).collect()
    }

    /// What is told again with the outcome, on a screen in public and on paper: days and plans, nothing of a person's.
    pub fn agreed(&self) -> Vec<Answer> {
        let is_plain = |asks| {
            use Question::{Contract, NewDueDay, PauseDays, PauseFrom, Receive, Slot, Visit};
            matches!(asks, Contract | NewDueDay | PauseDays | PauseFrom | Receive | Slot | Visit)
        };
        // a plan may have no name
        let is_something = |one: &Answer| !one.text.is_empty() || one.detail.is_some();
        let told = self.told().into_iter().filter(|one| is_plain(one.question));
        let mut agreed: Vec<Answer> = told.filter(is_something).collect();
        // the day that it had is not the one to remember
        if self.purpose == Purpose::MoveVisit {
            agreed.iter_mut().filter(|one| one.question == Question::Visit).for_each(|one| one.detail = None);
        }
        agreed
    }

    pub fn field(&self) -> Option<&Field> {
        self.fields.get(self.at)
    }

    /// What was typed again is something else.
    fn differs(&self) -> Option<FormProblem> {
        let field = self.field()?;
        let first = match field.asks {
            Question::PhoneAgain => Question::Phone,
            Question::NewEmailAgain => Question::NewEmail,
            _ => return None,
        };
        (self.answer(first) != Some(field.answer.trim())).then_some(FormProblem::Different)
    }

    /// The same questions about the same thing.
    fn is_same_form(&self, other: &Filling) -> bool {
        let asks = |filling: &Filling| filling.fields.iter().map(|field| field.asks).collect::<Vec<_>>();
        let known = |filling: &Filling| filling.known.iter().map(|field| field.answer.clone()).collect::<Vec<_>>();
        self.purpose == other.purpose && asks(self) == asks(other) && known(self) == known(other)
    }

    /// What was answered there, as far as it can still be an answer; secrets and codes are typed again.
    fn take_up(&mut self, before: &Filling) {
        for (field, known) in self.fields.iter_mut().zip(&before.fields) {
            let is_typed = !field.asks.is_choice() && !matches!(field.asks, Question::Password | Question::Code);
            if is_typed || field.may_choose(&known.answer) {
                field.answer.clone_from(&known.answer);
            }
        }
    }

    /// A code that was typed has done its work: the way to it begins at the address again.
    pub(super) fn is_taken_up_again(&mut self) {
        if self.field().is_some_and(|field| field.asks == Question::Code) {
            self.clear();
            self.back_to_contact();
        }
    }

    /// A code goes to mobile phones only.
    fn is_out_of_reach(&self) -> Option<FormProblem> {
        let contact = self.contact().filter(|contact| contact.kind == ContactKind::Phone && self.asks_for_code())?;
        contact.mobile().is_none().then_some(FormProblem::Mobile)
    }

    /// What is secret of it is not kept.
    pub fn forget_secrets(&mut self) {
        for (place, field) in self.fields.iter_mut().enumerate().filter(|(_, field)| field.asks == Question::Password) {
            field.answer.clear();
            self.at = place;
        }
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
                if !field.may_choose(option) {
                    return true;
                }
                field.answer.clone_from(option);
                filling.at += 1;
                if filling.field().is_none() {
                    self.stage_is_over(now, commands);
                    return true;
                }
            }
            Intent::Submit => {
                let problem = field.problem(today(now));
                filling.problem = problem.or_else(|| filling.differs()).or_else(|| filling.is_out_of_reach());
                let Some(field) = filling.field() else { return true };
                match field.asks {
                    Question::Confirm => self.carry_out(now, commands),
                    _ if filling.problem.is_some() => {}
                    Question::Code => {
                        let typed = field.answer.clone();
                        self.check_code(typed, commands);
                    }
                    _ => {
                        filling.at += 1;
                        if filling.field().is_some_and(|field| field.asks == Question::Code) {
                            self.form_wants_code(now, commands);
                        }
                    }
                }
                return true;
            }
            Intent::Retry => {
                self.ask_for_another(now, commands);
                return true;
            }
            Intent::Back if at == 0 => self.back_from_form(),
            Intent::Back => filling.at -= 1,
            _ => return false,
        }
        if let Scene::Form(filling) = &mut self.scene {
            filling.problem = None;
        }
        true
    }

    /// To the choice that led here, if there was one; else out of it, and it is forgotten.
    fn back_from_form(&mut self) {
        let Scene::Form(filling) = std::mem::take(&mut self.scene) else { return };
        self.scene = Scene::Services;
        match self.session.errand.stage.take() {
            Some((stage, seen)) => {
                let errand = &mut self.session.errand;
                errand.left.retain(|one| !one.is_same_form(&filling));
                errand.left.push(*filling);
                errand.seen = seen;
                self.scene = Scene::Form(stage);
            }
            None => {
                self.session.errand.left.clear();
                if filling.purpose == Purpose::SendBill {
                    self.back_under_form();
                }
            }
        }
    }

    /// The choice is kept under the form that it leads to. Where nothing was to be chosen there is nothing to go back to.
    pub(super) fn keep_stage(&mut self, stage: &Filling) {
        let errand = &mut self.session.errand;
        errand.stage = stage.fields.len().checked_sub(1).map(|last| {
            let again = Filling { at: last, problem: None, ..stage.clone() };
            (Box::new(again), errand.seen.clone())
        });
    }

    /// With what was typed before somebody went back from it.
    pub(super) fn begin_form(&mut self, mut filling: Filling) {
        if let Some(before) = self.session.errand.left.iter().find(|one| one.is_same_form(&filling)) {
            filling.take_up(before);
        }
        self.scene = Scene::Form(Box::new(filling));
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
        Step::Form(Form {
            form: filling.purpose,
            asks,
            question: filling.at + 1,
            questions: filling.fields.len(),
            typed: field.filter(|field| !field.asks.is_choice()).map(Field::shown).unwrap_or_default(),
            options: options
                .map(|(field, option)| FormOption {
                    id: option.id.clone(),
                    text: option.name.clone(),
                    chosen: option.id == field.answer,
                    detail: field.detail(&option.id).cloned(),
                    amount_cents: None,
                    about: String::new(),
                })
                .collect(),
            // what a code was sent to is told beside it
            answers: match asks {
                Question::Confirm | Question::Code => filling.told(),
                _ => Vec::new(),
            },
            problem: filling.problem,
        })
    }
}
