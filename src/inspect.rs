//! `totem inspect`: reads boletos, BR Codes, tax ids and amounts, and says what they hold.
