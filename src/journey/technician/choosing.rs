//! What a choice on a page of the panel wishes, and where the way back leads.

use super::doubt::bill_of;
use super::pix::try_of;
use super::{Errand, Place, Wish, cards, house};
use crate::domain::PaymentId;
use crate::journey::Journey;
use crate::journey::event::Command;
use crate::journey::step::Which;

impl Journey {
    pub(super) fn panel_choice(&mut self, option: &str, commands: &mut Vec<Command>) {
        let options = self.panel_options();
        let Some(panel) = self.panel() else { return };
        panel.hears_no_more();
        let works = |id: &str| options.iter().any(|option| option.id == id && option.works);
        let wish = match &panel.page {
            Place::State if works(option) => match option {
                "person" => Wish::List(Which::Person),
                "open" => Wish::List(Which::Open),
                "receipts" => Wish::List(Which::Receipts),
                "verify" => Wish::Verify,
                "test_print" => Wish::TestPrint,
                "clear_paper" => Wish::ClearPaper,
                "cards" => Wish::Cards,
                "pix" => Wish::Pix,
                "paper" => Wish::Paper,
                "machine" => Wish::Errand(Errand::Look),
                "stop" => Wish::Stop,
                "resume" => Wish::Resume,
                _ => return,
            },
            Place::List => {
                let rows = panel.list.iter().flat_map(|(_, rows)| rows);
                let Some(id) = rows.map(|row| &row.id).find(|id| *id == option) else { return };
                match (PaymentId::parse(id), bill_of(id), try_of(id)) {
                    (_, Some(invoice), _) => Wish::Doubt(invoice),
                    (_, None, Some(txid)) => Wish::PixTry(txid),
                    (Some(payment), None, None) => Wish::Account(payment),
                    (None, None, None) => return,
                }
            }
            Place::Account(account) if works(option) => match option {
                "resolve" => {
                    panel.page = Place::Resolve(account.clone());
                    return;
                }
                "copy" => Wish::Copy(account.id),
                "reverse" => {
                    panel.page = Place::Reverse(account.clone());
                    return;
                }
                _ => return,
            },
            Place::Cards if works(option) => match option {
                "again" => Wish::Cards,
                "reverse" => Wish::List(Which::Receipts),
                "menu" => Wish::Menu,
                "try_card" => Wish::TryCard,
                _ => return,
            },
            Place::Reverse(account) => match cards::REASONS.iter().find(|reason| reason.id == option) {
                Some(reason) => Wish::Reverse { payment: account.id, reason: reason.text },
                None => return,
            },
            Place::Resolve(account) => {
                let Some(note) = account.notes().iter().find(|note| note.id == option) else { return };
                match (&account.doubt, &account.pix_try) {
                    (Some(invoice), _) => Wish::LookedInto { invoice: invoice.clone(), note: note.text },
                    (None, Some(txid)) => Wish::PixTrySeenTo { txid: txid.clone(), note: note.text },
                    (None, None) => Wish::Resolve { payment: account.id, facts: account.facts, note: note.text },
                }
            }
            Place::Machine(_) if option == "language" && works(option) => Wish::Greeting,
            Place::Machine(_) if works(option) => {
                let Place::Machine(machine) = &mut panel.page else { return };
                match machine.choice(option) {
                    Some(errand) => Wish::Errand(errand),
                    None => return,
                }
            }
            Place::Paper(_) if works(option) => match house::paper_choice(option) {
                Some(wish) => wish,
                None => return,
            },
            Place::Greeting(_) if works(option) => match house::greeting_choice(option) {
                Some(wish) => wish,
                None => return,
            },
            Place::Pix(_) if works(option) => {
                let Place::Pix(seats) = &mut panel.page else { return };
                match seats.choice(option) {
                    Some(wish) => wish,
                    None => return,
                }
            }
            Place::State | Place::Account(_) | Place::Cards | Place::Terminal(_) | Place::Machine(_) => return,
            Place::Pix(_) | Place::PixTry(_) | Place::Paper(_) | Place::Greeting(_) => return,
        };
        self.wish(wish, commands);
    }

    pub(super) fn panel_back(&mut self, commands: &mut Vec<Command>) {
        let Some(panel) = self.panel() else { return };
        panel.hears_no_more();
        match (&panel.page, &panel.list) {
            (Place::Terminal(_), _) => {}
            (Place::Greeting(_), _) => self.wish(Wish::Errand(Errand::Look), commands),
            (Place::PixTry(_), _) => self.leave_pix_try(commands),
            (Place::Resolve(account) | Place::Reverse(account), _) => panel.page = Place::Account(account.clone()),
            (Place::Account(_), Some((which, _))) => {
                let which = *which;
                self.wish(Wish::List(which), commands);
            }
            _ => self.wish(Wish::State, commands),
        }
    }
}
