//! Where the printer is plugged in: a pseudo-terminal behind a link, or an address in the network that lets one in.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use crate::simulator::port::Port;

#[derive(Debug, Clone)]
pub enum Place {
    Link(PathBuf),
    Address(SocketAddr),
}

impl Place {
    /// As the totem's configuration names it.
    pub fn as_path(&self) -> PathBuf {
        match self {
            Place::Link(link) => link.clone(),
            Place::Address(address) => PathBuf::from(address.to_string()),
        }
    }
}

#[derive(Debug)]
pub enum Wire {
    Terminal { port: Port, link: PathBuf },
    Network { listener: TcpListener, totem: Option<TcpStream>, address: SocketAddr },
}

impl Wire {
    pub fn open(place: &Place) -> io::Result<Wire> {
        match place {
            Place::Link(link) => Ok(Wire::Terminal { port: Port::open(link)?, link: link.clone() }),
            Place::Address(address) => {
                let listener = TcpListener::bind(address)?;
                listener.set_nonblocking(true)?;
                let address = listener.local_addr()?;
                Ok(Wire::Network { listener, totem: None, address })
            }
        }
    }

    /// Where it is, with the number that the system gave it.
    pub fn place(&self) -> Place {
        match self {
            Wire::Terminal { link, .. } => Place::Link(link.clone()),
            Wire::Network { address, .. } => Place::Address(*address),
        }
    }

    /// Waits until bytes may be there, or `patience` is over: whether they may.
    pub fn wait(&mut self, patience: Duration) -> io::Result<bool> {
        match self {
            Wire::Terminal { port, .. } => port.wait(patience),
            Wire::Network { listener, totem, .. } => {
                if totem.is_none()
                    && let Ok((stream, _)) = listener.accept()
                {
                    stream.set_nonblocking(true)?;
                    *totem = Some(stream);
                }
                // whoever else knocks waits at the door, as at a real one
                std::thread::sleep(patience.min(Duration::from_millis(5)));
                Ok(true)
            }
        }
    }

    /// What is there, at most `limit` bytes.
    pub fn read(&mut self, limit: usize) -> io::Result<Vec<u8>> {
        match self {
            Wire::Terminal { port, .. } => port.read(limit),
            Wire::Network { totem, .. } => {
                let Some(stream) = totem else { return Ok(Vec::new()) };
                let mut bytes = vec![0; limit];
                match stream.read(&mut bytes) {
                    Ok(0) => {
                        *totem = None;
                        Ok(Vec::new())
                    }
                    Ok(count) => {
                        bytes.truncate(count);
                        Ok(bytes)
                    }
                    Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                        Ok(Vec::new())
                    }
                    Err(_) => {
                        *totem = None;
                        Ok(Vec::new())
                    }
                }
            }
        }
    }

    /// Answers. What nobody listens to is lost.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Wire::Terminal { port, .. } => port.write(bytes),
            Wire::Network { totem, .. } => {
                if totem.as_mut().is_some_and(|stream| stream.write_all(bytes).is_err()) {
                    *totem = None;
                }
                Ok(())
            }
        }
    }
}
