//! The certificate and key with which a totem shows a bank who it is.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::SetUpError;
use crate::secret::Secret;

/// A certificate with its chain and its private key. `Debug` shows only how long it is valid.
pub struct Identity {
    /// Key first, then the certificates.
    pem: Secret,
    valid_from: Timestamp,
    valid_until: Timestamp,
}

impl Identity {
    /// From PEM texts; the own certificate stands first.
    pub fn from_pem(certificates: &str, key: &Secret) -> Result<Identity, SetUpError> {
        let unfit = |why: &str| SetUpError::Certificate(why.to_owned());
        let own = CertificateDer::pem_slice_iter(certificates.as_bytes())
            .next()
            .ok_or_else(|| unfit("there is no CERTIFICATE in the PEM file"))?
            .map_err(|_| unfit("the PEM file is damaged"))?;
        if key.expose().contains("ENCRYPTED") {
            return Err(unfit("the private key has a password: take it off, or use a PFX file"));
        }
        PrivateKeyDer::from_pem_slice(key.expose().as_bytes())
            .map_err(|_| unfit("there is no PRIVATE KEY in the key file"))?;
        let (valid_from, valid_until) = validity(&own)?;
        Ok(Identity { pem: format!("{}\n{certificates}", key.expose()).into(), valid_from, valid_until })
    }

    /// From a PFX (PKCS #12) file.
    pub fn from_pfx(file: &[u8], password: &str) -> Result<Identity, SetUpError> {
        let unfit = |why: &str| SetUpError::Certificate(why.to_owned());
        let store = KeyStore::from_pkcs12(file, password, Pkcs12ImportPolicy::Relaxed)
            .map_err(|_| unfit("the PFX file is damaged, or its password is another"))?;
        let (_, chain) = store.private_key_chain().ok_or_else(|| unfit("there is no private key in the PFX file"))?;
        let block = |label: &str, der: &[u8]| {
            format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", BASE64_STANDARD.encode(der))
        };
        let certificates: String = chain.certs().iter().map(|one| block("CERTIFICATE", one.as_der())).collect();
        Identity::from_pem(&certificates, &block("PRIVATE KEY", chain.key().as_der()).into())
    }

    #[must_use]
    pub fn valid_from(&self) -> Timestamp {
        self.valid_from
    }

    #[must_use]
    pub fn valid_until(&self) -> Timestamp {
        self.valid_until
    }

    pub(super) fn for_client(&self) -> Result<reqwest::Identity, SetUpError> {
        reqwest::Identity::from_pem(self.pem.expose().as_bytes())
            .map_err(|_| SetUpError::Certificate("certificate and key do not fit together".to_owned()))
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("valid_until", &self.valid_until).finish_non_exhaustive()
    }
}

fn validity(certificate: &CertificateDer<'_>) -> Result<(Timestamp, Timestamp), SetUpError> {
    let unfit = || SetUpError::Certificate("the certificate cannot be read".to_owned());
    let (_, read) = x509_parser::parse_x509_certificate(certificate).map_err(|_| unfit())?;
    let at = |time: x509_parser::time::ASN1Time| Timestamp::from_second(time.timestamp()).map_err(|_| unfit());
    Ok((at(read.validity().not_before)?, at(read.validity().not_after)?))
}

#[cfg(test)]
mod tests {
    use p12_keystore::{Certificate, KeyStoreEntry, PrivateKey, PrivateKeyChain};

    use super::*;

    fn made() -> rcgen::CertifiedKey<rcgen::KeyPair> {
        rcgen::generate_simple_self_signed(vec!["totem.provedor.example".to_owned()]).unwrap()
    }

    #[test]
    fn a_pem_pair_is_an_identity_and_says_how_long() {
        let made = made();
        let key = Secret::from(made.signing_key.serialize_pem());
        let identity = Identity::from_pem(&made.cert.pem(), &key).unwrap();
        assert!(identity.valid_from() < identity.valid_until());
        identity.for_client().unwrap();
        assert!(!format!("{identity:?}").contains("PRIVATE"));
    }

    #[test]
    fn a_pfx_is_the_same_identity_and_needs_its_password() {
        let made = made();
        let key = PrivateKey::from_der(&made.signing_key.serialize_der()).unwrap();
        let certificate = Certificate::from_der(made.cert.der()).unwrap();
        let mut store = KeyStore::new();
        store.add_entry("totem", KeyStoreEntry::PrivateKeyChain(PrivateKeyChain::new(vec![1_u8], key, [certificate])));
        let file = store.writer("s3nha").write().unwrap();
        let identity = Identity::from_pfx(&file, "s3nha").unwrap();
        identity.for_client().unwrap();
        let refused = Identity::from_pfx(&file, "outra").unwrap_err().to_string();
        assert!(refused.contains("password"), "{refused}");
        assert!(Identity::from_pfx(b"no PFX at all", "s3nha").is_err());
    }

    #[test]
    fn what_is_no_pair_is_named() {
        let made = made();
        let key = Secret::from(made.signing_key.serialize_pem());
        let told = |certificates: &str, key: &Secret| Identity::from_pem(certificates, key).unwrap_err().to_string();
        assert!(told("", &key).contains("no CERTIFICATE"));
        assert!(told(&made.cert.pem(), &"".into()).contains("no PRIVATE KEY"));
        let locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n";
        assert!(told(&made.cert.pem(), &locked.into()).contains("has a password"));
    }
}
