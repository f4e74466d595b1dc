//! The obligations that no machine can check, and why: what is left to people, said openly.

use maud::{Markup, html};

use crate::BookPack;
use crate::address::Target;
use crate::layout::{section, table, title};
use crate::volume::Volume;
use crate::words;

pub(crate) const TITLE: &str = "Nghĩa vụ không kiểm tra bằng máy";

pub(crate) fn body(volume: &Volume, level: u8) -> Markup {
    let packs: Vec<&BookPack> =
        volume.packs().filter(|pack| !pack.manifest.unverifiable.is_empty()).collect();
    let total: usize = packs.iter().map(|pack| pack.manifest.unverifiable.len()).sum();
    let content = html! {
        (title(level, TITLE))
        p {
            @if packs.is_empty() {
                "Các gói quy tắc không nêu nghĩa vụ nào thuộc diện này."
            } @else {
                "Có " (words::number(total)) " nghĩa vụ trong văn bản nguồn mà phần mềm không thể kiểm tra tại thời điểm "
                "trình hồ sơ. Các nội dung này do người có thẩm quyền theo dõi, đánh giá; phần mềm không tính là đạt."
            }
        }
        @for pack in packs {
            (title(level + 1, &pack.manifest.title.vi))
            @if let Some(source) = &pack.manifest.source { p.source { "Nguồn: " (source.vi) "." } }
            (list(pack))
        }
    };
    section(Target::Unverifiable, "unverifiable", &content)
}

/// Those of one pack.
pub(super) fn list(pack: &BookPack) -> Markup {
    let rows: Vec<Vec<Markup>> = pack
        .manifest
        .unverifiable
        .iter()
        .map(|obligation| {
            vec![html! { q { (obligation.quote) } }, html! { (obligation.reason.vi) }]
        })
        .collect();
    table("obligations", &["Câu trong văn bản", "Vì sao không kiểm tra bằng máy"], &rows)
}
