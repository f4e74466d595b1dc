//! Servers that do not answer, or answer what nobody asked for: whatever they do, it ends, and is told.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use kycuong_engine::FactSource;
use kycuong_engine::facts::FactQuery;
use kycuong_facts::{Address, PostgresAddress, PostgresFacts, import};
use kycuong_model::text::with_causes;

use crate::samples::sample;
use crate::server::Server;

/// A server of one's own on this machine; its address, with a second to connect.
fn stub(serve: impl Fn(TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let serve = Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            thread::spawn(move || serve(stream));
        }
    });
    format!("postgres://kycuong:bi-mat-cua-tinh@127.0.0.1:{port}/tinh?connect_timeout=1")
}

fn message(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 4).unwrap();
    [&[kind][..], &length.to_be_bytes(), body].concat()
}

/// Reads the first message, and says something until nobody listens.
fn says(what: impl Fn() -> Vec<u8> + Send + Sync + 'static, again: Option<Duration>) -> String {
    stub(move |mut stream| {
        let _ = stream.read(&mut [0; 4_096]);
        while stream.write_all(&what()).is_ok() {
            match again {
                Some(pause) => thread::sleep(pause),
                None => break,
            }
        }
        // Open, and silent from here on.
        let _ = stream.read_to_end(&mut Vec::new());
    })
}

fn refused(url: &str) -> String {
    let start = Instant::now();
    let Err(error) = Address::parse(url).unwrap().open() else { panic!("{url} is no server") };
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    let said = with_causes(&error);
    assert!(!said.contains("bi-mat"), "{said}");
    said
}

const AUTHENTICATED: &[u8] = &[0, 0, 0, 0];
const NO_ANSWER: &str = "no answer within 1 s";

#[test]
fn connecting_ends_whatever_the_server_does() {
    let ready = || [message(b'R', AUTHENTICATED), message(b'Z', b"I")].concat();
    let drip = Duration::from_millis(50);
    for (name, url, said) in [
        ("silent", says(Vec::new, None), NO_ANSWER),
        ("ready and silent", says(ready, None), NO_ANSWER),
        ("drips", says(|| message(b'S', b"a\0b\0"), Some(drip)), ""),
        (
            "drips after it let one in",
            { says(move || [ready(), message(b'N', b"SINFO\0Ma\0\0")].concat(), Some(drip)) },
            "",
        ),
        ("drips bytes", says(|| vec![b'R'], Some(drip)), ""),
        ("ready at once", says(|| message(b'Z', b"I"), None), ""),
        (
            "a long message",
            says(|| vec![b'R', 0x7f, 0xff, 0xff, 0xff], None),
            "a message of 2147483647 bytes, the most is 2097152",
        ),
        (
            "a long error",
            says(|| vec![b'E', 0x7f, 0xff, 0xff, 0xff], None),
            "a message of 2147483647 bytes",
        ),
        ("floods", says(|| message(b'S', &[b'a'; 1 << 20]), Some(Duration::ZERO)), ""),
        ("nonsense", says(|| b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), None), ""),
        ("hangs up", stub(drop), ""),
    ] {
        let error = refused(&url);
        assert!(
            error.starts_with("cannot connect to the PostgreSQL database `postgres://127.0.0.1:"),
            "{name}: {error}"
        );
        assert!(error.contains(said), "{name}: {error}");
    }
}

#[test]
fn what_a_server_says_is_shown_and_not_obeyed() {
    let text = format!("no \u{1b}[2J\u{202e}\r\n for bi-mat-cua-tinh {}", "x".repeat(100_000));
    let body = format!("SFATAL\0VFATAL\0C28P01\0M{text}\0\0");
    let error = refused(&says(move || message(b'E', body.as_bytes()), None));
    assert!(error.contains("FATAL: no \u{fffd}[2J\u{fffd} for … xxx"), "{error}");
    assert!(error.chars().count() < 800 && !error.chars().any(char::is_control), "{error}");
}

/// Off this machine a password is not said at all; here, a server may ask for it in clear.
#[test]
fn tls_that_is_asked_for_is_had_or_nothing_is_said() {
    let heard: Arc<std::sync::Mutex<Vec<u8>>> = Arc::default();
    let ears = Arc::clone(&heard);
    let url = stub(move |mut stream| {
        let mut bytes = [0; 4_096];
        let length = stream.read(&mut bytes).unwrap_or(0);
        ears.lock().unwrap().extend_from_slice(&bytes[..length]);
        let _ = stream.write_all(b"N");
        let _ = stream.read_to_end(&mut ears.lock().unwrap());
    });
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.crt");
    std::fs::write(&root, "").unwrap();
    let with = |more: String| refused(&format!("{url}&{more}"));
    assert!(with("sslmode=require".to_owned()).contains("name the file of certificates"));
    let error = with(format!("sslmode=verify-full&sslrootcert={}", root.display()));
    assert!(error.contains("it has none in the format PEM"), "{error}");
    std::fs::write(&root, AUTHORITY).unwrap();
    let error = with(format!("sslmode=verify-full&sslrootcert={}", root.display()));
    assert!(error.contains("the server has no TLS"), "{error}");
    let heard = heard.lock().unwrap();
    assert!(!String::from_utf8_lossy(&heard).contains("bi-mat"));
    assert!(!String::from_utf8_lossy(&heard).contains("kycuong"), "not even the user");
}

/// The certificate of an authority of nobody's, valid until 2126.
const AUTHORITY: &str = include_str!("authority.crt");

#[test]
fn a_line_that_goes_dead_in_the_middle_ends_the_fetch() {
    let server = Server::get();
    let direct = server.new_database();
    import(&sample(), &Address::parse(&direct).unwrap()).unwrap();
    let socket = server.folder().join(".s.PGSQL.5432");
    let dead = Arc::new(AtomicBool::new(false));
    let cut = Arc::clone(&dead);
    let url = stub(move |client| {
        let server = UnixStream::connect(&socket).unwrap();
        let (mut from, mut to) = (server.try_clone().unwrap(), client.try_clone().unwrap());
        let cut = Arc::clone(&cut);
        thread::spawn(move || {
            let mut bytes = [0; 65_536];
            while let Ok(length @ 1..) = from.read(&mut bytes) {
                if !cut.load(Ordering::Relaxed) && to.write_all(&bytes[..length]).is_err() {
                    break;
                }
            }
        });
        let (mut from, mut to) = (client, server);
        let _ = std::io::copy(&mut from, &mut to);
    });
    let database = direct.rsplit('/').next().unwrap();
    let url = url.replace("/tinh?", &format!("/{database}?"));
    let facts = PostgresFacts::connect(&PostgresAddress::parse(&url).unwrap()).unwrap();
    let query = FactQuery { table: "systems".to_owned(), column: None, keys: Vec::new() };
    assert_eq!(facts.fetch(&query).unwrap().unwrap().rows.len(), 14);
    dead.store(true, Ordering::Relaxed);
    let start = Instant::now();
    let error = with_causes(&facts.fetch(&query).unwrap_err());
    assert!(error.ends_with("the server did not answer in time"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(25));
    // The other tables of the check do not wait as long again.
    let start = Instant::now();
    let error = with_causes(&facts.fetch(&query).unwrap_err());
    assert!(error.contains("it is not asked again for 5 s"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(1));
    // And then it is, and is well.
    dead.store(false, Ordering::Relaxed);
    thread::sleep(Duration::from_secs(5));
    assert_eq!(facts.fetch(&query).unwrap().unwrap().rows.len(), 14);
}

#[test]
fn values_that_a_database_cannot_hold_match_nothing() {
    let server = Server::get();
    let utf8 = server.new_database();
    let mut client = postgres::Client::connect(&utf8, postgres::NoTls).unwrap();
    client
        .batch_execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        .unwrap();
    let latin = server.url("latin");
    let mut client = postgres::Client::connect(&latin, postgres::NoTls).unwrap();
    client
        .batch_execute("CREATE TABLE systems (id text, name text, function_code text, scope text, owner text, domain text, is_core text); INSERT INTO systems (id, name) VALUES ('HT-01', 'a'), ('caf\u{e9}', 'b')")
        .unwrap();
    import(&sample(), &Address::parse(&utf8).unwrap()).unwrap();
    for (url, expected) in [(utf8, 1), (latin, 2)] {
        let source = Address::parse(&url).unwrap().open().unwrap();
        let keys =
            ["HT-01", "caf\u{e9}", "LGSP-DN", "NĐ-CP", "a\u{0}b", "\u{0}", "", "\u{fffe}", "😀"];
        let mut keys = keys.map(str::to_owned).to_vec();
        keys.sort();
        let query = FactQuery { table: "systems".to_owned(), column: Some("id".to_owned()), keys };
        assert_eq!(source.fetch(&query).unwrap().unwrap().rows.len(), expected, "{url}");
    }
}

#[test]
fn rows_are_counted_while_they_come_and_views_end_in_time() {
    let server = Server::get();
    let url = server.new_database();
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    let rest = "'a'::text AS name, ''::text AS function_code, ''::text AS scope, ''::text AS owner, ''::text AS domain, ''::text AS is_core";
    client
        .batch_execute(&format!(
            "CREATE VIEW systems AS WITH RECURSIVE n(x) AS (SELECT 1::bigint UNION ALL SELECT x + 1 FROM n) SELECT x::text AS id, {rest} FROM n"
        ))
        .unwrap();
    let source = Address::parse(&url).unwrap().open().unwrap();
    let query = |column: Option<&str>| FactQuery {
        table: "systems".to_owned(),
        column: column.map(str::to_owned),
        keys: column.map(|_| "x".to_owned()).into_iter().collect(),
    };
    let error = with_causes(&source.fetch(&query(None)).unwrap_err());
    assert_eq!(error, "the facts have 200001 rows at least, this host takes 200000");
    let start = Instant::now();
    let error = with_causes(&source.fetch(&query(Some("id"))).unwrap_err());
    assert!(error.contains("statement timeout") || error.contains("in time"), "{error}");
    assert!(start.elapsed() < Duration::from_secs(30));
    // What is no table is not written through.
    let error = with_causes(&import(&sample(), &Address::parse(&url).unwrap()).unwrap_err());
    assert!(error.contains("`systems` is there and is no table"), "{error}");
    client.batch_execute("DROP VIEW systems; CREATE TABLE communes (code text, population int); INSERT INTO communes VALUES ('1', 2)").unwrap();
    let error = with_causes(&import(&sample(), &Address::parse(&url).unwrap()).unwrap_err());
    assert!(error.contains("has the column `population`, which facts do not have"), "{error}");
    assert_eq!(client.query("SELECT * FROM communes", &[]).unwrap().len(), 1);
}
