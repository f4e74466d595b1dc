//! What is submitted: the sample dossiers, and what could become of them on the way.

use kycuong_demo::{AS_NEW, boundaries, dossiers};
use kycuong_engine::report::Submission as Read;
use kycuong_engine::{Date, Limits};

use crate::io::Anything;
use crate::random::Random;

/// A submission and the day on which it is judged.
#[derive(Clone, Debug)]
pub struct Submission {
    pub bytes: Vec<u8>,
    pub on: Date,
}

/// The seven dossiers and the boundary cases.
pub fn samples() -> Anything<Vec<Submission>> {
    let mut samples = Vec::new();
    for sample in dossiers()?.into_iter().chain(boundaries()?) {
        let bytes = std::fs::read(&sample.path)?;
        let read = Read::read(bytes.as_slice(), &Limits::default().submission());
        let on = sample.on.or_else(|| read.submitted_on()).unwrap_or(AS_NEW);
        samples.push(Submission { bytes, on });
    }
    Ok(samples)
}

/// A sample with something changed, so that it may be anything.
pub fn changed(sample: &Submission, random: &mut Random) -> Submission {
    let mut bytes = sample.bytes.clone();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(7) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.below(8);
                }
            }
            1 => bytes.truncate(at),
            2 => huge_number(&mut bytes, at, random),
            3 => {
                let end = (at + random.below(400)).min(bytes.len());
                drop(bytes.drain(at..end));
            }
            4 => {
                let end = (at + random.below(2_000)).min(bytes.len());
                bytes.extend_from_within(at..end);
            }
            5 => drop(bytes.splice(at..at, std::iter::repeat_n(b'[', random.below(200)))),
            _ => {
                let noise: Vec<u8> = (0..random.below(40)).map(|_| random.next() as u8).collect();
                drop(bytes.splice(at..at, noise));
            }
        }
    }
    Submission { bytes, on: sample.on }
}

/// Puts a number that fits nowhere in the place of the next one.
fn huge_number(bytes: &mut Vec<u8>, from: usize, random: &mut Random) {
    let rest = bytes.get(from..).unwrap_or_default();
    let Some(start) = rest.iter().position(u8::is_ascii_digit).map(|at| from + at) else { return };
    let digits = bytes.get(start..).unwrap_or_default();
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let huge = match random.below(4) {
        0 => "9".repeat(400),
        1 => "1e999999999".to_owned(),
        2 => "-0.00000000000000000000000000000000001".to_owned(),
        _ => "18446744073709551616".to_owned(),
    };
    drop(bytes.splice(start..start + length, huge.into_bytes()));
}
