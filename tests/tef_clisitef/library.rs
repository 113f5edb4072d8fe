//! Libraries that are old, strange, broken or not there.

use serde_json::{Value, json};
use totem::domain::CardKind;
use totem::tef::{Error, SaleOutcome, Tef};

use super::place::*;

impl Place {
    /// Another name of the same length in place of this one, as if the library did not have it.
    fn without(&self, name: &str) {
        let mut bytes = std::fs::read(self.library()).unwrap();
        let wanted = [name.as_bytes(), b"\0"].concat();
        let places: Vec<usize> = bytes
            .windows(wanted.len())
            .enumerate()
            .filter(|(at, window)| *window == wanted && (*at == 0 || bytes[at - 1] == 0))
            .map(|(at, _)| at)
            .collect();
        assert!(!places.is_empty(), "{name}");
        for at in places {
            bytes[at] = b'_';
        }
        std::fs::write(self.library(), bytes).unwrap();
    }
}

/// C13.
#[test]
fn an_old_library_does_with_what_it_has() {
    let place = Place::new();
    for name in [
        "ConfiguraIntSiTefInterativoEx",
        "FinalizaFuncaoSiTefInterativo",
        "KeepAlivePinPad",
        "DescarregaMensagens",
        "EscreveMensagemPermanentePinPad",
    ] {
        place.without(name);
    }
    let mut settings = place.settings();
    settings.pinpad_message = "TOTEM".into();
    let mut driver = place.driver_with(settings);
    assert_eq!(driver.check(), Ok(()));
    assert!(place.book()["presence"].as_i64().is_some() && place.book()["keep_alive"].is_null());
    let sale = approved(sell(&mut driver, &order(1, CardKind::Debit)));
    assert_eq!(driver.confirm(&sale), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0)]);
    let sale = approved(sell(&mut driver, &order(2, CardKind::Debit)));
    place.order(&json!({"server": "down"}));
    assert!(driver.undo(&sale).is_err(), "without the queue only SiTef's own list tells");
    place.order(&json!({}));
    assert_eq!(driver.undo(&sale), Ok(()));
    assert_eq!(place.transactions(), [("confirmed".into(), 1, 0), ("undone".into(), 0, 1)]);
    assert_eq!(place.breaches(), Vec::<Value>::new());
}

#[test]
fn what_no_library_may_lack_is_named() {
    let place = Place::new();
    place.without("ContinuaFuncaoSiTefInterativo");
    place.without("IniciaFuncaoSiTefInterativo");
    let Err(Error::Library(why)) = place.driver().check() else { panic!("it cannot be used") };
    assert!(why.contains("has no IniciaFuncaoSiTefInterativo, ContinuaFuncaoSiTefInterativo"), "{why}");
}

/// C14.
#[test]
fn a_library_that_is_missing_of_another_machine_or_incomplete_is_told_and_the_totem_lives() {
    let place = Place::new();
    let refused = |place: &Place| match place.driver().check() {
        Err(Error::Library(why)) => why,
        other => panic!("{other:?}"),
    };
    let whole = std::fs::read(place.library()).unwrap();
    std::fs::remove_file(place.library()).unwrap();
    assert!(refused(&place).contains("libclisitef.so is not there"), "{}", refused(&place));
    let outcome = sell(&mut place.driver(), &order(1, CardKind::Debit));
    assert!(matches!(outcome, SaleOutcome::NotStarted(Error::Library(_))), "{outcome:?}");
    assert!(place.driver().pending().is_err(), "nothing is known");

    let mut other = whole.clone();
    other[4] = 1;
    std::fs::write(place.library(), &other).unwrap();
    assert!(refused(&place).contains("ELFCLASS32"), "{}", refused(&place));

    std::fs::write(place.library(), "no library").unwrap();
    assert!(refused(&place).contains("libclisitef.so"), "{}", refused(&place));

    let mut incomplete = whole.clone();
    let name = b"\0libc.so.6\0";
    let at = incomplete.windows(name.len()).position(|window| window == name).unwrap();
    incomplete[at + 4] = b'X';
    std::fs::write(place.library(), &incomplete).unwrap();
    assert!(refused(&place).contains("libX.so.6"), "{}", refused(&place));

    // installed while the totem runs
    let mut driver = {
        std::fs::remove_file(place.library()).unwrap();
        place.driver()
    };
    assert!(driver.check().is_err());
    std::fs::write(place.library(), &whole).unwrap();
    assert_eq!(driver.check(), Ok(()));
}

#[test]
fn a_configuration_that_the_library_refuses_is_told_in_words() {
    let place = Place::new();
    for (code, word) in [(1, "address"), (2, "store"), (3, "terminal"), (8, "missing"), (10, "folder"), (99, "99")] {
        place.order(&json!({"configure": code}));
        let Err(Error::Library(why)) = place.driver().check() else { panic!("{code}") };
        assert!(why.contains(word), "{code}: {why}");
    }
}

#[test]
fn a_pinpad_that_is_not_there_is_told() {
    let place = Place::new();
    let mut driver = place.driver();
    assert_eq!(driver.check(), Ok(()));
    for (pinpad, silent) in [(0, true), (-1, false), (-43, true)] {
        place.order(&json!({ "pinpad": pinpad }));
        match driver.check() {
            Err(Error::Silent(_)) => assert!(silent, "{pinpad}"),
            Err(Error::Library(_)) => assert!(!silent, "{pinpad}"),
            other => panic!("{pinpad}: {other:?}"),
        }
    }
}

#[test]
fn cells_that_are_written_in_part_or_with_dirt_above_are_read_alike() {
    for bytes in [2, 4, 8, 9] {
        let place = Place::new();
        place.order(&json!({ "cell_bytes": bytes, "turns": [
            {"c": 21, "text": "1:A Vista;2:Outra;"}, {"c": 30, "f": 505, "min": 1, "max": 2},
            {"c": 3, "text": "OK", "approve": true}, {"c": 0, "f": 121, "text": "VIA"}, {"c": 0, "f": -1}, {"c": 23},
        ]}));
        let sale = approved(place.driver().sell(&order(1, CardKind::Credit), &mut Customer::answering(&["2"])));
        assert_eq!(sale.customer_copy, ["VIA"], "{bytes}");
        assert_eq!(place.breaches(), Vec::<Value>::new(), "{bytes}");
    }
}
