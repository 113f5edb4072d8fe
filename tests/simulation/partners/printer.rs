//! The printer: what became of a paper.

use totem::printer::{Outcome, Status};
use totem::runtime::call::{Answer, Ticket};

use super::super::luck::Fate::{self, AnswerLost, Declined, RequestLost};
use super::super::world::World;

pub(super) fn print(world: &World, ticket: Ticket, fate: Fate) -> Answer {
    let outcome = match fate {
        Declined => Outcome::Blocked(Status::PaperOut),
        RequestLost => Outcome::Lost,
        AnswerLost => Outcome::Unknown,
        _ if !world.printer_works => Outcome::NotSent(Status::Offline),
        _ if world.printer_proves => Outcome::Done,
        _ => Outcome::Unconfirmed,
    };
    Answer::Printed { ticket, outcome }
}
