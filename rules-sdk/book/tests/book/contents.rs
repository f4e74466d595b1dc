//! What officials look for is there: each rule with its sentence, its source, its example, its cases.

use kycuong_book::{PRINT, render};

use crate::document::{Page, fold};
use crate::support::{book, packs, pages_of};

fn shows(page: &Page, text: &str) -> bool {
    page.text.contains(&fold(&text.replace('`', "")))
}

#[test]
fn every_rule_has_a_page_with_its_norm_its_quote_and_its_texts() {
    let print = Page::parse(&book().files[PRINT]);
    let trace = Page::parse(&book().files["traceability.html"]);
    for pack in packs() {
        for rule in &pack.manifest.rules {
            let page = Page::parse(pages_of(&rule.id).0);
            let norm = rule.doc.split("\n\n").next().unwrap();
            let title = rule.title.vi.as_str();
            let texts = [title, norm, rule.id.as_str()].into_iter().chain(rule.quote.as_deref());
            let basis = rule.basis.iter().flat_map(|basis| [&basis.instrument, &basis.article]);
            for text in texts.chain(basis.map(String::as_str)) {
                assert!(shows(&page, text), "{}: the page lacks “{text}”", rule.id);
                assert!(shows(&print, text), "{}: the printed book lacks “{text}”", rule.id);
            }
            for paragraph in rule.doc.split("\n\n").skip(1) {
                assert!(shows(&page, paragraph), "{}: {paragraph}", rule.id);
            }
            assert!(shows(&trace, rule.quote.as_deref().unwrap_or(norm)), "{}", rule.id);
            for parameter in &rule.parameters {
                assert!(shows(&page, &parameter.name), "{}: {}", rule.id, parameter.name);
            }
            for path in &rule.reads {
                assert!(shows(&page, path), "{}: {path}", rule.id);
            }
        }
    }
    assert_eq!(book().rules, packs().iter().map(|pack| pack.manifest.rules.len()).sum::<usize>());
}

#[test]
fn every_rule_shows_what_is_returned_and_how_to_mend_it() {
    for pack in packs() {
        for rule in &pack.manifest.rules {
            let page = Page::parse(pages_of(&rule.id).0);
            let wordings = &pack.cases.rule(&rule.id).unwrap().wordings;
            let mut found = wordings.iter().filter_map(|one| Some((one, one.remedy.as_ref()?)));
            let shown = found
                .any(|(one, remedy)| shows(&page, &one.message.vi) && shows(&page, &remedy.vi));
            assert!(shown, "{} shows no example", rule.id);
            let page = Page::parse(pages_of(&rule.id).1);
            for wording in wordings {
                let remedy = wording.remedy.as_ref().map(|remedy| &remedy.vi);
                let texts = [&wording.code, &wording.message.vi, &wording.message.en];
                for text in texts.into_iter().chain(remedy) {
                    assert!(shows(&page, text), "{}: {text}", rule.id);
                }
            }
            for case in pack.cases.of(&rule.id) {
                assert!(shows(&page, &case.name), "{}: {}", rule.id, case.name);
                let content = kycuong_cases::pretty(&case.content).unwrap();
                assert!(page.text.contains(&fold(&content)), "{}: {}", rule.id, case.name);
                for finding in case.outcome.as_ref().unwrap().findings() {
                    for text in [finding.code.as_str(), finding.path.as_str()] {
                        assert!(shows(&page, text), "{}: {text}", case.name);
                    }
                    for (name, value) in &finding.values {
                        assert!(
                            shows(&page, &format!("{name} = {value}")),
                            "{}: {name}",
                            case.name
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn members_are_shown_by_the_titles_of_the_forms() {
    for pack in packs() {
        for rule in &pack.manifest.rules {
            let page = pages_of(&rule.id).0;
            assert!(
                !page.contains("<li> <code>"),
                "{} reads a member that the model does not name",
                rule.id
            );
        }
    }
}

#[test]
fn what_no_machine_checks_is_said_with_the_reason() {
    let page = Page::parse(&book().files["unverifiable.html"]);
    let mut total = 0;
    for obligation in packs().iter().flat_map(|pack| &pack.manifest.unverifiable) {
        assert!(shows(&page, &obligation.quote), "{}", obligation.quote);
        assert!(shows(&page, &obligation.reason.vi), "{}", obligation.reason.vi);
        total += 1;
    }
    assert_eq!(total, 23);
}

#[test]
fn the_same_packs_give_the_same_book_in_any_order() {
    let mut packs = packs().to_vec();
    packs.reverse();
    assert_eq!(render(packs).unwrap(), *book());
}
