//! Who stands there, by what was typed or by a paper bill that was read.

use serde::Serialize;

use super::MethodWhy;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Identify {
    /// Masked: the last character shows for a second.
    pub typed: String,
    /// How many characters were typed.
    pub length: usize,
    /// The keypad with letters (a CNPJ may have them).
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub letters: bool,
    /// Why what was typed is no CPF or CNPJ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<IdentifyProblem>,
    /// Minutes that are left to wait, where there were too many wrong tries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_min: Option<u32>,
    /// A bill's code was read: whose it is, is asked.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub scanned: bool,
    /// Card is not offered now, and why: told before anybody types.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<MethodWhy>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifyProblem {
    Short,
    /// Eleven or fourteen characters whose check digits are wrong, or all the same.
    Wrong,
    /// What was scanned is no boleto and no PIX code.
    Scan,
    /// A part of a boleto was scanned.
    ScanHalf,
    /// What was scanned is of no open bill of this provider's.
    ScanStranger,
    /// Too many wrong tries: wait.
    Locked,
}

/// What became of a code that was scanned by a customer who is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScanNews {
    /// Its bill is none of the open ones.
    Missing,
    /// The provider did not say which bill it is of.
    Unasked,
    /// It is no boleto and no PIX code.
    Unknown,
    /// A part of a boleto.
    Half,
}
