//! The sets that may be active, each with the answers that it must give.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use kycuong_engine::digest;
use kycuong_engine::facts::{FactQuery, FactSource, FactTable};
use kycuong_engine::limits::Limits;
use kycuong_engine::sandbox::Sandbox;
use kycuong_engine::{
    Adoption, BuildError, CheckError, Date, Engine, EngineBuilder, FactError, Report, RulePack,
};
use kycuong_facts::FileFacts;

use crate::io::Anything;
use crate::packs::{Pack, Packs, receipt_of};
use crate::random::Random;
use crate::submissions::Submission;

/// One set of packs, and the host that says what it must answer: compiled once, one thread, a sandbox
/// that nothing else uses.
pub struct Set {
    pub packs: Vec<Pack>,
    hostile: BTreeSet<String>,
    /// The packs that are historic, when they are adopted.
    adopted: Vec<String>,
    threads: usize,
    receipt: BTreeMap<String, String>,
    reference: Engine,
    /// Of each sample, once somebody asked.
    expected: Vec<OnceLock<String>>,
}

/// All sets of a run.
pub struct Sets {
    pub sets: Vec<Set>,
    pub samples: Vec<Submission>,
    pub limits: Limits,
    facts: Arc<FileFacts>,
    /// The hosts that are not dropped yet, the references among them.
    alive: Arc<AtomicUsize>,
}

/// The facts of one host, and the count of hosts.
struct Source {
    facts: Arc<FileFacts>,
    alive: Arc<AtomicUsize>,
}

impl FactSource for Source {
    fn fetch(&self, query: &FactQuery) -> Result<Option<FactTable>, FactError> {
        self.facts.fetch(query)
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Sets {
    /// Makes some sets; the first has good packs alone.
    pub fn make(
        packs: &Packs,
        count: usize,
        samples: Vec<Submission>,
        limits: Limits,
        random: &mut Random,
    ) -> Anything<Self> {
        let facts = Arc::new(kycuong_demo::facts()?);
        let alive = Arc::new(AtomicUsize::new(0));
        let mut all = Self { sets: Vec::new(), samples, limits, facts, alive };
        let sandbox = Sandbox::new(&all.limits)?;
        while all.sets.len() < count {
            let mut chosen = packs.choose(all.sets.len(), random);
            if all.sets.is_empty() {
                chosen.retain(|(_, is_hostile)| !is_hostile);
            }
            let set = all.prepare(chosen, &sandbox, random)?;
            all.sets.push(set);
        }
        Ok(all)
    }

    fn prepare(
        &self,
        chosen: Vec<(Pack, bool)>,
        sandbox: &Sandbox,
        random: &mut Random,
    ) -> Anything<Set> {
        let hostile = chosen.iter().filter(|(_, is_hostile)| *is_hostile);
        let hostile = hostile.map(|(pack, _)| pack.id.clone()).collect();
        let packs: Vec<Pack> = chosen.into_iter().map(|(pack, _)| pack).collect();
        let loaded = packs.iter().map(|pack| RulePack::load(sandbox, &pack.bytes));
        let loaded = loaded.collect::<Result<Vec<_>, _>>()?;
        let provincial = |pack: &RulePack| {
            pack.manifest().status == kycuong_model::manifest::PackStatus::Historic
        };
        let adopted = loaded.iter().filter(|pack| provincial(pack));
        let adopted = adopted.map(|pack| pack.manifest().pack.clone());
        let adopted = if random.one_in(2) { adopted.collect() } else { Vec::new() };
        let receipts = packs.iter().map(|pack| receipt_of(&pack.bytes, &self.limits));
        let receipt = receipts.collect::<Anything<BTreeMap<_, _>>>()?;
        let builder =
            loaded.into_iter().fold(Engine::builder().allow_unsigned(), EngineBuilder::pack);
        let reference = self.configure(builder, &adopted).build()?;
        let expected = self.samples.iter().map(|_| OnceLock::new()).collect();
        let threads = 1 + random.below(3);
        Ok(Set { packs, hostile, adopted, threads, receipt, reference, expected })
    }

    fn configure(&self, builder: EngineBuilder, adopted: &[String]) -> EngineBuilder {
        self.alive.fetch_add(1, Ordering::SeqCst);
        let source = Source { facts: self.facts.clone(), alive: self.alive.clone() };
        let builder = builder.allow_unsigned().facts(Arc::new(source)).limits(self.limits.clone());
        adopted.iter().fold(builder, |builder, pack| {
            builder.adopt(Adoption {
                pack: pack.clone(),
                from: Date::literal(2020, 1, 1),
                to: None,
                decision: "45/QĐ-UBND".to_owned(),
                date: Date::literal(2020, 1, 1),
                signer: "Nguyễn Văn An".to_owned(),
            })
        })
    }

    /// Everything of a set but its packs.
    pub fn equip(&self, set: &Set, builder: EngineBuilder) -> EngineBuilder {
        self.configure(builder, &set.adopted).threads(set.threads)
    }

    /// A set's packs compiled anew, in a sandbox of their own; or taken from a cache, when one is given.
    pub fn compile(&self, set: &Set, cache: Option<&Path>) -> Result<Engine, BuildError> {
        let packs = set.packs.iter();
        let builder = packs
            .fold(Engine::builder().allow_unsigned(), |host, pack| host.pack_bytes(&pack.bytes));
        let builder = self.equip(set, builder);
        match cache {
            Some(folder) => builder.cache_dir(folder, b"soak").build(),
            None => builder.build(),
        }
    }

    /// A host of one file that nobody knows, which may well be refused.
    pub fn compile_alone(&self, bytes: &[u8]) -> Result<Engine, BuildError> {
        self.configure(Engine::builder().allow_unsigned().pack_bytes(bytes), &[]).build()
    }

    /// The set that a report is by; `None` when it is by no whole set.
    pub fn of(&self, report: &Report) -> Option<&Set> {
        let packs = &report.settings.packs;
        let whole = |set: &&Set| {
            set.receipt.len() == packs.len()
                && packs.iter().all(|pack| set.receipt.get(&pack.pack) == Some(&pack.digest))
        };
        self.sets.iter().find(whole)
    }

    /// The hosts that something still holds, without the references.
    pub fn alive(&self) -> usize {
        self.alive.load(Ordering::SeqCst).saturating_sub(self.sets.len())
    }
}

impl Set {
    pub fn is_hostile(&self, pack: &str) -> bool {
        self.hostile.contains(pack)
    }

    /// The digest of the report that this set gives to a sample.
    pub fn expected(&self, at: usize, sample: &Submission) -> Result<String, CheckError> {
        let Some(place) = self.expected.get(at) else { return self.answer(sample) };
        if let Some(known) = place.get() {
            return Ok(known.clone());
        }
        let answer = self.answer(sample)?;
        Ok(place.get_or_init(|| answer).clone())
    }

    /// The digest of the report that this set gives to anything.
    pub fn answer(&self, submission: &Submission) -> Result<String, CheckError> {
        let host = &self.reference;
        Ok(digest(
            host.check(&host.read(submission.bytes.as_slice()), submission.on)?.json().as_bytes(),
        ))
    }
}
