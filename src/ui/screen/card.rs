//! The card terminal does the talking: its words large, its questions as keys.

use iced::widget::{Space, center, column, container, row};
use iced::{Alignment, Fill};

use super::Hands;
use super::choices::{Row, choices};
use super::pix::pix;
use crate::domain::{CardKind, ConfirmedBy, Prompt, PromptKind};
use crate::journey::Intent;
use crate::journey::step::{CardScreen, CardStage, PixScreen};
use crate::ui::codes::Codes;
use crate::ui::frame::{Draft, Element, Frame, Main, Touch, button, card, frame};
use crate::ui::keypad::{Keys, digits, letters};
use crate::ui::look::{GAP, Look};
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn card_screen(step: &CardScreen, look: &Look, codes: &Codes, hands: &Hands) -> Element {
    if let (Some(payload), None) = (&step.code, &step.prompt) {
        // the TEF's code is read with the phone as any other
        let code = PixScreen {
            sending: None,
            protocol: step.protocol.clone(),
            amount_cents: step.amount_cents,
            payload: payload.clone(),
            confirmed_by: ConfirmedBy::Bank,
            expires_in_s: None,
            printed: None,
        };
        return pix(&code, look, codes);
    }
    let protocol = look.phrases().with("nav-protocol", &[("protocol", step.protocol.clone().into())]);
    let protocol: Element = look.small(protocol).centred().middle().into();
    match &step.prompt {
        Some(prompt) => {
            let (does, main) = answers(prompt, look, hands);
            let says = snug(look, {
                let (step, prompt, hands) = (step.clone(), prompt.clone(), hands.clone());
                move |look| asked(&step, &prompt, look, &hands)
            });
            let shares = if prompt.kind == PromptKind::Text { (4, 7) } else { (1, 1) };
            frame(look, Frame { does: Some(does), main, shares, ..Frame::new(says) })
        }
        None => {
            let says = snug(look, {
                let step = step.clone();
                move |look| shown(&step, look)
            });
            frame(look, Frame { middle: Some(protocol), ..Frame::new(says) })
        }
    }
}

fn heading(step: &CardScreen, look: &Look) -> Element {
    let title = match (step.kind, step.instalments) {
        (CardKind::Voucher, _) => look.say("card-title-voucher"),
        (CardKind::Debit, _) => look.say("card-title-debit"),
        (CardKind::Wallet, _) => look.say("card-title-wallet"),
        (CardKind::Credit, 0 | 1) => look.say("card-title-credit"),
        (CardKind::Credit, count) => look.phrases().with("card-title-instalments", &[("count", count.into())]),
    };
    column![look.title(title).wide(), look.words(crate::ui::phrases::money(step.amount_cents), 100.0).bold().unbroken()]
        .spacing(look.u(12.0))
        .into()
}

fn shown(step: &CardScreen, look: &Look) -> Element {
    let (picture, own) = match step.stage {
        CardStage::AtPinpad => (Pictogram::Pinpad, "card-follow"),
        CardStage::Printing => (Pictogram::Printer, "card-printing"),
    };
    let side = if look.portrait() { 420.0 } else { 260.0 };
    let picture = pictogram(picture, look.u(side), look.colours.brand, look.colours.ground);
    let words = if step.message.is_empty() {
        look.say(if step.stage == CardStage::Printing { own } else { "card-wait" })
    } else {
        step.message.clone()
    };
    let message = card(look, look.words(words, 64.0).bold().centred().middle()).width(Fill);
    if look.portrait() {
        let follow = look.body(look.say(own)).centred();
        column![
            heading(step, look),
            Space::new().height(Fill),
            container(picture).center_x(Fill),
            follow,
            message.height(look.u(460.0)),
            Space::new().height(Fill),
        ]
        .spacing(look.u(32.0))
        .into()
    } else {
        let left = column![heading(step, look), center(picture)].spacing(look.u(16.0));
        row![left, column![message.height(Fill), look.body(look.say(own)).centred()].spacing(look.u(20.0))]
            .spacing(look.u(40.0))
            .into()
    }
}

fn asked(step: &CardScreen, prompt: &Prompt, look: &Look, hands: &Hands) -> Element {
    let mut says = column![heading(step, look), Space::new().height(Fill), look.title(prompt.text.clone()).wide()]
        .spacing(look.u(20.0));
    if let Some(typed) = typed(prompt, look, hands) {
        says = says.push(typed);
    }
    says.align_x(Alignment::Start).into()
}

/// What was typed so far, and how much of it is wanted.
pub(super) fn typed(prompt: &Prompt, look: &Look, hands: &Hands) -> Option<Element> {
    let mut says = column![].spacing(look.u(20.0));
    if matches!(prompt.kind, PromptKind::Number | PromptKind::Text) {
        let answer = look.words(hands.answer.clone(), 84.0).bold().centred().middle().unbroken();
        says = says.push(card(look, answer).width(Fill).height(look.type_size(165.0)));
        if let Some(max) = prompt.max {
            let limits = [("min", prompt.min.unwrap_or(0).into()), ("max", max.into())];
            let word = if prompt.min == prompt.max { "card-digits-exact" } else { "card-digits" };
            says = says.push(look.small(look.phrases().with(word, &limits)).wide());
        }
        return Some(says.into());
    }
    None
}

pub(super) fn answers(prompt: &Prompt, look: &Look, hands: &Hands) -> (Element, Option<Main>) {
    let answer = |value: String| look.may("answer").then(|| Touch::from(Intent::Answer { value }));
    match prompt.kind {
        PromptKind::Menu => {
            let rows = prompt.options.iter().map(|option| Row {
                picture: None,
                title: option.text.clone(),
                hint: None,
                amount: None,
                means: answer(option.id.clone()),
            });
            (choices(rows.collect(), look, hands), None)
        }
        PromptKind::YesNo => {
            let said = |index: usize, word: &str, value: &str| match prompt.options.get(index) {
                Some(option) => (option.text.clone(), answer(option.id.clone())),
                None => (look.say(word), answer(value.to_owned())),
            };
            let key = |(says, means): (String, Option<Touch>)| {
                button(look, look.words(says, 64.0).bold(), means).height(look.u(190.0))
            };
            let (yes, no) = (key(said(0, "card-yes", "1")), key(said(1, "card-no", "0")));
            (container(row![no, yes].spacing(look.u(GAP * 2.0))).height(Fill).align_y(Alignment::End).into(), None)
        }
        PromptKind::Number | PromptKind::Text => {
            let keys = Keys {
                typed: |key| Touch::Draft(Draft::Add(key)),
                erase: (!hands.answer.is_empty()).then_some(Touch::Draft(Draft::Erase)),
                corner: None,
            };
            let keypad = if prompt.kind == PromptKind::Number { digits(look, keys) } else { letters(look, keys) };
            let enough = hands.answer.chars().count() >= usize::from(prompt.min.unwrap_or(1));
            let means = if enough { answer(hands.answer.clone()) } else { None };
            (keypad, Some(Main { says: look.say("card-answer"), means }))
        }
    }
}
