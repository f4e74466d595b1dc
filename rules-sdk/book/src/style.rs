//! The look of the book, on screens and on paper.

use kycuong_model::text::is_control;

use crate::volume::Volume;

/// The stylesheet's file.
pub(crate) const FILE: &str = "book.css";
/// The stylesheet.
pub(crate) const SHEET: &str = include_str!("book.css");

/// The rules that give each pack's sheets its title as a running head, for the printed book.
pub(crate) fn running_heads(volume: &Volume) -> String {
    volume
        .packs()
        .enumerate()
        .map(|(place, pack)| {
            let head = css_string(&pack.manifest.title.vi);
            format!(
                ".{name} {{ page: {name}; }}\n@page {name} {{ @top-right {{ content: {head}; }} }}\n",
                name = pack_class(place)
            )
        })
        .collect()
}

/// The class of a pack's part in the printed book, and the name of its sheets.
pub(crate) fn pack_class(place: usize) -> String {
    format!("pack-sheet-{}", place + 1)
}

/// A text as a string of CSS inside a `style` element: letters, digits and spaces stay, everything
/// else is an escape, so that a pack's title can end neither the string nor the element.
fn css_string(text: &str) -> String {
    let mut string = String::from("\"");
    for letter in text.chars() {
        if letter.is_alphanumeric() || letter == ' ' {
            string.push(letter);
        } else if is_control(letter) {
            string.push(' ');
        } else {
            string.push_str(&format!("\\{:x} ", u32::from(letter)));
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_string_or_the_element() {
        assert_eq!(css_string("Kế hoạch 2021-2025"), "\"Kế hoạch 2021\\2d 2025\"");
        assert_eq!(css_string("</style>\"\\"), "\"\\3c \\2f style\\3e \\22 \\5c \"");
    }
}
