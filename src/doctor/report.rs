//! The report as a person reads it, and as a program does.

use serde::Serialize;

use super::{Finding, State, worst};

/// One finding: what, how, and what to do on a line of its own.
#[must_use]
pub fn as_text(finding: &Finding) -> String {
    let mark = match finding.state {
        State::Ok => "[ok]   ",
        State::NotChecked => "[ -- ] ",
        State::Warning => "[aviso]",
        State::Error => "[ERRO] ",
    };
    let mut text = format!("{mark} {}: {}", finding.part, finding.says);
    if let Some(to_do) = &finding.to_do {
        text += &format!("\n        → {to_do}");
    }
    text
}

#[derive(Serialize)]
struct Report<'a> {
    /// The worst of all.
    state: State,
    findings: &'a [Finding],
}

/// All of them as one JSON object.
pub fn as_json(findings: &[Finding]) -> Result<String, String> {
    serde_json::to_string_pretty(&Report { state: worst(findings), findings }).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_told_to_people_and_to_programs() {
        let found = [Finding::ok("disco", "900 MB livres"), Finding::error("erp", "não responde", "confira a rede")];
        assert_eq!(as_text(&found[0]), "[ok]    disco: 900 MB livres");
        assert_eq!(as_text(&found[1]), "[ERRO]  erp: não responde\n        → confira a rede");
        let json: serde_json::Value = serde_json::from_str(&as_json(&found).unwrap()).unwrap();
        assert_eq!((&json["state"], &json["findings"][1]["do"]), (&"error".into(), &"confira a rede".into()));
        assert!(json["findings"][0].get("do").is_none());
    }
}
