//! The chain: a row's hash covers all its columns and the hash before it, and the sealed head covers the last row.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::error::{Damage, Fault};
use super::key::JournalKey;
use crate::domain::{DeskFact, Note, PaymentId};
use crate::payment::{Entry, Fact};

pub(super) type Hash = [u8; 32];

/// What stands in place of a payment's number where a fact is about none.
pub(super) const DESK: i64 = 0;

/// One fact as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub seq: i64,
    pub payment: i64,
    pub at_ms: i64,
    pub kind: String,
    /// The fact as JSON.
    pub fact: String,
    pub previous: Hash,
    pub hash: Hash,
}

impl Row {
    pub(super) fn new(seq: i64, previous: Hash, entry: &Entry) -> Result<Row, Fault> {
        let refused = |why| Fault::Refused(entry.payment, why);
        let fact = serde_json::to_string(&entry.fact).map_err(|_| refused("the fact cannot be written as JSON"))?;
        let payment = i64::try_from(entry.payment.0).map_err(|_| refused("the number is too long"))?;
        if payment == DESK {
            return Err(refused("no payment has this number"));
        }
        Row::written(seq, payment, entry.at, fact, previous).ok_or(refused("the fact has no name"))
    }

    /// A fact that is about no payment.
    pub(super) fn of_desk(seq: i64, previous: Hash, note: &Note) -> Result<Row, Fault> {
        let refused = || Fault::Refused(PaymentId(0), "the fact cannot be written as JSON");
        let fact = serde_json::to_string(&note.fact).map_err(|_| refused())?;
        Row::written(seq, DESK, note.at, fact, previous).ok_or(refused())
    }

    fn written(seq: i64, payment: i64, at: Timestamp, fact: String, previous: Hash) -> Option<Row> {
        // `"closed"` or `{"opened":{…}}`: the first text in quotes.
        let kind = fact.split('"').nth(1)?.to_owned();
        let mut row = Row { seq, payment, at_ms: at.as_millisecond(), kind, fact, previous, hash: [0; 32] };
        row.hash = row.digest();
        Some(row)
    }

    pub(super) fn is_of_desk(&self) -> bool {
        self.payment == DESK
    }

    /// SHA-256 over every column, each text with its length before it, so that no two rows read alike.
    pub(super) fn digest(&self) -> Hash {
        let mut digest = Sha256::new();
        digest.update(b"totem fact 1\0");
        digest.update(self.seq.to_be_bytes());
        digest.update(self.payment.to_be_bytes());
        digest.update(self.at_ms.to_be_bytes());
        for text in [&self.kind, &self.fact] {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        }
        digest.update(self.previous);
        digest.finalize().into()
    }

    pub(super) fn entry(&self) -> Result<Entry, Fault> {
        let payment = u64::try_from(self.payment).map_err(|_| Fault::Broken(self.seq, Damage::Changed))?;
        Ok(Entry { payment: PaymentId(payment), at: self.at()?, fact: self.understood::<Fact>()? })
    }

    pub(super) fn note(&self) -> Result<Note, Fault> {
        Ok(Note { at: self.at()?, fact: self.understood::<DeskFact>()? })
    }

    /// Whether this program can make anything of it.
    pub(super) fn is_understood(&self) -> Result<(), Fault> {
        if self.is_of_desk() { self.note().map(drop) } else { self.entry().map(drop) }
    }

    fn at(&self) -> Result<Timestamp, Fault> {
        Timestamp::from_millisecond(self.at_ms).map_err(|_| Fault::Broken(self.seq, Damage::Changed))
    }

    /// The hash says that a totem wrote it: what cannot be understood is another version's.
    fn understood<T: serde::de::DeserializeOwned>(&self) -> Result<T, Fault> {
        serde_json::from_str(&self.fact)
            .map_err(|_| Fault::Newer(format!("fact {} of the kind `{}`", self.seq, self.kind)))
    }
}

/// What the table of payments says of one payment; it follows from the payment's facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Summary {
    pub payment: i64,
    pub first_seq: i64,
    pub last_seq: i64,
    pub facts: i64,
    /// Over the hashes of its facts, in order.
    pub digest: Hash,
    pub payer: Option<String>,
    /// A fact after `Closed` (late money) opens a payment again.
    pub open: bool,
}

impl Summary {
    pub(super) fn of(payment: i64, first_seq: i64) -> Summary {
        Summary { payment, first_seq, last_seq: 0, facts: 0, digest: [0; 32], payer: None, open: false }
    }

    pub(super) fn add(&mut self, row: &Row, fact: &Fact) {
        if let Fact::Opened { payer, .. } = fact {
            self.payer = Some(payer.tax_id_hash.clone());
        }
        self.open = !matches!(fact, Fact::Closed);
        self.last_seq = row.seq;
        self.facts += 1;
        self.digest = Sha256::new().chain_update(self.digest).chain_update(row.hash).finalize().into();
    }

    /// What an open payment adds to the head: who takes an open payment away, or a fact of one, is found at start.
    fn mark(&self) -> Hash {
        let mut digest = Sha256::new();
        for number in [self.payment, self.first_seq, self.last_seq, self.facts] {
            digest.update(number.to_be_bytes());
        }
        digest.chain_update(self.digest).chain_update(self.payer.as_deref().unwrap_or_default()).finalize().into()
    }
}

/// Where the chain begins and ends, and which payments are open: one row, sealed with the machine's key at each append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub first_seq: i64,
    /// What the first fact kept follows: random bytes at the beginning, later the hash of the last fact forgotten.
    pub anchor: Hash,
    pub last_seq: i64,
    pub last_hash: Hash,
    pub last_payment: i64,
    pub open_payments: i64,
    /// The marks of all open payments, exclusive-or: it does not depend on their order and changes with one.
    pub open_digest: Hash,
}

impl Head {
    pub(super) fn at_the_beginning(anchor: Hash) -> Head {
        Head {
            first_seq: 1,
            anchor,
            last_seq: 0,
            last_hash: anchor,
            last_payment: 0,
            open_payments: 0,
            open_digest: [0; 32],
        }
    }

    pub(super) fn seal(&self, key: &JournalKey) -> Hash {
        let mut message = b"totem head 1\0".to_vec();
        for number in [self.first_seq, self.last_seq, self.last_payment, self.open_payments] {
            message.extend(number.to_be_bytes());
        }
        for hash in [&self.anchor, &self.last_hash, &self.open_digest] {
            message.extend(hash);
        }
        key.sign(&message)
    }

    pub(super) fn count(&mut self, summary: &Summary) {
        if summary.open {
            self.open_payments += 1;
            self.flip(summary);
        }
    }

    pub(super) fn discount(&mut self, summary: &Summary) {
        if summary.open {
            self.open_payments -= 1;
            self.flip(summary);
        }
    }

    fn flip(&mut self, summary: &Summary) {
        for (byte, mark) in self.open_digest.iter_mut().zip(summary.mark()) {
            *byte ^= mark;
        }
    }
}

/// What a key leaves in the journal so that another key is told apart from a changed head.
pub(super) fn key_check(key: &JournalKey) -> Hash {
    key.sign(b"totem key 1\0")
}
