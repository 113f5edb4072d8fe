//! E-mail over the site's mail server (SMTP submission, RFC 6409), one connection a letter. Until the last line of a letter
//! has gone out it is certainly not sent; after that only the server's answer tells.

mod settings;

use std::str::FromStr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lettre::address::Address;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment as Part, Body, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::{Courier, Delivery, Letter, Reply};
use crate::domain::service::{Contact, ContactKind};

pub use settings::{Security, Settings, Unfit};

/// Somebody stands there and waits for it.
const CONNECT: Duration = Duration::from_secs(6);
const WITHIN: Duration = Duration::from_secs(20);
/// Papers take longer on a poor line; whoever leaves meanwhile does not stop them.
const BYTES_A_SECOND: usize = 64 * 1024;
/// To find out whether anybody is there.
const LOOK: Duration = Duration::from_secs(8);
const GOODBYE: Duration = Duration::from_secs(1);

pub struct Email {
    server: String,
    port: u16,
    security: Security,
    tls: Option<TlsParameters>,
    user: Option<Credentials>,
    from: Mailbox,
    greeting: ClientId,
    letters: AtomicU64,
}

/// Why a conversation ended early.
enum Stopped {
    /// With the server, before any letter.
    Server(String),
    /// With this letter.
    Letter(String),
    Unclear(String),
}

impl Email {
    /// Nothing is sent yet.
    pub fn connect(settings: &Settings) -> Result<Email, Unfit> {
        settings.check()?;
        let from = Mailbox::from_str(settings.from.trim()).map_err(|_| Unfit::From)?;
        let user = match (&settings.user, &settings.password) {
            (Some(user), Some(password)) => Some(Credentials::new(user.clone(), password.expose().to_owned())),
            _ => None,
        };
        Ok(Email {
            server: settings.server.trim().to_owned(),
            port: settings.port(),
            security: settings.security,
            tls: settings.tls()?,
            user,
            greeting: ClientId::Domain(from.email.domain().to_owned()),
            from,
            letters: AtomicU64::new(0),
        })
    }

    /// Up to where a letter would be handed over, encrypted and signed in.
    async fn open(&self) -> Result<AsyncSmtpConnection, Stopped> {
        let server = |what: &'static str| move |error: SmtpError| Stopped::Server(format!("{what}: {}", why(&error)));
        let at_once = self.tls.clone().filter(|_| self.security == Security::Tls);
        let address = (self.server.as_str(), self.port);
        let connected = AsyncSmtpConnection::connect_tokio1(address, Some(CONNECT), &self.greeting, at_once, None);
        let mut connection = connected.await.map_err(server("no connection"))?;
        if let Some(tls) = self.tls.clone().filter(|_| self.security == Security::Starttls) {
            connection.starttls(tls, &self.greeting).await.map_err(server("STARTTLS"))?;
        }
        if let Some(user) = &self.user {
            connection.auth(DEFAULT_MECHANISMS, user).await.map_err(server("signing in"))?;
        }
        Ok(connection)
    }

    fn message(&self, to: Address, letter: &Letter) -> Option<Message> {
        let count = self.letters.fetch_add(1, Ordering::Relaxed);
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let id = format!("<{:x}.{count}@{}>", since.as_nanos(), self.from.email.domain());
        // so that nobody's holiday answers it
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .message_id(Some(id))
            .date_now()
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()));
        if letter.papers.is_empty() {
            return message.header(ContentType::TEXT_PLAIN).body(letter.text.clone()).ok();
        }
        let pdf = ContentType::parse("application/pdf").ok()?;
        let text = MultiPart::mixed().singlepart(SinglePart::plain(letter.text.clone()));
        let mut parts = text;
        for paper in &letter.papers {
            // a PDF may be all ASCII, and its lines are nobody's to change
            let body = Body::new_with_encoding(paper.bytes().to_vec(), ContentTransferEncoding::Base64).ok()?;
            parts = parts.singlepart(Part::new(paper.name().to_owned()).body(body, pdf.clone()));
        }
        message.multipart(parts).ok()
    }

    async fn bring(&self, to: &str, letter: &Letter, gone: &AtomicBool) -> Result<AsyncSmtpConnection, Stopped> {
        let refused = |error: SmtpError| Stopped::Letter(why(&error));
        let to = Address::from_str(to).map_err(|_| Stopped::Letter("this is no address".to_owned()))?;
        let message = self.message(to.clone(), letter);
        let message = message.ok_or_else(|| Stopped::Letter("it cannot be written".to_owned()))?.formatted();
        let mut connection = self.open().await?;
        let sender = Mail::new(Some(self.from.email.clone()), Vec::new());
        connection.command(sender).await.map_err(|error| Stopped::Server(why(&error)))?;
        connection.command(Rcpt::new(to, Vec::new())).await.map_err(refused)?;
        connection.command(Data).await.map_err(refused)?;
        gone.store(true, Ordering::Relaxed);
        match connection.message(&message).await {
            Ok(_) => Ok(connection),
            // a status is a word; anything else leaves open what became of it
            Err(error) if error.status().is_some() => Err(Stopped::Letter(why(&error))),
            Err(error) => Err(Stopped::Unclear(why(&error))),
        }
    }

    async fn deliver(&self, to: &Contact, letter: &Letter) -> Delivery {
        if to.kind != ContactKind::Email {
            return Delivery::Refused("this is no e-mail address".to_owned());
        }
        let gone = AtomicBool::new(false);
        let bytes: usize = letter.papers.iter().map(|paper| paper.bytes().len()).sum();
        let within = WITHIN + Duration::from_secs((bytes / BYTES_A_SECOND) as u64);
        let mut connection = match timeout(within, self.bring(to.value.trim(), letter, &gone)).await {
            Ok(Ok(connection)) => connection,
            Ok(Err(Stopped::Server(why))) => return Delivery::Down(why),
            Ok(Err(Stopped::Letter(why))) => return Delivery::Refused(why),
            Ok(Err(Stopped::Unclear(why))) => return Delivery::Unknown(why),
            Err(_) if gone.load(Ordering::Relaxed) => return Delivery::Unknown("no answer in time".to_owned()),
            Err(_) => return Delivery::Down("no answer in time".to_owned()),
        };
        // it was taken, whatever becomes of the goodbye
        let _ = timeout(GOODBYE, connection.quit()).await;
        Delivery::Sent
    }

    async fn look(&self) -> Result<(), String> {
        match timeout(LOOK, self.open()).await {
            Ok(Ok(mut connection)) => {
                let _ = timeout(GOODBYE, connection.quit()).await;
                Ok(())
            }
            Ok(Err(Stopped::Server(why) | Stopped::Letter(why) | Stopped::Unclear(why))) => Err(why),
            Err(_) => Err("no answer in time".to_owned()),
        }
    }
}

/// The server's own words may repeat an address: only its number is kept.
fn why(error: &SmtpError) -> String {
    match error.status() {
        Some(code) => format!("the server says {code}"),
        None if error.is_tls() => "the server's certificate is not trusted, or it speaks no TLS".to_owned(),
        None if error.is_timeout() => "no answer in time".to_owned(),
        None if error.is_response() => "the server does not speak SMTP, or hung up".to_owned(),
        None if error.is_client() => "the server does not offer what the site asks of it".to_owned(),
        None => "the connection was lost, or there was none".to_owned(),
    }
}

impl Courier for Email {
    fn send<'a>(&'a self, to: &'a Contact, letter: &'a Letter) -> Reply<'a, Delivery> {
        Box::pin(self.deliver(to, letter))
    }

    fn is_there(&self) -> Reply<'_, Result<(), String>> {
        Box::pin(self.look())
    }
}
