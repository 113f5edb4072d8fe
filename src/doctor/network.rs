//! Whether the names in the configuration's addresses can be found in the network.

use std::net::ToSocketAddrs;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::{Finding, Patient, Reply};

const PART: &str = "nomes na rede";
/// A resolver that is not there takes its time to say so.
const PATIENCE: Duration = Duration::from_secs(6);

pub fn check(patient: &Patient) -> Reply<'_> {
    Box::pin(async {
        let hosts = &patient.hosts;
        // all at once, so that several dead names take no longer than one
        let (tell, told) = channel();
        for host in hosts {
            let (tell, host) = (tell.clone(), host.clone());
            std::thread::spawn(move || {
                let is_found = (host.as_str(), 443).to_socket_addrs().is_ok_and(|mut found| found.next().is_some());
                // nobody listens after the patience has ended
                let _ = tell.send((host, is_found));
            });
        }
        drop(tell);
        let mut lost = hosts.clone();
        while let Ok((host, is_found)) = told.recv_timeout(PATIENCE) {
            if is_found {
                lost.retain(|one| *one != host);
            }
        }
        vec![judge(hosts, &lost)]
    })
}

fn judge(hosts: &[String], lost: &[String]) -> Finding {
    if lost.is_empty() {
        let names = if hosts.is_empty() { "nenhum na configuração".to_owned() } else { hosts.join(", ") };
        return Finding::ok(PART, names);
    }
    Finding::error(
        PART,
        format!("não encontrados: {}", lost.join(", ")),
        "confira o cabo, o DNS desta máquina e os endereços na configuração",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn a_name_that_is_not_found_is_named() {
        let hosts = ["erp.example".to_owned(), "127.0.0.1".to_owned()];
        assert_eq!(judge(&hosts, &[]).state, State::Ok);
        let found = judge(&hosts, &hosts[..1]);
        assert!(found.state == State::Error && found.says.contains("erp.example"), "{found:?}");
    }
}
