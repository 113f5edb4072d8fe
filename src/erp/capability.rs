//! What an ERP may be asked, by name, and what is known of its doing it.

/// One thing that a clerk may ask. The menu shows what the driver supports, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Customer, contracts and open bills by CPF or CNPJ.
    Account,
    /// Day and month of birth, or a registered phone, to compare with what the customer types.
    Factors,
    /// One bill read again: open, paid, or gone.
    Invoice,
    Boleto,
    PixCode,
    Pdf,
    WriteOff,
    PaidBills,
    Contacts,
    /// What the provider holds against a customer, in words.
    Pendency,
    TrustUnlock,
    FiscalNotes,
    FiscalNotePdf,
    AnnualSettlements,
    AnnualSettlementPdf,
    OpenTicket,
    Tickets,
    SendByEmail,
    SendBySms,
    SendByPush,
    ChangeContacts,
    Products,
    Resellers,
    DueDays,
    Origins,
    TicketKinds,
    Departments,
    Cities,
    Prospect,
    Lead,
    /// An order of somebody who is not a customer yet, and of one who is.
    Order,
    OrderForCustomer,
    /// What an ERP lets a partner do to a contract.
    ActivateContract,
    DeactivateContract,
    SuspendContract,
    CancelContract,
    RemoveCustomer,
    /// What is counted and billed by use.
    Consumption,
    AddConsumption,
    AlterConsumption,
    RemoveConsumption,
    /// The accounts, methods and brands that write-offs go to, and other ids that a site has to know.
    Lookups,
    /// The customer and the bill of a scanned boleto or PIX code, with no CPF.
    BillByCode,
    ChangeDueDay,
    /// What the provider writes to the customer, on or off.
    Notifications,
    DigitalInvoice,
    /// Overdue bills become new ones, on the ERP's terms.
    Negotiation,
    Visits,
    MoveVisit,
    CancelVisit,
    RateVisit,
    /// A contract rests for a while, on the customer's own word.
    PauseContract,
    /// A new password for the app, sent to the registered phone.
    ResetAppPassword,
    /// The contract as a PDF file, and its acceptance.
    ContractPdf,
    AcceptContract,
    /// A name or an address put right.
    CorrectProfile,
}

impl Capability {
    pub const ALL: [Capability; 56] = [
        Capability::Account,
        Capability::Factors,
        Capability::Invoice,
        Capability::Boleto,
        Capability::PixCode,
        Capability::Pdf,
        Capability::WriteOff,
        Capability::PaidBills,
        Capability::Contacts,
        Capability::Pendency,
        Capability::TrustUnlock,
        Capability::FiscalNotes,
        Capability::FiscalNotePdf,
        Capability::AnnualSettlements,
        Capability::AnnualSettlementPdf,
        Capability::OpenTicket,
        Capability::Tickets,
        Capability::SendByEmail,
        Capability::SendBySms,
        Capability::SendByPush,
        Capability::ChangeContacts,
        Capability::Products,
        Capability::Resellers,
        Capability::DueDays,
        Capability::Origins,
        Capability::TicketKinds,
        Capability::Departments,
        Capability::Cities,
        Capability::Prospect,
        Capability::Lead,
        Capability::Order,
        Capability::OrderForCustomer,
        Capability::ActivateContract,
        Capability::DeactivateContract,
        Capability::SuspendContract,
        Capability::CancelContract,
        Capability::RemoveCustomer,
        Capability::Consumption,
        Capability::AddConsumption,
        Capability::AlterConsumption,
        Capability::RemoveConsumption,
        Capability::Lookups,
        Capability::BillByCode,
        Capability::ChangeDueDay,
        Capability::Notifications,
        Capability::DigitalInvoice,
        Capability::Negotiation,
        Capability::Visits,
        Capability::MoveVisit,
        Capability::CancelVisit,
        Capability::RateVisit,
        Capability::PauseContract,
        Capability::ResetAppPassword,
        Capability::ContractPdf,
        Capability::AcceptContract,
        Capability::CorrectProfile,
    ];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    Yes,
    No,
    /// Only with the subscriber's own password, which a totem asks for only where the site turns that on.
    NeedsCustomerPassword,
    /// Built from a second-hand source and never seen to work.
    Unverified,
}

impl Support {
    /// Whether a totem offers it. A driver that is told to ask for the subscriber's own password says `Yes` to what it then
    /// asks it for.
    #[must_use]
    pub fn is_usable(self) -> bool {
        matches!(self, Support::Yes | Support::Unverified)
    }
}
