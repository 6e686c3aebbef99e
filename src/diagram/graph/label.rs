//! What stands on an edge, short enough to sit between two rows.

use std::sync::Arc;

use crate::asl::Condition;

/// The words on an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The number of a Choice Rule, from 1.
    pub number: Option<usize>,
    /// The words that are drawn.
    pub text: String,
    /// All words, for a tooltip.
    pub title: String,
}

/// More characters than this are cut.
const LONGEST: usize = 26;

impl Label {
    /// A Choice Rule, by its index from 0.
    pub(super) fn rule(index: usize, condition: Option<&Condition>) -> Self {
        let title = condition.map_or_else(|| "no condition".to_owned(), ToString::to_string);
        Self {
            number: Some(index + 1),
            text: cut(&without_roots(&title)),
            title,
        }
    }

    pub(super) fn default() -> Self {
        Self {
            number: None,
            text: "default".to_owned(),
            title: "When no rule matches".to_owned(),
        }
    }

    /// The error names of a Catcher; what does not fit is counted.
    pub(super) fn catch(errors: &[Arc<str>]) -> Self {
        let title = errors.join(", ");
        let text = match errors {
            [] => "no error".to_owned(),
            [first, rest @ ..] if title.chars().count() > LONGEST && !rest.is_empty() => {
                format!("{} +{}", cut(first), rest.len())
            }
            _ => cut(&title),
        };
        Self {
            number: None,
            text,
            title,
        }
    }
}

/// The text without the roots of its paths: `$.total > 5` and `$total > 5` read `total > 5`.
fn without_roots(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace("$states.input.", "");
    let mut short = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut quote = None;
    while let Some(character) = rest.next() {
        match character {
            '"' | '\'' if quote.is_none() => quote = Some(character),
            _ if quote == Some(character) => quote = None,
            '$' if quote.is_none() => {
                let next = rest.peek().copied();
                if next == Some('.') {
                    rest.next();
                    continue;
                }
                if next.is_some_and(char::is_alphabetic) {
                    continue;
                }
            }
            _ => {}
        }
        short.push(character);
    }
    short
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST - 1).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_out_roots_but_not_in_strings() {
        assert_eq!(without_roots(" $.total\n > 5 "), "total > 5");
        assert_eq!(
            without_roots("$total > $states.input.limit"),
            "total > limit"
        );
        assert_eq!(without_roots("$.price = \"$.5\""), "price = \"$.5\"");
        assert_eq!(without_roots("$ = 1"), "$ = 1");
    }

    #[test]
    fn counts_what_does_not_fit() {
        let names = |names: &[&str]| names.iter().map(|&name| name.into()).collect::<Vec<_>>();
        let label = Label::catch(&names(&["States.Timeout", "States.TaskFailed"]));
        assert_eq!(label.text, "States.Timeout +1");
        assert_eq!(label.title, "States.Timeout, States.TaskFailed");
        assert_eq!(Label::catch(&names(&["A", "B"])).text, "A, B");
        let long = "x".repeat(40);
        assert_eq!(cut(&long).chars().count(), LONGEST);
    }
}
