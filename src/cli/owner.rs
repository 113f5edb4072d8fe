//! Whose files are whose: the totem runs as a user of its own, and a file that root makes among its own keeps it out.

use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::Path;

use totem::doctor::Service;

/// The package's user.
const USER: &str = "totem";
const ROOT: u32 = 0;

fn ours() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Refuses where this would make files of root's in a folder of somebody else's.
pub fn may_write(state: &Path) -> Result<(), String> {
    let owner = nearest_that_is_there(state).map_or(ROOT, |found| found.uid());
    refusal(ours(), owner, &name_of(owner), &state.display().to_string()).map_or(Ok(()), Err)
}

fn refusal(ours: u32, owner: u32, name: &str, state: &str) -> Option<String> {
    let shuts_out = ours == ROOT && owner != ROOT;
    shuts_out.then(|| {
        format!(
            "{state} é do usuário {name}, e o que root grava lá o totem não consegue abrir: rode como {name}, \
             runuser -u {name} -- totem …"
        )
    })
}

fn nearest_that_is_there(path: &Path) -> Option<fs::Metadata> {
    path.ancestors().filter(|place| !place.as_os_str().is_empty()).find_map(|place| place.metadata().ok())
}

/// What root has made goes to the totem's user, where there is one: a secret for its eyes alone, anything else to be read.
pub fn hand_over(file: &Path, is_secret: bool) -> io::Result<()> {
    match entry(&passwd(), |name, _| name == USER) {
        Some((_, uid, gid)) if ours() == ROOT => chown(file, is_secret.then_some(uid), Some(gid)),
        _ => Ok(()),
    }
}

/// Who runs the totem of this state folder, if that is not who asks.
pub fn service(state: &Path) -> Option<Service> {
    let owner = state.metadata().ok()?.uid();
    let (name, uid, gid) = entry(&passwd(), |_, uid| uid == owner).filter(|_| owner != ours())?;
    let text = fs::read_to_string("/etc/group").unwrap_or_default();
    let others = text.lines().filter_map(|line| {
        let mut fields = line.split(':').skip(2);
        let gid = fields.next()?.parse().ok()?;
        fields.next()?.split(',').any(|member| member == name).then_some(gid)
    });
    let groups = others.chain([gid]).collect();
    Some(Service { name, uid, groups })
}

/// As whom this runs.
pub fn whoami() -> String {
    name_of(ours())
}

fn name_of(wanted: u32) -> String {
    entry(&passwd(), |_, uid| uid == wanted).map_or_else(|| format!("de número {wanted}"), |(name, _, _)| name)
}

fn passwd() -> String {
    fs::read_to_string("/etc/passwd").unwrap_or_default()
}

/// Name, number and group of a person.
fn entry(passwd: &str, is_wanted: impl Fn(&str, u32) -> bool) -> Option<(String, u32, u32)> {
    passwd.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let [name, _, uid, gid, ..] = fields[..] else { return None };
        let (uid, gid) = (uid.parse().ok()?, gid.parse().ok()?);
        is_wanted(name, uid).then(|| (name.to_owned(), uid, gid))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_writes_into_nobodys_folder_but_its_own() {
        assert_eq!(refusal(0, 0, "root", "/x"), None);
        assert_eq!(refusal(990, 990, "totem", "/x"), None);
        // another person's try ends at the file system's own word
        assert_eq!(refusal(1000, 990, "totem", "/x"), None);
        let why = refusal(0, 990, "totem", "/var/lib/totem").unwrap();
        assert!(why.contains("runuser -u totem --") && why.contains("/var/lib/totem"), "{why}");
    }

    #[test]
    fn a_person_is_found_by_name_and_by_number() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nbroken\ntotem:x:990:989::/var/lib/totem:/usr/sbin/nologin\n";
        assert_eq!(entry(passwd, |name, _| name == "totem"), Some(("totem".to_owned(), 990, 989)));
        assert_eq!(entry(passwd, |_, uid| uid == 0).unwrap().0, "root");
        assert_eq!(entry(passwd, |name, _| name == "broken"), None);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_belongs_to_who_owns_the_one_above() {
        let dir = tempfile::tempdir().unwrap();
        let found = nearest_that_is_there(&dir.path().join("a/b")).unwrap();
        assert_eq!(found.uid(), dir.path().metadata().unwrap().uid());
        assert_eq!(may_write(&dir.path().join("a/b")), Ok(()));
    }
}
