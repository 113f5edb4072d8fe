//! The write-off (baixa), and the read that settles what nobody knows.

use totem::erp::{Capability, WriteOff, WriteOffOutcome};

use crate::relay::Deed;
use crate::scene::{Scene, Told};
use crate::subjects::Subject;

/// A scene in which Maria's bill can be written off; nothing where this ERP has no write-off.
fn ready(subject: &'static Subject) -> Option<(Scene, WriteOff)> {
    let scene = Scene::of(subject);
    scene.runtime.block_on(scene.erp.discover()).unwrap();
    if !scene.can(Capability::WriteOff) {
        return None;
    }
    let write_off = scene.write_off();
    Some((scene, write_off))
}

fn send(scene: &Scene, write_off: &WriteOff) -> WriteOffOutcome {
    let outcome = scene.runtime.block_on(scene.erp.write_off(write_off));
    outcome.unwrap_or_else(|error| panic!("certainly not executed: {error}"))
}

pub fn applied(subject: &'static Subject) -> Told {
    let Some((scene, write_off)) = ready(subject) else { return Told::NotAble };
    assert_eq!(send(&scene, &write_off), WriteOffOutcome::Applied);
    assert!(!scene.is_open(&write_off.bill));
    assert_eq!(scene.times_written_off(&write_off.bill), 1);
    assert_eq!(scene.relay.times(subject.is_write_off), 1);
    Told::Well
}

pub fn repeated(subject: &'static Subject) -> Told {
    let Some((scene, write_off)) = ready(subject) else { return Told::NotAble };
    assert_eq!(send(&scene, &write_off), WriteOffOutcome::Applied);
    let again = send(&scene, &write_off);
    assert!(
        matches!(again, WriteOffOutcome::AlreadySettled | WriteOffOutcome::Unknown { .. } | WriteOffOutcome::Applied),
        "{again:?}: what we wrote off ourselves is not rejected"
    );
    assert_eq!(scene.times_written_off(&write_off.bill), 1, "{again:?}");
    Told::Well
}

pub fn rejected(subject: &'static Subject) -> Told {
    let Some((right, wrong)) = subject.bad_row else { return Told::NotAble };
    let scene = Scene::with(subject, subject.secret, |text| {
        assert!(text.contains(right), "{text}");
        text.replace(right, wrong)
    });
    scene.runtime.block_on(scene.erp.discover()).unwrap();
    if !scene.can(Capability::WriteOff) {
        return Told::NotAble;
    }
    let write_off = scene.write_off();
    let outcome = send(&scene, &write_off);
    assert!(matches!(outcome, WriteOffOutcome::Rejected { .. }), "{outcome:?}");
    assert!(scene.is_open(&write_off.bill));
    assert_eq!(scene.times_written_off(&write_off.bill), 0);
    Told::Well
}

/// After this deed nobody knows; the read knows; and what was not done is done once when it is sent again.
fn unknown(subject: &'static Subject, deed: Deed, carried_out: bool) -> Told {
    let Some((scene, write_off)) = ready(subject) else { return Told::NotAble };
    scene.relay.order(1, deed, subject.is_write_off);
    let outcome = send(&scene, &write_off);
    match &outcome {
        WriteOffOutcome::Unknown { .. } => {}
        // a driver that asked the ERP for the outcome itself
        WriteOffOutcome::Applied | WriteOffOutcome::AlreadySettled if carried_out => {}
        _ => panic!("{outcome:?}, carried out: {carried_out}"),
    }
    assert_eq!(scene.relay.times(subject.is_write_off), 1, "nothing is repeated blindly");
    scene.until_written_off(&write_off.bill, usize::from(carried_out));
    assert_eq!(scene.is_open(&write_off.bill), !carried_out);
    if !carried_out {
        assert_eq!(send(&scene, &write_off), WriteOffOutcome::Applied);
        assert_eq!(scene.times_written_off(&write_off.bill), 1);
    }
    Told::Well
}

pub fn request_lost(subject: &'static Subject) -> Told {
    unknown(subject, Deed::LoseRequest, false)
}

pub fn answer_lost(subject: &'static Subject) -> Told {
    unknown(subject, Deed::LoseAnswer, true)
}

fn done_or_not(subject: &'static Subject, status: u16, body: &'static str) -> Told {
    let mut told = Told::Well;
    for carried_out in [false, true] {
        told = unknown(subject, Deed::Say { carried_out, status, body }, carried_out);
    }
    told
}

pub fn internal_error(subject: &'static Subject) -> Told {
    done_or_not(subject, 500, "{\"error\":\"INTERNAL_SERVER_ERROR\"}")
}

pub fn html(subject: &'static Subject) -> Told {
    done_or_not(subject, 200, "<!DOCTYPE html><html><body>Acesso ao sistema</body></html>")
}

pub fn empty(subject: &'static Subject) -> Told {
    done_or_not(subject, 200, "")
}

/// 503 makes the transport repeat a read.
pub fn sent_once(subject: &'static Subject) -> Told {
    let Some((scene, write_off)) = ready(subject) else { return Told::NotAble };
    let down = || Deed::Say { carried_out: false, status: 503, body: "" };
    scene.relay.order(1, down(), |asked| !(subject.is_sign_in)(asked) && !(subject.is_write_off)(asked));
    assert!(scene.is_open(&write_off.bill), "a read is sent again");
    scene.relay.order(1, down(), subject.is_write_off);
    let outcome = send(&scene, &write_off);
    assert!(matches!(outcome, WriteOffOutcome::Unknown { .. }), "{outcome:?}");
    assert_eq!(scene.relay.times(subject.is_write_off), 1);
    Told::Well
}
