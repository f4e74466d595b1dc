//! Shows a stored report as SARIF: `cargo run -p kycuong-render --example stored_report -- FILE`.
//!
//! No rule runs here and no sandbox is linked: a report is data.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::error::Error;
use std::process::ExitCode;

use kycuong_render::{Checked, Language, sarif};
use kycuong_report::Report;

fn main() -> ExitCode {
    match render() {
        Ok(log) => {
            print!("{log}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn render() -> Result<String, Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("expected the file of a report")?;
    let report = Report::from_json(&std::fs::read(&file)?)?;
    let submission = file.replace(".report.json", ".json");
    Ok(sarif(&[Checked::of(&submission, &report)], Language::Vi))
}
