//! Running a program whose lines are passed on while it runs.

use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::error::BuildError;
use crate::progress::Progress;

/// What a program did.
pub(crate) struct Finished {
    /// Whether it exited with 0.
    pub(crate) ok: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Which of a program's lines are for people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoken {
    /// Standard error; standard output is for this program.
    Errors,
    /// Both.
    Everything,
}

#[derive(Clone, Copy)]
enum Stream {
    Out,
    Err,
}

/// Runs a program to its end; each line that it speaks becomes [`Progress::Line`] at once.
pub(crate) fn run(
    command: &mut Command,
    spoken: Spoken,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Finished, BuildError> {
    let program = command.get_program().to_string_lossy().into_owned();
    run_inner(command, spoken, progress).map_err(|source| BuildError::Run { program, source })
}

/// Runs a program that has nothing to say on the way; `None` when it is absent or fails.
pub(crate) fn ask(
    program: impl AsRef<OsStr>,
    prepare: impl FnOnce(&mut Command),
) -> Option<String> {
    let mut command = Command::new(program);
    prepare(&mut command);
    let finished = run_inner(&mut command, Spoken::Errors, &mut |_| ()).ok()?;
    finished.ok.then(|| finished.stdout.trim().to_owned())
}

fn run_inner(
    command: &mut Command,
    spoken: Spoken,
    progress: &mut dyn FnMut(&Progress),
) -> io::Result<Finished> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (lines, received) = channel();
    let out = child.stdout.take();
    let err = child.stderr.take();
    let out_lines = lines.clone();
    thread::spawn(move || forward(out, Stream::Out, &out_lines));
    thread::spawn(move || forward(err, Stream::Err, &lines));
    let (mut stdout, mut stderr) = (String::new(), String::new());
    // Ends when both threads have dropped their senders, which is when the program closed both ends.
    for (stream, line) in received {
        let (kept, is_spoken) = match stream {
            Stream::Out => (&mut stdout, spoken == Spoken::Everything),
            Stream::Err => (&mut stderr, true),
        };
        kept.push_str(&line);
        kept.push('\n');
        if is_spoken {
            progress(&Progress::Line(line));
        }
    }
    let ok = child.wait()?.success();
    Ok(Finished { ok, stdout, stderr })
}

fn forward(pipe: Option<impl Read>, stream: Stream, lines: &Sender<(Stream, String)>) {
    let Some(pipe) = pipe else { return };
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    // A read error ends the stream: the program's exit status then tells the rest.
    while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
        let text = String::from_utf8_lossy(&line);
        // A line that was overwritten in place: its last state.
        let text = text.trim_end().rsplit('\r').next().unwrap_or_default().to_owned();
        if lines.send((stream, text)).is_err() {
            return;
        }
        line.clear();
    }
}
