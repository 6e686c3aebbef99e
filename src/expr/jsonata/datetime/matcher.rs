//! Matching a text against a picture: every element takes as much as it can and gives back
//! what the following ones need.

use std::collections::HashMap;
use std::sync::Arc;

/// Steps after which a text counts as not following its picture; times need a few dozen.
const MAX_STEPS: usize = 200_000;

/// What a piece of text must look like. Large and small letters are the same.
#[derive(Clone, Debug)]
pub(super) enum Element {
    Literal(Vec<char>),
    /// Digits, at least and at most so many, and behind them the end of an ordinal number.
    Digits {
        min: usize,
        max: usize,
        is_ordinal: bool,
    },
    Letters,
    Roman,
    Words(Vec<Vec<char>>),
    /// A sign and digits, after `GMT` or not, with a second group behind a separator or not.
    Zone {
        is_named: bool,
        separator: Option<char>,
    },
}

/// Start and end of each element's text, if the whole text follows them.
pub(super) fn find(elements: &[Element], text: &[char]) -> Option<Vec<(usize, usize)>> {
    // The ends that are still to be tried for each element, the next one last.
    let mut stack: Vec<(usize, Vec<usize>)> = Vec::new();
    // By element and place, in a table as objects have one: each kind is code of its own.
    // There are no more of them than steps.
    let mut failed: HashMap<Arc<str>, usize> = HashMap::new();
    let spot = |depth: usize, start: usize| format!("{depth} {start}");
    let mut start = 0;
    let mut steps = 0;
    loop {
        match elements.get(stack.len()) {
            None if start == text.len() => {
                return Some(
                    stack
                        .into_iter()
                        .map(|(start, ends)| (start, ends.last().copied().unwrap_or(start)))
                        .collect(),
                );
            }
            Some(element)
                if failed.is_empty() || !failed.contains_key(&*spot(stack.len(), start)) =>
            {
                let ends = element.ends(text, start);
                steps += ends.len();
                stack.push((start, ends));
            }
            _ => {
                let (_, ends) = stack.last_mut()?;
                ends.pop();
            }
        }
        // Back to the last element that has an end left.
        loop {
            steps += 1;
            if steps > MAX_STEPS {
                return None;
            }
            let depth = stack.len();
            let (from, ends) = stack.last_mut()?;
            if let Some(end) = ends.last() {
                start = *end;
                break;
            }
            failed.insert(spot(depth - 1, *from).into(), 0);
            stack.pop();
            if let Some((_, ends)) = stack.last_mut() {
                ends.pop();
            }
        }
    }
}

impl Element {
    /// Where the element can end, the farthest last.
    fn ends(&self, text: &[char], start: usize) -> Vec<usize> {
        let rest = text.get(start..).unwrap_or_default();
        let run = |is: fn(&char) -> bool| rest.iter().take_while(|c| is(c)).count();
        match self {
            Self::Literal(literal) => {
                let is_there = rest.len() >= literal.len()
                    && rest.iter().zip(literal).all(|(a, b)| is_same(*a, *b));
                is_there
                    .then_some(start + literal.len())
                    .into_iter()
                    .collect()
            }
            Self::Digits {
                min,
                max,
                is_ordinal,
            } => {
                let digits = run(char::is_ascii_digit).min(*max);
                (*min..=digits)
                    .map(|len| start + len)
                    .filter_map(|end| match is_ordinal {
                        true => is_suffix(text.get(end..)?).then_some(end + 2),
                        false => Some(end),
                    })
                    .collect()
            }
            Self::Letters => (1..=run(char::is_ascii_alphabetic))
                .map(|len| start + len)
                .collect(),
            Self::Roman => {
                let is_roman = |c: &char| "MDCLXVI".contains(c.to_ascii_uppercase());
                (1..=run(is_roman)).map(|len| start + len).collect()
            }
            Self::Words(words) => word_ends(words, rest)
                .into_iter()
                .map(|end| start + end)
                .collect(),
            Self::Zone {
                is_named,
                separator,
            } => zone_ends(rest, *is_named, *separator)
                .into_iter()
                .map(|end| start + end)
                .collect(),
        }
    }
}

fn is_same(a: char, b: char) -> bool {
    a == b || a.to_uppercase().eq(b.to_uppercase())
}

fn is_suffix(text: &[char]) -> bool {
    ["th", "st", "nd", "rd"]
        .iter()
        .any(|suffix| text.len() >= 2 && suffix.chars().zip(text).all(|(a, b)| is_same(a, *b)))
}

/// Ends of one word or several in a row, what is tried first last: at each place the words in
/// their order, each with all that can follow it before it alone.
fn word_ends(words: &[Vec<char>], text: &[char]) -> Vec<usize> {
    let mut reached = vec![false; text.len() + 1];
    let mut ends = Vec::new();
    // The places on the way, each with the words that are still to be tried there.
    let mut stack = vec![(0, words.iter())];
    while let Some((start, left)) = stack.last_mut() {
        let start = *start;
        let rest = text.get(start..).unwrap_or_default();
        let is_there = |word: &&Vec<char>| {
            rest.len() >= word.len() && word.iter().zip(rest).all(|(a, b)| is_same(*a, *b))
        };
        let Some(word) = left.find(is_there) else {
            ends.extend((start > 0).then_some(start));
            stack.pop();
            continue;
        };
        let end = start + word.len();
        if let Some(is_reached) = reached.get_mut(end)
            && !*is_reached
            && end < MAX_STEPS
        {
            *is_reached = true;
            stack.push((end, words.iter()));
        }
    }
    ends.reverse();
    ends
}

fn zone_ends(text: &[char], is_named: bool, separator: Option<char>) -> Vec<usize> {
    let prefix = if is_named { "GMT" } else { "" };
    let is_there = text.len() > prefix.len()
        && prefix.chars().zip(text).all(|(a, b)| is_same(a, *b))
        && matches!(text.get(prefix.len()), Some('+' | '-'));
    if !is_there {
        return Vec::new();
    }
    let digits = |from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        rest.iter().take_while(|c| c.is_ascii_digit()).count()
    };
    let start = prefix.len() + 1;
    let first = digits(start);
    let Some(separator) = separator else {
        return (1..=first).map(|len| start + len).collect();
    };
    let at = start + first;
    if first == 0 || text.get(at) != Some(&separator) {
        return Vec::new();
    }
    (1..=digits(at + 1)).map(|len| at + 1 + len).collect()
}
