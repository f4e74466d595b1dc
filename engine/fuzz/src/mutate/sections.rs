//! Changes to WebAssembly files: inside a section, a module or a function's body, with every length
//! around it right again. Without this, nearly every change is refused for a length.

use super::{Bytewise, Dice, replace};
use kycuong_test_packs::section::leb128;

/// Modules and components inside one another that are followed.
const DEPTH_MAX: usize = 4;
/// Bytes by which one change may make a part longer.
const GROWTH_MAX: usize = 64;

const CUSTOM: u8 = 0;
const CODE: u8 = 10;
const CORE_MODULE: u8 = 1;
const COMPONENT: u8 = 4;
/// Magic number, version and layer.
const HEADER: usize = 8;
/// The seventh byte of a component's header; a module's is 0.
const LAYER_AT: usize = 6;

/// One mutation; the byte-wise one now and then, and where there are no sections.
pub fn mutate(
    data: &mut [u8],
    size: usize,
    size_max: usize,
    seed: u32,
    bytewise: Bytewise,
) -> usize {
    let mut dice = Dice::new(seed);
    let changed = if dice.once_in(4) {
        None
    } else {
        changed(data.get(..size).unwrap_or_default(), &mut dice, bytewise, 0)
    };
    changed
        .and_then(|file| replace(data, size_max, &file))
        .unwrap_or_else(|| bytewise(data, size, size_max))
}

fn changed(file: &[u8], dice: &mut Dice, bytewise: Bytewise, depth: usize) -> Option<Vec<u8>> {
    let component = file.get(LAYER_AT).is_some_and(|layer| *layer != 0);
    let mut sections = sections(file.get(HEADER..)?)?;
    let at = dice.below(sections.len());
    match dice.below(12) {
        0 => {
            sections.remove(at);
        }
        1 => {
            let copy = sections.get(at)?.clone();
            let to = dice.below(sections.len() + 1);
            sections.insert(to, copy);
        }
        2 => {
            let other = dice.below(sections.len());
            sections.swap(at, other);
        }
        3 => sections.get_mut(at)?.0 = dice.below(14) as u8,
        _ => {
            let (id, content) = sections.get_mut(at)?;
            let inside = match (component, *id) {
                (true, CORE_MODULE | COMPONENT) if depth < DEPTH_MAX => {
                    changed(content, dice, bytewise, depth + 1)
                }
                (false, CODE) => bodies(content, dice, bytewise),
                (_, CUSTOM) => named(content, dice, bytewise),
                _ => None,
            };
            *content = inside.unwrap_or_else(|| longer(content, bytewise));
        }
    }
    let mut new = file.get(..HEADER)?.to_vec();
    for (id, content) in sections {
        new.push(id);
        new.extend(leb128(content.len()));
        new.extend(content);
    }
    Some(new)
}

/// The sections of a module or component: id and content. `None` when they do not add up.
fn sections(mut rest: &[u8]) -> Option<Vec<(u8, Vec<u8>)>> {
    let mut sections = Vec::new();
    while let [id, after @ ..] = rest {
        let (content, next) = sized(after)?;
        sections.push((*id, content.to_vec()));
        rest = next;
    }
    (!sections.is_empty()).then_some(sections)
}

/// Changes one function of a code section.
fn bodies(content: &[u8], dice: &mut Dice, bytewise: Bytewise) -> Option<Vec<u8>> {
    let (count, mut rest) = number(content)?;
    let mut bodies = Vec::new();
    while !rest.is_empty() {
        let (body, next) = sized(rest)?;
        bodies.push(body.to_vec());
        rest = next;
    }
    let at = dice.below(bodies.len());
    let body = bodies.get_mut(at)?;
    *body = longer(body, bytewise);
    let mut new = leb128(count);
    for body in bodies {
        new.extend(leb128(body.len()));
        new.extend(body);
    }
    Some(new)
}

/// Changes the content of a custom section and leaves its name; once in a while the other way round.
fn named(content: &[u8], dice: &mut Dice, bytewise: Bytewise) -> Option<Vec<u8>> {
    let (name, rest) = sized(content)?;
    let (name, rest) = if dice.once_in(16) {
        (longer(name, bytewise), rest.to_vec())
    } else if dice.once_in(2) {
        let mut text = rest.to_vec();
        text.resize(rest.len() + 4 * GROWTH_MAX, 0);
        let room = text.len();
        let size =
            super::json::any(&mut text, rest.len(), room, dice.below(1 << 30) as u32, bytewise);
        text.truncate(size);
        (name.to_vec(), text)
    } else {
        (name.to_vec(), longer(rest, bytewise))
    };
    Some([leb128(name.len()), name, rest].concat())
}

/// What the driver makes of some bytes.
fn longer(bytes: &[u8], bytewise: Bytewise) -> Vec<u8> {
    let mut room = bytes.to_vec();
    room.resize(bytes.len() + GROWTH_MAX, 0);
    let size_max = room.len();
    let size = bytewise(&mut room, bytes.len(), size_max);
    room.truncate(size);
    room
}

/// A length, that many bytes, and the rest.
fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}

fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0_usize;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, bytes.get(at + 1..)?));
        }
    }
    None
}
