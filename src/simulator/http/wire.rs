//! Requests read from a socket and replies written to it, byte by byte as RFC 9112 has them.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

const LONGEST_HEAD: usize = 16 * 1024;
const LONGEST_BODY: usize = 1024 * 1024;
const MOST_HEADERS: usize = 64;

/// A whole request. Path and query are as sent, only the query's values are percent-decoded.
pub struct Request {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub keeps_alive: bool,
    /// SHA-256 of the certificate shown at the TLS handshake, as lower-case hexadecimal digits; none without TLS.
    pub certificate: Option<String>,
    headers: Vec<(String, String)>,
}

impl Request {
    /// The first header of that name, whatever its capitals.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        find(&self.headers, name)
    }

    #[must_use]
    pub fn asked(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    #[must_use]
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, content_type, headers: Vec::new(), body: body.into() }
    }

    #[must_use]
    pub fn json(status: u16, value: &serde_json::Value) -> Answer {
        Answer::new(status, "application/json", value.to_string())
    }

    #[must_use]
    pub fn with(mut self, header: &'static str, value: impl Into<String>) -> Answer {
        self.headers.push((header, value.into()));
        self
    }
}

/// What goes back, or does not.
pub enum Reply {
    Whole(Answer),
    /// Announces the whole body, sends half of it and hangs up.
    CutShort(Answer),
    /// One JSON string of that many bytes.
    Endless(u64),
    /// Hangs up without a byte.
    Silence,
}

pub(super) enum Incoming {
    Request(Request),
    Refused(Answer),
    /// The other side hung up between requests.
    Nothing,
}

struct Head {
    request: Request,
    length: usize,
    body: Result<usize, Answer>,
}

/// Reads one request; what came after it stays in `unread`.
pub(super) fn read(stream: &mut impl Read, unread: &mut Vec<u8>) -> io::Result<Incoming> {
    let head = loop {
        match parse(unread) {
            Ok(Some(head)) if head.length <= LONGEST_HEAD => break head,
            Ok(None) if unread.len() <= LONGEST_HEAD => {}
            Ok(_) => return Ok(Incoming::Refused(refusal(431, "the head is too long"))),
            Err(answer) => return Ok(Incoming::Refused(answer)),
        }
        if !more(stream, unread)? {
            return Ok(Incoming::Nothing);
        }
    };
    let length = match head.body {
        Ok(length) => length,
        Err(answer) => return Ok(Incoming::Refused(answer)),
    };
    while unread.len() < head.length + length {
        if !more(stream, unread)? {
            return Ok(Incoming::Nothing);
        }
    }
    let body = unread.drain(..head.length + length).skip(head.length).collect();
    Ok(Incoming::Request(Request { body, ..head.request }))
}

fn more(stream: &mut impl Read, unread: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 8 * 1024];
    let count = stream.read(&mut chunk)?;
    unread.extend(chunk.iter().take(count));
    Ok(count > 0)
}

fn parse(bytes: &[u8]) -> Result<Option<Head>, Answer> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let length = match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(refusal(431, "too many headers")),
        Err(error) => return Err(refusal(400, &format!("not a request: {error}"))),
    };
    let (Some(method), Some(target), Some(version)) = (parsed.method, parsed.path, parsed.version) else {
        return Ok(None);
    };
    let headers: Vec<(String, String)> = parsed
        .headers
        .iter()
        .map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()))
        .collect();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let connection = find(&headers, "connection").unwrap_or("").to_ascii_lowercase();
    let keeps_alive = if version == 0 { connection.contains("keep-alive") } else { !connection.contains("close") };
    let body = body_length(&headers);
    let request = Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: pairs(query),
        body: Vec::new(),
        keeps_alive,
        certificate: None,
        headers,
    };
    Ok(Some(Head { request, length, body }))
}

fn body_length(headers: &[(String, String)]) -> Result<usize, Answer> {
    if find(headers, "transfer-encoding").is_some() {
        return Err(refusal(411, "send the body with a Content-Length, not in chunks"));
    }
    let mut lengths = headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let Some((_, first)) = lengths.next() else { return Ok(0) };
    if lengths.any(|(_, other)| other != first) || first.is_empty() || !first.bytes().all(|b| b.is_ascii_digit()) {
        return Err(refusal(400, "the Content-Length is no number"));
    }
    first.parse().ok().filter(|length| *length <= LONGEST_BODY).ok_or_else(|| refusal(413, "the body is too long"))
}

fn find<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The names and values of `application/x-www-form-urlencoded` text, in its order.
#[must_use]
pub fn pairs(text: &str) -> Vec<(String, String)> {
    text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decoded(name), decoded(value))
}

fn decoded(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let hex = |digit: Option<u8>| digit.and_then(|digit| char::from(digit).to_digit(16));
        let escaped = if byte == b'%' {
            let mut ahead = bytes.clone();
            hex(ahead.next()).zip(hex(ahead.next())).and_then(|(high, low)| u8::try_from(high * 16 + low).ok())
        } else {
            None
        };
        match escaped {
            Some(escaped) => {
                bytes.nth(1);
                plain.push(escaped);
            }
            None => plain.push(if byte == b'+' { b' ' } else { byte }),
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

fn refusal(status: u16, why: &str) -> Answer {
    Answer::new(status, "text/plain; charset=utf-8", why)
}

/// Writes the reply; says whether the connection can carry another request.
pub(super) fn write(stream: &mut impl Write, reply: &Reply, keeps_alive: bool) -> io::Result<bool> {
    match reply {
        Reply::Silence => Ok(false),
        Reply::Whole(answer) => {
            let mut bytes = head(answer, answer.body.len() as u64, keeps_alive);
            bytes.extend(&answer.body);
            stream.write_all(&bytes)?;
            Ok(true)
        }
        Reply::CutShort(answer) => {
            let mut bytes = head(answer, answer.body.len() as u64, keeps_alive);
            bytes.extend(answer.body.iter().take(answer.body.len() / 2));
            stream.write_all(&bytes)?;
            Ok(false)
        }
        Reply::Endless(length) => {
            stream.write_all(&head(&Answer::new(200, "application/json", ""), *length, keeps_alive))?;
            stream.write_all(b"\"")?;
            io::copy(&mut io::repeat(b'A').take(length.saturating_sub(2)), stream)?;
            stream.write_all(b"\"")?;
            Ok(true)
        }
    }
}

fn head(answer: &Answer, length: u64, keeps_alive: bool) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    let connection = if keeps_alive { "keep-alive" } else { "close" };
    text.push_str(&format!(
        "Content-Type: {}\r\nContent-Length: {length}\r\nConnection: {connection}\r\n",
        answer.content_type
    ));
    for (name, value) in &answer.headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str("\r\n");
    text.into_bytes()
}

/// Reads on for a moment after a refusal: closing on unread bytes would take the answer from the other side.
pub(super) fn hear_out(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_millis(500)))?;
    io::copy(&mut Read::take(stream, LONGEST_BODY as u64), &mut io::sink()).map(drop)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        302 => "Found",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        411 => "Length Required",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => "Other",
    }
}
