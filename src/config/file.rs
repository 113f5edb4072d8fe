//! The shape of the file, and what no shape can check.

use std::path::PathBuf;

use serde::Deserialize;

use super::{
    Advanced, BrandChoice, CourierTable, ErpChoice, JoinTable, JournalChoices, PaymentChoices, PixChoices, Prefer,
};
use crate::domain::receipt::Beneficiary;
use crate::domain::{Money, TaxId};
use crate::erp::{self, site_table::Method as ErpMethod};
use crate::fleet;
use crate::journey::step::Asks;
use crate::journey::{self, Language, Offered, Times};
use crate::payment::{CardDriver, WriteOffBy};
use crate::printer;
use crate::reader;
use crate::technician;
use crate::tef::{InstalmentsBy, clisitef, file_exchange};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub totem: Totem,
    pub beneficiary: Beneficiary,
    #[serde(default)]
    pub screen: Screen,
    #[serde(default)]
    pub brand: BrandChoice,
    #[serde(default)]
    pub journey: JourneyChoices,
    #[serde(default)]
    pub payment: PaymentChoices,
    pub erp: ErpChoice,
    #[serde(default)]
    pub pix: PixChoices,
    #[serde(default)]
    pub tef: TefChoice,
    #[serde(default)]
    pub printer: Option<printer::Settings>,
    #[serde(default)]
    pub reader: reader::Settings,
    #[serde(default)]
    pub journal: JournalChoices,
    #[serde(default)]
    pub fleet: fleet::Settings,
    #[serde(default)]
    pub technician: technician::Settings,
    #[serde(default)]
    pub join: JoinTable,
    #[serde(default)]
    pub courier: CourierTable,
    #[serde(default)]
    pub advanced: Advanced,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totem {
    /// Printed on every receipt.
    pub name: String,
    /// The journal lives here, and nothing else may write to it.
    #[serde(default = "default_state")]
    pub state: PathBuf,
    #[serde(default)]
    pub language: Language,
}

pub(super) fn default_state() -> PathBuf {
    PathBuf::from("/var/lib/totem")
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
    pub fullscreen: bool,
    /// Of the window, in pixels, where it is not fullscreen.
    pub width: u32,
    pub height: u32,
    /// Above the keypad.
    pub brand: String,
}

impl Default for Screen {
    fn default() -> Self {
        Screen { fullscreen: true, width: 1080, height: 1920, brand: String::new() }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verify {
    None,
    BirthDayMonth,
    PhoneLast4,
    CodeSms,
    CodeEmail,
}

impl Verify {
    #[must_use]
    pub fn is_code(self) -> bool {
        matches!(self, Verify::CodeSms | Verify::CodeEmail)
    }

    fn asks(self) -> Option<Asks> {
        match self {
            Verify::None => None,
            Verify::BirthDayMonth => Some(Asks::BirthDayMonth),
            Verify::PhoneLast4 => Some(Asks::PhoneLast4),
            Verify::CodeSms => Some(Asks::CodeSms),
            Verify::CodeEmail => Some(Asks::CodeEmail),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodName {
    Pix,
    Debit,
    Credit,
    Voucher,
    Wallet,
    Boleto,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JourneyChoices {
    pub verify: Verify,
    /// Where a code cannot be sent.
    pub verify_otherwise: Option<Verify>,
    pub methods: Vec<MethodName>,
    pub max_instalments: u8,
    /// In cents.
    pub min_instalment_cents: u64,
    pub bills_per_page: usize,
    pub choose_contract: bool,
    pub warn_after_s: u32,
    pub leave_after_s: u32,
    pub end_after_s: u32,
    pub pix_on_screen_s: u32,
}

impl Default for JourneyChoices {
    fn default() -> Self {
        let usual = journey::Settings::default();
        JourneyChoices {
            verify: Verify::BirthDayMonth,
            verify_otherwise: None,
            methods: vec![MethodName::Pix, MethodName::Debit, MethodName::Credit, MethodName::Boleto],
            max_instalments: usual.max_instalments,
            min_instalment_cents: usual.min_instalment.cents(),
            bills_per_page: usual.page_size,
            choose_contract: usual.choose_contract,
            warn_after_s: usual.times.warn_s,
            leave_after_s: usual.times.grace_s,
            end_after_s: usual.times.end_s,
            pix_on_screen_s: usual.times.pix_s,
        }
    }
}

/// At most one driver.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TefChoice {
    pub file_exchange: Option<file_exchange::Settings>,
    pub clisitef: Option<clisitef::Settings>,
    pub merchant_copy: MerchantCopy,
}

/// What becomes of the merchant's copy of a card receipt. The journal holds it either way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MerchantCopy {
    #[default]
    Store,
    /// On a paper of its own, once the sale is confirmed.
    Print,
}

impl TefChoice {
    /// As the table of print failures calls it.
    #[must_use]
    pub fn driver(&self) -> Option<CardDriver> {
        let by_files = self.file_exchange.as_ref().map(|tef| match tef.dialect {
            file_exchange::DialectName::Paygo => CardDriver::Paygo,
            file_exchange::DialectName::TefDial => CardDriver::TefDial,
            file_exchange::DialectName::ClienteSitef => CardDriver::ClienteSitef,
            file_exchange::DialectName::Elgin => CardDriver::Elgin,
        });
        by_files.or(self.clisitef.as_ref().map(|_| CardDriver::CliSitef))
    }

    #[must_use]
    pub fn is_there(&self) -> bool {
        self.file_exchange.is_some() || self.clisitef.is_some()
    }
}

impl Config {
    pub(super) fn offers(&self, method: MethodName) -> bool {
        self.journey.methods.contains(&method)
    }

    /// What the journey is told of these choices.
    #[must_use]
    pub fn journey_settings(&self) -> journey::Settings {
        let choices = &self.journey;
        journey::Settings {
            verify: choices.verify.asks(),
            otherwise: choices.verify_otherwise.and_then(Verify::asks),
            couriers: self.courier.there(),
            letters: self.courier.letters(),
            offered: Offered {
                pix: self.offers(MethodName::Pix),
                // the ERP's code is for one bill; a code of ours is for any sum
                pix_single_bill: self.pix.static_key.is_none() && !self.pix.has_bank(),
                debit: self.offers(MethodName::Debit),
                credit: self.offers(MethodName::Credit),
                voucher: self.offers(MethodName::Voucher),
                pix_is_ours: self.pix.has_bank(),
                wallet: self.offers(MethodName::Wallet),
                boleto: self.offers(MethodName::Boleto),
            },
            pix_accounts: self.pix.by_identifier.clone(),
            max_instalments: choices.max_instalments,
            min_instalment: Money::from_cents(choices.min_instalment_cents),
            issuer_instalments: {
                let by_file = self.tef.file_exchange.as_ref().map(|tef| tef.instalments_by);
                let by_library = self.tef.clisitef.as_ref().map(|tef| tef.instalments_by);
                by_file.or(by_library) == Some(InstalmentsBy::Issuer)
            },
            page_size: choices.bills_per_page,
            choose_contract: choices.choose_contract,
            language: self.totem.language,
            times: Times {
                warn_s: choices.warn_after_s,
                grace_s: choices.leave_after_s,
                end_s: choices.end_after_s,
                pix_s: choices.pix_on_screen_s,
            },
            service_pin: self.technician.pin.is_some(),
            hours: self.worn().hours,
            join: self.join.choices(),
            service_back_min: self.payment.service_back_min,
        }
    }

    /// What is wrong with an ERP that is told, not coded: where in this file, or at its table, and a sentence.
    pub(super) fn mistakes_of_definition(&self) -> Vec<erp::configured::Mistake> {
        self.erp.configured.as_ref().map(erp::configured::mistakes).unwrap_or_default()
    }

    /// What is wrong although every part of it is well formed: the key and a sentence.
    pub(super) fn mistakes(&self) -> Vec<(&'static str, String)> {
        let mut mistakes = Vec::new();
        let mut wrong = |is: bool, key: &'static str, message: &str| {
            if is {
                mistakes.push((key, message.to_owned()));
            }
        };
        let card_methods = [MethodName::Debit, MethodName::Credit, MethodName::Voucher, MethodName::Wallet];
        let cards = card_methods.into_iter().any(|method| self.offers(method));
        wrong(self.totem.name.trim().is_empty(), "totem.name", "o totem precisa de um nome: ele sai em cada recibo");
        wrong(
            TaxId::parse(&self.beneficiary.tax_id).is_err(),
            "beneficiary.tax_id",
            "não é um CNPJ (ou CPF) válido: confira os dígitos",
        );
        wrong(self.journey.methods.is_empty(), "journey.methods", "nenhuma forma de pagamento: informe pelo menos uma");
        wrong(
            !(1..=12).contains(&self.journey.max_instalments),
            "journey.max_instalments",
            "deve ficar entre 1 (à vista) e 12",
        );
        wrong(!(1..=8).contains(&self.journey.bills_per_page), "journey.bills_per_page", "deve ficar entre 1 e 8");
        wrong(self.journey.warn_after_s < 10, "journey.warn_after_s", "menos de 10 s não dá tempo de ler a tela");
        wrong(
            self.screen.width < 480 || self.screen.height < 480,
            "screen.width",
            "a janela deve ter pelo menos 480 pontos de lado",
        );
        wrong(
            !self.brand.has_a_zone(),
            "brand.zone",
            "não é um fuso horário: escreva um como \"America/Sao_Paulo\", \"America/Manaus\" ou \"America/Fortaleza\"",
        );
        wrong(
            cards && self.tef.file_exchange.is_none() && self.tef.clisitef.is_none(),
            "journey.methods",
            "cartão e carteira precisam da tabela [tef.file_exchange] ou [tef.clisitef]",
        );
        wrong(
            self.tef.file_exchange.is_some() && self.tef.clisitef.is_some(),
            "tef.clisitef",
            "só um TEF de cada vez: fique com [tef.file_exchange] ou com [tef.clisitef]",
        );
        wrong(
            self.offers(MethodName::Wallet) && self.offers(MethodName::Pix),
            "journey.methods",
            "\"wallet\" e \"pix\" juntos mostrariam dois códigos para a mesma conta: fique com um",
        );
        wrong(
            cards && self.printer.is_none(),
            "journey.methods",
            "cartão e carteira precisam da tabela [printer]: sem comprovante não há venda",
        );
        wrong(
            self.offers(MethodName::Pix) && !self.pix.erp_code && !self.pix.has_bank() && self.pix.static_key.is_none(),
            "journey.methods",
            "\"pix\" precisa de pix.erp_code = true ou de uma das tabelas [[pix.bank]], [pix.mercado_pago] e \
             [pix.static_key]",
        );
        wrong(
            self.pix.prefer == Prefer::Bank && !self.pix.has_bank(),
            "pix.prefer",
            "\"bank\" precisa da tabela [[pix.bank]] ou [pix.mercado_pago]",
        );
        let classic = self.tef.file_exchange.as_ref().filter(|tef| tef.dialect != file_exchange::DialectName::Paygo);
        wrong(
            self.offers(MethodName::Wallet) && classic.is_some(),
            "journey.methods",
            "\"wallet\" só existe no dialeto \"paygo\": os outros não têm como pedir uma carteira",
        );
        wrong(
            classic.is_some_and(|tef| tef.instalments_by == InstalmentsBy::Issuer),
            "tef.file_exchange.instalments_by",
            "só o dialeto \"paygo\" diz quem financia as parcelas: nos outros isso se escolhe no pinpad",
        );
        wrong(
            self.journal.keep_months > 600,
            "journal.keep_months",
            "deve ficar entre 1 e 600 meses, ou 0 para guardar sempre",
        );
        let chosen = self.erp.chosen();
        wrong(chosen.is_empty(), "erp", "falta o ERP: escreva uma tabela, como [erp.webservice_cliente]");
        wrong(chosen.len() > 1, "erp", &format!("só um ERP de cada vez, e há {}: {}", chosen.len(), chosen.join(", ")));
        let by = self.payment.write_off;
        wrong(
            by == WriteOffBy::Erp && cards,
            "journey.methods",
            "com payment.write_off = \"erp\" ninguém dá baixa em cartão: tire \"debit\" e \"credit\"",
        );
        wrong(
            by == WriteOffBy::Erp && (self.pix.has_bank() || self.pix.static_key.is_some()),
            "payment.write_off",
            "\"erp\" mostra só o PIX do ERP: tire [[pix.bank]], [pix.mercado_pago] e [pix.static_key]",
        );
        let (rows, covered) = self.erp.covered();
        for (offered, row, name) in [
            (MethodName::Debit, ErpMethod::Debit, "debit"),
            (MethodName::Credit, ErpMethod::Credit, "credit"),
            (MethodName::Voucher, ErpMethod::Voucher, "voucher"),
            (MethodName::Wallet, ErpMethod::Wallet, "wallet"),
        ] {
            wrong(
                by == WriteOffBy::Api && self.offers(offered) && !covered.contains_key(&row),
                "journey.methods",
                &format!(
                    "\"{name}\" está na tela e não tem linha de baixa: acrescente [[{rows}]] com method = \"{name}\""
                ),
            );
        }
        wrong(
            by == WriteOffBy::Api
                && self.offers(MethodName::Pix)
                && self.pix.has_bank()
                && !covered.contains_key(&ErpMethod::Pix),
            "journey.methods",
            &format!("o banco recebe o PIX e o totem dá a baixa: acrescente [[{rows}]] com method = \"pix\""),
        );
        if let Err(error) = self.fleet.check() {
            mistakes.push((error.key(), error.to_string()));
        }
        for (key, message) in self.tef.clisitef.iter().flat_map(clisitef::Settings::mistakes) {
            mistakes.push((key, message.to_owned()));
        }
        mistakes.extend(self.printer.iter().flat_map(printer::Settings::mistakes));
        mistakes.extend(self.payment.mistakes());
        mistakes.extend(self.join.mistake());
        mistakes.extend(self.mistakes_of_couriers());
        if !(30..=600).contains(&self.advanced.pix_looks_per_minute) {
            mistakes
                .push(("advanced.pix_looks_per_minute", "deve ficar entre 30 e 600 consultas por minuto".to_owned()));
        }
        for key in self.advanced.mistaken() {
            mistakes.push((key, "cada espera deve ficar entre 0,05 s e um dia (86400)".to_owned()));
        }
        let names = self.pix.names();
        for provider in self.pix.by_identifier.providers().filter(|provider| !names.contains(provider)) {
            let message = format!("\"{provider}\" não é o nome de um provedor de PIX daqui; há: {}", names.join(", "));
            mistakes.push(("pix.by_identifier", message));
        }
        mistakes
    }
}
