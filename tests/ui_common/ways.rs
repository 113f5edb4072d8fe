//! The same view as another customer asked for it.

use super::*;

/// The view as somebody with weak eyes asked for it.
pub fn accessible(view: &View) -> View {
    View { accessible: true, ..view.clone() }
}

/// The view with help open, where there is help.
pub fn with_help(view: &View) -> Option<View> {
    view.actions.contains(&"help").then(|| View { help: true, ..view.clone() })
}

pub fn in_language(view: &View, language: Language) -> View {
    View { language, ..view.clone() }
}
