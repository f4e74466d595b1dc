//! Uses of items that are copied: where a mutant's copy stands in for the item itself.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use syn::spanned::Spanned;

use super::super::items::{CopiedItem, Kind, resolve};
use super::super::modules::SourceFile;
use super::super::names::segments;
use super::super::{Edit, Scan, Shape, Site, Twin};
use super::{ItemEdits, Switched, Use, Walker};

impl Walker<'_> {
    /// Notes the use of an item that can be copied; whether the path is one.
    pub(super) fn use_of(&mut self, path: &syn::Path, switched: Option<Switched>) -> bool {
        let names = segments(path);
        let whole = path.span().byte_range();
        let own_type = self.own_type.as_deref();
        let Some(item) = resolve(self.items, self.index, whole.start, &names, own_type) else {
            return false;
        };
        let Some(known) = self.items.get(item) else { return false };
        let range =
            path.segments.last().map_or(whole.clone(), |last| last.ident.span().byte_range());
        let switched = match &known.kind {
            Kind::Constant { .. } => switched.unwrap_or_else(|| self.switched(&whole)),
            Kind::Wording { .. } => match &self.frame.report {
                Some(report) => Switched::Site(report.clone(), Shape::Parenthesised),
                None => Switched::Never("its finding is made elsewhere than where it is reported"),
            },
        };
        // A name that was imported is written in full.
        let prefix = if names.len() == 1 && known.file != self.index {
            format!("{{{}}}::", known.file)
        } else {
            String::new()
        };
        self.uses.push(Use { item, file: self.index, range, prefix, switched });
        true
    }
}

/// The name of a mutant's copy.
fn name_of(item: &CopiedItem, mutant: u32) -> String {
    format!("{}__{mutant}", item.name)
}

/// Makes the copies of every mutant, and switches every use of them.
pub(super) fn spread(
    items: &[CopiedItem],
    of_items: &[ItemEdits],
    uses: &[Use],
    files: &[SourceFile],
    scan: &mut Scan,
) {
    for (mutant, origin, edits) in of_items {
        let mut copies: BTreeMap<usize, Vec<(Range<usize>, String)>> = BTreeMap::new();
        copies.insert(*origin, edits.clone());
        let (mut waiting, mut done) = (vec![*origin], BTreeSet::new());
        let mut never = None;
        let mut is_used = false;
        while let Some(index) = waiting.pop() {
            if !done.insert(index) {
                continue;
            }
            let Some(item) = items.get(index) else { continue };
            for usage in uses.iter().filter(|usage| usage.item == index) {
                let module = files.get(item.file).map_or("crate", |file| file.module.as_str());
                let prefix = usage.prefix.replace(&format!("{{{}}}", item.file), module);
                let text = format!("{prefix}{}", name_of(item, *mutant));
                match &usage.switched {
                    // A constant made of this one has its own copy.
                    Switched::Item(other) => {
                        copies.entry(*other).or_default().push((usage.range.clone(), text));
                        waiting.push(*other);
                    }
                    Switched::Site(range, shape) => {
                        is_used = true;
                        let (mutant, file) = (*mutant, usage.file);
                        scan.sites.push(Site { mutant, file, range: range.clone(), shape: *shape });
                        scan.edits.push(Edit { mutant, file, range: usage.range.clone(), text });
                    }
                    Switched::Never(why) => never = Some((*why).to_owned()),
                }
            }
        }
        for (index, mut edits) in copies {
            let Some(item) = items.get(index) else { continue };
            edits.push((item.ident.clone(), name_of(item, *mutant)));
            scan.twins.push(Twin {
                mutant: *mutant,
                file: item.file,
                item: item.range.clone(),
                edits,
            });
        }
        if !is_used {
            let why = never.unwrap_or_else(|| "nothing that runs uses it".to_owned());
            if let Some(found) = scan.mutants.iter_mut().find(|found| found.number == *mutant) {
                found.left_out = Some(why);
            }
        }
    }
}
