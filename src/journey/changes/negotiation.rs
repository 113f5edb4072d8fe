//! Overdue bills that become new ones: which can be, on whose terms, and the first of them paid at once.

use jiff::Timestamp;

use super::named;
use crate::domain::changes::Offer;
use crate::domain::{InvoiceId, Money};
use crate::journey::event::Command;
use crate::journey::scene::{Field, Filling, Scene};
use crate::journey::step::{BillState, Detail, Purpose, Question};
use crate::journey::{Journey, today};

impl Journey {
    /// The overdue bills. None that an earlier payment here still holds: its money would then belong to no bill.
    pub(super) fn negotiable(&self) -> Vec<InvoiceId> {
        let today = today(self.last_touch);
        let bills = self.bills().into_iter().map(|bill| self.line(bill, today));
        bills.filter(|line| line.overdue_days > 0 && line.state == BillState::Open).map(|line| line.id).collect()
    }

    pub(super) fn offers_form(&self, offers: &[Offer]) -> Option<Filling> {
        let today = today(self.last_touch);
        let now_due = |offer: &Offer| -> Money {
            let bills = offer.bills.iter().filter_map(|id| self.invoice(id));
            bills.filter_map(|bill| bill.charge_due(today)).map(|charge| charge.total()).sum()
        };
        let options: Vec<_> = offers
            .iter()
            .filter(|offer| !offer.instalments.is_empty())
            .map(|offer| {
                let name = offer.instalments.len().to_string();
                (named(&offer.id, name), Some(Detail::of_offer(offer, now_due(offer))))
            })
            .collect();
        if options.is_empty() {
            return None;
        }
        Some(Filling::new(Purpose::Negotiation, vec![Field::detailed(Question::Offer, options)]))
    }

    /// The bills are read again, and the new one is chosen.
    pub(in crate::journey) fn pay_first_instalment(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let known = self.session.account.iter().flat_map(|account| &account.invoices);
        self.session.negotiated = Some(known.map(|bill| bill.id.clone()).collect());
        // the new bill may name no contract, or not the one that was chosen
        self.session.contract = None;
        self.more(now, commands);
    }

    pub(in crate::journey) fn choose_first_instalment(&mut self) {
        let Some(before) = self.session.negotiated.take() else { return };
        let today = today(self.last_touch);
        let open = |line: &crate::journey::step::InvoiceLine| line.state == BillState::Open;
        let bills = self.bills().into_iter().filter(|bill| !before.contains(&bill.id));
        // overdue bills stand first, then those that fall due soonest
        let first = bills.map(|bill| self.line(bill, today)).find(open).map(|line| line.id);
        if !matches!(self.scene, Scene::Invoices { .. }) {
            return;
        }
        match first {
            Some(first) => {
                let page = self.page_of(&first);
                self.session.chosen = [first].into();
                self.scene = Scene::Invoices { page };
            }
            // it is not there yet: no other bill is paid for it by mistake
            None => self.session.chosen.clear(),
        }
    }
}
