//! Signing in, and what comes over the wire when it is not the ERP that answers.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use totem::erp::Error;

use crate::relay::Deed;
use crate::scene::{MARIA, Scene, Told, connected, tax_id, text};
use crate::subjects::Subject;

const TOO_LARGE_A_LIST: usize = 4 * 1024 * 1024;

pub fn wrong_password(subject: &'static Subject) -> Told {
    let scene = Scene::with(subject, "senha-errada", |text| text);
    let answer = scene.try_account(MARIA);
    assert!(matches!(answer, Err(Error::SignIn(_))), "{answer:?}");
    Told::Well
}

pub fn single_flight(subject: &'static Subject) -> Told {
    if !subject.signs_in() {
        return Told::NotAble;
    }
    let scene = Scene::of(subject);
    let calls: Vec<_> = (0..12)
        .map(|_| {
            let erp = Arc::clone(&scene.erp);
            scene.runtime.spawn(async move { erp.account(&tax_id(MARIA)).await.map(|account| account.is_some()) })
        })
        .collect();
    for call in calls {
        assert_eq!(scene.runtime.block_on(call).unwrap(), Ok(true));
    }
    assert_eq!(scene.relay.times(subject.is_sign_in), 1);
    Told::Well
}

fn unauthorized() -> Deed {
    Deed::Say { carried_out: false, status: 401, body: "" }
}

pub fn expiry(subject: &'static Subject) -> Told {
    if !subject.signs_in() {
        return Told::NotAble;
    }
    let scene = Scene::of(subject);
    scene.account(MARIA);
    let before = scene.relay.times(subject.is_sign_in);
    scene.relay.order(1, unauthorized(), |asked| !(subject.is_sign_in)(asked));
    assert_eq!(scene.account(MARIA).customer.short_name(), "Maria S.");
    assert_eq!(scene.relay.times(subject.is_sign_in), before + 1);
    Told::Well
}

pub fn refused_for_good(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    scene.relay.order(1000, unauthorized(), |asked| !(subject.is_sign_in)(asked));
    let answer = scene.try_account(MARIA);
    assert!(matches!(answer, Err(Error::SignIn(_))), "{answer:?}");
    assert!(scene.relay.times(subject.is_sign_in) <= 2, "{:?}", scene.relay.asked());
    Told::Well
}

/// Somebody else's machine, who counts who comes.
fn elsewhere() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let came = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&came);
    std::thread::spawn(move || {
        for _ in listener.incoming().flatten() {
            counted.fetch_add(1, Ordering::SeqCst);
        }
    });
    (url, came)
}

pub fn redirect(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    let (url, came) = elsewhere();
    scene.relay.order(1000, Deed::RedirectTo(url), |_| true);
    assert!(scene.try_account(MARIA).is_err());
    assert_eq!(came.load(Ordering::SeqCst), 0, "neither password nor CPF leave");
    Told::Well
}

pub fn huge_body(subject: &'static Subject) -> Told {
    let scene = Scene::of(subject);
    scene.relay.order(1000, Deed::Flood("{\"a\":\"", TOO_LARGE_A_LIST), |asked| !(subject.is_sign_in)(asked));
    let answer = scene.try_account(MARIA);
    assert!(matches!(answer, Err(Error::Garbled { .. })), "{answer:?}");
    Told::Well
}

pub fn garbage(subject: &'static Subject) -> Told {
    let half: fn(&str) -> String = |body| body.chars().take(body.chars().count() / 2).collect();
    let say = |body| Deed::Say { carried_out: false, status: 200, body };
    for deed in [say("<html>Acesso ao sistema</html>"), say(""), say("%&/()=?\u{1}"), Deed::Rewrite(half)] {
        let scene = Scene::of(subject);
        let (bill, _) = scene.bill();
        scene.relay.order(1000, deed, |asked| !(subject.is_sign_in)(asked));
        let answer = scene.try_account(MARIA);
        assert!(answer.is_err(), "{answer:?}");
        let answer = scene.runtime.block_on(scene.erp.invoice(&bill));
        assert!(answer.is_err(), "{answer:?}: a bill is not gone because an answer cannot be read");
        scene.relay.forget_orders();
        assert!(scene.is_open(&bill), "and the ERP is asked again");
    }
    Told::Well
}

pub fn plain_http(subject: &'static Subject) -> Told {
    let dir = tempfile::tempdir().unwrap();
    let refused = connected(&text(subject, "http://erp.example.com", subject.secret, dir.path()), dir.path());
    let why = refused.err().expect("customers' data would travel readable");
    assert!(why.to_lowercase().contains("http"), "{why}");
    assert!(connected(&text(subject, "https://erp.example.com", subject.secret, dir.path()), dir.path()).is_ok());
    Told::Well
}
