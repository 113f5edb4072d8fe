//! The requests we make, field by field. Numbers and dates are arguments.

use jiff::civil::DateTime;

use super::dialect::Dialect;
use super::fields::{FieldId, Fields};
use super::settings::Identification;
use super::write::fold;
use crate::domain::{CardKind, CardSale};
use crate::tef::SaleOrder;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    /// ATV: is the manager there?
    Activity,
    /// CRT
    Sale,
    /// CNF
    Confirm,
    /// NCN
    Undo,
}

impl Command {
    pub fn code(self) -> &'static str {
        match self {
            Command::Activity => "ATV",
            Command::Sale => "CRT",
            Command::Confirm => "CNF",
            Command::Undo => "NCN",
        }
    }
}

/// 706: fixed 4, separate copies 8, reduced copy 16, NSU of up to 40 characters 128. Change, discount and adjusted
/// value are left out, so that the approved amount must equal the asked one.
const CAPABILITIES: u16 = 4 + 8 + 16 + 128;

const REAL: &str = "0";
const CARD: &str = "1";

pub(super) fn activity(dialect: &Dialect, who: &Identification, id: u64) -> Fields {
    let mut request = begin(Command::Activity, id);
    if dialect.series_700 {
        identify(&mut request, who);
    }
    request
}

pub(super) fn sale(dialect: &Dialect, who: &Identification, id: u64, order: &SaleOrder) -> Fields {
    let mut request = begin(Command::Sale, id)
        .with(FieldId::COUPON, order.coupon.to_string())
        .with(FieldId::AMOUNT, dialect.money.write(order.amount))
        .with(FieldId::CURRENCY, REAL);
    if dialect.series_700 {
        let in_instalments = order.instalments > 1;
        if in_instalments {
            request.push(FieldId::INSTALMENTS, order.instalments.to_string());
        }
        request.push(FieldId::CAPABILITIES, CAPABILITIES.to_string());
        request.push(FieldId::COMPANY, fold(&who.company));
        request.push(FieldId::REQUESTED_AT, date_time(order.at));
        request.push(FieldId::CARD_TYPE, card_type(order.kind));
        request.push(FieldId::FINANCING, if in_instalments { BY_MERCHANT } else { AT_SIGHT });
        identify(&mut request, who);
        request.push(FieldId::PAYMENT_MODE, CARD);
    }
    request
}

/// CNF or NCN: what the manager gave is given back verbatim, also where it is not ASCII.
pub(super) fn finalize(
    dialect: &Dialect,
    who: &Identification,
    command: Command,
    id: u64,
    sale: &CardSale,
    at: DateTime,
) -> Fields {
    let mut request = begin(command, id);
    if sale.coupon != 0 {
        request.push(FieldId::COUPON, sale.coupon.to_string());
    }
    if command == Command::Undo && !sale.amount.is_zero() {
        request.push(FieldId::AMOUNT, dialect.money.write(sale.amount));
    }
    for (field, value) in
        [(FieldId::NETWORK, &sale.network), (FieldId::NSU, &sale.nsu), (FieldId::FINALIZATION, &sale.finalization)]
    {
        if !value.is_empty() {
            request.push(field, value.as_str());
        }
    }
    if dialect.series_700 {
        request.push(FieldId::REQUESTED_AT, date_time(at));
        identify(&mut request, who);
    }
    request
}

const AT_SIGHT: &str = "1";
const BY_MERCHANT: &str = "3";

fn card_type(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Credit => "1",
        CardKind::Debit => "2",
        CardKind::Wallet => "0",
    }
}

fn begin(command: Command, id: u64) -> Fields {
    Fields::default().with(FieldId::COMMAND, command.code()).with(FieldId::REQUEST, id.to_string())
}

fn identify(request: &mut Fields, who: &Identification) {
    for (field, value) in [
        (FieldId::INTERFACE_VERSION, &who.interface_version),
        (FieldId::APPLICATION, &who.application),
        (FieldId::APPLICATION_VERSION, &who.version),
        (FieldId::CERTIFICATION, &who.certification),
    ] {
        request.push(field, fold(value));
    }
}

/// AAMMDDhhmmss
fn date_time(at: DateTime) -> String {
    at.strftime("%y%m%d%H%M%S").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::super::dialect::DialectName;
    use super::super::write::write;
    use super::*;
    use crate::domain::Money;

    fn who() -> Identification {
        Identification {
            application: "TOTEM ISP".into(),
            version: "v1.0".into(),
            company: "MINHA EMPRESA".into(),
            certification: "000000000000".into(),
            interface_version: "225".into(),
        }
    }

    fn order() -> SaleOrder {
        SaleOrder {
            coupon: 4711,
            amount: Money::from_cents(8990),
            kind: CardKind::Credit,
            instalments: 1,
            at: datetime(2026, 3, 4, 10, 15, 0, 0),
        }
    }

    fn approved() -> CardSale {
        CardSale {
            coupon: 4711,
            amount: Money::from_cents(8990),
            kind: CardKind::Credit,
            instalments: 1,
            network: "REDE DEMO".into(),
            brand: "VISA".into(),
            nsu: "000123456".into(),
            authorization: "A1B2C3".into(),
            finalization: "7A0C11FE99".into(),
            last4: "1234".into(),
            at: None,
            must_be_finalized: true,
            customer_copy: Vec::new(),
            merchant_copy: Vec::new(),
        }
    }

    fn file(fields: &Fields) -> String {
        String::from_utf8(write(fields)).unwrap()
    }

    #[test]
    fn the_manager_is_asked_whether_it_is_there() {
        let request = activity(&DialectName::Paygo.dialect(), &who(), 1001);
        assert_eq!(
            file(&request),
            "000-000 = ATV\r\n001-000 = 1001\r\n733-000 = 225\r\n735-000 = TOTEM ISP\r\n736-000 = v1.0\r\n\
             738-000 = 000000000000\r\n999-999 = 0\r\n"
        );
    }

    #[test]
    fn a_credit_sale_at_sight_is_asked_for() {
        let request = sale(&DialectName::Paygo.dialect(), &who(), 1002, &order());
        assert_eq!(
            file(&request),
            "000-000 = CRT\r\n001-000 = 1002\r\n002-000 = 4711\r\n003-000 = 8990\r\n004-000 = 0\r\n\
             706-000 = 156\r\n716-000 = MINHA EMPRESA\r\n717-000 = 260304101500\r\n731-000 = 1\r\n732-000 = 1\r\n\
             733-000 = 225\r\n735-000 = TOTEM ISP\r\n736-000 = v1.0\r\n738-000 = 000000000000\r\n749-000 = 1\r\n\
             999-999 = 0\r\n"
        );
    }

    #[test]
    fn debit_and_instalments_are_told_to_the_manager() {
        let dialect = DialectName::Paygo.dialect();
        let debit = sale(&dialect, &who(), 1, &SaleOrder { kind: CardKind::Debit, ..order() });
        assert_eq!((debit.get(FieldId::CARD_TYPE), debit.get(FieldId::FINANCING)), (Some("2"), Some("1")));
        assert_eq!(debit.get(FieldId::INSTALMENTS), None);

        let thrice = sale(&dialect, &who(), 1, &SaleOrder { instalments: 3, ..order() });
        assert_eq!((thrice.get(FieldId::FINANCING), thrice.get(FieldId::INSTALMENTS)), (Some("3"), Some("3")));
    }

    #[test]
    fn a_sale_is_confirmed_with_the_managers_own_words() {
        let at = datetime(2026, 3, 4, 10, 15, 41, 0);
        let request = finalize(&DialectName::Paygo.dialect(), &who(), Command::Confirm, 1003, &approved(), at);
        assert_eq!(
            file(&request),
            "000-000 = CNF\r\n001-000 = 1003\r\n002-000 = 4711\r\n010-000 = REDE DEMO\r\n012-000 = 000123456\r\n\
             027-000 = 7A0C11FE99\r\n717-000 = 260304101541\r\n733-000 = 225\r\n735-000 = TOTEM ISP\r\n\
             736-000 = v1.0\r\n738-000 = 000000000000\r\n999-999 = 0\r\n"
        );
    }

    #[test]
    fn a_sale_is_undone_with_its_amount() {
        let at = datetime(2026, 3, 4, 10, 20, 0, 0);
        let request = finalize(&DialectName::Paygo.dialect(), &who(), Command::Undo, 1004, &approved(), at);
        assert_eq!(
            file(&request),
            "000-000 = NCN\r\n001-000 = 1004\r\n002-000 = 4711\r\n003-000 = 8990\r\n010-000 = REDE DEMO\r\n\
             012-000 = 000123456\r\n027-000 = 7A0C11FE99\r\n717-000 = 260304102000\r\n733-000 = 225\r\n\
             735-000 = TOTEM ISP\r\n736-000 = v1.0\r\n738-000 = 000000000000\r\n999-999 = 0\r\n"
        );
    }

    #[test]
    fn cliente_sitef_reads_reais_with_a_comma_and_no_700_series() {
        let dialect = DialectName::ClienteSitef.dialect();
        assert_eq!(
            file(&sale(&dialect, &who(), 4321, &order())),
            "000-000 = CRT\r\n001-000 = 4321\r\n002-000 = 4711\r\n003-000 = 89,90\r\n004-000 = 0\r\n999-999 = 0\r\n"
        );
        let undo = finalize(&dialect, &who(), Command::Undo, 4322, &approved(), order().at);
        assert_eq!(
            file(&undo),
            "000-000 = NCN\r\n001-000 = 4322\r\n002-000 = 4711\r\n003-000 = 89,90\r\n010-000 = REDE DEMO\r\n\
             012-000 = 000123456\r\n027-000 = 7A0C11FE99\r\n999-999 = 0\r\n"
        );
    }

    #[test]
    fn classic_managers_get_cents_and_no_700_series() {
        for name in [DialectName::TefDial, DialectName::Elgin] {
            assert_eq!(
                file(&sale(&name.dialect(), &who(), 1, &order())),
                "000-000 = CRT\r\n001-000 = 1\r\n002-000 = 4711\r\n003-000 = 8990\r\n004-000 = 0\r\n999-999 = 0\r\n"
            );
            assert_eq!(file(&activity(&name.dialect(), &who(), 2)), "000-000 = ATV\r\n001-000 = 2\r\n999-999 = 0\r\n");
        }
    }

    #[test]
    fn what_the_manager_gave_goes_back_byte_for_byte_and_what_is_ours_without_accents() {
        let dialect = DialectName::Paygo.dialect();
        let theirs = CardSale { network: "REDE EL\u{C9}TRON".into(), ..approved() };
        let request = write(&finalize(&dialect, &who(), Command::Confirm, 1, &theirs, order().at));
        assert!(request.windows(15).any(|bytes| bytes == b"= REDE EL\xC9TRON\r"));

        let ours = Identification { company: "Conexão Fácil".into(), ..who() };
        let request = sale(&dialect, &ours, 1, &order());
        assert_eq!(request.get(FieldId::COMPANY), Some("Conexao Facil"));
    }
}
