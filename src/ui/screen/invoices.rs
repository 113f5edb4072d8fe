//! What is owed: the bills in large rows, page by page, and what the chosen ones come to.

use iced::widget::{Column, Space, column, container, row};
use iced::{Alignment, Background, Border, Fill, Length};

use super::choices::turn;
use crate::journey::Intent;
use crate::journey::intent::PageTurn;
use crate::journey::step::{BillState, InvoiceLine, Invoices};
use crate::ui::frame::{Element, Frame, Main, Touch, attention, button, chosen, frame, idle, plain};
use crate::ui::look::{GAP, Look};
use crate::ui::phrases::money;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;
use crate::ui::tap::tap;

pub fn invoices(step: &Invoices, look: &Look) -> Element {
    let few = step.invoices.len() <= if look.may("services") { 2 } else { 3 };
    let height = if few { Length::Fixed(look.u(if look.portrait() { 210.0 } else { 148.0 })) } else { Fill };
    let mut list = Column::new().spacing(look.u(GAP)).height(Fill);
    for line in &step.invoices {
        list = list.push(container(bill(line, look)).height(height));
    }
    let services = look.may("services").then(|| {
        let says = look.words(look.say("services-more"), 44.0).bold();
        button(look, says, Some(Intent::Services.into()))
    });
    let pages = (step.pages > 1).then(|| pages(step, look));
    // upright there is room below the bills; lying down, beside the pages
    let middle = if look.portrait() {
        list = list.push(few.then(|| Space::new().height(Fill)));
        list = list.push(services.map(|services| services.height(look.u(104.0))));
        pages
    } else if let Some(services) = services {
        let beside = row![].push(pages.map(|pages| container(pages).width(Length::FillPortion(3))));
        let beside = beside.push(container(services).width(Length::FillPortion(2)));
        Some(beside.spacing(look.u(GAP)).into())
    } else {
        pages
    };
    let phrases = look.phrases();
    let total = money(step.total_cents);
    let pays = look.may("pay").then(|| Intent::Pay.into());
    let amount = [("amount", total.into())];
    let main = Main { says: phrases.with("invoices-pay", &amount), means: pays };
    let says = snug(look, {
        let step = step.clone();
        move |look| says(&step, look)
    });
    frame(look, Frame { does: Some(list.into()), main: Some(main), middle, shares: (4, 5), ..Frame::new(says) })
}

fn says(step: &Invoices, look: &Look) -> Element {
    let phrases = look.phrases();
    let total = money(step.total_cents);
    let hello = phrases.with("hello-customer", &[("name", step.customer.clone().into())]);
    let mut says =
        column![look.body(hello).wide(), look.title(look.say("invoices-title")).wide()].spacing(look.u(12.0));
    if let Some(news) = step.scan {
        says = says.push(attention(look, phrases.scan(news)));
    } else if step.changed {
        says = says.push(attention(look, look.say("invoices-changed")));
    }
    says.push(Space::new().height(Fill))
        .push(look.body(look.say("invoices-total")).wide())
        .push(look.words(total, 128.0).bold().unbroken())
        .push(look.body(phrases.with("invoices-count", &[("count", step.chosen.into())])).wide())
        .push(Space::new().height(Fill))
        .into()
}

fn pages(step: &Invoices, look: &Look) -> Element {
    let turned = |to: PageTurn, there: bool| (there && look.may("page")).then(|| Touch::from(Intent::Page { to }));
    let shown = [("page", step.page.into()), ("pages", step.pages.into())];
    row![
        turn(look, Pictogram::Previous, turned(PageTurn::Previous, step.page > 1)),
        look.words(look.phrases().with("nav-page", &shown), 40.0).centred().middle(),
        turn(look, Pictogram::Next, turned(PageTurn::Next, step.page < step.pages)),
    ]
    .spacing(look.u(GAP))
    .height(look.u(116.0))
    .into()
}

fn bill(line: &InvoiceLine, look: &Look) -> Element {
    let open = line.state == BillState::Open;
    let toggles = (open && look.may("toggle")).then(|| Intent::Toggle { id: line.id.0.clone() }.into());
    let paint = match (line.chosen, toggles.is_some()) {
        (true, _) => chosen(look),
        (false, true) => plain(look),
        (false, false) => idle(look),
    };
    let says = snug(look, {
        let line = line.clone();
        move |look| words(&line, look)
    });
    let bill = tap(says, toggles, paint).padding(look.u(14.0));
    if !look.may("details") {
        return bill.into();
    }
    let details = Intent::Details { id: line.id.0.clone() };
    let see = button(look, look.words(look.say("invoices-details"), 42.0).bold(), Some(details.into()));
    row![bill, see.width(look.u(120.0)).padding(2.0)].spacing(look.u(GAP)).into()
}

fn words(line: &InvoiceLine, look: &Look) -> Element {
    let phrases = look.phrases();
    let open = line.state == BillState::Open;
    let state = match phrases.charges(line) {
        Some(charges) if open => format!("{} · {charges}", phrases.bill_state(line)),
        _ => phrases.bill_state(line),
    };
    let due = look.words(phrases.due(line), 42.0).bold().wide();
    let due = if line.overdue_days > 0 && open { due.colour(look.colours.alarm) } else { due };
    let amount = line.amount_cents.map_or_else(|| "—".to_owned(), money);
    let amount = look.words(amount, 56.0).bold().unbroken();
    let head = row![due, amount].spacing(look.u(14.0)).align_y(Alignment::Center);
    let words = column![head, look.words(state, 34.0).wide()].spacing(look.u(4.0));
    let edge = || Space::new().width(0.0);
    let says = row![edge(), mark(line, look), words, edge()].spacing(look.u(14.0)).align_y(Alignment::Center);
    container(says).height(Fill).align_y(Alignment::Center).into()
}

/// A box that is ticked or not; a clock for what is being settled.
fn mark(line: &InvoiceLine, look: &Look) -> Element {
    let colours = look.colours;
    let side = look.u(64.0);
    if line.state == BillState::Settling {
        return pictogram(Pictogram::Clock, side, colours.soft, colours.ground);
    }
    if line.state == BillState::AmountUnknown {
        return pictogram(Pictogram::Boleto, side, colours.soft, colours.ground);
    }
    let (face, edge) = if line.chosen { (colours.brand, colours.brand) } else { (colours.surface, colours.edge) };
    let inside: Element = if line.chosen {
        pictogram(Pictogram::Tick, look.u(56.0), colours.on_brand, face)
    } else {
        Space::new().into()
    };
    let border = Border { color: edge, width: (5.0 * look.scale).max(2.0), radius: look.u(12.0).into() };
    container(inside)
        .center(side)
        .style(move |_| container::Style {
            background: Some(Background::Color(face)),
            border,
            ..container::Style::default()
        })
        .into()
}
