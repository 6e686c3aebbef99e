//! Sorting by a number.
//!
//! A sort of its own for every type and key took a twentieth of the page's code; here there
//! is one for all of them. Equals keep their order.

/// Sorts by a number.
pub fn sort_by_number<T>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let Some(places) = places(items.iter().map(number).collect()) else {
        return;
    };
    let mut old: Vec<Option<T>> = items.drain(..).map(Some).collect();
    let moved = places.into_iter();
    items.extend(moved.filter_map(|from| old.get_mut(from)?.take()));
}

/// The places of numbers in their order; `None` if they are in order.
pub fn places(numbers: Vec<u64>) -> Option<Vec<usize>> {
    if numbers.is_sorted() {
        return None;
    }
    let mut numbers: Vec<(u64, usize)> = numbers.into_iter().zip(0..).collect();
    numbers.sort_unstable();
    Some(numbers.into_iter().map(|(_, place)| place).collect())
}

/// A number that rises as `length` does, in the order of [`f64::total_cmp`].
pub fn rising(length: f64) -> u64 {
    const SIGN: u64 = 1 << 63;
    let bits = length.to_bits();
    if bits & SIGN == 0 { bits | SIGN } else { !bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_keep_their_order() {
        let mut items: Vec<(u64, usize)> = (0..100).map(|at| (at as u64 * 7 % 5, at)).collect();
        let mut expected = items.clone();
        expected.sort_by_key(|item| item.0);
        sort_by_number(&mut items, |item| item.0);
        assert_eq!(items, expected);
    }

    #[test]
    fn lengths_rise() {
        let lengths = [
            f64::NEG_INFINITY,
            -1e300,
            -2.0,
            -1.0,
            -1e-300,
            -0.0,
            0.0,
            1e-300,
            1.0,
            2.0,
            1e300,
            f64::INFINITY,
            f64::NAN,
        ];
        assert!(lengths.is_sorted_by(|a, b| rising(*a) < rising(*b)));
        assert!(lengths.is_sorted_by(|a, b| a.total_cmp(b).is_lt()));
    }
}
