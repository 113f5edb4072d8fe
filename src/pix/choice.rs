//! Which providers may be asked for a code, and in which order: one pure rule.

use crate::domain::{ConfirmedBy, PixAccount};

/// One provider, as far as the choice goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat<'a> {
    pub name: &'a str,
    pub confirmed_by: ConfirmedBy,
}

/// The places of the providers to ask, first to last; the first that has a code makes the charge.
///
/// | the bills' account | who is asked |
/// |---|---|
/// | any | everybody, in the site's order: the ERP's own code first, or the banks where the site prefers them; a static key last |
/// | one provider's | the ERP's own code where it stands in that order, for it is the bill's own, and that provider; nobody else, because another account may be another company's |
/// | several | nobody: one charge has one receiver, and the bills are paid one at a time |
#[must_use]
pub fn asked(seats: &[Seat<'_>], account: &PixAccount) -> Vec<usize> {
    let may = |seat: &Seat<'_>| match account {
        PixAccount::Any => true,
        PixAccount::Only(name) => seat.name == name || seat.confirmed_by == ConfirmedBy::Erp,
        PixAccount::Several => false,
    };
    let mut places: Vec<usize> =
        seats.iter().enumerate().filter(|(_, seat)| may(seat)).map(|(place, _)| place).collect();
    // whatever the order of the configuration: what only a person can confirm is the last resort
    places.sort_by_key(|place| seats.get(*place).is_some_and(|seat| seat.confirmed_by == ConfirmedBy::Person));
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    const ERP: Seat<'static> = Seat { name: "erp_code", confirmed_by: ConfirmedBy::Erp };
    const SICOOB: Seat<'static> = Seat { name: "sicoob", confirmed_by: ConfirmedBy::Bank };
    const ITAU: Seat<'static> = Seat { name: "itau", confirmed_by: ConfirmedBy::Bank };
    const KEY: Seat<'static> = Seat { name: "static_key", confirmed_by: ConfirmedBy::Person };

    fn names<'a>(seats: &[Seat<'a>], account: &PixAccount) -> Vec<&'a str> {
        asked(seats, account).into_iter().map(|place| seats[place].name).collect()
    }

    #[test]
    fn the_order_of_the_site_is_kept_and_a_static_key_is_always_the_last_resort() {
        let any = PixAccount::Any;
        assert_eq!(names(&[ERP, SICOOB, ITAU, KEY], &any), ["erp_code", "sicoob", "itau", "static_key"]);
        assert_eq!(names(&[SICOOB, ITAU, ERP, KEY], &any), ["sicoob", "itau", "erp_code", "static_key"]);
        assert_eq!(names(&[KEY, SICOOB], &any), ["sicoob", "static_key"]);
        assert_eq!(names(&[], &any), [""; 0]);
    }

    #[test]
    fn a_carteira_is_charged_by_its_own_account_or_the_erps_code_and_never_by_another_account() {
        let only = |name: &str| PixAccount::Only(name.to_owned());
        assert_eq!(names(&[ERP, SICOOB, ITAU, KEY], &only("itau")), ["erp_code", "itau"]);
        assert_eq!(names(&[SICOOB, ITAU, ERP, KEY], &only("itau")), ["itau", "erp_code"]);
        assert_eq!(names(&[SICOOB, ITAU, KEY], &only("static_key")), ["static_key"]);
        assert_eq!(names(&[ERP, SICOOB, KEY], &only("erp_code")), ["erp_code"]);
        assert_eq!(names(&[SICOOB, KEY], &only("gone")), [""; 0]);
    }

    #[test]
    fn bills_of_different_accounts_are_on_no_charge() {
        assert_eq!(names(&[ERP, SICOOB, ITAU, KEY], &PixAccount::Several), [""; 0]);
    }
}
