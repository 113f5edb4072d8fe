//! What each command must and may carry (tef.md 1.4 to 1.7, PayGo), as one table a command.

use super::wire::Request;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Command {
    /// Is the manager there?
    Atv,
    /// Card payment.
    Crt,
    /// Administrative menu.
    Adm,
    /// Cancellation of a confirmed payment.
    Cnc,
    /// Confirm.
    Cnf,
    /// Do not confirm: undo.
    Ncn,
}

impl Command {
    pub fn of(request: &Request) -> Option<Self> {
        match request.text(0) {
            "ATV" => Some(Command::Atv),
            "CRT" => Some(Command::Crt),
            "ADM" => Some(Command::Adm),
            "CNC" => Some(Command::Cnc),
            "CNF" => Some(Command::Cnf),
            "NCN" => Some(Command::Ncn),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Command::Atv => "ATV",
            Command::Crt => "CRT",
            Command::Adm => "ADM",
            Command::Cnc => "CNC",
            Command::Cnf => "CNF",
            Command::Ncn => "NCN",
        }
    }

    /// Whether a response file follows the acknowledgement.
    pub fn is_answered(self) -> bool {
        matches!(self, Command::Crt | Command::Adm | Command::Cnc)
    }

    fn must(self) -> &'static [&'static [Rule]] {
        match self {
            Command::Atv => &[EVERY],
            Command::Adm => &[EVERY, COMPANY],
            Command::Crt => &[EVERY, COMPANY, SALE],
            Command::Cnc => &[EVERY, COMPANY, CANCELLATION],
            Command::Cnf | Command::Ncn => &[EVERY, FINALISATION],
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Form {
    /// Digits only, one to this many.
    Digits(usize),
    /// Digits only, exactly this many.
    Exactly(usize),
    /// Cents: one to twelve digits, more than zero.
    Cents,
    /// Up to this many characters, not blank.
    Text(usize),
    OneOf(&'static [&'static str]),
}

impl Form {
    fn holds(self, value: &str) -> bool {
        let digits = value.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Form::Digits(most) => digits && (1..=most).contains(&value.len()),
            Form::Exactly(count) => digits && value.len() == count,
            Form::Cents => digits && value.len() <= 12 && value.parse::<u64>().is_ok_and(|cents| cents > 0),
            Form::Text(most) => !value.trim().is_empty() && value.len() <= most,
            Form::OneOf(allowed) => allowed.contains(&value),
        }
    }
}

type Rule = (u16, Form);

const EVERY: &[Rule] = &[
    (1, Form::Digits(10)),
    (733, Form::OneOf(&["210", "225"])),
    (735, Form::Text(128)),
    (736, Form::Text(128)),
    (738, Form::Text(128)),
];
const COMPANY: &[Rule] = &[(706, Form::Digits(3)), (716, Form::Text(128)), (717, Form::Exactly(12))];
const SALE: &[Rule] = &[(2, Form::Digits(12)), (3, Form::Cents), (4, Form::OneOf(&["0"]))];
const FINALISATION: &[Rule] =
    &[(10, Form::Text(40)), (12, Form::Text(40)), (27, Form::Text(30)), (717, Form::Exactly(12))];
const CANCELLATION: &[Rule] = &[
    (3, Form::Cents),
    (4, Form::OneOf(&["0"])),
    (10, Form::Text(40)),
    (12, Form::Text(40)),
    (22, Form::Exactly(8)),
    (23, Form::Exactly(6)),
];
/// Checked wherever they appear.
const MAY: &[Rule] = &[
    (2, Form::Digits(12)),
    (3, Form::Cents),
    (18, Form::Digits(2)),
    (717, Form::Exactly(12)),
    (731, Form::OneOf(&["0", "1", "2", "3"])),
    (732, Form::OneOf(&["0", "1", "2", "3", "4", "5"])),
    (749, Form::OneOf(&["1", "2", "4", "8"])),
];

/// Everything that is wrong with the request, a sentence each. Values are not repeated: the book is read by others.
pub fn broken_by(command: Command, request: &Request) -> Vec<String> {
    let mut broken = Vec::new();
    for (field, form) in command.must().iter().copied().flatten() {
        match request.get(*field) {
            None => broken.push(format!("{field:03}-000 is missing")),
            Some(value) if !form.holds(value) => broken.push(format!("{field:03}-000 is not {form:?}")),
            Some(_) => {}
        }
    }
    let asked = |field: &u16| command.must().iter().copied().flatten().any(|(must, _)| must == field);
    for (field, form) in MAY.iter().filter(|(field, _)| !asked(field)) {
        if request.get(*field).is_some_and(|value| !form.holds(value)) {
            broken.push(format!("{field:03}-000 is not {form:?}"));
        }
    }
    let in_instalments = matches!(request.text(732), "2" | "3");
    if command == Command::Crt && in_instalments && request.get(18).is_none_or(|count| count.parse().unwrap_or(0) < 2) {
        broken.push("018-000 must say two instalments or more when 732-000 asks for them".to_owned());
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALE: &str = "000-000 = CRT|001-000 = 1002|002-000 = 4711|003-000 = 8990|004-000 = 0|706-000 = 156|\
                        716-000 = MINHA EMPRESA|717-000 = 260304101500|731-000 = 1|732-000 = 1|733-000 = 225|\
                        735-000 = TOTEM ISP|736-000 = v1.0|738-000 = 000000000000|749-000 = 1|999-999 = 0|";

    fn broken(text: &str) -> Vec<String> {
        let request = Request::read(text.replace('|', "\r\n").as_bytes()).unwrap();
        broken_by(Command::of(&request).unwrap(), &request)
    }

    #[test]
    fn a_sale_with_one_thing_wrong_is_refused_for_that_thing() {
        assert_eq!(broken(SALE), Vec::<String>::new());
        for (written, instead, complaint) in [
            ("733-000 = 225|", "", "733-000 is missing"),
            ("735-000 = TOTEM ISP|", "", "735-000 is missing"),
            ("736-000 = v1.0|", "", "736-000 is missing"),
            ("738-000 = 000000000000|", "", "738-000 is missing"),
            ("716-000 = MINHA EMPRESA|", "", "716-000 is missing"),
            ("706-000 = 156|", "", "706-000 is missing"),
            ("717-000 = 260304101500|", "", "717-000 is missing"),
            ("717-000 = 260304101500|", "717-000 = 04/03/2026|", "717-000 is not Exactly(12)"),
            ("003-000 = 8990|", "003-000 = 89,90|", "003-000 is not Cents"),
            ("003-000 = 8990|", "003-000 = 0|", "003-000 is not Cents"),
            ("003-000 = 8990|", "003-000 = -1|", "003-000 is not Cents"),
            ("002-000 = 4711|", "002-000 = TOTEM1|", "002-000 is not Digits(12)"),
            ("733-000 = 225|", "733-000 = 999|", "733-000 is not OneOf([\"210\", \"225\"])"),
            ("731-000 = 1|", "731-000 = 7|", "731-000 is not OneOf([\"0\", \"1\", \"2\", \"3\"])"),
            ("732-000 = 1|", "732-000 = 3|", "018-000 must say two instalments or more when 732-000 asks for them"),
        ] {
            assert_eq!(broken(&SALE.replace(written, instead)), [complaint], "{written} -> {instead}");
        }
        assert!(broken(&SALE.replace("732-000 = 1|", "018-000 = 3|732-000 = 3|")).is_empty());
    }

    #[test]
    fn a_confirmation_names_the_transaction_by_network_nsu_and_finalisation() {
        let confirmation = "000-000 = CNF|001-000 = 1003|002-000 = 4711|010-000 = REDE DEMO|012-000 = 000123456|\
                            027-000 = 7A0C11FE99|717-000 = 260304101541|733-000 = 225|735-000 = TOTEM ISP|\
                            736-000 = v1.0|738-000 = 000000000000|999-999 = 0|";
        assert!(broken(confirmation).is_empty());
        for field in ["010-000 = REDE DEMO|", "012-000 = 000123456|", "027-000 = 7A0C11FE99|"] {
            let complaints = broken(&confirmation.replace(field, ""));
            assert_eq!(complaints, [format!("{} is missing", &field[..7])]);
        }
    }
}
