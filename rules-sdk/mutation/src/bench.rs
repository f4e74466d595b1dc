//! Talks to the built pack: one job, one answer. A rule that does not come back is ended.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use kycuong_rules_sdk::testing::{Job, JobResult};

use crate::error::MutationError;

/// How long one evaluation may take: a thousand times what a case takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running pack.
#[derive(Debug)]
pub(crate) struct Bench {
    program: PathBuf,
    running: Running,
    /// The pack's manifest as JSON.
    pub(crate) manifest: String,
    /// How many evaluations were run.
    pub(crate) evaluations: usize,
}

#[derive(Debug)]
struct Running {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Bench {
    pub(crate) fn start(program: &Path) -> Result<Self, MutationError> {
        let (running, manifest) = Running::start(program)?;
        Ok(Self { program: program.to_owned(), running, manifest, evaluations: 0 })
    }

    pub(crate) fn run(&mut self, job: &Job) -> Result<JobResult, MutationError> {
        self.evaluations += 1;
        let line =
            serde_json::to_string(job).map_err(|source| MutationError::JobResult { source })?;
        let sent = self.running.input.as_mut().map(|input| writeln!(input, "{line}"));
        if let Some(Err(source)) = sent {
            return Err(MutationError::program("run", &self.program)(source));
        }
        match self.running.lines.recv_timeout(PATIENCE) {
            Ok(line) => {
                serde_json::from_str(&line).map_err(|source| MutationError::JobResult { source })
            }
            // It hangs, or it died of a stack that overflowed: the next job needs a new one. That
            // it gives no answer is its answer.
            Err(_) => {
                self.running = Running::start(&self.program)?.0;
                Ok(JobResult { status: None, reached: Vec::new() })
            }
        }
    }
}

impl Running {
    fn start(program: &Path) -> Result<(Self, String), MutationError> {
        let mut child = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(MutationError::program("run", program))?;
        let (sender, lines) = channel();
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        return;
                    }
                }
            });
        }
        let input = child.stdin.take();
        let running = Self { child, input, lines };
        let silent = || std::io::Error::other("it says nothing");
        let manifest = running
            .lines
            .recv_timeout(PATIENCE)
            .map_err(|_| MutationError::program("hear", program)(silent()))?;
        Ok((running, manifest))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It ends by itself when its input does; one that hangs does not.
        drop(self.input.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
