//! When another core may take this one's place: a changed setting reaches nobody who is being served (P11).

use super::Core;

impl Core {
    /// Nobody stands at the totem, and no attempt is open. What is owed or watched goes on from the journal.
    #[must_use]
    pub fn may_be_replaced(&self) -> bool {
        let moves = self.live.values().any(|live| live.in_flight || live.is_moving(&self.rules));
        let busy = self.card_is_open() || moves || self.service.pix.is_moving() || self.letters.are_out();
        self.journey.is_idle() && !self.finishing && !busy
    }
}
