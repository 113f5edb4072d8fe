//! The objects of an EMV code: two digits of number, two of length in bytes, the value.

use super::{BrCodeError, Flaw};

/// The objects of one level, in their order, each number once.
pub(super) struct Objects<'a> {
    within: &'a str,
    list: Vec<(&'a str, &'a str)>,
}

impl<'a> Objects<'a> {
    /// `within` is the number of the object that holds these, empty at the top.
    pub(super) fn read(text: &'a str, within: &'a str) -> Result<Objects<'a>, BrCodeError> {
        let mut objects = Objects { within, list: Vec::new() };
        let mut rest = text;
        while !rest.is_empty() {
            let (number, after) = two_digits(rest).ok_or_else(|| Flaw::Number.of(&place(within, "??")))?;
            let flaw = |flaw: Flaw| flaw.of(&place(within, number));
            let (length, after) = two_digits(after).ok_or_else(|| flaw(Flaw::Length))?;
            let length = length.parse().ok().filter(|length| *length > 0).ok_or_else(|| flaw(Flaw::Length))?;
            let (value, after) = after.split_at_checked(length).ok_or_else(|| flaw(Flaw::Cut))?;
            if objects.get(number).is_some() {
                return Err(flaw(Flaw::Repeated));
            }
            objects.list.push((number, value));
            rest = after;
        }
        Ok(objects)
    }

    pub(super) fn get(&self, number: &str) -> Option<&'a str> {
        self.list.iter().find(|object| object.0 == number).map(|object| object.1)
    }

    pub(super) fn need(&self, number: &str) -> Result<&'a str, BrCodeError> {
        self.get(number).ok_or_else(|| self.flaw(number, Flaw::Missing))
    }

    pub(super) fn flaw(&self, number: &str, flaw: Flaw) -> BrCodeError {
        flaw.of(&place(self.within, number))
    }

    pub(super) fn first(&self) -> Option<(&'a str, &'a str)> {
        self.list.first().copied()
    }

    pub(super) fn last(&self) -> Option<(&'a str, &'a str)> {
        self.list.last().copied()
    }

    /// The objects whose number lies between two numbers of two digits.
    pub(super) fn between<'s>(&'s self, from: &'s str, to: &'s str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.list.iter().copied().filter(move |(number, _)| (from..=to).contains(number))
    }
}

fn place(within: &str, number: &str) -> String {
    if within.is_empty() { number.to_owned() } else { format!("{within}-{number}") }
}

fn two_digits(text: &str) -> Option<(&str, &str)> {
    text.split_at_checked(2).filter(|(digits, _)| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// One object as text.
pub(super) fn write(number: &str, value: &str) -> Result<String, BrCodeError> {
    match value.len() {
        0 => Err(Flaw::Missing.of(number)),
        length @ 1..=99 => Ok(format!("{number}{length:02}{value}")),
        _ => Err(Flaw::TooLong(99).of(number)),
    }
}
