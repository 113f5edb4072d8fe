//! A list of the provider's: tickets, bills that were paid, and papers that can be opened.

use iced::Fill;
use iced::widget::{Space, column};

use super::Hands;
use super::boleto::printed;
use super::choices::{Row, choices};
use super::letter;
use crate::journey::Intent;
use crate::journey::step::{Opens, Record, RecordKind, Records};
use crate::ui::frame::{Element, Frame, Main, frame};
use crate::ui::look::Look;
use crate::ui::phrases::whole_date;
use crate::ui::snug::snug;

pub fn records(step: &Records, look: &Look, hands: &Hands) -> Element {
    let rows = step.records.iter().map(|record| Row {
        picture: None,
        title: title(step.list, record, look),
        hint: Some(hint(step.list, record, look)),
        amount: record.amount_cents,
        means: (record.opens.is_some() && look.may("choose"))
            .then(|| Intent::Choose { option: record.id.clone() }.into()),
    });
    let does = choices(rows.collect(), look, hands);
    let main = match step.list {
        RecordKind::Tickets => step.may_begin.then(|| {
            let begin = look.may("choose").then(|| Intent::Choose { option: "new".to_owned() }.into());
            Main { says: look.say("tickets-new"), means: begin }
        }),
        RecordKind::Visits => None,
        RecordKind::PaidBills => {
            look.may("print").then(|| Main { says: look.say("statement-print"), means: Some(Intent::Print.into()) })
        }
        RecordKind::FiscalNotes | RecordKind::AnnualSettlements => None,
    };
    let (title, none) = match step.list {
        RecordKind::Tickets => ("tickets-title", "tickets-none"),
        RecordKind::PaidBills => ("paid-bills-title", "paid-bills-none"),
        RecordKind::FiscalNotes => ("notes-title", "notes-none"),
        RecordKind::AnnualSettlements => ("settlements-title", "settlements-none"),
        RecordKind::Visits => ("visits-title", "visits-none"),
    };
    let empty = step.records.is_empty();
    let sent = step.letter.as_ref().and_then(|mailing| letter::news(mailing, look));
    let news = sent.or_else(|| printed(step.printed).map(|word| look.say(word)));
    let says = snug(look, move |look| {
        let mut says = column![look.title(look.say(title)).wide()].spacing(look.u(24.0));
        if empty {
            says = says.push(look.body(look.say(none)).wide());
        }
        if let Some(news) = &news {
            says = says.push(look.body(news.clone()).bold().wide());
        }
        says.push(Space::new().height(Fill)).into()
    });
    frame(look, Frame { does: Some(does), main, ..Frame::new(says) })
}

fn title(list: RecordKind, record: &Record, look: &Look) -> String {
    match list {
        RecordKind::FiscalNotes => look.phrases().with("notes-number", &[("number", record.text.clone().into())]),
        RecordKind::AnnualSettlements => {
            look.phrases().with("settlements-year", &[("year", record.text.clone().into())])
        }
        _ if record.text.is_empty() => record.id.clone(),
        RecordKind::Tickets | RecordKind::PaidBills | RecordKind::Visits => record.text.clone(),
    }
}

/// What a paper's row says of what there is of it.
fn paper(list: RecordKind, record: &Record) -> Option<&'static str> {
    match (list, record.opens) {
        (RecordKind::Tickets | RecordKind::PaidBills | RecordKind::Visits, _) => None,
        (_, Some(Opens::Document)) => Some("paper-opens"),
        (_, Some(Opens::Slip)) => Some("settlement-slip"),
        (_, Some(Opens::Choices)) => None,
        (_, None) => Some("paper-none"),
    }
}

fn hint(list: RecordKind, record: &Record, look: &Look) -> String {
    if list == RecordKind::Visits {
        let hours = record.detail.as_ref().map(|detail| look.phrases().when(detail));
        let day = record.on.map_or_else(|| look.say("detail-no-day"), whole_date);
        let protocol = record.status.clone();
        let protocol = protocol.map(|told| look.phrases().with("nav-protocol", &[("protocol", told.into())]));
        let opens = record.opens.map(|_| look.say("visits-opens"));
        return [Some(day), hours, protocol, opens].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    }
    let on = record.on.map(whole_date);
    let id = (list == RecordKind::Tickets)
        .then(|| look.phrases().with("nav-protocol", &[("protocol", record.id.clone().into())]));
    let paper = paper(list, record).map(|word| look.say(word));
    [record.status.clone(), on, id, paper].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
