//! A scripted HTTP server: it says what it is told to say, and keeps every request byte for byte.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Clone)]
pub enum Reply {
    Says(u16, Vec<u8>),
    Redirects(u16, String),
    /// Bytes on the wire, whatever they are.
    Raw(Vec<u8>),
    /// Reads the request and never answers.
    Hangs,
    /// Reads the request and closes the connection.
    HangsUp,
    /// Answers after a while.
    Slow(Duration, Vec<u8>),
    /// A body without an announced end: so many chunks of 64 KiB, counted as they go out.
    Floods(usize),
}

pub fn says(body: impl Into<Vec<u8>>) -> Reply {
    Reply::Says(200, body.into())
}

#[derive(Default)]
struct Book {
    /// `"GET /path"` to what is said there, in turn; the last is repeated.
    script: HashMap<String, Vec<Reply>>,
    seen: Vec<String>,
    chunks_sent: usize,
}

#[derive(Clone)]
pub struct Server {
    pub base: String,
    book: Arc<Mutex<Book>>,
}

impl Server {
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { base, book: Arc::default() };
        let book = Arc::clone(&server.book);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let book = Arc::clone(&book);
                thread::spawn(move || serve(stream, &book));
            }
        });
        server
    }

    pub fn on(&self, route: &str, replies: impl IntoIterator<Item = Reply>) -> &Server {
        let mut replies: Vec<Reply> = replies.into_iter().collect();
        replies.reverse();
        self.book.lock().unwrap().script.insert(route.to_owned(), replies);
        self
    }

    /// The requests so far, whole.
    pub fn seen(&self) -> Vec<String> {
        self.book.lock().unwrap().seen.clone()
    }

    pub fn seen_at(&self, route: &str) -> Vec<String> {
        self.seen().into_iter().filter(|request| request.starts_with(&format!("{route} "))).collect()
    }

    pub fn times(&self, route: &str) -> usize {
        self.seen_at(route).len()
    }

    /// The routes asked, in order.
    pub fn routes(&self) -> Vec<String> {
        let route = |request: &String| request.split(" HTTP/").next().unwrap_or_default().to_owned();
        self.seen().iter().map(route).collect()
    }

    pub fn chunks_sent(&self) -> usize {
        self.book.lock().unwrap().chunks_sent
    }

    pub fn port(&self) -> &str {
        self.base.rsplit(':').next().unwrap()
    }
}

fn serve(mut stream: TcpStream, book: &Mutex<Book>) {
    let Some(request) = read_request(&mut stream) else { return };
    let route = request.split(" HTTP/").next().unwrap_or_default().to_owned();
    let reply = {
        let mut book = book.lock().unwrap();
        book.seen.push(request);
        let replies = book.script.get_mut(&route);
        replies
            .and_then(|replies| if replies.len() > 1 { replies.pop() } else { replies.last().cloned() })
            .unwrap_or_else(|| Reply::Says(404, b"<html>not in the script</html>".to_vec()))
    };
    let whole = |status: u16, extra: &str, body: &[u8]| {
        let head =
            format!("HTTP/1.1 {status} Said\r\n{extra}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
        [head.as_bytes(), body].concat()
    };
    let _ = match reply {
        Reply::Says(status, body) => stream.write_all(&whole(status, "", &body)),
        Reply::Redirects(status, to) => stream.write_all(&whole(status, &format!("location: {to}\r\n"), b"")),
        Reply::Raw(bytes) => stream.write_all(&bytes),
        Reply::Hangs => {
            thread::sleep(Duration::from_secs(20));
            Ok(())
        }
        Reply::HangsUp => Ok(()),
        Reply::Slow(pause, body) => {
            thread::sleep(pause);
            stream.write_all(&whole(200, "", &body))
        }
        Reply::Floods(chunks) => flood(&mut stream, chunks, book),
    };
}

fn flood(stream: &mut TcpStream, chunks: usize, book: &Mutex<Book>) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n\"")?;
    for _ in 0..chunks {
        stream.write_all(&[b'a'; 65_536])?;
        book.lock().unwrap().chunks_sent += 1;
    }
    Ok(())
}

fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        if body.len() >= length.unwrap_or(0) {
            return Some(text.into_owned());
        }
    }
}
