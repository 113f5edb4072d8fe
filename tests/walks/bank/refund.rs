//! `totem pix refund`, with the words that the person's list gives: the money goes back once, and the journal tells of it.

use std::process::{Command, Output};

use serde_json::{Value, json};

use super::late::{NOBODY, SHORT_LOOKS, looks_a_last_time, the_second_waits_for_a_person};
use super::{code_is_shown, is_paid, journal};
use crate::trade::{MARIA, Trade};

/// The command that the person's list tells, with a name and a reason.
fn as_the_list_says(trade: &Trade, id: &str) -> Vec<String> {
    let list = journal(trade, &["list", "--person"]);
    let (_, after) = list.split_once("totem pix refund").unwrap();
    let (told, _) = after.split_once(')').unwrap();
    assert!(told.contains(id), "{list}");
    let filled = |word: &str| match word {
        "NOME" => "Ana".to_owned(),
        "TEXTO" => "pago em dobro".to_owned(),
        word => word.to_owned(),
    };
    told.split_whitespace().map(filled).collect()
}

fn refund(trade: &Trade, told: &[String]) -> Output {
    let config = trade.path("totem.toml");
    let mut whole = vec!["pix", "--config", config.to_str().unwrap(), "refund"];
    whole.extend(told.iter().map(String::as_str));
    Command::new(env!("CARGO_BIN_EXE_totem")).args(whole).output().unwrap()
}

/// The second Pix comes while the totem is off, and its answers are lost as they may be.
#[test]
fn a_second_pix_goes_back_once_however_often_it_is_asked_for() {
    let mut trade = Trade::with_a_bank();
    trade.configure(SHORT_LOOKS, "late_looks_s = [3600]");
    let mut customer = trade.totem();
    customer.pays(&MARIA, 90, "pix");
    code_is_shown(&mut customer);
    trade.payer_pays();
    is_paid(&mut customer, "the first");
    customer.leaves();
    customer.goes_for_good();
    trade.order_bank(&json!({"pay_twice": ["*"]}));
    trade.until_books("the second", |trade| trade.received().len() == 2);
    trade.configure("late_looks_s = [3600]", SHORT_LOOKS);
    let back = trade.totem();
    let (first, second) = the_second_waits_for_a_person(&trade);

    // beside a running totem nothing goes back
    let told = as_the_list_says(&trade, &second);
    let beside = refund(&trade, &told);
    let why = String::from_utf8_lossy(&beside.stderr).into_owned();
    assert!(!beside.status.success() && why.contains("o totem está em funcionamento"), "{why}");
    back.goes_for_good();
    assert_eq!((trade.bank_calls("put_refund"), trade.devolutions()), (0, vec![]));

    // the answers are lost, and the refund is made: nobody knows, and the list says so
    let lost = json!({
        "lost_answer": {"value": true, "for": ["put_refund", "get_refund"]},
        "refund_takes_ms": 600_000,
    });
    trade.order_bank(&lost);
    let unknown = refund(&trade, &told);
    let why = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(!unknown.status.success() && why.contains("Repita o mesmo comando"), "{why}");
    let list = journal(&trade, &["list", "--person"]);
    assert!(list.contains("o banco não disse o que foi da devolução"), "{list}");

    // the same command, twice more: the same refund, under way and then done
    for (orders, status) in
        [(json!({"refund_takes_ms": 600_000}), "EM_PROCESSAMENTO"), (json!({"refund_takes_ms": 0}), "DEVOLVIDO")]
    {
        trade.order_bank(&orders);
        let made = refund(&trade, &told);
        let said = String::from_utf8_lossy(&made.stdout).into_owned();
        assert!(made.status.success() && said.contains(&second) && said.contains(status), "{made:?}");
    }
    assert_eq!(trade.bank_calls("put_refund"), 1, "it is looked up");
    let [made]: [Value; 1] = trade.devolutions().try_into().unwrap();
    let (_, charge) = trade.charge();
    assert_eq!(charge["pix"][0]["refunds"], json!([]), "the first stays");
    assert_eq!(
        (&charge["pix"][0]["end_to_end_id"], &charge["pix"][1]["end_to_end_id"]),
        (&json!(first), &json!(second))
    );
    assert_eq!((&made["amount_cents"], &made["status"]), (&charge["pix"][1]["amount_cents"], &json!("DEVOLVIDO")));

    // another refund of the same money is none
    let mut again = told.clone();
    again.extend(["--id".to_owned(), "outra".to_owned()]);
    let refused = refund(&trade, &again);
    let why = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && why.contains("já foram devolvidos"), "{why}");

    let list = journal(&trade, &["list"]);
    let protocol = list.split_whitespace().next().unwrap();
    let story = journal(&trade, &["show", protocol]);
    for text in [
        "pedida por Ana: pago em dobro",
        "DEVOLVIDO",
        made["id"].as_str().unwrap(),
        made["return_id"].as_str().unwrap(),
    ] {
        assert!(story.contains(text), "{text} is not in {story}");
    }
    for fact in ["pix_paid_again", "refund_started", "refund_unknown", "refund_answered"] {
        assert!(story.contains(fact), "{fact} is not in {story}");
    }
    journal(&trade, &["resolve", protocol, "--by", "Ana", "--note", "devolvido ao cliente"]);
    assert!(journal(&trade, &["list", "--person"]).contains(NOBODY));
    looks_a_last_time(&trade);
    assert_eq!((trade.write_offs(90), trade.devolutions().len()), (vec![true], 1));
    trade.bank_is_content();
    trade.books_are_clean();
}
