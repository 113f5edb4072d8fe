//! What comes back when it is not the ERP that answers: a proxy's error page, a login page, noise.

use super::{pdf, slip};
use crate::simulator::http::Answer;

const HTML: &str = "text/html; charset=utf-8";

#[must_use]
pub fn error(status: u16) -> Answer {
    let page = format!(
        "<!DOCTYPE html>\n<html><head><title>{status}</title></head>\n\
         <body><center><h1>{status}</h1></center><hr><center>nginx</center></body></html>\n"
    );
    Answer::new(status, HTML, page)
}

/// What a session that has run out, or a captive portal, puts in the place of an answer. Status 200.
#[must_use]
pub fn login() -> Answer {
    let page = "<!DOCTYPE html>\n<html lang=\"pt-br\"><head><title>Acesso ao sistema</title></head>\n\
                <body><form action=\"/login\" method=\"post\"><input name=\"usuario\"><input name=\"senha\" \
                type=\"password\"><button>Entrar</button></form></body></html>\n";
    Answer::new(200, HTML, page)
}

/// What an order says that the ERP answers.
#[must_use]
pub fn said(json: &str) -> Answer {
    Answer::new(200, "application/json", json)
}

/// Bytes that are neither JSON nor UTF-8, with line ends and NULs among them.
#[must_use]
pub fn garbage() -> Vec<u8> {
    (0..512_u32).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

/// A bill that looks right, with the bars and the line of somebody else's boleto.
#[must_use]
pub fn forged() -> Vec<u8> {
    let line = slip::line(66_666, 31_598, jiff::civil::date(2027, 1, 15));
    pdf::page(&["SEGUNDA VIA DA FATURA".to_owned(), "Valor R$ 315,98".to_owned(), line])
}
