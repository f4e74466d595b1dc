//! TLS to a real server: a certificate that is vouched for, one that is known itself, and all others.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use kycuong_facts::{Address, import};
use kycuong_model::text::with_causes;

use crate::samples::sample;
use crate::server::{Server, must};

/// Certificates of an authority, of a server that it vouches for under the name `localhost`, and of one that
/// vouches for itself. OpenSSL comes with Debian's PostgreSQL.
fn certificates(folder: &Path) {
    let openssl = |arguments: &str| {
        let mut command = Command::new("openssl");
        must(command.current_dir(folder).args(arguments.split(' ')));
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500";
    for name in ["authority", "alone"] {
        openssl(&format!("req -x509 {key} -keyout {name}.key -out {name}.crt -subj /CN={name}"));
    }
    openssl(&format!("req {key} -keyout server.key -out server.csr -subj /CN=localhost"));
    std::fs::write(
        folder.join("names"),
        "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n",
    )
    .unwrap();
    openssl(
        "x509 -req -in server.csr -CA authority.crt -CAkey authority.key -CAcreateserial -days 36500 -extfile names -out server.crt",
    );
}

fn start(certificate: &str, port: u16) -> Server {
    Server::start(|folder| {
        certificates(folder);
        let at = |end: &str| folder.join(format!("{certificate}.{end}")).display().to_string();
        format!(
            "-c listen_addresses=127.0.0.1 -c port={port} -c ssl=on -c ssl_cert_file='{}' -c ssl_key_file='{}'",
            at("crt"),
            at("key")
        )
    })
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn a_certificate_is_vouched_for_or_known_or_refused() {
    for certificate in ["server", "alone"] {
        let port = free_port();
        let server = start(certificate, port);
        let open = |host: &str, roots: &str| {
            let roots = server.folder().join(roots).display().to_string();
            let url = format!(
                "postgres://kycuong@{host}:{port}/postgres?sslmode=require&sslrootcert={roots}"
            );
            let address = Address::parse(&url).unwrap();
            address.open().map(drop).map_err(|error| with_causes(&error)).map(|()| address)
        };
        let vouched = open("localhost", "authority.crt");
        let known = open("127.0.0.1", &format!("{certificate}.crt"));
        let address = known.unwrap();
        import(&sample(), &address).unwrap();
        assert_eq!(address.read().unwrap().tables().count(), 11);
        match certificate {
            "server" => assert!(vouched.is_ok(), "{vouched:?}"),
            _ => assert!(vouched.unwrap_err().contains("certificate"), "nobody vouches for it"),
        }
        // Another name, another authority, another certificate.
        for (host, roots) in [("127.0.0.1", "authority.crt"), ("localhost", "other.crt")] {
            if roots == "other.crt" {
                let other = if certificate == "server" { "alone.crt" } else { "server.crt" };
                std::fs::copy(server.folder().join(other), server.folder().join(roots)).unwrap();
            }
            let error = open(host, roots).unwrap_err();
            assert!(error.contains("certificate"), "{certificate} {host} {roots}: {error}");
        }
        let mut client = postgres::Client::connect(
            &format!("postgres://kycuong@127.0.0.1:{port}/postgres"),
            postgres::NoTls,
        )
        .unwrap();
        let _held = address.open().unwrap();
        let encrypted = "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE ssl AND application_name = 'kycuong'";
        let count: i64 = client.query_one(encrypted, &[]).unwrap().get(0);
        assert!(count >= 1, "the line is encrypted");
    }
}
