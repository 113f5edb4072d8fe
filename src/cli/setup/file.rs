//! What was answered, on the disk: secrets for their owner alone, and a configuration only if it is right.

use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use totem::config;

use super::super::owner::hand_over;
use super::ask::Asker;

pub struct NewSecret {
    pub path: PathBuf,
    pub text: String,
}

/// Secrets first, for the configuration is read with them. One that does not pass is not put in its place.
pub fn write(asker: &mut Asker<impl BufRead>, path: &Path, text: &str, secrets: &[NewSecret]) -> Result<(), String> {
    println!("\n{text}");
    if !asker.yes(&format!("Gravar isto em {}?", path.display()), true)? {
        return Err("nada foi gravado".to_owned());
    }
    for secret in secrets {
        put(&secret.path, &format!("{}\n", secret.text), 0o600)?;
    }
    config::parse(text, path).map_err(|error| format!("as respostas não formam uma configuração:\n{error}"))?;
    if path.exists() {
        let old = path.with_extension("toml.anterior");
        fs::copy(path, &old).map_err(|error| format!("não consegui guardar {}: {error}", old.display()))?;
        println!("o arquivo de antes ficou em {}", old.display());
    }
    put(path, text, 0o640)
}

/// Whole or not at all.
fn put(path: &Path, text: &str, mode: u32) -> Result<(), String> {
    let draft = path.with_extension(format!("{}.draft", std::process::id()));
    let written = || -> io::Result<()> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        let mut out = OpenOptions::new().write(true).create_new(true).mode(mode).open(&draft)?;
        out.write_all(text.as_bytes())?;
        out.sync_all()?;
        hand_over(&draft, mode == 0o600)?;
        fs::rename(&draft, path)
    };
    written().map_err(|error| {
        let _ = fs::remove_file(&draft);
        format!("não consegui gravar {}: {error}", path.display())
    })
}
