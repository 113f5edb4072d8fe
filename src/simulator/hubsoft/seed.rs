//! The people the stand-in starts with: those of the other stand-in ERP, as HubSoft would hold them.

use jiff::ToSpan;
use jiff::civil::Date;

use super::book::{Bill, Book, Customer, Note, Service, ServiceOrder};
use crate::simulator::erp::{SeedSet, book, seed};

/// A fresh book whose dates are counted from `today`.
#[must_use]
pub fn book(set: SeedSet, today: Date) -> Book {
    let theirs = seed::book(set, today);
    let mut book = Book {
        customers: theirs.customers.into_iter().map(customer).collect(),
        bills: theirs.bills.iter().map(bill).collect(),
        ..Book::default()
    };
    if let Some(several) = book.customers.iter_mut().find(|customer| customer.cpf == "11144477735") {
        several.alerts = vec!["Manutenção programada na rede do bairro Centro".into()];
        several.email = Some("joao.inventado@example.com".into());
        let note = |id, is_service_note, days: i32, has_file| Note {
            id,
            customer: several.key,
            is_service_note,
            number: (id % 1000).to_string(),
            value_cents: 10_549,
            issued: today.saturating_sub(days.days()),
            has_file,
        };
        book.notes = vec![note(3001, false, 10, true), note(3001, true, 40, false), note(3002, false, 100, true)];
    }
    book.service_orders = service_orders(&book, today);
    book
}

/// One agreed, one that nobody has agreed a day for, and one that was made.
fn service_orders(book: &Book, today: Date) -> Vec<ServiceOrder> {
    let Some(maria) = book.customers.iter().find(|customer| customer.cpf == "52998224725") else { return Vec::new() };
    let order = |id: i64, kind: &str, status: &str, days: i32, protocol: Option<&str>| {
        let day = today.saturating_add(days.days());
        ServiceOrder {
            id,
            customer: maria.code,
            service: maria.services.first().map_or(0, |service| service.id),
            kind: kind.to_owned(),
            status: status.to_owned(),
            noted: today.saturating_sub(20.days()),
            from: day.at(10, 0, 0, 0),
            to: day.at(12, 0, 0, 0),
            protocol: protocol.map(str::to_owned),
        }
    };
    vec![
        order(102, "INSTALAÇÃO", "finalizado", -15, None),
        order(208, "SUPORTE", "pendente", 3, Some("201804121526287")),
        order(209, "INSTALAÇÃO", "aguardando_agendamento", -5, None),
    ]
}

fn customer(theirs: book::Customer) -> Customer {
    Customer {
        code: theirs.id,
        key: theirs.id + 100_000,
        name: theirs.name,
        cpf: theirs.cpf,
        birth: theirs.birth,
        phones: [Some(theirs.mobile), theirs.landline].into_iter().flatten().collect(),
        email: None,
        alerts: Vec::new(),
        services: theirs.contracts.into_iter().map(service).collect(),
    }
}

fn service(theirs: book::Contract) -> Service {
    let status = match theirs.status.as_str() {
        "SUSPENSO" => "suspenso_debito",
        "SUSPENSO PARCIALMENTE" => "suspenso_parcialmente",
        "HABILITADO EM CONFIANCA" => "habilitado_confianca",
        "CANCELADO" => "cancelado",
        _ => "servico_habilitado",
    };
    Service { id: theirs.id, plan: theirs.plan, status: status.into(), monthly_cents: theirs.monthly_cents }
}

fn bill(theirs: &book::Bill) -> Bill {
    Bill {
        id: theirs.id,
        customer: theirs.customer,
        service: theirs.contracts.first().copied(),
        value_cents: theirs.value_cents,
        due: theirs.due,
        number: (270_000 + theirs.id).to_string(),
        automatic_debit: theirs.automatic_debit,
        has_line: theirs.has_line,
        has_pix: theirs.has_pix,
        pix_listed_at_ms: None,
        state: theirs.state,
    }
}
