//! What the journey holds while a step is shown: more than the screen may see, so it never leaves this room.

mod form;
mod joining;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;

pub use form::{Entries, Errand, Field, Filling, Listed, Noticed};
pub use joining::Joining;

use super::code::Coding;
use super::event::{Attempt, BoletoPaper, PastPayment};
use super::step::{
    Asks, ClosedWhy, DocumentTitle, IdentifyProblem, PrintNews, ScanNews, SearchFor, SendNews, TroubleCode,
};
use super::technician::Panel;
use crate::domain::service::Contact;
use crate::domain::{
    Account, CardKind, ContractId, DocumentRef, InvoiceId, Money, PageImage, PageView, PaymentId, Pdf, Prompt, Scanned,
    TaxId,
};
use crate::payment::Standing;

pub enum Scene {
    Identify {
        typed: String,
        letters: bool,
        revealed_at: Option<Timestamp>,
        problem: Option<IdentifyProblem>,
    },
    Verify {
        who: TaxId,
        asks: Asks,
        typed: String,
        revealed_at: Option<Timestamp>,
    },
    Searching {
        what: SearchFor,
        attempt: Attempt,
        since: Timestamp,
    },
    Contracts,
    Invoices {
        page: usize,
    },
    Invoice {
        id: InvoiceId,
    },
    Method,
    Instalments {
        kind: CardKind,
    },
    /// A payment was asked for; its standing tells what is shown.
    Paying,
    Services,
    Receipts {
        list: Vec<PastPayment>,
        printed: Option<(Attempt, PrintNews)>,
    },
    /// What is held against the customer; nothing where it could not be read.
    Plans {
        held: Option<Vec<String>>,
    },
    Records(Box<Listed>),
    Form(Box<Filling>),
    Notice(Box<Noticed>),
    /// The session holds what was said so far.
    Joining,
    Boleto {
        paper: Box<BoletoPaper>,
        line: InvoiceId,
        printed: Option<(Attempt, PrintNews)>,
    },
    Document(Box<Reading>),
    Trouble {
        code: TroubleCode,
        detail: String,
        protocol: Option<PaymentId>,
        again: Option<Again>,
        back: Option<Back>,
    },
    Closed {
        why: ClosedWhy,
        since: Timestamp,
    },
    ServicePin {
        typed: String,
        checking: Option<Attempt>,
        wrong: bool,
    },
    Technician(Box<Panel>),
}

/// What `retry` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    Search,
    Code,
    Prepare,
    Boleto,
    /// What was asked of the provider.
    Serve,
    /// What was asked of the provider for somebody who becomes a customer.
    Joining,
    Document,
}

/// Where `back` leads out of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    Identify,
    Invoices,
    Method,
    /// The form that was not carried out, or the services.
    Services,
    /// To the screen that the document was asked for from.
    Under,
    /// To the question before the one that could not be asked.
    Joining,
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Identify { typed: String::new(), letters: false, revealed_at: None, problem: None }
    }
}

impl fmt::Debug for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Scene::Identify { .. } => "Identify",
            Scene::Verify { .. } => "Verify",
            Scene::Searching { .. } => "Searching",
            Scene::Contracts => "Contracts",
            Scene::Invoices { .. } => "Invoices",
            Scene::Invoice { .. } => "Invoice",
            Scene::Method => "Method",
            Scene::Instalments { .. } => "Instalments",
            Scene::Paying => "Paying",
            Scene::Services => "Services",
            Scene::Receipts { .. } => "Receipts",
            Scene::Plans { .. } => "Plans",
            Scene::Records(_) => "Records",
            Scene::Form(_) => "Form",
            Scene::Notice(_) => "Notice",
            Scene::Joining => "Joining",
            Scene::Boleto { .. } => "Boleto",
            Scene::Document(_) => "Document",
            Scene::Trouble { .. } => "Trouble",
            Scene::Closed { .. } => "Closed",
            Scene::ServicePin { .. } => "ServicePin",
            Scene::Technician(_) => "Technician",
        })
    }
}

/// Everything known of the customer who stands there. Dropped whole.
#[derive(Default)]
pub struct Session {
    pub who: Option<TaxId>,
    /// The second factor that was asked for, where it was not the usual one.
    pub asked: Option<Asks>,
    /// What was typed as second factor.
    pub factor: String,
    pub verified: bool,
    pub account: Option<Account>,
    pub contract: Option<ContractId>,
    pub settling: BTreeSet<InvoiceId>,
    pub chosen: BTreeSet<InvoiceId>,
    /// The bill looked at in full.
    pub detail: Option<InvoiceId>,
    /// A bill's amount or state changed since it was shown.
    pub changed: bool,
    /// When the chosen bills were last read from the ERP.
    pub prepared_at: Option<Timestamp>,
    /// The ERP could not be read when the methods were looked up.
    pub erp_down: bool,
    pub asked_receipts: Option<Attempt>,
    /// The document that was asked for, and the screen that it lies over.
    pub asked_document: Option<(DocumentRef, Box<Scene>)>,
    pub code: Option<Coding>,
    /// How many codes this customer has asked for.
    pub codes_asked: u32,
    /// The address whose code was typed.
    pub confirmed: Option<Contact>,
    /// The screen that a form lies over.
    pub under_form: Option<Box<Scene>>,
    /// Bills that were to be sent to the customer.
    pub sent: BTreeMap<InvoiceId, (Attempt, SendNews)>,
    pub errand: Errand,
    pub joining: Option<Box<Joining>>,
    /// What was read of a paper bill.
    pub scanned: Option<Scanned>,
    pub scan_news: Option<ScanNews>,
    /// The bills there were before they were negotiated: whichever is new then is the first instalment.
    pub negotiated: Option<BTreeSet<InvoiceId>>,
    pub paying: Option<Paying>,
}

/// A document that lies open.
pub struct Reading {
    pub title: DocumentTitle,
    pub pdf: Pdf,
    pub pages: usize,
    /// What is seen; while another page is drawn, still the one before.
    pub view: PageView,
    pub image: PageImage,
    pub drawing: Option<(Attempt, PageView)>,
    /// A page could not be drawn.
    pub failed: bool,
    pub printed: Option<(Attempt, PrintNews)>,
    /// The last page that was seen; nobody accepts what they did not have before them.
    pub seen_to: usize,
}

/// The payment this customer made.
pub struct Paying {
    pub attempt: Attempt,
    pub payment: Option<PaymentId>,
    pub amount: Money,
    pub method: crate::payment::Method,
    /// Nothing overdue is left of what is suspended.
    pub frees_service: bool,
    pub standing: Standing,
    pub since: Timestamp,
    pub message: String,
    pub cancellable: bool,
    pub code: Option<String>,
    pub prompt: Option<Prompt>,
    pub printed: Option<(Attempt, PrintNews)>,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("known", &self.account.is_some()).finish_non_exhaustive()
    }
}
