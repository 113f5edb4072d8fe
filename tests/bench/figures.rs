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

use journal_support::{Place, card_payment};
use totem::domain::{CardKind, Money, Prompt, TaxId};
use totem::erp::Erp;
use totem::erp::webservice_cliente::{self, Settings};
use totem::paper::{self, payment_receipt, with_tef_copy};
use totem::printer::{self, escpos};
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

/// A customer who answers at once, and looks at the clock when a question comes.
#[derive(Default)]
struct Quick(Vec<Duration>);

impl Dialogue for Quick {
    fn show(&mut self, _message: &str, _cancellable: bool) {}

    fn show_code(&mut self, _code: Option<&str>) {}

    fn ask(&mut self, prompt: Prompt) -> Option<String> {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let asked = Duration::from_micros(prompt.text.parse().unwrap());
        self.0.push(now.saturating_sub(asked));
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
    let mut customer = Quick::default();
    black_box(tef.sell(&order, &mut customer));
    let book = std::fs::read(folder.path().join("clisitef_book.json")).unwrap();
    let book: serde_json::Value = serde_json::from_slice(&book).unwrap();
    let polls = book["polls_us"].as_array().unwrap().iter().map(|us| Duration::from_micros(us.as_u64().unwrap()));
    shown("answer to CliSiTef's 23", polls.collect());
    shown("its question at the desk", customer.0);
    let views = ui_common::ordinary();
    let (_, view) = views.iter().find(|(name, _)| *name == "card_menu").unwrap();
    let times = timed(40, || {
        black_box(totem::ui::picture(view, &ui_common::options(), (1080, 1920)).unwrap());
    });
    shown("  and drawn, from nothing", times);
}

fn main() {
    receipt();
    journal();
    two_hundred_bills();
    clisitef();
}
