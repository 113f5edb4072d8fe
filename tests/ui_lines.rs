//! The line face: what scripts rely on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ui_common;

use std::io::{BufReader, Cursor, Read};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use totem::domain::Money;
use totem::journey::step::{Choice, Identify, MethodWhy, Methods};
use totem::journey::{Intent, Step, View};
use totem::runtime::{Counter, Line};
use totem::ui::lines::{End, run};
use ui_common::{ordinary, view};

/// A desk that shows one view after another, the next one at each intent.
struct Desk {
    views: Mutex<std::vec::IntoIter<View>>,
    heard: Mutex<Vec<Intent>>,
    watcher: Mutex<Option<UnboundedSender<Arc<View>>>>,
    /// How long it thinks before it shows the next view.
    thinks: Duration,
}

impl Desk {
    fn showing(views: Vec<View>) -> Arc<Desk> {
        let numbered = views.into_iter().zip(1..).map(|(view, seq)| View { seq, ..view });
        Arc::new(Desk {
            views: Mutex::new(numbered.collect::<Vec<_>>().into_iter()),
            heard: Mutex::default(),
            watcher: Mutex::default(),
            thinks: Duration::from_millis(20),
        })
    }

    fn next(&self) {
        if let (Some(view), Some(watcher)) = (self.views.lock().unwrap().next(), &*self.watcher.lock().unwrap()) {
            watcher.send(Arc::new(view)).unwrap();
        }
    }
}

struct Desks(Arc<Desk>);

impl Line for Desks {
    fn finish(&self) {}

    fn send(&self, intent: Intent) {
        self.0.heard.lock().unwrap().push(intent);
        let desk = self.0.clone();
        std::thread::spawn(move || {
            std::thread::sleep(desk.thinks);
            desk.next();
        });
    }

    fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
        let (sender, receiver) = unbounded_channel();
        *self.0.watcher.lock().unwrap() = Some(sender);
        self.0.next();
        receiver
    }
}

fn named(name: &str) -> View {
    ordinary().into_iter().find(|(this, _)| *this == name).unwrap().1
}

fn told(desk: &Arc<Desk>, input: impl Read + Send + 'static) -> (Vec<Value>, End) {
    let mut output = Vec::new();
    let end = run(&Counter::new(Arc::new(Desks(desk.clone()))), BufReader::new(input), &mut output);
    let text = String::from_utf8(output).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), end)
}

fn lines(text: &str) -> Cursor<Vec<u8>> {
    Cursor::new(text.as_bytes().to_vec())
}

#[test]
fn a_bill_on_a_line_is_what_the_screen_shows() {
    let (told, end) = told(&Desk::showing(vec![named("invoices")]), lines("{\"do\":\"quit\"}\n"));
    assert_eq!(end, End::Quit);
    let [line] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(line["step"], "invoices");
    assert_eq!(line["seq"], 1);
    assert_eq!(line["actions"], json!(["toggle", "details", "pay", "services", "leave", "help"]));
    assert_eq!(line["customer"], "Maria S.");
    assert_eq!(line["total_cents"], 12_310);
    let bill = &line["invoices"][0];
    assert_eq!(bill["id"], "90");
    assert_eq!(bill["due"], "2026-11-10");
    assert_eq!((&bill["overdue_days"], &bill["chosen"], &bill["state"]), (&json!(12), &json!(true), &json!("open")));
    assert!(line.get("message").is_none());
}

#[test]
fn lines_sent_in_one_go_are_judged_step_by_step() {
    let typing = |length| {
        let step = Identify { typed: "*".repeat(length), length, ..Identify::default() };
        view(Step::Identify(step), if length == 3 { &["type", "submit"] } else { &["type"] })
    };
    let desk = Desk::showing(vec![typing(0), typing(3), named("verify")]);
    let input = lines("{\"do\":\"type\",\"text\":\"529\"}\n{\"do\":\"submit\"}\n\n{\"do\":\"back\"}\n");
    let (told, end) = told(&desk, input);
    assert_eq!(end, End::InputEnded);
    assert_eq!(told.len(), 3);
    let heard = desk.heard.lock().unwrap().clone();
    assert_eq!(heard, [Intent::Type { text: "529".into() }, Intent::Submit, Intent::Back]);
}

#[test]
fn what_is_not_accepted_is_refused_and_not_handed_in() {
    let desk = Desk::showing(vec![named("identify")]);
    let (told, _) = told(&desk, lines("{\"do\":\"pay\"}\n"));
    assert_eq!(told[1]["refused"], "pay");
    assert!(told[1]["why"].as_str().unwrap().contains("identify accepts type"));
    assert!(desk.heard.lock().unwrap().is_empty());
}

#[test]
fn an_option_that_is_not_there_or_does_not_work_is_refused_and_not_handed_in() {
    let step = Step::Method(Methods {
        amount_cents: Money::from_cents(31_598),
        bills: 1,
        options: vec![choice("pix", None), choice("debit", Some(MethodWhy::NoReceipt))],
    });
    let desk = Desk::showing(vec![view(step, &["choose", "back"])]);
    let input = lines(
        "{\"do\":\"choose\",\"option\":\"gold\"}\n{\"do\":\"choose\",\"option\":\"debit\"}\n\
         {\"do\":\"choose\",\"option\":\"pix\"}\n",
    );
    let (told, _) = told(&desk, input);
    let refused: Vec<_> = told[1..].iter().map(|line| (&line["refused"], line["why"].as_str().unwrap())).collect();
    let choose = json!("choose");
    assert_eq!(refused, [(&choose, "method has no option gold"), (&choose, "debit does not work now: no_receipt")]);
    assert_eq!(*desk.heard.lock().unwrap(), [Intent::Choose { option: "pix".into() }]);
}

fn choice(id: &str, why: Option<MethodWhy>) -> Choice {
    Choice { id: id.into(), works: why.is_none(), why, text: None, amount_cents: None }
}

#[test]
fn garbage_is_refused_and_the_face_goes_on() {
    let long = format!("{{\"do\":\"type\",\"text\":\"{}\"}}\n", "1".repeat(200_000));
    let garbage = [
        b"hello\n".to_vec(),
        b"[1,2]\n".to_vec(),
        b"{\"do\":7}\n".to_vec(),
        b"\xff\xfe\n".to_vec(),
        b"{\"do\":\"fly\"}\n".to_vec(),
        b"{\"do\":\"type\"}\n".to_vec(),
        b"{\"do\":\"language\",\"code\":\"tlh\"}\n".to_vec(),
        long.into_bytes(),
        b"\r\n".to_vec(),
        b"{\"do\":\"quit\"}".to_vec(),
    ];
    let desk = Desk::showing(vec![named("identify")]);
    let (told, end) = told(&desk, Cursor::new(garbage.concat()));
    assert_eq!(end, End::Quit);
    let refused: Vec<&str> = told[1..].iter().map(|line| line["refused"].as_str().unwrap()).collect();
    assert_eq!(refused, ["?", "?", "?", "?", "fly", "type", "language", "?"]);
    assert!(told[1..].iter().all(|line| !line["why"].as_str().unwrap().is_empty()));
    assert!(desk.heard.lock().unwrap().is_empty());
}

#[test]
fn outcomes_are_told_in_a_sentence() {
    for (name, wanted) in [
        ("confirming", "Estamos confirmando seu pagamento. Não pague de novo."),
        ("undone", "Seu cartão não foi cobrado."),
        ("trouble", "Não encontramos conta com esses dados."),
        ("closed", "Este totem está fora de serviço."),
    ] {
        let (told, _) = told(&Desk::showing(vec![named(name)]), lines(""));
        assert!(told[0]["message"].as_str().unwrap().starts_with(wanted), "{}", told[0]);
        assert!(told[0]["code"].is_string());
    }
}

#[test]
fn every_step_is_one_line_of_json() {
    for (name, view) in ordinary() {
        let (told, _) = told(&Desk::showing(vec![view]), lines(""));
        assert_eq!(told.len(), 1, "{name}");
        assert!(told[0]["step"].is_string() && told[0]["actions"].is_array(), "{name}");
    }
}

#[test]
fn nobody_who_reads_is_a_customer_who_walked_away() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _bytes: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let counter = Counter::new(Arc::new(Desks(Desk::showing(vec![named("identify")]))));
    assert_eq!(run(&counter, lines("{\"do\":\"help\"}\n"), Closed), End::InputEnded);
}
