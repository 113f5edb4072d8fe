//! What the totem reads of each ERP: who the customer is, what is owed, and the codes and papers of a bill.

use serde_json::json;
use totem::domain::{ContractStatus, InvoiceState, Money, TaxId};
use totem::erp::configured::preset;
use totem::erp::{Capability, Erp, Error, Support};

use crate::partner::{ALL, ANA, Ixc, JOAO, MARIA, MkAuth, NOBODY, PEDRO, Rbx, Sgp, Voalle, open, open_with, today};

fn cpf(text: &str) -> TaxId {
    TaxId::parse(text).unwrap()
}

#[test]
fn each_of_the_five_comes_with_the_program() {
    for preset in ALL {
        assert!(preset::NAMES.contains(&preset.name()));
    }
}

#[tokio::test]
async fn nothing_of_a_preset_passes_for_tried_and_what_an_erp_has_not_is_not_offered() {
    for preset in ALL {
        let partner = open(preset);
        for capability in [
            Capability::Account,
            Capability::Factors,
            Capability::Invoice,
            Capability::Boleto,
            Capability::PixCode,
            Capability::WriteOff,
            Capability::TrustUnlock,
        ] {
            assert_eq!(partner.driver.supports(capability), Support::Unverified, "{preset:?} {capability:?}");
        }
        let pdf = if preset == MkAuth { Support::No } else { Support::Unverified };
        assert_eq!(partner.driver.supports(Capability::Pdf), pdf, "{preset:?}");
        assert_eq!(partner.driver.supports(Capability::FiscalNotes), Support::No, "{preset:?}");
    }
}

#[tokio::test]
async fn a_customer_is_found_with_the_one_bill_and_what_it_has_come_to() {
    for preset in ALL {
        let partner = open(preset);
        let account = partner.driver.account(&cpf(MARIA)).await.unwrap().unwrap();
        assert_eq!(account.customer.id.0, preset.customer(81593), "{preset:?}");
        assert_eq!(account.customer.short_name(), "Maria S.");
        let [invoice] = account.invoices.as_slice() else { panic!("{preset:?}: {} bills", account.invoices.len()) };
        assert_eq!(invoice.id.0, preset.bill(90));
        assert_eq!(invoice.original, Money::from_cents(31598), "{preset:?}");
        assert_eq!((today() - invoice.due).get_days(), 140, "{preset:?}");
        let charge = invoice.charge_due(today()).unwrap();
        assert_eq!(charge.total(), Money::from_cents(33705), "{preset:?}: {charge:?}");
        assert_eq!(charge.principal, Money::from_cents(31598), "{preset:?}");
        assert!(account.contracts.iter().any(|contract| contract.status == ContractStatus::Suspended), "{preset:?}");
        assert_eq!(partner.book()["errors"], json!([]), "{preset:?}");
    }
}

#[tokio::test]
async fn nobody_is_not_a_customer_and_a_customer_may_owe_nothing() {
    for preset in ALL {
        let partner = open(preset);
        assert_eq!(partner.driver.account(&cpf(NOBODY)).await.unwrap(), None, "{preset:?}");
        let account = partner.driver.account(&cpf(ANA)).await.unwrap().unwrap();
        assert!(account.invoices.is_empty(), "{preset:?}");
        assert_eq!(partner.book()["errors"], json!([]), "{preset:?}");
    }
}

#[tokio::test]
async fn the_second_factor_is_what_the_erp_has() {
    for preset in ALL {
        let partner = open(preset);
        let account = partner.driver.account(&cpf(MARIA)).await.unwrap().unwrap();
        let factors = partner.driver.factors(&account.customer.id).await.unwrap();
        assert_eq!(factors.phones_last4, ["1234"], "{preset:?}");
        assert_eq!(factors.birth, (preset != Sgp).then_some((18, 10)), "{preset:?}");
    }
}

#[tokio::test]
async fn bills_of_every_sort_have_their_amounts_dates_and_codes() {
    for preset in ALL {
        let partner = open(preset);
        let account = partner.driver.account(&cpf(JOAO)).await.unwrap().unwrap();
        assert_eq!(account.invoices.len(), 12, "{preset:?}");
        let of = |number: i64| account.invoices.iter().find(|bill| bill.id.0 == preset.bill(number)).unwrap();
        let cents = |number: i64| of(number).charge_due(today()).map(|charge| charge.total().cents());
        assert_eq!((cents(1230), cents(1231), cents(1235)), (Some(2500), Some(10549), Some(123_456)), "{preset:?}");
        assert_eq!((of(1235).due - today()).get_days(), 55, "{preset:?}");
        if preset != MkAuth {
            // 105,49 and 2 % and 1 % a month over 95 days
            assert_eq!(cents(1224), Some(10549 + 211 + 334), "{preset:?}");
            let several: Vec<&str> = of(1226).contracts.iter().map(|contract| contract.0.as_str()).collect();
            assert!(several.is_empty() || several.contains(&"1283299"), "{preset:?}: {several:?}");
        }
        let due = partner.bill(1231);
        let boleto = partner.driver.boleto(&due).await.unwrap().unwrap();
        assert_eq!(boleto.payable_value_near(of(1231).due, today()), Some(Money::from_cents(10549)), "{preset:?}");
        let code = partner.driver.pix_code(&due).await.unwrap().unwrap();
        assert!(code.starts_with("000201"), "{preset:?}");
        let bare = partner.bill(1229);
        assert_eq!(partner.driver.boleto(&bare).await.unwrap(), None, "{preset:?}");
        assert_eq!(partner.driver.pix_code(&bare).await.unwrap(), None, "{preset:?}");
        assert_eq!(partner.book()["errors"], json!([]), "{preset:?}");
    }
}

/// The value of MK-Auth is the original one; nobody is charged that for a late bill without a linha.
#[tokio::test]
async fn mk_auth_charges_a_late_bill_by_its_linha_or_not_at_all() {
    let partner = open(MkAuth);
    let account = partner.driver.account(&cpf(JOAO)).await.unwrap().unwrap();
    let of = |number: i64| account.invoices.iter().find(|bill| bill.id.0 == MkAuth.bill(number)).unwrap();
    assert_eq!(of(1224).charge_due(today()).unwrap().total(), Money::from_cents(10549 + 211 + 334));
    assert_eq!(of(1228).charge_due(today()), None);
}

#[tokio::test]
async fn two_hundred_bills_come_whole_and_once() {
    for preset in ALL {
        let partner = open(preset);
        let account = partner.driver.account(&cpf(PEDRO)).await.unwrap().unwrap();
        let mut ids: Vec<&str> = account.invoices.iter().map(|bill| bill.id.0.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), account.invoices.len()), (200, 200), "{preset:?}");
    }
}

#[tokio::test]
async fn a_second_copy_is_a_pdf_however_the_erp_hands_it_over() {
    for preset in [Ixc, Sgp, Rbx, Voalle] {
        let partner = open(preset);
        let file = partner.driver.pdf(&partner.bill(90)).await.unwrap();
        assert!(file.starts_with(b"%PDF-") && file.ends_with(b"%%EOF\n"), "{preset:?}");
        partner.order(&json!({"html": {"value": true, "for": "pdf"}}));
        assert!(partner.driver.pdf(&partner.bill(90)).await.is_err(), "{preset:?}");
    }
    let partner = open(MkAuth);
    let refused = partner.driver.pdf(&partner.bill(90)).await;
    assert_eq!(refused, Err(Error::Unsupported(Capability::Pdf)));
}

#[tokio::test]
async fn a_bill_settled_elsewhere_is_seen_at_the_next_look() {
    for preset in ALL {
        let partner = open(preset);
        partner.meet(MARIA).await;
        assert!(matches!(partner.look(90).await, InvoiceState::Open(_)), "{preset:?}");
        partner.order(&json!({"settle_elsewhere": [90]}));
        partner.until_settled(90).await;
        let expected = match preset {
            Rbx => InvoiceState::Gone,
            Voalle => InvoiceState::Paid { on: None },
            _ => InvoiceState::Paid { on: Some(today()) },
        };
        assert_eq!(partner.look(90).await, expected, "{preset:?}");
    }
}

/// After a restart nobody is remembered. Only Voalle knows no other way than the CPF, and says so.
#[tokio::test]
async fn after_a_restart_a_bill_is_read_without_the_cpf_where_the_erp_allows_it() {
    for preset in ALL {
        let partner = open(preset);
        partner.meet(MARIA).await;
        let looked = partner.restarted().invoice(&partner.bill(90)).await;
        match preset {
            Voalle => assert!(matches!(looked, Err(Error::Refused { .. })), "{looked:?}"),
            _ => assert!(matches!(looked, Ok(InvoiceState::Open(_))), "{preset:?}: {looked:?}"),
        }
    }
    let partner = open(Ixc);
    let factors = partner.restarted().factors(&Ixc.customer(81593).as_str().into()).await.unwrap();
    assert_eq!(factors.birth, Some((18, 10)));
}

#[tokio::test]
async fn a_wrong_secret_is_a_refused_sign_in_and_never_an_unknown_customer() {
    for preset in ALL {
        let partner = open(preset);
        partner.spoil_secret();
        let answer = partner.restarted().account(&cpf(MARIA)).await;
        // RBX and MK-Auth refuse at status 200, in words
        assert!(matches!(answer, Err(Error::SignIn(_))), "{preset:?}: {answer:?}");
    }
}

#[tokio::test]
async fn a_token_that_ran_out_is_replaced_without_anybody_noticing() {
    for preset in [Voalle, MkAuth] {
        let partner = open(preset);
        partner.meet(MARIA).await;
        partner.meet(JOAO).await;
        assert_eq!(partner.calls("token"), 1, "{preset:?}: one sign-in for all calls");
        partner.order(&json!({"token_expires_now": {"value": true, "for": ["bill", "bills"], "times": 1}}));
        assert!(matches!(partner.look(90).await, InvoiceState::Open(_)), "{preset:?}");
        assert_eq!(partner.calls("token"), 2, "{preset:?}");
    }
    // a life shorter than the margin: signed in for each call, and never refused
    let partner = open_with(Voalle, &["--token-life-s", "5"]);
    partner.meet(MARIA).await;
    assert!(matches!(partner.look(90).await, InvoiceState::Open(_)));
}

#[tokio::test]
async fn a_read_that_is_not_answered_is_no_empty_account() {
    for preset in ALL {
        let partner = open(preset);
        partner.meet(MARIA).await;
        let look = async || partner.driver.invoice(&partner.bill(90)).await;
        for (trouble, value) in [("html", json!(true)), ("garbage", json!(true)), ("empty", json!(true))] {
            partner.order(&json!({trouble: {"value": value, "for": ["bill", "bills"]}}));
            let answer = look().await;
            assert!(matches!(answer, Err(Error::Garbled { .. })), "{preset:?} {trouble}: {answer:?}");
        }
        for (trouble, value) in [("status", json!(500)), ("status", json!(503)), ("down", json!(true))] {
            partner.order(&json!({trouble: {"value": value, "for": ["bill", "bills"]}}));
            let answer = look().await;
            assert!(matches!(answer, Err(Error::Unreachable(_))), "{preset:?} {trouble} {value}: {answer:?}");
        }
        partner.order(&json!({}));
        assert!(matches!(look().await, Ok(InvoiceState::Open(_))), "{preset:?}");
        let elsewhere = partner.with_address(&format!("{}/sistema", partner.url()));
        let answer = elsewhere.account(&cpf(MARIA)).await;
        assert!(matches!(answer, Err(Error::Garbled { .. })), "{preset:?}: a login page is no answer: {answer:?}");
    }
}
