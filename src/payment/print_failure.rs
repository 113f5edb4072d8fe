//! What an approved card sale becomes when its receipt does not come out: one table, by driver and by what the site says.
//!
//! The vendors disagree. CliSiTef's manual and PayGo's manual of the file exchange want the sale undone when the paper is
//! out; PayGo's library, which is not spoken here, wants it kept and the receipt printed again. The classic rule of the
//! file exchange undoes what nobody can take another copy of, and at a totem nobody can. A site may say otherwise where its
//! acquirer takes a receipt that is printed later.
//!
//! | driver | the site says nothing | `undo` | `confirm` |
//! |---|---|---|---|
//! | file exchange, `paygo` | undo | undo | confirm, and offer another copy |
//! | file exchange, `tef-dial` | undo | undo | confirm, and offer another copy |
//! | file exchange, `cliente-sitef` | undo | undo | confirm, and offer another copy |
//! | file exchange, `elgin` | undo | undo | confirm, and offer another copy |
//! | CliSiTef | undo | undo | confirm, and offer another copy |
//!
//! Whatever it says, what the TEF itself calls final (729 = 1) is confirmed, and what nobody waits for any more is undone:
//! `next::after_receipt`.

use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnPrintFailure {
    Undo,
    /// Confirm, and offer another copy.
    Confirm,
}

/// Through whom cards are sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardDriver {
    Paygo,
    TefDial,
    ClienteSitef,
    Elgin,
    CliSitef,
}

impl OnPrintFailure {
    /// The table.
    #[must_use]
    pub fn of(driver: CardDriver, site: Option<OnPrintFailure>) -> OnPrintFailure {
        use CardDriver::{CliSitef, ClienteSitef, Elgin, Paygo, TefDial};
        use OnPrintFailure::{Confirm, Undo};
        match (driver, site) {
            (Paygo | TefDial | ClienteSitef | Elgin | CliSitef, None | Some(Undo)) => Undo,
            (Paygo | TefDial | ClienteSitef | Elgin | CliSitef, Some(Confirm)) => Confirm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_of_the_table_holds() {
        use CardDriver::{CliSitef, ClienteSitef, Elgin, Paygo, TefDial};
        use OnPrintFailure::{Confirm, Undo};
        let rows = [
            (Paygo, [Undo, Undo, Confirm]),
            (TefDial, [Undo, Undo, Confirm]),
            (ClienteSitef, [Undo, Undo, Confirm]),
            (Elgin, [Undo, Undo, Confirm]),
            (CliSitef, [Undo, Undo, Confirm]),
        ];
        for (driver, becomes) in rows {
            let told = [None, Some(Undo), Some(Confirm)].map(|site| OnPrintFailure::of(driver, site));
            assert_eq!(told, becomes, "{driver:?}");
        }
    }
}
