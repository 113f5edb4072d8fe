use proptest::prelude::*;
use totem::domain::BrCode;
use totem::pix::{PixProvider, PixState};

use crate::server::{Server, TOKEN, says};
use crate::{LOCATION, charge, cob, driver, now, order, route};

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn bytes_are_never_money(body in prop::collection::vec(any::<u8>(), 0..300), status in 200_u16..600) {
        let server = Server::start();
        for route in [route("PUT"), route("GET"), route("PATCH")] {
            server.on(&route, [says(status, body.clone())]);
        }
        let driver = driver(&server);
        run(async {
            for state in [driver.look(&charge()).await, driver.remove(&charge()).await] {
                assert!(!matches!(state, Ok(PixState::Paid { .. })));
            }
        });
    }

    #[test]
    fn json_of_any_shape_is_never_a_panic(body in "[\\[{\"]([\\[\\]{}:,\"0-9.a]|null|status|CONCLUIDA|pix|valor|endToEndId){0,40}") {
        let server = Server::start();
        server.on(&route("GET"), [says(200, body.clone())]).on(TOKEN, [says(200, r#"{"access_token":"t"}"#), says(200, body)]);
        let driver = driver(&server);
        run(async {
            let _ = driver.look(&charge()).await;
            let _ = driver.charge(&order(100)).await;
        });
    }

    #[test]
    fn every_charge_we_accept_is_for_what_was_asked(cents in 1_u64..=999_999_999_999, named in any::<bool>()) {
        let server = Server::start();
        let amount = totem::domain::Money::from_cents(cents);
        let code = BrCode { amount: named.then_some(amount), ..BrCode::to_location(LOCATION, "PROVEDOR", "BELEM") };
        let code = code.payload().unwrap();
        let told = cob("ATIVA", &now(), &format!(r#","pixCopiaECola":"{code}""#)).replace("337.05", &amount.to_decimal());
        server.on(&route("PUT"), [says(201, told)]);
        let charged = run(driver(&server).charge(&order(cents))).unwrap();
        let read = BrCode::parse(&charged.payload).unwrap();
        prop_assert!(read.amount.is_none_or(|amount| amount.cents() == cents));
        let asked = format!(r#""original":"{}.{:02}""#, cents / 100, cents % 100);
        prop_assert!(server.seen(&route("PUT"))[0].contains(&asked));
    }
}
