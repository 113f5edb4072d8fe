//! A stand-in for a public service that tells where a CEP is, in the form of ViaCEP's: `/ws/{cep}/json/`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::http::{Answer, Clerk, Reply, Request, Server};

#[derive(Clone, clap::Args)]
pub struct Options {
    /// Folder of the control file (control.json): {"down": true}, {"slow_ms": 5000} or {"garbage": true}
    #[arg(long = "state", value_name = "DIR")]
    pub state: PathBuf,
    /// Port on 127.0.0.1; 0 takes any that is free
    #[arg(long, default_value_t = 0)]
    pub port: u16,
}

struct Desk {
    state: PathBuf,
}

impl Desk {
    fn orders(&self) -> Value {
        let file = std::fs::read(self.state.join("control.json")).ok();
        file.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }
}

impl Clerk for Desk {
    fn listens(&self) -> bool {
        self.orders().get("down") != Some(&Value::Bool(true))
    }

    fn reply(&self, request: &Request) -> Reply {
        let orders = self.orders();
        // also on a connection that was open before
        if !self.listens() {
            return Reply::Silence;
        }
        thread::sleep(Duration::from_millis(orders.get("slow_ms").and_then(Value::as_u64).unwrap_or(0)));
        if orders.get("garbage") == Some(&Value::Bool(true)) {
            return Reply::Whole(Answer::new(200, "text/html", "<html>manutenção</html>"));
        }
        let cep = request.path.strip_prefix("/ws/").and_then(|rest| rest.strip_suffix("/json/"));
        let is_cep = |cep: &&str| cep.len() == 8 && cep.bytes().all(|digit| digit.is_ascii_digit());
        let Some(cep) = cep.filter(is_cep).filter(|_| request.method == "GET") else {
            return Reply::Whole(Answer::new(400, "text/html", "<h1>Http 400</h1>"));
        };
        Reply::Whole(Answer::json(200, &place(cep)))
    }

    fn refused(&self, _why: &str) {}
}

/// A street of the capital, a town with one CEP for all its streets, and nothing else.
fn place(cep: &str) -> Value {
    let found = |street: &str, district: &str, city: &str| {
        json!({
            "cep": format!("{}-{}", &cep.get(..5).unwrap_or_default(), &cep.get(5..).unwrap_or_default()),
            "logradouro": street, "complemento": "", "unidade": "", "bairro": district, "localidade": city, "uf": "MG",
            "estado": "Minas Gerais", "regiao": "Sudeste", "ibge": "3106200", "gia": "", "ddd": "31", "siafi": "4123",
        })
    };
    match cep {
        "30140071" => found("Rua Inventada", "Savassi", "Belo Horizonte"),
        "35560000" => found("", "", "Santo Antônio do Exemplo"),
        _ => json!({"erro": "true"}),
    }
}

/// Serves until standard input ends; says where on standard output, as one line of JSON.
pub fn run(options: Options) -> io::Result<()> {
    std::fs::create_dir_all(&options.state)?;
    let mut server = Server::start(options.port, Arc::new(Desk { state: options.state }))?;
    let mut out = io::stdout().lock();
    writeln!(out, "{}", json!({"listening": server.address().to_string()}))?;
    out.flush()?;
    io::copy(&mut io::stdin().lock(), &mut io::sink())?;
    server.stop();
    Ok(())
}
