//! Each axis on which the dialects differ, each dialect on each axis, over real folders and raw bytes.

use totem::domain::CardKind;
use totem::tef::file_exchange::{self, DialectName, FileExchange, Settings};
use totem::tef::{Cancellation, Error, SaleOutcome, Tef};

use crate::manager::*;

/// What a dialect is, as its documents have it.
struct Expected {
    dialect: DialectName,
    /// The name under which it finds a request.
    file: &'static str,
    amount: &'static str,
    /// It is told who asks and which card is wanted.
    series_700: bool,
    /// An approval may come without a status.
    lacks_status: bool,
}

const DIALECTS: [Expected; 4] = [
    Expected { dialect: DialectName::Paygo, file: "intpos.001", amount: "8990", series_700: true, lacks_status: false },
    Expected {
        dialect: DialectName::TefDial,
        file: "intpos.001",
        amount: "8990",
        series_700: false,
        lacks_status: false,
    },
    Expected {
        dialect: DialectName::ClienteSitef,
        file: "IntPos.001",
        amount: "89,90",
        series_700: false,
        lacks_status: false,
    },
    Expected { dialect: DialectName::Elgin, file: "IntPos.001", amount: "8990", series_700: false, lacks_status: true },
];

fn driver(place: &Place, dialect: DialectName) -> FileExchange {
    file_exchange::connect(Settings { dialect, ..place.settings() }).unwrap()
}

fn approval(amount: &str, status: &str, quote: &str) -> String {
    format!(
        "003-000 = {amount}\n{status}010-000 = REDE DEMO\n012-000 = 000123456\n013-000 = A1B2C3\n022-000 = 04032026\n\
         023-000 = 101533\n027-000 = 7A0C11FE99\n028-000 = 2\n029-001 = {quote}VIA DO CLIENTE{quote}\n\
         029-002 = {quote} R$ 89,90{quote}\n030-000 = AUTORIZADA\n"
    )
}

#[test]
fn folders_names_money_and_identification_are_each_dialects_own() {
    for Expected { dialect, file, amount, series_700, .. } in DIALECTS {
        let place = Place::new();
        let (folder, rest) = (place.request(), approval(amount, "009-000 = 0\n", "\""));
        let manager = Manager::start(&place, move |request, desk| {
            assert_eq!(names(&folder), [file], "{dialect:?}");
            desk.accept(request);
            if request.command() == "CRT" || request.command() == "CNC" {
                desk.respond(request, &rest);
            }
        });
        let mut driver = driver(&place, dialect);
        let sale = approved(sell(&mut driver));
        driver.confirm(&sale).unwrap();
        let back = Cancellation { sale: sale.clone(), at: order().at };
        approved(driver.cancel(&back, &mut Customer::default()));
        driver.undo(&sale).unwrap();
        assert_eq!(manager.commands(), ["CRT", "CNF", "CNC", "NCN"], "{dialect:?}");

        let seen: Vec<Request> = manager.seen().into_iter().filter(|request| request.command() != "ATV").collect();
        let amounts = [&seen[0], &seen[2], &seen[3]].map(|request| request.field("003-000"));
        assert_eq!(amounts, [Some(amount); 3], "{dialect:?}");
        for request in &manager.seen() {
            for field in ["733-000", "735-000", "736-000", "738-000"] {
                assert_eq!(request.field(field).is_some(), series_700, "{dialect:?} {field}: {}", request.text);
            }
        }
        let wants = ["706-000", "716-000", "717-000", "731-000", "732-000", "749-000"];
        assert!(wants.iter().all(|field| seen[0].field(field).is_some() == series_700), "{dialect:?}");
        // a new number for each request; network, NSU and control name the sale
        let mut numbers: Vec<&str> = seen.iter().map(Request::id).collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), 4, "{dialect:?}");
        for end in [&seen[1], &seen[3]] {
            let ids = ["010-000", "012-000", "027-000"].map(|field| end.field(field));
            assert_eq!(ids, [Some("REDE DEMO"), Some("000123456"), Some("7A0C11FE99")], "{dialect:?}");
        }
    }
}

#[test]
fn receipts_come_with_or_without_quotes_in_every_dialect() {
    for Expected { dialect, amount, .. } in DIALECTS {
        for quote in ["\"", ""] {
            let place = Place::new();
            let _manager = approving(&place, &approval(amount, "009-000 = 00\n", quote));
            let sale = approved(sell(&mut driver(&place, dialect)));
            assert_eq!(sale.customer_copy, ["VIA DO CLIENTE", " R$ 89,90"], "{dialect:?} {quote}");
        }
    }
}

#[test]
fn an_approval_is_what_the_dialect_says_it_is_and_nothing_else() {
    for Expected { dialect, amount, lacks_status, .. } in DIALECTS {
        let outcome = |rest: &str| {
            let place = Place::new();
            let _manager = approving(&place, rest);
            sell(&mut driver(&place, dialect))
        };
        let without = outcome(&approval(amount, "", "\""));
        assert_eq!(matches!(without, SaleOutcome::Approved(_)), lacks_status, "{dialect:?}: {without:?}");
        let troubled = approval(amount, "", "\"").replace("AUTORIZADA", "TRANSACAO NEGADA");
        assert!(!matches!(outcome(&troubled), SaleOutcome::Approved(_)), "{dialect:?}");
        let refused = outcome("009-000 = 51\n030-000 = SALDO INSUFICIENTE\n");
        assert!(matches!(refused, SaleOutcome::Declined { .. }), "{dialect:?}: {refused:?}");
        for given_up in ["FF", "101"] {
            let outcome = outcome(&format!("009-000 = {given_up}\n030-000 = OPERACAO CANCELADA\n"));
            assert!(matches!(outcome, SaleOutcome::Cancelled { .. }), "{dialect:?}: {outcome:?}");
        }
    }
}

#[test]
fn an_amount_in_another_dialects_hand_is_not_taken_for_the_asked_one() {
    for Expected { dialect, amount, .. } in DIALECTS {
        let others = if amount == "8990" { ["89,90", "1.000,00", "8991"] } else { ["8990", "1.000,00", "89,91"] };
        for other in others {
            let place = Place::new();
            let _manager = approving(&place, &approval(other, "009-000 = 0\n", "\""));
            let outcome = sell(&mut driver(&place, dialect));
            assert!(matches!(outcome, SaleOutcome::Mismatched { .. }), "{dialect:?} {other}: {outcome:?}");
        }
    }
}

#[test]
fn only_paygo_is_told_the_card_the_wallet_and_who_finances() {
    use totem::tef::InstalmentsBy::{Issuer, Merchant};
    let wanted = [
        (CardKind::Credit, 1, Merchant, ["1", "1", "1", ""]),
        (CardKind::Debit, 1, Merchant, ["2", "1", "1", ""]),
        (CardKind::Voucher, 1, Merchant, ["3", "1", "1", ""]),
        (CardKind::Wallet, 1, Merchant, ["0", "1", "8", ""]),
        (CardKind::Credit, 3, Merchant, ["1", "3", "1", "3"]),
        (CardKind::Credit, 3, Issuer, ["1", "2", "1", "3"]),
    ];
    for Expected { dialect, amount, series_700, .. } in DIALECTS {
        for (kind, instalments, instalments_by, told) in wanted {
            let place = Place::new();
            let manager = approving(&place, &approval(amount, "009-000 = 0\n", "\""));
            let settings = Settings { dialect, instalments_by, ..place.settings() };
            let mut driver = file_exchange::connect(settings).unwrap();
            let order = totem::tef::SaleOrder { kind, instalments, ..order() };
            approved(driver.sell(&order, &mut Customer::default()));
            let request = manager.seen().into_iter().find(|request| request.command() == "CRT").unwrap();
            let fields = ["731-000", "732-000", "749-000", "018-000"]
                .map(|field| request.field(field).unwrap_or_default().to_owned());
            let expected = if series_700 { told } else { [""; 4] };
            assert_eq!(fields, expected, "{dialect:?} {kind:?} {instalments}");
        }
    }
}

#[test]
fn an_older_transaction_that_a_refusal_names_comes_first_in_every_dialect() {
    for Expected { dialect, amount, .. } in DIALECTS {
        let place = Place::new();
        let (open, rest) = (std::sync::Mutex::new(true), approval(amount, "009-000 = 0\n", "\""));
        let manager = Manager::start(&place, move |request, desk| {
            desk.accept(request);
            let mut open = open.lock().unwrap();
            match request.command() {
                "CRT" if *open => desk.respond(
                    request,
                    "009-000 = P4\n010-000 = REDE DEMO\n012-000 = 000111\n027-000 = OLDER\n030-000 = PENDENTE\n",
                ),
                "CRT" => desk.respond(request, &rest),
                _ => *open = false,
            }
        });
        let mut driver = driver(&place, dialect);
        let SaleOutcome::PendingFirst(older) = sell(&mut driver) else { panic!("{dialect:?}") };
        driver.undo(&older).unwrap();
        approved(sell(&mut driver));
        assert_eq!(manager.commands(), ["CRT", "NCN", "CRT"], "{dialect:?}");
        let undo = manager.seen().into_iter().find(|request| request.command() == "NCN").unwrap();
        assert_eq!((undo.field("027-000"), undo.field("012-000")), (Some("OLDER"), Some("000111")), "{dialect:?}");
    }
}

#[test]
fn a_manager_that_is_not_there_is_silent_in_every_dialect() {
    for Expected { dialect, .. } in DIALECTS {
        let place = Place::new();
        let settings = Settings { dialect, sts_timeout_ms: 100, ..place.settings() };
        let outcome = sell(&mut file_exchange::connect(settings).unwrap());
        assert!(matches!(outcome, SaleOutcome::NotStarted(Error::Silent(_))), "{dialect:?}: {outcome:?}");
        assert!(names(&place.request()).is_empty(), "{dialect:?}");
    }
}
