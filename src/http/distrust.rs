//! Why two sides of a TLS connection did not accept each other, in words a technician can act on.

use std::error::Error;

use rustls::{AlertDescription, CertificateError};

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    #[error("their certificate has expired by this machine's clock: check date and time here first")]
    Expired,
    #[error("their certificate is not valid yet by this machine's clock: check date and time here")]
    NotYetValid,
    #[error("their certificate comes from an authority that is not known here: check `authorities`")]
    UnknownAuthority,
    #[error("their certificate is for another host: check the address")]
    OtherHost,
    #[error("they ask for a client certificate and none was shown: set `certificate`")]
    NoClientCertificate,
    #[error("they say that our certificate has expired: renew it, or check date and time here")]
    OurExpired,
    #[error("they do not accept our certificate ({0}): is it the one registered for this client_id?")]
    OurRefused(String),
    #[error("no TLS connection: {0}")]
    Other(String),
}

impl Distrust {
    /// For the technician, in Portuguese: what it means and what to do.
    #[must_use]
    pub fn advice(&self) -> (&'static str, &'static str) {
        match self {
            Distrust::Expired => (
                "o certificado do outro lado venceu pelo relógio desta máquina",
                "confira primeiro a data e a hora daqui; se estão certas, avise o outro lado",
            ),
            Distrust::NotYetValid => (
                "o certificado do outro lado ainda não vale pelo relógio desta máquina",
                "acerte a data e a hora desta máquina",
            ),
            Distrust::UnknownAuthority => (
                "o certificado do outro lado é de uma autoridade que esta máquina não conhece",
                "confira a chave `authorities` e o pacote ca-certificates",
            ),
            Distrust::OtherHost => {
                ("o certificado do outro lado é de outro endereço", "confira o endereço na configuração")
            }
            Distrust::NoClientCertificate => {
                ("o outro lado pede um certificado e nenhum foi mostrado", "configure `certificate`")
            }
            Distrust::OurExpired => (
                "o outro lado diz que o nosso certificado venceu",
                "renove o certificado no portal do banco, ou acerte a data e a hora daqui",
            ),
            Distrust::OurRefused(_) => (
                "o outro lado não aceita o nosso certificado",
                "confira no portal do banco se é este o certificado registrado para o client_id",
            ),
            Distrust::Other(_) => {
                ("não se chegou a uma conexão TLS", "confira o endereço e se há um proxy ou firewall no caminho")
            }
        }
    }

    /// What the TLS library said, wherever it stands in a chain of errors.
    pub(super) fn in_error(error: &(dyn Error + 'static)) -> Option<Distrust> {
        let mut next = Some(error);
        while let Some(error) = next {
            if let Some(tls) = error.downcast_ref::<rustls::Error>() {
                return Distrust::of(tls);
            }
            next = inside(error);
        }
        None
    }

    fn of(error: &rustls::Error) -> Option<Distrust> {
        use CertificateError as Bad;
        Some(match error {
            rustls::Error::InvalidCertificate(Bad::Expired | Bad::ExpiredContext { .. }) => Distrust::Expired,
            rustls::Error::InvalidCertificate(Bad::NotValidYet | Bad::NotValidYetContext { .. }) => {
                Distrust::NotYetValid
            }
            rustls::Error::InvalidCertificate(Bad::UnknownIssuer) => Distrust::UnknownAuthority,
            rustls::Error::InvalidCertificate(Bad::NotValidForName | Bad::NotValidForNameContext { .. }) => {
                Distrust::OtherHost
            }
            rustls::Error::AlertReceived(alert) => Distrust::of_alert(*alert)?,
            other => Distrust::Other(other.to_string()),
        })
    }

    /// Nothing where the alert speaks of no certificate: then the connection was merely lost.
    fn of_alert(alert: AlertDescription) -> Option<Distrust> {
        use AlertDescription as Alert;
        Some(match alert {
            Alert::CertificateRequired | Alert::NoCertificate => Distrust::NoClientCertificate,
            Alert::CertificateExpired => Distrust::OurExpired,
            // what a server says that wants a certificate over TLS 1.2 and got none, or one it does not like
            Alert::HandshakeFailure
            | Alert::BadCertificate
            | Alert::UnsupportedCertificate
            | Alert::CertificateRevoked
            | Alert::CertificateUnknown
            | Alert::UnknownCA
            | Alert::AccessDenied => Distrust::OurRefused(format!("{alert:?}")),
            Alert::ProtocolVersion | Alert::InsufficientSecurity | Alert::UnrecognisedName => {
                Distrust::Other(format!("{alert:?}"))
            }
            _ => return None,
        })
    }
}

/// The next error of a chain. An `io::Error` leaves the one that it carries out of `source`.
fn inside<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(carried) => Some(carried),
        None => error.source(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_tls_library_found_is_told_apart() {
        let wrapped =
            |error: rustls::Error| std::io::Error::other(std::io::Error::new(std::io::ErrorKind::InvalidData, error));
        for (error, told) in [
            (rustls::Error::InvalidCertificate(CertificateError::Expired), Distrust::Expired),
            (rustls::Error::InvalidCertificate(CertificateError::NotValidYet), Distrust::NotYetValid),
            (rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer), Distrust::UnknownAuthority),
            (rustls::Error::InvalidCertificate(CertificateError::NotValidForName), Distrust::OtherHost),
            (rustls::Error::AlertReceived(AlertDescription::CertificateRequired), Distrust::NoClientCertificate),
            (rustls::Error::AlertReceived(AlertDescription::CertificateExpired), Distrust::OurExpired),
            (rustls::Error::AlertReceived(AlertDescription::UnknownCA), Distrust::OurRefused("UnknownCA".to_owned())),
        ] {
            assert_eq!(Distrust::in_error(&wrapped(error)), Some(told));
        }
        let lost = rustls::Error::AlertReceived(AlertDescription::CloseNotify);
        assert_eq!(Distrust::in_error(&wrapped(lost)), None);
        assert_eq!(Distrust::in_error(&std::io::Error::other("cut")), None);
    }
}
