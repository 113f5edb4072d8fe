//! The boleto itself: bars for a camera, digits in groups for fingers, the PIX code where the bill has one.

use iced::widget::{Row, Space, column, container, row};
use iced::{Alignment, Fill, Length};

use crate::domain::service::Channel;
use crate::journey::Intent;
use crate::journey::step::{BoletoScreen, PrintNews, SendNews, Sending};
use crate::ui::codes::Codes;
use crate::ui::frame::{Element, Frame, Main, button, frame, paper};
use crate::ui::look::{GAP, Look};
use crate::ui::phrases::{money, whole_date};
use crate::ui::snug::snug;

pub fn boleto(step: &BoletoScreen, look: &Look, codes: &Codes) -> Element {
    let says = snug(look, {
        let (step, codes) = (step.clone(), codes.clone());
        move |look| says(&step, look, &codes)
    });
    let (document, sending) = (document(look), step.sending.map(|sending| send(sending, look)));
    // a landscape has no height left for a row of keys
    let (beside, middle) = if look.portrait() {
        (document, sending)
    } else {
        let keys: Vec<Element> = [document, sending].into_iter().flatten().collect();
        ((!keys.is_empty()).then(|| Row::with_children(keys).spacing(look.u(GAP)).into()), None)
    };
    let is_printing = step.printed == Some(PrintNews::Printing);
    let main = (look.may("print") || is_printing)
        .then(|| Main { says: look.say("boleto-print"), means: (!is_printing).then(|| Intent::Print.into()) });
    frame(look, Frame { main, beside, middle, ..Frame::new(says) })
}

/// The way to the provider's own PDF of the bill.
fn document(look: &Look) -> Option<Element> {
    let says = || look.words(look.say("boleto-show-document"), 44.0).bold();
    look.may("show_document").then(|| button(look, says(), Some(Intent::ShowDocument.into())).width(Fill).into())
}

fn says(step: &BoletoScreen, look: &Look, codes: &Codes) -> Element {
    let date = [("date", whole_date(step.due).into())];
    let due = look.body(look.phrases().with("due-on", &date));
    let amount = look.words(money(step.amount_cents), 84.0).bold().unbroken();
    let title = look.title(look.say("boleto-title"));
    let bars = codes.bars.as_ref().map(|bars| container(paper(bars.view())).center_x(Fill));
    let qr = codes.qr.as_ref().map(|qr| Element::from(paper(qr.view())));
    if look.portrait() {
        let mut says = column![
            title.wide(),
            row![due.wide(), amount].align_y(Alignment::Center),
            look.body(look.say("boleto-copy")).wide(),
            groups(step, look, 56.0),
        ]
        .push(bars)
        .spacing(look.u(26.0));
        if let Some(qr) = qr {
            let with = look.body(look.say("boleto-pix")).wide();
            says = says.push(row![qr, with].spacing(look.u(36.0)).align_y(Alignment::Center));
        }
        says.push(Space::new().height(Fill)).push(news(step, look)).into()
    } else {
        let words = column![
            row![title.wide(), amount].align_y(Alignment::Center).spacing(look.u(20.0)),
            due,
            groups(step, look, 48.0),
            news(step, look),
        ]
        .spacing(look.u(12.0));
        let mut rest = row![words.width(Length::FillPortion(3))].spacing(look.u(36.0)).align_y(Alignment::Center);
        if let Some(qr) = qr {
            let with = look.small(look.say("boleto-pix")).wide();
            rest = rest.push(row![qr, with.wide()].spacing(look.u(16.0)).width(Length::FillPortion(2)));
        }
        column![].push(bars).push(rest.height(Fill)).spacing(look.u(12.0)).into()
    }
}

fn news(step: &BoletoScreen, look: &Look) -> Element {
    match printed(step.printed) {
        Some(word) => look.body(look.say(word)).bold().wide().into(),
        None => Space::new().into(),
    }
}

/// The way to have the bill sent, and what became of it.
pub fn send(sending: Sending, look: &Look) -> Element {
    let says = match (sending.sent, sending.sends_by) {
        (None, _) if sending.choose => "send-choose",
        (None, Channel::Email) => "send-email",
        (None, Channel::Sms) => "send-sms",
        (None, Channel::Push) => "send-push",
        (Some(SendNews::Sending), _) => "send-running",
        (Some(SendNews::Sent), _) => "send-done",
        (Some(SendNews::Refused), _) => "send-refused",
        (Some(SendNews::Unknown), _) => "send-unknown",
    };
    let means = look.may("send").then(|| Intent::Send.into());
    match means {
        Some(means) => button(look, look.words(look.say(says), 40.0).bold(), Some(means)).width(Fill).into(),
        None => look.words(look.say(says), 40.0).bold().centred().middle().into(),
    }
}

/// What became of the last paper.
pub fn printed(news: Option<PrintNews>) -> Option<&'static str> {
    news.map(|news| match news {
        PrintNews::Printing => "print-running",
        PrintNews::Printed => "print-done",
        PrintNews::Failed => "print-failed",
    })
}

/// The digits as they are printed on a boleto, in rows that can be read off.
fn groups(step: &BoletoScreen, look: &Look, units: f32) -> Element {
    let mut digits = step.line.chars();
    let mut take = |lengths: &[usize], between: &str| {
        let fields: Vec<String> = lengths.iter().map(|length| digits.by_ref().take(*length).collect()).collect();
        fields.join(between)
    };
    let rows = if step.line.len() == 48 {
        vec![take(&[12, 12], "  "), take(&[12, 12], "  ")]
    } else {
        vec![
            format!("{}  {}", take(&[5, 5], "."), take(&[5, 6], ".")),
            format!("{}  {}", take(&[5, 6], "."), take(&[1, 14], "  ")),
        ]
    };
    let lines = rows.into_iter().map(|row| look.words(row, units).bold().unbroken().into());
    iced::widget::Column::with_children(lines).spacing(look.u(8.0)).into()
}
