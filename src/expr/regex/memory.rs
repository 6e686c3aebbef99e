//! Where a search failed before, so that it does not go through the same again.

use super::compile::Program;

/// Largest memory, in bits.
const MAX_BITS: usize = 1 << 28;

/// The places from which a search failed, by instruction.
pub(super) struct Memory {
    /// Where the search began.
    from: usize,
    /// How many places there are.
    width: usize,
    instructions: usize,
    noted: Noted,
}

/// A memory is begun once a search takes long.
enum Noted {
    Never,
    After(u64),
    Seen(Vec<u64>),
}

impl Memory {
    pub(super) fn new(program: &Program, from: usize, to: usize) -> Self {
        let width = to - from + 1;
        let instructions = program.code.len();
        let bits = width.checked_mul(instructions);
        let noted = match bits {
            Some(bits) if program.is_memoryless && bits <= MAX_BITS => {
                Noted::After(16 * width as u64 + 1000)
            }
            _ => Noted::Never,
        };
        Self {
            from,
            width,
            instructions,
            noted,
        }
    }

    /// Whether the search went through here before and so failed. Notes that it does now.
    pub(super) fn has_failed(&mut self, pc: usize, at: usize) -> bool {
        match &mut self.noted {
            Noted::Never => false,
            Noted::After(0) => {
                let bits = self.width * self.instructions;
                self.noted = Noted::Seen(vec![0; bits / 64 + 1]);
                false
            }
            Noted::After(steps) => {
                *steps -= 1;
                false
            }
            Noted::Seen(words) => {
                let bit = pc * self.width + (at - self.from);
                let Some(word) = words.get_mut(bit / 64) else {
                    return false;
                };
                let mask = 1 << (bit % 64);
                let is_seen = *word & mask != 0;
                *word |= mask;
                is_seen
            }
        }
    }
}
