//! `totem setup`: the few questions that a first run needs, on the terminal. It looks for printers and pinpads, tries
//! them, and writes a configuration that passes `totem config check`. Nothing that exists is overwritten unasked.
//!
//! | status | meaning |
//! |---|---|
//! | 0 | written |
//! | 2 | nothing was written: the answers ended, or something cannot be written |

mod ask;
mod devices;
mod erp;
mod file;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use clap::Args;
use totem::config;
use totem::domain::TaxId;

use ask::Asker;

#[derive(Args)]
pub struct SetupArgs {
    /// The file to write; secrets go into files beside it
    #[arg(long, value_name = "FILE", default_value = config::USUAL)]
    config: PathBuf,
    /// Where printers and pinpads are looked for
    #[arg(long, value_name = "DIR", default_value = "/dev", hide = true)]
    devices: PathBuf,
}

pub fn setup(args: &SetupArgs) -> Result<(), String> {
    let mut asker = Asker::new(std::io::stdin().lock());
    println!("Configuração do totem. Enter aceita o que está entre [ ]. Nada é gravado antes do fim.\n");
    let folder = args.config.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if args.config.exists()
        && !asker.yes(&format!("{} já existe. Escrever outro no lugar?", args.config.display()), false)?
    {
        return Err("nada foi gravado".to_owned());
    }
    let mut text = who(&mut asker)?;
    let cards = asker.yes("Aceitar cartão (precisa de TEF e impressora)?", true)?;
    let erp = erp::ask(&mut asker, folder, cards)?;
    text += &methods(cards, erp.issues_pix);
    text += &erp.table;
    if cards {
        text += &tef(&mut asker)?;
    }
    text += &devices::ask(&mut asker, &args.devices, cards)?;
    file::write(&mut asker, &args.config, &text, &erp.secrets)?;
    println!("\ngravado: {}", args.config.display());
    println!("a seguir: `totem doctor` diz como está cada parte; `totem technician set-pin` abre o painel na tela");
    Ok(())
}

fn who(asker: &mut Asker<impl BufRead>) -> Result<String, String> {
    let name = asker.text("Nome deste totem", Some("LOJA-01"))?;
    let state = asker.text("Pasta do diário de pagamentos", Some("/var/lib/totem"))?;
    let company = asker.text("Nome da empresa que recebe", None)?;
    let tax_id = asker.until("CNPJ (ou CPF) de quem recebe", None, |text| {
        TaxId::parse(text).map(|_| text.to_owned()).map_err(|_| "não é válido: confira os dígitos".to_owned())
    })?;
    let address = asker.text("Endereço, como sai no recibo", None)?;
    let phone = asker.text("Telefone de ajuda, que aparece na tela", None)?;
    Ok(format!(
        "#:schema /usr/share/totem/totem.schema.json\n# Escrito por `totem setup`. Todas as chaves: `totem config example`.\n\n\
         [totem]\nname = {}\nstate = {}\n\n[beneficiary]\nname = {}\ntax_id = {}\naddress = {}\nhelp_phone = {}\n\n",
        quoted(&name),
        quoted(&state),
        quoted(&company),
        quoted(&tax_id),
        quoted(&address),
        quoted(&phone)
    ))
}

/// A PIX that nobody issues would be a button that leads nowhere.
fn methods(cards: bool, pix: bool) -> String {
    let all = [("pix", pix), ("debit", cards), ("credit", cards), ("boleto", true)];
    let methods: Vec<String> =
        all.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| format!("\"{name}\"")).collect();
    let without =
        "# sem \"pix\": ninguém emite o código. Com um banco (`totem config example`, [[pix.bank]]), acrescente\n";
    let note = if pix { "" } else { without };
    format!("[journey]\n{note}methods = [{}]\n\n", methods.join(", "))
}

fn tef(asker: &mut Asker<impl BufRead>) -> Result<String, String> {
    println!("\nTEF por troca de arquivos (CliSiTef se configura à mão: `totem config example`).");
    let request = asker.text("Pasta de pedidos (Req)", Some("/srv/tef/Req"))?;
    let response = asker.text("Pasta de respostas (Resp)", Some("/srv/tef/Resp"))?;
    let state = asker.text("Pasta do totem para o TEF", Some("/var/lib/totem/tef"))?;
    let company = asker.text("Empresa registrada na homologação", None)?;
    let certification = asker.text("Registro de certificação", Some("000000000000"))?;
    Ok(format!(
        "[tef.file_exchange]\nrequest_folder = {}\nresponse_folder = {}\nstate_dir = {}\n\n\
         [tef.file_exchange.identification]\napplication = \"TOTEM\"\nversion = {}\ncompany = {}\ncertification = {}\n\n",
        quoted(&request),
        quoted(&response),
        quoted(&state),
        quoted(env!("CARGO_PKG_VERSION")),
        quoted(&company),
        quoted(&certification)
    ))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
