//! The durable list of facts (SQLite), and what the technician can read of it.
