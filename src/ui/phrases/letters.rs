//! What is written to a customer with a receipt or a document: the subject, some lines, and what one SMS holds.

use super::{Phrases, money, whole_date};
use crate::domain::br_code::fold;
use crate::domain::receipt::{Means, Receipt, WriteOffState};
use crate::domain::{CardKind, Money};
use crate::journey::step::DocumentTitle;

/// Letters of one SMS where none of them has an accent (GSM 03.38).
const SMS: usize = 160;
/// Of a provider's name, which gives way first, so much stays.
const NAME_LEAST: usize = 12;

/// By which method, as screens and one SMS say it.
fn method(receipt: &Receipt) -> (&'static str, &'static str) {
    match &receipt.means {
        Means::Pix { .. } => ("paid-pix", "sms-pix"),
        Means::Card(sale) => match sale.kind {
            CardKind::Debit => ("paid-debit", "sms-debit"),
            CardKind::Credit => ("paid-credit", "sms-credit"),
            CardKind::Voucher => ("paid-voucher", "sms-voucher"),
            CardKind::Wallet => ("paid-wallet", "sms-wallet"),
        },
    }
}

fn state(receipt: &Receipt) -> (&'static str, Option<&'static str>) {
    if receipt.given_back.is_some() {
        return ("letter-given-back", Some("sms-given-back"));
    }
    match receipt.write_off {
        WriteOffState::Settled => ("paid-settled", None),
        WriteOffState::Owed => ("paid-owed", Some("sms-owed")),
        WriteOffState::ByErp => ("paid-by-erp", Some("sms-by-erp")),
        WriteOffState::ByHand => ("paid-by-hand", Some("sms-by-hand")),
    }
}

fn amount(amount: Money) -> String {
    // a mail reader may break a line at any blank
    money(amount).replace('\u{a0}', " ")
}

fn came(receipt: &Receipt) -> String {
    amount(receipt.received.unwrap_or(receipt.total))
}

impl Phrases {
    /// With a receipt: a subject and the text. It names nobody.
    #[must_use]
    pub fn receipt_letter(&self, provider: &str, receipt: &Receipt) -> (String, String) {
        let name = [("provider", provider.into()), ("protocol", receipt.protocol.clone().into())];
        let subject = self.with("letter-receipt-subject", &name);
        let text = self.with(
            "letter-receipt",
            &[
                ("provider", provider.into()),
                ("protocol", receipt.protocol.clone().into()),
                ("amount", came(receipt).into()),
                ("method", self.get(method(receipt).0).into()),
                ("date", whole_date(receipt.at.date()).into()),
                ("time", receipt.at.strftime("%H:%M").to_string().into()),
                ("state", self.get(state(receipt).0).into()),
            ],
        );
        (subject, text)
    }

    /// The same in one SMS, in letters that every phone has.
    #[must_use]
    pub fn receipt_message(&self, provider: &str, receipt: &Receipt) -> String {
        let said = |provider: &str| {
            let text = self.with(
                "sms-receipt",
                &[
                    ("provider", provider.into()),
                    ("protocol", receipt.protocol.clone().into()),
                    ("amount", came(receipt).into()),
                    ("method", self.get(method(receipt).1).into()),
                    ("date", whole_date(receipt.at.date()).into()),
                ],
            );
            let more = state(receipt).1.map(|phrase| format!(" {}", self.get(phrase)));
            fold(&format!("{text}{}", more.unwrap_or_default()), usize::MAX)
        };
        let name = fold(provider, usize::MAX);
        let over = said(&name).len().saturating_sub(SMS);
        let most = name.len().saturating_sub(over).max(NAME_LEAST);
        fold(&said(&fold(&name, most)), SMS)
    }

    /// With a document of the provider's: a subject and the text.
    #[must_use]
    pub fn document_letter(&self, provider: &str, title: DocumentTitle) -> (String, String) {
        let title = self.get(match title {
            DocumentTitle::Bill => "letter-bill",
            DocumentTitle::FiscalNote => "letter-fiscal-note",
            DocumentTitle::AnnualSettlement => "letter-annual-settlement",
            DocumentTitle::Contract => "letter-contract",
        });
        let values = [("provider", provider.into()), ("document", title.into())];
        (self.with("letter-document-subject", &values), self.with("letter-document", &values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::receipt::Beneficiary;
    use crate::journey::Language;

    fn receipt(write_off: WriteOffState) -> Receipt {
        Receipt {
            beneficiary: Beneficiary::default(),
            heads: Vec::new(),
            totem: "TOTEM-01".into(),
            protocol: "261128-0001".into(),
            at: jiff::civil::date(2026, 11, 28).at(16, 20, 0, 0),
            payer: "Maria S.".into(),
            payer_tax_id: "***.***.*47-25".into(),
            items: Vec::new(),
            total: Money::from_cents(999_999_999),
            means: Means::Pix { end_to_end: None, txid: None },
            write_off,
            copy: None,
            received: None,
            given_back: None,
        }
    }

    #[test]
    fn one_sms_holds_a_receipt_in_every_language_and_of_every_provider() {
        const LONG: &str =
            "Cooperativa Sul-Mato-Grossense de Telecomunicações e Fibra Óptica dos Produtores Rurais Ltda";
        for language in Language::ALL {
            let phrases = Phrases::new(language);
            for provider in ["Provedor São José", LONG] {
                for write_off in
                    [WriteOffState::Settled, WriteOffState::Owed, WriteOffState::ByErp, WriteOffState::ByHand]
                {
                    let text = phrases.receipt_message(provider, &receipt(write_off));
                    assert!(text.len() <= SMS && text.is_ascii(), "{} letters: {text}", text.len());
                    for said in [fold(provider, 12).as_str(), "R$ 9.999.999,99", "261128-0001", "28/11/2026", "PIX"] {
                        assert!(text.contains(said), "{said} is not in: {text}");
                    }
                    assert!(!text.contains("Maria") && !text.contains("47-25") && text.ends_with('.'), "{text}");
                }
            }
            let owed = phrases.receipt_message("Net", &receipt(WriteOffState::Owed));
            assert_ne!(owed, phrases.receipt_message("Net", &receipt(WriteOffState::Settled)));
        }
    }

    #[test]
    fn a_letter_says_what_was_paid_and_that_it_is_still_owed_and_names_nobody() {
        for language in Language::ALL {
            let phrases = Phrases::new(language);
            let (subject, text) = phrases.receipt_letter("Provedor São José", &receipt(WriteOffState::Owed));
            assert!(subject.contains("Provedor São José") && subject.contains("261128-0001"), "{subject}");
            for said in ["R$ 9.999.999,99", "261128-0001", "28/11/2026", "16:20", &phrases.get("paid-owed")] {
                assert!(text.contains(said), "{said} is not in: {text}");
            }
            assert!(!text.contains("Maria") && !text.contains("47-25"), "{text}");
        }
    }
}
