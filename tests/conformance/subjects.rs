//! The drivers that the stories are told of: for each, how its stand-in is started, what a technician writes, and what on
//! its wire is a sign-in and what a write-off.

mod forms;
mod hubsoft;
mod told;
mod twins;
mod webservice_cliente;

use serde_json::Value;

use crate::relay::Asked;
use crate::scene::Place;

pub struct Subject {
    /// The column in README.
    pub name: &'static str,
    /// What follows `totem simulate`: its name, and options but for `--state`.
    pub stand_in: &'static [&'static str],
    /// The stand-in's secret, and the tables of the configuration that lead to it.
    pub secret: &'static str,
    pub tables: fn(&Place<'_>) -> String,
    /// The call that gives a token; never, where the ERP is shown the same secret each time.
    pub is_sign_in: fn(&Asked) -> bool,
    pub is_write_off: fn(&Asked) -> bool,
    /// Part of the configuration's write-off row, and what to put there so that the ERP refuses it; nothing where a row
    /// has no ids of the ERP.
    pub bad_row: Option<(&'static str, &'static str)>,
    /// Other ways in which servers write the bills that the driver is to read all the same.
    pub forms: &'static [Form],
    /// The stand-in's book: its file, the open bills of a CPF, and how often a bill was
    /// written off.
    pub book: &'static str,
    pub open_bills: fn(&Value, &str) -> Vec<Booked>,
    pub times_written_off: fn(&Value, &str) -> usize,
    /// Makes two customers of the one in an answer's body; what is no customer stays as it is.
    pub twin: Option<fn(&str) -> String>,
    /// Stories about what this ERP does not have, and how that is known.
    pub lacks: &'static [(&'static str, &'static str)],
}

/// A way of writing, and the change of an answer's body that brings it about.
pub type Form = (&'static str, fn(&str) -> String);

/// A bill: as the stand-in has it, and as the driver tells it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Booked {
    pub id: String,
    /// yyyy-MM-dd
    pub due: String,
    /// The original value.
    pub cents: u64,
}

impl Subject {
    pub fn signs_in(&self) -> bool {
        !std::ptr::fn_addr_eq(self.is_sign_in, never as fn(&Asked) -> bool)
    }
}

/// The number of a bill, where the stand-in's book numbers what its wire names otherwise (`…-000000000090`).
pub fn number(bill: &str) -> i64 {
    bill.rsplit('-').next().unwrap().parse().unwrap_or_else(|_| panic!("{bill} has no number"))
}

/// For an ERP without a sign-in of its own.
pub fn never(_: &Asked) -> bool {
    false
}

/// The columns of the table.
pub const ALL: [&Subject; 11] = [
    &webservice_cliente::SUBJECT,
    &hubsoft::CURRENT,
    &hubsoft::OF_2020,
    &told::SMARTBILL,
    &told::AUTOMATION,
    &told::DATACAKE,
    &told::IXC,
    &told::SGP,
    &told::RBX,
    &told::VOALLE,
    &told::MK_AUTH,
];
