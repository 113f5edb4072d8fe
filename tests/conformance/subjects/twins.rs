//! Two customers where an answer has one: the same words with another id. What tells of no customer stays as it is.

use serde_json::{Value, json};

fn changed(body: &str, change: impl FnOnce(&mut Value) -> Option<()>) -> String {
    let Ok(mut answer) = serde_json::from_str::<Value>(body) else { return body.to_owned() };
    match change(&mut answer) {
        Some(()) => answer.to_string(),
        None => body.to_owned(),
    }
}

/// An id of the same kind, which is another.
fn another(id: &Value) -> Value {
    match id {
        Value::Number(number) => json!(number.as_i64().unwrap() + 1),
        Value::String(text) => {
            let mut letters = text.clone();
            let last = letters.pop().unwrap();
            letters.push(if last == '1' { '2' } else { '1' });
            json!(letters)
        }
        other => panic!("{other} is no id"),
    }
}

fn doubled(list: &mut Value, id: &str) -> Option<()> {
    let rows = list.as_array_mut()?;
    let mut twin = rows.first()?.clone();
    twin[id] = another(twin.get(id)?);
    rows.push(twin);
    Some(())
}

/// A list of customers below these keys.
pub fn of_list(body: &str, keys: &[&str], id: &str) -> String {
    changed(body, |answer| {
        let list = keys.iter().try_fold(answer, |at, key| at.get_mut(key))?;
        doubled(list, id)
    })
}

/// The same, where other lists stand in the same place: a customer has this key.
pub fn of_list_with(body: &str, keys: &[&str], id: &str, told_by: &str) -> String {
    changed(body, |answer| {
        let list = keys.iter().try_fold(answer, |at, key| at.get_mut(key))?;
        list.get(0)?.get(told_by)?;
        doubled(list, id)
    })
}

/// One customer as the whole answer becomes a list of two. The id stands beside `told_by`, or inside of it.
pub fn of_object(body: &str, told_by: &str, id: &str) -> String {
    changed(body, |answer| {
        let mut twin = answer.clone();
        let there = twin.get_mut(told_by)?;
        if there.is_object() {
            there[id] = another(there.get(id)?);
        } else {
            twin[id] = another(twin.get(id)?);
        }
        *answer = json!([answer, twin]);
        Some(())
    })
}

/// One customer below `response`.
pub fn of_response(body: &str, told_by: &str, id: &str) -> String {
    changed(body, |answer| {
        let one = answer.get_mut("response")?;
        one.get(told_by)?;
        let mut twin = one.clone();
        twin[id] = another(twin.get(id)?);
        *one = json!([one, twin]);
        Some(())
    })
}
