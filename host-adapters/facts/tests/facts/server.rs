//! A PostgreSQL server of the tests' own: from Debian's package, in a throw-away directory, on a socket.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock, Mutex, Weak};

use kycuong_test_tools::POSTGRESQL;

/// A running server; it ends with the last test that holds it.
pub struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    as_postgres: bool,
}

static RUNNING: LazyLock<Mutex<Weak<Server>>> = LazyLock::new(Mutex::default);
static DATABASES: AtomicU32 = AtomicU32::new(0);

impl Server {
    /// The server, started if need be.
    pub fn get() -> Arc<Self> {
        let mut running = RUNNING.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        running.upgrade().unwrap_or_else(|| {
            let server = Arc::new(Self::start(|_| String::from("-c listen_addresses=''")));
            *running = Arc::downgrade(&server);
            server
        })
    }

    /// The address of a new, empty database.
    pub fn new_database(&self) -> String {
        let name = format!("facts_{}", DATABASES.fetch_add(1, Ordering::Relaxed));
        let mut client = postgres::Client::connect(&self.url("postgres"), postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        self.url(&name)
    }

    /// The address of a database, on the socket.
    pub fn url(&self, database: &str) -> String {
        let socket = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgres://kycuong:bi-mat-cua-tinh@{socket}/{database}")
    }

    /// The folder of the server: its sockets, and whatever a test keeps there.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts a server with further options, which may need files of the folder.
    pub fn start(options: impl FnOnce(&Path) -> String) -> Self {
        let initdb = POSTGRESQL.find().unwrap_or_else(|error| panic!("{error}"));
        let programs = initdb.parent().unwrap().to_owned();
        let folder = tempfile::Builder::new().prefix("kycuong-pg").tempdir_in("/tmp").unwrap();
        // The server refuses to run as root.
        let as_postgres = fs::metadata(folder.path()).unwrap().uid() == 0;
        if as_postgres {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
            must(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let server = Self { folder, programs, as_postgres };
        let data = server.data();
        must(server.program("initdb").arg("-D").arg(&data).args([
            "-U",
            "kycuong",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]));
        let further = options(server.folder.path());
        if server.as_postgres {
            must(Command::new("chown").arg("-R").arg("postgres").arg(server.folder.path()));
        }
        let options = format!(
            "{further} -c unix_socket_directories='{}' -c fsync=off",
            server.folder.path().display()
        );
        must(
            server
                .program("pg_ctl")
                .arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(server.folder.path().join("log"))
                .args(["-w", "-o", &options, "start"]),
        );
        server
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn program(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if self.as_postgres {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(path);
            command
        } else {
            Command::new(path)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        let mut stop = self.program("pg_ctl");
        let _ = quiet(stop.arg("-D").arg(data).args(["-m", "immediate", "-w", "stop"])).status();
    }
}

/// The server would hold the pipes of the tests open.
fn quiet(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::null()).stdout(Stdio::null())
}

/// Runs a program that must succeed.
pub fn must(command: &mut Command) {
    let status = quiet(command).stderr(Stdio::null()).status();
    assert!(
        status.as_ref().is_ok_and(std::process::ExitStatus::success),
        "{command:?}: {status:?}"
    );
}
