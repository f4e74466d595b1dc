//! The cover: what the book is, how it is read, and its packs by level.

use kycuong_model::cases::Expectation;
use kycuong_model::finding::Severity;
use maud::{Markup, html};

use crate::BookPack;
use crate::address::{Links, Target};
use crate::layout::{section, table, title};
use crate::volume::{Level, Volume, entries_of};
use crate::words;

pub(crate) fn body(volume: &Volume, links: Links) -> Markup {
    let content = html! {
        (title(1, words::TITLE))
        (summary(volume))
        (how_to_read(links))
        (packs(volume, links, 2))
    };
    section(Target::Cover, "cover", &content)
}

/// How much the book holds, in one sentence.
pub(super) fn summary(volume: &Volume) -> Markup {
    let cases: usize = volume.packs().map(|pack| pack.cases.count()).sum();
    let unverifiable: usize = volume.packs().map(|pack| pack.manifest.unverifiable.len()).sum();
    html! {
        p.lead {
            "Sổ tay gồm " strong { (words::number(volume.entries().count())) " quy tắc" }
            " của " strong { (words::number(volume.packs().len())) " gói quy tắc" }
            ", có " strong { (words::number(cases)) " tình huống mẫu" }
            " kèm theo; nêu " strong { (words::number(unverifiable)) " nghĩa vụ" }
            " mà phần mềm không kiểm tra được."
        }
    }
}

fn how_to_read(links: Links) -> Markup {
    html! {
        (title(2, "Cách dùng sổ tay"))
        ul {
            li {
                "Mỗi quy tắc có một trang: câu quy định, nguyên văn câu được thi hành, văn bản và điều khoản, nội dung "
                "kiểm tra, mức xử lý, thời gian áp dụng, một ví dụ không đạt và cách hoàn thiện."
            }
            li {
                "Tra cứu theo " a href=(links.to(Target::BySubject)) { "đối tượng và loại hồ sơ" }
                ", theo " a href=(links.to(Target::ByInstrument)) { "văn bản" }
                ", hoặc theo " a href=(links.to(Target::Traceability)) { "câu trích" } "."
            }
            li {
                "Những nghĩa vụ mà phần mềm không kiểm tra được, kèm lý do, có tại trang "
                a href=(links.to(Target::Unverifiable)) { "Không kiểm tra bằng máy" } "."
            }
            li {
                "Để in toàn bộ sổ tay trên khổ A4, mở " a href=(links.to(Target::Print)) { "bản in" }
                ": mỗi quy tắc bắt đầu ở một tờ mới."
            }
        }
    }
}

/// The packs, level by level.
pub(super) fn packs(volume: &Volume, links: Links, level: u8) -> Markup {
    html! {
        (title(level, "Các gói quy tắc"))
        @for group in Level::ALL {
            @let packs: Vec<&BookPack> = volume.packs_of(group).collect();
            @if !packs.is_empty() {
                (title(level + 1, name(group)))
                (table(
                    "packs",
                    &["Gói quy tắc", "Văn bản nguồn", "Địa bàn", "Tình trạng", "Quy tắc"],
                    &packs.into_iter().map(|pack| row(pack, links)).collect::<Vec<_>>(),
                ))
            }
        }
    }
}

fn name(level: Level) -> &'static str {
    match level {
        Level::Nation => "Cả nước",
        Level::Province => "Cấp tỉnh",
        Level::FormerArea => "Địa bàn trước khi sắp xếp đơn vị hành chính",
    }
}

fn row(pack: &BookPack, links: Links) -> Vec<Markup> {
    let manifest = &pack.manifest;
    let source = manifest.source.as_ref().map_or("Các văn bản dẫn ở từng quy tắc", |text| &text.vi);
    vec![
        html! {
            a href=(links.to(Target::Pack(&manifest.pack))) { (manifest.title.vi) }
            " " span.id { code { (manifest.pack) } " " (manifest.version) }
        },
        html! { (source) },
        html! { (words::places(&manifest.jurisdiction.provinces)) },
        html! { (words::status(manifest.status)) },
        html! { (counts(pack)) },
    ]
}

/// How many rules of which severity a pack declares.
pub(super) fn counts(pack: &BookPack) -> String {
    let of = |severity| entries_of(pack).filter(|entry| entry.rule.severity == severity).count();
    let parts = [Severity::Block, Severity::Warn, Severity::Inform]
        .map(|severity| (of(severity), words::severity(severity).to_lowercase()))
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", words::number(count)))
        .collect::<Vec<_>>();
    format!("{} ({})", words::number(pack.manifest.rules.len()), parts.join(", "))
}

/// How many cases of which promise a pack carries.
pub(super) fn case_counts(pack: &BookPack) -> String {
    let of = |expectation| entries_of(pack).map(|entry| entry.count(expectation)).sum::<usize>();
    let parts = [Expectation::Valid, Expectation::Invalid, Expectation::Missing]
        .map(|expectation| {
            format!("{} {}", words::number(of(expectation)), words::expectation(expectation))
        })
        .join(", ");
    format!("{} ({parts})", words::number(pack.cases.count()))
}
