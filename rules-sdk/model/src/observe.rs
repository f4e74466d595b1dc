//! Which members of a document are looked at through its views: watched while a rule's cases run natively, so that
//! what its manifest says that it reads is what it reads. Packs in the sandbox have nothing of this.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use crate::pointer::Pointer;
use crate::tape::Document;

thread_local! {
    /// The address of the watched document's text; 0 when none is.
    static WATCHED: Cell<usize> = const { Cell::new(0) };
    static SEEN: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Runs something, and tells which members of the document it looked at: as dotted paths without indices
/// (`costs.lines.amount`), of an object or list only when nothing inside it was looked at.
pub fn reads_of<T>(document: Document<'_>, run: impl FnOnce() -> T) -> (T, BTreeSet<String>) {
    /// Ends the watch also when what runs panics.
    struct Watch;
    impl Drop for Watch {
        fn drop(&mut self) {
            WATCHED.set(0);
        }
    }

    SEEN.take();
    WATCHED.set(address(document));
    let watch = Watch;
    let result = run();
    drop(watch);
    (result, outermost_left_out(SEEN.take()))
}

/// The paths without those that another one goes on from.
pub fn outermost_left_out(paths: BTreeSet<String>) -> BTreeSet<String> {
    let goes_on = |path: &String| {
        let inside = format!("{path}.");
        paths.range(inside.clone()..).next().is_some_and(|next| next.starts_with(&inside))
    };
    paths.iter().filter(|path| !goes_on(path)).cloned().collect()
}

/// Notes that a place was looked at, when its document is watched.
pub(crate) fn note(document: Document<'_>, place: impl FnOnce() -> Pointer) {
    let watched = WATCHED.get();
    if watched == 0 || watched != address(document) {
        return;
    }
    let place = place();
    let is_name = |step: &String| !step.bytes().all(|byte| byte.is_ascii_digit());
    let path: Vec<String> = place.tokens().filter(is_name).collect();
    if !path.is_empty() {
        SEEN.with_borrow_mut(|seen| seen.insert(path.join(".")));
    }
}

fn address(document: Document<'_>) -> usize {
    document.text().as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::Dossier;
    use crate::tape::{ParseLimits, parse};
    use crate::view::{Placed, View};

    #[test]
    fn what_is_looked_at_is_told_and_nothing_else() {
        let text =
            r#"{"costs": {"total": "5", "lines": [{"name": "a", "amount": "5"}]}, "funding": []}"#;
        let tape = parse(text.as_bytes(), &ParseLimits::default()).unwrap();
        let copy = text.to_owned();
        let other = parse(copy.as_bytes(), &ParseLimits::default()).unwrap();
        let (dossier, elsewhere) = (Dossier::of(tape.document()), Dossier::of(other.document()));
        let (total, seen) = reads_of(tape.document(), || {
            let _ = (elsewhere.title.get(), dossier.funding.len(), dossier.owner.pointer());
            for line in &dossier.costs.lines {
                let _ = (line.amount.get(), line.label());
            }
            dossier.costs.total.get()
        });
        assert!(total.is_some());
        let seen: Vec<&str> = seen.iter().map(String::as_str).collect();
        assert_eq!(
            seen,
            ["costs.lines.amount", "costs.lines.name", "costs.total", "funding", "owner"]
        );
        let _ = dossier.title.get();
        assert!(reads_of(tape.document(), || ()).1.is_empty());
    }
}
