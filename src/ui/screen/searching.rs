//! Somebody else is being asked. Nothing flashes by in the first moment; after a while there is a way out.

use iced::widget::{Space, center, column};
use iced::{Alignment, Fill};

use crate::journey::step::{SearchFor, Searching};
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::pictogram::{Pictogram, pictogram};
use crate::ui::snug::snug;

pub fn searching(step: &Searching, look: &Look) -> Element {
    let step = step.clone();
    let says = snug(look, move |look| says(&step, look));
    frame(look, Frame::new(says))
}

fn says(step: &Searching, look: &Look) -> Element {
    if step.visible {
        let what = match step.what {
            SearchFor::Customer => "search-customer",
            SearchFor::Bill => "search-bill",
            SearchFor::Boleto => "search-boleto",
            SearchFor::Document => "search-document",
            SearchFor::Scan => "search-scan",
            SearchFor::PixCode => "search-pix",
            SearchFor::Service => "search-service",
            SearchFor::Change => "search-change",
        };
        let mut says = column![
            pictogram(Pictogram::Clock, look.u(180.0), look.colours.brand, look.colours.ground),
            look.title(look.say(what)).centred()
        ]
        .spacing(look.u(48.0))
        .align_x(Alignment::Center);
        if step.slow {
            says = says.push(look.body(look.say("search-slow")).centred());
        }
        center(says).into()
    } else {
        Space::new().width(Fill).height(Fill).into()
    }
}
