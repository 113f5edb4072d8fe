//! Manual pages and completions, written from the same words as `--help`.

use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::Shell;

#[derive(Args)]
pub struct Folder {
    /// Where to; made where there is none
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// One page a command: `totem.1`, `totem-journal.1`, `totem-journal-list.1`, …
pub fn pages(Folder { folder }: &Folder) -> Result<(), String> {
    make(folder)?;
    clap_mangen::generate_to(super::Cli::command(), folder).map_err(|error| about(folder, &error))
}

/// `totem.bash`, `_totem` and `totem.fish`.
pub fn completions(Folder { folder }: &Folder) -> Result<(), String> {
    make(folder)?;
    let shells = Shell::value_variants().iter().filter(|shell| matches!(shell, Shell::Bash | Shell::Zsh | Shell::Fish));
    for shell in shells {
        clap_complete::generate_to(*shell, &mut super::Cli::command(), "totem", folder)
            .map_err(|error| about(folder, &error))?;
    }
    Ok(())
}

fn make(folder: &Path) -> Result<(), String> {
    std::fs::create_dir_all(folder).map_err(|error| about(folder, &error))
}

fn about(folder: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", folder.display())
}
