//! Which ERP, how the totem signs in, and where its write-offs go.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::ask::Asker;
use super::file::NewSecret;
use super::quoted;

pub struct Erp {
    pub table: String,
    pub secrets: Vec<NewSecret>,
    pub issues_pix: bool,
}

pub fn ask(asker: &mut Asker<impl BufRead>, folder: &Path, cards: bool) -> Result<Erp, String> {
    println!("\nQual é o ERP? (outros, descritos em TOML: `totem config example`)");
    let names = ["WebService Cliente (documento 001)".to_owned(), "HubSoft".to_owned()];
    match asker.choice("ERP", &names)? {
        0 => webservice_cliente(asker, folder, cards),
        _ => hubsoft(asker, folder, cards),
    }
}

fn address(asker: &mut Asker<impl BufRead>, usual: Option<&str>) -> Result<String, String> {
    asker.until("Endereço do ERP", usual, |text| {
        let is_one = text.starts_with("https://") || text.starts_with("http://");
        if is_one { Ok(text.to_owned()) } else { Err("comece com https://".to_owned()) }
    })
}

/// Plain http to another machine shows everything to the network: it is asked for by name.
fn plain(asker: &mut Asker<impl BufRead>, url: &str) -> Result<String, String> {
    let is_here = ["http://127.", "http://localhost", "http://[::1]"].iter().any(|here| url.starts_with(here));
    if url.starts_with("https://") || is_here {
        return Ok(String::new());
    }
    if asker.yes("http sem cifra mostra senha e clientes a quem está na rede. Usar assim mesmo?", false)? {
        Ok("allow_plain_http = true\n".to_owned())
    } else {
        Err("nada foi gravado: use um endereço https".to_owned())
    }
}

fn secret(
    asker: &mut Asker<impl BufRead>,
    question: &str,
    path: PathBuf,
) -> Result<(String, Option<NewSecret>), String> {
    let place = format!("{{ file = {} }}", quoted(&path.display().to_string()));
    if path.exists() && asker.yes(&format!("{} já existe. Usar o que está lá?", path.display()), true)? {
        return Ok((place, None));
    }
    let text = asker.secret(question)?;
    Ok((place, Some(NewSecret { path, text })))
}

fn webservice_cliente(asker: &mut Asker<impl BufRead>, folder: &Path, cards: bool) -> Result<Erp, String> {
    let url = address(asker, None)?;
    let plain = plain(asker, &url)?;
    let user = asker.text("Usuário do totem no ERP", Some("totem"))?;
    let (password, new) = secret(asker, "Senha desse usuário", folder.join("erp-senha"))?;
    let pix = asker.yes("O ERP emite códigos PIX por este serviço (fora do documento: teste antes)?", false)?;
    let mut table = format!(
        "[erp.webservice_cliente]\nurl = {}\n{plain}user = {}\npassword = {password}\npix = {pix}\n\n",
        quoted(&url),
        quoted(&user)
    );
    for (method, name) in [("debit", "débito"), ("credit", "crédito")].into_iter().filter(|_| cards) {
        let kind = asker.number(&format!("Baixa do {name}: id da forma de pagamento no ERP"), None)?;
        let account = asker.number(&format!("Baixa do {name}: id da conta financeira no ERP"), None)?;
        table += &format!(
            "[[erp.webservice_cliente.write_off]]\nmethod = \"{method}\"\nid_forma_pagamento = {kind}\n\
             id_conta_financeira = {account}\n\n"
        );
    }
    Ok(Erp { table, secrets: new.into_iter().collect(), issues_pix: pix })
}

fn hubsoft(asker: &mut Asker<impl BufRead>, folder: &Path, cards: bool) -> Result<Erp, String> {
    let url = address(asker, Some("https://api.provedor.hubsoft.com.br"))?;
    let plain = plain(asker, &url)?;
    let client_id = asker.text("client_id da integração", None)?;
    let (client_secret, first) = secret(asker, "client_secret da integração", folder.join("hubsoft-segredo"))?;
    let username = asker.text("Usuário (um e-mail)", None)?;
    let (password, second) = secret(asker, "Senha desse usuário", folder.join("hubsoft-senha"))?;
    let mut table = format!(
        "[erp.hubsoft]\nurl = {}\n{plain}client_id = {}\nclient_secret = {client_secret}\nusername = {}\n\
         password = {password}\n\n",
        quoted(&url),
        quoted(&client_id),
        quoted(&username)
    );
    for (method, name, usual) in
        [("debit", "débito", "cartao_debito"), ("credit", "crédito", "cartao_credito")].into_iter().filter(|_| cards)
    {
        let account = asker.number(&format!("Baixa do {name}: id do caixa financeiro"), None)?;
        let means = asker.text(&format!("Baixa do {name}: meio de pagamento (prefixo)"), Some(usual))?;
        table += &format!(
            "[[erp.hubsoft.write_off]]\nmethod = \"{method}\"\nid_caixa_financeiro = {account}\nmeio_pagamento = {}\n\n",
            quoted(&means)
        );
    }
    // HubSoft's own, unless the table says otherwise
    Ok(Erp { table, secrets: first.into_iter().chain(second).collect(), issues_pix: true })
}
