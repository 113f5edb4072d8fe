//! What a customer asked for, as its slip says it: the day that was agreed, not only that one was.

use jiff::civil::{Date, Time, Weekday};

use crate::journey::step::{Answer, Detail, Question};

/// Label and value, in the order of the form.
pub fn told(answers: &[Answer]) -> Vec<(String, String)> {
    answers.iter().flat_map(pairs).map(|(label, value)| (label.to_owned(), value)).collect()
}

fn pairs(answer: &Answer) -> Vec<(&'static str, String)> {
    let text = answer.text.clone();
    match (answer.question, &answer.detail) {
        (Question::Contract, _) => vec![("Contrato", text)],
        (Question::NewDueDay, Some(Detail::DueDay { day, billed_from, billed_to, same_month })) => {
            let billed = billed_from.zip(*billed_to).map(|(from, to)| format!("do dia {from} ao dia {to}"));
            let month = same_month.map(|same| if same { "no mesmo mês" } else { "no mês seguinte" }.to_owned());
            let parts = [("Novo vencimento", Some(format!("dia {day}"))), ("Conta", billed), ("Vence", month)];
            parts.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
        }
        (Question::NewDueDay, _) => vec![("Novo vencimento", format!("dia {text}"))],
        (Question::Visit, detail) => {
            let day = detail.as_ref().and_then(when);
            [Some(("Visita", text)), day.map(|day| ("Dia", day))].into_iter().flatten().collect()
        }
        (Question::Slot, Some(detail)) => when(detail).map(|when| ("Novo dia", when)).into_iter().collect(),
        (Question::Receive, _) => vec![("Avisos", if text == "on" { "ligados" } else { "desligados" }.to_owned())],
        (Question::PauseFrom, _) => vec![("A partir de", day_of(&text))],
        (Question::PauseDays, _) => {
            let days = if text == "1" { "1 dia".to_owned() } else { format!("{text} dias") };
            vec![("Duração", days)]
        }
        _ => Vec::new(),
    }
}

/// `qui 26/11/2026, à tarde`, as far as it is told.
fn when(detail: &Detail) -> Option<String> {
    let Detail::When { on, part, from, to } = detail else { return None };
    let hours = match (*part, *from, *to) {
        (Some("morning"), ..) => Some("de manhã".to_owned()),
        (Some(_), ..) => Some("à tarde".to_owned()),
        (None, Some(from), Some(to)) => Some(format!("das {} às {}", hour(from), hour(to))),
        _ => None,
    };
    let parts: Vec<String> = on.map(weekday).into_iter().chain(hours).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn weekday(on: Date) -> String {
    let name = match on.weekday() {
        Weekday::Monday => "seg",
        Weekday::Tuesday => "ter",
        Weekday::Wednesday => "qua",
        Weekday::Thursday => "qui",
        Weekday::Friday => "sex",
        Weekday::Saturday => "sáb",
        Weekday::Sunday => "dom",
    };
    format!("{name} {}", on.strftime("%d/%m/%Y"))
}

fn hour(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Eight digits as a date is written; anything else as it stands.
fn day_of(digits: &str) -> String {
    match (digits.get(..2), digits.get(2..4), digits.get(4..8)) {
        (Some(day), Some(month), Some(year)) if digits.len() == 8 => format!("{day}/{month}/{year}"),
        _ => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn answer(question: Question, text: &str, detail: Option<Detail>) -> Answer {
        Answer { question, text: text.to_owned(), detail }
    }

    fn pair(label: &str, value: &str) -> (String, String) {
        (label.to_owned(), value.to_owned())
    }

    #[test]
    fn a_slip_has_the_day_that_was_agreed_and_nothing_that_nobody_should_find_on_it() {
        let slot = Detail::When { on: Some(date(2026, 11, 26)), part: Some("afternoon"), from: None, to: None };
        let moved = [answer(Question::Visit, "MUDANÇA DE PONTO", None), answer(Question::Slot, "", Some(slot))];
        assert_eq!(told(&moved), [pair("Visita", "MUDANÇA DE PONTO"), pair("Novo dia", "qui 26/11/2026, à tarde")]);
        let (from, to) = (Some(time(8, 0, 0, 0)), Some(time(9, 30, 0, 0)));
        let hours = Detail::When { on: None, part: None, from, to };
        let kept = [answer(Question::Visit, "REPARO", Some(hours)), answer(Question::Phone, "31955554444", None)];
        assert_eq!(told(&kept), [pair("Visita", "REPARO"), pair("Dia", "das 08:00 às 09:30")]);
        let day =
            Detail::DueDay { day: "20".to_owned(), billed_from: Some(6), billed_to: Some(5), same_month: Some(false) };
        let due = [answer(Question::Contract, "Fibra 500", None), answer(Question::NewDueDay, "20", Some(day))];
        let expected = [
            pair("Contrato", "Fibra 500"),
            pair("Novo vencimento", "dia 20"),
            pair("Conta", "do dia 6 ao dia 5"),
            pair("Vence", "no mês seguinte"),
        ];
        assert_eq!(told(&due), expected);
        let pause = [answer(Question::PauseFrom, "01122026", None), answer(Question::PauseDays, "30", None)];
        assert_eq!(told(&pause), [pair("A partir de", "01/12/2026"), pair("Duração", "30 dias")]);
    }
}
