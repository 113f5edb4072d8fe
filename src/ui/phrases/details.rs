//! Days, amounts and hours of an option, as a person says them.

use jiff::civil::{Date, Time};

use super::{Phrases, money, whole_date};
use crate::journey::step::{Answer, Detail, FormOption, Part, Question};

/// So many parts of an agreement stand one below the other.
const FEW_PARTS: usize = 4;

/// Many of them stand side by side, so that all can be read before it is agreed to.
fn beside(instalments: &[Part]) -> usize {
    if instalments.len() > FEW_PARTS { 2 } else { 1 }
}

impl Phrases {
    /// What an option is called.
    #[must_use]
    pub fn option_title(&self, asks: Question, option: &FormOption) -> String {
        match (asks, option.id.as_str()) {
            (Question::ContactKind, "email") => self.get("option-email"),
            (Question::ContactKind, _) => self.get("option-phone"),
            (Question::ProfilePart, "address") => self.get("option-address"),
            (Question::ProfilePart, _) => self.get("option-name"),
            (Question::SendTo, "other_email") => self.get("option-other-email"),
            (Question::SendTo, "other_phone") => self.get("option-other-phone"),
            (Question::SendTo, "sms") => self.get("option-send-sms"),
            (Question::SendTo, "push") => self.get("option-send-push"),
            (Question::SendTo, _) => self.get("option-send-email"),
            _ => self.named(asks, &option.text, option.detail.as_ref()),
        }
    }

    /// What there is to know of it beside its name.
    #[must_use]
    pub fn option_hint(&self, asks: Question, option: &FormOption) -> Option<String> {
        let mut hints: Vec<String> = match &option.detail {
            _ if asks == Question::ContactKind && !option.text.is_empty() => {
                vec![self.with("option-contact-known", &[("value", option.text.clone().into())])]
            }
            Some(Detail::Contact { registered: false }) => vec![self.get("option-contact-none")],
            Some(Detail::DueDay { billed_from, billed_to, same_month, .. }) => {
                self.billed(billed_from.zip(*billed_to), *same_month)
            }
            Some(Detail::Offer { total_cents, instalments, .. }) => {
                let first = instalments.first().map(|part| whole_date(part.due)).unwrap_or_default();
                let values = [("total", money(*total_cents).into()), ("date", first.into())];
                vec![self.with("detail-offer", &values)]
            }
            Some(Detail::Pause { owes: true, .. }) => vec![self.get("detail-owes")],
            Some(Detail::Pause { rested: true, .. }) => vec![self.get("detail-rested")],
            _ => Vec::new(),
        };
        hints.extend(option.chosen.then(|| self.get("invoices-chosen")));
        (!hints.is_empty()).then(|| hints.join(" · "))
    }

    /// The lines that an answer is read again in.
    #[must_use]
    pub fn answer_lines(&self, answer: &Answer) -> Vec<String> {
        let mut lines = vec![self.named(answer.question, &answer.text, answer.detail.as_ref())];
        match &answer.detail {
            Some(Detail::DueDay { billed_from, billed_to, same_month, .. }) => {
                lines.extend(self.billed(billed_from.zip(*billed_to), *same_month));
            }
            Some(Detail::When { .. }) if answer.question == Question::Visit => {
                lines.extend(answer.detail.as_ref().map(|detail| self.when(detail)));
            }
            Some(Detail::Offer {
                total_cents,
                today_cents,
                fine_cents,
                interest_cents,
                discount_cents,
                instalments,
                bills,
            }) => {
                let today = [("amount", money(*today_cents).into()), ("count", (*bills).into())];
                lines.push(self.with("detail-today", &today));
                let amounts = [
                    ("detail-fine", *fine_cents),
                    ("detail-interest", *interest_cents),
                    ("detail-discount", *discount_cents),
                    ("detail-total", Some(*total_cents)),
                ];
                let told = amounts.into_iter().filter_map(|(id, amount)| Some((id, money(amount?))));
                let told: Vec<String> = told.map(|(id, amount)| self.with(id, &[("amount", amount.into())])).collect();
                lines.extend(told.chunks(beside(instalments)).map(|chunk| chunk.join(" · ")));
                lines.extend(self.part_lines(instalments));
            }
            _ => {}
        }
        lines
    }

    /// What is due when.
    #[must_use]
    pub fn part_lines(&self, instalments: &[Part]) -> Vec<String> {
        let part = |part: &Part| {
            let values = [("amount", money(part.amount_cents).into()), ("date", whole_date(part.due).into())];
            self.with("detail-part", &values)
        };
        let parts: Vec<String> = instalments.iter().map(part).collect();
        parts.chunks(beside(instalments)).map(|chunk| chunk.join(" · ")).collect()
    }

    fn named(&self, asks: Question, text: &str, detail: Option<&Detail>) -> String {
        match (asks, text, detail) {
            (Question::Receive, "on", _) => self.get("option-on"),
            (Question::Receive, _, _) => self.get("option-off"),
            (Question::VisitAct, "move", _) => self.get("option-move"),
            (Question::VisitAct, "cancel", _) => self.get("option-cancel"),
            (Question::VisitAct, _, _) => self.get("option-rate"),
            (Question::NewDueDay, _, Some(Detail::DueDay { day, .. })) => {
                self.with("detail-day", &[("day", day.clone().into())])
            }
            (Question::Slot, _, Some(detail)) => self.when(detail),
            (Question::Offer, _, Some(Detail::Offer { instalments, .. })) => match instalments.as_slice() {
                [one] => self.with("detail-once", &[("amount", money(one.amount_cents).into())]),
                parts => {
                    let each = parts.first().map(|part| money(part.amount_cents)).unwrap_or_default();
                    self.with("detail-times", &[("count", parts.len().into()), ("amount", each.into())])
                }
            },
            _ => text.to_owned(),
        }
    }

    /// Day and hours, as far as they are told.
    #[must_use]
    pub fn when(&self, detail: &Detail) -> String {
        let Detail::When { on, part, from, to } = detail else { return String::new() };
        let hours = match (*part, *from, *to) {
            (Some("morning"), ..) => Some(self.get("detail-morning")),
            (Some(_), ..) => Some(self.get("detail-afternoon")),
            (None, Some(from), Some(to)) => {
                Some(self.with("detail-hours", &[("from", hour(from).into()), ("to", hour(to).into())]))
            }
            _ => None,
        };
        let day = on.map(|on| self.weekday(on));
        let told: Vec<String> = day.into_iter().chain(hours).collect();
        if told.is_empty() { self.get("detail-no-day") } else { told.join(" · ") }
    }

    /// `seg 07/12/2026`.
    fn weekday(&self, on: Date) -> String {
        let id = match on.weekday() {
            jiff::civil::Weekday::Monday => "weekday-1",
            jiff::civil::Weekday::Tuesday => "weekday-2",
            jiff::civil::Weekday::Wednesday => "weekday-3",
            jiff::civil::Weekday::Thursday => "weekday-4",
            jiff::civil::Weekday::Friday => "weekday-5",
            jiff::civil::Weekday::Saturday => "weekday-6",
            jiff::civil::Weekday::Sunday => "weekday-7",
        };
        format!("{} {}", self.get(id), whole_date(on))
    }

    fn billed(&self, billed: Option<(u8, u8)>, same_month: Option<bool>) -> Vec<String> {
        let days = billed.map(|(from, to)| self.with("detail-billed", &[("from", from.into()), ("to", to.into())]));
        let month = same_month.map(|same| self.get(if same { "detail-same-month" } else { "detail-next-month" }));
        days.into_iter().chain(month).collect()
    }
}

/// `16:00`.
fn hour(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}
