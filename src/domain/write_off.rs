//! The answer to a write-off (baixa).

/// What an ERP said of one write-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteOffOutcome {
    Applied,
    /// The ERP says the bill had been settled before. Ours or somebody else's: the payment's facts tell.
    AlreadySettled,
    /// Not executed, and asking again will not help.
    Rejected {
        why: String,
    },
    /// It may have been done or not: read the bill before anything else.
    Unknown {
        why: String,
    },
}

impl WriteOffOutcome {
    /// For the log: without the ERP's words, which may name somebody.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            WriteOffOutcome::Applied => "applied",
            WriteOffOutcome::AlreadySettled => "already_settled",
            WriteOffOutcome::Rejected { .. } => "rejected",
            WriteOffOutcome::Unknown { .. } => "unknown",
        }
    }
}
