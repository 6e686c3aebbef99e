//! `States.MathAdd` and `States.MathRandom`.

use super::evaluate::{Arguments, Outcome, to_int32};
use super::{IntrinsicErrorKind, Random};

/// The sum of two numbers, each rounded first, halves upwards: 1.5 to 2 and -1.5 to -1.
/// Numbers and sum fit 32 bits.
pub(super) fn add(arguments: &Arguments) -> Outcome {
    let left = to_int32(arguments.number(0)?, round_half_up)?;
    let right = to_int32(arguments.number(1)?, round_half_up)?;
    let sum = left + right;
    if i32::try_from(sum).is_err() {
        return Err(IntrinsicErrorKind::OutOfRange);
    }
    Ok(sum.into())
}

fn round_half_up(number: f64) -> f64 {
    let floor = number.floor();
    if number - floor < 0.5 {
        return floor;
    }
    floor + 1.0
}

/// A random number from start up to but without end. Equal seeds give equal numbers;
/// which ones is the service's own affair.
pub(super) fn random(arguments: &Arguments, random: &mut dyn Random) -> Outcome {
    let (start, end) = (arguments.int(0)?, arguments.int(1)?);
    let bits = match arguments.0.get(2) {
        None => random.next_u64(),
        Some(_) => scramble(arguments.number(2)?.as_f64().to_bits()),
    };
    let count = u64::try_from(end - start).unwrap_or(0);
    if count == 0 {
        return Err(IntrinsicErrorKind::EmptyInterval);
    }
    let offset = (u128::from(bits) * u128::from(count)) >> 64;
    Ok((start + offset as i64).into())
}

/// One step of SplitMix64: spreads neighbouring seeds.
fn scramble(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::Value;

    fn draw(json: &str, bits: u64) -> Outcome {
        let values = Value::parse(json).unwrap();
        random(&Arguments(values.as_array().unwrap()), &mut || bits)
    }

    #[test]
    fn draws_between_start_and_end() {
        assert_eq!(draw("[-5,5]", 0), Ok((-5).into()));
        assert_eq!(draw("[-5,5]", u64::MAX), Ok(4.into()));
        assert_eq!(draw("[12.5,44.51]", u64::MAX), Ok(43.into()));
        assert_eq!(
            draw("[-2147483648,2147483647]", u64::MAX),
            Ok(2147483646.into())
        );
        for empty in ["[1,1]", "[2,1]", "[1.4,1.6]"] {
            assert_eq!(draw(empty, 0), Err(IntrinsicErrorKind::EmptyInterval));
        }
    }

    #[test]
    fn a_seed_replaces_the_entropy() {
        assert_eq!(draw("[0,1000000,7]", 1), draw("[0,1000000,7]", 2));
        assert_ne!(draw("[0,1000000,7]", 1), draw("[0,1000000,8]", 1));
    }

    #[test]
    fn rounds_halves_upwards() {
        for (number, rounded) in [
            (1.5, 2.0),
            (-1.5, -1.0),
            (-0.5, 0.0),
            (0.499_999_999_999_999_94, 0.0),
        ] {
            assert_eq!(round_half_up(number), rounded);
        }
    }
}
