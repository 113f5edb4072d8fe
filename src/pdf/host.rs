//! The process that draws: it binds itself before it reads a byte, draws one page, and ends.

use std::io::{self, BufRead, Read, Write};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::line::{Order, Reply};
use super::{BYTES_MOST, Error, draw};

/// Addresses, not pages in use: the program itself maps some hundred megabytes.
const MEMORY: u64 = 1024 * 1024 * 1024;
const PROCESSOR_S: u64 = 4;
const FILES: u64 = 8;

/// Serves one order from standard input.
pub fn serve() -> io::Result<()> {
    bind()?;
    let mut orders = io::stdin().lock();
    let mut line = String::new();
    orders.by_ref().take(4096).read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line)?;
    let (answer, shades) = match drawn(&mut orders, &order) {
        Ok((reply, shades)) => (Ok(reply), shades),
        Err(error) => (Err(error), Vec::new()),
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &answer)?;
    out.write_all(b"\n")?;
    out.write_all(&shades)?;
    out.flush()
}

fn drawn(input: &mut impl Read, order: &Order) -> Result<(Reply, Vec<u8>), Error> {
    if order.length > BYTES_MOST {
        return Err(Error::TooLarge);
    }
    let mut bytes = vec![0; order.length];
    input.read_exact(&mut bytes).map_err(|_| Error::NoPdf)?;
    draw::draw(bytes, order)
}

/// No more memory, time or files than a page needs, no file that grows, and no memory left behind in a crash file:
/// there is a customer's bill in it.
fn bind() -> io::Result<()> {
    for (resource, most) in [
        (Resource::As, MEMORY),
        (Resource::Cpu, PROCESSOR_S),
        (Resource::Nofile, FILES),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
