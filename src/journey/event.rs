//! What reaches the journey, and what it asks for.

use super::code::{CodeFor, NoCode};
use super::intent::{Intent, Language};
use super::settings::Abilities;
use super::step::{Answer, ClosedWhy, Outcome, PaperState, Purpose, SendNews, TroubleCode};
use super::technician::{Told, Wish};
use crate::domain::asked::{Ask, Told as Answered};
use crate::domain::changes::Instalment;
use crate::domain::document::{NoDocument, OpenDocument};
use crate::domain::joining::{JoinAsk, JoinTold};
use crate::domain::service::{Channel, Contact, PaidBill};
use crate::domain::{
    Account, BillRef, Boleto, Customer, CustomerId, DocumentRef, Factors, InvoiceId, InvoiceState, Money, PageImage,
    PageView, PaymentId, Pdf, Prompt, Scanned, TaxId, Typed,
};
use crate::payment::{Item, Method, Standing};

/// Which question an answer answers. A late answer to an older question is passed over, unless it is about money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Attempt(pub u64);

/// What works now, apart from the ERP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Equipment {
    pub printer: bool,
    pub tef: bool,
    /// Money that the totem takes itself can be written off: by the ERP's leave, or by a person.
    pub write_off: bool,
    /// How the printer is, for the technician to read.
    pub paper: PaperState,
}

impl Default for Equipment {
    fn default() -> Self {
        Equipment { printer: true, tef: true, write_off: true, paper: PaperState::default() }
    }
}

/// Why the ERP gave no answer that helps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    Down,
    Garbled,
}

impl From<Failure> for TroubleCode {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Down => TroubleCode::ErpDown,
            Failure::Garbled => TroubleCode::ErpGarbled,
        }
    }
}

/// One look at the ERP for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub account: Account,
    pub factors: Factors,
    /// Bills that an earlier payment on this totem still holds.
    pub settling: Vec<InvoiceId>,
}

/// One bill, found by a scanned code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByCode {
    pub customer: Customer,
    pub invoice: InvoiceId,
    pub state: InvoiceState,
    /// Bills that an earlier payment on this totem still holds.
    pub settling: Vec<InvoiceId>,
}

/// The bills read again, just before paying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    pub bills: Vec<(InvoiceId, InvoiceState)>,
    pub settling: Vec<InvoiceId>,
    pub equipment: Equipment,
}

/// A payment of this customer on this totem, for a second copy of its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastPayment {
    pub id: PaymentId,
    pub on: jiff::civil::Date,
    pub method: &'static str,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Customer(Intent),
    /// Time has passed: deadlines are looked at.
    Time,
    Equipment(Equipment),
    /// What the provider's system can do has become known.
    Abilities(Abilities),
    Found {
        attempt: Attempt,
        result: Result<Option<Box<Found>>, Failure>,
    },
    Prepared {
        attempt: Attempt,
        result: Result<Prepared, Failure>,
    },
    Boleto {
        attempt: Attempt,
        result: Result<Option<Boleto>, Failure>,
    },
    /// Whose bill a scanned code is of.
    CodeFound {
        attempt: Attempt,
        result: Result<Option<Box<ByCode>>, Failure>,
    },
    /// Which of the customer's bills a scanned code is of.
    CodeMatched {
        attempt: Attempt,
        result: Result<Option<InvoiceId>, Failure>,
    },
    DocumentFound {
        attempt: Attempt,
        result: Result<Box<OpenDocument>, NoDocument>,
    },
    PageDrawn {
        attempt: Attempt,
        result: Option<PageImage>,
    },
    /// Newest first.
    Receipts {
        attempt: Attempt,
        list: Vec<PastPayment>,
    },
    PaymentOpened {
        attempt: Attempt,
        payment: PaymentId,
    },
    PaymentRefused {
        attempt: Attempt,
        why: TroubleCode,
    },
    PaymentStands {
        payment: PaymentId,
        standing: Standing,
    },
    TefSays {
        payment: PaymentId,
        message: String,
        cancellable: bool,
    },
    /// A code for the customer's phone, or that it is over.
    TefShows {
        payment: PaymentId,
        code: Option<String>,
    },
    TefAsks {
        payment: PaymentId,
        prompt: Prompt,
    },
    Printed {
        attempt: Attempt,
        done: bool,
    },
    /// Whether a code may be on its way; for a registered address this says nothing of there being one.
    CodeSent {
        attempt: Attempt,
        result: Result<(), NoCode>,
    },
    CodeChecked {
        attempt: Attempt,
        right: bool,
    },
    /// What became of a bill that was to be sent.
    Sent {
        attempt: Attempt,
        news: SendNews,
    },
    /// What the provider said to what the customer asked. A failure means that nothing was changed.
    Served {
        attempt: Attempt,
        told: Result<Answered, Failure>,
    },
    /// What was said to somebody who becomes a customer. A failure means that nothing was changed.
    Joined {
        attempt: Attempt,
        told: Result<JoinTold, Failure>,
    },
    OutOfService(ClosedWhy),
    /// A technician chose the language of the first screen; none: the configuration's.
    Greets(Option<Language>),
    /// A technician closed the totem in an earlier run.
    StoppedSince(jiff::Timestamp),
    InService,
    /// Wrong PINs of an earlier run, since the last right one.
    PinTries {
        wrong: u32,
        last: jiff::Timestamp,
    },
    /// Whose PIN it is, if anybody's.
    PinChecked {
        attempt: Attempt,
        by: Option<String>,
    },
    Technician {
        attempt: Attempt,
        told: Told,
    },
    /// Whoever stands there is to be gone: the program ends.
    Leave,
}

/// What the customer agreed to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub customer: Customer,
    pub items: Vec<Item>,
    pub method: Method,
}

/// What a boleto copy shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoletoPaper {
    pub payer: String,
    pub number: String,
    pub due: jiff::civil::Date,
    pub amount: Money,
    pub boleto: Boleto,
    pub pix: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintJob {
    Receipt(PaymentId),
    /// Marked as one.
    ReceiptCopy(PaymentId),
    UndoneNotice(PaymentId),
    /// The code that is on the screen.
    PixCode(PaymentId),
    Boleto(Box<BoletoPaper>),
    /// A page of somebody else's document, from 1.
    Page(Pdf, usize),
    /// The protocol of what was asked for.
    Protocol(Box<ProtocolPaper>),
    Statement(Box<StatementPaper>),
    YearSettled(Box<SettledPaper>),
}

/// A year of which nothing is owed, as the provider says, who has no file of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledPaper {
    pub customer: String,
    /// Masked.
    pub tax_id: String,
    pub year: i16,
    /// Local date and time.
    pub at: jiff::civil::DateTime,
}

/// What the provider did, as its slip says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtocolPaper {
    pub customer: String,
    pub about: Purpose,
    pub outcome: Outcome,
    pub protocol: Option<String>,
    pub until: Option<jiff::civil::Date>,
    /// Of an agreement.
    pub instalments: Vec<Instalment>,
    /// What was asked for, as far as it may lie about.
    pub answers: Vec<Answer>,
    /// Local date and time.
    pub at: jiff::civil::DateTime,
}

/// What was paid, newest first, and what is open, the oldest first and with its amount of today where it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementPaper {
    pub customer: String,
    pub bills: Vec<PaidBill>,
    pub open: Vec<(String, jiff::civil::Date, Option<Money>)>,
    /// Local date and time.
    pub at: jiff::civil::DateTime,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    FindAccount {
        attempt: Attempt,
        who: TaxId,
    },
    /// Read these bills again, and see what works.
    Prepare {
        attempt: Attempt,
        bills: Vec<BillRef>,
    },
    FindBoleto {
        attempt: Attempt,
        bill: BillRef,
    },
    /// The codes of this bill are another's: a person has to look.
    Doubt {
        bill: InvoiceId,
    },
    /// Whose bill this is of, with no CPF.
    FindByCode {
        attempt: Attempt,
        code: Scanned,
    },
    /// Which of these bills it is of.
    MatchBill {
        attempt: Attempt,
        code: Scanned,
        bills: Vec<BillRef>,
    },
    /// Fetch a document, look into it and draw its first page.
    FindDocument {
        attempt: Attempt,
        what: DocumentRef,
    },
    DrawPage {
        attempt: Attempt,
        pdf: Pdf,
        view: PageView,
    },
    Pay {
        attempt: Attempt,
        order: Box<Order>,
    },
    /// Payments of this person on this totem.
    FindReceipts {
        attempt: Attempt,
        who: TaxId,
    },
    /// The customer turned away from the PIX code.
    LeaveCode {
        payment: PaymentId,
    },
    /// The customer wants to give up at the pinpad.
    GiveUpCard {
        payment: PaymentId,
    },
    AnswerPrompt {
        payment: PaymentId,
        prompt: u32,
        value: String,
    },
    /// Make a code and have it brought.
    SendCode {
        attempt: Attempt,
        to: CodeFor,
    },
    CheckCode {
        attempt: Attempt,
        code: Typed,
    },
    /// Once: what nobody knows the end of is not sent again. To the registered address, and to one more.
    SendBill {
        attempt: Attempt,
        bill: BillRef,
        by: Channel,
        to: Option<Contact>,
    },
    /// Once, where it changes something.
    Serve {
        attempt: Attempt,
        customer: Customer,
        ask: Ask,
    },
    /// Once, where it changes something.
    Join {
        attempt: Attempt,
        ask: JoinAsk,
    },
    Print {
        attempt: Attempt,
        job: PrintJob,
    },
    CheckPin {
        attempt: Attempt,
        pin: Typed,
    },
    /// What the technician whose PIN this was wants done.
    Technician {
        attempt: Attempt,
        by: String,
        wish: Wish,
    },
}

impl Order {
    #[must_use]
    pub fn customer_id(&self) -> &CustomerId {
        &self.customer.id
    }
}
