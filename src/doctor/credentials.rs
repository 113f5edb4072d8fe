//! The secrets of the configuration: how many were read, from where, and for whom. None is shown.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::{Finding, Patient, Reply};

const PART: &str = "credenciais";
const OWNERS: &str = "donos dos arquivos";

/// Who runs the totem here, where the doctor is called by another.
#[derive(Debug, Clone)]
pub struct Service {
    pub name: String,
    pub uid: u32,
    pub groups: Vec<u32>,
}

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        let mut found = vec![read(&patient.secrets, &patient.unread, &patient.user)];
        if let Some(service) = &patient.service {
            found.push(owners(service, &patient.files, &patient.config.totem.state));
        }
        found
    })
}

fn read(places: &[String], unread: &[String], user: &str) -> Finding {
    if !unread.is_empty() {
        return Finding::warning(
            PART,
            format!(
                "{} não lida(s) pelo usuário {user}, pois o systemd só as dá ao serviço: {}",
                unread.len(),
                unread.join(", ")
            ),
            "para ver tudo: systemd-run --pipe --wait -p User=totem -p ImportCredential='totem.*' totem doctor",
        );
    }
    match places {
        [] => Finding::ok(PART, "a configuração não usa nenhuma"),
        places => Finding::ok(PART, format!("lidas {} pelo usuário {user}: {}", places.len(), places.join(", "))),
    }
}

/// Whoever may read everything does not notice what the service may not.
fn owners(service: &Service, files: &[PathBuf], state: &Path) -> Finding {
    let shown =
        |paths: Vec<&PathBuf>| paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ");
    let name = &service.name;
    let shut: Vec<&PathBuf> =
        files.iter().filter(|file| file.metadata().is_ok_and(|found| !may_read(service, &found))).collect();
    if !shut.is_empty() {
        let says = format!("o usuário {name}, do serviço, não pode ler: {}", shown(shut.clone()));
        let to_do =
            format!("chown root:{name} na configuração, chown {name}:{name} nas senhas; os modos são 0640 e 0600");
        return Finding::error(OWNERS, says, to_do);
    }
    let kept: Vec<PathBuf> = std::fs::read_dir(state).into_iter().flatten().flatten().map(|one| one.path()).collect();
    let strange: Vec<&PathBuf> =
        kept.iter().filter(|file| file.symlink_metadata().is_ok_and(|found| found.uid() != service.uid)).collect();
    if !strange.is_empty() {
        let says = format!("não são do usuário {name}, e o totem não abre com eles: {}", shown(strange));
        return Finding::error(OWNERS, says, format!("com o totem parado: chown -R {name}:{name} {}", state.display()));
    }
    Finding::ok(OWNERS, format!("o usuário {name} pode ler a configuração e as senhas, e o diário é dele"))
}

fn may_read(service: &Service, found: &Metadata) -> bool {
    let mode = found.mode();
    let bit = match () {
        () if found.uid() == service.uid => 0o400,
        () if service.groups.contains(&found.gid()) => 0o040,
        () => 0o004,
    };
    mode & bit != 0
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::doctor::State;

    #[test]
    fn what_only_the_service_is_given_is_a_warning_and_says_who_asked() {
        let found = read(&[], &["totem.erp".to_owned()], "ana");
        assert_eq!(found.state, State::Warning);
        assert!(found.says.contains("ana") && found.says.contains("totem.erp"), "{found:?}");
        assert_eq!(read(&["/etc/totem/x".to_owned()], &[], "totem").state, State::Ok);
    }

    #[test]
    fn a_file_that_the_service_may_not_read_is_an_error_although_we_may() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("totem.toml");
        std::fs::write(&file, "").unwrap();
        let own = file.metadata().unwrap();
        let stranger = Service { name: "totem".to_owned(), uid: own.uid() + 1, groups: vec![own.gid() + 1] };
        let member = Service { groups: vec![own.gid()], ..stranger.clone() };
        let owner = Service { uid: own.uid(), ..stranger.clone() };
        for (mode, service, state) in [
            (0o640, &stranger, State::Error),
            (0o640, &owner, State::Ok),
            (0o600, &member, State::Error),
            (0o644, &stranger, State::Ok),
        ] {
            std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
            let found = owners(service, std::slice::from_ref(&file), Path::new("/nowhere"));
            assert_eq!(found.state, state, "{mode:o} {service:?}: {found:?}");
        }
        // and what root left in the state folder
        let found = owners(&stranger, &[], dir.path());
        assert!(found.state == State::Error && found.to_do.unwrap().contains("chown -R totem:totem"), "{}", found.says);
        assert_eq!(owners(&owner, &[], dir.path()).state, State::Ok);
    }
}
