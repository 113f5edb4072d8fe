//! What a customer can do. Every intent is checked again against the step it meets: a hidden button proves nothing.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Intent {
    /// One or more characters, as if typed one after another.
    Type {
        text: String,
    },
    Erase,
    Clear,
    Submit,
    /// What a reader read from a boleto or a QR code.
    Scan {
        text: String,
    },
    Language {
        code: Language,
    },
    Accessibility,
    /// The keypad with letters, for a CNPJ; again, back to digits.
    Letters,
    Help,
    Back,
    Cancel,
    Toggle {
        id: String,
    },
    Page {
        to: PageTurn,
    },
    Details {
        id: String,
    },
    Pay,
    /// The other things this totem can do for this customer.
    Services,
    Choose {
        option: String,
    },
    ShowBoleto,
    /// The bill as the provider's own PDF.
    ShowDocument,
    /// A page enlarged, part by part; again, the whole page.
    Zoom,
    Print,
    /// The bill or the document to the address that the provider knows.
    Send,
    Answer {
        value: String,
    },
    Retry,
    Leave,
    Stay,
    /// What to do with the receipt: `print`, `email`, `sms`, `none`.
    Receipt {
        how: String,
    },
    More,
    /// The hidden gesture: a finger held in the corner.
    Service,
    /// To become a customer.
    Join,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageTurn {
    Next,
    Previous,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "pt-BR")]
    PtBr,
    #[serde(rename = "en")]
    En,
    #[serde(rename = "es")]
    Es,
}

impl Language {
    pub const ALL: [Language; 3] = [Language::PtBr, Language::En, Language::Es];

    /// As it stands in the configuration and in the journal.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Language::PtBr => "pt-BR",
            Language::En => "en",
            Language::Es => "es",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }
}

impl Intent {
    /// The name in `actions` and on the line face.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Intent::Type { .. } => "type",
            Intent::Erase => "erase",
            Intent::Clear => "clear",
            Intent::Submit => "submit",
            Intent::Scan { .. } => "scan",
            Intent::Language { .. } => "language",
            Intent::Accessibility => "accessibility",
            Intent::Letters => "letters",
            Intent::Help => "help",
            Intent::Back => "back",
            Intent::Cancel => "cancel",
            Intent::Toggle { .. } => "toggle",
            Intent::Page { .. } => "page",
            Intent::Details { .. } => "details",
            Intent::Pay => "pay",
            Intent::Services => "services",
            Intent::Choose { .. } => "choose",
            Intent::ShowBoleto => "show_boleto",
            Intent::ShowDocument => "show_document",
            Intent::Zoom => "zoom",
            Intent::Print => "print",
            Intent::Send => "send",
            Intent::Answer { .. } => "answer",
            Intent::Retry => "retry",
            Intent::Leave => "leave",
            Intent::Stay => "stay",
            Intent::Receipt { .. } => "receipt",
            Intent::More => "more",
            Intent::Service => "service",
            Intent::Join => "join",
        }
    }
}
