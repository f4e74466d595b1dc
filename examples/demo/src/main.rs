//! `cargo demo`: builds the six packs from source, judges the sample dossiers, prints the verdicts.

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use kycuong_demo::{Sample, build_packs, comparable, dossiers, pack_set};
use kycuong_engine::{Report, Severity};
use kycuong_model::text::with_causes;
use kycuong_pack_builder::Progress;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{}", with_causes(&*error));
            ExitCode::from(3)
        }
    }
}

/// Whether every verdict is the expected one.
fn run() -> Result<bool, Box<dyn Error>> {
    let mut out = std::io::stdout();
    writeln!(out, "Dựng sáu gói quy tắc từ mã nguồn (building six rule packs from source)")?;
    let packs = build_packs(|step| match step {
        // Of cargo's own lines, those that show that something moves.
        Progress::Line(line) if !line.trim_start().starts_with("Compiling") => (),
        step => drop(writeln!(std::io::stdout(), "  {step}")),
    })?;
    let engine = pack_set(&packs)?.build()?;

    let mut rows = Vec::new();
    let mut as_expected = true;
    for sample in dossiers()? {
        let submission = engine.read(std::fs::read(&sample.path)?);
        let on = sample.on.or_else(|| submission.submitted_on());
        let on = on.ok_or("a sample does not say when it was submitted")?;
        let report = engine.check(&submission, on)?.into_report();
        show(&mut out, &sample, &report)?;
        let expected = std::fs::read_to_string(sample.report_path())?;
        as_expected &= expected == comparable(report.clone())?;
        rows.push((label(&sample), on, report));
    }

    writeln!(out, "\nKết luận (verdicts)\n")?;
    for (name, on, report) in &rows {
        writeln!(
            out,
            "  {name:<44} {on}  {:<22} {} chặn, {} cảnh báo, {} lưu ý",
            report.verdict.code(),
            report.counts.block,
            report.counts.warn,
            report.counts.inform
        )?;
    }
    if as_expected {
        writeln!(
            out,
            "\nMọi báo cáo trùng khớp với báo cáo mẫu (every report equals its expected one)."
        )?;
    } else {
        writeln!(
            out,
            "\nCó báo cáo khác báo cáo mẫu; xem examples/dossiers/*.report.json (a report differs from its expected one)."
        )?;
    }
    Ok(as_expected)
}

fn label(sample: &Sample) -> String {
    let name =
        sample.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if sample.on.is_some() { format!("{name} (xét như mới)") } else { name }
}

/// The verdict and what blocks or warns, one line each.
fn show(out: &mut impl std::io::Write, sample: &Sample, report: &Report) -> std::io::Result<()> {
    writeln!(out, "\n{}: {} — {}", label(sample), report.verdict.code(), report.verdict_text.vi)?;
    for finding in report.findings.iter().filter(|finding| finding.severity > Severity::Inform) {
        writeln!(
            out,
            "  [{}] {} (dòng {})\n      {}",
            finding.severity.code(),
            finding.rule,
            finding.line,
            finding.message.vi
        )?;
    }
    Ok(())
}
