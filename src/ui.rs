//! The window: a screen is a function of a step; widgets, theme, phrases. And the line face.
