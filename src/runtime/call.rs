//! What the core wants of the world, and what the world answers.

mod ticket;

use super::letters::{PostDone, PostWork};
use crate::courier::Delivery;
use crate::domain::asked::{Ask, Told};
use crate::domain::document::{NoDocument, OpenDocument};
use crate::domain::joining::{JoinAsk, JoinTold};
use crate::domain::service::{Change, Channel, Contact, NewTicket};
use crate::domain::{
    Account, BillRef, Boleto, CardSale, Customer, CustomerId, DocumentRef, Factors, InvoiceId, InvoiceState, PageImage,
    PageView, PaymentId, Pdf, PixBack, PixCharge, PixReceipt, Scanned, TaxId, Typed,
};
use crate::journey::step::SendBy;
use crate::journey::technician::{Errand, ErrandDone};
use crate::journey::{Abilities, Attempt, Equipment, Language};
use crate::paper::Document;
use crate::payment::Decision;
use crate::pix::{PixOrder, PixState};
use crate::printer::Outcome;
use crate::tef::{Cancellation, SaleOrder, SaleOutcome};
use crate::{erp, pix, tef};
use jiff::civil::DateTime;

pub use self::ticket::Ticket;

/// A call to a port. Everything in it is data, so that a simulation can answer it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    FindAccount {
        attempt: Attempt,
        who: TaxId,
    },
    Prepare {
        attempt: Attempt,
        bills: Vec<BillRef>,
    },
    FindBoleto {
        attempt: Attempt,
        bill: BillRef,
    },
    FindByCode {
        attempt: Attempt,
        code: Scanned,
    },
    /// Which of these bills it is of: each is asked for its code.
    MatchBill {
        attempt: Attempt,
        code: Scanned,
        bills: Vec<BillRef>,
    },
    /// Fetch it, look into it, compare its bars and draw its first page.
    FindDocument {
        attempt: Attempt,
        what: DocumentRef,
    },
    DrawPage {
        attempt: Attempt,
        pdf: Pdf,
        view: PageView,
    },
    /// Draw a page for the paper and print it.
    PrintPage {
        ticket: Ticket,
        pdf: Pdf,
        page: usize,
    },
    /// The registered address of whoever has this CPF, once somebody is there who would bring something to it.
    FindReach {
        attempt: Attempt,
        who: TaxId,
        by: SendBy,
    },
    /// Once.
    SendCode {
        attempt: Attempt,
        to: Contact,
        code: Typed,
        language: Language,
    },
    /// To the address that the ERP knows, and to one more. Once.
    SendBill {
        attempt: Attempt,
        bill: BillRef,
        by: Channel,
        to: Option<Contact>,
    },
    /// What goes by the site's own couriers.
    Post {
        attempt: Attempt,
        work: PostWork,
    },
    /// What the customer asks of the provider. Once, where it changes something.
    Serve {
        attempt: Attempt,
        customer: Customer,
        ask: Ask,
    },
    /// The same of somebody who becomes a customer.
    Join {
        attempt: Attempt,
        ask: JoinAsk,
    },
    Print {
        ticket: Ticket,
        document: Document,
    },
    CheckEquipment,
    /// A technician has looked: no paper of an earlier customer is left in the printer.
    ReleasePaper {
        attempt: Attempt,
    },
    /// Something of the machine around the totem.
    Errand {
        attempt: Attempt,
        errand: Errand,
    },
    CheckPin {
        attempt: Attempt,
        pin: Typed,
    },
    /// Walk the whole journal, beside the desk.
    VerifyJournal,
    /// Find out what this site's ERP can do.
    Discover,

    Sell {
        payment: PaymentId,
        order: SaleOrder,
        /// Which time this sale is begun: after an older transaction was cleared away it is begun again.
        round: u32,
    },
    GiveUpCard {
        payment: PaymentId,
    },
    AnswerPrompt {
        payment: PaymentId,
        prompt: u32,
        value: String,
    },
    /// Asks the TEF for transactions that wait; nobody's, at start.
    Pending {
        payment: Option<PaymentId>,
    },
    Finalize {
        payment: Option<PaymentId>,
        sale: Box<CardSale>,
        decision: Decision,
    },
    /// The journal holds the sale: the driver's copy may go.
    Release {
        sale: Box<CardSale>,
    },

    /// What a technician does with the card terminal.
    CardDesk {
        attempt: Attempt,
        work: CardWork,
    },

    ChargePix {
        payment: PaymentId,
        bills: Vec<BillRef>,
        order: PixOrder,
    },
    LookPix {
        payment: PaymentId,
        charge: PixCharge,
    },
    RemovePix {
        payment: PaymentId,
        charge: PixCharge,
    },

    /// What a technician's try of PIX asks of this provider.
    PixTry {
        txid: String,
        provider: String,
        work: PixWork,
    },

    ReadBills {
        payment: PaymentId,
        bills: Vec<BillRef>,
    },
    WriteOff {
        payment: PaymentId,
        write_off: erp::WriteOff,
    },
    OpenTicket {
        payment: PaymentId,
        customer: CustomerId,
        ticket: NewTicket,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardWork {
    /// Whether the TEF is there, what waits, and what it says of itself.
    Look,
    Cancel {
        payment: PaymentId,
        cancellation: Box<Cancellation>,
    },
    Menu {
        at: DateTime,
    },
    /// One cent, to see whether cards work.
    Try {
        order: SaleOrder,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardDone {
    Seen { alive: Result<(), tef::Error>, waiting: Result<Vec<CardSale>, tef::Error>, about: Vec<(String, String)> },
    Ended(SaleOutcome),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PixWork {
    Charge(PixOrder),
    Look(PixCharge),
    Remove(PixCharge),
    GiveBack { charge: PixCharge, receipt: PixReceipt, id: String },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PixDone {
    Charged(Result<PixCharge, pix::Error>),
    Looked(Result<PixState, pix::Error>),
    Back { end_to_end: String, result: Result<PixBack, pix::Error> },
}

/// What a walk over the whole journal found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audit {
    Whole {
        facts: u64,
    },
    /// It is not what was written.
    Broken(String),
    /// The disk or the file did not let it be read; that says nothing of what was written.
    Unreadable(String),
}

/// Why nobody knows whom a code could go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReached {
    Courier(String),
    Erp(erp::Error),
}

/// An account with what the customer's second factor is compared with.
pub type AccountAnswer = Result<Option<(Account, Factors)>, erp::Error>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    Account {
        attempt: Attempt,
        result: AccountAnswer,
    },
    Prepared {
        attempt: Attempt,
        bills: Result<Vec<(BillRef, InvoiceState)>, erp::Error>,
        equipment: Equipment,
    },
    Boleto {
        attempt: Attempt,
        result: Result<Option<Boleto>, erp::Error>,
    },
    ByCode {
        attempt: Attempt,
        result: Result<Option<(Customer, InvoiceId, InvoiceState)>, erp::Error>,
    },
    Matched {
        attempt: Attempt,
        result: Result<Option<InvoiceId>, erp::Error>,
    },
    DocumentFound {
        attempt: Attempt,
        what: DocumentRef,
        result: Result<Box<OpenDocument>, NoDocument>,
    },
    PageDrawn {
        attempt: Attempt,
        image: Option<PageImage>,
        /// The bill whose PDF this page shows to be another's: it is not shown.
        doubt: Option<InvoiceId>,
    },
    Reach {
        attempt: Attempt,
        result: Result<Option<Contact>, NotReached>,
    },
    CodeBrought {
        attempt: Attempt,
        delivery: Delivery,
    },
    BillSent {
        attempt: Attempt,
        result: Result<Change<()>, erp::Error>,
    },
    Post {
        attempt: Attempt,
        done: PostDone,
    },
    /// An error means that nothing was changed.
    Served {
        attempt: Attempt,
        ask: &'static str,
        result: Result<Told, erp::Error>,
    },
    /// An error means that nothing was changed.
    Joined {
        attempt: Attempt,
        ask: &'static str,
        result: Result<JoinTold, erp::Error>,
    },
    Printed {
        ticket: Ticket,
        outcome: Outcome,
    },
    Equipment(Equipment),
    /// Whether the printer is free again.
    PaperReleased {
        attempt: Attempt,
        done: bool,
    },
    Errand {
        attempt: Attempt,
        done: Box<ErrandDone>,
    },
    /// Whose PIN it is, if anybody's.
    PinChecked {
        attempt: Attempt,
        by: Option<String>,
    },
    JournalWalked(Audit),
    Discovered {
        abilities: Abilities,
        result: Result<(), erp::Error>,
    },

    Sold {
        payment: PaymentId,
        round: u32,
        outcome: SaleOutcome,
    },
    Pending {
        payment: Option<PaymentId>,
        result: Result<Vec<CardSale>, tef::Error>,
    },
    Finalized {
        payment: Option<PaymentId>,
        sale: Box<CardSale>,
        result: Result<(), tef::Error>,
    },

    CardDesk {
        attempt: Attempt,
        done: CardDone,
    },

    PixCharged {
        payment: PaymentId,
        result: Result<PixCharge, pix::Error>,
    },
    PixLooked {
        payment: PaymentId,
        result: Result<PixState, pix::Error>,
    },

    PixTry {
        txid: String,
        done: PixDone,
    },

    BillsRead {
        payment: PaymentId,
        result: Result<Vec<InvoiceState>, erp::Error>,
    },
    WrittenOff {
        payment: PaymentId,
        invoice: InvoiceId,
        result: Result<erp::WriteOffOutcome, erp::Error>,
    },
    TicketOpened {
        payment: PaymentId,
        result: Result<Change<String>, erp::Error>,
    },
}
