//! “Did you mean”: the candidate nearest to a misspelt word.

/// The candidate that takes the fewest changes, if these are few enough to be a slip.
pub(crate) fn closest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let count = word.chars().count();
    let limit = count / 3;
    candidates
        // No distance is less than the difference of lengths, which is quick to tell.
        .filter(|candidate| candidate.chars().count().abs_diff(count) <= limit)
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance without regard to case; names are at most a few dozen characters.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (
        a.to_lowercase().chars().take(128).collect(),
        b.to_lowercase().chars().take(128).collect(),
    );
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for ((to, above), diagonal) in b.iter().zip(row.iter().skip(1)).zip(&row) {
            let left = next.last().copied().unwrap_or_default();
            next.push(
                (above + 1)
                    .min(left + 1)
                    .min(diagonal + usize::from(from != to)),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_slips_only() {
        let names = ["Succeed", "Ship order", "Refund"];
        for (word, expected) in [
            ("Suceed", Some("Succeed")),
            ("ship Order", Some("Ship order")),
            ("Cancel", None),
            ("D", None),
            ("", None),
        ] {
            assert_eq!(closest(word, names.into_iter()), expected, "{word}");
        }
    }
}
