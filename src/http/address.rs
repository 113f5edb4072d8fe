//! Where a partner may be: over https, or over plain http where that cannot be overheard or the site accepts it.

use reqwest::Url;

/// What is wrong with a site's settings before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetUpError {
    #[error("não é um endereço como https://erp.exemplo.net.br: {0}")]
    Address(String),
    #[error("http sem cifra para outra máquina: use https, ou escreva allow_plain_http = true")]
    PlainHttp,
    #[error("fuso horário desconhecido: {0}")]
    Zone(String),
    #[error("o cliente HTTP não pôde ser montado: {0}")]
    Client(String),
    #[error("o certificado não pode ser usado: {0}")]
    Certificate(String),
}

/// Reads a base address.
pub fn address(text: &str, allow_plain_http: bool) -> Result<Url, SetUpError> {
    let unfit = |why: &str| SetUpError::Address(why.to_owned());
    // the library's own errors cannot be told apart by their type here
    let url = Url::parse(text.trim()).map_err(|error| match error.to_string().as_str() {
        "relative URL without a base" => unfit("falta https:// no começo"),
        "empty host" => unfit("falta a máquina"),
        "invalid port number" => unfit("a porta não é um número até 65535"),
        other => unfit(other),
    })?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(unfit("tem usuário e senha, ? ou #, que não cabem aqui"));
    }
    let host = url.host_str().ok_or_else(|| unfit("falta a máquina"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if allow_plain_http || is_loopback(host) => Ok(url),
        "http" => Err(SetUpError::PlainHttp),
        _ => Err(unfit("não começa com https:// nem com http://")),
    }
}

/// The address of a path below a base, given by its segments; each is percent-encoded.
#[must_use]
pub fn below(base: &Url, segments: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}

/// Whether a host is this machine, so that nobody on the way can listen.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_machine() {
        for (base, allowed, expected) in [
            ("https://erp.provedor.net.br", false, Ok(())),
            ("http://127.0.0.1:8080", false, Ok(())),
            ("http://localhost/ws-cliente/", false, Ok(())),
            ("http://[::1]:80", false, Ok(())),
            ("http://erp.provedor.net.br", true, Ok(())),
            ("http://erp.provedor.net.br", false, Err(SetUpError::PlainHttp)),
            ("http://localhost.provedor.net.br", false, Err(SetUpError::PlainHttp)),
        ] {
            assert_eq!(address(base, allowed).map(drop), expected, "{base}");
        }
        for base in
            ["ftp://erp", "erp.provedor.net.br", "https://user:pw@erp", "https://erp/?a=b", "https://erp/#a", ""]
        {
            assert!(matches!(address(base, true), Err(SetUpError::Address(_))), "{base}");
        }
    }
}
