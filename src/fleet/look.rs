//! Whether those who are to be told are there, for whoever asks the totem how it is. Nothing of the totem is told to them.

use std::time::Duration;

use super::{Settings, otlp};

/// A connection that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(5);

/// One of those that are configured.
pub struct Sight {
    pub part: &'static str,
    /// What is well, or what is not.
    pub found: Result<String, String>,
}

impl Settings {
    /// Whether the numbers can be fetched here, of a totem that runs.
    #[must_use]
    pub fn gives_out(&self) -> Option<Sight> {
        let address = self.metrics?;
        let found = match std::net::TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(_) => Ok(format!("alguém responde em {address}")),
            Err(why) => Err(format!("ninguém responde em {address}: {why}")),
        };
        Some(Sight { part: "frota: métricas", found })
    }

    /// The collector is sent an export of nothing, with our way of signing in; the broker's port is knocked at.
    pub async fn reaches(&self) -> Vec<Sight> {
        let mut sights = Vec::new();
        if let Some(collector) = &self.otlp {
            let found = match otlp::Way::to(collector) {
                Ok(way) => way.is_there().await,
                Err(why) => Err(why.to_string()),
            };
            sights.push(Sight { part: "frota: coletor", found });
        }
        if let Some(broker) = &self.mqtt {
            let found = broker.broker().map(|broker| (broker.host, broker.port)).map_err(|why| why.to_string());
            sights.push(Sight { part: "frota: MQTT", found: found.and_then(|(host, port)| knocked(&host, port)) });
        }
        sights
    }
}

fn knocked(host: &str, port: u16) -> Result<String, String> {
    use std::net::{TcpStream, ToSocketAddrs};
    let about = |why: std::io::Error| format!("{host}:{port} não conecta: {why}");
    let addresses = (host, port).to_socket_addrs().map_err(about)?;
    let mut last = format!("{host} não tem endereço");
    for address in addresses {
        match TcpStream::connect_timeout(&address, PATIENCE) {
            Ok(_) => return Ok(format!("{host}:{port} conecta; usuário e senha não foram experimentados")),
            Err(why) => last = about(why),
        }
    }
    Err(last)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;

    use super::*;

    fn looked(settings: &str) -> Vec<Sight> {
        let settings: Settings = toml::from_str(settings).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(settings.reaches())
    }

    #[test]
    fn a_collector_is_judged_by_its_answer_and_by_its_own_name() {
        for (status, is_well, word) in [(200, true, "aceita"), (401, false, "authorization"), (503, false, "503")] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let served = std::thread::spawn(move || {
                let (mut caller, _) = listener.accept().unwrap();
                let mut request = vec![0; 4096];
                let read = caller.read(&mut request).unwrap();
                let answer = format!("HTTP/1.1 {status} X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");
                caller.write_all(answer.as_bytes()).unwrap();
                String::from_utf8_lossy(&request[..read]).into_owned()
            });
            let sights = looked(&format!("[otlp]\nurl = \"http://{address}\""));
            assert!(served.join().unwrap().starts_with("POST /v1/metrics "));
            let [Sight { part: "frota: coletor", found }] = &sights[..] else { panic!("{}", sights.len()) };
            let says = found.as_ref().unwrap_or_else(|why| why);
            assert!(found.is_ok() == is_well && says.contains(word) && !says.contains("ERP"), "{found:?}");
        }
    }

    #[test]
    fn a_broker_that_nobody_has_started_is_told() {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let sights = looked(&format!("[mqtt]\nurl = \"mqtt://{free}\""));
        assert!(sights.len() == 1 && sights[0].found.as_ref().is_err_and(|why| why.contains("não conecta")));
        assert!(looked("").is_empty());
    }
}
