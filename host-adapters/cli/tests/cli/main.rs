//! The real program on real files: what it prints, and the exit codes that scripts rely on.

mod check;
mod formats;
mod packs;
mod scaffold;
mod support;
