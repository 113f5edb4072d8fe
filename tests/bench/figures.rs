//! The figures without a window: papers, journal, and reading two hundred bills. `tests/bench/run` prints them all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may stop here")]

#[path = "../journal_support/mod.rs"]
mod journal_support;
#[path = "../papers/mod.rs"]
mod papers;
#[path = "../standin_library/mod.rs"]
mod standin_library;
#[path = "../ui_common/mod.rs"]
mod ui_common;

use std::hint::black_box;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use journal_support::{Place, card_payment, code_over};
use totem::domain::{CardKind, Money, PageView, Pdf, Prompt, TaxId};
use totem::erp::Erp;
use totem::erp::webservice_cliente::{self, Settings};
use totem::journey::{self, Journey, Step, View};
use totem::paper::{self, Block, Document, payment_receipt, with_tef_copy};
use totem::payment::Rules;
use totem::pdf::Size;
use totem::pix::PixState;
use totem::printer::{self, escpos};
use totem::runtime::call::{Answer, Call};
use totem::runtime::core::Input;
use totem::runtime::{Book, Core, Rhythm, Site};
use totem::simulator::erp as standin;
use totem::tef::{Dialogue, SaleOrder, Tef, clisitef};

fn shown(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
    println!("{name:<28}p50 {:.2} ms, p99 {:.2} ms, {} times", at(50), at(99), times.len());
}

fn timed(times: usize, mut work: impl FnMut()) -> Vec<Duration> {
    let once = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..times).map(once).collect()
}

fn receipt() {
    let profile = printer::Profile::default();
    let width = profile.width();
    let times = timed(200, || {
        let document = with_tef_copy(payment_receipt(&papers::longest_receipt(200)), &papers::tef_lines());
        let sheet = paper::layout(&document, &width).unwrap();
        let bytes: usize = escpos::commands(&sheet, &profile).iter().map(|command| command.bytes().len()).sum();
        black_box(bytes);
    });
    shown("receipt of 200 bills", times);
    let times = timed(200, || {
        let sheet = paper::layout(&paper::boleto_copy(&papers::slip()), &width).unwrap();
        let bytes: usize = escpos::commands(&sheet, &profile).iter().map(|command| command.bytes().len()).sum();
        black_box(bytes);
    });
    shown("boleto with bars and QR", times);
}

/// Every paper from its words to the printer's bytes and to a file, and pages that others made.
fn documents() {
    let profile = printer::Profile::default();
    let width = profile.width();
    let at = jiff::civil::datetime(2026, 11, 22, 14, 3, 9, 0);
    let mut seen = std::collections::BTreeSet::new();
    for document in papers::every(true).into_iter().filter(|document| seen.insert(document.name)) {
        let mut bytes = 0;
        let times = timed(200, || {
            let sheet = paper::layout(&document, &width).unwrap();
            bytes = escpos::commands(&sheet, &profile).iter().map(|command| command.bytes().len()).sum();
        });
        shown(&format!("{} ({bytes} bytes)", document.name), times);
        let mut bytes = 0;
        let times = timed(50, || bytes = paper::pdf(&document, &width, at).unwrap().len());
        shown(&format!("  as PDF ({bytes} bytes)"), times);
    }
    let reader = totem::pdf::Reader::new(env!("CARGO_BIN_EXE_totem").into());
    let file = Pdf::new(totem::simulator::erp::pdf::page(&[
        "Vencimento 10/11/2026".to_owned(),
        "75691.31662 01006.726101 27210.000017 7 73380000001000".to_owned(),
    ]));
    let times = timed(50, || drop(black_box(reader.open(&file, Size::SCREEN).unwrap())));
    shown("bill's PDF opened, compared", times);
    for (name, view) in [("page shown", None), ("part of a page shown", Some(2))] {
        let view = PageView { page: 1, part: view };
        let times = timed(50, || drop(black_box(reader.draw(&file, view, Size::SCREEN).unwrap())));
        shown(name, times);
    }
    let image = reader.draw(&file, PageView::first(), Size::PRINT).unwrap().image;
    let document = Document { name: "page", blocks: vec![Block::Page(image)] };
    let times = timed(20, || drop(black_box(paper::layout(&document, &width).unwrap())));
    shown("page cut for the paper", times);
}

/// One receipt and one boleto in the bytes of every profile. Words go out as the printer's own letters, so that a receipt is
/// some two thousand bytes; pictures are what a boleto weighs.
fn bytes_by_profile() {
    let receipt = with_tef_copy(payment_receipt(&papers::card_receipt()), &papers::tef_lines());
    let boleto = paper::boleto_copy(&papers::slip());
    for name in printer::profile::known::NAMES {
        let profile = printer::profile::known::find(name).unwrap();
        let weighs = |document| -> usize {
            let commands = escpos::compose(document, &profile).unwrap();
            commands.iter().map(|command| command.bytes().len()).sum()
        };
        let baud = profile.serial.baud as usize;
        let (receipt, boleto) = (weighs(&receipt), weighs(&boleto));
        let line = format!("{} ms on its line of {baud}", receipt * 10_000 / baud);
        println!("{name:<28}receipt {receipt} bytes, {line}; boleto {boleto} bytes");
    }
}

/// From the desk's word to the printer's end of the line: its first question, and the first byte of the paper.
fn first_byte() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().to_string().into();
    let (came, coming) = std::sync::mpsc::channel();
    let device = std::thread::spawn(move || {
        let (mut line, _) = listener.accept().unwrap();
        let (mut fence, mut buffer) = (0, [0; 4096]);
        while let Ok(count @ 1..) = std::io::Read::read(&mut line, &mut buffer) {
            let bytes = &buffer[..count];
            let _ = came.send((Instant::now(), bytes.starts_with(b"\x1b@")));
            // well at each question, and done at each fence
            for at in 0..count {
                if bytes[at..].starts_with(&[0x10, 0x04]) {
                    let _ = std::io::Write::write_all(&mut line, &[0x12]);
                } else if bytes[at..].starts_with(&[0x1d, b'r', 1]) {
                    fence += 1;
                    let _ = std::io::Write::write_all(&mut line, &[0x00]);
                }
            }
        }
        fence
    });
    let settings = printer::Settings { medium: printer::Medium::Tcp, port, ..printer::Settings::default() };
    let mut printer = printer::open(&settings).unwrap();
    assert_eq!(printer.status(), printer::Status::Ready);
    let document = payment_receipt(&papers::card_receipt());
    let (mut question, mut paper) = (Vec::new(), Vec::new());
    for _ in 0..20 {
        while coming.try_recv().is_ok() {}
        let decided = Instant::now();
        assert_eq!(printer.print(&document), printer::Outcome::Done);
        let heard: Vec<(Instant, bool)> = coming.try_iter().collect();
        question.push(heard.first().unwrap().0 - decided);
        paper.push(heard.iter().find(|(_, begins)| *begins).unwrap().0 - decided);
    }
    drop(printer);
    assert!(device.join().unwrap() >= 20);
    shown("first byte to the printer", question);
    shown("  first byte of the paper", paper);
}

/// On the disk that holds the temporary folder; `TMPDIR` chooses another.
fn journal() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    let mut times = Vec::new();
    for payment in 1..=100 {
        for entry in card_payment(&place.key, payment, "52998224725") {
            times.extend(timed(1, || journal.append(std::slice::from_ref(&entry)).unwrap()));
        }
    }
    shown("journal commit", times);
}

/// The same questions with few facts and with many: what a start costs does not grow with the years.
fn journal_of(facts: u64) {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    let payments = facts / 10;
    let numbers: Vec<u64> = (1..payments).collect();
    for chunk in numbers.chunks(50) {
        let entries: Vec<_> =
            chunk.iter().flat_map(|number| card_payment(&place.key, *number, &format!("{number:011}"))).collect();
        journal.append(&entries).unwrap();
    }
    journal.append(&card_payment(&place.key, payments, "52998224725")[..5]).unwrap();
    drop(journal);
    let opening = timed(10, || drop(black_box(place.open().unwrap())));
    let journal = place.open().unwrap();
    let open = timed(200, || assert_eq!(black_box(journal.open_payments().unwrap()).len(), 1));
    let start = Instant::now();
    let found = totem::journal::Book::open(&place.path(), &place.key).unwrap().verify().unwrap();
    let whole = start.elapsed();
    shown(&format!("opening at {facts} facts"), opening);
    shown("  what is open", open);
    println!("{:<28}{:.2} s, {} facts", "  the whole chain", whole.as_secs_f64(), found.facts);
}

/// The processor time of this thread, which asks and decodes; the stand-in answers on others.
fn thread_cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}

fn two_hundred_bills() {
    let folder = tempfile::tempdir().unwrap();
    let running = standin::start(standin::Options::new(folder.path().to_owned())).unwrap();
    let credentials = running.credentials();
    let erp = webservice_cliente::connect(Settings {
        url: format!("http://{}", running.address()),
        user: credentials.user.clone(),
        password: credentials.password.as_str().into(),
        allow_plain_http: false,
        pix: false,
        valor_pago_includes_charges: false,
        zone: "America/Sao_Paulo".to_owned(),
        customer_password: false,
        notifications: None,
        visit_days: 14,
        write_off: Vec::new(),
    })
    .unwrap();
    let person = standin::people(standin::SeedSet::Demo).pop().unwrap();
    let who: TaxId = TaxId::parse(&person.cpf).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let read = || runtime.block_on(erp.account(&who)).unwrap().unwrap().invoices.len();
    let bills = read();
    let before = thread_cpu();
    let times = timed(200, || {
        black_box(read());
    });
    let cpu = (thread_cpu() - before).as_secs_f64() * 1000.0 / 200.0;
    println!("{:<28}{cpu:.2} ms of CPU to ask for and decode them", format!("{bills} bills over HTTP"));
    shown("  with the stand-in's work", times);
}

/// PIX codes that have ended, for an hour at the pace that a site allows; the clock is a virtual one.
fn thousand_waiting_charges() {
    let place = Place::new();
    let mut journal = place.open().unwrap();
    for number in 1..=1_000 {
        journal.append(&code_over(&place.key, number)).unwrap();
    }
    let ended = code_over(&place.key, 1)[0].at;
    let mut now = ended + SignedDuration::from_secs(61);
    let end = now + SignedDuration::from_hours(1);
    let before = thread_cpu();
    let book = Box::new(Book::open(journal, place.key.clone(), std::sync::Arc::default()));
    let journey = Journey::new(journey::Settings::default(), now);
    let mut core = Core::open(journey, book, Rules::default(), Rhythm::default(), Site::default(), now);
    let started = thread_cpu() - before;
    let (before, mut looks) = (thread_cpu(), 0_u32);
    let mut inputs = vec![Input::Time];
    while now < end {
        let mut answers = Vec::new();
        for input in inputs.drain(..) {
            for call in core.handle(input, now) {
                if let Call::LookPix { payment, .. } = call {
                    looks += 1;
                    answers.push(Input::Answer(Answer::PixLooked { payment, result: Ok(PixState::Ended) }));
                }
            }
        }
        inputs = answers;
        if inputs.is_empty() {
            now = core.next_deadline(now).unwrap_or(end).min(end);
            inputs.push(Input::Time);
        }
    }
    let share = (thread_cpu() - before).as_secs_f64() / 36.0;
    println!("{:<28}{share:.3} % of a core, {looks} looks in an hour", "1000 charges that wait");
    println!("{:<28}{:.2} ms of CPU", "  found at start", started.as_secs_f64() * 1000.0);
}

/// A customer who answers at once, and looks at the clock when a question comes and when it is on the screen.
struct Quick {
    come: Vec<Duration>,
    drawn: Vec<Duration>,
    view: View,
}

/// Drawing takes so much longer than the rest that fewer are enough.
const DRAWN: usize = 40;

fn since_1970() -> Duration {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap()
}

impl Dialogue for Quick {
    fn show(&mut self, _message: &str, _cancellable: bool) {}

    fn show_code(&mut self, _code: Option<&str>) {}

    fn ask(&mut self, prompt: Prompt) -> Option<String> {
        let asked = Duration::from_micros(prompt.text.parse().unwrap());
        self.come.push(since_1970().saturating_sub(asked));
        if self.drawn.len() < DRAWN {
            if let Step::Card(card) = &mut self.view.step {
                card.prompt = Some(prompt);
            }
            black_box(totem::ui::picture(&self.view, &ui_common::options(), (1080, 1920)).unwrap());
            self.drawn.push(since_1970().saturating_sub(asked));
        }
        Some("1".to_owned())
    }

    fn wants_to_cancel(&self) -> bool {
        false
    }
}

/// From the library's question in its own process to the totem, and back.
fn clisitef() {
    let folder = tempfile::tempdir().unwrap();
    let library = folder.path().join("libclisitef.so");
    std::fs::copy(standin_library::standin(), &library).unwrap();
    let script = serde_json::json!({"result": 51, "turns": [
        {"c": 3, "text": "INSIRA O CARTAO"}, {"c": 23, "times": 1_000}, {"c": 20, "text": "{now_us}", "times": 200},
    ]});
    std::fs::write(folder.path().join("clisitef_standin.json"), script.to_string()).unwrap();
    let settings = format!(
        "library = {library:?}\naddress = \"127.0.0.1\"\nstore = \"00000001\"\nterminal = \"TT000001\"\n\
         state_dir = {:?}\n",
        folder.path().join("state")
    );
    let settings = toml::from_str(&settings).unwrap();
    let mut tef = clisitef::connect_with(settings, env!("CARGO_BIN_EXE_totem").into()).unwrap();
    let at = jiff::civil::datetime(2026, 11, 28, 10, 15, 0, 0);
    let order = SaleOrder { coupon: 1, amount: Money::from_cents(8990), kind: CardKind::Debit, instalments: 1, at };
    let view = ui_common::ordinary().into_iter().find(|(name, _)| *name == "card_menu").unwrap().1;
    let mut customer = Quick { come: Vec::new(), drawn: Vec::new(), view };
    black_box(tef.sell(&order, &mut customer));
    let book = std::fs::read(folder.path().join("clisitef_book.json")).unwrap();
    let book: serde_json::Value = serde_json::from_slice(&book).unwrap();
    let polls = book["polls_us"].as_array().unwrap().iter().map(|us| Duration::from_micros(us.as_u64().unwrap()));
    shown("answer to CliSiTef's 23", polls.collect());
    shown("its question at the desk", customer.come);
    // a whole window from nothing: a running one draws less
    shown("its question to a drawn frame", customer.drawn);
}

/// All of them, or with `-- papers` only what is printed and shown.
fn main() {
    receipt();
    documents();
    bytes_by_profile();
    first_byte();
    if std::env::args().any(|word| word == "papers") {
        return;
    }
    journal();
    thousand_waiting_charges();
    journal_of(1_000);
    journal_of(1_000_000);
    two_hundred_bills();
    clisitef();
}
