//! What is said to the library, and what its numbers say.

use super::settings::Settings;
use crate::domain::{CardKind, Money};
use crate::tef::{Error, InstalmentsBy, SaleOrder};

/// Never 0, the menu of everything.
pub(super) fn function(kind: CardKind) -> i32 {
    match kind {
        CardKind::Debit => 2,
        CardKind::Credit => 3,
        // the benefit cards of the shop's contract: meals, food, fuel
        CardKind::Voucher => 5,
        CardKind::Wallet => 122,
    }
}

/// Of the sale's own kind where there is one, else the menu of cancellations.
pub(super) fn giving_back(kind: CardKind) -> i32 {
    match kind {
        CardKind::Credit => 210,
        CardKind::Debit => 211,
        CardKind::Wallet => 123,
        CardKind::Voucher => 200,
    }
}

/// `89,90`
pub(super) fn amount(amount: Money) -> String {
    let cents = amount.cents();
    format!("{},{:02}", cents / 100, cents % 100)
}

/// The extra parameters of a sale: the menus without what was not chosen, the code for our screen, the site's own.
pub(super) fn sale(settings: &Settings, order: &SaleOrder) -> String {
    let restrictions = &settings.restrictions;
    let codes = match (order.kind, order.instalments, settings.instalments_by) {
        (CardKind::Debit, _, _) => &restrictions.debit,
        (CardKind::Voucher, _, _) => &restrictions.voucher,
        (CardKind::Wallet, _, _) => &restrictions.wallet,
        (CardKind::Credit, 0 | 1, _) => &restrictions.credit,
        (CardKind::Credit, _, InstalmentsBy::Merchant) => &restrictions.merchant,
        (CardKind::Credit, _, InstalmentsBy::Issuer) => &restrictions.issuer,
    };
    let mut said = String::new();
    if !codes.is_empty() {
        said = format!("[{codes}]");
    }
    if order.kind == CardKind::Wallet {
        said.push_str("{DevolveStringQRCode=1}");
    }
    if settings.identified_menus {
        said.push_str("{ItemMenuIdentificado=1}");
    }
    said + &settings.options
}

/// Why a configuration was refused.
pub(super) fn configuring(code: i32) -> String {
    let why = match code {
        1 => "the address is wrong or cannot be resolved",
        2 => "the store's code is wrong",
        3 => "the terminal's code is wrong",
        6 => "TCP/IP could not be started",
        7 | -4 => "there is not enough memory",
        8 => "the CliSiTef library beside it is missing, or its own libraries are",
        9 => "too many servers are named",
        10 => "it may not write in its folder",
        11 => "a parameter is wrong",
        12 => "the file of the secure mode is missing",
        13 => "a path in CliSiTef.ini is wrong",
        _ => "it says no more",
    };
    format!("the configuration was refused: {why} ({code})")
}

/// Why a sale was not even begun.
pub(super) fn not_started(code: i32) -> Error {
    match code {
        -5 => Error::Silent("SiTef cannot be reached (-5)".to_owned()),
        -3 | -8 | -22 => Error::Unsupported(format!("this CliSiTef does not have the function ({code})")),
        -12 => Error::Silent("an older dialogue is still open (-12)".to_owned()),
        _ => Error::Silent(format!("the sale was refused before it began ({code})")),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn settings(more: &str) -> Settings {
        let least = "library = \"/opt/clisitef/libclisitef.so\"\naddress = \"127.0.0.1\"\nstore = \"00000001\"\n\
                     terminal = \"TT000001\"\nstate_dir = \"/var/lib/totem/tef\"\n";
        toml::from_str(&format!("{least}{more}")).unwrap()
    }

    fn order(kind: CardKind, instalments: u8) -> SaleOrder {
        let at = datetime(2026, 11, 28, 10, 15, 0, 0);
        SaleOrder { coupon: 1, amount: Money::from_cents(8990), kind, instalments, at }
    }

    #[test]
    fn each_sale_leaves_one_way_through_the_menus() {
        let (plain, issuer) = (settings(""), settings("instalments_by = \"issuer\"\nidentified_menus = true\n"));
        assert_eq!(sale(&plain, &order(CardKind::Debit, 1)), "[17;18;19;42]");
        assert_eq!(sale(&plain, &order(CardKind::Credit, 1)), "[24;27;28;29;30;34;35;36;44]");
        assert_eq!(sale(&plain, &order(CardKind::Credit, 3)), "[24;26;28;29;30;34;35;36]");
        assert_eq!(sale(&plain, &order(CardKind::Wallet, 1)), "{DevolveStringQRCode=1}");
        assert_eq!(sale(&issuer, &order(CardKind::Credit, 3)), "[24;26;27;29;30;34;35;36]{ItemMenuIdentificado=1}");
        let own = settings("options = \"{ExibeMsgOperadorPinpad=1}\"\n[restrictions]\ndebit = \"\"\n");
        assert_eq!(sale(&own, &order(CardKind::Debit, 1)), "{ExibeMsgOperadorPinpad=1}");
    }

    #[test]
    fn an_amount_has_a_comma_and_no_thousands() {
        for (cents, text) in [(1, "0,01"), (8990, "89,90"), (100_000, "1000,00"), (0, "0,00")] {
            assert_eq!(amount(Money::from_cents(cents)), text);
        }
    }
}
