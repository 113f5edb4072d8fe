//! Where a partner may be: over https, or over plain http where that cannot be overheard or the site accepts it.

use reqwest::Url;

/// What is wrong with a site's settings before anything is sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetUpError {
    #[error("the address is not an http(s) URL without user, query or fragment: {0}")]
    Address(String),
    #[error("the address is plain http on another machine; use https, or say `allow_plain_http = true`")]
    PlainHttp,
    #[error("unknown time zone: {0}")]
    Zone(String),
    #[error("the HTTP client cannot be built: {0}")]
    Client(String),
    #[error("the certificate cannot be used: {0}")]
    Certificate(String),
}

/// Reads a base address.
pub fn address(text: &str, allow_plain_http: bool) -> Result<Url, SetUpError> {
    let unfit = |why: &str| SetUpError::Address(why.to_owned());
    let url = Url::parse(text.trim()).map_err(|error| SetUpError::Address(error.to_string()))?;
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(unfit("it has a user, a query or a fragment"));
    }
    let host = url.host_str().ok_or_else(|| unfit("it has no host"))?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if allow_plain_http || is_loopback(host) => Ok(url),
        "http" => Err(SetUpError::PlainHttp),
        _ => Err(unfit("it begins neither with https nor with http")),
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
