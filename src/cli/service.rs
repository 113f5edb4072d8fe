//! The running totem as systemd sees it: who has to answer for it to count as alive, and how it stands in one line.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use totem::runtime::meter::{Reading, Shown};
use totem::runtime::{Desk, Meter};
use totem::service::{self, Manager, Witness};
use totem::ui::Pulse;

use super::Face;

/// Begins to tell the service manager, where one has started us. A window has to answer too, by what comes back.
pub fn start(desk: &Desk, face: Face) -> Result<Option<Pulse>, String> {
    let Some(manager) = Manager::from_env() else { return Ok(None) };
    let mut witnesses = vec![core(desk)];
    let pulse = match face {
        Face::Window => {
            let (asks, pulse) = Pulse::new();
            let window = pulse.clone();
            witnesses.push(Witness {
                name: "a tela",
                ask: Box::new(move |question| {
                    asks.send_replace(question);
                }),
                answered: Box::new(move || window.answered()),
            });
            Some(pulse)
        }
        Face::Lines => None,
    };
    let meter = desk.meter();
    service::start(manager, witnesses, move || status(&meter))
        .map_err(|error| format!("o totem não começou: {error}"))?;
    Ok(pulse)
}

/// A question is answered by a turn of the desk that began after it was asked.
fn core(desk: &Desk) -> Witness {
    let (counter, meter) = (desk.counter(), desk.meter());
    let asked = Arc::new(AtomicU64::new(0));
    let before = Arc::new(AtomicU64::new(0));
    let (question_of, turn_of, watched) = (Arc::clone(&asked), Arc::clone(&before), Arc::clone(&meter));
    Witness {
        name: "o núcleo",
        ask: Box::new(move |question| {
            turn_of.store(meter.turns(), Ordering::Release);
            question_of.store(question, Ordering::Release);
            counter.nudge();
        }),
        answered: Box::new(move || {
            let question = asked.load(Ordering::Acquire);
            if watched.turns() > before.load(Ordering::Acquire) { question } else { question.saturating_sub(1) }
        }),
    }
}

fn status(meter: &Meter) -> String {
    in_words(&meter.shown(), &meter.reading())
}

fn in_words(shown: &Shown, reading: &Reading) -> String {
    let doing = match shown.closed {
        Some(code) => format!("fora de serviço ({code})"),
        None if shown.step == "closed" => "fora do horário da loja".to_owned(),
        None => format!("em serviço, tela {}", shown.step),
    };
    let Reading { open, owed, person, doubts, pix_tries, .. } = reading;
    let person = person + doubts + pix_tries;
    format!("{doing}; pagamentos em aberto: {open}, baixas devidas: {owed}, para uma pessoa: {person}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_whether_it_serves_and_what_is_owed() {
        let reading = Reading { open: 2, owed: 1, person: 3, ..Reading::default() };
        let serving = Shown { step: "identify", closed: None };
        assert_eq!(
            in_words(&serving, &reading),
            "em serviço, tela identify; pagamentos em aberto: 2, baixas devidas: 1, para uma pessoa: 3"
        );
        let closed = Shown { step: "closed", closed: Some("J1") };
        assert!(in_words(&closed, &reading).starts_with("fora de serviço (J1); "));
    }
}
