//! A relay between driver and stand-in: passes every request on, unless it was ordered to lose it, to lose its answer, or
//! to say something else; keeps what was asked.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// What a driver asked, as far as the stories need it.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// With its query.
    pub path: String,
    pub body: String,
}

impl Asked {
    pub fn is(&self, method: &str, part: &str) -> bool {
        self.method == method && self.path.contains(part)
    }
}

/// What happens to a request.
#[derive(Clone)]
pub enum Deed {
    /// The connection ends without an answer; nobody has done anything.
    LoseRequest,
    /// Carried out, and the connection ends without an answer.
    LoseAnswer,
    /// Says this instead; carried out first or not at all.
    Say {
        carried_out: bool,
        status: u16,
        body: &'static str,
    },
    RedirectTo(String),
    /// A body of so many bytes, which begins like this.
    Flood(&'static str, usize),
    /// Carried out, and the answer's body changed.
    Rewrite(fn(&str) -> String),
}

type Matches = Arc<dyn Fn(&Asked) -> bool + Send + Sync>;

struct Order {
    matches: Matches,
    deed: Deed,
    left: usize,
}

#[derive(Default)]
struct Book {
    asked: Vec<Asked>,
    orders: Vec<Order>,
    rewritten: usize,
}

pub struct Relay {
    pub base: String,
    book: Arc<Mutex<Book>>,
}

impl Relay {
    pub fn before(stand_in: SocketAddr) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let book = Arc::new(Mutex::new(Book::default()));
        let theirs = Arc::clone(&book);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let book = Arc::clone(&theirs);
                std::thread::spawn(move || serve(stream, stand_in, address, &book));
            }
        });
        Relay { base: format!("http://{address}"), book }
    }

    /// The next `times` requests that match get this instead.
    pub fn order(&self, times: usize, deed: Deed, matches: impl Fn(&Asked) -> bool + Send + Sync + 'static) {
        self.book.lock().unwrap().orders.push(Order { matches: Arc::new(matches), deed, left: times });
    }

    pub fn forget_orders(&self) {
        self.book.lock().unwrap().orders.clear();
    }

    pub fn times(&self, matches: impl Fn(&Asked) -> bool) -> usize {
        self.book.lock().unwrap().asked.iter().filter(|asked| matches(asked)).count()
    }

    /// How many answers an order to rewrite has really changed.
    pub fn rewritten(&self) -> usize {
        self.book.lock().unwrap().rewritten
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.book.lock().unwrap().asked.clone()
    }
}

fn serve(mut stream: TcpStream, stand_in: SocketAddr, here: SocketAddr, book: &Mutex<Book>) {
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let Some((head, body)) = read_request(&mut stream) else { return };
    let mut words = head.split(' ');
    let asked = Asked {
        method: words.next().unwrap_or_default().to_owned(),
        path: words.next().unwrap_or_default().to_owned(),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let deed = {
        let mut book = book.lock().unwrap();
        book.asked.push(asked.clone());
        let order = book.orders.iter_mut().find(|order| order.left > 0 && (order.matches)(&asked));
        order.map(|order| {
            order.left -= 1;
            order.deed.clone()
        })
    };
    let pass = || passed(&head, &body, stand_in, here);
    let said = match deed {
        None => pass(),
        Some(Deed::LoseRequest) => return,
        Some(Deed::LoseAnswer) => return drop(pass()),
        Some(Deed::Say { carried_out, status, body }) => {
            if carried_out {
                pass();
            }
            whole(status, "", body.as_bytes())
        }
        Some(Deed::RedirectTo(url)) => whole(302, &format!("location: {url}\r\n"), b""),
        Some(Deed::Flood(beginning, bytes)) => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all(beginning.as_bytes());
            for _ in 0..bytes / 65_536 {
                if stream.write_all(&[b'a'; 65_536]).is_err() {
                    break;
                }
            }
            return;
        }
        Some(Deed::Rewrite(change)) => {
            let answer = pass();
            let text = String::from_utf8_lossy(&answer).into_owned();
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
            let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(502);
            let changed = change(body);
            book.lock().unwrap().rewritten += usize::from(changed != body);
            whole(status, "content-type: application/json\r\n", changed.as_bytes())
        }
    };
    // a driver that has given up reads no more
    let _ = stream.write_all(&said);
}

fn whole(status: u16, extra: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} Said\r\n{extra}content-length: {}\r\nconnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

/// What the stand-in says. Where it names itself, the answer names the relay: a link leads back here.
fn passed(head: &str, body: &[u8], stand_in: SocketAddr, here: SocketAddr) -> Vec<u8> {
    let kept = head.split("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("connection:"));
    let head = format!("{}\r\nconnection: close\r\n\r\n", kept.collect::<Vec<_>>().join("\r\n"));
    let mut stream = TcpStream::connect(stand_in).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    // a stand-in that hangs up has said what it had to say
    let _ = stream.read_to_end(&mut answer);
    let (theirs, ours) = (stand_in.to_string(), here.to_string());
    match String::from_utf8(answer) {
        Ok(text) if text.contains(&theirs) => {
            let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
            let kept = head.split("\r\n").filter(|line| !line.to_ascii_lowercase().starts_with("content-length:"));
            let kept = kept.collect::<Vec<_>>().join("\r\n").replace(&theirs, &ours);
            let body = body.replace(&theirs, &ours);
            format!("{kept}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).into_bytes()
        }
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    }
}

fn read_request(stream: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 8192];
    loop {
        let count = stream.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        if bytes.len() >= end + 4 + length.unwrap_or(0) {
            return Some((head, bytes[end + 4..].to_vec()));
        }
    }
}
