//! Weaves all mutants into one text of each file, and remembers where each of them went.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::modules::SourceFile;
use super::{Edit, Scan, Shape, Site};

/// What a range of the woven text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// The changed code of one mutant.
    Changed(u32),
    /// An expression with all its switches.
    Switched(Vec<u32>),
}

/// A file with its mutants.
#[derive(Debug, Default)]
pub(crate) struct Woven {
    pub(crate) text: String,
    pub(crate) marks: Vec<(Range<usize>, Mark)>,
}

/// The module that holds the switch, at the end of the root.
pub(crate) fn switch(mutants: usize) -> String {
    format!(
        "\n/// Which mutant is on, and which were passed.\npub mod kycuong_mutants {{\n\
         use std::sync::atomic::{{AtomicBool, AtomicU32, Ordering}};\n\
         static ON: AtomicU32 = AtomicU32::new(0);\n\
         static REACHED: [AtomicBool; {0}] = [const {{ AtomicBool::new(false) }}; {0}];\n\
         pub fn is(mutant: u32) -> bool {{\n    \
         if let Some(flag) = REACHED.get(mutant as usize) {{ flag.store(true, Ordering::Relaxed); }}\n    \
         ON.load(Ordering::Relaxed) == mutant\n}}\n\
         pub fn turn_to(mutant: u32) {{ ON.store(mutant, Ordering::Relaxed) }}\n\
         pub fn take_reached() -> Vec<u32> {{\n    \
         (0u32..).zip(&REACHED).filter(|(_, flag)| flag.swap(false, Ordering::Relaxed)).map(|(at, _)| at).collect()\n}}\n}}\n",
        mutants + 1
    )
}

/// The text of a file with all mutants that are not left out.
pub(crate) fn weave(scan: &Scan, file: usize, left_out: &BTreeSet<u32>) -> Woven {
    let Some(source) = scan.files.get(file) else { return Woven::default() };
    let here = |mutant: u32, of: usize| of == file && !left_out.contains(&mutant);
    let mut sites: Vec<&Site> =
        scan.sites.iter().filter(|site| here(site.mutant, site.file)).collect();
    sites.sort_by_key(|site| (site.range.start, std::cmp::Reverse(site.range.end), site.mutant));
    sites.dedup_by_key(|site| (site.range.clone(), site.mutant));
    let edits: Vec<&Edit> = scan.edits.iter().filter(|edit| here(edit.mutant, edit.file)).collect();
    let mut twins: Vec<(usize, u32, String)> = scan
        .twins
        .iter()
        .filter(|twin| here(twin.mutant, twin.file))
        .map(|twin| {
            let edits: Vec<(Range<usize>, &str)> =
                twin.edits.iter().map(|(range, text)| (range.clone(), text.as_str())).collect();
            let text = format!("\n{}", edited(source, twin.item.clone(), edits));
            (twin.item.end, twin.mutant, text)
        })
        .collect();
    twins.sort_by_key(|(at, mutant, _)| (*at, *mutant));
    let mut weaver = Weaver { source, edits: &edits, twins: &twins, woven: Woven::default() };
    if source.module == "crate" {
        weaver.woven.text.push_str("#![allow(warnings)]\n");
    }
    weaver.range(0..source.text.len(), &sites);
    weaver.woven
}

struct Weaver<'w> {
    source: &'w SourceFile,
    edits: &'w [&'w Edit],
    twins: &'w [(usize, u32, String)],
    woven: Woven,
}

impl Weaver<'_> {
    /// Writes a range whose sites, sorted, are given.
    fn range(&mut self, range: Range<usize>, sites: &[&Site]) {
        let mut at = range.start;
        let mut rest = sites;
        while let Some(first) = rest.first() {
            let outer = first.range.clone();
            let same = rest.iter().take_while(|site| site.range == outer).count();
            let inside = rest.iter().take_while(|site| site.range.start < outer.end).count();
            let (group, after) = rest.split_at(inside);
            let (group, nested) = group.split_at(same);
            self.plain(at..outer.start);
            self.site(&outer, group, nested);
            at = outer.end;
            rest = after;
        }
        self.plain(at..range.end);
    }

    fn site(&mut self, range: &Range<usize>, group: &[&Site], nested: &[&Site]) {
        let is_block = group.iter().any(|site| site.shape == Shape::Block);
        let (open, close) = if is_block { ("{ ", " }") } else { ("(", ")") };
        let start = self.woven.text.len();
        self.woven.text.push_str(open);
        for site in group {
            let _ = write!(self.woven.text, "if crate::kycuong_mutants::is({}) {{ ", site.mutant);
            let from = self.woven.text.len();
            let edits = self
                .edits
                .iter()
                .filter(|edit| edit.mutant == site.mutant)
                .filter(|edit| range.start <= edit.range.start && edit.range.end <= range.end)
                .map(|edit| (edit.range.clone(), edit.text.as_str()))
                .collect();
            self.woven.text.push_str(&edited(self.source, range.clone(), edits));
            self.woven.marks.push((from..self.woven.text.len(), Mark::Changed(site.mutant)));
            self.woven.text.push_str(" } else ");
        }
        self.woven.text.push_str("{ ");
        self.range(range.clone(), nested);
        self.woven.text.push_str(" }");
        self.woven.text.push_str(close);
        let all = group.iter().map(|site| site.mutant).collect();
        self.woven.marks.push((start..self.woven.text.len(), Mark::Switched(all)));
    }

    /// Copies a range as it is, with the changed copies of the items that end in it.
    fn plain(&mut self, range: Range<usize>) {
        let mut at = range.start;
        let twins = self.twins;
        for (end, mutant, text) in
            twins.iter().filter(|(end, ..)| range.start < *end && *end <= range.end)
        {
            self.woven.text.push_str(self.source.slice(at..*end));
            at = *end;
            let from = self.woven.text.len();
            self.woven.text.push_str(text);
            self.woven.marks.push((from..self.woven.text.len(), Mark::Changed(*mutant)));
        }
        self.woven.text.push_str(self.source.slice(at..range.end));
    }
}

/// A range of the source with some edits, which do not overlap.
fn edited(
    source: &SourceFile,
    range: Range<usize>,
    mut edits: Vec<(Range<usize>, &str)>,
) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::new();
    let mut at = range.start;
    for (place, text) in edits {
        out.push_str(source.slice(at..place.start.max(at)));
        out.push_str(text);
        at = place.end.max(at);
    }
    out.push_str(source.slice(at..range.end));
    out
}
