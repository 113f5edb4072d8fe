//! A document that the provider keeps of a customer, as a PDF, and a page of it as it is shown.

use std::fmt;
use std::sync::Arc;

use super::{BillRef, Boleto, ContractId, CustomerId, InvoiceId};

/// Which document of which customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentRef {
    /// The bill itself. What its bars must say, where the boleto is known already.
    Bill {
        bill: BillRef,
        boleto: Option<Boleto>,
    },
    FiscalNote {
        customer: CustomerId,
        note: String,
    },
    AnnualSettlement {
        customer: CustomerId,
        id: String,
    },
    Contract {
        customer: CustomerId,
        contract: ContractId,
    },
}

/// A PDF as it came, from whom it may: nobody has looked into it yet. `Debug` shows its size.
#[derive(Clone, PartialEq, Eq)]
pub struct Pdf {
    bytes: Arc<[u8]>,
    /// What a slip on it has to be, where none was found on the pages that were looked at when it was opened.
    unread: Option<(InvoiceId, Boleto)>,
}

impl Pdf {
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Pdf {
        Pdf { bytes: bytes.into(), unread: None }
    }

    /// A bill's, on whose first pages no slip was found: every page is compared before it is shown.
    #[must_use]
    pub fn unread(self, invoice: InvoiceId, slip: Boleto) -> Pdf {
        Pdf { unread: Some((invoice, slip)), ..self }
    }

    /// The bill that this is said to be, and its slip, while that has not been found on it.
    #[must_use]
    pub fn to_compare(&self) -> Option<&(InvoiceId, Boleto)> {
        self.unread.as_ref()
    }

    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Pdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pdf({} bytes)", self.bytes.len())
    }
}

/// What of a document is to be seen: a page, counted from 1, whole or a part of it enlarged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageView {
    pub page: usize,
    pub part: Option<usize>,
}

impl PageView {
    /// An enlarged page is seen in four parts, in the order in which one reads, each counted from 1.
    pub const PARTS: usize = 4;

    /// The first page, whole.
    #[must_use]
    pub fn first() -> PageView {
        PageView { page: 1, part: None }
    }
}

/// A page as it is shown, in shades from 0, black, to 255, row by row. `Debug` shows its size.
#[derive(Clone)]
pub struct PageImage {
    width: usize,
    shades: Arc<[u8]>,
}

impl PageImage {
    /// Nothing unless the shades fill whole rows of this width.
    #[must_use]
    pub fn new(width: usize, shades: Vec<u8>) -> Option<PageImage> {
        let whole = width > 0 && !shades.is_empty() && shades.len().is_multiple_of(width);
        whole.then(|| PageImage { width, shades: shades.into() })
    }

    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    #[must_use]
    pub fn height(&self) -> usize {
        self.shades.len() / self.width
    }

    /// Outside, it is white.
    #[must_use]
    pub fn shade(&self, x: usize, y: usize) -> u8 {
        if x < self.width { self.shades.get(y * self.width + x).copied().unwrap_or(u8::MAX) } else { u8::MAX }
    }

    #[must_use]
    pub fn shades(&self) -> &[u8] {
        &self.shades
    }
}

impl PartialEq for PageImage {
    fn eq(&self, other: &PageImage) -> bool {
        self.width == other.width && (Arc::ptr_eq(&self.shades, &other.shades) || self.shades == other.shades)
    }
}

impl Eq for PageImage {}

impl fmt::Debug for PageImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageImage({}x{})", self.width, self.height())
    }
}

/// What a boleto's own bars and digits on a PDF say, against what the provider's system says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    Same,
    /// Somebody may have changed it on the way: it is never shown.
    Different,
    /// It has none that can be read, or there is nothing to compare it with.
    NotCompared,
}

/// A document that was fetched, looked into and found fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDocument {
    pub pdf: Pdf,
    pub pages: usize,
    pub first: PageImage,
}

/// Why a document is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoDocument {
    #[error("the provider's system cannot be reached")]
    Down,
    #[error("the provider's system has no such document")]
    None,
    #[error("the document cannot be shown")]
    Unreadable,
    #[error("the document's bars or digits are not those of the bill")]
    Different,
}
