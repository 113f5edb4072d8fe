//! What a site decides about the journey.

use super::intent::Language;
use super::step::Asks;
use crate::domain::{CardKind, Money};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The second factor; none means the CPF is enough.
    pub verify: Option<Asks>,
    pub offered: Offered,
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
}

/// The methods this totem has. What does not work just now is still shown, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offered {
    pub pix: bool,
    /// Only the ERP's own code is to be had, so one bill at a time.
    pub pix_single_bill: bool,
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
            offered: Offered {
                pix: true,
                pix_single_bill: true,
                debit: true,
                credit: true,
                voucher: false,
                wallet: false,
                boleto: true,
            },
            max_instalments: 1,
            min_instalment: Money::from_cents(1_000),
            issuer_instalments: false,
            page_size: 5,
            choose_contract: false,
            language: Language::PtBr,
            times: Times { warn_s: 45, grace_s: 20, end_s: 20, pix_s: 300 },
        }
    }
}
