//! Customers: they see a screen and choose, sometimes badly.

use totem::domain::ConfirmedBy;
use totem::journey::{Intent, Step, View};

use super::luck::Luck;
use super::world::World;

pub struct Visit {
    pub number: u64,
    pub counted: bool,
    came_at: i64,
    dutiful: Option<&'static str>,
    acts: u32,
    codes_paid: Vec<String>,
    done: bool,
}

/// What a customer does next.
#[derive(Default)]
pub struct Choice {
    pub does: Option<Intent>,
    pub goes: bool,
    /// Pays a code: after how long, which, and another amount.
    pub pays: Option<(i64, String, Option<u64>)>,
}

impl Choice {
    fn of(intent: Intent) -> Choice {
        Choice { does: Some(intent), ..Choice::default() }
    }

    fn waits() -> Choice {
        Choice::default()
    }

    fn goes() -> Choice {
        Choice { goes: true, ..Choice::default() }
    }
}

fn option(option: &str) -> Choice {
    Choice::of(Intent::Choose { option: option.to_owned() })
}

impl Visit {
    pub fn of(number: u64, now: i64, dutiful: Option<&'static str>) -> Visit {
        Visit { number, counted: false, came_at: now, dutiful, acts: 0, codes_paid: Vec::new(), done: false }
    }

    pub fn chooses(&mut self, view: &View, world: &World, luck: &Luck, now: i64) -> Choice {
        self.acts += 1;
        let whim = |percent: u64| self.dutiful.is_none() && luck.chance(percent);
        if self.acts > 60 || now - self.came_at > 15 * 60_000 || whim(1) {
            return Choice::goes();
        }
        let Some(person) = world.people.get(&self.number) else { return Choice::goes() };
        let may = |name: &str| view.actions.contains(&name);
        let leave = || Choice { does: may("leave").then_some(Intent::Leave), goes: true, pays: None };
        match &view.step {
            Step::Identify(_) if self.done => Choice::goes(),
            Step::Identify(screen) if screen.length == 0 => {
                let text = if whim(4) { World::cpf(999_000_000) } else { person.cpf.clone() };
                Choice::of(Intent::Type { text })
            }
            Step::Identify(_) => Choice::of(Intent::Clear),
            Step::Verify(screen) if screen.typed.is_empty() => {
                let (day, month) = if whim(4) { (31, 12) } else { person.birth };
                Choice::of(Intent::Type { text: format!("{day:02}{month:02}") })
            }
            Step::Invoices(screen) => {
                let other = screen.invoices.iter().find(|_| whim(10));
                if let Some(line) = other {
                    return Choice::of(Intent::Toggle { id: line.id.0.clone() });
                }
                if self.dutiful.is_some()
                    && let Some(line) = screen.invoices.iter().find(|line| !line.chosen && self.acts < 20)
                    && may("pay")
                {
                    return Choice::of(Intent::Toggle { id: line.id.0.clone() });
                }
                if may("services") && whim(3) {
                    return Choice::of(Intent::Services);
                }
                if may("pay") && !self.done { Choice::of(Intent::Pay) } else { leave() }
            }
            Step::Method(screen) => {
                let works: Vec<&str> = screen
                    .options
                    .iter()
                    .filter(|option| option.works && option.id != "boleto")
                    .map(|option| option.id.as_str())
                    .collect();
                match self.dutiful {
                    Some(method) if works.contains(&method) => option(method),
                    Some(_) => leave(),
                    None if works.is_empty() || whim(4) => leave(),
                    None => {
                        let place = usize::try_from(luck.below(u64::try_from(works.len()).unwrap_or(1))).unwrap_or(0);
                        option(works.get(place).copied().unwrap_or("pix"))
                    }
                }
            }
            Step::Services(_) => option("receipts"),
            Step::Receipts(screen) => match screen.options.first() {
                Some(past) if screen.printed.is_none() && may("choose") => option(&past.id),
                _ => leave(),
            },
            Step::Instalments(screen) => {
                option(&screen.options.first().map(|option| option.id.clone()).unwrap_or_default())
            }
            Step::Pix(screen) => {
                if self.codes_paid.contains(&screen.payload) {
                    return if whim(5) && may("cancel") { Choice::of(Intent::Cancel) } else { Choice::waits() };
                }
                self.codes_paid.push(screen.payload.clone());
                if self.dutiful.is_some() {
                    return Choice { pays: Some((2_000, screen.payload.clone(), None)), ..Choice::default() };
                }
                let wrong = luck.chance(4) && screen.confirmed_by == ConfirmedBy::Bank;
                let cents = wrong.then(|| screen.amount_cents.cents() - 1);
                let soon = luck.between(500, 60_000);
                let pays = Some((soon, screen.payload.clone(), cents));
                match luck.below(10) {
                    0 => Choice::of(Intent::Cancel),
                    1 => Choice { does: Some(Intent::Cancel), goes: false, pays },
                    2 => Choice { does: None, goes: true, pays },
                    3 => Choice {
                        pays: Some((luck.between(60_000, 400_000), screen.payload.clone(), cents)),
                        ..Choice::default()
                    },
                    4 => Choice::waits(),
                    _ => Choice { pays, ..Choice::default() },
                }
            }
            Step::Card(screen) if screen.cancellable && whim(10) => Choice::of(Intent::Cancel),
            Step::Searching(_) if may("cancel") && whim(50) => Choice::of(Intent::Cancel),
            Step::Searching(_) | Step::Card(_) | Step::Verify(_) => Choice::waits(),
            Step::Confirming(_) => {
                if whim(30) {
                    leave()
                } else {
                    Choice::waits()
                }
            }
            Step::Undone(_) => {
                self.done = self.dutiful.is_some();
                if may("retry") && whim(50) { Choice::of(Intent::Retry) } else { leave() }
            }
            Step::Paid(_) => {
                self.done = self.dutiful.is_some() || luck.chance(70);
                if whim(20) {
                    Choice::of(Intent::Receipt { how: "print".into() })
                } else if may("more") && whim(25) {
                    Choice::of(Intent::More)
                } else {
                    leave()
                }
            }
            Step::Trouble(_) => {
                if may("retry") && whim(50) {
                    Choice::of(Intent::Retry)
                } else if may("back") && whim(30) {
                    Choice::of(Intent::Back)
                } else {
                    leave()
                }
            }
            Step::StillThere(_) => {
                if whim(50) {
                    Choice::of(Intent::Stay)
                } else {
                    Choice::goes()
                }
            }
            Step::Closed(_) | Step::ServicePin(_) | Step::Technician(_) => Choice::goes(),
            Step::Plans(_) | Step::Records(_) | Step::Form(_) => Choice::of(Intent::Back),
            Step::Notice(_) => leave(),
            Step::Contracts(_) | Step::Invoice(_) | Step::Boleto(_) | Step::Document(_) => Choice::of(Intent::Back),
        }
    }
}

/// A screen in a few words, for the trace.
pub fn seen(view: &View) -> String {
    match &view.step {
        Step::Paid(screen) => format!("{} {:?} {:?}", screen.protocol, screen.amount_cents, screen.write_off),
        Step::Undone(screen) => format!("{} acknowledged={}", screen.protocol, screen.acknowledged),
        Step::Trouble(screen) => format!("{} {:?}", screen.code.code(), screen.protocol),
        Step::Confirming(screen) => screen.protocol.clone(),
        Step::Pix(screen) => format!("{} {}", screen.protocol, screen.payload),
        Step::Invoices(screen) => screen
            .invoices
            .iter()
            .map(|line| format!("{}{} {:?}", if line.chosen { "*" } else { "" }, line.id, line.state))
            .collect::<Vec<_>>()
            .join(", "),
        _ => String::new(),
    }
}
