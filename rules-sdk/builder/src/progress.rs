//! What a build says while it works, so that a command line can show that it is alive.

use std::fmt;
use std::path::PathBuf;

/// One step of a build, in the order in which they happen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress {
    /// Something is about to be installed on this machine.
    Installing {
        /// The command that does it.
        command: String,
    },
    /// The toolchain was chosen.
    Toolchain {
        /// The compiler's own version line, and how it comes by the standard library.
        version: String,
    },
    /// Cargo starts on these packages.
    Compiling {
        /// Their names.
        packages: Vec<String>,
    },
    /// A line that cargo, the compiler or an installer wrote just now.
    Line(String),
    /// A pack's component is written.
    Built {
        /// The pack's id.
        pack: String,
        /// The component's file.
        path: PathBuf,
        /// Its size in bytes.
        size: usize,
        /// Its SHA-256, in hexadecimal.
        digest: String,
    },
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Installing { command } => write!(f, "installing on this machine: {command}"),
            Self::Toolchain { version } => write!(f, "toolchain: {version}"),
            Self::Compiling { packages } => write!(f, "compiling {}", packages.join(", ")),
            Self::Line(line) => f.write_str(line),
            Self::Built { pack, path, size, digest } => {
                write!(f, "built {pack}: {} ({size} bytes, sha256 {digest})", path.display())
            }
        }
    }
}
