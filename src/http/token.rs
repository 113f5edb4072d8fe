//! A token that many calls share: one caller fetches it, the others wait and use the same one.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::secret::Secret;

/// Taken off a token's life, so that it does not end on its way.
const MARGIN: Duration = Duration::from_secs(60);

/// A token as it was given, and how long it lives from now.
#[derive(Debug, Clone)]
pub struct Issued {
    pub token: Secret,
    pub life: Duration,
}

#[derive(Debug)]
pub struct TokenKeeper<E> {
    state: Mutex<State<E>>,
}

#[derive(Debug)]
struct State<E> {
    held: Option<Held>,
    last_failure: Option<(Instant, E)>,
}

#[derive(Debug)]
struct Held {
    token: Secret,
    until: Instant,
}

impl<E> Default for TokenKeeper<E> {
    fn default() -> TokenKeeper<E> {
        TokenKeeper { state: Mutex::new(State { held: None, last_failure: None }) }
    }
}

impl<E: Clone> TokenKeeper<E> {
    /// The token that is held, or one from `issue`.
    pub async fn get(&self, issue: impl AsyncFnOnce() -> Result<Issued, E>) -> Result<Secret, E> {
        self.other_than(None, issue).await
    }

    /// A token other than the one that has just been refused. Where another caller has replaced it meanwhile, that one.
    pub async fn replace(&self, refused: &Secret, issue: impl AsyncFnOnce() -> Result<Issued, E>) -> Result<Secret, E> {
        self.other_than(Some(refused), issue).await
    }

    /// Drops the token, if it is still the one that is held.
    pub async fn forget(&self, refused: &Secret) {
        let mut state = self.state.lock().await;
        if state.held.as_ref().is_some_and(|held| held.token == *refused) {
            state.held = None;
        }
    }

    async fn other_than(
        &self,
        refused: Option<&Secret>,
        issue: impl AsyncFnOnce() -> Result<Issued, E>,
    ) -> Result<Secret, E> {
        let asked = Instant::now();
        let mut state = self.state.lock().await;
        if let Some(held) = &state.held
            && refused != Some(&held.token)
            && Instant::now() < held.until
        {
            return Ok(held.token.clone());
        }
        // Whoever waited while the one before failed hears that failure, instead of failing one after the other.
        if let Some((at, error)) = &state.last_failure
            && *at >= asked
        {
            return Err(error.clone());
        }
        state.held = None;
        match issue().await {
            Ok(Issued { token, life }) => {
                state.last_failure = None;
                state.held = Some(Held { token: token.clone(), until: Instant::now() + life.saturating_sub(MARGIN) });
                Ok(token)
            }
            Err(error) => {
                state.last_failure = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::time::sleep;

    use super::*;
    use crate::erp::Error;

    const HOUR: Duration = Duration::from_secs(3600);

    fn issued(token: &str, life: Duration) -> Result<Issued, Error> {
        Ok(Issued { token: token.into(), life })
    }

    #[tokio::test]
    async fn twenty_callers_share_one_fetch() {
        let (keeper, fetches) = (Arc::new(TokenKeeper::<Error>::default()), Arc::new(AtomicU32::new(0)));
        let callers = (0..20).map(|_| {
            let (keeper, fetches) = (Arc::clone(&keeper), Arc::clone(&fetches));
            tokio::spawn(async move {
                let issue = async || {
                    fetches.fetch_add(1, Ordering::SeqCst);
                    sleep(Duration::from_millis(5)).await;
                    issued("one", HOUR)
                };
                keeper.get(issue).await
            })
        });
        for caller in callers.collect::<Vec<_>>() {
            assert_eq!(caller.await.unwrap().unwrap().expose(), "one");
        }
        assert_eq!(fetches.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn those_who_waited_on_a_failed_fetch_fail_with_it() {
        let (keeper, fetches) = (Arc::new(TokenKeeper::<Error>::default()), Arc::new(AtomicU32::new(0)));
        let callers = (0..20).map(|_| {
            let (keeper, fetches) = (Arc::clone(&keeper), Arc::clone(&fetches));
            tokio::spawn(async move {
                let issue = async || {
                    fetches.fetch_add(1, Ordering::SeqCst);
                    sleep(Duration::from_millis(20)).await;
                    Err(Error::Unreachable("down".to_owned()))
                };
                keeper.get(issue).await
            })
        });
        for caller in callers.collect::<Vec<_>>() {
            assert_eq!(caller.await.unwrap(), Err(Error::Unreachable("down".to_owned())));
        }
        assert_eq!(fetches.load(Ordering::SeqCst), 1);
        assert_eq!(
            keeper.get(async || issued("two", HOUR)).await.unwrap().expose(),
            "two",
            "the next caller asks again"
        );
    }

    #[tokio::test]
    async fn the_last_minute_of_a_life_is_not_used() {
        let keeper = TokenKeeper::<Error>::default();
        keeper.get(async || issued("short", MARGIN)).await.unwrap();
        assert_eq!(keeper.get(async || issued("next", HOUR)).await.unwrap().expose(), "next");
        assert_eq!(keeper.get(async || issued("unasked", HOUR)).await.unwrap().expose(), "next");
    }

    #[tokio::test]
    async fn a_refused_token_is_replaced_once_for_all() {
        let keeper = TokenKeeper::<Error>::default();
        let old = keeper.get(async || issued("old", HOUR)).await.unwrap();
        assert_eq!(keeper.replace(&old, async || issued("new", HOUR)).await.unwrap().expose(), "new");
        assert_eq!(keeper.replace(&old, async || issued("unasked", HOUR)).await.unwrap().expose(), "new");
        keeper.forget(&old).await;
        assert_eq!(keeper.get(async || issued("unasked", HOUR)).await.unwrap().expose(), "new");
    }
}
