//! The other things there are at this counter, and the receipts of which a second copy can be had.

use iced::Fill;
use iced::widget::{Space, column};

use super::Hands;
use super::boleto::printed;
use super::choices::{Row, choices};
use super::paid::paid_by;
use crate::journey::Intent;
use crate::journey::step::{PrintNews, Receipts, Services};
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::phrases::whole_date;
use crate::ui::pictogram::Pictogram;
use crate::ui::snug::snug;

pub fn services(step: &Services, look: &Look, hands: &Hands) -> Element {
    let phrases = look.phrases();
    let rows = step.options.iter().map(|choice| Row {
        picture: Some(picture(&choice.id)),
        title: phrases.get(match choice.id.as_str() {
            "receipts" => "service-receipts",
            "plans" => "service-plans",
            "unlock" => "service-unlock",
            "tickets" => "service-tickets",
            "paid_bills" => "service-paid-bills",
            "fiscal_notes" => "service-fiscal-notes",
            "annual_settlements" => "service-annual-settlements",
            "order" => "service-order",
            "negotiation" => "service-negotiation",
            "due_day" => "service-due-day",
            "visits" => "service-visits",
            "contacts" => "service-contacts",
            "notifications" => "service-notifications",
            "digital_invoice" => "service-digital-invoice",
            "pause" => "service-pause",
            "app_password" => "service-app-password",
            "contract" => "service-contract",
            "profile" => "service-profile",
            _ => "services-title",
        }),
        hint: None,
        amount: None,
        means: (choice.works && look.may("choose")).then(|| Intent::Choose { option: choice.id.clone() }.into()),
    });
    let title = look.say("services-title");
    let says = snug(look, move |look| look.title(title.clone()).wide().into());
    frame(look, Frame { does: Some(choices(rows.collect(), look, hands)), ..Frame::new(says) })
}

fn picture(service: &str) -> Pictogram {
    match service {
        "receipts" => Pictogram::Receipt,
        "plans" => Pictogram::Signal,
        "unlock" => Pictogram::Unlock,
        "tickets" => Pictogram::Talk,
        "paid_bills" | "annual_settlements" => Pictogram::Done,
        "due_day" => Pictogram::Calendar,
        "contacts" => Pictogram::Phone,
        "notifications" => Pictogram::Envelope,
        "pause" => Pictogram::Clock,
        "app_password" => Pictogram::PhoneDone,
        "negotiation" => Pictogram::Percent,
        "visits" => Pictogram::Wrench,
        "order" => Pictogram::Join,
        "profile" => Pictogram::Person,
        _ => Pictogram::Paper,
    }
}

pub fn receipts(step: &Receipts, look: &Look, hands: &Hands) -> Element {
    let phrases = look.phrases();
    let rows = step.options.iter().map(|past| Row {
        picture: None,
        title: whole_date(past.on),
        hint: Some(phrases.get(paid_by(past.method))),
        amount: Some(past.amount_cents),
        means: look.may("choose").then(|| Intent::Choose { option: past.id.clone() }.into()),
    });
    let news = match step.printed {
        _ if step.options.is_empty() => look.say("receipts-none"),
        Some(PrintNews::Printing) => look.say("print-running"),
        _ if !look.may("choose") => look.say("receipts-no-paper"),
        None => look.say("receipts-choose"),
        Some(_) => printed(step.printed).map(|word| look.say(word)).unwrap_or_default(),
    };
    let title = look.say("receipts-title");
    let says = snug(look, move |look| {
        column![look.title(title.clone()).wide(), look.body(news.clone()).wide(), Space::new().height(Fill)]
            .spacing(look.u(24.0))
            .into()
    });
    frame(look, Frame { does: Some(choices(rows.collect(), look, hands)), ..Frame::new(says) })
}
