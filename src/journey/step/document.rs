//! A document of the provider's, page by page, as its screen shows it.

use serde::Serialize;

use super::{Mailing, PrintNews};
use crate::domain::PageImage;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentTitle {
    Bill,
    FiscalNote,
    AnnualSettlement,
    Contract,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentScreen {
    pub title: DocumentTitle,
    /// From 1.
    pub page: usize,
    pub pages: usize,
    /// Which part of the page is seen enlarged, of how many, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<usize>,
    /// Another page is being drawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub drawing: bool,
    /// The page that was wanted cannot be drawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub failed: bool,
    /// It can be accepted, once its last page was seen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub to_accept: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub printed: Option<PrintNews>,
    /// The way to the customer's own address, and what became of it there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub letter: Option<Mailing>,
    #[serde(skip)]
    pub image: PageImage,
}
