//! The provider's customers and bills, as it tells them.

use super::*;

fn invoice(id: &str, bill: &Bill) -> Invoice {
    let amount = Amount::from_cents(bill.cents);
    Invoice {
        id: id.into(),
        number: id.to_owned(),
        contracts: vec!["7".into()],
        description: "Fibra 500".into(),
        due: date(bill.due_day),
        original: amount,
        fine: None,
        interest: None,
        discount: None,
        updated: Some(amount),
        boleto: None,
        pix: bill.code.clone(),
        direct_debit: false,
        identifier: None,
        receipt_heads: totem::domain::ReceiptHeads::default(),
    }
}

pub fn account(world: &mut World, who: &TaxId, at: i64) -> totem::runtime::call::AccountAnswer {
    if !world.erp_works {
        return Err(unreachable());
    }
    let Some((number, person)) = world.people.iter().find(|(_, person)| person.cpf == who.plain()) else {
        return Ok(None);
    };
    let customer = Customer { id: number.to_string().as_str().into(), name: person.name.clone(), tax_id: who.clone() };
    let contracts = vec![Contract { id: "7".into(), plan: "Fibra 500".into(), status: ContractStatus::Active }];
    let factors = Factors { birth: Some(person.birth), phones_last4: Vec::new() };
    let mut invoices = Vec::new();
    for id in person.bills.clone() {
        if let Some(bill) = world.bills.get_mut(&id)
            && bill.is_open()
        {
            (bill.read_at, bill.read_cents, bill.open_at) = (at, bill.cents, at);
            invoices.push(invoice(&id, bill));
        }
    }
    Ok(Some((Account { customer, contracts, invoices, alerts: Vec::new() }, factors)))
}

pub fn read(world: &mut World, bills: &[BillRef], at: i64) -> Result<Vec<InvoiceState>, erp::Error> {
    if !world.erp_works {
        return Err(unreachable());
    }
    let tells = world.erp_tells_when;
    let mut states = Vec::new();
    for bill in bills {
        let Some(known) = world.bills.get_mut(&bill.invoice.0) else { return Err(unreachable()) };
        (known.read_at, known.read_cents) = (at, known.cents);
        if known.is_open() {
            known.open_at = at;
        }
        states.push(match known.settled.first() {
            None => InvoiceState::Open(Box::new(invoice(&bill.invoice.0, known))),
            Some(settled) if tells => InvoiceState::Paid { on: Some(date(settled.day)) },
            Some(_) => InvoiceState::Gone,
        });
    }
    Ok(states)
}
