//! What a site decides about the journey.

use super::intent::Language;
use super::step::Asks;
use crate::domain::joining::Joins;
use crate::domain::service::Channel;
use crate::domain::{CardKind, Hours, Money, PixAccounts};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The second factor; none means the CPF is enough.
    pub verify: Option<Asks>,
    /// What is asked while no code can be sent, where the second factor is one.
    pub otherwise: Option<Asks>,
    /// Who brings codes to customers.
    pub couriers: Couriers,
    pub offered: Offered,
    pub pix_accounts: PixAccounts,
    /// 1 means at sight only.
    pub max_instalments: u8,
    pub min_instalment: Money,
    /// The card's issuer finances instalments: it adds interest that nobody here knows, so no value is shown.
    pub issuer_instalments: bool,
    /// Bills on one page.
    pub page_size: usize,
    /// Whether a customer with several contracts chooses one first.
    pub choose_contract: bool,
    pub language: Language,
    pub times: Times,
    /// Somebody has a PIN for the technician's panel.
    pub service_pin: bool,
    /// Outside them nobody new is served; none means always.
    pub hours: Option<Hours>,
    pub join: JoinChoices,
    /// Within so many minutes a suspended service is back once its bills are paid; only the site can know.
    pub service_back_min: Option<u32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Couriers {
    pub email: bool,
    pub sms: bool,
}

/// What a site says to an ERP beside what a new customer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinChoices {
    /// Where the ERP can.
    pub offered: bool,
    /// By the ERP's own ids.
    pub reseller: Option<String>,
    pub origin: Option<String>,
}

/// The methods this totem has. What does not work just now is still shown, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    pub pix: bool,
    /// Only the ERP's own code is to be had, so one bill at a time.
    pub pix_single_bill: bool,
    /// A bank of ours may receive the PIX: the bill is then written off by us.
    pub pix_is_ours: bool,
    pub debit: bool,
    pub credit: bool,
    pub voucher: bool,
    pub wallet: bool,
    pub boleto: bool,
}

impl Offered {
    pub(super) fn card(&self, kind: CardKind) -> bool {
        match kind {
            CardKind::Debit => self.debit,
            CardKind::Credit => self.credit,
            CardKind::Voucher => self.voucher,
            CardKind::Wallet => self.wallet,
        }
    }

    pub(super) fn has_card(&self) -> bool {
        CardKind::ALL.into_iter().any(|kind| self.card(kind))
    }
}

/// The ways to a customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways {
    pub email: bool,
    pub sms: bool,
    /// To the provider's app on the customer's phone.
    pub push: bool,
}

impl Ways {
    /// The one that says most comes first.
    pub(super) fn there(self) -> impl Iterator<Item = Channel> {
        let ways = [(self.email, Channel::Email), (self.sms, Channel::Sms), (self.push, Channel::Push)];
        ways.into_iter().filter(|(there, _)| *there).map(|(_, way)| way)
    }
}

/// What the provider's system can do, as far as a customer meets it. Everything, until it is known better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    pub boleto: bool,
    /// The code that the provider's own bank settles.
    pub pix_code: bool,
    /// What is paid here can be written off there.
    pub write_off: bool,
    /// It sends a bill to what it knows of the customer, these ways.
    pub sends: Ways,
    /// And to one address more, this way.
    pub sends_elsewhere: Couriers,
    /// It has its bills as PDF files.
    pub bill_pdf: bool,
    pub serves: Serves,
    /// How somebody becomes a customer, and how a customer gets another product.
    pub joins: Option<Joins>,
    pub orders: Option<Joins>,
}

/// What it does beside bills. Nothing, until it says so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Serves {
    /// It tells what it holds against a customer.
    pub pendency: bool,
    pub unlock: bool,
    pub tickets: bool,
    pub open_ticket: bool,
    pub ticket_kinds: bool,
    pub paid_bills: bool,
    pub fiscal_notes: bool,
    /// A note's file can be had and drawn.
    pub note_pdf: bool,
    pub annual_settlements: bool,
    /// A settlement's file can be had and drawn.
    pub settlement_pdf: bool,
    /// The same of a contract.
    pub contract_pdf: bool,
    /// It finds the bill of a scanned code with no CPF.
    pub bill_by_code: bool,
    pub changing: Changing,
}

/// What it lets a customer change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changing {
    pub due_day: bool,
    pub contacts: bool,
    /// A person there looks at a changed contact before it is in force.
    pub contacts_are_requests: bool,
    /// It tells the contacts that it has.
    pub shows_contacts: bool,
    pub notifications: bool,
    pub digital_invoice: bool,
    pub negotiation: bool,
    pub visits: bool,
    pub move_visit: bool,
    pub cancel_visit: bool,
    pub rate_visit: bool,
    pub pause: bool,
    pub app_password: bool,
    /// What was read can be accepted.
    pub accepts_contract: bool,
    /// Name and address, put right.
    pub profile: bool,
}

impl Default for Abilities {
    fn default() -> Self {
        Abilities {
            boleto: true,
            pix_code: true,
            write_off: true,
            sends: Ways::default(),
            sends_elsewhere: Couriers::default(),
            bill_pdf: false,
            serves: Serves::default(),
            joins: None,
            orders: None,
        }
    }
}

impl Offered {
    /// The methods that are left with an ERP that can do no more than this: no money is asked for that could not be
    /// written off, and no paper promised that is not to be had.
    #[must_use]
    pub fn with(self, abilities: Abilities) -> Offered {
        let ours = if self.pix_is_ours { abilities.write_off } else { !self.pix_single_bill };
        let pix = ours || abilities.pix_code;
        Offered {
            pix: self.pix && pix,
            debit: self.debit && abilities.write_off,
            credit: self.credit && abilities.write_off,
            voucher: self.voucher && abilities.write_off,
            wallet: self.wallet && abilities.write_off,
            boleto: self.boleto && abilities.boleto,
            ..self
        }
    }

    #[must_use]
    pub fn is_nothing(self) -> bool {
        !(self.pix || self.has_card() || self.boleto)
    }
}

/// Patience, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// Without a touch, before `still_there`.
    pub warn_s: u32,
    /// `still_there`, before everything is dropped.
    pub grace_s: u32,
    /// `paid` and `undone`.
    pub end_s: u32,
    /// A PIX code that never ends by itself.
    pub pix_s: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            verify: Some(Asks::BirthDayMonth),
            otherwise: None,
            couriers: Couriers::default(),
            offered: Offered {
                pix: true,
                pix_single_bill: true,
                pix_is_ours: false,
                debit: true,
                credit: true,
                voucher: false,
                wallet: false,
                boleto: true,
            },
            pix_accounts: PixAccounts::default(),
            max_instalments: 1,
            min_instalment: Money::from_cents(1_000),
            issuer_instalments: false,
            page_size: 5,
            choose_contract: false,
            language: Language::PtBr,
            times: Times { warn_s: 45, grace_s: 20, end_s: 20, pix_s: 300 },
            service_pin: false,
            hours: None,
            join: JoinChoices { offered: true, reseller: None, origin: None },
            service_back_min: None,
        }
    }
}
