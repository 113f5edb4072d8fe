//! `totem setup` with its answers on standard input, a stand-in printer and a stand-in pinpad on pseudo-terminals.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::site::{Site, Told};

/// A stand-in that says where it is in its first line.
struct StandIn(Child);

impl Drop for StandIn {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn stand_in(what: &str, site: &Site) -> StandIn {
    let state = site.path(what);
    std::fs::create_dir_all(&state).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_totem"))
        .args([
            "simulate",
            what,
            "--state",
            state.to_str().unwrap(),
            "--port",
            site.path(&format!("{what}.tty")).to_str().unwrap(),
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut first).unwrap();
    assert!(!first.is_empty(), "{what} did not start");
    StandIn(child)
}

/// A folder like `/dev` with a printer and a pinpad.
fn devices(site: &Site) {
    std::fs::create_dir_all(site.path("dev/serial/by-id")).unwrap();
    symlink(site.path("printer.tty").canonicalize().unwrap(), site.path("dev/ttyUSB0")).unwrap();
    symlink(site.path("printer.tty").canonicalize().unwrap(), site.path("dev/serial/by-id/usb-impressora")).unwrap();
    symlink(site.path("pinpad.tty").canonicalize().unwrap(), site.path("dev/ttyACM0")).unwrap();
}

fn answered(site: &Site, file: &str, answers: &str) -> Told {
    let mut child = Command::new(env!("CARGO_BIN_EXE_totem"))
        .args(["setup", "--config", site.path(file).to_str().unwrap(), "--devices", site.path("dev").to_str().unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // it may have ended before it read all of them
    let _ = child.stdin.take().unwrap().write_all(site.placed(answers).as_bytes());
    Told::of(child.wait_with_output().unwrap())
}

const WHO: &str = "LOJA-07\n{dir}/state\nProvedor Exemplo Ltda\n11.222.333/0001-82\n11.222.333/0001-81\n\
                   Rua das Flores, 100\n0800 000 0000\n";
const ERP: &str = "1\nerp.exemplo\nhttps://erp.exemplo.net.br\n\ns3nha-nova\n\n2\n1\ntrês\n3\n2\n";
const TEF: &str = "{dir}/req\n{dir}/resp\n{dir}/tef\nPROVEDOR EXEMPLO\n\n";

/// What is asked in the manual's picture of a first run, without the answers.
fn asked_in_the_manual() -> Vec<String> {
    let manual = std::fs::read_to_string("packaging/manual/README.md").unwrap();
    let block = manual.split("```").find(|block| block.starts_with("\nNome deste totem")).expect("a first run");
    let asked = |line: &str| line.rsplit_once(": ").map_or(line, |(asked, _)| asked).to_owned();
    let asked: Vec<String> = block.lines().filter(|line| !line.is_empty()).map(asked).collect();
    assert!(asked.len() > 8, "{asked:?}");
    asked
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn a_first_run_ends_in_a_file_that_passes_the_check() {
    let site = Site::new();
    let (_printer, _pinpad) = (stand_in("printer", &site), stand_in("pinpad", &site));
    devices(&site);
    let printer = "1\n1\n\ns\n";
    let told = answered(&site, "novo/totem.toml", &format!("{WHO}s\n{ERP}{TEF}{printer}s\n"));
    assert_eq!(told.status, 0, "{told:?}");
    assert!(
        told.out.contains("não é válido: confira os dígitos") && told.out.contains("comece com https://"),
        "{told:?}"
    );
    assert!(told.out.contains("dev/serial/by-id/usb-impressora") && !told.out.contains("dev/ttyUSB0"), "{told:?}");
    assert!(told.out.contains("a impressora responde e está pronta"), "{told:?}");
    for asked in asked_in_the_manual() {
        assert!(told.out.contains(&asked), "the manual shows {asked:?}, and nobody asks it: {told:?}");
    }
    assert!(told.out.contains("um pinpad: "), "{told:?}");
    assert!(!told.out.contains("s3nha-nova"), "the secret is not shown: {told:?}");
    assert_eq!(mode(&site.path("novo/erp-senha")), 0o600);
    let mut check = Command::new(env!("CARGO_BIN_EXE_totem"));
    let check = check.args(["config", "check", "--config", site.path("novo/totem.toml").to_str().unwrap()]);
    let checked = Told::of(check.output().unwrap());
    assert_eq!(checked.status, 0, "{checked:?}");
    let written = std::fs::read_to_string(site.path("novo/totem.toml")).unwrap();
    assert!(!written.contains("s3nha-nova"), "{written}");
    // nobody was said to issue a PIX
    assert!(written.contains("methods = [\"debit\", \"credit\", \"boleto\"]"), "{written}");
}

#[test]
fn what_is_there_is_not_overwritten_unasked() {
    let site = Site::new();
    let before = std::fs::read_to_string(site.path("totem.toml")).unwrap();
    let told = answered(&site, "totem.toml", "\n");
    assert!(told.status == 2 && told.err.contains("nada foi gravado"), "{told:?}");
    assert_eq!(std::fs::read_to_string(site.path("totem.toml")).unwrap(), before);
    // asked, and with the password that is there; without cards and without a printer
    let erp = "1\nhttps://erp.exemplo.net.br\n\n\n\n";
    let told = answered(&site, "totem.toml", &format!("s\n{}n\n{erp}2\ns\n", WHO.replace("11.222.333/0001-82\n", "")));
    assert_eq!(told.status, 0, "{told:?}");
    assert_eq!(std::fs::read_to_string(site.path("totem.toml.anterior")).unwrap(), before);
    assert_eq!(std::fs::read_to_string(site.path("erp-senha")).unwrap(), "s3nha-do-erp");
    assert_eq!(site.checked().status, 0);
}

#[test]
fn answers_that_end_too_early_leave_nothing_behind() {
    let site = Site::new();
    let told = answered(&site, "novo/totem.toml", WHO);
    assert!(told.status == 2 && told.err.contains("as respostas acabaram: nada foi gravado"), "{told:?}");
    assert!(!site.path("novo").exists());
}
