//! One operation from its first call to what its `read` makes of the answers.

use std::time::Duration;

use jaq_json::Val;
use serde_json::{Map, Value as Json};

use super::answer::{Heard, Kind};
use super::call::{Call, Pages};
use super::context::{Context, Page};
use super::definition::Operation;
use super::jq::{self, Expression, Scene};
use super::session::{Sent, refused};
use super::{Configured, garbled};
use crate::domain::service::Change;
use crate::erp::text::{repeated, shown};
use crate::erp::{Error, WriteOffOutcome};

/// Between two questions about what was only taken in.
const PAUSE_AT_MOST: Duration = Duration::from_secs(2);

/// What one call, or all calls of an operation, said.
pub(super) enum Told {
    Value(Val),
    /// The definition's `none` holds: there is nothing.
    Nothing,
}

/// What the calls of a change came to.
pub(super) enum Verdict {
    Applied(Box<(Val, Context)>),
    Settled,
    Rejected(String),
    Unknown(String),
}

impl Configured {
    /// A read with all its calls; nothing where one of them says that there is nothing.
    pub(super) async fn run(&self, operation: &Operation, given: Map<String, Json>) -> Result<Option<Val>, Error> {
        let name = operation.op.name();
        let mut context = Context::new(given, self.today().to_string());
        let mut last = Val::Null;
        for call in operation.calls() {
            match self.step(name, call, &mut context, &last).await? {
                Told::Nothing => return Ok(None),
                Told::Value(value) => last = value,
            }
        }
        let Some(read) = &operation.read else { return Ok(Some(last)) };
        let scene = self.quiet(&context);
        let value = read.first(last, &scene).await.map_err(|failed| failed_read(name, "read", failed))?;
        Ok(value.filter(|value| !matches!(value, Val::Null)))
    }

    /// The reads that come before a change, and what the last of them gave. An error means that nothing was done.
    pub(super) async fn prepare(&self, operation: &Operation, context: &mut Context) -> Result<Val, Error> {
        let mut last = Val::Null;
        for call in &operation.before {
            match self.step(operation.op.name(), call, context, &last).await? {
                Told::Nothing => return Err(refused(operation.op.name(), "what it needs is not there")),
                Told::Value(value) => last = value,
            }
        }
        Ok(last)
    }

    /// A change: sent once, and looked after by the calls that follow where it is only taken in.
    pub(super) async fn change(&self, operation: &Operation, given: Map<String, Json>) -> Result<Verdict, Error> {
        let name = operation.op.name();
        let mut context = Context::new(given, self.today().to_string());
        self.prepare(operation, &mut context).await?;
        let heard = match self.session.send_once(name, &operation.main, &context).await? {
            Sent::Answered(answer) => Heard::of(&answer),
            Sent::NoAnswer(why) => return Ok(Verdict::Unknown(why)),
        };
        let mut verdict = self.judged(&operation.main, &heard, &context).await;
        let mut last = heard.json;
        for call in &operation.then {
            let mut pause = self.session.http.patience().before_retry;
            for turn in 0..call.asked_at_most {
                if !matches!(verdict, Judgement::Pending) {
                    break;
                }
                if turn == 0 {
                    context.step(&operation.main.name, last.clone());
                } else {
                    // it is at it: the same question again, a little later
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(PAUSE_AT_MOST);
                }
                // from here on it may have been done: whatever cannot be read leaves that open
                let answer = match self.session.read(name, call, &context, self.session.list()).await {
                    Ok(answer) => answer,
                    Err(error) => return Ok(Verdict::Unknown(format!("taken in, and then: {error}"))),
                };
                let heard = Heard::of(&answer);
                verdict = self.judged(call, &heard, &context).await;
                last = heard.json;
            }
            context.step(&call.name, last.clone());
        }
        Ok(match verdict {
            Judgement::Applied => Verdict::Applied(Box::new((last, context))),
            Judgement::Settled => Verdict::Settled,
            Judgement::Rejected(why) => Verdict::Rejected(why),
            Judgement::Pending => Verdict::Unknown("taken in, and not done yet".to_owned()),
            Judgement::Unknown(why) => Verdict::Unknown(why),
        })
    }

    /// What `read` makes of the answer to a change that was done. It was done, whatever that gives.
    pub(super) async fn outcome(&self, operation: &Operation, last: Val, context: &Context) -> Option<Val> {
        let scene = self.quiet(context);
        operation.read.as_ref()?.first(last, &scene).await.ok()?
    }

    /// One call of a read, in all its repetitions and pages; what it keeps stands under its name afterwards.
    async fn step(&self, name: &'static str, call: &Call, context: &mut Context, last: &Val) -> Result<Told, Error> {
        let scene = self.quiet(context);
        if let Some(when) = &call.when {
            let holds = when.holds(last.clone(), &scene).await.map_err(|failed| failed_read(name, "when", failed))?;
            if !holds {
                context.step(&call.name, Val::Null);
                return Ok(Told::Value(last.clone()));
            }
        }
        let kept = match &call.each {
            None => match self.once(name, call, context).await? {
                Told::Nothing => return Ok(Told::Nothing),
                Told::Value(value) => value,
            },
            Some(each) => {
                let items = each.run(last.clone(), &scene, call.each_at_most + 1).await;
                let items = items.map_err(|failed| failed_read(name, "each", failed))?;
                if items.len() > call.each_at_most {
                    return Err(garbled(name, &format!("`each` gives more than {}", call.each_at_most)));
                }
                let mut answers = Vec::with_capacity(items.len());
                for item in items {
                    let told = self.once(name, call, &context.for_item(item.clone())).await?;
                    let answer = match told {
                        Told::Nothing => Val::Null,
                        Told::Value(value) => value,
                    };
                    answers.push(jq::object([("item".to_owned(), item), ("answer".to_owned(), answer)]));
                }
                jq::array(answers)
            }
        };
        context.step(&call.name, kept.clone());
        Ok(Told::Value(kept))
    }

    async fn once(&self, name: &'static str, call: &Call, context: &Context) -> Result<Told, Error> {
        let told = match &call.pages {
            None => self.answer(name, call, context).await?,
            Some(pages) => self.all_pages(name, call, pages, context).await?,
        };
        let (Told::Value(value), Some(keep)) = (&told, &call.keep) else { return Ok(told) };
        let kept = keep.first(value.clone(), &self.quiet(context)).await;
        Ok(Told::Value(kept.map_err(|failed| failed_read(name, "keep", failed))?.unwrap_or(Val::Null)))
    }

    async fn all_pages(
        &self,
        name: &'static str,
        call: &Call,
        pages: &Pages,
        context: &Context,
    ) -> Result<Told, Error> {
        let mut all: Vec<Val> = Vec::new();
        let mut before: Option<Vec<Val>> = None;
        for turn in 0..pages.at_most {
            let page = Page { number: pages.first + turn, offset: turn * pages.size, size: pages.size };
            let context = context.on_page(page);
            let Told::Value(value) = self.answer(name, call, &context).await? else {
                return Ok(if turn == 0 { Told::Nothing } else { Told::Value(jq::array(all)) });
            };
            let scene = self.quiet(&context);
            let items = pages.items.first(value.clone(), &scene).await;
            let items = match items.map_err(|failed| failed_read(name, "items", failed))? {
                Some(Val::Arr(items)) => (*items).clone(),
                _ => return Err(garbled(name, "its `items` gives no list")),
            };
            if before.as_ref().is_some_and(|before| *before == items && !items.is_empty()) {
                tracing::warn!(operation = name, "the ERP gives the same page again, whatever page is asked for");
                return Ok(Told::Value(jq::array(all)));
            }
            let is_last = match &pages.last {
                Some(last) => {
                    let last = last.holds(value, &scene).await;
                    items.is_empty() || last.map_err(|failed| failed_read(name, "last", failed))?
                }
                None => u64::try_from(items.len()).unwrap_or(u64::MAX) < pages.size,
            };
            all.extend(items.iter().cloned());
            if is_last {
                return Ok(Told::Value(jq::array(all)));
            }
            before = Some(items);
        }
        Err(garbled(name, &format!("more than {} pages", pages.at_most)))
    }

    /// One answer to a read, as its JSON; or the error that it is.
    async fn answer(&self, name: &'static str, call: &Call, context: &Context) -> Result<Told, Error> {
        let answer = self.session.read(name, call, context, self.session.list()).await?;
        self.hear(name, call, context, &Heard::of(&answer)).await
    }

    pub(super) async fn hear(
        &self,
        name: &'static str,
        call: &Call,
        context: &Context,
        heard: &Heard,
    ) -> Result<Told, Error> {
        let scene = self.scene(context, heard);
        match heard.kind {
            Kind::Html => return Err(not_an_answer(name, heard.status, "HTML")),
            Kind::Broken => return Err(not_an_answer(name, heard.status, "neither JSON nor a text")),
            _ => {}
        }
        // who is refused, or asked wrongly, has not learnt that there is nothing; nor who was answered with nothing at all
        let says_something = heard.kind != Kind::Empty || heard.status == 404;
        if says_something
            && matches!(heard.status, 200..=299 | 404)
            && let Some(none) = &call.none
            && none.holds(heard.json.clone(), &scene).await.map_err(|failed| failed_read(name, "none", failed))?
        {
            return Ok(Told::Nothing);
        }
        if heard.status < 500
            && !matches!(heard.status, 401 | 403)
            && let Some(why) = self.refusal(heard, &scene).await?
        {
            return Err(if is_bare(&why) { refused(name, &why) } else { Error::denied(name, heard.status, &why) });
        }
        match heard.status {
            200..=299 => {}
            401 | 403 => return Err(Error::SignIn(format!("HTTP {}", heard.status))),
            500.. => return Err(Error::Unreachable(format!("HTTP {}", heard.status))),
            status => return Err(refused(name, &format!("HTTP {status}"))),
        }
        match heard.kind {
            Kind::Json => Ok(Told::Value(heard.json.clone())),
            Kind::Text if call.accepts_text => Ok(Told::Value(Val::utf8_str(heard.text.clone().into_bytes()))),
            Kind::Empty if call.accepts_empty => Ok(Told::Value(Val::Null)),
            Kind::Empty => Err(garbled(name, "it is empty")),
            _ => Err(garbled(name, "it is not JSON")),
        }
    }

    /// The ERP's words, where an answer to a read is a refusal.
    async fn refusal(&self, heard: &Heard, scene: &Scene) -> Result<Option<String>, Error> {
        let Some(refused) = &self.refused else { return Ok(None) };
        // an answer that the expression does not fit is no refusal; `read` will say what it is
        Ok(words(refused, heard, scene).await.unwrap_or(None))
    }

    /// What one answer to a change means. Whatever is no clear answer is unknown, whatever a definition says.
    async fn judged(&self, call: &Call, heard: &Heard, context: &Context) -> Judgement {
        let unknown = |why: &str| Judgement::Unknown(format!("HTTP {}: {why}", heard.status));
        match heard.kind {
            Kind::Empty => return unknown("an empty answer"),
            Kind::Html => return unknown("an HTML page"),
            Kind::Broken => return unknown("an answer that cannot be read"),
            Kind::Json | Kind::Text => {}
        }
        if !matches!(heard.status, 200..=299 | 400..=499) || matches!(heard.status, 408 | 429) {
            return unknown("no clear answer");
        }
        let scene = self.scene(context, heard);
        let judge = &call.judge;
        let says = async |expression: &Option<Expression>| match expression {
            Some(expression) => expression.holds(heard.json.clone(), &scene).await.unwrap_or(false),
            None => false,
        };
        if says(&judge.settled).await {
            return Judgement::Settled;
        }
        let is_success = (200..300).contains(&heard.status);
        if is_success && says(&judge.applied).await {
            return Judgement::Applied;
        }
        if is_success && says(&judge.pending).await {
            return Judgement::Pending;
        }
        if let Some(rejected) = &judge.rejected
            && let Ok(Some(why)) = words(rejected, heard, &scene).await
        {
            return Judgement::Rejected(why);
        }
        unknown("an answer that the definition does not know")
    }

    fn scene(&self, context: &Context, heard: &Heard) -> Scene {
        context.scene(&self.session.values, heard.status, &heard.text, heard.kind.name())
    }

    /// Without an answer.
    pub(super) fn quiet(&self, context: &Context) -> Scene {
        context.scene(&self.session.values, 0, "", "json")
    }
}

enum Judgement {
    Applied,
    Settled,
    Rejected(String),
    Pending,
    Unknown(String),
}

/// The words of a refusal, where the expression gives any; `true` is one without words.
async fn words(expression: &Expression, heard: &Heard, scene: &Scene) -> Result<Option<String>, jq::Failed> {
    Ok(match expression.first(heard.json.clone(), scene).await? {
        Some(Val::TStr(text)) => {
            let text = String::from_utf8_lossy(&text);
            if text.trim().is_empty() { None } else { Some(text.into_owned()) }
        }
        Some(Val::Num(number)) => Some(number.to_string()),
        Some(Val::Bool(true)) => Some(format!("HTTP {}", heard.status)),
        _ => None,
    })
}

/// A status, where the ERP gave no words.
fn is_bare(why: &str) -> bool {
    why.strip_prefix("HTTP ").is_some_and(|status| status.bytes().all(|digit| digit.is_ascii_digit()))
}

fn not_an_answer(name: &'static str, status: u16, what: &str) -> Error {
    match status {
        500.. => Error::Unreachable(format!("HTTP {status}")),
        _ => garbled(name, &format!("it is {what}")),
    }
}

pub(super) fn failed_read(name: &'static str, key: &str, failed: jq::Failed) -> Error {
    let why = match failed {
        jq::Failed::Error => "does not fit this answer",
        jq::Failed::TooSlow => "takes too long over this answer",
        jq::Failed::TooLarge => "gives too much",
    };
    garbled(name, &format!("its `{key}` {why}"))
}

impl From<Verdict> for WriteOffOutcome {
    fn from(verdict: Verdict) -> WriteOffOutcome {
        match verdict {
            Verdict::Applied(_) => WriteOffOutcome::Applied,
            Verdict::Settled => WriteOffOutcome::AlreadySettled,
            Verdict::Rejected(why) => WriteOffOutcome::Rejected { why: repeated(&why) },
            Verdict::Unknown(why) => WriteOffOutcome::Unknown { why },
        }
    }
}

impl Verdict {
    /// For a change that money does not hang on.
    pub(super) fn change(self) -> Change<Option<(Val, Context)>> {
        match self {
            Verdict::Applied(done) => Change::Done(Some(*done)),
            Verdict::Settled => Change::Done(None),
            Verdict::Rejected(why) if is_bare(&why) => Change::Refused { why: String::new() },
            Verdict::Rejected(why) => Change::Refused { why: shown(&why) },
            Verdict::Unknown(why) => Change::Unknown { why },
        }
    }
}
