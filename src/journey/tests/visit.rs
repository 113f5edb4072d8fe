//! A customer in front of the journey, with the world's answers at hand.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use super::super::*;
use crate::domain::receipt::WriteOffState;
use crate::domain::{
    Account, Boleto, ConfirmedBy, Contract, ContractStatus, Customer, Factors, Invoice, InvoiceState, Money, PaymentId,
    PixCharge, TaxId,
};
use crate::payment::Standing;

pub(super) const CPF: &str = "52998224725";

pub(super) fn start() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

pub(super) struct Visit {
    pub(super) journey: Journey,
    pub(super) now: Timestamp,
    pub(super) commands: Vec<Command>,
}

pub(super) fn bill(id: &str, due: jiff::civil::Date, cents: u64) -> Invoice {
    Invoice {
        id: id.into(),
        number: format!("N{id}"),
        contracts: vec!["1".into()],
        description: "Fibra 500".into(),
        due,
        original: Money::from_cents(cents),
        fine: Some(Money::ZERO),
        interest: Some(Money::ZERO),
        discount: None,
        updated: None,
        boleto: None,
        pix: None,
        direct_debit: false,
        identifier: None,
        receipt_heads: crate::domain::ReceiptHeads::default(),
    }
}

pub(super) fn account(bills: Vec<Invoice>) -> Found {
    Found {
        account: Account {
            customer: Customer {
                id: "81593".into(),
                name: "MARIA DA SILVA".into(),
                tax_id: TaxId::parse(CPF).unwrap(),
            },
            contracts: vec![Contract { id: "1".into(), plan: "Fibra 500".into(), status: ContractStatus::Suspended }],
            invoices: bills,
            alerts: Vec::new(),
        },
        factors: Factors { birth: Some((17, 5)), phones_last4: vec!["4321".into()] },
        settling: Vec::new(),
    }
}

pub(super) fn two_bills() -> Vec<Invoice> {
    vec![bill("90", date(2026, 11, 10), 11_990), bill("91", date(2026, 12, 10), 11_990)]
}

/// Of R$ 119,90 and due on 2026-11-10: the first bill's.
pub(super) fn slip() -> Boleto {
    let digits = |check: u32| format!("7569{check}162600000119901316601006726102745542001");
    (1..=9).find_map(|check| Boleto::parse(&digits(check)).ok()).unwrap()
}

impl Visit {
    pub(super) fn begins() -> Visit {
        Visit::with(Settings::default())
    }

    pub(super) fn with(settings: Settings) -> Visit {
        Visit { journey: Journey::new(settings, start()), now: start(), commands: Vec::new() }
    }

    pub(super) fn on(&mut self, event: Event) -> &mut Visit {
        self.commands.extend(self.journey.handle(event, self.now));
        self
    }

    pub(super) fn does(&mut self, intent: Intent) -> &mut Visit {
        self.on(Event::Customer(intent))
    }

    pub(super) fn types(&mut self, text: &str) -> &mut Visit {
        self.does(Intent::Type { text: text.into() })
    }

    pub(super) fn waits(&mut self, seconds: i64) -> &mut Visit {
        for _ in 0..seconds {
            self.now += SignedDuration::from_secs(1);
            self.on(Event::Time);
        }
        self
    }

    pub(super) fn attempt(&self) -> Attempt {
        match self.commands.last() {
            Some(
                Command::FindAccount { attempt, .. }
                | Command::Prepare { attempt, .. }
                | Command::FindBoleto { attempt, .. }
                | Command::FindByCode { attempt, .. }
                | Command::MatchBill { attempt, .. }
                | Command::FindDocument { attempt, .. }
                | Command::DrawPage { attempt, .. }
                | Command::SendBill { attempt, .. }
                | Command::Pay { attempt, .. }
                | Command::Print { attempt, .. },
            ) => *attempt,
            other => panic!("no attempt in {other:?}"),
        }
    }

    pub(super) fn identified(bills: Vec<Invoice>) -> Visit {
        Visit::identified_with(Settings::default(), bills)
    }

    pub(super) fn identified_with(settings: Settings, bills: Vec<Invoice>) -> Visit {
        let mut visit = Visit::with(settings);
        visit.types(CPF).types("1705");
        let attempt = visit.attempt();
        visit.on(Event::Found { attempt, result: Ok(Some(Box::new(account(bills)))) });
        visit
    }

    pub(super) fn prepared(&mut self, bills: Vec<Invoice>) -> &mut Visit {
        let attempt = self.attempt();
        let bills = bills.into_iter().map(|bill| (bill.id.clone(), InvoiceState::Open(Box::new(bill)))).collect();
        let prepared = Prepared { bills, settling: Vec::new(), equipment: Equipment::default() };
        self.on(Event::Prepared { attempt, result: Ok(prepared) })
    }

    pub(super) fn at_method() -> Visit {
        let mut visit = Visit::identified(two_bills());
        visit.does(Intent::Pay).prepared(vec![two_bills().remove(0)]);
        visit
    }

    pub(super) fn paying(option: &str) -> Visit {
        let mut visit = Visit::at_method();
        visit.does(Intent::Choose { option: option.into() });
        let attempt = visit.attempt();
        visit.on(Event::PaymentOpened { attempt, payment: PaymentId(7) });
        visit
    }

    pub(super) fn stands(&mut self, standing: Standing) -> &mut Visit {
        self.on(Event::PaymentStands { payment: PaymentId(7), standing })
    }

    pub(super) fn view(&mut self) -> View {
        self.journey.view(self.now)
    }

    pub(super) fn step(&mut self) -> &'static str {
        self.view().step.name()
    }
}

pub(super) fn pix() -> Standing {
    Standing::PixShown(PixCharge {
        provider: "erp".into(),
        txid: "x".into(),
        payload: "000201".into(),
        confirmed_by: ConfirmedBy::Erp,
        expires_in_s: Some(200),
    })
}

pub(super) fn paid() -> Standing {
    Standing::Paid { write_off: WriteOffState::ByErp, receipt: None }
}
