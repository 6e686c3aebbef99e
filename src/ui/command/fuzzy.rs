//! Finding a text by some of its letters: the way a person abbreviates.

/// How well a text matches, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Higher is better; only to be compared under one query.
    pub score: i32,
    /// The characters of the text that were found, counted from its first one, ascending.
    pub places: Vec<usize>,
}

const AT_WORD_START: i32 = 8;
const NEXT_TO_EACH_OTHER: i32 = 5;
const SKIPPED: i32 = -1;

/// Looks for the words of `query` in `text`, in whatever case and order, each as a part of
/// a word or as some letters in their order. An empty query matches everything.
pub fn find(query: &str, text: &str) -> Option<Match> {
    let text: Vec<char> = text.chars().collect();
    let starts = word_starts(&text);
    let folded: Vec<char> = text.iter().map(|&char| fold(char)).collect();
    let mut found = Match {
        score: 0,
        places: Vec::new(),
    };
    for word in query.split_whitespace() {
        let word: Vec<char> = word.chars().map(fold).collect();
        let best = (0..folded.len())
            .filter_map(|from| find_word(&word, &folded, &starts, from))
            .max_by(|a, b| a.score.cmp(&b.score).then(b.places.cmp(&a.places)))?;
        found.score += best.score;
        found.places.extend(best.places);
    }
    found.places.sort_unstable();
    found.places.dedup();
    Some(found)
}

/// One word whose first letter stands at `from`, the others as soon as they come.
fn find_word(word: &[char], text: &[char], starts: &[bool], from: usize) -> Option<Match> {
    let is_start = |at: usize| starts.get(at) == Some(&true);
    let mut places: Vec<usize> = Vec::with_capacity(word.len());
    let mut score = 0;
    for &letter in word {
        let next = places.last().map_or(from, |last| last + 1);
        let is_here = |at: usize| text.get(at) == Some(&letter);
        let at = if is_here(next) {
            next
        } else if places.is_empty() {
            return None;
        } else {
            // The start of a later word rather than the middle of this one.
            let mut later = (next..text.len()).filter(|&at| is_here(at));
            let first = later.next()?;
            std::iter::once(first)
                .chain(later)
                .find(|&at| is_start(at))
                .unwrap_or(first)
        };
        score += match places.last() {
            Some(_) if at == next => NEXT_TO_EACH_OTHER,
            Some(_) => SKIPPED * i32::try_from(at - next).unwrap_or(i32::MAX / 2).min(6),
            None => 0,
        };
        score += if is_start(at) { AT_WORD_START } else { 0 };
        score += i32::from(at == 0);
        places.push(at);
    }
    Some(Match { score, places })
}

/// Where words begin, a capital after a small letter counted as a beginning.
fn word_starts(text: &[char]) -> Vec<bool> {
    let mut before = ' ';
    let starts = text.iter().map(|&char| {
        let is_start = char.is_alphanumeric()
            && (!before.is_alphanumeric() || (before.is_lowercase() && char.is_uppercase()));
        before = char;
        is_start
    });
    starts.collect()
}

fn fold(char: char) -> char {
    char.to_lowercase().next().unwrap_or(char)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts that match, best first.
    fn ranked<'a>(query: &str, texts: &[&'a str]) -> Vec<&'a str> {
        let mut found: Vec<(i32, &str)> = texts
            .iter()
            .filter_map(|text| find(query, text).map(|found| (found.score, *text)))
            .collect();
        found.sort_by_key(|(score, _)| -score);
        found.into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn the_best_comes_first() {
        let texts = [
            "Unfold all containers",
            "Fold all containers",
            "Zoom in",
            "Find in the code",
        ];
        assert_eq!(
            ranked("fold", &texts),
            ["Fold all containers", "Unfold all containers"]
        );
        assert_eq!(ranked("FAC", &texts).first(), Some(&"Fold all containers"));
        assert_eq!(ranked("zi", &texts), ["Zoom in"]);
        assert_eq!(ranked("code find", &texts), ["Find in the code"]);
        assert_eq!(ranked("xyz", &texts), [""; 0]);
        assert_eq!(ranked("", &texts).len(), texts.len());
    }

    #[test]
    fn names_of_states_are_found_by_their_capitals() {
        let names = ["ReserveAndCharge", "RefundPayment", "Refuse", "charge card"];
        assert_eq!(ranked("rac", &names), ["ReserveAndCharge"]);
        assert_eq!(
            ranked("charge", &names),
            ["charge card", "ReserveAndCharge"]
        );
    }

    #[test]
    fn places_are_those_of_characters() {
        let found = find("ü", "Für Übung").map(|found| found.places);
        assert_eq!(found, Some(vec![4]), "the start of a word is better");
        assert_eq!(
            find("🂡x", "a🂡🂡x").map(|found| found.places),
            Some(vec![2, 3])
        );
        assert_eq!(find("aa", "a"), None);
        assert_eq!(find("a a", "a").map(|found| found.places), Some(vec![0]));
    }
}
