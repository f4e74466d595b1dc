//! The address of a PostgreSQL database, as an URL or as `key=value` pairs, with what TLS needs to know.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use kycuong_model::text::sanitize;
use tokio_postgres::Config;
use tokio_postgres::config::Host;

use crate::error::FactsError;

/// How long connecting may take when the address does not say (`connect_timeout`), and at most.
const CONNECT: Duration = Duration::from_secs(10);
const CONNECT_MAX: Duration = Duration::from_secs(60);

/// The names of an address in pairs, of which one stands first (libpq's, without those of files of its own).
const NAMES: [&str; 14] = [
    "host",
    "hostaddr",
    "port",
    "user",
    "password",
    "dbname",
    "sslmode",
    "sslrootcert",
    "service",
    "passfile",
    "application_name",
    "connect_timeout",
    "options",
    "target_session_attrs",
];

/// Whether TLS is spoken. It always means that the certificate is verified, with the name of the host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TlsMode {
    /// Where the database is not on this machine (absent, `allow`, `prefer`).
    #[default]
    Elsewhere,
    /// Wherever it is (`require`, `verify-ca`, `verify-full`), but on a socket of the file system.
    Always,
    /// Never, so that only a database on this machine is reached (`disable`).
    Never,
}

/// The address of a PostgreSQL database: `postgres://user@host:5432/name` or `host=… dbname=…`, with the
/// parameters of `libpq`.
///
/// A database on another machine is reached over TLS alone; `sslrootcert` names the file (PEM) with the
/// certificates of the authorities, or of the server itself, that it is held against. Every `sslmode` that
/// has TLS verifies certificate and host as `verify-full` does. On this machine (a socket of the file system,
/// or an address of the loopback interface) there is TLS only when `sslmode` asks for it.
#[derive(Clone)]
pub struct PostgresAddress {
    pub(super) config: Config,
    pub(super) tls: TlsMode,
    pub(super) roots: Option<PathBuf>,
}

impl PostgresAddress {
    /// Whether a text is meant as an address of PostgreSQL, right or wrong.
    pub(crate) fn is_meant(text: &str) -> bool {
        let text = text.trim_start().to_lowercase();
        let scheme = ["postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme));
        let name = text.split_once('=').map(|(name, _)| name.trim_end());
        scheme || name.is_some_and(|name| NAMES.contains(&name))
    }

    /// Understands an address.
    ///
    /// # Errors
    ///
    /// [`FactsError::Address`]: without the text, which may hold a password.
    pub fn parse(text: &str) -> Result<Self, FactsError> {
        Self::understand(text).ok_or(FactsError::Address)
    }

    fn understand(text: &str) -> Option<Self> {
        let text = text.trim();
        let (rest, own) = match split_scheme(text) {
            Some(rest) => from_url(rest)?,
            None => from_pairs(text)?,
        };
        // What the library says of it may quote a part of the password.
        let config: Config = rest.parse().ok()?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return None;
        }
        let mut address = Self { config, tls: TlsMode::default(), roots: None };
        for (name, value) in own {
            match name.as_str() {
                "sslmode" => {
                    address.tls = match value.as_str() {
                        "disable" => TlsMode::Never,
                        "allow" | "prefer" => TlsMode::Elsewhere,
                        "require" | "verify-ca" | "verify-full" => TlsMode::Always,
                        _ => return None,
                    }
                }
                _ => address.roots = Some(value.into()),
            }
        }
        Some(address)
    }

    /// Gives it the password that it does not have.
    pub(crate) fn set_password(&mut self, password: &str) {
        if self.config.get_password().is_none() {
            self.config.password(password);
        }
    }

    /// How long connecting may take.
    pub(super) fn connect_limit(&self) -> Duration {
        let asked = self.config.get_connect_timeout().copied();
        asked.filter(|limit| !limit.is_zero()).unwrap_or(CONNECT).min(CONNECT_MAX)
    }
}

/// Host, port and name, neither user nor password.
impl fmt::Display for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut hosts: Vec<String> = self
            .config
            .get_hosts()
            .iter()
            .map(|host| match host {
                Host::Tcp(name) => name.clone(),
                #[cfg(unix)]
                Host::Unix(path) => path.display().to_string(),
            })
            .collect();
        if hosts.is_empty() {
            hosts.extend(self.config.get_hostaddrs().iter().map(ToString::to_string));
        }
        let ports = self.config.get_ports();
        let port = |position: usize| ports.get(position).or(ports.first()).copied().unwrap_or(5432);
        let hosts: Vec<String> = hosts
            .iter()
            .enumerate()
            .map(|(position, host)| format!("{host}:{}", port(position)))
            .collect();
        let name = self.config.get_dbname().or(self.config.get_user()).unwrap_or_default();
        f.write_str(&sanitize(&format!("postgres://{}/{name}", hosts.join(","))))
    }
}

/// Without user and password.
impl fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresAddress({self})")
    }
}

/// The parameters that the library does not know.
type Own = Vec<(String, String)>;

fn is_own(name: &str) -> bool {
    matches!(name, "sslmode" | "sslrootcert")
}

fn split_scheme(text: &str) -> Option<&str> {
    ["postgres://", "postgresql://"].iter().find_map(|scheme| {
        let start = text.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| text.get(scheme.len()..)).flatten()
    })
}

/// An URL without its scheme: what is left for the library, and what is not.
fn from_url(rest: &str) -> Option<(String, Own)> {
    // Before the last `@` of the part up to the path there may be a `?` of the password.
    let authority = rest.find('@').map_or(0, |at| at + 1);
    let query = rest.get(authority..)?.find('?').map(|at| authority + at);
    let Some(query) = query else { return Some((format!("postgres://{rest}"), Own::new())) };
    let (before, parameters) = (rest.get(..query)?, rest.get(query + 1..)?);
    let (mut kept, mut own) = (Vec::new(), Own::new());
    for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter.split_once('=')?;
        if is_own(name) {
            own.push((name.to_owned(), decoded(value)?));
        } else {
            kept.push(parameter);
        }
    }
    let parameters = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Some((format!("postgres://{before}{parameters}"), own))
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        rest = others;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let (digits, others) = others.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
        rest = others;
    }
    String::from_utf8(bytes).ok()
}

/// Pairs of names and values, a value with blanks in quotes, where `\` goes before a quote and itself.
fn from_pairs(text: &str) -> Option<(String, Own)> {
    let (mut kept, mut own) = (String::new(), Own::new());
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim();
        let (value, after) = value(after.trim_start())?;
        if is_own(name) {
            own.push((name.to_owned(), value));
        } else {
            let value = value.replace('\\', "\\\\").replace('\'', "\\'");
            kept += &format!("{name}='{value}' ");
        }
        rest = after.trim_start();
    }
    Some((kept, own))
}

fn value(text: &str) -> Option<(String, &str)> {
    let quoted = text.strip_prefix('\'');
    let mut letters = quoted.unwrap_or(text).char_indices();
    let mut value = String::new();
    let from = text.len() - quoted.unwrap_or(text).len();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => value.push(letters.next()?.1),
            '\'' if quoted.is_some() => return Some((value, text.get(from + at + 1..)?)),
            blank if quoted.is_none() && blank.is_whitespace() => {
                return Some((value, text.get(from + at..)?));
            }
            other => value.push(other),
        }
    }
    quoted.is_none().then_some((value, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_every_way_of_writing() {
        for text in [
            "postgres://an:bi%20mat@10.0.0.5:5433/tinh?sslmode=verify-full&sslrootcert=%2Fetc%2Ftinh.crt",
            "PostgreSQL://an:bi%20mat@10.0.0.5:5433/tinh?sslrootcert=/etc/tinh.crt&connect_timeout=3&sslmode=require",
            "host=10.0.0.5 port = 5433 user=an password='bi mat' dbname=tinh sslmode='verify-ca' sslrootcert=/etc/tinh.crt",
        ] {
            assert!(PostgresAddress::is_meant(text), "{text}");
            let address = PostgresAddress::parse(text).unwrap();
            assert_eq!(address.to_string(), "postgres://10.0.0.5:5433/tinh");
            assert_eq!(address.config.get_password(), Some(&b"bi mat"[..]), "{text}");
            assert_eq!(address.tls, TlsMode::Always);
            assert_eq!(address.roots.as_deref(), Some(std::path::Path::new("/etc/tinh.crt")));
        }
        let local = PostgresAddress::parse("host=/run/postgresql dbname='a b'").unwrap();
        assert_eq!(local.to_string(), "postgres:///run/postgresql:5432/a b");
        assert_eq!((local.tls, local.connect_limit()), (TlsMode::Elsewhere, CONNECT));
        let long = PostgresAddress::parse("host=x connect_timeout=9999").unwrap();
        assert_eq!(long.connect_limit(), CONNECT_MAX);
    }

    #[test]
    fn what_is_wrong_is_never_repeated() {
        for text in [
            "postgres:an:bi-mat@may-chu/tinh",
            "Postgresql:/an:bi-mat@may-chu",
            "postgres://an:bi-mat@may-chu:cong/tinh",
            "postgres://an:bi-mat@may-chu/tinh?sslmode=maybe",
            "postgres://an:bi-mat@may-chu/tinh?sslrootcert=%2",
            "postgres://an:bi-mat@may-chu/tinh?khac=1",
            "postgres:///tinh?password=bi-mat",
            "host=x password='bi-mat",
            "password=bi-mat",
            "host=x password=bi-mat passfile=y",
        ] {
            assert!(PostgresAddress::is_meant(text), "{text}");
            let error = PostgresAddress::parse(text).unwrap_err();
            assert!(!format!("{error} {error:?}").contains("mat"), "{error}");
        }
        for file in ["a=b.csv", "bảng/facts.xlsx", "postgres", "facts.db"] {
            assert!(!PostgresAddress::is_meant(file), "{file}");
        }
    }
}
