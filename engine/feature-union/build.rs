//! Nothing; there are build scripts in the tree whose dependencies are compiled once, too.
fn main() {}
