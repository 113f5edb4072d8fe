//! A name or an address that is wrong in the provider's file: what is right is typed, and asked for.

use jiff::Timestamp;

use super::named;
use crate::domain::ContractId;
use crate::domain::changes::Correction;
use crate::journey::Journey;
use crate::journey::event::Command;
use crate::journey::form::ADDRESS;
use crate::journey::scene::{Field, Filling};
use crate::journey::step::{Purpose, Question};

const NAME: &str = "name";
const PLACE: &str = "address";

impl Journey {
    /// An address is a contract's: without one there is only the name.
    pub(super) fn choose_what_is_wrong(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let mut parts = vec![named(NAME, "")];
        parts.extend((!self.own_contracts().is_empty()).then(|| named(PLACE, "")));
        let stage = Filling::stage(Purpose::Profile, [Field::chosen(Question::ProfilePart, parts)]);
        self.begin_stage(stage, now, commands);
    }

    pub(super) fn ask_what_is_right(&mut self, part: &str) {
        let fields = match part {
            PLACE => {
                let contracts = self.own_contracts().into_iter().map(|one| named(&one.id.0, &one.plan)).collect();
                [Field::chosen(Question::Contract, contracts)].into_iter().chain(ADDRESS.map(Field::typed)).collect()
            }
            _ => vec![Field::typed(Question::Name)],
        };
        self.begin_form(Filling::new(Purpose::Profile, fields));
    }
}

pub(super) fn correction(filling: &Filling) -> Option<Correction> {
    let answer = |asks| filling.answer(asks).map(str::to_owned);
    if let Some(name) = answer(Question::Name) {
        return Some(Correction::Name(name));
    }
    Some(Correction::Address {
        contract: ContractId::from(filling.answer(Question::Contract)?),
        street: answer(Question::Street)?,
        number: answer(Question::HouseNumber)?,
        complement: answer(Question::Complement)?,
        district: answer(Question::District)?,
        city: answer(Question::City)?,
    })
}
