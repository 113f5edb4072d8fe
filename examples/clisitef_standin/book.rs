//! The book: whole or not at all, whatever happens to the process.

use std::ffi::c_short;

use serde_json::{Value, json};

use super::script::Script;

/// Reads, changes, and writes the book.
pub fn with_book<T>(change: impl FnOnce(&mut Value) -> T) -> T {
    let path = Script::now().book();
    let empty = || json!({"transactions": [], "errors": [], "starts": [], "queue": [], "reversed": [], "heard": []});
    let mut book: Value = match std::fs::read(&path) {
        Ok(text) => serde_json::from_slice(&text).expect("the stand-in's book is no JSON"),
        Err(_) => empty(),
    };
    for (key, value) in empty().as_object().unwrap() {
        if book[key].is_null() {
            book[key] = value.clone();
        }
    }
    let done = change(&mut book);
    let beside = path.with_extension("draft");
    std::fs::write(&beside, serde_json::to_vec_pretty(&book).unwrap()).unwrap();
    std::fs::rename(&beside, &path).unwrap();
    done
}

/// Somebody broke a rule of the interface.
pub fn breach(what: &str) {
    with_book(|book| book["errors"].as_array_mut().unwrap().push(json!({ "breach": what })));
}

pub fn transactions(book: &mut Value) -> &mut Vec<Value> {
    book["transactions"].as_array_mut().unwrap()
}

/// Confirms or undoes, now or when the server is there again.
pub fn finish(script: &Script, confirm: c_short, document: &str, date: &str, time: &str) {
    if !matches!(confirm, 0 | 1) {
        breach("neither confirmed nor undone");
    }
    let order = json!({"confirm": confirm == 1, "document": document, "date": date, "time": time});
    with_book(|book| book["queue"].as_array_mut().unwrap().push(order));
    flush(script);
}

/// Whether everything that waited is sent.
pub fn flush(script: &Script) -> bool {
    if script.is_down() {
        return with_book(|book| book["queue"].as_array().unwrap().is_empty());
    }
    with_book(|book| {
        let queue = std::mem::take(book["queue"].as_array_mut().unwrap());
        for order in &queue {
            let breach = settle(transactions(book), order);
            book["errors"].as_array_mut().unwrap().extend(breach.map(|breach| json!({ "breach": breach })));
        }
    });
    true
}

/// Every payment of that document and date.
fn settle(transactions: &mut [Value], order: &Value) -> Option<&'static str> {
    let confirm = order["confirm"] == true;
    let mut named: Vec<&mut Value> = transactions
        .iter_mut()
        .filter(|one| one["document"] == order["document"] && one["date"] == order["date"])
        .collect();
    if named.is_empty() {
        // an undo of a sale that the host never had is harmless
        return confirm.then_some("a document that nobody sold was confirmed");
    }
    let mut breach = None;
    for one in &mut named {
        if one["time"] != order["time"] {
            breach = Some("finished with another time than the sale's");
        }
        let (count, state) = if confirm { ("confirms", "confirmed") } else { ("undos", "undone") };
        one[count] = json!(one[count].as_u64().unwrap() + 1);
        if one["state"] == "open" {
            one["state"] = json!(state);
        } else if one["state"] != state {
            breach = Some("confirmed and undone");
        }
    }
    breach
}
