//! What there is to say of the network: addresses, the way out, and how long each partner takes to be found and reached.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream, ToSocketAddrs};
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(6);
const CONNECT: Duration = Duration::from_secs(4);
/// A gateway answers on most ports, be it with a refusal.
const GATEWAY_PORT: u16 = 53;

/// A partner's name and port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Route {
    pub host: String,
    pub port: u16,
}

/// Names and values, in Portuguese. It takes a few seconds at most, however many partners are silent.
#[must_use]
pub fn facts(root: &Path, routes: &[Route]) -> Vec<(String, String)> {
    let mut facts = links(root);
    facts.extend(addresses(root).into_iter().map(|address| ("endereço".to_owned(), address)));
    match gateway(root) {
        Some(gateway) => {
            let says = match reached(SocketAddr::new(gateway.into(), GATEWAY_PORT)) {
                Ok(took) => format!("{gateway} responde em {} ms", took.as_millis()),
                Err(_) if is_neighbour(root, gateway) => format!("{gateway} está na rede local"),
                Err(why) => format!("{gateway} não responde: {}", in_words(&why)),
            };
            facts.push(("gateway".to_owned(), says));
        }
        None => facts.push(("gateway".to_owned(), "nenhum: não há saída para a internet".to_owned())),
    }
    facts.extend(partners(routes));
    facts
}

fn links(root: &Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(root.join("sys/class/net")) else { return Vec::new() };
    let mut links: Vec<(String, String)> = entries
        .flatten()
        .filter(|entry| entry.file_name() != "lo")
        .map(|entry| {
            let state = std::fs::read_to_string(entry.path().join("operstate")).unwrap_or_default();
            let words = match state.trim() {
                "up" => "ligada".to_owned(),
                "down" => "sem cabo ou desligada".to_owned(),
                other => other.to_owned(),
            };
            (format!("interface {}", entry.file_name().to_string_lossy()), words)
        })
        .collect();
    links.sort();
    links
}

/// `/proc/net/fib_trie`: an address of this machine is followed by `host LOCAL`.
fn addresses(root: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(root.join("proc/net/fib_trie")).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let mut found: Vec<Ipv4Addr> = lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(_, next)| next.contains("/32 host LOCAL"))
        .filter_map(|(line, _)| line.rsplit(' ').next()?.parse().ok())
        .filter(|address: &Ipv4Addr| !address.is_loopback())
        .collect();
    found.sort();
    found.dedup();
    found.iter().map(ToString::to_string).collect()
}

/// `/proc/net/route`: the line to 00000000, numbers in the machine's own order of bytes.
fn gateway(root: &Path) -> Option<Ipv4Addr> {
    let text = std::fs::read_to_string(root.join("proc/net/route")).ok()?;
    text.lines().skip(1).find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let [_, "00000000", gateway, ..] = fields.as_slice() else { return None };
        let number = u32::from_str_radix(gateway, 16).ok().filter(|number| *number != 0)?;
        Some(Ipv4Addr::from(number.to_ne_bytes()))
    })
}

/// `/proc/net/arp`: flag 2 is a neighbour that has answered.
fn is_neighbour(root: &Path, gateway: Ipv4Addr) -> bool {
    let text = std::fs::read_to_string(root.join("proc/net/arp")).unwrap_or_default();
    let wanted = gateway.to_string();
    text.lines().any(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        matches!(fields.as_slice(), [address, _, "0x2", ..] if *address == wanted)
    })
}

/// A refusal is an answer.
fn reached(address: SocketAddr) -> std::io::Result<Duration> {
    let begun = Instant::now();
    match TcpStream::connect_timeout(&address, CONNECT) {
        Err(why) if why.kind() != ErrorKind::ConnectionRefused => Err(why),
        _ => Ok(begun.elapsed()),
    }
}

/// All at once, so that several dead names take no longer than one.
fn partners(routes: &[Route]) -> Vec<(String, String)> {
    let (tell, told) = channel();
    for (place, route) in routes.iter().enumerate() {
        let (tell, route) = (tell.clone(), route.clone());
        std::thread::spawn(move || {
            // nobody listens after the patience has ended
            let _ = tell.send((place, tried(&route)));
        });
    }
    drop(tell);
    let silent = || "nenhuma resposta em 6 s: confira o cabo e o DNS".to_owned();
    let mut facts: Vec<(String, String)> =
        routes.iter().map(|Route { host, port }| (format!("{host}:{port}"), silent())).collect();
    let end = Instant::now() + PATIENCE;
    while let Ok((place, says)) = told.recv_timeout(end.saturating_duration_since(Instant::now())) {
        if let Some((_, value)) = facts.get_mut(place) {
            *value = says;
        }
    }
    facts
}

fn tried(Route { host, port }: &Route) -> String {
    let begun = Instant::now();
    let addresses: Vec<SocketAddr> = match (host.as_str(), *port).to_socket_addrs() {
        Ok(found) => found.collect(),
        Err(_) => return "o nome não foi encontrado: confira o DNS e o endereço na configuração".to_owned(),
    };
    let found = begun.elapsed().as_millis();
    let Some(address) = addresses.iter().find(|address| address.is_ipv4()).or(addresses.first()) else {
        return "o nome não tem endereço".to_owned();
    };
    let begun = Instant::now();
    let ip: IpAddr = address.ip();
    match TcpStream::connect_timeout(address, CONNECT) {
        Ok(_) => format!("{ip}: nome em {found} ms, conexão em {} ms", begun.elapsed().as_millis()),
        Err(why) => format!("{ip}: nome em {found} ms, conexão não: {}", in_words(&why)),
    }
}

fn in_words(why: &std::io::Error) -> String {
    match why.kind() {
        ErrorKind::TimedOut => "sem resposta".to_owned(),
        ErrorKind::ConnectionRefused => "recusada".to_owned(),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => "não há caminho até lá".to_owned(),
        _ => why.to_string(),
    }
}
