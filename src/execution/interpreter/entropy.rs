//! The only source of randomness in a run: a seeded generator.

use std::fmt::Write;
use std::time::Duration;

/// SplitMix64: equal seeds give equal numbers on every platform.
#[derive(Clone, Debug)]
pub struct Entropy {
    state: u64,
}

impl Entropy {
    /// A generator that starts from `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A random part of `longest`, in whole milliseconds: full jitter.
    pub fn part_of(&mut self, longest: Duration) -> Duration {
        let millis = u64::try_from(longest.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.next_u64() % millis.saturating_add(1).max(1))
    }

    /// A random identifier of version 4.
    pub fn uuid(&mut self) -> String {
        crate::expr::uuid(|| self.next_u64())
    }

    /// A task token: an opaque text that is new every time.
    pub fn token(&mut self) -> String {
        let mut token = String::from("AQB4AAAA");
        for _ in 0..6 {
            let _ = write!(token, "{:016x}", self.next_u64());
        }
        token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_numbers() {
        let mut entropy = Entropy::new(7);
        let numbers: Vec<u64> = (0..3).map(|_| entropy.next_u64()).collect();
        let mut again = Entropy::new(7);
        assert!(numbers.iter().all(|number| *number == again.next_u64()));
        assert_ne!(Entropy::new(8).token(), Entropy::new(9).token());
    }

    #[test]
    fn jitter_stays_within() {
        let mut entropy = Entropy::new(1);
        let longest = Duration::from_millis(3);
        assert!((0..100).all(|_| entropy.part_of(longest) <= longest));
        assert_eq!(entropy.part_of(Duration::ZERO), Duration::ZERO);
    }
}
