//! Says when what it holds is on the screen, so that a touch can be judged by what its finger could see.

use iced::advanced::Shell;
use iced::{Element, Event, window};

use super::listening::{Listener, listening};

struct Drawn<Message> {
    says: Option<Message>,
}

/// Says it with the next frame: iced hands a frame's messages over once the frame is on the screen, however long its
/// drawing takes.
pub fn drawn<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    says: Option<Message>,
) -> Element<'a, Message> {
    listening(content, Drawn { says })
}

impl<Message: Clone> Listener<Message> for Drawn<Message> {
    type Memory = ();

    fn hears(&self, (): &mut (), event: &Event, shell: &mut Shell<'_, Message>) {
        if matches!(event, Event::Window(window::Event::RedrawRequested(_)))
            && let Some(says) = &self.says
        {
            shell.publish(says.clone());
        }
    }
}
