//! An SMS gateway of an invented vendor: `POST /v1/messages` with a bearer token and `{"to": "+55…", "text": "…"}`.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Desk, Message, PASSWORD};
use crate::simulator::http::{Answer, Clerk, Reply, Request};

/// One message, in the letters of the phones of 1990.
const LETTERS: usize = 160;

pub struct Counter(pub Arc<Desk>);

impl Clerk for Counter {
    fn listens(&self) -> bool {
        !self.0.orders().sms.down
    }

    fn reply(&self, request: &Request) -> Reply {
        let orders = self.0.orders().sms;
        thread::sleep(Duration::from_millis(orders.slow_ms));
        let message = match read(request) {
            Ok(message) => message,
            Err((status, why)) => {
                self.0.errs(why);
                return Reply::Whole(Answer::json(status, &json!({"error": why})));
            }
        };
        if let Some(status) = orders.status {
            if orders.done {
                self.0.writes(|book| book.messages.push(message));
            }
            return Reply::Whole(Answer::json(status, &json!({"error": "as ordered"})));
        }
        if orders.refuses {
            return Reply::Whole(Answer::json(200, &json!({"messages": [{"status": "rejected"}]})));
        }
        self.0.writes(|book| book.messages.push(message));
        if orders.mute {
            Reply::Silence
        } else if orders.garbage {
            Reply::Whole(Answer::new(200, "text/html", "<html>manutenção</html>"))
        } else {
            Reply::Whole(Answer::json(200, &json!({"messages": [{"status": "queued"}]})))
        }
    }

    fn refused(&self, why: &str) {
        self.0.errs(why);
    }
}

fn read(request: &Request) -> Result<Message, (u16, &'static str)> {
    if (request.method.as_str(), request.path.as_str()) != ("POST", "/v1/messages") {
        return Err((404, "sms: no such address"));
    }
    if request.header("authorization") != Some(&format!("Bearer {PASSWORD}")) {
        return Err((401, "sms: nobody known"));
    }
    if request.header("content-type") != Some("application/json") {
        return Err((415, "sms: no JSON"));
    }
    let body: Value = serde_json::from_slice(&request.body).map_err(|_| (400, "sms: no JSON"))?;
    let fields = body.as_object().filter(|fields| fields.keys().all(|key| key == "to" || key == "text"));
    let fields = fields.ok_or((400, "sms: a field that nobody knows"))?;
    let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
    // area code, a nine, and eight digits
    let phone = text("to").strip_prefix("+55").unwrap_or_default();
    let mut digits = phone.chars();
    if phone.len() != 11 || !digits.all(|digit| digit.is_ascii_digit()) || phone.chars().nth(2) != Some('9') {
        return Err((400, "sms: no mobile phone"));
    }
    let words = text("text");
    if words.is_empty() || words.chars().count() > LETTERS || !words.is_ascii() {
        return Err((400, "sms: more than one message, or letters that cost a second"));
    }
    Ok(Message { phone: phone.to_owned(), text: words.to_owned() })
}
