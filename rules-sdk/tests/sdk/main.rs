//! What an author of rules meets: the compiler's words, and the manifest that comes of a pack.

mod author_mistakes;
mod manifest;
