//! Where everything stands in the book: one place that makes file names, anchors and links.

use crate::PRINT;
use crate::volume::Entry;

/// A page or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    Cover,
    Pack(&'a str),
    /// Pack and name of a rule.
    Rule(&'a str, &'a str),
    /// The cases of a rule.
    Cases(&'a str, &'a str),
    /// One case, by its anchor.
    Case(&'a str, &'a str, &'a str),
    Traceability,
    Unverifiable,
    BySubject,
    ByInstrument,
    Glossary,
    /// A term of the glossary.
    Term(&'a str),
    Print,
    Style,
}

/// From where links are made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Links {
    /// How many folders deep the page is.
    depth: usize,
    /// Whether the page is the whole book, so that its parts are anchors.
    print: bool,
}

impl Links {
    pub(crate) const ROOT: Self = Self { depth: 0, print: false };
    pub(crate) const PRINT: Self = Self { depth: 0, print: true };

    /// From the page of a target.
    pub(crate) fn from(target: Target<'_>) -> Self {
        Self { depth: file(target).matches('/').count(), print: false }
    }

    pub(crate) fn is_print(self) -> bool {
        self.print
    }

    /// The reference to a target.
    pub(crate) fn to(self, target: Target<'_>) -> String {
        if self.print
            && let Some(anchor) = print_anchor(target)
        {
            return format!("#{anchor}");
        }
        let anchor = match target {
            Target::Case(_, _, case) => format!("#{case}"),
            Target::Term(term) => format!("#{}", term_anchor(term)),
            _ => String::new(),
        };
        format!("{}{}{anchor}", "../".repeat(self.depth), file(target))
    }

    pub(crate) fn to_rule(self, entry: Entry<'_>) -> String {
        self.to(Target::Rule(&entry.pack.manifest.pack, entry.name()))
    }

    pub(crate) fn to_cases(self, entry: Entry<'_>) -> String {
        self.to(Target::Cases(&entry.pack.manifest.pack, entry.name()))
    }
}

/// The file that a target stands in.
pub(crate) fn file(target: Target<'_>) -> String {
    match target {
        Target::Cover => "index.html".to_owned(),
        Target::Pack(pack) => format!("packs/{pack}.html"),
        Target::Rule(pack, rule) => format!("rules/{pack}/{rule}.html"),
        Target::Cases(pack, rule) | Target::Case(pack, rule, _) => {
            format!("cases/{pack}/{rule}.html")
        }
        Target::Traceability => "traceability.html".to_owned(),
        Target::Unverifiable => "unverifiable.html".to_owned(),
        Target::BySubject => "by-subject.html".to_owned(),
        Target::ByInstrument => "by-instrument.html".to_owned(),
        Target::Glossary | Target::Term(_) => "glossary.html".to_owned(),
        Target::Print => PRINT.to_owned(),
        Target::Style => crate::style::FILE.to_owned(),
    }
}

/// The anchor of a part in the printed book; cases stay in files of their own.
fn print_anchor(target: Target<'_>) -> Option<String> {
    match target {
        Target::Cases(..) | Target::Case(..) | Target::Style | Target::Print => None,
        Target::Term(term) => Some(term_anchor(term)),
        _ => Some(anchor(target)),
    }
}

/// The id of the section that a target is.
pub(crate) fn anchor(target: Target<'_>) -> String {
    match target {
        Target::Pack(pack) => format!("pack-{pack}"),
        Target::Rule(pack, rule) => format!("rule-{pack}--{rule}"),
        other => {
            let file = file(other);
            file.strip_suffix(".html").unwrap_or(&file).replace('/', "-")
        }
    }
}

/// The id of a term in the glossary.
pub(crate) fn term_anchor(term: &str) -> String {
    format!("term-{term}")
}

/// The id of a case on its page, by its position.
pub(crate) fn case_anchor(place: usize) -> String {
    format!("case-{}", place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_climb_out_of_folders_and_become_anchors_in_print() {
        let rule = Target::Rule("bac-giang", "pillar-classified");
        let from_rule = Links::from(rule);
        assert_eq!(from_rule.to(Target::Cover), "../../index.html");
        assert_eq!(from_rule.to(Target::Term("block")), "../../glossary.html#term-block");
        assert_eq!(Links::ROOT.to(rule), "rules/bac-giang/pillar-classified.html");
        assert_eq!(Links::PRINT.to(rule), "#rule-bac-giang--pillar-classified");
        assert_eq!(Links::PRINT.to(Target::Term("block")), "#term-block");
        let case = Target::Case("bac-giang", "pillar-classified", "case-1");
        assert_eq!(Links::PRINT.to(case), "cases/bac-giang/pillar-classified.html#case-1");
    }
}
