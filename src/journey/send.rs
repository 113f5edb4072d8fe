//! A bill sent to the address that the provider knows of the customer, and to another whose code was typed. It is sent
//! once: an unknown end is told, and the wish is not taken again.

use jiff::Timestamp;

use super::Journey;
use super::event::{Attempt, Command};
use super::scene::{Field, Filling, Scene};
use super::step::{Purpose, Question, SendNews, Sending};
use crate::domain::service::{Channel, Contact, ContactKind, Named};
use crate::domain::{ConfirmedBy, InvoiceId};
use crate::payment::Standing;

/// Where a bill may go: to what the provider knows, by each way, and to one address more.
const TO_REGISTERED: [(Channel, &str); 3] = [(Channel::Email, "email"), (Channel::Sms, "sms"), (Channel::Push, "push")];
const OTHER_EMAIL: &str = "other_email";
const OTHER_PHONE: &str = "other_phone";

impl Journey {
    /// The bill on the screen, where what is shown of it is the provider's own.
    fn bill_on_screen(&self) -> Option<InvoiceId> {
        match &self.scene {
            Scene::Boleto { line, .. } => Some(line.clone()).filter(|id| self.is_payable(id)),
            Scene::Paying => {
                let paying = self.session.paying.as_ref()?;
                let Standing::PixShown(charge) = &paying.standing else { return None };
                // a code of ours is not what the provider would send
                let is_the_erps = charge.confirmed_by == ConfirmedBy::Erp && self.session.chosen.len() == 1;
                is_the_erps.then(|| self.session.chosen.first().cloned()).flatten()
            }
            _ => None,
        }
    }

    /// Nothing where the ERP sends nothing, or the customer has not shown who they are.
    pub(super) fn sending(&self) -> Option<Sending> {
        let sends_by = self.abilities.sends.there().next().filter(|_| self.has_services())?;
        let bill = self.bill_on_screen()?;
        let sent = self.session.sent.get(&bill).map(|(_, news)| *news);
        Some(Sending { sends_by, choose: self.places().len() > 1, sent })
    }

    pub(super) fn may_send(&self) -> bool {
        self.sending().is_some_and(|sending| matches!(sending.sent, None | Some(SendNews::Refused)))
    }

    /// At once where there is one place only; else it is asked where to.
    pub(super) fn send(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(sending) = self.sending().filter(|_| self.may_send()) else { return };
        if !sending.choose {
            return self.send_bill(sending.sends_by, None, commands);
        }
        self.session.errand.forget_the_wish();
        let options = self.places().into_iter().map(|id| Named { id: id.to_owned(), name: id.to_owned() }).collect();
        let stage = Filling::stage(Purpose::SendBill, [Field::chosen(Question::SendTo, options)]);
        let under = std::mem::replace(&mut self.scene, Scene::Form(Box::new(stage)));
        self.session.under_form = Some(Box::new(under));
        self.last_touch = now;
    }

    /// A form lies over the boleto only: a PIX code on the screen is not covered while it may be paid.
    fn places(&self) -> Vec<&'static str> {
        if !matches!(self.scene, Scene::Boleto { .. }) {
            return Vec::new();
        }
        let can = self.abilities.sends_elsewhere;
        let elsewhere = [
            (can.email && self.can_confirm(ContactKind::Email), OTHER_EMAIL),
            (can.sms && self.can_confirm(ContactKind::Phone), OTHER_PHONE),
        ];
        let ways = self.abilities.sends.there();
        let registered = ways.filter_map(|way| TO_REGISTERED.iter().find(|(channel, _)| *channel == way));
        let elsewhere = elsewhere.into_iter().filter(|(there, _)| *there).map(|(_, place)| place);
        registered.map(|(_, place)| *place).chain(elsewhere).collect()
    }

    /// Where it was chosen to go.
    pub(super) fn send_to(&mut self, chosen: &str, commands: &mut Vec<Command>) {
        let asks = match chosen {
            OTHER_EMAIL => Question::NewEmail,
            OTHER_PHONE => Question::Phone,
            _ => {
                self.back_under_form();
                if let Some((by, _)) = TO_REGISTERED.iter().find(|(_, place)| *place == chosen) {
                    self.send_bill(*by, None, commands);
                }
                return;
            }
        };
        let fields = [Field::typed(asks), Field::typed(Question::Code)];
        self.begin_form(Filling::stage(Purpose::SendBill, fields));
    }

    pub(super) fn send_bill(&mut self, by: Channel, to: Option<Contact>, commands: &mut Vec<Command>) {
        let Some(id) = self.bill_on_screen().filter(|_| self.may_send()) else { return };
        let Some(bill) = self.bill(&id) else { return };
        let attempt = self.next_attempt();
        self.session.sent.insert(id, (attempt, SendNews::Sending));
        commands.push(Command::SendBill { attempt, bill, by, to });
    }

    pub(super) fn sent(&mut self, asked: Attempt, told: SendNews) {
        for (attempt, news) in self.session.sent.values_mut() {
            if *attempt == asked {
                *news = told;
            }
        }
    }
}
