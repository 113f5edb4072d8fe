//! Nothing is cut, nothing overlaps, everything can be reached and hit: every screen at every size, at its worst.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod ui_common;

use std::any::Any;
use std::sync::Arc;

use iced::advanced::layout::Limits;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::{Rectangle, Size, Vector};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use totem::journey::intent::Language;
use totem::journey::{Intent, View};
use totem::runtime::{Counter, Line};
use totem::ui::look::KEY;
use totem::ui::tap::Touchable;
use totem::ui::words::Fitted;
use totem::ui::{Message, Options, State};
use ui_common::{
    SIZES, accessible, changing, in_language, joining, letters, options, ordinary, serving, with_help, worst,
    worst_changing, worst_joining, worst_letters, worst_options, worst_serving,
};

struct Nobody;

impl Line for Nobody {
    fn finish(&self) {}

    fn send(&self, _intent: Intent) {}

    fn subscribe(&self) -> UnboundedReceiver<Arc<View>> {
        unbounded_channel().1
    }
}

#[derive(Default)]
struct Found {
    texts: Vec<(Rectangle, String, f32, bool)>,
    taps: Vec<(Rectangle, bool)>,
}

impl Operation for Found {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(fitted) = state.downcast_ref::<Fitted>() {
            self.texts.push((bounds, fitted.content.clone(), fitted.size, fitted.fits));
        } else if let Some(touchable) = state.downcast_ref::<Touchable>() {
            self.taps.push((bounds, touchable.works));
        }
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        _translation: Vector,
        _state: &mut dyn iced::advanced::widget::operation::Scrollable,
    ) {
        panic!("a finger cannot scroll here");
    }
}

fn laid_out(view: &View, options: Options, (width, height): (u32, u32)) -> Found {
    let _fonts = totem::ui::picture(view, &options, (8, 8));
    let mut state = State::new(Counter::new(Arc::new(Nobody)), Options { size: (width, height), ..options });
    let _nothing = state.update(Message::Shown(Arc::new(view.clone())));
    let mut element = state.view();
    let mut tree = Tree::new(&element);
    let renderer =
        <iced::Renderer as iced::advanced::renderer::Headless>::new(totem::ui::words::REGULAR, 16.into(), None);
    let renderer = iced::futures::FutureExt::now_or_never(renderer).flatten().unwrap();
    let size = Size::new(width as f32, height as f32);
    let node = element.as_widget_mut().layout(&mut tree, &renderer, &Limits::new(Size::ZERO, size));
    let mut found = Found::default();
    let layout = iced::advanced::Layout::new(&node);
    element.as_widget_mut().operate(&mut tree, layout, &renderer, &mut found);
    found
}

/// The second view in the window that showed the first.
fn laid_out_after(first: &View, then: &View, options: Options, (width, height): (u32, u32)) -> Found {
    let mut state = State::new(Counter::new(Arc::new(Nobody)), Options { size: (width, height), ..options });
    let renderer =
        <iced::Renderer as iced::advanced::renderer::Headless>::new(totem::ui::words::REGULAR, 16.into(), None);
    let renderer = iced::futures::FutureExt::now_or_never(renderer).flatten().unwrap();
    let limits = Limits::new(Size::ZERO, Size::new(width as f32, height as f32));
    let mut tree = Tree::empty();
    let mut found = Found::default();
    for view in [first, then] {
        let _nothing = state.update(Message::Shown(Arc::new(view.clone())));
        let mut element = state.view();
        tree.diff(&element);
        let node = element.as_widget_mut().layout(&mut tree, &renderer, &limits);
        found = Found::default();
        element.as_widget_mut().operate(&mut tree, iced::advanced::Layout::new(&node), &renderer, &mut found);
    }
    found
}

fn scale((width, height): (u32, u32)) -> f32 {
    let (across, down) = if height >= width { (1080.0, 1920.0) } else { (1600.0, 900.0) };
    (width as f32 / across).min(height as f32 / down)
}

/// What is wrong with a screen, in words.
fn faults(name: &str, view: &View, options: Options, size: (u32, u32)) -> Vec<String> {
    let found = laid_out(view, options, size);
    let (width, height) = (size.0 as f32, size.1 as f32);
    let inside = |bounds: &Rectangle| {
        bounds.x >= -0.5
            && bounds.y >= -0.5
            && bounds.x + bounds.width <= width + 0.5
            && bounds.y + bounds.height <= height + 0.5
    };
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(format!("{name} at {width}x{height}: {what}"));
    for (bounds, text, _, fits) in &found.texts {
        if !inside(bounds) {
            fault(format!("{text:?} leaves the window: {bounds:?}"));
        }
        if !fits {
            fault(format!("{text:?} is cut in {bounds:?}"));
        }
    }
    let texts: Vec<_> = found.texts.iter().filter(|(_, text, ..)| !text.is_empty()).collect();
    for (index, (bounds, text, ..)) in texts.iter().enumerate() {
        for (other, below, ..) in texts.iter().skip(index + 1) {
            if bounds.intersection(other).is_some_and(|common| common.width > 1.0 && common.height > 1.0) {
                fault(format!("{text:?} overlaps {below:?}: {bounds:?} {other:?}"));
            }
        }
    }
    let least = KEY * scale(size) - 1.0;
    for (index, (bounds, works)) in found.taps.iter().enumerate() {
        if !inside(bounds) {
            fault(format!("a key leaves the window: {bounds:?}"));
        }
        // The letters stand ten in a row: there the height alone is a finger's.
        if bounds.height < least || bounds.width < least * 0.9 {
            fault(format!("a key is too small: {bounds:?}"));
        }
        if height > width && *works && bounds.y < height / 2.0 - 1.0 {
            fault(format!("a key is in the upper half: {bounds:?}"));
        }
        for (other, _) in found.taps.iter().skip(index + 1) {
            if bounds.expand(3.0 * scale(size)).intersects(other) {
                fault(format!("two keys touch: {bounds:?} {other:?}"));
            }
        }
    }
    faults
}

fn all_faults(views: Vec<(&'static str, View)>, options: fn() -> Options) -> Vec<String> {
    let mut all = Vec::new();
    for (name, view) in views {
        for size in SIZES {
            all.extend(faults(name, &view, options(), size));
        }
    }
    all
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_screen_fits_every_window() {
    assert_none(&all_faults(ordinary(), options));
}

#[test]
fn the_counters_other_screens_fit_every_window_in_every_language() {
    let mut faults = all_faults(worst_serving(), worst_options);
    for language in [Language::PtBr, Language::En, Language::Es] {
        let views = serving().into_iter().map(|(name, view)| (name, in_language(&view, language)));
        faults.extend(all_faults(views.collect(), options));
    }
    assert_none(&faults);
}

#[test]
fn what_is_changed_at_the_counter_fits_every_window_in_every_language() {
    let mut faults = all_faults(worst_changing(), worst_options);
    for language in [Language::PtBr, Language::En, Language::Es] {
        let views = changing().into_iter().map(|(name, view)| (name, in_language(&view, language)));
        faults.extend(all_faults(views.collect(), options));
    }
    assert_none(&faults);
}

#[test]
fn papers_by_mail_fit_every_window_in_every_language() {
    let mut faults = Vec::new();
    for language in [Language::PtBr, Language::En, Language::Es] {
        let told = |views: Vec<(&'static str, View)>| {
            let told = views.into_iter().map(|(name, view)| (name, in_language(&view, language)));
            told.collect::<Vec<_>>()
        };
        faults.extend(all_faults(told(letters()), options));
        faults.extend(all_faults(told(worst_letters()), worst_options));
    }
    let larger = letters().into_iter().map(|(name, view)| (name, accessible(&view)));
    faults.extend(all_faults(larger.collect(), options));
    let larger = worst_letters().into_iter().map(|(name, view)| (name, accessible(&view)));
    faults.extend(all_faults(larger.collect(), worst_options));
    assert_none(&faults);
}

#[test]
fn becoming_a_customer_fits_every_window_in_every_language() {
    let mut faults = all_faults(worst_joining(), worst_options);
    for language in [Language::PtBr, Language::En, Language::Es] {
        let views = joining().into_iter().map(|(name, view)| (name, in_language(&view, language)));
        faults.extend(all_faults(views.collect(), options));
    }
    assert_none(&faults);
}

#[test]
fn the_worst_data_fits_every_window() {
    assert_none(&all_faults(worst(), worst_options));
}

#[test]
fn larger_type_fits_every_window() {
    let larger = |views: Vec<(&'static str, View)>| views.into_iter().map(|(name, view)| (name, accessible(&view)));
    let mut faults = all_faults(larger(ordinary()).collect(), options);
    faults.extend(all_faults(larger(worst()).collect(), worst_options));
    assert_none(&faults);
}

#[test]
fn every_language_fits() {
    for language in [Language::En, Language::Es] {
        let views = ordinary().into_iter().map(|(name, view)| (name, in_language(&view, language)));
        assert_none(&all_faults(views.collect(), options));
    }
}

#[test]
fn help_fits_over_every_step_in_every_language() {
    let helped = |views: Vec<(&'static str, View)>| {
        let helped = views.into_iter().filter_map(|(name, view)| Some((name, with_help(&view)?)));
        helped.collect::<Vec<_>>()
    };
    let mut faults = all_faults(helped(worst()), worst_options);
    for (name, view) in helped(ordinary()) {
        for language in [Language::PtBr, Language::En, Language::Es] {
            let view = accessible(&in_language(&view, language));
            for size in [(768, 1360), (800, 480)] {
                faults.extend(self::faults(name, &view, options(), size));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn help_shows_the_telephone_larger_than_anything_and_the_protocol_where_money_is_in_doubt() {
    for (name, view) in ordinary() {
        let Some(view) = with_help(&view) else { continue };
        let texts = laid_out(&view, options(), (1080, 1920)).texts;
        let phone = texts.iter().filter(|(_, text, ..)| text == "0800 123 4567").map(|(.., size, _)| *size);
        assert!(phone.fold(0.0, f32::max) >= 80.0, "{name}: {texts:?}");
        if matches!(name, "confirming" | "undone" | "card" | "pix" | "paid") {
            assert!(texts.iter().any(|(_, text, ..)| text.contains("261122-0001")), "{name}: {texts:?}");
        }
    }
}

#[test]
fn a_screen_stands_as_if_no_other_had_been_before_it() {
    let size = (768, 1360);
    let before = ["identify_letters", "invoices", "still_there"];
    for (before, first) in ordinary().into_iter().filter(|(name, _)| before.contains(name)) {
        for (name, then) in ordinary() {
            let fresh = laid_out(&then, options(), size).texts;
            assert_eq!(laid_out_after(&first, &then, options(), size).texts, fresh, "{name} after {before}");
        }
    }
}

#[test]
fn ordinary_screens_keep_their_type_large() {
    let mut small = Vec::new();
    for (name, view) in ordinary() {
        for (_, text, size, _) in laid_out(&view, options(), (1080, 1920)).texts {
            // A capital H of 4.8 mm is 29 units of this type.
            if size < 29.0 {
                small.push(format!("{name}: {text:?} in {size}"));
            }
        }
    }
    assert_none(&small);
}

#[test]
fn larger_type_is_larger() {
    let (_, view) = ordinary().remove(0);
    let size = |view: &View| {
        let found = laid_out(view, options(), (1080, 1920));
        found.texts.into_iter().find(|(_, text, ..)| text == "7").unwrap().2
    };
    assert!(size(&accessible(&view)) > size(&view) * 1.15);
}
