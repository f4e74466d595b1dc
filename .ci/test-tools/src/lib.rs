//! Programs that tests run and a new machine lacks: a browser, PostgreSQL's server.
//!
//! `cargo test --workspace` is the README's second command and needs no set-up before it, so what is
//! missing is installed where that is possible (Debian, as root) and named where it is not.

use std::env;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// Debian's installer of packages.
const APT: &str = "/usr/bin/apt-get";

/// Seconds to wait for another installation of the same machine: a browser takes a minute or two.
const LOCK_SECONDS: u32 = 600;

/// One installation at a time within a test program.
static INSTALLING: Mutex<()> = Mutex::new(());

/// A program that tests need.
#[derive(Clone, Copy, Debug)]
pub struct Tool {
    /// What it is, in an English sentence: “PostgreSQL's server”.
    pub name: &'static str,
    /// The names that its program may have; the first that is found is taken.
    pub programs: &'static [&'static str],
    /// Debian's packages that bring it.
    pub packages: &'static [&'static str],
    /// A folder of versions, each with a `bin`, that is not in `PATH`; the newest is looked at first.
    pub versions: Option<&'static str>,
}

/// A browser that runs without a screen, and letters for Vietnamese.
pub const CHROMIUM: Tool = Tool {
    name: "a browser (Chromium)",
    programs: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    packages: &["chromium", "fonts-noto-core"],
    versions: None,
};

/// PostgreSQL's server: `initdb` and what stands beside it.
pub const POSTGRESQL: Tool = Tool {
    name: "PostgreSQL's server",
    programs: &["initdb"],
    packages: &["postgresql"],
    versions: Some("/usr/lib/postgresql"),
};

impl Tool {
    /// The program's file, after installing it where it was missing.
    ///
    /// # Errors
    ///
    /// A sentence that names the tool, the packages and the command that installs them, when the
    /// program is not there and could not be installed.
    ///
    /// ```
    /// # use kycuong_test_tools::Tool;
    /// let shell = Tool { name: "a shell", programs: &["sh"], packages: &["dash"], versions: None };
    /// assert!(shell.find().unwrap().ends_with("sh"));
    /// ```
    pub fn find(&self) -> Result<PathBuf, String> {
        let _one = INSTALLING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = self.installed() {
            return Ok(found);
        }
        let failure = self.install().err();
        self.installed().ok_or_else(|| self.missing(failure.as_deref()))
    }

    fn installed(&self) -> Option<PathBuf> {
        let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
        let versions = self.versions.and_then(|folder| fs::read_dir(folder).ok());
        let versions = versions.into_iter().flatten();
        let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).max_by_key(version);
        let in_path = env::var_os("PATH");
        let in_path = in_path.iter().flat_map(env::split_paths);
        let folders: Vec<_> =
            newest.map(|path| path.join("bin")).into_iter().chain(in_path).collect();
        let files = self
            .programs
            .iter()
            .flat_map(|program| folders.iter().map(move |folder| folder.join(program)));
        files.into_iter().find(|file| file.is_file())
    }

    /// Installs the packages; why not, when it cannot.
    fn install(&self) -> Result<(), String> {
        if !Path::new(APT).exists() {
            return Err("this is not Debian".to_owned());
        }
        let packages = self.packages.join(" ");
        // Said at once: a test that is silent for two minutes looks as if it hung.
        let _ = writeln!(
            std::io::stderr(),
            "installing {} for the tests: apt-get install {packages}",
            self.name
        );
        apt(&["update"])?;
        let mut arguments = vec!["install", "-y", "--no-install-recommends"];
        arguments.extend(self.packages);
        apt(&arguments)
    }

    fn missing(&self, failure: Option<&str>) -> String {
        format!(
            "this test needs {}, which is not installed and could not be ({}); run as root: \
             apt-get update && apt-get install -y --no-install-recommends {}",
            self.name,
            failure.unwrap_or("its packages bring no such program"),
            self.packages.join(" ")
        )
    }
}

/// Runs the installer; the last line of what it said, when it fails.
fn apt(arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(APT)
        .arg("-qq")
        .arg("-o")
        .arg(format!("DPkg::Lock::Timeout={LOCK_SECONDS}"))
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{APT}: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rev().find(|line| !line.trim().is_empty());
    Err(format!("apt-get: {}", last.unwrap_or("it failed and said nothing")))
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn what_cannot_be_installed_is_named_with_its_command() {
        let tool = Tool {
            name: "a program of no package",
            programs: &["kycuong-no-such-program"],
            packages: &["kycuong-no-such-package"],
            versions: Some("/nonexistent"),
        };
        let error = tool.find().unwrap_err();
        assert!(error.contains("this test needs a program of no package"), "{error}");
        assert!(error.contains("--no-install-recommends kycuong-no-such-package"), "{error}");
    }

    #[test]
    fn the_newest_version_comes_before_the_path() {
        let folder = std::env::temp_dir().join(format!("kycuong-tools-{}", std::process::id()));
        for version in ["9", "15", "x"] {
            let bin = folder.join(version).join("bin");
            std::fs::create_dir_all(&bin).unwrap();
            std::fs::write(bin.join("sh"), "").unwrap();
        }
        let versions: &'static str = Box::leak(folder.display().to_string().into_boxed_str());
        let tool =
            Tool { name: "a shell", programs: &["sh"], packages: &[], versions: Some(versions) };
        assert_eq!(tool.find().unwrap(), folder.join("15/bin/sh"));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
