//! `GET /metrics` on loopback, one caller after the other; each has a moment for its request and its answer.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::{About, as_text, metrics, prometheus};
use crate::runtime::Meter;

const PATIENCE: Duration = Duration::from_secs(2);
const REQUEST_AT_MOST: usize = 8 * 1024;

/// Gives the address that was opened.
pub fn open(address: SocketAddr, about: About, meter: Arc<Meter>) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind(address)?;
    let open = listener.local_addr()?;
    thread::Builder::new().name("metrics".into()).spawn(move || {
        for caller in listener.incoming() {
            let served =
                caller.and_then(|caller| serve(&caller, || as_text(&metrics(&about, &meter, Timestamp::now()))));
            if let Err(error) = served {
                tracing::debug!(%error, "somebody who asked for metrics was not served");
            }
        }
    })?;
    Ok(open)
}

fn serve(mut caller: &TcpStream, text: impl FnOnce() -> String) -> std::io::Result<()> {
    caller.set_write_timeout(Some(PATIENCE))?;
    let (status, body) = match path(caller)?.as_deref() {
        Some("/metrics") => ("200 OK", text()),
        Some(_) => ("404 Not Found", "GET /metrics\n".to_owned()),
        None => ("400 Bad Request", "GET /metrics\n".to_owned()),
    };
    let (kind, length) = (prometheus::CONTENT_TYPE, body.len());
    let head =
        format!("HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    caller.write_all(head.as_bytes())?;
    caller.write_all(body.as_bytes())
}

/// What is asked for; nothing where it is no GET.
fn path(mut caller: &TcpStream) -> std::io::Result<Option<String>> {
    let begun = Instant::now();
    let mut request = Vec::new();
    let mut piece = [0; 1024];
    loop {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut parsed = httparse::Request::new(&mut headers);
        match parsed.parse(&request) {
            Ok(httparse::Status::Complete(_)) if parsed.method == Some("GET") => {
                return Ok(parsed.path.map(|path| path.split('?').next().unwrap_or_default().to_owned()));
            }
            Ok(httparse::Status::Complete(_)) | Err(_) => return Ok(None),
            Ok(httparse::Status::Partial) => {}
        }
        let left = PATIENCE.saturating_sub(begun.elapsed());
        if left.is_zero() || request.len() > REQUEST_AT_MOST {
            return Ok(None);
        }
        caller.set_read_timeout(Some(left))?;
        let read = caller.read(&mut piece)?;
        if read == 0 {
            return Ok(None);
        }
        request.extend_from_slice(piece.get(..read).unwrap_or_default());
    }
}
