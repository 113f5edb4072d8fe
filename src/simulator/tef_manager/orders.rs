//! The misbehaviour a test may order in `control.json`. Without the file the manager is a good one.

use serde::{Deserialize, Deserializer};

use super::rules::Command;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Misbehaviour {
    /// The manager is as if it were not running: files are not even taken.
    pub silent: bool,
    /// The orders below hold for these commands only; for all of them when the list is empty.
    pub on: Vec<String>,
    /// The orders hold for the first request they touch, then the control file is removed.
    pub once: bool,
    /// The request is taken and forgotten.
    pub lost: bool,
    /// The work is done, but nobody is told that the request was taken.
    pub no_sts: bool,
    /// The request stays in the folder so long; when it is gone by then, it was withdrawn.
    pub sts_delay_ms: u64,
    /// Between the decision, which is in the book, and the response file.
    pub response_delay_ms: u64,
    /// The response waits, once the decision is in the book, as long as the control file says so. Not together with
    /// `once`, which takes the file away.
    pub hold: bool,
    /// The response is there before the acknowledgement.
    pub response_first: bool,
    pub decline: Option<Decline>,
    pub customer_cancels: bool,
    /// Charged instead of what was asked.
    pub amount_override_cents: Option<u64>,
    /// 1 or 0: field 729 says so. `null`: the field is left out. Not given: it says that a confirmation is needed.
    #[serde(deserialize_with = "given")]
    pub needs_confirm: Option<Option<u8>>,
    /// Lines of the customer's copy and of the merchant's; 0 for no receipt.
    pub receipt_lines: Option<u16>,
    /// Receipts with accents, in ISO 8859-1.
    pub latin1: bool,
    pub case: Case,
    pub crash_at: Option<CrashAt>,
    /// A broken response first, the right one after `torn_for_ms`.
    pub torn: Option<Torn>,
    #[serde(default = "torn_for_ms")]
    pub torn_for_ms: u64,
    /// The response of an earlier request lies in the folder before the acknowledgement, for `torn_for_ms`.
    pub stale_response: bool,
    /// Card data that no response should carry, so that a test can look for where it went.
    pub leak_pan: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decline {
    /// 009.
    pub code: String,
    /// 030.
    pub message: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Case {
    #[default]
    Lower,
    Mixed,
    Upper,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrashAt {
    /// Acknowledged; nothing was done yet, except for CNF and NCN.
    AfterSts,
    /// Approved and in the book; no response.
    BeforeResp,
    /// Approved and in the book; half a response.
    MidResp,
    AfterResp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Torn {
    NoTrailer,
    HalfLine,
    /// 001 of another request.
    BadId,
    /// 000 of another command.
    BadHeader,
}

impl Misbehaviour {
    /// Whether a request of this command meets these orders. Orders about a response touch only commands that have one.
    pub fn touches(&self, command: Command) -> bool {
        let named = self.on.is_empty() || self.on.iter().any(|name| name.eq_ignore_ascii_case(command.name()));
        let about_taking = self.lost
            || self.no_sts
            || self.sts_delay_ms > 0
            || self.crash_at == Some(CrashAt::AfterSts)
            || self.case != Case::Lower;
        named && (about_taking || command.is_answered())
    }
}

fn torn_for_ms() -> u64 {
    300
}

/// Tells a `null` from a key that is not there.
fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<u8>>, D::Error> {
    let value = Option::<u8>::deserialize(value)?;
    match value {
        None | Some(0 | 1) => Ok(Some(value)),
        Some(_) => Err(serde::de::Error::custom("needs_confirm is 0, 1 or null")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_leaves_the_field_out_and_no_key_leaves_the_manager_alone() {
        let read = |text: &str| serde_json::from_str::<Misbehaviour>(text).map(|orders| orders.needs_confirm).ok();
        assert_eq!(read("{}"), Some(None));
        assert_eq!(read(r#"{"needs_confirm":null}"#), Some(Some(None)));
        assert_eq!(read(r#"{"needs_confirm":0}"#), Some(Some(Some(0))));
        assert_eq!(read(r#"{"needs_confirm":2}"#), None);
        assert_eq!(read(r#"{"declines":true}"#), None);
    }

    #[test]
    fn an_order_about_the_response_waits_for_a_command_that_has_one() {
        let decline: Misbehaviour = serde_json::from_str(r#"{"decline":{"code":"51","message":"X"}}"#).unwrap();
        assert!(!decline.touches(Command::Atv) && decline.touches(Command::Crt));
        let unheard: Misbehaviour = serde_json::from_str(r#"{"no_sts":true,"on":["cnf"]}"#).unwrap();
        assert!(!unheard.touches(Command::Crt) && unheard.touches(Command::Cnf));
    }
}
