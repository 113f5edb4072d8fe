//! A folder with a right configuration, to be made wrong.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A small right file. `{dir}` is its folder.
pub const RIGHT: &str = r#"[totem]
name = "LOJA-01"
state = "{dir}/state"

[beneficiary]
name = "Provedor Exemplo Internet Ltda"
tax_id = "11.222.333/0001-81"
address = "Rua das Flores, 100"
help_phone = "0800 000 0000"

[journey]
methods = ["pix", "debit", "credit", "boleto"]
bills_per_page = 5

[erp.webservice_cliente]
url = "https://erp.exemplo.net.br"
user = "totem"
password = { file = "{dir}/erp-senha" }
pix = true

[[erp.webservice_cliente.write_off]]
method = "debit"
id_forma_pagamento = 2
id_conta_financeira = 1

[[erp.webservice_cliente.write_off]]
method = "credit"
id_forma_pagamento = 3
id_conta_financeira = 2

[tef.file_exchange]
request_folder = "{dir}/req"
response_folder = "{dir}/resp"
state_dir = "{dir}/tef"

[tef.file_exchange.identification]
application = "TOTEM"
version = "0.1.0"
company = "PROVEDOR EXEMPLO"
certification = "000000000000"

[printer]
port = "{dir}/printer"
baud = 115200
flow = "none"
columns = 48
dots = 576
"#;

pub struct Site {
    dir: TempDir,
}

impl Site {
    pub fn new() -> Site {
        let site = Site { dir: tempfile::tempdir().unwrap() };
        site.secret("erp-senha", "s3nha-do-erp");
        site.file("totem.toml", &site.right());
        site
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    pub fn right(&self) -> String {
        self.placed(RIGHT)
    }

    pub fn placed(&self, text: &str) -> String {
        text.replace("{dir}", &self.dir.path().display().to_string())
    }

    pub fn file(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, self.placed(text)).unwrap();
    }

    pub fn secret(&self, name: &str, text: &str) {
        self.file(name, text);
        std::fs::set_permissions(self.path(name), std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// The program, with nothing of this machine's environment that would count.
    pub fn totem(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_totem"));
        command.args(args).arg("--config").arg(self.path("totem.toml"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("TOTEM__") {
                command.env_remove(name);
            }
        }
        command.env_remove("CREDENTIALS_DIRECTORY");
        command
    }

    pub fn checked(&self) -> Told {
        Told::of(self.totem(&["config", "check"]).output().unwrap())
    }
}

/// What a command said.
#[derive(Debug)]
pub struct Told {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Told {
    pub fn of(output: Output) -> Told {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Told { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}
