//! What the shop wears, as the window draws it: names, colours, words, and the pictures that are there by now.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use iced::Subscription;
use iced::futures::Stream;
use iced::futures::stream::unfold;
use iced::widget::image::Handle;

use super::window::Message;
use crate::brand::{self, Dress, Palette, Picture, Showcase, Text, Texts};
use crate::journey::intent::Language;

/// Whose totem it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    pub name: String,
    pub help_phone: String,
    pub palette: Palette,
    pub texts: Texts,
    pub logo: Option<Still>,
    /// For whoever passes by.
    pub picture: Option<Still>,
    /// How long a picture stays, in seconds; nothing where none takes its place.
    pub turns: Option<u32>,
}

/// A picture that is ready to be drawn, and how large it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Still {
    pub handle: Handle,
    pub width: u32,
    pub height: u32,
}

impl Brand {
    /// Without its pictures.
    #[must_use]
    pub fn of(brand: &brand::Brand) -> Brand {
        Brand {
            name: brand.name.clone(),
            help_phone: brand.help_phone.clone(),
            palette: brand.palette,
            texts: brand.texts.clone(),
            ..Brand::default()
        }
    }

    /// What is worn now. A picture that was there before is the same one to whoever draws it.
    #[must_use]
    pub fn dressed(dress: &Dress) -> Brand {
        Brand {
            logo: dress.logo.as_deref().and_then(Still::of),
            picture: dress.picture.as_deref().and_then(Still::of),
            turns: dress.turns.then_some(dress.brand.media.seconds),
            ..Brand::of(&dress.brand)
        }
    }

    #[must_use]
    pub fn text(&self, language: Language) -> &Text {
        match language {
            Language::PtBr => &self.texts.pt_br,
            Language::En => &self.texts.en,
            Language::Es => &self.texts.es,
        }
    }
}

impl Still {
    /// iced stops at a picture of no size, or whose rows are not whole.
    fn of(picture: &Picture) -> Option<Still> {
        let (width, height) = (picture.width, picture.height);
        let size = u64::from(width) * u64::from(height) * 4;
        let whole = size > 0 && u64::try_from(picture.rgba.len()).is_ok_and(|bytes| bytes == size);
        whole.then(|| Still { handle: Handle::from_rgba(width, height, picture.rgba.clone()), width, height })
    }
}

/// There is one showcase in a program.
pub(super) struct Worn(pub Showcase);

impl Hash for Worn {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "showcase".hash(state);
    }
}

impl Worn {
    pub(super) fn subscription(self) -> Subscription<Message> {
        Subscription::run_with(self, dresses)
    }
}

/// The first may have been shown before the window listened.
fn dresses(Worn(showcase): &Worn) -> impl Stream<Item = Message> + use<> {
    let mut worn = showcase.worn();
    worn.mark_changed();
    unfold(worn, |mut worn| async move {
        worn.changed().await.ok()?;
        let dress = Arc::clone(&worn.borrow_and_update());
        Some((Message::Dressed(dress), worn))
    })
}
