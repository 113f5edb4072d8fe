//! One paper at a time, and no receipt that is not offered.

use super::super::*;
use super::visit::*;
use crate::journey::step::PaperState;
use crate::payment::{PrintResult, Standing};

fn prints(visit: &Visit) -> usize {
    visit.commands.iter().filter(|command| matches!(command, Command::Print { .. })).count()
}

fn receipt() -> Intent {
    Intent::Receipt { how: "print".into() }
}

#[test]
fn a_receipt_that_is_not_offered_is_not_printed_whoever_asks() {
    let proven = Standing::Paid {
        write_off: crate::domain::receipt::WriteOffState::Settled,
        receipt: Some(PrintResult::Proven),
    };
    let mut visit = Visit::paying("debit");
    visit.stands(proven).does(receipt());
    assert_eq!((visit.step(), prints(&visit)), ("paid", 0));

    let mut again = Visit::paying("pix");
    again.stands(pix()).stands(paid()).does(receipt()).does(receipt());
    assert_eq!(prints(&again), 1);

    let mut bare = Visit::paying("pix");
    bare.on(Event::Equipment(Equipment { printer: false, paper: PaperState::default(), ..Equipment::default() }));
    bare.stands(pix()).stands(paid()).does(receipt());
    assert_eq!((bare.step(), prints(&bare)), ("paid", 0));
}
