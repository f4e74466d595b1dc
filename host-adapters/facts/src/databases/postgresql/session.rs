//! A connection to a server, with an end to everything that waits for it.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kycuong_model::text::{BoxError, truncate, with_causes};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::time::timeout;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::{Client, NoTls};
use tokio_rustls::rustls::pki_types::ServerName;

use super::address::{PostgresAddress, TlsMode};
use super::guarded::Guarded;
use super::tls;

/// What every connection begins with: dates are ISO, and a statement that hangs ends before its reader gives
/// up. `READING` writes nothing.
const READING: &str = "SET default_transaction_read_only = on; ";
/// How long before its reader gives up a server is told to.
const GRACE: Duration = Duration::from_secs(5);
/// Most addresses of one host that are tried.
const ADDRESSES_MAX: usize = 8;
/// Most characters of what a server says.
const SAID_MAX: usize = 500;
/// Asks for TLS, instead of the first message (PostgreSQL's protocol 3.0, SSLRequest).
const TLS_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// An open connection and the runtime of one thread that it lives on.
pub(super) struct Session {
    runtime: Option<Runtime>,
    client: Client,
    /// Why the connection ended, when it did.
    ended: Arc<Mutex<Option<String>>>,
    password: Option<Vec<u8>>,
    until: Instant,
    out_of_time: bool,
    /// Whether texts are kept in UTF-8, so that every text can be asked for as one.
    pub is_utf8: bool,
}

impl Drop for Session {
    fn drop(&mut self) {
        // Without waiting for a name that is still being looked up.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Session {
    /// Connects, up to the point where a query can be asked, in the time that the address has for it.
    /// `statement` is how long what is asked then may take.
    pub fn open(
        address: &PostgresAddress,
        statement: Duration,
        reading: bool,
    ) -> Result<Self, BoxError> {
        if Handle::try_current().is_ok() {
            return Err(
                "it was asked from within an asynchronous task: ask from a thread that may wait"
                    .into(),
            );
        }
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let limit = address.connect_limit();
        let ended: Arc<Mutex<Option<String>>> = Arc::default();
        let connecting = async {
            let client = connect(address, limit, &ended).await?;
            let seconds = statement.saturating_sub(GRACE).as_secs().max(1);
            let reading = if reading { READING } else { "" };
            let setting = format!(
                "{reading}SET datestyle = 'ISO, YMD'; SET lock_timeout = '10s'; SET statement_timeout = '{seconds}s'"
            );
            client.batch_execute(&setting).await?;
            let encoding = client.query_one("SHOW server_encoding", &[]).await?;
            let encoding: String = encoding.try_get(0)?;
            Ok::<_, BoxError>((client, matches!(encoding.as_str(), "UTF8" | "SQL_ASCII")))
        };
        let password = address.config.get_password().map(<[u8]>::to_vec);
        let connected = runtime.block_on(async { timeout(limit, connecting).await });
        let connected = match connected {
            Ok(connected) => connected.map_err(|error| said(&*error, &ended, password.as_deref())),
            Err(_) => Err(format!("no answer within {} s", limit.as_secs()).into()),
        };
        match connected {
            Ok((client, is_utf8)) => Ok(Self {
                runtime: Some(runtime),
                client,
                ended,
                password,
                until: Instant::now(),
                out_of_time: false,
                is_utf8,
            }),
            Err(error) => {
                runtime.shutdown_background();
                Err(error)
            }
        }
    }

    /// What comes, all of it together, may take so long.
    pub fn begin(&mut self, limit: Duration) {
        self.until = Instant::now() + limit;
        self.out_of_time = false;
    }

    /// Whether the server did not answer in time; the connection is of no use then.
    pub fn is_out_of_time(&self) -> bool {
        self.out_of_time
    }

    /// Whether the connection has ended.
    pub fn is_closed(&self) -> bool {
        self.out_of_time || self.client.is_closed()
    }

    /// Waits for something that is asked of the server, as long as there is time.
    pub fn wait<'s, T, F>(&'s mut self, ask: impl FnOnce(&'s Client) -> F) -> Result<T, BoxError>
    where
        F: Future<Output = Result<T, BoxError>>,
    {
        let left = self.until.saturating_duration_since(Instant::now());
        let runtime = self.runtime.as_ref().ok_or("it is closed")?;
        if Handle::try_current().is_ok() {
            return Err(
                "it was asked from within an asynchronous task: ask from a thread that may wait"
                    .into(),
            );
        }
        let client = &self.client;
        let asked = async { timeout(left, ask(client)).await };
        match runtime.block_on(asked) {
            Ok(answer) => answer.map_err(|error| {
                // The reason comes from the task of the connection, which may be a step behind.
                runtime.block_on(tokio::task::yield_now());
                said(&*error, &self.ended, self.password.as_deref())
            }),
            Err(_) => {
                self.out_of_time = true;
                Err("the server did not answer in time".into())
            }
        }
    }

    /// Executes statements without an answer.
    pub fn execute(&mut self, statement: &str) -> Result<(), BoxError> {
        self.wait(|client| async move { Ok(client.batch_execute(statement).await?) })
    }
}

/// What a server says as it may be shown: on one line, cut, without the password that it may know.
fn said(
    error: &(dyn std::error::Error + Send + Sync + 'static),
    ended: &Mutex<Option<String>>,
    password: Option<&[u8]>,
) -> BoxError {
    if let Some(excess) = error.downcast_ref::<crate::excess::Excess>() {
        return Box::new(*excess);
    }
    let mut words = with_causes(error);
    let ended = ended.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(reason) = ended.as_ref().filter(|reason| !words.contains(reason.as_str())) {
        words = format!("{words}: {reason}");
    }
    if let Some(password) = password.and_then(|password| std::str::from_utf8(password).ok())
        && !password.is_empty()
    {
        words = words.replace(password, "…");
    }
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    truncate(&line, SAID_MAX).into()
}

/// One place where a server may be.
enum Place {
    #[cfg(unix)]
    Socket(std::path::PathBuf),
    /// The name that its certificate has, and where to look.
    Net(String, String, u16),
}

fn places(address: &PostgresAddress) -> Vec<Place> {
    let config = &address.config;
    let (hosts, numbers, ports) = (config.get_hosts(), config.get_hostaddrs(), config.get_ports());
    let port = |position: usize| ports.get(position).or(ports.first()).copied().unwrap_or(5432);
    let number = |position: usize| numbers.get(position).map(ToString::to_string);
    (0..hosts.len().max(numbers.len()))
        .filter_map(|position| {
            Some(match (hosts.get(position), number(position)) {
                (Some(Host::Tcp(name)), number) => {
                    Place::Net(name.clone(), number.unwrap_or(name.clone()), port(position))
                }
                #[cfg(unix)]
                (Some(Host::Unix(folder)), _) => {
                    Place::Socket(folder.join(format!(".s.PGSQL.{}", port(position))))
                }
                (None, Some(number)) => Place::Net(number.clone(), number, port(position)),
                (None, None) => return None,
            })
        })
        .collect()
}

/// Connects to the first place that lets it in, each in its share of the time.
async fn connect(
    address: &PostgresAddress,
    limit: Duration,
    ended: &Arc<Mutex<Option<String>>>,
) -> Result<Client, BoxError> {
    let until = Instant::now() + limit;
    let mut places = places(address);
    places.truncate(ADDRESSES_MAX);
    let mut last: BoxError = "the address names no host".into();
    let number = places.len();
    for (position, place) in places.into_iter().enumerate() {
        let others = u32::try_from(number - position).unwrap_or(1).max(1);
        let share = until.saturating_duration_since(Instant::now()) / others;
        match timeout(share, enter(address, place, ended)).await {
            Ok(Ok(client)) => return Ok(client),
            Ok(Err(error)) => last = error,
            Err(_) => last = format!("no answer within {} s", limit.as_secs()).into(),
        }
    }
    Err(last)
}

async fn enter(
    address: &PostgresAddress,
    place: Place,
    ended: &Arc<Mutex<Option<String>>>,
) -> Result<Client, BoxError> {
    let stream: Box<dyn Stream> = match place {
        #[cfg(unix)]
        Place::Socket(path) => Box::new(tokio::net::UnixStream::connect(path).await?),
        Place::Net(name, host, port) => {
            let stream = reach(&host, port).await?;
            stream.set_nodelay(true)?;
            let is_here = stream.peer_addr()?.ip().to_canonical().is_loopback();
            match is_secured(address.tls, is_here)? {
                true => secured(stream, &name, address).await?,
                false => Box::new(stream),
            }
        }
    };
    // TLS is there already, or not wanted.
    let mut config = address.config.clone();
    config.ssl_mode(SslMode::Disable);
    if config.get_application_name().is_none() {
        config.application_name("kycuong");
    }
    let (client, connection) = config.connect_raw(Guarded::new(stream), NoTls).await?;
    let reason = Arc::clone(ended);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            *reason.lock().unwrap_or_else(PoisonError::into_inner) = Some(with_causes(&error));
        }
    });
    let wanted = match config.get_target_session_attrs() {
        TargetSessionAttrs::ReadWrite => Some("off"),
        TargetSessionAttrs::ReadOnly => Some("on"),
        _ => None,
    };
    if let Some(wanted) = wanted {
        let row = client.query_one("SHOW transaction_read_only", &[]).await?;
        if row.try_get::<_, String>(0)? != wanted {
            return Err("the server is not of the kind that target_session_attrs asks for".into());
        }
    }
    Ok(client)
}

/// Connects to the first address of a host that answers.
async fn reach(host: &str, port: u16) -> Result<TcpStream, BoxError> {
    let found = tokio::net::lookup_host((host, port)).await?;
    let found: Vec<SocketAddr> = found.take(ADDRESSES_MAX).collect();
    let mut last: BoxError = "its name has no address".into();
    for address in found {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error.into(),
        }
    }
    Err(last)
}

/// Whether TLS is spoken; off this machine nothing is said without.
fn is_secured(mode: TlsMode, is_here: bool) -> Result<bool, &'static str> {
    match (mode, is_here) {
        (TlsMode::Never, false) => Err(
            "it is on another machine, where nothing is said without TLS: leave out `sslmode=disable` and name the certificates that vouch for it, `sslrootcert=FILE`",
        ),
        (TlsMode::Elsewhere | TlsMode::Never, true) => Ok(false),
        (TlsMode::Always, _) | (TlsMode::Elsewhere, false) => Ok(true),
    }
}

async fn secured(
    mut stream: TcpStream,
    name: &str,
    address: &PostgresAddress,
) -> Result<Box<dyn Stream>, BoxError> {
    let roots = address.roots.as_ref().ok_or(
        "it is reached over TLS, and its certificate has to be verified: name the file of certificates that vouch for it, `sslrootcert=FILE` (of its authority, or its own)",
    )?;
    let connector = tls::connector(roots)?;
    let name = ServerName::try_from(name.to_owned())?;
    stream.write_all(&TLS_REQUEST).await?;
    match stream.read_u8().await? {
        b'S' => Ok(Box::new(connector.connect(name, stream).await?)),
        b'N' => Err("the server has no TLS, without which nothing is said to another machine: set `ssl = on` there".into()),
        _ => Err("the server does not answer the question for TLS as PostgreSQL does".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn off_this_machine_there_is_tls_or_nothing() {
        for (mode, here, elsewhere) in [
            (TlsMode::Elsewhere, Ok(false), Ok(true)),
            (TlsMode::Always, Ok(true), Ok(true)),
            (TlsMode::Never, Ok(false), Err(())),
        ] {
            assert_eq!(is_secured(mode, true).map_err(drop), here, "{mode:?}");
            assert_eq!(is_secured(mode, false).map_err(drop), elsewhere, "{mode:?}");
        }
    }

    #[test]
    fn what_a_server_says_is_one_short_line_without_the_password() {
        let words = format!("ERROR:\u{1b}[2J\r\n\u{202e}bi-mat{}", "x".repeat(100_000));
        let error: BoxError = words.into();
        let line = said(&*error, &Mutex::default(), Some(b"bi-mat")).to_string();
        assert!(line.starts_with("ERROR:\u{fffd}[2J \u{fffd}…xxx"), "{line}");
        assert_eq!(line.chars().count(), SAID_MAX + 1);
    }
}
