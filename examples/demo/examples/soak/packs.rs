//! The packs of a soak: the good ones, hostile ones that load and must be contained, and files that
//! must be refused.

use kycuong_demo::{build_packs, examples};
use kycuong_engine::RulePack;
use kycuong_engine::limits::Limits;
use kycuong_engine::pack::PackDescription;
use kycuong_engine::sandbox::Sandbox;
use kycuong_test_packs::canned_pack::{
    Canned, ECHO, FILLER, LOOP, OUTSIDE, PANIC, RECURSION, pass,
};
use kycuong_test_packs::hostile_file::corpus;
use kycuong_test_packs::section::custom_section;

use crate::io::{Anything, say};
use crate::random::Random;

/// A pack that loads.
#[derive(Clone, Debug)]
pub struct Pack {
    pub id: String,
    pub bytes: Vec<u8>,
}

/// All there is to make sets of.
#[derive(Debug)]
pub struct Packs {
    pub good: Vec<Pack>,
    /// Each with rules that are mandatory where they apply, and that crash.
    pub hostile: Vec<Pack>,
    /// Files that admission, compilation or the first call must refuse.
    pub refused: Vec<Vec<u8>>,
}

impl Packs {
    /// Builds the good ones from source; the hostile ones are the corpus of the engine's tests.
    pub fn gather(limits: &Limits) -> Anything<Self> {
        let built = build_packs(|step| say(&format!("  {step}")))?;
        let good = built.into_iter().map(|pack| Pack { id: pack.name, bytes: pack.bytes });
        let ill = [LOOP, FILLER, RECURSION, OUTSIDE, PANIC, ECHO].into_iter().enumerate();
        let mut hostile: Vec<Pack> = ill
            .map(|(number, body)| {
                let id = format!("xau-{number}");
                let bytes = Canned::new(&id, "VN").rule("hai", pass()).body(body).bytes();
                Pack { id, bytes }
            })
            .collect();
        let mut refused = Vec::new();
        let sandbox = Sandbox::new(limits)?;
        let folder = examples().join("../engine/tests/hostile/corpus");
        for file in corpus(&folder) {
            match RulePack::load(&sandbox, &file.bytes) {
                Ok(pack) => {
                    let id = pack.manifest().pack.clone();
                    hostile.push(Pack { id, bytes: file.bytes });
                }
                Err(_) => refused.push(file.bytes),
            }
        }
        Ok(Self { good: good.collect(), hostile, refused })
    }

    /// A random choice, each id once, stamped so that no other set has packs of the same bytes.
    pub fn choose(&self, stamp: usize, random: &mut Random) -> Vec<(Pack, bool)> {
        let mut chosen: Vec<(Pack, bool)> = Vec::new();
        let (good, hostile) = (1 + random.below(self.good.len()), random.below(4));
        for (from, count, is_hostile) in [(&self.good, good, false), (&self.hostile, hostile, true)]
        {
            for _ in 0..count {
                let Some(pack) = random.pick(from) else { continue };
                if chosen.iter().all(|(other, _)| other.id != pack.id) {
                    chosen.push((stamped(pack, stamp), is_hostile));
                }
            }
        }
        chosen
    }

    /// A file that must not be activated: of the corpus, or a good one that was tampered with.
    pub fn spoilt(&self, random: &mut Random) -> Vec<u8> {
        if random.one_in(2)
            && let Some(file) = random.pick(&self.refused)
        {
            return file.clone();
        }
        let Some(pack) = random.pick(&self.good) else { return Vec::new() };
        let mut bytes = pack.bytes.clone();
        match random.below(5) {
            // In the first half: the last section holds cases, without which a pack is whole.
            0 => bytes.truncate(random.below(bytes.len() / 2)),
            1 => spoil_manifest(&mut bytes, random),
            2 => bytes.extend(custom_section("kycuong:manifest", b"{}")),
            3 => bytes.extend(custom_section("kycuong:anything", b"")),
            _ => {
                let at = random.below(8);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 0x55;
                }
            }
        }
        bytes
    }

    /// A good file with some bits turned: mostly refused, sometimes still a pack.
    pub fn turned(&self, random: &mut Random) -> Vec<u8> {
        let mut bytes = random.pick(&self.good).map(|pack| pack.bytes.clone()).unwrap_or_default();
        for _ in 0..=random.below(8) {
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        bytes
    }
}

/// The same pack in a file of its own: tools may write sections of any other name.
fn stamped(pack: &Pack, stamp: usize) -> Pack {
    let mut bytes = pack.bytes.clone();
    bytes.extend(custom_section("soak", format!("set {stamp}").as_bytes()));
    Pack { id: pack.id.clone(), bytes }
}

/// Changes one byte of the manifest that the host trusts: the code answers another one.
fn spoil_manifest(bytes: &mut [u8], random: &mut Random) {
    const NAME: &[u8] = b"kycuong:manifest";
    let start = bytes.windows(NAME.len()).rposition(|window| window == NAME);
    let start = start.unwrap_or_default() + NAME.len();
    let at = start + random.below(200);
    if let Some(byte) = bytes.get_mut(at) {
        *byte ^= 1 << random.below(6);
    }
}

/// The id and digest of a file, as a receipt has them.
pub fn receipt_of(bytes: &[u8], limits: &Limits) -> Anything<(String, String)> {
    let description = PackDescription::read(bytes, limits)?;
    Ok((description.manifest.pack, description.digest))
}
