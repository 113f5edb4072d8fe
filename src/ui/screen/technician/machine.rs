//! The machine around the totem: what it says of itself, and what can be asked of it.

use iced::widget::column;

use super::{folded, option_row, said};
use crate::journey::step::{MachinePage, Technician};
use crate::ui::frame::{Element, Frame, frame};
use crate::ui::look::Look;
use crate::ui::screen::Hands;
use crate::ui::screen::choices::choices;

/// What there is to be read has no more room than this.
const LINES: usize = 14;
const LINES_LANDSCAPE: usize = 9;

pub fn machine(page: &MachinePage, step: &Technician, look: &Look, hands: &Hands) -> Element {
    let rows = page.options.iter().map(|option| option_row(option, look)).collect();
    let title = look.say(match page.asks {
        Some("restart") => "technician-restart-sure",
        Some(_) => "technician-power-off-sure",
        None => "technician-machine",
    });
    let shown = page.clone();
    let says = said(title, step, look, move |look| lines(&shown, look));
    frame(look, Frame { does: Some(choices(rows, look, hands)), shares: (1, 1), ..Frame::new(says) })
}

fn lines(page: &MachinePage, look: &Look) -> Element {
    let level = |id: &str, percent: u8| look.phrases().with(id, &[("percent", percent.into())]);
    let levels = [("technician-sound", page.sound), ("technician-light", page.light)];
    let levels = levels.into_iter().filter_map(|(id, percent)| Some(level(id, percent?)));
    let told = page.lines.iter().map(|line| match line.name.as_str() {
        "" => line.value.clone(),
        name => format!("{name}: {}", line.value),
    });
    let most = if look.portrait() { LINES } else { LINES_LANDSCAPE };
    let all: Vec<String> = levels.chain(told).flat_map(|line| folded(&line)).collect();
    // the last warning is the one that matters
    let shown = all.into_iter().take(most);
    shown.fold(column![].spacing(look.u(6.0)), |lines, line| lines.push(look.small(line).wide())).into()
}
