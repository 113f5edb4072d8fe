//! A few customers played without a window, with a picture of every step they meet.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::mpsc::error::TryRecvError;
use totem::domain::InvoiceId;
use totem::journey::intent::PageTurn;
use totem::journey::step::{BillState, Question};
use totem::journey::{Intent, Step, View};
use totem::runtime::Counter;
use totem::simulator::erp::{Person, SeedSet, people};
use totem::ui;

/// The sizes of the pictures.
const SIZES: [(u32, u32); 2] = [(1080, 1920), (768, 1360)];
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the pictures go, if anywhere. Each step is taken once.
pub struct Pictures {
    dir: Option<PathBuf>,
    options: ui::Options,
    taken: BTreeSet<String>,
}

impl Pictures {
    pub fn new(dir: Option<&Path>, options: &ui::Options) -> Result<Pictures, String> {
        if let Some(dir) = dir {
            std::fs::create_dir_all(dir).map_err(|error| format!("{}: {error}", dir.display()))?;
        }
        Ok(Pictures { dir: dir.map(Path::to_owned), options: options.clone(), taken: BTreeSet::new() })
    }

    fn take(&mut self, view: &View) -> Result<(), String> {
        let Some(dir) = &self.dir else { return Ok(()) };
        let name = name(&view.step);
        if !self.taken.insert(name.clone()) {
            return Ok(());
        }
        for (width, height) in SIZES {
            let pixels = ui::picture(view, &self.options, (width, height)).map_err(|error| error.to_string())?;
            let path = dir.join(format!("{name}-{width}x{height}.png"));
            let picture = image::RgbaImage::from_raw(width, height, pixels).ok_or("a picture of the wrong size")?;
            picture.save(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(())
    }
}

/// A form has a picture of each of its questions, with something typed where one types.
fn name(step: &Step) -> String {
    match step {
        Step::Form(form) => {
            let typed = if form.typed.is_empty() { "" } else { "-typed" };
            format!("form-{:?}-{:?}{typed}", form.form, form.asks).to_lowercase()
        }
        Step::Notice(notice) => format!("notice-{:?}", notice.about).to_lowercase(),
        _ => step.name().to_owned(),
    }
}

struct Visit<'a> {
    counter: &'a Counter,
    views: UnboundedReceiver<Arc<View>>,
    pictures: Pictures,
    last: Option<Arc<View>>,
}

/// Has a connection back on trust and opens a ticket; pays a bill by PIX, two by credit card, looks at a boleto and its
/// PDF, and asks for somebody who owes nothing.
pub fn play(counter: &Counter, pictures: Pictures) -> Result<(), String> {
    let mut visit = Visit { counter, views: counter.subscribe(), pictures, last: None };
    let people = people(SeedSet::Demo);
    let [one, many, none, ..] = people.as_slice() else {
        return Err("the stand-in has too few customers".to_owned());
    };
    visit.unlock(one)?;
    visit.ticket(many)?;
    visit.pix(one)?;
    visit.credit(many)?;
    visit.boleto(many)?;
    visit.nothing_owed(none)
}

impl Visit<'_> {
    fn unlock(&mut self, person: &Person) -> Result<(), String> {
        self.services(person)?;
        self.does(choose("plans"));
        self.until("plans")?;
        self.does(Intent::Back);
        self.until("services")?;
        self.does(choose("unlock"));
        self.fill_in()?;
        self.does(Intent::Print);
        self.until_printed()?;
        self.told("one connection back on trust");
        self.does(Intent::Leave);
        self.until("identify")
    }

    fn ticket(&mut self, person: &Person) -> Result<(), String> {
        self.services(person)?;
        self.does(choose("tickets"));
        self.until("records")?;
        self.does(choose("new"));
        self.fill_in()?;
        self.does(Intent::Print);
        self.until_printed()?;
        self.told("one ticket opened");
        self.does(Intent::Leave);
        self.until("identify")
    }

    fn services(&mut self, person: &Person) -> Result<(), String> {
        self.identify(person, "invoices")?;
        self.does(Intent::Services);
        self.until("services")
    }

    /// Answers every question of a form, and waits for what became of it.
    fn fill_in(&mut self) -> Result<(), String> {
        let mut answered = 0;
        loop {
            self.watch(|view| match &view.step {
                Step::Form(form) => form.question > answered,
                step => step.name() == "notice",
            })
            .map_err(|seen| format!("waited for a question, saw {seen}"))?;
            let Some(Step::Form(form)) = self.last.as_ref().map(|view| view.step.clone()) else { return Ok(()) };
            answered = form.question;
            if let Some(option) = form.options.first() {
                self.does(choose(&option.id));
                continue;
            }
            let text = match form.asks {
                Question::Text => "A luz vermelha do aparelho está acesa desde ontem à noite",
                Question::Phone => "31900001234",
                _ => "",
            };
            if !text.is_empty() {
                self.does(Intent::Type { text: text.to_owned() });
                self.watch(|view| matches!(&view.step, Step::Form(form) if !form.typed.is_empty()))
                    .map_err(|seen| format!("waited for what was typed, saw {seen}"))?;
            }
            self.does(Intent::Submit);
        }
    }

    fn pix(&mut self, person: &Person) -> Result<(), String> {
        self.identify(person, "invoices")?;
        self.does(Intent::Pay);
        self.until("method")?;
        self.does(choose("pix"));
        self.until("pix")?;
        self.until("paid")?;
        self.does(Intent::Receipt { how: "print".to_owned() });
        self.until_printed()?;
        self.told("one bill paid by PIX");
        self.does(Intent::Leave);
        self.until("identify")
    }

    fn credit(&mut self, person: &Person) -> Result<(), String> {
        self.identify(person, "invoices")?;
        self.choose_exactly_two()?;
        self.does(Intent::Pay);
        self.until("method")?;
        self.does(choose("credit"));
        self.until("instalments")?;
        self.does(choose("1"));
        self.until("card")?;
        self.until("paid")?;
        self.told("two bills paid by credit card");
        self.does(Intent::Leave);
        self.until("identify")
    }

    fn boleto(&mut self, person: &Person) -> Result<(), String> {
        self.identify(person, "invoices")?;
        let Some(first) = self.open_bills().into_iter().next() else { return Err("no bill to look at".to_owned()) };
        self.does(Intent::Details { id: first.0 });
        self.until("invoice")?;
        self.does(Intent::ShowBoleto);
        self.until("boleto")?;
        self.does(Intent::Print);
        self.until_printed()?;
        self.does(Intent::ShowDocument);
        self.until("document")?;
        self.told("one boleto shown and printed, and its PDF shown");
        self.does(Intent::Leave);
        self.until("identify")
    }

    fn nothing_owed(&mut self, person: &Person) -> Result<(), String> {
        self.identify(person, "trouble")?;
        self.told("one customer who owes nothing");
        self.does(Intent::Leave);
        self.until("identify")
    }

    fn identify(&mut self, person: &Person, then: &str) -> Result<(), String> {
        self.until("identify")?;
        self.does(Intent::Type { text: person.cpf.clone() });
        self.until("verify")?;
        self.does(Intent::Type { text: person.birth.clone() });
        self.until(then)
    }

    /// Whatever is chosen already on any page is left out but for the first two bills of the first page.
    fn choose_exactly_two(&mut self) -> Result<(), String> {
        let mut wanted = 2;
        loop {
            let Some(Step::Invoices(shown)) = self.last.as_ref().map(|view| view.step.clone()) else {
                return Err("no bills on the screen".to_owned());
            };
            for line in shown.invoices.iter().filter(|line| line.state == BillState::Open) {
                if line.chosen != (wanted > 0) {
                    self.does(Intent::Toggle { id: line.id.0.clone() });
                }
                wanted = usize::saturating_sub(wanted, 1);
            }
            if shown.page == shown.pages {
                break;
            }
            self.does(Intent::Page { to: PageTurn::Next });
            let page = shown.page + 1;
            self.watch(|view| matches!(&view.step, Step::Invoices(shown) if shown.page == page))
                .map_err(|seen| format!("waited for page {page}, saw {seen}"))?;
        }
        self.watch(|view| matches!(&view.step, Step::Invoices(shown) if shown.chosen == 2))
            .map_err(|seen| format!("waited for two chosen bills, saw {seen}"))
    }

    fn open_bills(&self) -> Vec<InvoiceId> {
        match self.last.as_ref().map(|view| &view.step) {
            Some(Step::Invoices(shown)) => {
                let open = shown.invoices.iter().filter(|line| line.state == BillState::Open);
                open.map(|line| line.id.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    fn does(&self, intent: Intent) {
        self.counter.send(intent);
    }

    fn told(&self, what: &str) {
        eprintln!("visit {what}");
    }

    fn until(&mut self, step: &str) -> Result<(), String> {
        self.watch(|view| view.step.name() == step).map_err(|seen| format!("waited for {step}, saw {seen}"))
    }

    fn until_printed(&mut self) -> Result<(), String> {
        use totem::journey::step::PrintNews::Printed;
        self.watch(|view| match &view.step {
            Step::Paid(shown) => shown.printed == Some(Printed),
            Step::Boleto(shown) => shown.printed == Some(Printed),
            Step::Notice(shown) => shown.printed == Some(Printed),
            _ => false,
        })
        .map_err(|seen| format!("waited for paper, saw {seen}"))
    }

    fn watch(&mut self, wanted: impl Fn(&View) -> bool) -> Result<(), String> {
        let deadline = Instant::now() + PATIENCE;
        if self.last.as_ref().is_some_and(|view| wanted(view)) {
            return Ok(());
        }
        while Instant::now() < deadline {
            match self.views.try_recv() {
                Ok(view) => {
                    self.pictures.take(&view)?;
                    let done = wanted(&view);
                    self.last = Some(view);
                    if done {
                        return Ok(());
                    }
                }
                Err(TryRecvError::Empty) => std::thread::sleep(Duration::from_millis(5)),
                Err(TryRecvError::Disconnected) => break,
            }
        }
        Err(self.last.as_ref().map_or("nothing", |view| view.step.name()).to_owned())
    }
}

fn choose(option: &str) -> Intent {
    Intent::Choose { option: option.to_owned() }
}
