//! Small changes to texts, most of them the kind that keep a text nearly right.

use statelab::execution::interpreter::Entropy;

/// Words that parsers and evaluators branch on.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "$",
    "$$.",
    "..",
    "*",
    "'",
    "(",
    ")",
    "?(@.",
    "==",
    "null",
    "true",
    "0",
    "-1",
    "-0",
    "1e999",
    "1e-999",
    "9223372036854775808",
    "18446744073709551616",
    "0.1",
    "${X}",
    "\\u0000",
    "\\ud800",
    "\u{1F600}",
    "ü",
    "\n",
    "\t",
    "\"Next\"",
    "\"End\": true",
    "\"Type\": \"Map\"",
    "\"Type\": \"Parallel\"",
    "\"Catch\"",
    "\"Retry\"",
    "\"ErrorEquals\": [\"States.ALL\"]",
    "\"ResultPath\"",
    "\"Parameters\"",
    "\"ItemsPath\"",
    "\"Seconds\"",
    "\"MaxConcurrency\"",
    "\"IntervalSeconds\"",
    "\"BackoffRate\"",
    "States.ArrayRange(",
    "States.Format(",
    "States.JsonMerge(",
    "States.StringToJson(",
    "[-1:]",
    "[0,1]",
    "&&",
    "||",
    "=~ /",
    "length()",
    "2024-02-30T25:00:00Z",
];

/// One sequence of mutations; equal numbers give equal texts.
pub struct Mutator(Entropy);

impl Mutator {
    pub fn new(round: u64) -> Self {
        Self(Entropy::new(round))
    }

    /// One of the seeds, changed in a few places.
    pub fn mutate(&mut self, seeds: &[String]) -> String {
        let mut text: Vec<char> = self.pick(seeds).chars().collect();
        for _ in 0..=self.below(4) {
            let at = self.below(text.len() + 1);
            let magnitude = self.below(8);
            let until = (at + self.below(1 << magnitude)).min(text.len());
            match self.below(7) {
                0 => drop(text.drain(at..until)),
                1 => {
                    let copy: Vec<char> = text.iter().copied().take(until).skip(at).collect();
                    let to = self.below(text.len() + 1);
                    text.splice(to..to, copy);
                }
                2 => {
                    let other: Vec<char> = self.pick(seeds).chars().collect();
                    let from = self.below(other.len() + 1);
                    let len = self.below(80);
                    text.splice(at..until, other.into_iter().skip(from).take(len));
                }
                3 => {
                    let char = char::from_u32(self.below(0x250) as u32).unwrap_or(' ');
                    text.splice(at..at, [char]);
                }
                4 => {
                    let (open, close) = *self.pick(&[("[", "]"), ("{\"a\":", "}"), ("(", ")")]);
                    let depth = 1 << self.below(10);
                    text.splice(until..until, close.repeat(depth).chars());
                    text.splice(at..at, open.repeat(depth).chars());
                }
                _ => {
                    let word = *self.pick(WORDS);
                    let until = if self.below(2) == 0 { at } else { until };
                    text.splice(at..until, word.chars());
                }
            }
        }
        text.into_iter().collect()
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.0.next_u64() % limit.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        let index = self.below(from.len());
        from.get(index).expect("there is something to pick from")
    }
}
