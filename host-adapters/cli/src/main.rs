//! `kycuong`, the command line: for developers and appraisers at the desk, and for authors of rules.
//!
//! Results go to standard output, everything else to standard error.

mod args;
mod audit;
mod book;
mod build;
mod check;
mod clock;
mod code_cache;
mod error;
mod explain;
mod facts;
mod inspect;
mod lint;
mod mutate;
mod output;
mod packs;
mod replay;
mod scaffold;
mod signing;
mod terminal;
mod test;
mod trust;
mod verify;

use std::process::ExitCode;

use clap::Parser;
use kycuong_engine::Verdict;

use crate::args::{Arguments, Command};
use crate::error::CommandError;
use crate::replay::VerifyResult;

/// What the exit code says; scripts rely on the numbers.
const ACCEPT: u8 = 0;
const RETURN: u8 = 1;
const UNDETERMINED: u8 = 2;
const ERROR: u8 = 3;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            if !error.use_stderr() {
                // When nobody can read it, there is nothing to do about it.
                let _ = error.print();
                return ExitCode::from(ACCEPT);
            }
            // An argument in the wrong place is repeated, and may be an address.
            let text = error.render().to_string();
            terminal::say(error::without_passwords(&text).trim_end());
            return ExitCode::from(ERROR);
        }
    };
    match run(&arguments.command) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            terminal::say(&format!("kycuong: {}", error.line()));
            ExitCode::from(ERROR)
        }
    }
}

fn run(command: &Command) -> Result<u8, CommandError> {
    match command {
        Command::Check(arguments) => {
            let verdict = check::run(arguments)?;
            return Ok(match verdict {
                Verdict::Return => RETURN,
                Verdict::Undetermined => UNDETERMINED,
                Verdict::AcceptWithWarnings if arguments.deny_warnings => RETURN,
                Verdict::AcceptWithWarnings | Verdict::Accept => ACCEPT,
            });
        }
        Command::Test(arguments) => {
            let passed = test::run(&arguments.dir, arguments.update)?;
            return Ok(if passed { ACCEPT } else { RETURN });
        }
        Command::Mutate(arguments) => {
            let good = mutate::run(arguments)?;
            return Ok(if good { ACCEPT } else { RETURN });
        }
        Command::Verify(arguments) => {
            return Ok(match verify::run(arguments)? {
                VerifyResult::Holds => ACCEPT,
                VerifyResult::Refuted => RETURN,
                VerifyResult::Undetermined => UNDETERMINED,
            });
        }
        Command::Audit(arguments) => {
            return Ok(if audit::run(&arguments.command)? { ACCEPT } else { RETURN });
        }
        Command::Lint(arguments) => {
            return Ok(if lint::run(arguments)? { ACCEPT } else { RETURN });
        }
        Command::Inspect(arguments) => {
            return Ok(if inspect::run(arguments)? { ACCEPT } else { RETURN });
        }
        Command::Explain(arguments) => explain::run(arguments)?,
        Command::Key(arguments) => signing::key(&arguments.command)?,
        Command::Sign(arguments) => signing::sign(arguments)?,
        Command::Book(arguments) => book::run(arguments)?,
        Command::Build(arguments) => build::run(&arguments.dirs)?,
        Command::Facts(arguments) => facts::run(&arguments.command)?,
        Command::NewPack(arguments) => scaffold::new_pack(arguments)?,
        Command::NewRule(arguments) => scaffold::new_rule(arguments)?,
    }
    Ok(ACCEPT)
}
