//! A text that may be sent to its owner and shown to nobody.

use std::fmt;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

/// A password or token. `Debug` never shows it; only `expose` gives it out, for the wire.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

/// Where a configuration says that a secret is. The secret itself never stands in a configuration.
enum Place {
    /// A file that nobody but its owner may read.
    File(PathBuf),
    /// A systemd credential (`LoadCredential=`), by name.
    Credential(String),
}

impl Place {
    fn read(&self) -> Result<Secret, String> {
        let path = match self {
            Place::File(path) => path.clone(),
            Place::Credential(name) => std::env::var_os("CREDENTIALS_DIRECTORY")
                .map(|dir| Path::new(&dir).join(name))
                .ok_or_else(|| format!("a credencial {name} não existe: o systemd não deu nenhuma a este processo"))?,
        };
        let shown = path.display();
        let about = |why: std::io::Error| format!("não consegui ler {shown}: {why}");
        let mode = fs::metadata(&path).map_err(about)?.permissions().mode();
        if mode & 0o077 != 0 && matches!(self, Place::File(_)) {
            return Err(format!("{shown} pode ser lido por outros usuários: rode chmod 600 {shown}"));
        }
        let text = fs::read_to_string(&path).map_err(about)?;
        match text.trim_end_matches(['\r', '\n']) {
            "" => Err(format!("{shown} está vazio")),
            secret => Ok(Secret::from(secret)),
        }
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        // the name tells a reader that what stands here is not to be shown
        deserializer.deserialize_newtype_struct("Secret", Written)
    }
}

/// Reads the place of a secret, and refuses a secret that is written out, without a word of it.
struct Written;

impl Written {
    fn literal<E: serde::de::Error>() -> Result<Secret, E> {
        Err(E::custom("um segredo não fica neste arquivo: escreva { file = \"…\" } ou { credential = \"…\" }"))
    }
}

impl<'de> Visitor<'de> for Written {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{ file = \"…\" } ou { credential = \"…\" }")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Secret, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Secret, A::Error> {
        const PLACES: &[&str] = &["file", "credential"];
        let mut places = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            places.push(match name.as_str() {
                "file" => Place::File(map.next_value()?),
                "credential" => Place::Credential(map.next_value()?),
                other => return Err(A::Error::unknown_field(other, PLACES)),
            });
        }
        match places.as_slice() {
            [place] => place.read().map_err(A::Error::custom),
            [] => Err(A::Error::custom("falta dizer onde está o segredo: { file = \"…\" } ou { credential = \"…\" }")),
            _ => Err(A::Error::custom("o segredo está em um lugar só: file ou credential, não os dois")),
        }
    }

    /// Where a reader looks for further mistakes: nothing was read.
    fn visit_unit<E: serde::de::Error>(self) -> Result<Secret, E> {
        Ok(Secret(String::new()))
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> Result<Secret, E> {
        Written::literal()
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<Secret, E> {
        Written::literal()
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<Secret, E> {
        Written::literal()
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<Secret, E> {
        Written::literal()
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Secret, E> {
        Written::literal()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Secret, A::Error> {
        Written::literal()
    }
}

impl Secret {
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Secret {
        Secret(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Secret {
        Secret(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_from_a_file_that_only_its_owner_may_read() {
        #[derive(Debug, Deserialize)]
        struct Holder {
            password: Secret,
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "s3nha\n").unwrap();
        let text = format!("password = {{ file = {:?} }}", file.path());
        let holder: Holder = toml::from_str(&text).unwrap();
        assert_eq!(holder.password.expose(), "s3nha");
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(toml::from_str::<Holder>(&text).unwrap_err().message().contains("chmod 600"));
        let literal = toml::from_str::<Holder>("password = \"s3nha\"").unwrap_err();
        assert!(literal.message().contains("não fica neste arquivo"));
    }

    #[test]
    fn debug_hides_a_secret() {
        assert_eq!(format!("{:?}", Secret::from("s3nha")), "Secret(***)");
    }
}
