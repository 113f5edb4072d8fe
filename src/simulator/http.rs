//! A small HTTP/1.1 server for stand-ins, plain or over mutual TLS: a thread a connection, with limits on heads, bodies
//! and connections.

mod tls;
mod wire;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use tls::{Identity, Tls};
pub use wire::{Answer, Reply, Request, pairs};

/// More connections than this at a time are closed at once.
const CONNECTIONS: usize = 64;
/// A connection that says or takes nothing for so long is closed.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who answers the requests. Called from many threads.
pub trait Clerk: Send + Sync + 'static {
    /// Whether somebody who has just connected is listened to at all.
    fn listens(&self) -> bool {
        true
    }

    fn reply(&self, request: &Request) -> Reply;

    /// Something came in that this server does not read as a request.
    fn refused(&self, why: &str);
}

/// A server on a loopback port, until it is stopped or dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    porter: Option<JoinHandle<()>>,
}

struct Shared {
    clerk: Arc<dyn Clerk>,
    tls: Option<Tls>,
    stopping: AtomicBool,
    connections: Mutex<HashMap<u64, TcpStream>>,
}

impl Server {
    /// Listens on 127.0.0.1; port 0 takes any that is free.
    pub fn start(port: u16, clerk: Arc<dyn Clerk>) -> io::Result<Server> {
        Server::start_with(port, clerk, None)
    }

    /// The same, speaking TLS with those who show a certificate that it trusts, where `tls` is given.
    pub fn start_with(port: u16, clerk: Arc<dyn Clerk>, tls: Option<Tls>) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let address = listener.local_addr()?;
        let shared =
            Arc::new(Shared { clerk, tls, stopping: AtomicBool::new(false), connections: Mutex::new(HashMap::new()) });
        let theirs = Arc::clone(&shared);
        let porter = thread::Builder::new().name("http-porter".into()).spawn(move || admit(&listener, &theirs))?;
        Ok(Server { address, shared, porter: Some(porter) })
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Closes every connection and the port. A request being answered may still run to its end, unheard.
    pub fn stop(&mut self) {
        let Some(porter) = self.porter.take() else { return };
        self.shared.stopping.store(true, Ordering::SeqCst);
        let woken = TcpStream::connect_timeout(&self.address, PATIENCE).is_ok();
        for stream in self.shared.connections().values() {
            let _ = stream.shutdown(Shutdown::Both);
        }
        if woken {
            let _ = porter.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Shared {
    fn connections(&self) -> MutexGuard<'_, HashMap<u64, TcpStream>> {
        self.connections.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn stopping(&self) -> bool {
        self.stopping.load(Ordering::SeqCst)
    }
}

fn admit(listener: &TcpListener, shared: &Arc<Shared>) {
    for (number, stream) in (0_u64..).zip(listener.incoming()) {
        if shared.stopping() {
            return;
        }
        let Ok(stream) = stream else {
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        let full = shared.connections().len() >= CONNECTIONS;
        if full || !shared.clerk.listens() {
            let _ = stream.shutdown(Shutdown::Both);
            continue;
        }
        let Ok(handle) = stream.try_clone() else { continue };
        shared.connections().insert(number, handle);
        let theirs = Arc::clone(shared);
        let spawned = thread::Builder::new().name("http-connection".into()).spawn(move || {
            // An error here is a customer who hung up: there is nobody left to tell.
            let _ = converse(stream, &theirs);
            theirs.connections().remove(&number);
        });
        if spawned.is_err() {
            shared.connections().remove(&number);
        }
    }
}

fn converse(mut socket: TcpStream, shared: &Shared) -> io::Result<()> {
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    let Some(tls) = &shared.tls else {
        let mut stream = socket.try_clone()?;
        exchange(&mut stream, &socket, None, shared)?;
        return socket.shutdown(Shutdown::Both);
    };
    match tls.shake_hands(&mut socket) {
        Ok(mut session) => {
            let certificate = session.certificate();
            let mut wire = socket.try_clone()?;
            let whole = exchange(&mut session.over(&mut wire), &socket, certificate.as_deref(), shared)?;
            if whole {
                session.say_goodbye(&mut wire)?;
            }
        }
        Err(error) => {
            // Whoever hangs up without a word only looked whether the port is open.
            if error.kind() != io::ErrorKind::UnexpectedEof {
                shared.clerk.refused(&format!("TLS: {error}"));
                wire::hear_out(&socket)?;
            }
        }
    }
    socket.shutdown(Shutdown::Both)
}

/// Answers one request after another; says whether the last answer was given whole.
fn exchange(
    stream: &mut (impl io::Read + io::Write),
    socket: &TcpStream,
    certificate: Option<&str>,
    shared: &Shared,
) -> io::Result<bool> {
    let mut unread = Vec::new();
    while !shared.stopping() {
        match wire::read(stream, &mut unread)? {
            wire::Incoming::Request(mut request) => {
                request.certificate = certificate.map(str::to_owned);
                let reply = shared.clerk.reply(&request);
                let whole = wire::write(stream, &reply, request.keeps_alive)?;
                if !(whole && request.keeps_alive) {
                    return Ok(whole);
                }
            }
            wire::Incoming::Refused(answer) => {
                shared.clerk.refused(&String::from_utf8_lossy(&answer.body));
                wire::write(stream, &Reply::Whole(answer), false)?;
                wire::hear_out(socket)?;
                return Ok(false);
            }
            wire::Incoming::Nothing => break,
        }
    }
    Ok(true)
}
