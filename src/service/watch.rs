//! Who has to answer for the program to count as alive, and whether they did.

/// A part of the program that is asked by numbers, which only rise.
pub struct Witness {
    /// As the status line says it.
    pub name: &'static str,
    pub ask: Box<dyn Fn(u64) + Send>,
    /// The last question that it answered.
    pub answered: Box<dyn Fn() -> u64 + Send>,
}

pub struct Watch {
    witnesses: Vec<Witness>,
    asked: u64,
}

impl Watch {
    /// Asks everybody for the first time.
    #[must_use]
    pub fn over(witnesses: Vec<Witness>) -> Watch {
        let mut watch = Watch { witnesses, asked: 0 };
        watch.ask();
        watch
    }

    /// Whether all have answered since they were asked. If so they are asked anew; whoever owes an answer is not asked
    /// twice.
    pub fn look(&mut self) -> Result<(), Vec<&'static str>> {
        let silent = self.silent();
        if !silent.is_empty() {
            return Err(silent);
        }
        self.ask();
        Ok(())
    }

    /// Who still owes an answer.
    #[must_use]
    pub fn silent(&self) -> Vec<&'static str> {
        let owes = |witness: &&Witness| (witness.answered)() < self.asked;
        self.witnesses.iter().filter(owes).map(|witness| witness.name).collect()
    }

    fn ask(&mut self) {
        self.asked += 1;
        for witness in &self.witnesses {
            (witness.ask)(self.asked);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

    use super::*;

    /// Answers at once while it is awake.
    fn witness(name: &'static str) -> (Witness, Arc<AtomicBool>) {
        let (awake, last) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicU64::new(0)));
        let (listens, heard) = (Arc::clone(&awake), Arc::clone(&last));
        let ask = Box::new(move |question| {
            if listens.load(Ordering::SeqCst) {
                heard.store(question, Ordering::SeqCst);
            }
        });
        (Witness { name, ask, answered: Box::new(move || last.load(Ordering::SeqCst)) }, awake)
    }

    #[test]
    fn one_part_that_sleeps_is_named_and_the_others_do_not_speak_for_it() {
        let (core, _) = witness("core");
        let (screen, screen_awake) = witness("screen");
        let mut watch = Watch::over(vec![core, screen]);
        assert_eq!((watch.look(), watch.look()), (Ok(()), Ok(())));
        screen_awake.store(false, Ordering::SeqCst);
        assert_eq!(watch.look(), Ok(()), "what was asked before it slept is answered");
        assert_eq!(watch.look(), Err(vec!["screen"]));
        assert_eq!(watch.look(), Err(vec!["screen"]), "and goes on to be owed");
    }

    #[test]
    fn an_answer_that_comes_late_is_an_answer() {
        let last = Arc::new(AtomicU64::new(0));
        let heard = Arc::clone(&last);
        let slow =
            Witness { name: "core", ask: Box::new(|_| {}), answered: Box::new(move || heard.load(Ordering::SeqCst)) };
        let mut watch = Watch::over(vec![slow]);
        assert_eq!(watch.look(), Err(vec!["core"]));
        last.store(1, Ordering::SeqCst);
        assert_eq!(watch.look(), Ok(()));
        assert_eq!(watch.look(), Err(vec!["core"]), "the old answer is none to the new question");
    }
}
