//! What the totem says, in three languages. The words live in `assets/phrases`; amounts and dates are put the way they
//! stand on a Brazilian bill in every language.

mod changes;
mod details;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::{Date, Weekday};
use unic_langid::LanguageIdentifier;

use crate::domain::Money;
use crate::domain::hours::Opens;
use crate::journey::intent::Language;
use crate::journey::step::{
    BillState, ClosedWhy, FormProblem, IdentifyProblem, InvoiceLine, MethodWhy, Outcome, Paid, Purpose, Question,
    ScanNews, Step, TroubleCode,
};

/// Every language a customer can choose, in the order of the keys.
pub const LANGUAGES: [Language; 3] = [Language::PtBr, Language::En, Language::Es];

fn source(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::PtBr => ("pt-BR", include_str!("../../assets/phrases/pt-BR.ftl")),
        Language::En => ("en", include_str!("../../assets/phrases/en.ftl")),
        Language::Es => ("es", include_str!("../../assets/phrases/es.ftl")),
    }
}

/// The phrases of one language.
pub struct Phrases {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl Phrases {
    #[must_use]
    pub fn new(language: Language) -> Phrases {
        let (tag, text) = source(language);
        let locale: LanguageIdentifier = tag.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![locale]);
        bundle.set_use_isolating(false);
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
        Phrases { language, bundle }
    }

    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    #[must_use]
    pub fn get(&self, id: &str) -> String {
        self.with(id, &[])
    }

    /// A phrase with its values. An id that does not exist shows itself; a test sees to it that none is used.
    #[must_use]
    pub fn with(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set(*name, value.clone());
        }
        self.bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// When a bill is or was due, as a person says it.
    #[must_use]
    pub fn due(&self, line: &InvoiceLine) -> String {
        let date = day_month(line.due);
        if line.overdue_days > 0 {
            self.with("due-overdue", &[("days", line.overdue_days.into()), ("date", date.into())])
        } else {
            self.with("due-on", &[("date", date.into())])
        }
    }

    /// What was added to or taken from the bill's own value, if anything.
    #[must_use]
    pub fn charges(&self, line: &InvoiceLine) -> Option<String> {
        let (fine, interest) = (money(line.fine_cents), money(line.interest_cents));
        match (line.fine_cents.is_zero(), line.interest_cents.is_zero(), line.discount_cents.is_zero()) {
            (false, false, _) => {
                Some(self.with("charge-both", &[("fine", fine.into()), ("interest", interest.into())]))
            }
            (false, true, _) => Some(self.with("charge-fine", &[("fine", fine.into())])),
            (true, false, _) => Some(self.with("charge-interest", &[("interest", interest.into())])),
            (true, true, false) => {
                Some(self.with("charge-discount", &[("discount", money(line.discount_cents).into())]))
            }
            (true, true, true) => None,
        }
    }

    /// What the row of a bill says of its state.
    #[must_use]
    pub fn bill_state(&self, line: &InvoiceLine) -> String {
        match (line.state, line.chosen) {
            (BillState::Settling, _) => self.get("invoices-settling"),
            (BillState::AmountUnknown, _) => self.get("invoices-unknown"),
            (BillState::Open, true) => self.get("invoices-chosen"),
            (BillState::Open, false) => self.get("invoices-not-chosen"),
        }
    }

    #[must_use]
    pub fn why(&self, why: Option<MethodWhy>) -> String {
        self.get(match why {
            Some(MethodWhy::NoReceipt) => "why-no-receipt",
            Some(MethodWhy::NoTef) => "why-no-tef",
            Some(MethodWhy::NoWriteOff) => "why-no-write-off",
            Some(MethodWhy::NoErp) => "why-no-erp",
            Some(MethodWhy::NoCode) => "why-no-code",
            Some(MethodWhy::TooSmall) => "why-too-small",
            Some(MethodWhy::Settling) => "why-settling",
            None => "why-unknown",
        })
    }

    /// What is said before anybody types, where a method is not to be had; the bill's own reasons come later.
    #[must_use]
    pub fn notice(&self, why: MethodWhy) -> Option<String> {
        let id = match why {
            MethodWhy::NoReceipt => "notice-no-receipt",
            MethodWhy::NoTef => "notice-no-tef",
            MethodWhy::NoErp => "notice-no-erp",
            MethodWhy::Settling => "notice-settling",
            MethodWhy::NoCode | MethodWhy::TooSmall | MethodWhy::NoWriteOff => return None,
        };
        Some(self.get(id))
    }

    #[must_use]
    pub fn identify_problem(&self, problem: IdentifyProblem, wait_min: Option<u32>) -> String {
        self.get(match problem {
            IdentifyProblem::Short => "identify-short",
            IdentifyProblem::Wrong => "identify-wrong",
            IdentifyProblem::Scan => "identify-scan-unknown",
            IdentifyProblem::ScanHalf => "identify-scan-half",
            IdentifyProblem::ScanStranger => "identify-scan-stranger",
            IdentifyProblem::Locked => {
                return self.with("identify-locked", &[("minutes", wait_min.unwrap_or_default().into())]);
            }
        })
    }

    /// Why a scanned code did not lead to its bill.
    #[must_use]
    pub fn scan(&self, news: ScanNews) -> String {
        self.get(match news {
            ScanNews::Missing => "invoices-scan-missing",
            ScanNews::Unasked => "invoices-scan-unasked",
            ScanNews::Unknown => "invoices-scan-unknown",
            ScanNews::Half => "identify-scan-half",
        })
    }

    /// What a code is brought with: a subject and the text.
    #[must_use]
    pub fn code_letter(&self, provider: &str, code: &str) -> (String, String) {
        let subject = self.with("code-letter-subject", &[("provider", provider.into())]);
        (subject, self.with("code-letter", &[("provider", provider.into()), ("code", code.into())]))
    }

    /// What happened, and what to do now.
    #[must_use]
    pub fn trouble(&self, code: TroubleCode, wait_min: Option<u32>) -> (String, String) {
        let (what, act) = match code {
            TroubleCode::NotFound => ("trouble-c1", "trouble-c1-do"),
            TroubleCode::NothingOwed => ("trouble-c2", "trouble-c2-do"),
            TroubleCode::AlreadyPaid => ("trouble-c3", "trouble-c3-do"),
            TroubleCode::Locked => ("trouble-c4", "trouble-c4-do"),
            TroubleCode::Settling => ("trouble-c5", "trouble-c5-do"),
            TroubleCode::NoCode => ("trouble-c6", "trouble-c6-do"),
            TroubleCode::TooManyCodes => ("trouble-c7", "trouble-c7-do"),
            TroubleCode::ErpDown => ("trouble-e1", "trouble-e1-do"),
            TroubleCode::ErpGarbled => ("trouble-e2", "trouble-e2-do"),
            TroubleCode::CardDeclined => ("trouble-t1", "trouble-t1-do"),
            TroubleCode::CardCancelled => ("trouble-t2", "trouble-t2-do"),
            TroubleCode::TefDown => ("trouble-t3", "trouble-t3-do"),
            TroubleCode::NoPixCode => ("trouble-p1", "trouble-p1-do"),
            TroubleCode::PixExpired => ("trouble-p2", "trouble-p2-do"),
            TroubleCode::NoBoleto => ("trouble-b1", "trouble-b1-do"),
            TroubleCode::NoDocument => ("trouble-b2", "trouble-b2-do"),
            TroubleCode::WrongDocument => ("trouble-b3", "trouble-b3-do"),
            TroubleCode::NotServed => ("trouble-n1", "trouble-n1-do"),
            TroubleCode::NoRoom => ("trouble-j1", "trouble-j1-do"),
        };
        (self.get(what), self.with(act, &[("minutes", wait_min.unwrap_or_default().into())]))
    }

    /// What becomes of a suspended service. Only the site can say how long it takes.
    #[must_use]
    pub fn service(&self, paid: &Paid) -> Option<String> {
        match (paid.service_returns, paid.service_back_min) {
            (true, Some(minutes)) => Some(self.with("paid-service-in", &[("minutes", minutes.into())])),
            (true, None) => Some(self.get("paid-service-returns")),
            (false, _) => paid.service_waits.then(|| self.get("paid-service-waits")),
        }
    }

    /// Title and sentence of an undone card payment: never "not charged" before the TEF said so.
    #[must_use]
    pub fn undone(&self, acknowledged: bool) -> (String, String) {
        if acknowledged {
            (self.get("undone-title"), self.get("undone-do"))
        } else {
            (self.get("undone-pending-title"), self.get("undone-pending-do"))
        }
    }

    /// Title and sentence of a closed totem.
    #[must_use]
    pub fn closed(&self, why: ClosedWhy) -> (String, String) {
        match why {
            ClosedWhy::Journal => (self.get("closed-title"), self.get("closed-journal")),
            ClosedWhy::OutOfService => (self.get("closed-title"), self.get("closed-out")),
            ClosedWhy::Recovering => (self.get("closed-recovering-title"), self.get("closed-recovering")),
            ClosedWhy::Hours => (self.get("closed-hours-title"), self.get("closed-hours")),
        }
    }

    /// When the shop opens again, as a person says it.
    #[must_use]
    pub fn opens(&self, opens: &Opens) -> String {
        let (date, time) = (opens.at.date(), opens.at.strftime("%H:%M").to_string());
        let day = match date.weekday() {
            Weekday::Monday => "weekday-monday",
            Weekday::Tuesday => "weekday-tuesday",
            Weekday::Wednesday => "weekday-wednesday",
            Weekday::Thursday => "weekday-thursday",
            Weekday::Friday => "weekday-friday",
            Weekday::Saturday => "weekday-saturday",
            Weekday::Sunday => "weekday-sunday",
        };
        match opens.in_days {
            ..=0 => self.with("closed-opens-today", &[("time", time.into())]),
            1 => self.with("closed-opens-tomorrow", &[("time", time.into())]),
            _ => self.with(
                "closed-opens-on",
                &[("day", self.get(day).into()), ("date", day_month(date).into()), ("time", time.into())],
            ),
        }
    }

    /// What a form asks.
    #[must_use]
    pub fn question(&self, form: Purpose, asks: Question) -> &'static str {
        match (asks, form) {
            (Question::Contract, Purpose::Unlock) => "form-contract-unlock",
            (Question::Contract, Purpose::Ticket | Purpose::Order) => "form-contract-ticket",
            (Question::TicketKind, _) => "form-kind",
            (Question::Text, _) => "form-text",
            (Question::Phone, Purpose::Ticket | Purpose::Join | Purpose::Order) => "form-phone",
            (Question::Confirm, Purpose::Unlock) => "form-confirm-unlock",
            (Question::Confirm, Purpose::Ticket) => "form-confirm-ticket",
            (Question::Confirm, Purpose::Join) => "form-confirm-join",
            (Question::Confirm, Purpose::Order) => "form-confirm-order",
            (Question::Consent, _) => "form-consent",
            (Question::Cep, _) => "form-cep",
            (Question::Address, _) => "form-address",
            (Question::Street, _) => "form-street",
            (Question::HouseNumber, _) => "form-number",
            (Question::Complement, _) => "form-complement",
            (Question::District, _) => "form-district",
            (Question::City, _) => "form-city",
            (Question::State, _) => "form-state",
            (Question::Product, _) => "form-product",
            (Question::DueDay, _) => "form-due-day",
            (Question::TaxId, _) => "form-tax-id",
            (Question::Name, _) => "form-name",
            (Question::Birth, _) => "form-birth",
            (Question::Email, _) => "form-email",
            (asks, form) => changes::question(form, asks),
        }
    }

    /// What the key says that has it done.
    #[must_use]
    pub fn does(&self, form: Purpose) -> String {
        self.get(changes::does(form))
    }

    /// What it means, before it is done.
    #[must_use]
    pub fn means(&self, form: Purpose) -> Option<String> {
        changes::means(form).map(|id| self.get(id))
    }

    /// What an answer is to.
    #[must_use]
    pub fn answered(&self, question: Question) -> &'static str {
        match question {
            Question::Contract => "form-answer-contract",
            Question::TicketKind => "form-answer-kind",
            Question::Text => "form-answer-text",
            Question::Phone => "form-answer-phone",
            Question::Confirm | Question::Consent => "nav-continue",
            Question::Address | Question::Cep => "form-answer-address",
            Question::Street => "form-answer-address",
            Question::HouseNumber | Question::Complement | Question::District => "form-answer-address",
            Question::City | Question::State => "form-answer-address",
            Question::Product => "form-answer-contract",
            Question::DueDay => "form-answer-due-day",
            Question::TaxId => "form-answer-tax-id",
            Question::Name => "form-answer-name",
            Question::Birth => "form-answer-birth",
            Question::Email => "form-answer-email",
            change => changes::answered(change),
        }
    }

    #[must_use]
    pub fn form_problem(&self, problem: FormProblem) -> String {
        self.get(match problem {
            FormProblem::Short => "form-short",
            FormProblem::Phone => "form-phone-wrong",
            FormProblem::Cep => "form-cep-wrong",
            FormProblem::HouseNumber => "form-number-wrong",
            FormProblem::State => "form-state-wrong",
            FormProblem::TaxId => "form-tax-id-wrong",
            FormProblem::Name => "form-name-wrong",
            FormProblem::Date => "form-date-wrong",
            FormProblem::Email => "form-email-wrong",
            FormProblem::Gone => "form-gone",
            FormProblem::Different => "form-different",
            FormProblem::Day => "form-day-wrong",
            FormProblem::Number => "form-mark-wrong",
            FormProblem::Code => "form-code-wrong",
            FormProblem::CodeRefused => "form-code-refused",
            FormProblem::NoCode => "form-code-none",
            FormProblem::TooManyCodes => "form-codes-many",
            FormProblem::Mobile => "form-mobile",
        })
    }

    /// Title and sentence of what became of a wish: never "done" before the provider said so.
    #[must_use]
    pub fn notice_of(&self, about: Purpose, outcome: Outcome) -> (String, String) {
        let (title, sentence) = match (about, outcome) {
            (Purpose::Unlock, Outcome::Done) => ("notice-unlock-done", "notice-unlock-done-do"),
            (Purpose::Unlock, Outcome::Refused) => ("notice-unlock-refused", "notice-refused-do"),
            (Purpose::Unlock, Outcome::Unknown) => ("notice-unlock-unknown", "notice-unknown-do"),
            (Purpose::Ticket, Outcome::Done) => ("notice-ticket-done", "notice-ticket-done-do"),
            (Purpose::Ticket, Outcome::Refused) => ("notice-ticket-refused", "notice-refused-do"),
            (Purpose::Ticket, Outcome::Unknown) => ("notice-ticket-unknown", "notice-unknown-do"),
            (Purpose::Join, Outcome::Done) => ("notice-join-done", "notice-join-done-do"),
            (Purpose::Join, Outcome::Refused) => ("notice-join-refused", "notice-refused-do"),
            (Purpose::Join, Outcome::Unknown) => ("notice-join-unknown", "notice-unknown-do"),
            (Purpose::Order, Outcome::Done) => ("notice-order-done", "notice-join-done-do"),
            (Purpose::Order, Outcome::Refused) => ("notice-order-refused", "notice-refused-do"),
            (Purpose::Order, Outcome::Unknown) => ("notice-order-unknown", "notice-unknown-do"),
            (about, outcome) => return self.change_told(about, outcome),
        };
        (self.get(title), self.get(sentence))
    }

    /// The `message` of the line face, for the steps that tell the customer something in whole sentences.
    #[must_use]
    pub fn message(&self, step: &Step) -> Option<String> {
        let (what, act) = match step {
            Step::Confirming(_) => (self.get("confirming-title") + ".", self.get("confirming-do")),
            Step::Undone(undone) => {
                let (title, sentence) = self.undone(undone.acknowledged);
                (title + ".", sentence)
            }
            Step::Notice(notice) => {
                let (title, sentence) = self.notice_of(notice.about, notice.outcome);
                (title + ".", sentence)
            }
            Step::Trouble(trouble) => self.trouble(trouble.code, trouble.wait_min),
            Step::Closed(closed) => {
                let (title, sentence) = self.closed(closed.why);
                (title + ".", closed.opens.map_or(sentence, |opens| self.opens(&opens)))
            }
            _ => return None,
        };
        Some(format!("{what} {act}"))
    }
}

impl std::fmt::Debug for Phrases {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Phrases({:?})", self.language)
    }
}

/// `R$ 1.234,56`, never broken between the sign and the number.
#[must_use]
pub fn money(amount: Money) -> String {
    amount.to_string().replace(' ', "\u{a0}")
}

/// `10/11`.
#[must_use]
pub fn day_month(date: Date) -> String {
    format!("{:02}/{:02}", date.day(), date.month())
}

/// `10/11/2026`.
#[must_use]
pub fn whole_date(date: Date) -> String {
    format!("{}/{}", day_month(date), date.year())
}
