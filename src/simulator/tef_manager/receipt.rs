//! The receipts of the stand-in's network: at most 40 columns, in ASCII unless accents are ordered.

use super::book::{Kind, Transaction};

pub const COLUMNS: usize = 40;

/// What the simulated customer has in the wallet. Never more of the number than its last four digits.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    pub brand: &'static str,
    pub last_four: &'static str,
}

impl Card {
    pub fn for_kind(kind: Kind) -> Self {
        match kind {
            Kind::Credit | Kind::Cancellation => Card { brand: "VISA", last_four: "1234" },
            Kind::Debit => Card { brand: "ELO", last_four: "5678" },
            Kind::Wallet => Card { brand: "CARTEIRA", last_four: "3456" },
            Kind::Voucher => Card { brand: "ALELO", last_four: "9012" },
        }
    }

    pub fn masked(self) -> String {
        format!("************{}", self.last_four)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copy {
    Customer,
    Merchant,
}

pub struct Paper<'a> {
    pub transaction: &'a Transaction,
    pub company: &'a str,
    pub accents: bool,
    /// Cut or padded to so many lines; 0 for no receipt.
    pub lines: Option<u16>,
}

impl Paper<'_> {
    pub fn copy(&self, copy: Copy) -> Vec<String> {
        let Transaction { network, nsu, authorisation, coupon, amount_cents, instalments, .. } = self.transaction;
        let card = Card::for_kind(self.transaction.kind);
        let mut lines = vec![
            centred(network),
            centred(self.product()),
            centred(match copy {
                Copy::Customer => "VIA DO CLIENTE",
                Copy::Merchant => "VIA DO ESTABELECIMENTO",
            }),
            String::new(),
            self.company.to_owned(),
            format!("{} {}", card.brand, card.masked()),
            between(&format!("NSU {nsu}"), &format!("AUT {authorisation}")),
            between(&self.date(), &format!("CUPOM {coupon}")),
        ];
        if *instalments > 1 {
            lines.push(format!("EM {instalments} PARCELAS"));
        }
        lines.push(between("VALOR", &reais(*amount_cents)));
        lines.push(String::new());
        lines.push(centred("AUTORIZADA MEDIANTE SENHA PESSOAL"));
        if let Some(count) = self.lines {
            let count = usize::from(count);
            let next = lines.len() + 1;
            lines.extend((next..=count).map(|line| format!("LINHA {line:03}")));
            lines.truncate(count);
        }
        lines.into_iter().map(|line| self.printable(&line)).collect()
    }

    fn product(&self) -> &'static str {
        match (self.transaction.kind, self.transaction.instalments) {
            (Kind::Cancellation, _) => "CANCELAMENTO DE CARTÃO",
            (Kind::Credit, 0 | 1) => "CRÉDITO À VISTA",
            (Kind::Credit, _) => "CRÉDITO PARCELADO",
            (Kind::Debit, _) => "DÉBITO À VISTA",
            (Kind::Voucher, _) => "CARTÃO ALIMENTAÇÃO",
            (Kind::Wallet, _) => "CARTEIRA DIGITAL",
        }
    }

    fn date(&self) -> String {
        let part = |text: &str, separator: &str, at: [usize; 2]| {
            let (first, rest) = text.split_at_checked(at[0]).unwrap_or((text, ""));
            let (second, third) = rest.split_at_checked(at[1]).unwrap_or((rest, ""));
            [first, second, third].join(separator)
        };
        let Transaction { receipt_date, receipt_time, .. } = self.transaction;
        format!("{} {}", part(receipt_date, "/", [2, 2]), part(receipt_time, ":", [2, 2]))
    }

    fn printable(&self, line: &str) -> String {
        let line = line.chars().take(COLUMNS);
        if self.accents { line.collect() } else { line.map(without_accent).collect() }
    }
}

fn centred(text: &str) -> String {
    let left = COLUMNS.saturating_sub(text.chars().count()) / 2;
    format!("{}{text}", " ".repeat(left))
}

fn between(left: &str, right: &str) -> String {
    let gap = COLUMNS.saturating_sub(left.chars().count() + right.chars().count()).max(1);
    format!("{left}{}{right}", " ".repeat(gap))
}

fn reais(cents: u64) -> String {
    format!("R$ {},{:02}", cents / 100, cents % 100)
}

fn without_accent(c: char) -> char {
    match c {
        'À' | 'Ã' => 'A',
        'É' => 'E',
        'Ç' => 'C',
        other => other,
    }
}
