//! The ways in which servers write dates, amounts and ids, brought about in the answers on their way to the driver.

use jiff::civil::Date;
use serde_json::Value;

/// Every `"yyyy-MM-dd"` and `"dd/MM/yyyy"` written in another way.
pub fn with_dates(body: &str, write: impl Fn(Date) -> String) -> String {
    let mut parts = body.split('"');
    let mut text = parts.next().unwrap_or_default().to_owned();
    let mut inside = true;
    for part in parts {
        match date(part) {
            Some(day) if inside => text.push_str(&write(day)),
            _ if inside => text.push_str(&format!("\"{part}\"")),
            _ => text.push_str(part),
        }
        inside = !inside;
    }
    text
}

fn date(text: &str) -> Option<Date> {
    let written = if text.contains('/') { Date::strptime("%d/%m/%Y", text) } else { text.parse() };
    written.ok().filter(|_| text.len() == 10)
}

pub fn epoch(day: Date) -> String {
    let zone = jiff::tz::TimeZone::get("America/Sao_Paulo").unwrap();
    day.to_zoned(zone).unwrap().timestamp().as_millisecond().to_string()
}

/// Every number with at most two decimals written in another way; what has more is a charge that nobody writes as text.
pub fn with_amounts(body: &str, write: impl Fn(&str) -> String) -> String {
    let whole: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    changed(&whole, &|number| {
        let is_amount = number.split_once('.').is_some_and(|(_, cents)| cents.len() <= 2);
        is_amount.then(|| write(number))
    })
}

pub fn with_ids_as_text(body: &str) -> String {
    let whole: Value = serde_json::from_str(body).unwrap_or(Value::Null);
    changed(&whole, &|number| (!number.contains('.')).then(|| format!("\"{number}\"")))
}

fn changed(value: &Value, change: &dyn Fn(&str) -> Option<String>) -> String {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            change(&text).unwrap_or(text)
        }
        Value::Array(several) => {
            format!("[{}]", several.iter().map(|one| changed(one, change)).collect::<Vec<_>>().join(","))
        }
        Value::Object(fields) => {
            let fields =
                fields.iter().map(|(key, one)| format!("{}:{}", Value::from(key.as_str()), changed(one, change)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}
