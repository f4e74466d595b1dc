//! Whose packs are loaded: real keys, certificates and trust files, in one program.

mod certificates;
mod jurisdiction;
mod live;
mod pack_ids;
mod refusals;
mod required;
mod state;
