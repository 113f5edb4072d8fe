-- The facts: the only truth. The other tables follow from them.
CREATE TABLE facts (
    seq INTEGER PRIMARY KEY,
    payment INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    fact TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX facts_by_payment ON facts (payment);

CREATE TABLE payments (
    payment INTEGER PRIMARY KEY,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    facts INTEGER NOT NULL,
    digest BLOB NOT NULL,
    payer TEXT,
    open INTEGER NOT NULL
) STRICT;
CREATE INDEX payments_open ON payments (payment) WHERE open = 1;
CREATE INDEX payments_by_payer ON payments (payer, payment);

-- Every kind of fact ever written here.
CREATE TABLE kinds (
    kind TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    first_seq INTEGER NOT NULL,
    anchor BLOB NOT NULL,
    last_seq INTEGER NOT NULL,
    last_hash BLOB NOT NULL,
    last_payment INTEGER NOT NULL,
    open_payments INTEGER NOT NULL,
    open_digest BLOB NOT NULL,
    key_check BLOB NOT NULL,
    seal BLOB NOT NULL
) STRICT;

CREATE TRIGGER a_fact_is_never_changed BEFORE UPDATE ON facts BEGIN
    SELECT RAISE(ABORT, 'a fact is never changed');
END;
CREATE TRIGGER a_fact_is_kept BEFORE DELETE ON facts WHEN OLD.seq >= (SELECT first_seq FROM head) BEGIN
    SELECT RAISE(ABORT, 'a fact is kept until its time is over');
END;
