//! Room on the disk that holds the journal. Without it no payment is begun.

use std::path::Path;

use super::{Finding, Patient, Reply};

const PART: &str = "disco";
const MIB: u64 = 1024 * 1024;
/// The journal begins no payment below this.
const TOO_LITTLE: u64 = 16 * MIB;
const LITTLE: u64 = 512 * MIB;
const TO_DO: &str = "libere espaço: registros antigos, pacotes, vídeos da tela de espera";

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async { vec![look(&patient.config.totem.state)] })
}

fn look(state: &Path) -> Finding {
    // before the first start the folder is not there yet, and its parent is where it will be
    let place = state.ancestors().find(|place| place.is_dir()).unwrap_or(Path::new("/"));
    match rustix::fs::statvfs(place) {
        Ok(disk) => judge(place, disk.f_bavail.saturating_mul(disk.f_frsize)),
        Err(why) => Finding::error(PART, format!("{}: {why}", place.display()), "confira o disco e as permissões"),
    }
}

fn judge(place: &Path, free: u64) -> Finding {
    let says = format!("{} MB livres em {}", free / MIB, place.display());
    if free < TOO_LITTLE {
        Finding::error(PART, format!("{says}: o totem não aceita pagamentos"), TO_DO)
    } else if free < LITTLE {
        Finding::warning(PART, says, TO_DO)
    } else {
        Finding::ok(PART, says)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn little_room_is_a_warning_and_none_is_an_error() {
        let state = |free| judge(Path::new("/x"), free).state;
        assert_eq!(
            (state(LITTLE), state(LITTLE - 1), state(TOO_LITTLE - 1)),
            (State::Ok, State::Warning, State::Error)
        );
    }

    #[test]
    fn a_state_folder_that_is_still_to_be_made_is_looked_for_where_it_will_be() {
        let folder = tempfile::tempdir().unwrap();
        let found = look(&folder.path().join("not/there/yet"));
        assert!(found.says.contains(&folder.path().display().to_string()), "{found:?}");
    }
}
