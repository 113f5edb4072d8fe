//! A scripted bank: it says what it is told to say, and keeps every request byte for byte.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

#[derive(Clone)]
pub enum Reply {
    Says {
        status: u16,
        headers: String,
        body: Vec<u8>,
    },
    /// Reads the request and closes the connection.
    HangsUp,
    /// Reads the request and answers too late.
    Late(Duration),
}

pub fn says(status: u16, body: impl Into<Vec<u8>>) -> Reply {
    Reply::Says { status, headers: String::new(), body: body.into() }
}

pub fn says_with(status: u16, headers: &str, body: impl Into<Vec<u8>>) -> Reply {
    Reply::Says { status, headers: headers.to_owned(), body: body.into() }
}

#[derive(Default)]
struct Book {
    /// `"GET /path"` to what is said there, in turn; the last is repeated.
    script: HashMap<String, Vec<Reply>>,
    seen: Vec<String>,
}

#[derive(Clone)]
pub struct Server {
    pub base: String,
    book: Arc<Mutex<Book>>,
}

pub const TOKEN: &str = "POST /oauth/token";

impl Server {
    pub fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let server = Server { base, book: Arc::default() };
        server.on(TOKEN, [says(200, r#"{"access_token":"tok-1","token_type":"Bearer","expires_in":3600}"#)]);
        let book = Arc::clone(&server.book);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let book = Arc::clone(&book);
                thread::spawn(move || while serve(&stream, &book) {});
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

    pub fn seen(&self, route: &str) -> Vec<String> {
        let begins =
            |request: &&String| request.starts_with(&format!("{route} ")) || request.starts_with(&format!("{route}?"));
        self.book.lock().unwrap().seen.iter().filter(begins).cloned().collect()
    }

    pub fn times(&self, route: &str) -> usize {
        self.seen(route).len()
    }
}

fn serve(mut stream: &TcpStream, book: &Mutex<Book>) -> bool {
    let Some(request) = request(stream) else { return false };
    let line = request.split(" HTTP/").next().unwrap().to_owned();
    let route = line.split('?').next().unwrap().to_owned();
    let reply = {
        let mut book = book.lock().unwrap();
        book.seen.push(request);
        match book.script.get_mut(&route) {
            Some(replies) if replies.len() > 1 => replies.pop(),
            Some(replies) => replies.last().cloned(),
            None => None,
        }
    };
    match reply.unwrap_or_else(|| says(404, r#"{"type":"https://pix.bcb.gov.br/api/v2/error/CobNaoEncontrado"}"#)) {
        Reply::Says { status, headers, body } => {
            let head =
                format!("HTTP/1.1 {status} Said\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
            stream.write_all(&[head, body].concat()).is_ok()
        }
        Reply::HangsUp => false,
        Reply::Late(wait) => {
            thread::sleep(wait);
            false
        }
    }
}

fn request(mut stream: &TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned))
                .map_or(0, |length| length.trim().parse().unwrap());
            if body.len() >= length {
                return Some(text);
            }
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
}
