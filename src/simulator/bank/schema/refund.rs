//! The body of a refund: `DevolucaoSolicitada`.

use serde_json::Value;

use super::Check;

#[derive(Debug)]
pub struct Wanted {
    pub amount_cents: i64,
    pub nature: String,
    pub description: Option<String>,
}

/// Reads the body of `PUT /pix/{e2eid}/devolucao/{id}`. Nothing where it breaks the schema.
pub fn wanted(check: &mut Check, body: &Value) -> Option<Wanted> {
    let part = check.object("", body, &["valor", "natureza", "descricao"])?;
    let amount_cents = check.positive_money(part, "valor");
    let nature = check.shaped(part, "natureza", "ORIGINAL", |text| text == "ORIGINAL");
    let description = check.text(part, "descricao", 140);
    let wanted =
        Wanted { amount_cents: amount_cents?, nature: nature.unwrap_or_else(|| "ORIGINAL".to_owned()), description };
    Some(wanted).filter(|_| check.violations.is_empty())
}
