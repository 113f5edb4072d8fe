//! A document of the provider's: asked for from any screen, read page by page, and closed to that screen again.

use jiff::Timestamp;

use super::event::{Attempt, Command};
use super::intent::PageTurn;
use super::scene::{Again, Back, Reading, Scene};
use super::step::{DocumentScreen, DocumentTitle, PrintNews, SearchFor, TroubleCode};
use super::{Journey, today};
use crate::domain::document::{NoDocument, OpenDocument};
use crate::domain::{DocumentRef, InvoiceId, PageImage, PageView};

impl Journey {
    /// The bill on the screen as the provider's own PDF. There is an address on it, so only after a second factor.
    pub(super) fn may_show_document(&self) -> bool {
        self.abilities.bill_pdf && self.has_services() && self.bill_of_document().is_some()
    }

    fn bill_of_document(&self) -> Option<InvoiceId> {
        match &self.scene {
            Scene::Invoice { id } | Scene::Boleto { line: id, .. } => Some(id.clone()).filter(|id| self.is_payable(id)),
            _ => None,
        }
    }

    pub(super) fn show_document(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        let Some(id) = self.bill_of_document().filter(|_| self.may_show_document()) else { return };
        let Some(bill) = self.bill(&id) else { return };
        let boleto = match &self.scene {
            Scene::Boleto { paper, .. } => Some(paper.boleto.clone()),
            _ => self.invoice(&id).and_then(|invoice| invoice.boleto.clone()),
        };
        // a PDF that agrees with another bill's slip is another bill's
        if boleto.as_ref().is_some_and(|boleto| self.doubts(&id, boleto, today(now), commands)) {
            return;
        }
        self.open_document(DocumentRef::Bill { bill, boleto }, now, commands);
    }

    /// Asks for a document. The screen that is left comes back when it is closed, or does not come.
    pub(super) fn open_document(&mut self, what: DocumentRef, now: Timestamp, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        let searching = Scene::Searching { what: SearchFor::Document, attempt, since: now };
        let under = std::mem::replace(&mut self.scene, searching);
        self.session.asked_document = Some((what.clone(), Box::new(under)));
        commands.push(Command::FindDocument { attempt, what });
    }

    pub(super) fn ask_for_document_again(&mut self, now: Timestamp, commands: &mut Vec<Command>) {
        if let Some((what, under)) = self.session.asked_document.take() {
            self.scene = *under;
            self.open_document(what, now, commands);
        }
    }

    pub(super) fn document_found(&mut self, attempt: Attempt, result: Result<Box<OpenDocument>, NoDocument>) {
        if !self.is_waiting_for(attempt) {
            return;
        }
        let Some((what, _)) = &self.session.asked_document else { return };
        let title = match what {
            DocumentRef::Bill { .. } => DocumentTitle::Bill,
            DocumentRef::FiscalNote { .. } => DocumentTitle::FiscalNote,
            DocumentRef::AnnualSettlement { .. } => DocumentTitle::AnnualSettlement,
            DocumentRef::Contract { .. } => DocumentTitle::Contract,
        };
        let (code, again) = match result {
            Ok(open) => {
                let OpenDocument { pdf, pages, first } = *open;
                self.scene = Scene::Document(Box::new(Reading {
                    title,
                    pdf,
                    pages,
                    view: PageView::first(),
                    image: first,
                    drawing: None,
                    failed: false,
                    printed: None,
                    seen_to: 1,
                }));
                return;
            }
            Err(NoDocument::Down) => (TroubleCode::ErpDown, Some(Again::Document)),
            Err(NoDocument::None | NoDocument::Unreadable) => (TroubleCode::NoDocument, None),
            Err(NoDocument::Different) => (TroubleCode::WrongDocument, None),
        };
        self.trouble(code, again, Some(Back::Under));
    }

    pub(super) fn close_document(&mut self) {
        if let Some((_, under)) = self.session.asked_document.take() {
            self.scene = *under;
        }
    }

    /// A whole page after the other; enlarged, a part after the other, over to the next page.
    pub(super) fn turn_leaf(&mut self, to: PageTurn, commands: &mut Vec<Command>) {
        let Scene::Document(reading) = &self.scene else { return };
        if let Some(view) = leaf(reading, to) {
            self.look_at(view, commands);
        }
    }

    pub(super) fn zoom(&mut self, commands: &mut Vec<Command>) {
        let Scene::Document(reading) = &self.scene else { return };
        let part = if reading.view.part.is_some() { None } else { Some(1) };
        self.look_at(PageView { part, ..reading.view }, commands);
    }

    fn look_at(&mut self, view: PageView, commands: &mut Vec<Command>) {
        let attempt = self.next_attempt();
        let Scene::Document(reading) = &mut self.scene else { return };
        reading.drawing = Some((attempt, view));
        commands.push(Command::DrawPage { attempt, pdf: reading.pdf.clone(), view });
    }

    /// Only the page that was asked for last is shown.
    pub(super) fn page_drawn(&mut self, attempt: Attempt, drawn: Option<PageImage>) {
        let Scene::Document(reading) = &mut self.scene else { return };
        let Some((_, view)) = reading.drawing.filter(|(asked, _)| *asked == attempt) else { return };
        reading.drawing = None;
        reading.failed = drawn.is_none();
        if let Some(image) = drawn {
            // what became of another page's paper is nothing to tell here
            if view.page != reading.view.page {
                reading.printed = None;
            }
            reading.view = view;
            reading.seen_to = reading.seen_to.max(view.page);
            reading.image = image;
        }
    }

    pub(super) fn document_screen(&self, reading: &Reading) -> DocumentScreen {
        DocumentScreen {
            title: reading.title,
            page: reading.view.page,
            pages: reading.pages,
            part: reading.view.part,
            parts: reading.view.part.map(|_| PageView::PARTS),
            drawing: reading.drawing.is_some(),
            failed: reading.failed,
            to_accept: self.contract_to_accept().is_some(),
            printed: reading.printed.map(|(_, news)| news),
            image: reading.image.clone(),
        }
    }

    pub(super) fn document_actions(&self, reading: &Reading) -> Vec<&'static str> {
        let mut actions = vec!["back", "leave"];
        if reading.drawing.is_none() {
            let turns = [PageTurn::Next, PageTurn::Previous].into_iter().any(|to| leaf(reading, to).is_some());
            actions.extend(turns.then_some("page"));
            actions.push("zoom");
        }
        actions.extend(self.may_accept(reading).then_some("submit"));
        let is_wanted = !matches!(reading.printed, Some((_, PrintNews::Printing)));
        actions.extend((self.equipment.printer && is_wanted).then_some("print"));
        actions
    }
}

/// What is seen next or was seen before; nothing at the ends.
fn leaf(reading: &Reading, to: PageTurn) -> Option<PageView> {
    let PageView { page, part } = reading.view;
    let other = match (to, part) {
        (PageTurn::Next, Some(part)) if part < PageView::PARTS => PageView { page, part: Some(part + 1) },
        (PageTurn::Next, part) => PageView { page: page + 1, part: part.map(|_| 1) },
        (PageTurn::Previous, Some(part)) if part > 1 => PageView { page, part: Some(part - 1) },
        (PageTurn::Previous, part) => PageView { page: page.saturating_sub(1), part: part.map(|_| PageView::PARTS) },
    };
    (1..=reading.pages).contains(&other.page).then_some(other)
}
