//! What happens at the desk that is about no payment: who opened the technician's panel, and what was done there.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CardSale, InvoiceId, Money, PaymentId, PixBack, PixCharge, PixReceipt};

/// One of these facts, with its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub at: Timestamp,
    pub fact: DeskFact,
}

/// `by` is the name that belongs to the PIN that was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskFact {
    PanelOpened {
        by: String,
    },
    /// A PIN that is nobody's.
    PanelRefused,
    /// No customer is served until somebody resumes.
    ServiceStopped {
        by: String,
    },
    ServiceResumed {
        by: String,
    },
    /// The whole journal was walked because somebody wished it.
    JournalVerified {
        by: String,
        whole: bool,
    },
    TestPrinted {
        by: String,
        done: bool,
    },
    CopyPrinted {
        by: String,
        payment: PaymentId,
        done: bool,
    },
    /// Somebody looked: no paper of an earlier customer is left in the printer.
    PaperCleared {
        by: String,
    },
    /// The bars on a bill's PDF are not those that the provider's system told, or the slip that it told is another
    /// bill's: it was not shown.
    DocumentDiffers {
        invoice: InvoiceId,
    },
    /// A person has looked into a document that was not shown.
    DocumentLookedInto {
        by: String,
        invoice: InvoiceId,
        note: String,
    },
    /// The TEF's own menu was asked for.
    MenuOpened {
        by: String,
    },
    /// The menu approved a transaction that waits for a confirm: it is confirmed.
    MenuApproved {
        by: String,
        amount: Money,
        network: String,
        nsu: String,
        finalization: String,
    },
    /// Versions, settings and warnings for whoever helps from far away, on somebody's pen drive.
    BundleCarried {
        by: String,
        done: bool,
    },
    /// About to be asked of the machine: to start again, or to go off.
    HaltAsked {
        by: String,
        restart: bool,
    },
    /// How loud or how bright, from 0 to 100.
    LevelSet {
        by: String,
        light: bool,
        percent: u8,
    },
    /// About to be asked of the TEF: a sale of one cent that nobody owes, to see whether cards work.
    CardTryStarted {
        by: String,
        coupon: u64,
    },
    /// What became of it. What was approved is undone.
    CardTryEnded {
        by: String,
        outcome: TryOutcome,
        network: String,
        nsu: String,
    },
    /// About to be asked of a bank: a charge of one cent that nobody owes, to see whether PIX works.
    PixTryStarted {
        by: String,
        txid: String,
        provider: String,
    },
    /// The bank made it. Only now its code is shown.
    PixTryCharged {
        txid: String,
        charge: PixCharge,
    },
    /// The bank made none.
    PixTryRefused {
        txid: String,
        why: String,
    },
    /// Nobody stands before the code any more, or its time is over: about to be taken back.
    PixTryLeft {
        txid: String,
    },
    /// The bank took the charge back. It is looked at some more, for late money.
    PixTryEnded {
        txid: String,
    },
    /// A Pix came for it, in the bank's word. It goes back.
    PixTryPaid {
        txid: String,
        receipt: PixReceipt,
    },
    /// About to be asked of the bank: to give this Pix back, under this id however often it is asked.
    PixTryBackAsked {
        txid: String,
        end_to_end: String,
        id: String,
    },
    PixTryBackHeard {
        txid: String,
        end_to_end: String,
        heard: PixBack,
    },
    /// Looked at a last time, long after.
    PixTryForgotten {
        txid: String,
    },
    /// A person has seen to what the totem could not end alone.
    PixTrySettled {
        by: String,
        txid: String,
        note: String,
    },
    /// A new roll was put into the printer.
    PaperChanged {
        by: String,
    },
    /// So many papers came out since then. Written down now and then, so a power cut loses a few.
    PapersCounted {
        papers: u32,
    },
    /// In which language the totem greets; none: as the configuration says.
    LanguageChosen {
        by: String,
        language: Option<String>,
    },
    /// Payments that ended before this day are no longer kept.
    Forgotten {
        before: Timestamp,
        facts: u64,
    },
}

/// How a try ended, as far as its answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TryOutcome {
    /// Approved, and the undoing asked for: the TEF is told until it acknowledges.
    Undone,
    /// Approved by a TEF that knows no undoing: one cent is to be given back at its menu.
    Kept,
    Refused,
    /// Only the TEF knows: what it approved is undone when it tells.
    Unclear,
}

impl DeskFact {
    /// What names the transaction to the TEF.
    #[must_use]
    pub fn menu_approved(by: String, sale: &CardSale) -> DeskFact {
        DeskFact::MenuApproved {
            by,
            amount: sale.amount,
            network: sale.network.clone(),
            nsu: sale.nsu.clone(),
            finalization: sale.finalization.clone(),
        }
    }

    /// The name in the journal and in the log.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            DeskFact::PanelOpened { .. } => "panel_opened",
            DeskFact::PanelRefused => "panel_refused",
            DeskFact::ServiceStopped { .. } => "service_stopped",
            DeskFact::ServiceResumed { .. } => "service_resumed",
            DeskFact::JournalVerified { .. } => "journal_verified",
            DeskFact::TestPrinted { .. } => "test_printed",
            DeskFact::CopyPrinted { .. } => "copy_printed",
            DeskFact::PaperCleared { .. } => "paper_cleared",
            DeskFact::DocumentDiffers { .. } => "document_differs",
            DeskFact::DocumentLookedInto { .. } => "document_looked_into",
            DeskFact::MenuOpened { .. } => "menu_opened",
            DeskFact::MenuApproved { .. } => "menu_approved",
            DeskFact::BundleCarried { .. } => "bundle_carried",
            DeskFact::HaltAsked { .. } => "halt_asked",
            DeskFact::LevelSet { .. } => "level_set",
            DeskFact::CardTryStarted { .. } => "card_try_started",
            DeskFact::CardTryEnded { .. } => "card_try_ended",
            DeskFact::PixTryStarted { .. } => "pix_try_started",
            DeskFact::PixTryCharged { .. } => "pix_try_charged",
            DeskFact::PixTryRefused { .. } => "pix_try_refused",
            DeskFact::PixTryLeft { .. } => "pix_try_left",
            DeskFact::PixTryEnded { .. } => "pix_try_ended",
            DeskFact::PixTryPaid { .. } => "pix_try_paid",
            DeskFact::PixTryBackAsked { .. } => "pix_try_back_asked",
            DeskFact::PixTryBackHeard { .. } => "pix_try_back_heard",
            DeskFact::PixTryForgotten { .. } => "pix_try_forgotten",
            DeskFact::PixTrySettled { .. } => "pix_try_settled",
            DeskFact::PaperChanged { .. } => "paper_changed",
            DeskFact::PapersCounted { .. } => "papers_counted",
            DeskFact::LanguageChosen { .. } => "language_chosen",
            DeskFact::Forgotten { .. } => "forgotten",
        }
    }

    /// Who did it; nobody where the totem did it by itself.
    #[must_use]
    pub fn by(&self) -> Option<&str> {
        match self {
            DeskFact::PanelOpened { by }
            | DeskFact::ServiceStopped { by }
            | DeskFact::ServiceResumed { by }
            | DeskFact::JournalVerified { by, .. }
            | DeskFact::TestPrinted { by, .. }
            | DeskFact::PaperCleared { by }
            | DeskFact::CopyPrinted { by, .. }
            | DeskFact::DocumentLookedInto { by, .. }
            | DeskFact::MenuOpened { by }
            | DeskFact::BundleCarried { by, .. }
            | DeskFact::CardTryStarted { by, .. }
            | DeskFact::CardTryEnded { by, .. }
            | DeskFact::HaltAsked { by, .. }
            | DeskFact::LevelSet { by, .. }
            | DeskFact::PixTryStarted { by, .. }
            | DeskFact::PixTrySettled { by, .. }
            | DeskFact::PaperChanged { by }
            | DeskFact::LanguageChosen { by, .. }
            | DeskFact::MenuApproved { by, .. } => Some(by),
            DeskFact::PanelRefused
            | DeskFact::DocumentDiffers { .. }
            | DeskFact::PixTryCharged { .. }
            | DeskFact::PixTryRefused { .. }
            | DeskFact::PixTryLeft { .. }
            | DeskFact::PixTryEnded { .. }
            | DeskFact::PixTryPaid { .. }
            | DeskFact::PixTryBackAsked { .. }
            | DeskFact::PixTryBackHeard { .. }
            | DeskFact::PixTryForgotten { .. }
            | DeskFact::PapersCounted { .. }
            | DeskFact::Forgotten { .. } => None,
        }
    }

    /// Which try of PIX it is about, if it is about one.
    #[must_use]
    pub fn pix_try(&self) -> Option<&str> {
        match self {
            DeskFact::PixTryStarted { txid, .. }
            | DeskFact::PixTryCharged { txid, .. }
            | DeskFact::PixTryRefused { txid, .. }
            | DeskFact::PixTryLeft { txid }
            | DeskFact::PixTryEnded { txid }
            | DeskFact::PixTryPaid { txid, .. }
            | DeskFact::PixTryBackAsked { txid, .. }
            | DeskFact::PixTryBackHeard { txid, .. }
            | DeskFact::PixTryForgotten { txid }
            | DeskFact::PixTrySettled { txid, .. } => Some(txid),
            _ => None,
        }
    }
}
