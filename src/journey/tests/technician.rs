//! The technician before the journey.

use super::super::step::{PanelNews, PanelRow, PartState, PinProblem, Walked, Which};
use super::super::technician::{Account, Errand, ErrandDone, Parts, Told, Wish};
use super::super::*;
use super::visit::*;
use crate::domain::{Money, PaymentId};

const PIN: &str = "482915";

fn totem() -> Visit {
    Visit::with(Settings { service_pin: true, ..Settings::default() })
}

fn asked(visit: &Visit) -> (Attempt, Wish) {
    match visit.commands.last() {
        Some(Command::Technician { attempt, wish, .. }) => (*attempt, wish.clone()),
        other => panic!("nothing was wished: {other:?}"),
    }
}

fn tried(visit: &mut Visit, pin: &str, by: Option<&str>) {
    visit.does(Intent::Type { text: pin.into() }).does(Intent::Submit);
    let Some(Command::CheckPin { attempt, pin: typed }) = visit.commands.last().cloned() else {
        panic!("not compared")
    };
    assert_eq!(typed.expose(), pin);
    visit.on(Event::PinChecked { attempt, by: by.map(str::to_owned) });
}

/// The panel with its first page.
fn panel() -> Visit {
    let mut visit = totem();
    visit.does(Intent::Service);
    tried(&mut visit, PIN, Some("Ana"));
    let (attempt, wish) = asked(&visit);
    assert_eq!(wish, Wish::State);
    let parts = Parts { journal: PartState::Works, open: 2, person: 1, ..Parts::default() };
    visit.on(Event::Technician { attempt, told: Told::State(Box::new(parts)) });
    visit
}

fn chooses(visit: &mut Visit, option: &str) -> Wish {
    visit.does(Intent::Choose { option: option.into() });
    asked(visit).1
}

fn told(visit: &mut Visit, told: Told) {
    let (attempt, _) = asked(visit);
    visit.on(Event::Technician { attempt, told });
}

fn page(visit: &mut Visit) -> step::Page {
    match visit.view().step {
        Step::Technician(technician) => technician.page,
        other => panic!("{}", other.name()),
    }
}

fn news(visit: &mut Visit) -> Option<PanelNews> {
    match visit.view().step {
        Step::Technician(technician) => technician.news,
        other => panic!("{}", other.name()),
    }
}

fn row() -> PanelRow {
    PanelRow {
        id: PaymentId(2_611_220_001).protocol(),
        at: jiff::civil::datetime(2026, 11, 22, 10, 0, 0, 0),
        amount_cents: Some(Money::from_cents(11_990)),
        method: "debit",
        stands: "precisa de uma pessoa".into(),
    }
}

fn account(can_resolve: bool) -> Account {
    Account {
        doubt: None,
        pix_try: None,
        id: PaymentId(2_611_220_001),
        facts: 7,
        lines: Vec::new(),
        to_do: Vec::new(),
        can_resolve,
        can_copy: true,
        can_reverse: false,
    }
}

/// The panel with one payment that needs a person.
fn at_account() -> Visit {
    let mut visit = panel();
    assert_eq!(chooses(&mut visit, "person"), Wish::List(Which::Person));
    told(&mut visit, Told::List { which: Which::Person, rows: Some(vec![row()]) });
    assert_eq!(chooses(&mut visit, "261122-0001"), Wish::Account(PaymentId(2_611_220_001)));
    told(&mut visit, Told::Account(Some(Box::new(account(true)))));
    visit
}

#[test]
fn a_pin_opens_the_panel_and_is_shown_as_stars() {
    let mut visit = totem();
    visit.does(Intent::Service).types("4829a15");
    let Step::ServicePin(shown) = visit.view().step else { panic!() };
    assert_eq!((shown.typed.as_str(), shown.length), ("******", 6));
    visit.does(Intent::Clear);
    tried(&mut visit, PIN, Some("Ana"));
    let Step::Technician(shown) = visit.view().step else { panic!() };
    assert_eq!(shown.by, "Ana");
    assert!(!format!("{:?} {:?}", visit.commands, visit.journey).contains(PIN));
}

#[test]
fn without_a_pin_the_panel_says_so_and_does_not_open() {
    let mut visit = Visit::begins();
    visit.does(Intent::Service).types(PIN).does(Intent::Submit);
    let Step::ServicePin(shown) = visit.view().step else { panic!() };
    assert_eq!((shown.problem, visit.commands.len()), (Some(PinProblem::NoneSet), 0));
    assert_eq!(visit.does(Intent::Back).step(), "identify");
}

#[test]
fn five_wrong_pins_make_the_next_wait_and_each_further_one_doubles_it() {
    let mut visit = totem();
    visit.does(Intent::Service);
    for _ in 0..4 {
        tried(&mut visit, "000001", None);
        assert!(matches!(visit.view().step, Step::ServicePin(shown) if shown.problem == Some(PinProblem::Wrong)));
    }
    for minutes in [1, 2, 4] {
        tried(&mut visit, "000001", None);
        let Step::ServicePin(shown) = visit.view().step else { panic!() };
        assert_eq!((shown.problem, shown.wait_min), (Some(PinProblem::Locked), Some(minutes)));
        let compared = visit.commands.len();
        visit.types(PIN).does(Intent::Submit);
        assert_eq!(visit.commands.len(), compared, "nothing is compared meanwhile");
        // whoever leaves and comes back waits as well
        visit.does(Intent::Back).does(Intent::Service).waits(i64::from(minutes) * 60 - 1);
        visit.does(Intent::Back).does(Intent::Service);
        assert!(!visit.view().actions.contains(&"submit"), "after {minutes} minutes less a second");
        visit.waits(1);
        assert!(visit.view().actions.contains(&"submit"), "after {minutes} minutes");
    }
    tried(&mut visit, PIN, Some("Ana"));
    visit.does(Intent::Leave).does(Intent::Service);
    tried(&mut visit, "000001", None);
    assert!(visit.view().actions.contains(&"submit"), "a right PIN ends the count");
}

#[test]
fn a_restart_does_not_forget_wrong_pins() {
    let mut visit = totem();
    let last = visit.now;
    visit.on(Event::PinTries { wrong: 6, last }).does(Intent::Service);
    assert!(matches!(visit.view().step, Step::ServicePin(shown) if shown.wait_min == Some(2)));
}

#[test]
fn a_customer_between_identify_and_the_end_cannot_reach_the_pin() {
    for mut visit in [Visit::identified(two_bills()), Visit::at_method(), Visit::paying("debit")] {
        let step = visit.step();
        visit.does(Intent::Service);
        assert_eq!(visit.step(), step);
    }
}

#[test]
fn what_was_typed_of_a_cpf_is_gone_when_the_technician_comes() {
    let mut visit = totem();
    visit.types("5299").does(Intent::Service).does(Intent::Back);
    assert!(matches!(visit.view().step, Step::Identify(shown) if shown.length == 0));
}

#[test]
fn the_panel_closes_two_minutes_after_the_last_touch() {
    let mut visit = at_account();
    visit.waits(119);
    assert_eq!(visit.step(), "technician");
    assert_eq!(visit.journey.next_deadline(visit.now), Some(visit.now + jiff::SignedDuration::from_secs(1)));
    visit.waits(1);
    assert_eq!(visit.step(), "identify");
}

#[test]
fn a_decision_is_written_down_with_a_note_and_the_name_of_the_pin() {
    let mut visit = at_account();
    visit.does(Intent::Choose { option: "resolve".into() });
    assert!(matches!(page(&mut visit), step::Page::Resolve(shown) if shown.options.len() == 4));
    assert!(
        matches!(chooses(&mut visit, "written_off"), Wish::Resolve { payment: PaymentId(2_611_220_001), facts: 7, note } if note.contains("baixa"))
    );
    assert!(matches!(visit.commands.last(), Some(Command::Technician { by, .. }) if by == "Ana"));
    told(&mut visit, Told::Recorded(true));
    assert_eq!(asked(&visit).1, Wish::List(Which::Person), "the list is read again");
    told(&mut visit, Told::List { which: Which::Person, rows: Some(Vec::new()) });
    assert!(matches!(page(&mut visit), step::Page::List(shown) if shown.options.is_empty()));
    assert_eq!(news(&mut visit), Some(PanelNews::Recorded));
}

#[test]
fn a_bill_whose_pdf_was_not_shown_is_looked_into_with_notes_of_its_own() {
    let mut visit = panel();
    assert_eq!(chooses(&mut visit, "person"), Wish::List(Which::Person));
    let bill = PanelRow { id: "bill:90".into(), amount_cents: None, method: "document", ..row() };
    told(&mut visit, Told::List { which: Which::Person, rows: Some(vec![bill]) });
    assert_eq!(chooses(&mut visit, "bill:90"), Wish::Doubt("90".into()));
    let about = Account { doubt: Some("90".into()), can_copy: false, ..account(true) };
    told(&mut visit, Told::Account(Some(Box::new(about))));
    let step::Page::Account(shown) = page(&mut visit) else { panic!() };
    assert_eq!(shown.id, "bill:90");
    visit.does(Intent::Choose { option: "resolve".into() });
    let step::Page::Resolve(shown) = page(&mut visit) else { panic!() };
    assert_eq!(shown.options.iter().map(|note| note.id).collect::<Vec<_>>(), ["corrected", "forged", "harmless"]);
    visit.does(Intent::Choose { option: "written_off".into() });
    assert!(matches!(page(&mut visit), step::Page::Resolve(_)), "that is a payment's");
    let Wish::LookedInto { invoice, .. } = chooses(&mut visit, "forged") else { panic!() };
    assert_eq!(invoice, "90".into());
}

#[test]
fn what_the_page_does_not_offer_is_not_done() {
    let mut visit = at_account();
    let asked = visit.commands.len();
    for option in ["stop", "written_off", "261122-0001", "verify", "nonsense"] {
        visit.does(Intent::Choose { option: option.into() });
        assert_eq!(visit.commands.len(), asked, "{option}");
    }
    visit.on(Event::Equipment(Equipment { printer: false, ..Equipment::default() }));
    visit.does(Intent::Choose { option: "copy".into() });
    assert_eq!(visit.commands.len(), asked, "no paper, no copy");
}

#[test]
fn a_late_answer_does_not_turn_the_page_back() {
    let mut visit = panel();
    chooses(&mut visit, "open");
    let (late, _) = asked(&visit);
    visit.does(Intent::Leave).on(Event::Technician { attempt: late, told: Told::Recorded(true) });
    assert_eq!(visit.step(), "identify");
    let mut visit = panel();
    chooses(&mut visit, "open");
    let (late, _) = asked(&visit);
    chooses(&mut visit, "person");
    visit.on(Event::Technician { attempt: late, told: Told::List { which: Which::Open, rows: Some(vec![row()]) } });
    assert!(matches!(page(&mut visit), step::Page::State(_)));
}

#[test]
fn the_walk_over_the_journal_goes_on_while_other_pages_are_read() {
    let mut visit = panel();
    assert_eq!(chooses(&mut visit, "verify"), Wish::Verify);
    let (walk, _) = asked(&visit);
    assert_eq!(news(&mut visit), Some(PanelNews::Verifying));
    chooses(&mut visit, "open");
    told(&mut visit, Told::List { which: Which::Open, rows: Some(vec![row()]) });
    assert_eq!(news(&mut visit), Some(PanelNews::Verifying));
    let walked = Walked { at: visit.now, whole: false, facts: 0 };
    visit.on(Event::Technician { attempt: walk, told: Told::Verified(Some(walked)) });
    assert_eq!(news(&mut visit), Some(PanelNews::JournalBroken));
}

#[test]
fn out_of_service_is_for_customers_and_the_technician_stays_at_the_panel() {
    let mut visit = panel();
    assert_eq!(chooses(&mut visit, "stop"), Wish::Stop);
    visit.on(Event::OutOfService(ClosedWhy::OutOfService));
    told(&mut visit, Told::Recorded(true));
    assert_eq!(visit.step(), "technician");
    visit.does(Intent::Leave);
    assert!(matches!(visit.view().step, Step::Closed(shown) if shown.code == "S1"));
    assert_eq!(visit.view().actions, ["service"]);
    visit.types(CPF);
    assert_eq!(visit.step(), "closed");

    visit.does(Intent::Service);
    tried(&mut visit, PIN, Some("Bia"));
    told(&mut visit, Told::State(Box::default()));
    assert_eq!(chooses(&mut visit, "resume"), Wish::Resume);
    visit.on(Event::InService);
    told(&mut visit, Told::Recorded(true));
    assert_eq!(visit.does(Intent::Leave).step(), "identify");
}

#[test]
fn a_totem_that_was_closed_before_its_start_tells_since_when() {
    let mut visit = totem();
    let at = visit.now - jiff::SignedDuration::from_hours(20);
    visit.on(Event::StoppedSince(at));
    assert!(matches!(visit.view().step, Step::Closed(shown) if shown.since == Some(at)));
}

#[test]
fn with_a_broken_journal_the_panel_still_shows_and_nothing_can_be_written_down() {
    let mut visit = panel();
    visit.on(Event::OutOfService(ClosedWhy::Journal));
    let step::Page::State(shown) = page(&mut visit) else { panic!() };
    assert_eq!((shown.journal, shown.in_service), (PartState::Fails, false));
    let works: Vec<&str> = shown.options.iter().filter(|option| option.works).map(|option| option.id).collect();
    assert_eq!(works, ["person", "open", "receipts", "verify", "paper", "cards", "pix", "machine"]);
    visit.on(Event::InService).does(Intent::Leave);
    assert!(matches!(visit.view().step, Step::Closed(shown) if shown.code == "J1"), "nobody opens it but a new start");
}

#[test]
fn the_machine_is_ended_only_by_whoever_says_yes() {
    let mut visit = panel();
    assert_eq!(chooses(&mut visit, "machine"), Wish::Errand(Errand::Look));
    told(&mut visit, Told::Errand(Box::new(ErrandDone { light: Some(70), ..ErrandDone::default() })));
    let step::Page::Machine(shown) = page(&mut visit) else { panic!() };
    let ids: Vec<&str> = shown.options.iter().map(|option| option.id).collect();
    assert_eq!(
        ids,
        ["network", "log", "carry", "brighter", "darker", "language", "restart", "power_off"],
        "no sound, no row"
    );
    let before = visit.commands.len();
    visit.does(Intent::Choose { option: "restart".into() });
    assert_eq!(visit.commands.len(), before, "nothing before the yes");
    let step::Page::Machine(shown) = page(&mut visit) else { panic!() };
    assert_eq!(shown.asks, Some("restart"));
    visit.does(Intent::Choose { option: "no".into() });
    visit.does(Intent::Choose { option: "yes".into() });
    assert_eq!(visit.commands.len(), before, "a yes to nothing is nothing");
    visit.does(Intent::Choose { option: "power_off".into() });
    assert_eq!(chooses(&mut visit, "yes"), Wish::Errand(Errand::PowerOff));
    let done = ErrandDone { news: Some(PanelNews::HaltRefused), ..ErrandDone::default() };
    told(&mut visit, Told::Errand(Box::new(done)));
    assert_eq!(news(&mut visit), Some(PanelNews::HaltRefused));
    visit.does(Intent::Back);
    told(&mut visit, Told::State(Box::default()));
    assert!(matches!(page(&mut visit), step::Page::State(_)));
}

#[test]
fn what_an_errand_brings_stays_while_another_is_asked() {
    let mut visit = panel();
    chooses(&mut visit, "machine");
    told(&mut visit, Told::Errand(Box::default()));
    assert_eq!(chooses(&mut visit, "network"), Wish::Errand(Errand::Network));
    assert_eq!(news(&mut visit), Some(PanelNews::Working));
    let lines = vec![step::PanelLine { name: "gateway".into(), value: "responde".into() }];
    let done = ErrandDone { lines: Some(lines.clone()), ..ErrandDone::default() };
    told(&mut visit, Told::Errand(Box::new(done)));
    chooses(&mut visit, "carry");
    let done = ErrandDone { news: Some(PanelNews::Carried), said: Some("/media/x".into()), ..ErrandDone::default() };
    told(&mut visit, Told::Errand(Box::new(done)));
    let step::Page::Machine(shown) = page(&mut visit) else { panic!() };
    assert_eq!((shown.lines, news(&mut visit)), (lines, Some(PanelNews::Carried)));
}

#[test]
fn a_payment_of_which_more_has_become_is_shown_again_and_not_resolved() {
    let mut visit = at_account();
    visit.does(Intent::Choose { option: "resolve".into() });
    chooses(&mut visit, "written_off");
    told(&mut visit, Told::Changed(PaymentId(2_611_220_001)));
    assert_eq!(news(&mut visit), Some(PanelNews::Changed));
    let Some(Command::Technician { wish: Wish::Account(PaymentId(2_611_220_001)), .. }) = visit.commands.last() else {
        panic!("{:?}", visit.commands.last())
    };
    told(&mut visit, Told::Account(Some(Box::new(account(true)))));
    assert!(matches!(page(&mut visit), step::Page::Account(_)));
    assert_eq!(news(&mut visit), Some(PanelNews::Changed), "it is still said why");
}
