//! The interactive loop: plays its script turn by turn, and looks closely at what comes back.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::thread::ThreadId;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::book::{breach, transactions, with_book};
use super::digits;
use super::script::Script;
use super::turns::{card, giving_back, pending, reprint, wallet};

/// The one loop that a process has.
#[derive(Default)]
pub struct Loop {
    pub configured: bool,
    pub running: Option<Dialogue>,
    thread: Option<ThreadId>,
}

static LOOP: Mutex<Loop> = Mutex::new(Loop { configured: false, running: None, thread: None });

pub fn the_loop() -> MutexGuard<'static, Loop> {
    match LOOP.try_lock() {
        Ok(state) => state,
        Err(TryLockError::WouldBlock) => {
            breach("two calls at one time");
            LOOP.lock().unwrap_or_else(PoisonError::into_inner)
        }
        Err(TryLockError::Poisoned(state)) => state.into_inner(),
    }
}

impl Loop {
    pub fn on_one_thread(&mut self) {
        let me = std::thread::current().id();
        if *self.thread.get_or_insert(me) != me {
            breach("called from two threads");
        }
    }
}

pub struct Sale {
    pub function: i32,
    pub value: String,
    pub document: String,
    pub date: String,
    pub time: String,
}

impl Sale {
    fn is_query(&self) -> bool {
        matches!(self.function, 130 | 131)
    }

    fn gives_back(&self) -> bool {
        matches!(self.function, 123 | 200 | 210 | 211)
    }

    fn cents(&self) -> u64 {
        self.value.replace(',', "").parse().unwrap_or_default()
    }

    /// What the interface wants of a start.
    pub fn check(&self) {
        if !digits(&self.date, 8) || !digits(&self.time, 6) {
            breach("date or time is not as it should be");
        }
        if self.is_query() {
            return;
        }
        if self.function == 110 {
            return;
        }
        let value = self.value.split_once(',');
        if !value.is_some_and(|(reais, cents)| !reais.is_empty() && digits(reais, reais.len()) && digits(cents, 2)) {
            breach("the value is not as it should be");
        }
        if self.document.is_empty() || self.document.len() > 20 || !digits(&self.document, self.document.len()) {
            breach("the document is not as it should be");
        }
        let (again, open) = with_book(|book| {
            let mine = |one: &Value| one["document"] == self.document.as_str() && one["date"] == self.date.as_str();
            let all = transactions(book);
            (all.iter().any(mine), all.iter().any(|one| one["state"] == "open"))
        });
        if again {
            breach("a document was used twice");
        }
        if open {
            breach("a sale was begun while another is open");
        }
    }
}

/// One turn of the script, as it was left in the caller's cells.
struct Left {
    turn: Value,
    cells: [i64; 4],
    buffer: Vec<u8>,
    at: Instant,
}

pub struct Dialogue {
    sale: Sale,
    turns: std::collections::VecDeque<Value>,
    left: Option<Left>,
    result: i32,
    /// How many bytes of a cell are written.
    bytes: usize,
    aborted: bool,
    polls_us: Vec<u64>,
    heard: Vec<Value>,
    /// What was answered for a field.
    answers: std::collections::BTreeMap<i64, String>,
}

impl Dialogue {
    pub fn begin(sale: Sale, script: &Script) -> Dialogue {
        let turns = match script.get("turns") {
            _ if sale.is_query() => pending(&sale),
            Value::Array(turns) => turns.clone(),
            _ if sale.function == 122 => wallet(),
            _ if sale.gives_back() => giving_back(),
            _ if sale.function == 110 => reprint(),
            _ => card(),
        };
        let mut unrolled = std::collections::VecDeque::new();
        for mut turn in turns {
            let times = turn["times"].as_u64().unwrap_or(1);
            turn["times"] = json!(1);
            unrolled.extend(std::iter::repeat_n(turn, usize::try_from(times).unwrap()));
        }
        let result = if sale.is_query() { 0 } else { script.get("result").as_i64().unwrap_or_default() };
        let bytes = script.get("cell_bytes").as_u64().unwrap_or(4);
        Dialogue {
            sale,
            turns: unrolled,
            left: None,
            result: i32::try_from(result).unwrap(),
            bytes: usize::try_from(bytes).unwrap(),
            aborted: false,
            polls_us: Vec::new(),
            heard: Vec::new(),
            answers: std::collections::BTreeMap::new(),
        }
    }

    pub fn go_on(&mut self, cells: [&mut i64; 4], buffer: &mut [u8], with: i32) -> i32 {
        if buffer.len() < 20_000 {
            breach("the buffer is smaller than 20,000 bytes");
        }
        self.look(&cells, buffer, with);
        if with == -1 {
            return self.abort();
        }
        let Some(turn) = self.turns.pop_front() else { return self.end() };
        self.act(&turn);
        let number = |key: &str, none: i64| turn[key].as_i64().unwrap_or(none);
        let values = [number("c", 0), number("f", -1), number("min", 0), number("max", 0)];
        // two of the cells are short, whatever their holder is
        for (index, (cell, value)) in cells.into_iter().zip(values).enumerate() {
            let size = if index < 2 { self.bytes.min(8) } else { self.bytes.min(2) };
            // a library that writes all eight leaves dirt above the number
            let dirty = if self.bytes == 9 { value & 0xFFFF_FFFF | 0x5A5A_5A5A_0000_0000 } else { value };
            let mut bytes = cell.to_le_bytes();
            bytes[..size.max(2)].copy_from_slice(&dirty.to_le_bytes()[..size.max(2)]);
            *cell = i64::from_le_bytes(bytes);
            self.left_cell(index, *cell);
        }
        let text = self.text(&turn);
        let length = text.len().min(buffer.len() - 1);
        buffer[..length].copy_from_slice(&text[..length]);
        buffer[length] = 0;
        let left = self.left.get_or_insert_with(|| unreachable!());
        left.turn = turn;
        left.buffer = buffer[..=length].to_vec();
        left.at = Instant::now();
        10_000
    }

    fn left_cell(&mut self, index: usize, value: i64) {
        let none = || Left { turn: Value::Null, cells: [0; 4], buffer: Vec::new(), at: Instant::now() };
        self.left.get_or_insert_with(none).cells[index] = value;
    }

    /// What came back.
    fn look(&mut self, cells: &[&mut i64; 4], buffer: &[u8], with: i32) {
        let Some(left) = self.left.take() else {
            if cells.iter().any(|cell| **cell != 0) || buffer[0] != 0 || with != 0 {
                breach("the first call does not begin with everything at zero");
            }
            return;
        };
        let command = left.turn["c"].as_i64().unwrap_or_default();
        if !matches!(with, 0 | -1) {
            breach("continued with what this dialogue does not know");
        }
        if cells.iter().zip(left.cells).any(|(cell, left)| **cell != left) {
            breach("a cell came back changed");
        }
        let collects = matches!(command, 20 | 21 | 29 | 30 | 31 | 34 | 35 | 41 | 42);
        if !collects && !buffer.starts_with(&left.buffer) {
            breach("the buffer came back changed");
        }
        if command == 23 {
            self.polls_us.push(u64::try_from(left.at.elapsed().as_micros()).unwrap());
        }
        let end = buffer.iter().position(|byte| *byte == 0).unwrap_or_default();
        let answer: String = buffer[..end].iter().copied().map(char::from).collect();
        if collects || command > 52 || (with == -1 && !self.aborted) {
            let given = if collects && with == 0 { json!(answer) } else { Value::Null };
            self.heard.push(json!({"c": command, "f": left.turn["f"], "with": with, "answer": given}));
        }
        if collects && with == 0 {
            self.answers.insert(left.turn["f"].as_i64().unwrap_or(-1), answer.clone());
            let length = i64::try_from(end).unwrap();
            let (min, max) = (left.turn["min"].as_i64().unwrap_or(0), left.turn["max"].as_i64().unwrap_or(0));
            if max > 0 && !(min..=max).contains(&length) {
                breach("an answer is shorter or longer than allowed");
            }
        }
    }

    fn act(&mut self, turn: &Value) {
        if turn["approve"] == true {
            self.approve();
        }
        if let Some(ms) = turn["sleep_ms"].as_u64() {
            std::thread::sleep(Duration::from_millis(ms));
        }
        if let Some(place) = turn["place"].as_str() {
            self.note();
            Script::now().hold(place);
        }
        match turn["die"].as_str() {
            Some("abort") => std::process::abort(),
            // SAFETY: this is meant to be the crash of a broken library.
            Some("segv") => unsafe { std::ptr::null_mut::<u8>().write_volatile(1) },
            Some("exit") => std::process::exit(3),
            _ => {}
        }
    }

    /// The host has said yes: from now on the money is only as good as its confirmation.
    fn approve(&mut self) {
        let original = if self.sale.gives_back() { self.original() } else { None };
        if self.sale.gives_back() && original.is_none() {
            self.result = 7;
            self.turns = [json!({"c": 3, "text": "TRANSACAO NAO ENCONTRADA"})].into();
            return;
        }
        let Sale { function, document, date, time, .. } = &self.sale;
        let kind = match function {
            2 => "debit",
            122 => "wallet",
            123 | 200 | 210 | 211 => "cancellation",
            _ => "credit",
        };
        let cents = self.sale.cents();
        with_book(|book| {
            transactions(book).push(json!({
                "document": document, "date": date, "time": time, "function": function, "kind": kind,
                "asked_cents": cents, "amount_cents": cents, "state": "open", "confirms": 0, "undos": 0,
                "cancels": original,
            }));
        });
    }

    /// The confirmed sale that the answers name, which nothing else gives back: of that day (515), number (516) and
    /// amount (146), and of the function's own kind.
    fn original(&self) -> Option<String> {
        let answer = |field: i64| self.answers.get(&field).cloned().unwrap_or_default();
        let (day, number, amount) = (answer(515), answer(516), answer(146));
        let date = format!("{}{}{}", day.get(4..8)?, day.get(2..4)?, day.get(..2)?);
        let sold = match self.sale.function {
            210 => 3,
            211 => 2,
            123 => 122,
            _ => 5,
        };
        with_book(|book| {
            let all = transactions(book);
            let gone = |document: &Value| all.iter().any(|one| one["cancels"] == *document && one["state"] != "undone");
            let found = all.iter().find(|one| {
                one["state"] == "confirmed"
                    && one["function"] == sold
                    && one["date"] == date.as_str()
                    && number == format!("000{}", one["document"].as_str().unwrap())
                    && one["amount_cents"] == amount.replace(',', "").parse::<u64>().unwrap_or_default()
                    && amount == self.sale.value
                    && !gone(&one["document"])
            });
            found.map(|one| one["document"].as_str().unwrap().to_owned())
        })
    }

    /// Given up by the caller: what the host had approved goes back, and nobody is charged.
    fn abort(&mut self) -> i32 {
        self.aborted = true;
        let Sale { document, date, .. } = &self.sale;
        with_book(|book| {
            let mine = |one: &Value| one["document"] == document.as_str() && one["date"] == date.as_str();
            let (gone, kept) = std::mem::take(transactions(book)).into_iter().partition::<Vec<_>, _>(mine);
            *transactions(book) = kept;
            book["reversed"].as_array_mut().unwrap().extend(gone);
        });
        if Script::now().get("never_ends") == true {
            self.turns.push_front(json!({"c": 23}));
            self.aborted = false;
            let turn = json!({"c": 23});
            self.left = Some(Left { turn, cells: [23, -1, 0, 0], buffer: vec![0], at: Instant::now() });
            return 10_000;
        }
        self.note();
        -15
    }

    fn end(&mut self) -> i32 {
        self.note();
        if !self.sale.is_query() {
            Script::now().hold("result");
        }
        self.result
    }

    fn note(&mut self) {
        let (heard, polls) = (std::mem::take(&mut self.heard), std::mem::take(&mut self.polls_us));
        with_book(|book| {
            book["heard"].as_array_mut().unwrap().extend(heard);
            if book["polls_us"].is_null() {
                book["polls_us"] = json!([]);
            }
            book["polls_us"].as_array_mut().unwrap().extend(polls.into_iter().map(|us| json!(us)));
        });
    }

    /// Latin-1; `{document}`, `{value}` and `{now_us}` are filled in.
    fn text(&self, turn: &Value) -> Vec<u8> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
        let text = turn["text"].as_str().unwrap_or_default();
        let text = text
            .replace("{document}", &self.sale.document)
            .replace("{value}", &self.sale.value)
            .replace("{date}", &self.sale.date)
            .replace("{now_us}", &now.to_string());
        let times = usize::try_from(turn["fill"].as_u64().unwrap_or(1)).unwrap();
        text.repeat(times).chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
    }
}
