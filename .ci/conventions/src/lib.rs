//! What must hold for the sources themselves: see `tests`.
