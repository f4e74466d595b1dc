//! The smallest host: `cargo run -p kycuong-embed -- PACKS FILE` judges one file by the packs of a
//! directory, signed or not (a platform gives a trust store instead of `allow_unsigned`), on the day on which the file says that it was submitted.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::error::Error;
use std::process::ExitCode;

use kycuong_engine::{Engine, Verdict};

fn main() -> ExitCode {
    match check() {
        Ok(Verdict::Return) => ExitCode::from(1),
        Ok(Verdict::Undetermined) => ExitCode::from(2),
        Ok(Verdict::Accept | Verdict::AcceptWithWarnings) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

fn check() -> Result<Verdict, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(packs), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("expected the directory of the rule packs and the file to judge".into());
    };
    let engine = Engine::builder().packs_from_dir(packs).allow_unsigned().build()?;
    let submission = engine.read(std::fs::read(&file)?);
    let on = submission.submitted_on().ok_or("the file does not say when it was submitted")?;
    let report = engine.check(&submission, on)?.into_report();
    println!("{} ({})", report.verdict_text.vi, report.verdict.code());
    for found in &report.findings {
        println!("{file}:{}:{}: {}", found.line, found.column, found.message.vi);
        println!("    {} [{}]", found.remedy.vi, found.rule);
    }
    Ok(report.verdict)
}
