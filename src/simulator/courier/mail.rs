//! The mail server: one conversation a connection, strict in the order of commands, and with a limit on everything.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::letter;
use super::{Desk, PASSWORD, SignIn, Smtp, USER};

const PATIENCE: Duration = Duration::from_secs(60);
/// RFC 5321, 4.5.3.1: a command, and a line of a letter.
const COMMAND: usize = 512;
const LINE: usize = 1_000;
const TEXT: usize = 12 * 1024 * 1024;

/// How whoever connects must behave.
#[derive(Clone)]
pub struct Rules {
    pub tls: Option<Arc<ServerConfig>>,
    /// From the first byte.
    pub implicit: bool,
    pub sign_in: SignIn,
}

pub fn tls(certificate: &Path, key: &Path) -> io::Result<Arc<ServerConfig>> {
    let unusable = |path: &Path, why: String| io::Error::other(format!("{}: {why}", path.display()));
    let chain = CertificateDer::pem_file_iter(certificate).and_then(Iterator::collect);
    let chain = chain.map_err(|error| unusable(certificate, error.to_string()))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| unusable(key, error.to_string()))?;
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| unusable(certificate, error.to_string()))?;
    Ok(Arc::new(config))
}

pub fn start(port: u16, desk: Arc<Desk>, rules: Rules) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let address = listener.local_addr()?;
    thread::Builder::new().name("smtp".into()).spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { continue };
            if desk.orders().smtp.down {
                continue;
            }
            let (desk, rules) = (Arc::clone(&desk), rules.clone());
            thread::spawn(move || {
                desk.writes(|book| book.connections += 1);
                // an error here is somebody who hung up
                let _ = converse(stream, &desk, &rules);
            });
        }
    })?;
    Ok(address)
}

trait Wire: Read + Write {}
impl<T: Read + Write> Wire for T {}

/// One side of a conversation, and how far it has come.
struct Talk<'a> {
    wire: Box<dyn Wire>,
    unread: Vec<u8>,
    desk: &'a Desk,
    encrypted: bool,
    must_encrypt: bool,
    greeted: bool,
    sign_in: SignIn,
    /// By which of its ways somebody is signed in.
    signed_in: Option<&'static str>,
    from: Option<String>,
    to: Option<String>,
}

fn encrypted(tls: &Arc<ServerConfig>, socket: &TcpStream) -> io::Result<Box<dyn Wire>> {
    let connection = ServerConnection::new(Arc::clone(tls)).map_err(io::Error::other)?;
    Ok(Box::new(StreamOwned::new(connection, socket.try_clone()?)))
}

fn converse(stream: TcpStream, desk: &Desk, rules: &Rules) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let socket = stream.try_clone()?;
    let implicit = rules.tls.as_ref().filter(|_| rules.implicit);
    let mut talk = Talk {
        wire: match implicit {
            Some(tls) => encrypted(tls, &socket)?,
            None => Box::new(stream),
        },
        unread: Vec::new(),
        desk,
        encrypted: implicit.is_some(),
        must_encrypt: rules.tls.is_some(),
        greeted: false,
        sign_in: rules.sign_in,
        signed_in: None,
        from: None,
        to: None,
    };
    let orders = desk.orders().smtp;
    if orders.hangs {
        thread::sleep(PATIENCE);
        return Ok(());
    }
    if orders.garbage {
        return talk.wire.write_all("HTTP/1.1 200 OK\r\n\r\n<html>manutenção</html>".as_bytes());
    }
    talk.says("220 mail.example ESMTP stand-in")?;
    while let Some(line) = talk.line(COMMAND)? {
        let (verb, rest) = line.split_once(' ').unwrap_or((&line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "STARTTLS" if !talk.encrypted && talk.greeted => {
                let Some(tls) = &rules.tls else {
                    talk.errs("502", "STARTTLS that was not offered")?;
                    continue;
                };
                talk.says("220 go on")?;
                talk.wire = encrypted(tls, &socket)?;
                (talk.encrypted, talk.greeted) = (true, false);
                talk.unread.clear();
            }
            "QUIT" => return talk.says("221 bye"),
            "DATA" => {
                if !talk.takes_a_letter()? {
                    return Ok(());
                }
            }
            verb => talk.hears(verb, rest)?,
        }
    }
    Ok(())
}

impl Talk<'_> {
    fn orders(&self) -> Smtp {
        self.desk.orders().smtp
    }

    fn says(&mut self, what: &str) -> io::Result<()> {
        thread::sleep(Duration::from_millis(self.orders().slow_ms));
        self.wire.write_all(format!("{what}\r\n").as_bytes())?;
        self.wire.flush()
    }

    fn errs(&mut self, code: &str, what: &str) -> io::Result<()> {
        self.desk.errs(&format!("smtp: {what}"));
        self.says(&format!("{code} {what}"))
    }

    /// A whole line without its end; a bare line feed is none.
    fn line(&mut self, most: usize) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = self.unread.windows(2).position(|two| two == b"\r\n") {
                let line: Vec<u8> = self.unread.drain(..end + 2).take(end).collect();
                if line.len() > most || line.contains(&b'\n') || line.contains(&b'\r') {
                    self.errs("500", "a line too long, or ended otherwise")?;
                    return Ok(None);
                }
                return Ok(Some(String::from_utf8_lossy(&line).into_owned()));
            }
            if self.unread.len() > most {
                self.errs("500", "a line too long")?;
                return Ok(None);
            }
            let mut chunk = [0; 2048];
            let count = self.wire.read(&mut chunk)?;
            if count == 0 {
                return Ok(None);
            }
            self.unread.extend(chunk.iter().take(count));
        }
    }

    fn refuses(&self, what: &str) -> bool {
        self.orders().refuses.as_deref() == Some(what)
    }

    fn hears(&mut self, verb: &str, rest: &str) -> io::Result<()> {
        match verb {
            "EHLO" if !rest.is_empty() => {
                self.greeted = true;
                let more = match self.sign_in {
                    _ if self.must_encrypt && !self.encrypted => "STARTTLS",
                    SignIn::Both => "AUTH PLAIN LOGIN",
                    SignIn::Plain => "AUTH PLAIN",
                    SignIn::Login => "AUTH LOGIN",
                };
                self.says(&format!("250-mail.example\r\n250-8BITMIME\r\n250 {more}"))
            }
            _ if !self.greeted => self.errs("503", "a command before EHLO"),
            "AUTH" | "MAIL" if self.must_encrypt && !self.encrypted => self.errs("530", "something said in the open"),
            "AUTH" => self.signs_in(rest),
            "MAIL" if self.signed_in.is_none() => self.errs("530", "a letter of nobody known"),
            "MAIL" if self.refuses("from") => self.says("550 not from you"),
            "MAIL" => match between(rest, "FROM:") {
                Some(from) => {
                    (self.from, self.to) = (Some(from), None);
                    self.says("250 ok")
                }
                None => self.errs("501", "no sender"),
            },
            "RCPT" if self.from.is_none() || self.to.is_some() => self.errs("503", "RCPT out of turn"),
            "RCPT" if self.refuses("to") => self.says("550 no such user here"),
            "RCPT" => match between(rest, "TO:").filter(|to| to.matches('@').count() == 1) {
                Some(to) => {
                    self.to = Some(to);
                    self.says("250 ok")
                }
                None => self.errs("501", "no recipient"),
            },
            "NOOP" => self.says("250 ok"),
            _ => self.errs("502", "a command that nobody knows"),
        }
    }

    fn signs_in(&mut self, rest: &str) -> io::Result<()> {
        let (known, way) = match rest.split_once(' ').unwrap_or((rest, "")) {
            ("PLAIN", initial) if self.sign_in != SignIn::Login && !initial.is_empty() => {
                let said = STANDARD.decode(initial).unwrap_or_default();
                (said == format!("\0{USER}\0{PASSWORD}").as_bytes(), "PLAIN")
            }
            // asked for by name, one after the other, in base64
            ("LOGIN", "") if self.sign_in != SignIn::Plain => {
                let user = self.asks("Username:")?;
                let password = self.asks("Password:")?;
                ((user.as_slice(), password.as_slice()) == (USER.as_bytes(), PASSWORD.as_bytes()), "LOGIN")
            }
            _ => {
                self.errs("504", "a way to sign in that was not offered")?;
                return Ok(());
            }
        };
        self.signed_in = (known && !self.refuses("auth")).then_some(way);
        if self.signed_in.is_some() { self.says("235 ok") } else { self.says("535 wrong user or password") }
    }

    fn asks(&mut self, what: &str) -> io::Result<Vec<u8>> {
        self.says(&format!("334 {}", STANDARD.encode(what)))?;
        let line = self.line(COMMAND)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(STANDARD.decode(line).unwrap_or_default())
    }

    /// Whether the conversation goes on.
    fn takes_a_letter(&mut self) -> io::Result<bool> {
        let (Some(from), Some(to)) = (self.from.clone(), self.to.clone()) else {
            self.errs("503", "DATA out of turn")?;
            return Ok(true);
        };
        if self.refuses("data") {
            self.says("451 not now")?;
            return Ok(true);
        }
        self.says("354 go on")?;
        if self.orders().hangs_in_text {
            self.line(LINE)?;
            thread::sleep(PATIENCE);
            return Ok(false);
        }
        let mut text = String::new();
        loop {
            let Some(line) = self.line(LINE)? else { return Ok(false) };
            if line == "." {
                break;
            }
            // RFC 5321, 4.5.2
            text.push_str(line.strip_prefix('.').unwrap_or(&line));
            text.push('\n');
            if text.len() > TEXT {
                self.errs("552", "a letter too long")?;
                return Ok(false);
            }
        }
        (self.from, self.to) = (None, None);
        if self.refuses("text") {
            self.says("554 not this")?;
            return Ok(true);
        }
        if self.refuses("size") {
            self.says("552 message size exceeds fixed limit")?;
            return Ok(true);
        }
        let (encrypted, signed_in_by) = (self.encrypted, self.signed_in.unwrap_or_default());
        let signed_in = self.signed_in.is_some();
        match letter::read(&text, &from, &to) {
            Ok(letter::Read { subject, text, papers }) => {
                let kept = Vec::new();
                let letter =
                    super::Letter { from, to, subject, text, papers: kept, encrypted, signed_in, signed_in_by };
                self.desk.takes(letter, papers);
            }
            Err(why) => {
                self.errs("554", why)?;
                return Ok(true);
            }
        }
        let orders = self.orders();
        if orders.hangs_after_text {
            thread::sleep(PATIENCE);
        }
        if orders.closes_after_text || orders.hangs_after_text {
            return Ok(false);
        }
        self.says("250 taken")?;
        Ok(true)
    }
}

/// `FROM:<a@b> …`, and no more than one word behind it.
fn between(text: &str, name: &str) -> Option<String> {
    let head = text.get(..name.len())?;
    let rest = text.get(name.len()..)?.strip_prefix('<').filter(|_| head.eq_ignore_ascii_case(name))?;
    let (address, _) = rest.split_once('>')?;
    Some(address.to_owned())
}
