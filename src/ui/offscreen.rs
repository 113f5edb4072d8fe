//! A screen as a picture, without a window or a display: for the manual, the tests, and a look from far away.

use std::borrow::Cow;
use std::sync::{Arc, Once};

use iced::advanced::graphics::text::font_system;
use iced::advanced::layout::{Layout, Limits};
use iced::advanced::renderer::{Headless, Style};
use iced::advanced::widget::Tree;
use iced::advanced::{Renderer as _, mouse};
use iced::futures::FutureExt;
use iced::{Pixels, Rectangle, Renderer, Size};

use super::look::BODY;
use super::window::{still, theme_of};
use super::{Error, FONTS, Options, words};
use crate::journey::View;

static FONTS_LOADED: Once = Once::new();

/// The largest side of a picture.
const MOST: u32 = 8192;

/// The screen of a view in so many pixels, as RGBA rows from the top left.
pub fn picture(view: &View, options: &Options, size: (u32, u32)) -> Result<Vec<u8>, Error> {
    let refused = || Error::Picture(size.0, size.1);
    if size.0 == 0 || size.1 == 0 || size.0 > MOST || size.1 > MOST {
        return Err(refused());
    }
    FONTS_LOADED.call_once(|| {
        if let Ok(mut system) = font_system().write() {
            FONTS.into_iter().for_each(|font| system.load_font(Cow::Borrowed(font)));
        }
    });
    // Software rendering is there at once: nothing has to be waited for.
    let renderer = <Renderer as Headless>::new(words::REGULAR, Pixels(BODY), Some("tiny-skia")).now_or_never();
    let mut renderer = renderer.flatten().ok_or_else(refused)?;
    let bounds = Size::new(size.0 as f32, size.1 as f32);
    let (mut screen, look) = still(&Arc::new(view.clone()), options, (bounds.width, bounds.height));

    let mut tree = Tree::new(&screen);
    let node = screen.as_widget_mut().layout(&mut tree, &renderer, &Limits::new(Size::ZERO, bounds));
    let viewport = Rectangle::with_size(bounds);
    renderer.reset(viewport);
    let style = Style { text_color: look.colours.ink };
    let nowhere = mouse::Cursor::Unavailable;
    let theme = theme_of(Some(&look), false);
    screen.as_widget().draw(&tree, &mut renderer, &theme, &style, Layout::new(&node), nowhere, &viewport);
    Ok(renderer.screenshot(Size::new(size.0, size.1), 1.0, look.colours.ground))
}
