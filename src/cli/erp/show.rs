//! What `totem erp` prints: a text for a technician, or one JSON object for a script.

use std::io::{Write, stdout};

use serde_json::{Value, json};
use totem::domain::{Account, ContractStatus, Factors, Invoice, InvoiceState, calendar};
use totem::erp::{Capability, Lookup, Place, Support};

use super::words;

pub struct Probed<'a> {
    pub erp: &'a str,
    /// Why it was not reached.
    pub why_not: Option<&'a str>,
    pub operations: &'a [(Capability, Support)],
    pub unfit: &'a [String],
    pub warnings: &'a [String],
}

pub fn probed(probed: &Probed<'_>, json: bool) -> Result<(), String> {
    let reached = probed.why_not.is_none();
    if json {
        let operations: Vec<Value> = probed
            .operations
            .iter()
            .map(|(capability, support)| {
                json!({
                    "operation": words::operation(*capability).0,
                    "support": words::state(*support, reached).0,
                })
            })
            .collect();
        return object(&json!({
            "erp": probed.erp,
            "reached": reached,
            "why": probed.why_not,
            "operations": operations,
            "unfit": probed.unfit,
            "warnings": probed.warnings,
        }));
    }
    let mut lines = vec![format!("ERP: {}", probed.erp)];
    lines.push(probed.why_not.map_or_else(|| "alcançado: sim".to_owned(), |why| format!("alcançado: não: {why}")));
    lines.push(String::new());
    for (capability, support) in probed.operations {
        let (script, told) = words::operation(*capability);
        lines.push(format!("{script:<22} {:<26} {told}", words::state(*support, reached).1));
    }
    let remarks = [("impede o totem", probed.unfit), ("aviso", probed.warnings)];
    for (what, sentence) in remarks.iter().flat_map(|(what, all)| all.iter().map(move |one| (what, one))) {
        lines.push(format!("\n{what}: {sentence}"));
    }
    print(&lines)
}

pub fn customer(account: &Account, factors: Option<&Factors>, json: bool) -> Result<(), String> {
    let customer = &account.customer;
    let total = account.invoices.len();
    if json {
        let contracts: Vec<Value> = account
            .contracts
            .iter()
            .map(|contract| json!({"id": contract.id, "plan": contract.plan, "status": contract.status}))
            .collect();
        return object(&json!({
            "id": customer.id,
            "name": customer.short_name(),
            "tax_id": customer.tax_id.masked(),
            "contracts": contracts,
            "open_bills": total,
            "alerts": account.alerts.len(),
            "birth_known": factors.map(|factors| factors.birth.is_some()),
            "phones_known": factors.map(|factors| factors.phones_last4.len()),
        }));
    }
    let mut lines = vec![format!("{} · {} · cliente {}", customer.short_name(), customer.tax_id.masked(), customer.id)];
    for contract in &account.contracts {
        lines.push(format!("contrato {}  {}  {}", contract.id, status(&contract.status), contract.plan));
    }
    lines.push(format!("{total} faturas em aberto, {} avisos", account.alerts.len()));
    lines.push(match factors {
        Some(factors) => format!(
            "segundo fator: nascimento {}, {} telefones",
            if factors.birth.is_some() { "sim" } else { "não" },
            factors.phones_last4.len()
        ),
        None => "segundo fator: este ERP não informa".to_owned(),
    });
    print(&lines)
}

fn status(status: &ContractStatus) -> &str {
    match status {
        ContractStatus::Active => "ativo",
        ContractStatus::Suspended => "suspenso",
        ContractStatus::OnTrust => "em confiança",
        ContractStatus::Cancelled => "cancelado",
        ContractStatus::Other(word) => word,
    }
}

pub fn bills(account: &Account, json: bool) -> Result<(), String> {
    let customer = &account.customer;
    if json {
        let bills: Vec<Value> = account.invoices.iter().map(bill_object).collect();
        return object(&json!({
            "customer": customer.id,
            "name": customer.short_name(),
            "tax_id": customer.tax_id.masked(),
            "bills": bills,
        }));
    }
    let mut lines = vec![format!(
        "{} · {} · {} faturas em aberto",
        customer.short_name(),
        customer.tax_id.masked(),
        account.invoices.len()
    )];
    lines.extend(account.invoices.iter().map(bill_line));
    print(&lines)
}

pub fn bill(id: &str, state: &InvoiceState, json: bool) -> Result<(), String> {
    if json {
        return object(&match state {
            InvoiceState::Open(bill) => json!({"id": id, "state": "open", "bill": bill_object(bill)}),
            InvoiceState::Paid { on } => json!({"id": id, "state": "paid", "paid_on": on}),
            InvoiceState::Gone => json!({"id": id, "state": "gone"}),
            InvoiceState::Withdrawn => json!({"id": id, "state": "withdrawn"}),
        });
    }
    print(&[match state {
        InvoiceState::Open(bill) => bill_line(bill),
        InvoiceState::Paid { on: Some(on) } => format!("{id}  paga em {}", on.strftime("%d/%m/%Y")),
        InvoiceState::Paid { on: None } => format!("{id}  paga"),
        InvoiceState::Gone => format!("{id}  não está mais entre as faturas em aberto, e o ERP não diz por quê"),
        InvoiceState::Withdrawn => format!("{id}  não está nem entre as faturas em aberto nem entre as pagas"),
    }])
}

fn today() -> jiff::civil::Date {
    calendar::sao_paulo_date(jiff::Timestamp::now())
}

fn bill_object(bill: &Invoice) -> Value {
    let today = today();
    json!({
        "id": bill.id,
        "number": bill.number,
        "contracts": bill.contracts,
        "description": bill.description,
        "due": bill.due,
        "overdue_days": bill.overdue_days(today),
        "original_cents": bill.original.cents(),
        "fine_cents": bill.fine.map(totem::domain::Money::cents),
        "interest_cents": bill.interest.map(totem::domain::Money::cents),
        "discount_cents": bill.discount.map(totem::domain::Money::cents),
        "total_cents": bill.charge_due(today).map(|charge| charge.total().cents()),
        "direct_debit": bill.direct_debit,
    })
}

fn bill_line(bill: &Invoice) -> String {
    let today = today();
    let total = bill.charge_due(today).map_or_else(
        || "valor de hoje desconhecido".to_owned(),
        |charge| {
            let sum = charge.total();
            if sum == bill.original { format!("{sum}") } else { format!("{sum} hoje (original {})", bill.original) }
        },
    );
    let late = match bill.overdue_days(today) {
        0 => String::new(),
        days => format!(", vencida há {days} dias"),
    };
    format!("{}  nº {}  {}{late}  {total}  {}", bill.id, bill.number, bill.due.strftime("%d/%m/%Y"), bill.description)
}

pub fn lookups(table: &str, lookups: &[Lookup], json: bool) -> Result<(), String> {
    if json {
        let lists: Vec<Value> = lookups
            .iter()
            .map(|lookup| {
                let entries: Vec<Value> =
                    lookup.entries.iter().map(|entry| json!({"id": entry.id, "name": entry.name})).collect();
                json!({"key": lookup.key, "place": place(lookup.place), "of": lookup.of, "entries": entries})
            })
            .collect();
        return object(&json!({"table": table, "lists": lists}));
    }
    let mut lines = Vec::new();
    for (of_place, head) in [
        (
            Place::Row,
            format!(
                "# Uma linha [[{table}]] para cada forma de pagamento na tela: method = \"debit\", \"credit\" ou \"pix\",\n\
                 # e uma escolha de cada lista abaixo. network e brand, se quiser, dizem de qual rede ou bandeira a linha fala."
            ),
        ),
        (Place::Values, "# Em [erp.configured.values], uma escolha de cada lista abaixo.".to_owned()),
        (Place::Form, "# Ids que o ERP usa em cadastros e chamados; nada disto vai no totem.toml.".to_owned()),
    ] {
        let lists: Vec<&Lookup> = lookups.iter().filter(|lookup| lookup.place == of_place).collect();
        if !lists.is_empty() {
            lines.push(if lines.is_empty() { head } else { format!("\n{head}") });
            lines.extend(lists.into_iter().flat_map(list));
        }
    }
    print(&lines)
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Row => "row",
        Place::Values => "values",
        Place::Form => "form",
    }
}

/// One list, ready to be pasted. What has no place in the file stands in comments.
fn list(lookup: &Lookup) -> Vec<String> {
    let of = lookup.of.as_ref().map(|of| format!(", de {of}")).unwrap_or_default();
    let mut lines = vec![format!("\n# {}{of}", lookup.key)];
    if lookup.entries.is_empty() {
        lines.push("# (o ERP não tem nenhuma)".to_owned());
    }
    for entry in &lookup.entries {
        let name = entry.name.replace(['\n', '\r'], " ");
        lines.push(match lookup.place {
            Place::Row | Place::Values => format!("{} = {:<6} # {name}", lookup.key, value(lookup, &entry.id)),
            Place::Form => format!("#   {:<6} {name}", entry.id.replace(['\n', '\r'], " ")),
        });
    }
    lines
}

/// As the file writes it: a number bare where the row is one of numbers, anything else as a text.
fn value(lookup: &Lookup, id: &str) -> String {
    let is_told = lookup.place == Place::Values || lookup.key.starts_with("values.");
    if !is_told && !id.is_empty() && id.len() < 18 && id.bytes().all(|byte| byte.is_ascii_digit()) {
        id.to_owned()
    } else {
        format!("{id:?}")
    }
}

fn print(lines: &[String]) -> Result<(), String> {
    let mut out = stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{line}")).map_err(|error| error.to_string())
}

fn object(value: &Value) -> Result<(), String> {
    writeln!(stdout().lock(), "{value}").map_err(|error| error.to_string())
}
