//! Boletos: bank slips (47-digit line) and utility slips (48-digit line, first digit 8), both ways.

mod check;
mod due;
mod read;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Money, calendar};

pub use read::BoletoError;

/// A boleto whose check digits are right, kept as its 44-digit bar code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Boleto {
    barcode: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BoletoKind {
    /// A bank's slip.
    Cobranca,
    /// A slip of a utility, a city or another body, collected by banks under an agreement; it begins with 8.
    Arrecadacao,
}

/// Whose slip an arrecadação is (FEBRABAN layout of arrecadação, position 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    City,
    Sanitation,
    EnergyOrGas,
    Telecom,
    Government,
    /// Carnês and other slips of companies known by their CNPJ.
    Company,
    TrafficFine,
    /// Reserved to the bank.
    Bank,
}

impl Segment {
    fn of(code: char) -> Option<Segment> {
        Some(match code {
            '1' => Segment::City,
            '2' => Segment::Sanitation,
            '3' => Segment::EnergyOrGas,
            '4' => Segment::Telecom,
            '5' => Segment::Government,
            '6' => Segment::Company,
            '7' => Segment::TrafficFine,
            '9' => Segment::Bank,
            _ => return None,
        })
    }

    /// The digit in the bars.
    #[must_use]
    pub fn code(self) -> char {
        match self {
            Segment::City => '1',
            Segment::Sanitation => '2',
            Segment::EnergyOrGas => '3',
            Segment::Telecom => '4',
            Segment::Government => '5',
            Segment::Company => '6',
            Segment::TrafficFine => '7',
            Segment::Bank => '9',
        }
    }
}

/// The bank number of an issuer that has only an ISPB: its bars hold that where others hold the value
/// (FEBRABAN, Convenção da Cobrança FB-0061/2021, 2.3.2).
const ISPB_ONLY: &str = "988";

impl Boleto {
    /// Reads a linha digitável, with or without its points and blanks, or the 44 digits of the bars.
    pub fn parse(text: &str) -> Result<Boleto, BoletoError> {
        read::barcode(text).map(|barcode| Boleto { barcode })
    }

    /// The 44 digits of the bar code.
    #[must_use]
    pub fn barcode(&self) -> &str {
        &self.barcode
    }

    #[must_use]
    pub fn kind(&self) -> BoletoKind {
        if self.barcode.starts_with('8') { BoletoKind::Arrecadacao } else { BoletoKind::Cobranca }
    }

    /// The linha digitável without punctuation: 47 digits, or 48.
    #[must_use]
    pub fn line(&self) -> String {
        self.groups().concat().replace(['.', '-'], "")
    }

    /// `75691.31662 01006.726101 27210.000017 7 73380000001000`.
    #[must_use]
    pub fn line_formatted(&self) -> String {
        self.groups().join(" ")
    }

    /// The linha digitável in the groups in which it is printed: five of a bank slip, four of an arrecadação.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        match self.kind() {
            BoletoKind::Cobranca => {
                let field = |digits: String| {
                    let check = check::modulus_10(&digits);
                    let (head, tail) = digits.split_at_checked(5).unwrap_or_default();
                    format!("{head}.{tail}{check}")
                };
                vec![
                    field(format!("{}{}", self.digits(0, 4), self.digits(19, 24))),
                    field(self.digits(24, 34).to_owned()),
                    field(self.digits(34, 44).to_owned()),
                    self.digits(4, 5).to_owned(),
                    self.digits(5, 19).to_owned(),
                ]
            }
            BoletoKind::Arrecadacao => {
                let modulus = check::Modulus::of(self.digits(2, 3));
                let block = |digits: &str| format!("{digits}-{}", modulus.check_digit(digits));
                [(0, 11), (11, 22), (22, 33), (33, 44)].map(|(from, to)| block(self.digits(from, to))).to_vec()
            }
        }
    }

    /// The bank's number of a bank slip.
    #[must_use]
    pub fn bank(&self) -> Option<&str> {
        (self.kind() == BoletoKind::Cobranca).then(|| self.digits(0, 3))
    }

    /// Whether the other is a slip of the same claim: of one bank, and with the same free field, which holds the bank's
    /// own number of it. An overdue slip that is issued again differs in value and due date only (FEBRABAN layout of
    /// cobrança, positions 20 to 44).
    #[must_use]
    pub fn is_same_slip(&self, other: &Boleto) -> bool {
        let same = |from, to| self.digits(from, to) == other.digits(from, to);
        let reissued = self.kind() == BoletoKind::Cobranca && same(0, 4) && same(19, 44);
        self.barcode == other.barcode || reissued
    }

    #[must_use]
    pub fn segment(&self) -> Option<Segment> {
        match self.kind() {
            BoletoKind::Cobranca => None,
            BoletoKind::Arrecadacao => self.digits(1, 2).chars().next().and_then(Segment::of),
        }
    }

    /// The value in the bars (positions 10 to 19, or 5 to 15 of an arrecadação); nothing where the slip leaves it
    /// open or holds something else in that place.
    #[must_use]
    pub fn value(&self) -> Option<Money> {
        let digits = match self.kind() {
            BoletoKind::Cobranca if self.digits(0, 3) == ISPB_ONLY => return None,
            BoletoKind::Cobranca => self.digits(9, 19),
            BoletoKind::Arrecadacao if matches!(self.digits(2, 3), "6" | "8") => self.digits(4, 15),
            BoletoKind::Arrecadacao => return None,
        };
        digits.parse().ok().filter(|cents| *cents > 0).map(Money::from_cents)
    }

    /// The due date in the bars (positions 6 to 9); nothing where the slip has none. The bars count days and start
    /// again every 9000, last on 2025-02-22, so they are read near a day of the slip's own time: the ERP's due date
    /// where it gives one, else the day of issue, else today.
    #[must_use]
    pub fn due(&self, reference: Date) -> Option<Date> {
        match self.kind() {
            BoletoKind::Cobranca => due::near(self.digits(5, 9).parse().ok()?, reference),
            BoletoKind::Arrecadacao => None,
        }
    }

    /// The value in the bars, while the slip is not past its own due date on `today`.
    #[must_use]
    pub fn payable_value(&self, today: Date) -> Option<Money> {
        self.payable_value_near(today, today)
    }

    /// The same, with the due date read near `reference`. A slip without a due date cannot tell that it is still good.
    #[must_use]
    pub fn payable_value_near(&self, reference: Date, today: Date) -> Option<Money> {
        self.due(reference).filter(|due| !calendar::is_overdue(*due, today)).and_then(|_| self.value())
    }

    fn digits(&self, from: usize, to: usize) -> &str {
        self.barcode.get(from..to).unwrap_or_default()
    }
}

impl TryFrom<String> for Boleto {
    type Error = BoletoError;

    fn try_from(text: String) -> Result<Boleto, BoletoError> {
        Boleto::parse(&text)
    }
}

impl From<Boleto> for String {
    fn from(boleto: Boleto) -> String {
        boleto.barcode
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    /// A bank slip with the right general check digit.
    fn slip(factor: u16, cents: u64) -> Boleto {
        let body = format!("{factor:04}{cents:010}1316601006726102745542001");
        let check = check::general(&format!("7569{body}"));
        Boleto::parse(&format!("7569{check}{body}")).unwrap()
    }

    #[test]
    fn the_value_in_the_bars_counts_until_the_slip_is_past_due() {
        // due on Saturday 2018-11-10
        let slip = slip(7704, 4990);
        assert_eq!(slip.payable_value(date(2018, 11, 12)), Some(Money::from_cents(4990)));
        assert_eq!(slip.payable_value(date(2018, 11, 13)), None);
    }

    #[test]
    fn an_undated_or_open_slip_has_no_payable_value() {
        assert_eq!(slip(0, 4990).value(), Some(Money::from_cents(4990)));
        assert_eq!(slip(0, 4990).payable_value(date(2026, 11, 22)), None);
        assert_eq!(slip(1656, 0).payable_value(date(2026, 11, 22)), None);
    }

    #[test]
    fn an_old_slip_read_near_its_own_time_does_not_become_a_new_one() {
        // 2012-01-02, or 9000 days later, 2036-08-25
        let slip = slip(5200, 4990);
        let today = date(2026, 11, 22);
        assert_eq!(slip.payable_value_near(date(2012, 1, 1), today), None);
    }

    #[test]
    fn only_a_valid_slip_comes_out_of_storage() {
        let stored = serde_json::to_string(&slip(1656, 100)).unwrap();
        assert_eq!(serde_json::from_str::<Boleto>(&stored).unwrap(), slip(1656, 100));
        assert!(serde_json::from_str::<Boleto>(&stored.replace("316601", "316602")).is_err());
    }

    fn utility(head: &str, rest: &str) -> Boleto {
        let modulus = check::Modulus::of(&head[2..3]);
        let check = modulus.check_digit(&format!("{head}{rest}"));
        Boleto::parse(&format!("{head}{check}{rest}")).unwrap()
    }

    proptest! {
        #[test]
        fn line_and_bars_of_a_bank_slip_are_the_same_slip(factor in 1000u16..=9999, cents in 0u64..=9_999_999_999) {
            let slip = slip(factor, cents);
            prop_assert_eq!(Boleto::parse(&slip.line()), Ok(slip.clone()));
            prop_assert_eq!(Boleto::parse(&slip.line_formatted()), Ok(slip.clone()));
            prop_assert_eq!(slip.value().map_or(0, Money::cents), cents);
        }

        #[test]
        fn line_and_bars_of_an_arrecadacao_are_the_same_slip(head in "8[1-79][6-9]", rest in "[0-9]{40}") {
            let slip = utility(&head, &rest);
            prop_assert_eq!(Boleto::parse(&slip.line()), Ok(slip.clone()));
            prop_assert_eq!(Boleto::parse(&slip.line_formatted()), Ok(slip));
        }

        #[test]
        fn one_wrong_digit_in_the_first_three_fields_is_seen(factor in 1000u16..=9999, place in 0usize..32, add in 1u8..10) {
            let mut digits = slip(factor, 11990).line().into_bytes();
            digits[place] = b'0' + (digits[place] - b'0' + add) % 10;
            prop_assert!(Boleto::parse(std::str::from_utf8(&digits).unwrap()).is_err());
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[0-9. -]{43,60}", digits in "8?[0-9]{43,48}") {
            for text in [text, near, digits] {
                if let Ok(slip) = Boleto::parse(&text) {
                    prop_assert_eq!(slip.barcode().len(), 44);
                }
            }
        }
    }
}
