//! The words of the trade: who owes, what is owed, and the codes that are printed on it.
//!
//! Values only. Nothing here knows a vendor, a screen, a clock or a file.

pub mod asked;
pub mod boleto;
pub mod br_code;
pub mod calendar;
pub mod card;
pub mod changes;
pub mod customer;
pub mod desk;
pub mod document;
pub mod hours;
pub mod id;
pub mod invoice;
pub mod joining;
pub mod money;
pub mod pix;
pub mod prompt;
pub mod receipt;
pub mod scanned;
pub mod service;
pub mod tax_id;
pub mod typed;
pub mod write_off;

pub use boleto::Boleto;
pub use br_code::BrCode;
pub use card::{CardKind, CardSale};
pub use customer::{Account, Contract, ContractStatus, Customer, Factors};
pub use desk::{DeskFact, Note, TryOutcome};
pub use document::{DocumentRef, PageImage, PageView, Pdf};
pub use hours::Hours;
pub use id::{BillRef, ContractId, CustomerId, InvoiceId, PaymentId};
pub use invoice::{Charge, Invoice, InvoiceState, ReceiptHeads};
pub use money::Money;
pub use pix::{ConfirmedBy, PixAccount, PixAccounts, PixBack, PixCharge, PixReceipt};
pub use prompt::{Prompt, PromptKind, PromptOption};
pub use receipt::Receipt;
pub use scanned::Scanned;
pub use tax_id::TaxId;
pub use typed::Typed;
pub use write_off::WriteOffOutcome;
