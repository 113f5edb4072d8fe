//! What becomes of a request that has a response: approved, denied, given up by the customer.

use std::io;

use jiff::Zoned;
use jiff::tz::TimeZone;

use super::book::{Book, Breach, Kind, State, Transaction, now};
use super::orders::Misbehaviour;
use super::receipt::{Card, Copy, Paper};
use super::rules::Command;
use super::wire::{Answer, Request};

const BANDEIRA: (u16, u16) = (10, 3);

/// The manager at the moment of a decision.
pub struct Counter<'a> {
    pub book: &'a mut Book,
    pub orders: &'a Misbehaviour,
    pub network: &'a str,
}

impl Counter<'_> {
    /// The response to a CRT, CNC or ADM whose fields are in order. What it approves is in the book when this returns.
    pub fn answer(&mut self, command: Command, request: &Request) -> io::Result<Answer> {
        if let Some(decline) = &self.orders.decline {
            return self.deny(request, &decline.code, &decline.message);
        }
        if self.orders.customer_cancels {
            self.book.answered(|answers| answers.cancelled += 1)?;
            return Ok(echo(request).with(9, "FF").with(30, "OPERACAO CANCELADA").with(31, "OPERACAO CANCELADA"));
        }
        match command {
            Command::Crt => self.sell(request),
            Command::Cnc => self.cancel(request),
            _ => self.reprint(request),
        }
    }

    /// The sale that is refused because another transaction waits for CNF or NCN: the answer names that one.
    pub fn refuse_while_pending(&mut self, request: &Request) -> io::Result<Option<Answer>> {
        let Some(open) = self.book.open_transaction() else { return Ok(None) };
        let answer = echo(request)
            .with(9, "P4")
            .with(10, &open.network)
            .with(12, &open.nsu)
            .with(27, &open.finalization)
            .with(30, "TRANSACAO PENDENTE");
        let what = format!("transaction {} is still open", open.nsu);
        self.book.complain(Breach::SaleWhilePending, request.text(0), request.text(1), what)?;
        self.book.answered(|answers| answers.pending += 1)?;
        Ok(Some(answer))
    }

    pub fn deny(&mut self, request: &Request, code: &str, message: &str) -> io::Result<Answer> {
        self.book.answered(|answers| answers.denied += 1)?;
        Ok(echo(request).with(9, code).with(30, message).with(31, message))
    }

    fn sell(&mut self, request: &Request) -> io::Result<Answer> {
        let mode = request.get(749).unwrap_or("1");
        if !matches!(mode, "1" | "8") {
            return self.deny(request, "P6", "FORMA DE PAGAMENTO NAO DISPONIVEL");
        }
        if self.book.is_request_known(request.text(1)) {
            let what = "001-000 is that of an earlier sale";
            self.book.complain(Breach::RepeatedIdentifier, request.text(0), request.text(1), what)?;
        }
        let kind = match (mode, request.text(731)) {
            ("8", _) => Kind::Wallet,
            (_, "2") => Kind::Debit,
            (_, "3") => Kind::Voucher,
            _ => Kind::Credit,
        };
        let instalments = request.get(18).and_then(|count| count.parse().ok()).unwrap_or(1);
        self.approve(request, kind, instalments, None)
    }

    /// The only thing on this manager's menu: the last receipt once more.
    fn reprint(&mut self, request: &Request) -> io::Result<Answer> {
        let Some(last) = self.book.last().cloned() else {
            return self.deny(request, "P9", "NENHUMA TRANSACAO");
        };
        let answer = echo(request).with(9, "0").with(30, "REIMPRESSAO").with(729, "1");
        Ok(self.with_receipts(answer, request, &last))
    }

    fn cancel(&mut self, request: &Request) -> io::Result<Answer> {
        let original = self.book.find(|sale| {
            sale.kind != Kind::Cancellation
                && sale.state == State::Confirmed
                && sale.network == request.text(10)
                && sale.nsu == request.text(12)
                && sale.amount_cents.to_string() == request.text(3)
                && sale.receipt_date == request.text(22)
        });
        let Some(nsu) = original.map(|sale| sale.nsu.clone()) else {
            return self.deny(request, "P7", "TRANSACAO NAO ENCONTRADA");
        };
        let cancelled = |other: &Transaction| other.cancels.as_deref() == Some(&nsu) && other.state != State::Undone;
        if self.book.find(cancelled).is_some() {
            return self.deny(request, "P8", "TRANSACAO JA CANCELADA");
        }
        self.approve(request, Kind::Cancellation, 1, Some(nsu))
    }

    fn approve(
        &mut self,
        request: &Request,
        kind: Kind,
        instalments: u32,
        cancels: Option<String>,
    ) -> io::Result<Answer> {
        let asked_cents = request.text(3).parse().unwrap_or(0);
        let has_receipt = self.orders.receipt_lines != Some(0);
        let needs_confirmation = match self.orders.needs_confirm {
            None | Some(Some(1)) => true,
            Some(Some(_)) => false,
            Some(None) => has_receipt,
        };
        let local = Zoned::now().with_time_zone(sao_paulo());
        let transaction = Transaction {
            request: request.text(1).to_owned(),
            network: self.network.to_owned(),
            nsu: self.book.next_nsu(),
            authorisation: random_hex()?.chars().take(6).collect(),
            finalization: self.new_finalization()?,
            coupon: request.text(2).to_owned(),
            asked_cents,
            amount_cents: self.orders.amount_override_cents.unwrap_or(asked_cents),
            kind,
            instalments,
            needs_confirmation,
            state: if needs_confirmation { State::Open } else { State::Confirmed },
            confirms: 0,
            undos: 0,
            opened_at: now(),
            settled_at: (!needs_confirmation).then(now),
            receipt_date: local.strftime("%d%m%Y").to_string(),
            receipt_time: local.strftime("%H%M%S").to_string(),
            cancels,
        };
        self.book.enter(transaction.clone())?;
        Ok(self.approval(request, &transaction))
    }

    fn approval(&self, request: &Request, transaction: &Transaction) -> Answer {
        let card = Card::for_kind(transaction.kind);
        let moment = format!("{}{}", transaction.receipt_date.get(..4).unwrap_or_default(), transaction.receipt_time);
        let mut answer = echo(request)
            .with(3, transaction.amount_cents.to_string())
            .with(4, "0")
            .with(9, "0")
            .with(10, &transaction.network)
            .with_key(BANDEIRA, card.brand)
            .with(11, product_code(transaction.kind, request.text(732)))
            .with(12, &transaction.nsu)
            .with(13, &transaction.authorisation)
            .with(15, &moment)
            .with(16, &moment);
        if transaction.instalments > 1 {
            let by_issuer = request.text(732) == "2";
            answer = answer.with(17, if by_issuer { "1" } else { "0" }).with(18, transaction.instalments.to_string());
        }
        answer = answer.with(22, &transaction.receipt_date).with(23, &transaction.receipt_time);
        if let Some(nsu) = &transaction.cancels {
            answer = answer.with(25, nsu);
        }
        answer = answer.with(27, &transaction.finalization).with(30, "AUTORIZADA").with(31, "TRANSACAO AUTORIZADA");
        answer = self.with_receipts(answer, request, transaction);
        if let Some(said) = self.orders.needs_confirm.unwrap_or(Some(1)) {
            answer = answer.with(729, if said == 1 { "2" } else { "1" });
        }
        answer = answer.with(737, "3").with(740, card.masked()).with(748, card.brand);
        if self.orders.leak_pan {
            answer = answer
                .with(741, "MARIA APARECIDA DA SILVA")
                .with(747, "1230")
                .with(650, "4111111111111111")
                .with(651, "4111111111111111=30122011234512345678");
        }
        answer
    }

    /// Two copies when the request says, by capability 8 of 706, that it can tell them apart; else one.
    fn with_receipts(&self, answer: Answer, request: &Request, transaction: &Transaction) -> Answer {
        let paper = Paper {
            transaction,
            company: request.text(716),
            accents: self.orders.latin1,
            lines: self.orders.receipt_lines,
        };
        let capabilities: u32 = request.text(706).parse().unwrap_or(0);
        if capabilities & 8 != 0 {
            answer.with_lines(712, &paper.copy(Copy::Customer)).with_lines(714, &paper.copy(Copy::Merchant))
        } else {
            answer.with_lines(28, &paper.copy(Copy::Customer))
        }
    }

    fn new_finalization(&self) -> io::Result<String> {
        loop {
            let candidate = random_hex()?;
            if !self.book.is_finalization_known(&candidate) {
                return Ok(candidate);
            }
        }
    }
}

fn echo(request: &Request) -> Answer {
    let answer = Answer::to(request.text(0), request.text(1));
    match request.get(2) {
        Some(coupon) => answer.with(2, coupon),
        None => answer,
    }
}

/// 011 by kind and financing (732).
fn product_code(kind: Kind, financing: &str) -> &'static str {
    match (kind, financing) {
        (Kind::Credit, "3") => "11",
        (Kind::Credit, "2") => "12",
        (Kind::Credit, _) => "10",
        (Kind::Debit, "2" | "3") => "22",
        (Kind::Debit, _) => "20",
        (Kind::Voucher, _) => "60",
        (Kind::Wallet | Kind::Cancellation, _) => "99",
    }
}

/// Ten hexadecimal digits.
fn random_hex() -> io::Result<String> {
    let mut bytes = [0; 5];
    getrandom::fill(&mut bytes).map_err(|cause| io::Error::other(cause.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02X}")).collect())
}

fn sao_paulo() -> TimeZone {
    TimeZone::get("America/Sao_Paulo").unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(-3)))
}
