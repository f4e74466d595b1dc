//! Changes that a byte-wise mutator hardly ever makes: to the values of a JSON text and to the sections
//! of a WebAssembly file, with everything around them still right.

pub mod json;
pub mod sections;

/// Numbers from a seed: libFuzzer's, so that a run can be repeated.
#[derive(Clone, Copy, Debug)]
pub struct Dice(u64);

impl Dice {
    /// From the seed of one mutation.
    pub fn new(seed: u32) -> Self {
        Self(u64::from(seed) ^ 0x9e37_79b9_7f4a_7c15)
    }

    /// A number below `sides`; 0 when there are none.
    pub fn below(&mut self, sides: usize) -> usize {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        (mixed % (sides.max(1) as u64)) as usize
    }

    /// True once in `sides`.
    pub fn once_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    /// One of some.
    pub fn one<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
}

/// The driver's own mutator: changes a buffer of which `size` bytes are used, and says how many are used
/// then.
pub type Bytewise = fn(data: &mut [u8], size: usize, size_max: usize) -> usize;

/// Puts a mutated input in place of the old one, when it fits.
pub fn replace(data: &mut [u8], size_max: usize, with: &[u8]) -> Option<usize> {
    let room = data.get_mut(..with.len()).filter(|_| with.len() <= size_max)?;
    room.copy_from_slice(with);
    Some(with.len())
}
