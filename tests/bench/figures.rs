//! The figures without a window: papers, journal, and reading two hundred bills. `tests/bench/run` prints them all.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a measurement may stop here")]

#[path = "../journal_support/mod.rs"]
mod journal_support;
#[path = "../papers/mod.rs"]
mod papers;

use std::hint::black_box;
use std::time::{Duration, Instant};

use journal_support::{Place, card_payment};
use totem::domain::TaxId;
use totem::erp::Erp;
use totem::erp::webservice_cliente::{self, Settings};
use totem::paper::{self, payment_receipt, with_tef_copy};
use totem::printer::{self, escpos};
use totem::simulator::erp as standin;

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
    let settings = printer::Settings::default();
    let width = settings.width();
    let times = timed(200, || {
        let document = with_tef_copy(payment_receipt(&papers::longest_receipt(200)), &papers::tef_lines());
        let sheet = paper::layout(&document, &width).unwrap();
        let bytes: usize = escpos::commands(&sheet, &settings).iter().map(|command| command.bytes().len()).sum();
        black_box(bytes);
    });
    shown("receipt of 200 bills", times);
    let times = timed(200, || {
        let sheet = paper::layout(&paper::boleto_copy(&papers::slip()), &width).unwrap();
        let bytes: usize = escpos::commands(&sheet, &settings).iter().map(|command| command.bytes().len()).sum();
        black_box(bytes);
    });
    shown("boleto with bars and QR", times);
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

fn main() {
    receipt();
    journal();
    journal_of(1_000);
    journal_of(1_000_000);
    two_hundred_bills();
}
