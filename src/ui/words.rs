//! Text that is never cut: it takes the largest type up to the wanted one that fits where it stands.

use std::any::Any;

use iced::advanced::layout::{self, Layout};
use iced::advanced::text::{self, LineHeight, Paragraph as _, Shaping, Wrapping};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{mouse, renderer};
use iced::{Color, Font, Length, Pixels, Rectangle, Renderer, Size, Theme, alignment, font};

type Paragraph = <Renderer as text::Renderer>::Paragraph;

/// The family of the embedded fonts.
pub const FAMILY: &str = "Atkinson Hyperlegible";

pub const REGULAR: Font = Font::with_name(FAMILY);
pub const BOLD: Font = Font { weight: font::Weight::Bold, ..REGULAR };

pub struct Words {
    content: String,
    wanted: f32,
    least: f32,
    font: Font,
    colour: Option<Color>,
    align: text::Alignment,
    align_y: alignment::Vertical,
    width: Length,
    height: Length,
    wrapping: Wrapping,
}

/// Text of the wanted size in pixels, which may shrink to `least` where space is short.
#[must_use]
pub fn words(content: impl Into<String>, wanted: f32, least: f32) -> Words {
    Words {
        content: content.into(),
        wanted,
        least,
        font: REGULAR,
        colour: None,
        align: text::Alignment::Left,
        align_y: alignment::Vertical::Top,
        width: Length::Shrink,
        height: Length::Shrink,
        wrapping: Wrapping::WordOrGlyph,
    }
}

impl Words {
    #[must_use]
    pub fn bold(self) -> Words {
        Words { font: BOLD, ..self }
    }

    #[must_use]
    pub fn colour(self, colour: Color) -> Words {
        Words { colour: Some(colour), ..self }
    }

    /// In the ink of what it stands on.
    #[must_use]
    pub fn plain(self) -> Words {
        Words { colour: None, ..self }
    }

    /// On one line.
    #[must_use]
    pub fn unbroken(self) -> Words {
        Words { wrapping: Wrapping::None, ..self }
    }

    #[must_use]
    pub fn wide(self) -> Words {
        Words { width: Length::Fill, ..self }
    }

    #[must_use]
    pub fn centred(self) -> Words {
        Words { align: text::Alignment::Center, width: Length::Fill, ..self }
    }

    #[must_use]
    pub fn right(self) -> Words {
        Words { align: text::Alignment::Right, width: Length::Fill, ..self }
    }

    /// Takes all the height there is and stands in its middle.
    #[must_use]
    pub fn middle(self) -> Words {
        Words { align_y: alignment::Vertical::Center, height: Length::Fill, ..self }
    }

    fn set(&self, size: f32, bounds: Size) -> Paragraph {
        Paragraph::with_text(text::Text {
            content: &self.content,
            bounds,
            size: Pixels(size),
            line_height: LineHeight::Relative(1.2),
            font: self.font,
            align_x: self.align,
            align_y: self.align_y,
            shaping: Shaping::Auto,
            wrapping: self.wrapping,
        })
    }

    /// The paragraph in the largest size that fits, and whether even the smallest does not.
    fn fit(&self, space: Size) -> (Paragraph, f32, bool) {
        let mut size = self.wanted;
        loop {
            let paragraph = self.set(size, Size::new(space.width, f32::INFINITY));
            let taken = paragraph.min_bounds();
            let fits = taken.width <= space.width + 0.5 && taken.height <= space.height + 0.5;
            if fits || size <= self.least {
                return (paragraph, size, fits);
            }
            size = (size * 0.94).max(self.least);
        }
    }
}

/// What a text came to when it was laid out.
#[derive(Default)]
pub struct Fitted {
    paragraph: Paragraph,
    key: Option<Key>,
    /// Of the type, in pixels.
    pub size: f32,
    /// False where even the smallest type was too large: something is cut.
    pub fits: bool,
    /// The text itself, for whoever checks a screen.
    pub content: String,
}

impl Fitted {
    /// The size of type that was asked for.
    #[must_use]
    pub fn wanted(&self) -> f32 {
        self.key.as_ref().map_or(self.size, |key| key.wanted)
    }
}

#[derive(PartialEq)]
struct Key {
    content: String,
    font: Font,
    wanted: f32,
    align: text::Alignment,
    align_y: alignment::Vertical,
    wrapping: Wrapping,
    space: Size,
}

impl<Message> Widget<Message, Theme, Renderer> for Words {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Fitted>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Fitted::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(&mut self, tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let fitted = tree.state.downcast_mut::<Fitted>();
        layout::sized(limits, self.width, self.height, |limits| {
            let key = Key {
                content: self.content.clone(),
                font: self.font,
                wanted: self.wanted,
                align: self.align,
                align_y: self.align_y,
                wrapping: self.wrapping,
                space: limits.max(),
            };
            if fitted.key.as_ref() != Some(&key) {
                let (paragraph, size, fits) = self.fit(limits.max());
                *fitted = Fitted { paragraph, size, fits, content: self.content.clone(), key: Some(key) };
            }
            fitted.paragraph.min_bounds()
        })
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        operation.text(None, layout.bounds(), &self.content);
        let fitted: &mut dyn Any = tree.state.downcast_mut::<Fitted>();
        operation.custom(None, layout.bounds(), fitted);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let fitted = tree.state.downcast_ref::<Fitted>();
        let appearance = iced::widget::text::Style { color: self.colour };
        iced::advanced::widget::text::draw(renderer, style, layout.bounds(), &fitted.paragraph, appearance, viewport);
    }
}

impl<'a, Message: 'a> From<Words> for iced::Element<'a, Message> {
    fn from(words: Words) -> Self {
        iced::Element::new(words)
    }
}
