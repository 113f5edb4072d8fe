//! A bundle on a disk that is full, on a stick that is hostile, and in the hands of somebody who opens it.

use std::os::unix::fs::symlink;
use std::process::Command;

use super::*;

fn papers() -> Vec<Paper> {
    vec![
        Paper { name: "LEIA.txt", text: "um\n".into() },
        Paper { name: "avisos.log", text: "cliente 529.982.247-25\n".repeat(100) },
        Paper { name: "vazio.txt", text: String::new() },
    ]
}

fn stick(folder: &Path) -> Stick {
    Stick { path: folder.to_owned(), read_only: false }
}

#[test]
fn anybody_can_open_it_and_nothing_personal_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pacote.tar");
    write(&path, &papers(), 1_764_000_000).unwrap();
    let list = Command::new("tar").args(["-tvf"]).arg(&path).output().unwrap();
    assert!(list.status.success(), "{}", String::from_utf8_lossy(&list.stderr));
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(["LEIA.txt", "avisos.log", "vazio.txt"].iter().all(|name| list.contains(name)), "{list}");
    let text = Command::new("tar").args(["-xOf"]).arg(&path).arg("avisos.log").output().unwrap();
    assert_eq!(String::from_utf8(text.stdout).unwrap(), "cliente ***\n".repeat(100));
    assert!(!String::from_utf8_lossy(&std::fs::read(&path).unwrap()).contains("529"));
}

#[test]
fn what_is_there_is_never_written_over_and_no_link_is_followed() {
    let folder = tempfile::tempdir().unwrap();
    let victim = folder.path().join("vitima");
    std::fs::write(&victim, "antes").unwrap();
    symlink(&victim, folder.path().join("pacote.tar")).unwrap();
    std::fs::create_dir(folder.path().join("pacote-2.tar")).unwrap();
    symlink("/nenhum/lugar", folder.path().join("pacote-3.tar")).unwrap();
    let path = carry(&stick(folder.path()), "pacote", &papers(), 0).unwrap();
    assert!(path.ends_with("pacote-4.tar"), "{path:?}");
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "antes");
    assert!(matches!(write(&folder.path().join("pacote.tar"), &papers(), 0), Err(Error::Taken(_))));
}

#[test]
fn a_stick_that_cannot_be_written_says_so_and_keeps_nothing_half() {
    let folder = tempfile::tempdir().unwrap();
    let gone = carry(&stick(&folder.path().join("tirado")), "pacote", &papers(), 0).unwrap_err();
    assert!(matches!(gone, Error::Unwritten(..)), "{gone}");
    let locked = Stick { read_only: true, ..stick(folder.path()) };
    assert!(matches!(carry(&locked, "pacote", &papers(), 0), Err(Error::ReadOnly)));
    // every write to it finds no space
    let full = write(Path::new("/dev/full"), &papers(), 0).unwrap_err();
    assert!(matches!(full, Error::Taken(_)), "{full}");
    let full = failed(&folder.path().join("x.tar"), io::Error::from_raw_os_error(28));
    assert_eq!(full.to_string(), format!("não há espaço em {}", folder.path().display()));
    let pulled = failed(&folder.path().join("x.tar"), io::Error::from_raw_os_error(5));
    assert!(pulled.to_string().contains("não pôde ser escrito"));
}

/// A real file system of this size, while it lives. Only root may mount one: nobody else gets a stick here.
struct Medium(tempfile::TempDir);

impl Medium {
    fn of(size: &str) -> Option<Medium> {
        let medium = Medium(tempfile::tempdir().unwrap());
        let size = format!("size={size}");
        let mounted = medium.command("mount", &["-t", "tmpfs", "-o", &size, "tmpfs"]);
        if !mounted {
            eprintln!("SKIPPED: no file system can be mounted here, so no stick is full, locked or pulled out");
        }
        mounted.then_some(medium)
    }

    fn command(&self, name: &str, arguments: &[&str]) -> bool {
        let done = Command::new(name).args(arguments).arg(self.0.path()).output();
        done.is_ok_and(|done| done.status.success())
    }

    fn is_empty(&self) -> bool {
        std::fs::read_dir(self.0.path()).unwrap().next().is_none()
    }
}

impl Drop for Medium {
    fn drop(&mut self) {
        self.command("umount", &["-l"]);
    }
}

/// More than the small ones hold.
fn much() -> Vec<Paper> {
    vec![Paper { name: "avisos.log", text: "um aviso\n".repeat(20_000) }]
}

#[test]
fn a_stick_without_room_says_so_and_is_left_as_it_was() {
    let Some(medium) = Medium::of("64k") else { return };
    let full = carry(&stick(medium.0.path()), "pacote", &much(), 0).unwrap_err();
    assert!(matches!(&full, Error::Full(at) if at == medium.0.path()), "{full}");
    assert!(full.to_string().starts_with("não há espaço em "), "{full}");
    assert!(medium.is_empty(), "half a bundle is taken away again");
    // what fits still fits
    let path = carry(&stick(medium.0.path()), "pacote", &papers(), 0).unwrap();
    assert!(Command::new("tar").arg("-tf").arg(path).output().unwrap().status.success());
}

#[test]
fn a_stick_that_was_locked_after_it_was_mounted_says_so() {
    let Some(medium) = Medium::of("1m") else { return };
    assert!(medium.command("mount", &["-o", "remount,ro"]));
    let locked = carry(&stick(medium.0.path()), "pacote", &papers(), 0).unwrap_err();
    assert!(matches!(locked, Error::ReadOnly), "{locked}");
    // in the middle of it
    let Some(medium) = Medium::of("1m") else { return };
    let path = medium.0.path().join("pacote.tar");
    let file = begun(&path).unwrap();
    assert!(!medium.command("mount", &["-o", "remount,ro"]), "whoever writes keeps it open for writing");
    finished(&file, &path, &papers(), 0).unwrap();
}

/// The machine lets go of a stick that is gone, and what is still written to it goes nowhere.
#[test]
fn a_stick_that_is_pulled_out_midway_is_no_bundle() {
    let Some(medium) = Medium::of("1m") else { return };
    let path = medium.0.path().join("pacote.tar");
    let file = begun(&path).unwrap();
    assert!(medium.command("umount", &["-l"]));
    let pulled = finished(&file, &path, &papers(), 0).unwrap_err();
    assert!(matches!(&pulled, Error::Unwritten(at, _) if *at == path), "{pulled}");
    // another one in its place, with a file of that name that is not ours
    let Some(medium) = Medium::of("1m") else { return };
    let path = medium.0.path().join("pacote.tar");
    let file = begun(&path).unwrap();
    assert!(medium.command("umount", &["-l"]));
    std::fs::write(&path, "de outro").unwrap();
    let swapped = finished(&file, &path, &papers(), 0).unwrap_err();
    assert!(swapped.to_string().contains("saiu enquanto se gravava"), "{swapped}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "de outro", "what is not ours is not taken away");
}

/// A machine with a disk of its own, a stick that says so, and one that is known by its way.
#[test]
fn only_what_can_be_taken_away_is_a_stick() {
    let root = tempfile::tempdir().unwrap();
    let at = |path: &str| root.path().join(path);
    for (device, place, removable) in [
        ("8:1", "sys/devices/pci/ata1/block/sda/sda1", "0"),
        ("8:17", "sys/devices/pci/mmc/block/sdb/sdb1", "1"),
        ("8:33", "sys/devices/pci/usb2/block/sdc/sdc1", "0"),
    ] {
        std::fs::create_dir_all(at(place)).unwrap();
        std::fs::write(at(place).parent().unwrap().join("removable"), removable).unwrap();
        std::fs::create_dir_all(at("sys/dev/block")).unwrap();
        symlink(at(place), at("sys/dev/block").join(device)).unwrap();
    }
    std::fs::create_dir_all(at("proc/self")).unwrap();
    let table = "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                 36 21 8:17 / /media/usb ro,nosuid shared:1 - vfat /dev/sdb1 ro\n\
                 37 21 8:33 / /run/media/PEN\\040DRIVE rw shared:2 - exfat /dev/sdc1 rw\n\
                 38 21 8:33 /pasta /mnt/parte rw - exfat /dev/sdc1 rw\n\
                 39 21 0:40 / /media/falso rw - tmpfs tmpfs rw\nlixo\n";
    std::fs::write(at("proc/self/mountinfo"), table).unwrap();
    let found = sticks(root.path());
    let told: Vec<(&str, bool)> = found.iter().map(|stick| (stick.path.to_str().unwrap(), stick.read_only)).collect();
    assert_eq!(told, [("/run/media/PEN DRIVE", false), ("/media/usb", true)]);
    assert_eq!(sticks(&at("nada")), []);
}

#[test]
fn the_last_warnings_are_kept_bounded_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut lately = Lately::open(folder.path()).unwrap();
    let long = "x".repeat(1_000);
    for number in 0..900 {
        // as fast as the disk takes them, so that none is lost
        lately.write_all(format!("{number} {long}\n").as_bytes()).unwrap();
        if number % 50 == 49 {
            until(|| last_lines(folder.path(), 1).first().is_some_and(|line| line.starts_with(&format!("{number} "))));
        }
    }
    let lines = last_lines(folder.path(), 3);
    let numbers: Vec<&str> = lines.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(numbers, ["897", "898", "899"]);
    let kept: u64 = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    assert!(kept < 600_000, "{kept}");
    assert!(last_lines(&folder.path().join("nada"), 3).is_empty());
}

fn until(is: impl Fn() -> bool) {
    for _ in 0..5_000 {
        if is() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("the warnings are not kept");
}

#[test]
fn the_network_is_told_from_what_the_machine_says_and_a_refusal_is_an_answer() {
    let root = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    put("sys/class/net/enp1s0/operstate", "up\n");
    put("sys/class/net/lo/operstate", "unknown\n");
    put(
        "proc/net/fib_trie",
        "Main:\n  |-- 192.168.0.9\n     /32 host LOCAL\n  |-- 127.0.0.1\n     /32 host LOCAL\n  |-- 192.168.0.255\n     /32 link BROADCAST\n",
    );
    let gateway = u32::from_ne_bytes([127, 0, 0, 1]);
    put("proc/net/route", &format!("Iface Destination Gateway\nenp1s0 00000000 {gateway:08X} 0003\n"));
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let route = |host: &str, port| Route { host: host.into(), port };
    let routes = [route("127.0.0.1", port), route("127.0.0.1", free), route("nao-existe.invalid", 443)];
    let facts = facts(root.path(), &routes);
    let told: Vec<String> = facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    let told = told.join("\n");
    assert!(
        told.starts_with("interface enp1s0: ligada\nendereço: 192.168.0.9\ngateway: 127.0.0.1 responde em "),
        "{told}"
    );
    assert!(told.contains(&format!("127.0.0.1:{port}: 127.0.0.1: nome em ")) && told.contains("conexão em "), "{told}");
    assert!(told.contains("conexão não: recusada"), "{told}");
    assert!(told.contains("nao-existe.invalid:443: o nome não foi encontrado"), "{told}");
    let none = super::facts(&root.path().join("nada"), &[]);
    assert_eq!(none, [("gateway".to_owned(), "nenhum: não há saída para a internet".to_owned())]);
}
