//! Slips that the provider's system holds for a bill and that are another's.

use jiff::civil::date;

use super::super::*;
use super::visit::*;
use crate::domain::{Boleto, BrCode, Invoice, Money};
use crate::journey::step::TroubleCode;

/// R$ 10,00, due on 2017-11-09.
const OTHER: &str = "75691.31662 01006.726101 27210.000017 7 73380000001000";

fn opened(bill: Invoice, told: Option<Boleto>) -> Visit {
    let mut visit = Visit::begins();
    visit.on(Event::Abilities(Abilities { bill_pdf: true, ..Abilities::default() })).types(CPF).types("1705");
    let attempt = visit.attempt();
    visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(vec![bill])))) });
    visit.does(Intent::Details { id: "90".into() }).does(Intent::ShowBoleto);
    if let Some(boleto) = told {
        let attempt = visit.attempt();
        visit.on(Event::Boleto { attempt, result: Ok(Some(boleto)) });
    }
    visit
}

fn refused(visit: &mut Visit) -> bool {
    let doubted = visit.commands.contains(&Command::Doubt { bill: "90".into() });
    let shown = matches!(visit.view().step, Step::Trouble(trouble) if trouble.code == TroubleCode::WrongDocument);
    assert_eq!(doubted, shown);
    shown
}

#[test]
fn another_bills_slip_is_never_shown_and_is_for_a_person() {
    let other = Boleto::parse(OTHER).unwrap();
    let plain = bill("90", date(2026, 11, 10), 11_990);
    assert!(refused(&mut opened(plain.clone(), Some(other.clone()))));
    let mut listed = opened(Invoice { boleto: Some(other), ..plain.clone() }, None);
    assert!(refused(&mut listed));
    // nor the PDF that agrees with it
    let before = listed.commands.len();
    listed.does(Intent::Back).does(Intent::Details { id: "90".into() }).does(Intent::ShowDocument);
    assert!(!listed.commands[before..].iter().any(|command| matches!(command, Command::FindDocument { .. })));
    assert!(!refused(&mut opened(plain, Some(slip()))));
}

#[test]
fn of_a_bill_that_was_paid_here_nothing_is_given_that_could_be_paid_again() {
    let listed = Invoice { boleto: Some(slip()), ..bill("90", date(2026, 11, 10), 11_990) };
    let abilities =
        Abilities { bill_pdf: true, sends: Ways { email: true, ..Ways::default() }, ..Abilities::default() };
    for settling in [true, false] {
        let mut visit = Visit::begins();
        visit.on(Event::Abilities(abilities)).types(CPF).types("1705");
        let attempt = visit.attempt();
        let held = if settling { vec!["90".into()] } else { Vec::new() };
        let found = Found { settling: held, ..account(vec![listed.clone()]) };
        visit.on(Event::Found { attempt, result: Ok(Some(Box::new(found))) });
        visit.does(Intent::Details { id: "90".into() });
        let offered = |visit: &mut Visit, action: &str| visit.view().actions.contains(&action);
        for action in ["pay", "show_boleto", "show_document"] {
            assert_eq!(offered(&mut visit, action), !settling, "{action}");
        }
        let before = visit.commands.len();
        if settling {
            visit.does(Intent::ShowBoleto).does(Intent::ShowDocument);
            assert_eq!((visit.step(), visit.commands.len()), ("invoice", before));
            continue;
        }
        // it is held from the moment on which the boleto stands there already
        visit.does(Intent::ShowBoleto);
        assert!(offered(&mut visit, "print") && offered(&mut visit, "send"));
        visit.journey.session.settling = ["90".into()].into();
        for action in ["print", "send", "show_document"] {
            assert!(!offered(&mut visit, action), "{action}");
        }
        let mut commands = Vec::new();
        let now = visit.now;
        visit.journey.print(&Intent::Print, now, &mut commands);
        visit.journey.send(now, &mut commands);
        visit.journey.show_document(now, &mut commands);
        assert!(commands.is_empty(), "{commands:?}");
    }
}

#[test]
fn beside_the_slip_stands_only_a_pix_code_of_what_it_asks() {
    let code = |cents: u64| {
        let code = BrCode::to_key("totem@provedor.net.br", "PROVEDOR", "BELO HORIZONTE");
        BrCode { amount: Some(Money::from_cents(cents)), ..code }.payload().unwrap()
    };
    for (pix, stands) in [(code(11_990), true), (code(31_598), false), (code(11_990).replace("6304", "6305"), false)] {
        let listed = Invoice { pix: Some(pix.clone()), ..bill("90", date(2026, 11, 10), 11_990) };
        let Step::Boleto(shown) = opened(listed, Some(slip())).view().step else { panic!() };
        assert_eq!(shown.payload, stands.then_some(pix));
    }
}
