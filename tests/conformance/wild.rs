//! Equality with placeholders in the expected value.

use serde_json::Value;

/// The placeholders of a case.
pub struct Wild {
    tokens: Vec<String>,
    words: Vec<String>,
}

impl Wild {
    pub fn new(spec: &Value) -> Self {
        let list = |name: &str| {
            let items = spec[name].as_array().into_iter().flatten();
            let mut list: Vec<String> = items
                .filter_map(|item| Some(item.as_str()?.to_owned()))
                .collect();
            list.sort_by_key(|text| std::cmp::Reverse(text.len()));
            list
        };
        Self {
            tokens: list("tokens"),
            words: list("words"),
        }
    }

    /// Whether `actual` is what `expected` says, but for the members in `skip`. The
    /// first difference goes into `difference`.
    pub fn same(
        &self,
        expected: &Value,
        actual: &Value,
        skip: &[&str],
        path: &str,
        difference: &mut Vec<String>,
    ) -> bool {
        let same = match (expected, actual) {
            (Value::String(text), _) if self.tokens.contains(text) || self.words.contains(text) => {
                true
            }
            (Value::String(expected), Value::String(actual)) => {
                self.same_text(expected, actual) || self.same_array(expected, actual, skip)
            }
            (Value::Object(expected), Value::Object(actual)) => {
                let mut keys: Vec<&String> = expected.keys().collect();
                keys.extend(actual.keys().filter(|key| !expected.contains_key(*key)));
                keys.retain(|key| !skip.contains(&key.as_str()));
                return keys
                    .into_iter()
                    .all(|key| match (expected.get(key), actual.get(key)) {
                        (Some(a), Some(b)) => {
                            self.same(a, b, skip, &format!("{path}.{key}"), difference)
                        }
                        (a, b) => {
                            difference.push(format!("{path}.{key}: expected {a:?}, got {b:?}"));
                            false
                        }
                    });
            }
            (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
                return expected
                    .iter()
                    .zip(actual)
                    .enumerate()
                    .all(|(index, (a, b))| {
                        self.same(a, b, skip, &format!("{path}[{index}]"), difference)
                    });
            }
            (Value::Array(_), Value::String(text)) => {
                let parsed = serde_json::from_str::<Value>(text);
                return parsed.is_ok_and(|actual| {
                    actual.is_array() && self.same(expected, &actual, skip, path, difference)
                });
            }
            (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
            _ => expected == actual,
        };
        if !same && path != "$" {
            difference.push(format!("{path}: expected {expected}\n      got {actual}"));
        }
        same
    }

    fn same_array(&self, expected: &str, actual: &str, skip: &[&str]) -> bool {
        let parse = |text: &str| {
            serde_json::from_str::<Value>(text)
                .ok()
                .filter(Value::is_array)
        };
        // Byte for byte, but for what the placeholders of the elements hide.
        match (parse(expected), parse(actual)) {
            (Some(a), Some(b)) => self.same(&a, &b, skip, "", &mut Vec::new()),
            _ => false,
        }
    }

    fn same_text(&self, expected: &str, actual: &str) -> bool {
        if expected == actual {
            return true;
        }
        let parts = self.split(expected);
        if parts.len() == 1 {
            return false;
        }
        let (first, last) = (&parts[0], &parts[parts.len() - 1]);
        let Some(rest) = actual.strip_prefix(first.as_str()) else {
            return false;
        };
        let Some(mut rest) = rest.strip_suffix(last.as_str()) else {
            return false;
        };
        parts[1..parts.len() - 1]
            .iter()
            .all(|part| match rest.split_once(part.as_str()) {
                Some((_, after)) => {
                    rest = after;
                    true
                }
                None => part.is_empty(),
            })
    }

    /// The literal parts between placeholders, the longest placeholder first.
    fn split(&self, text: &str) -> Vec<String> {
        let mut parts = vec![String::new()];
        let mut rest = text;
        while let Some(char) = rest.chars().next() {
            let found = self.placeholder_at(text, text.len() - rest.len());
            if let Some(len) = found {
                parts.push(String::new());
                rest = &rest[len..];
                continue;
            }
            parts.last_mut().unwrap().push(char);
            rest = &rest[char.len_utf8()..];
        }
        parts
    }

    fn placeholder_at(&self, text: &str, at: usize) -> Option<usize> {
        let rest = &text[at..];
        let is_word = |char: char| char.is_ascii_alphanumeric() || char == '_';
        let token = self
            .tokens
            .iter()
            .find(|token| rest.starts_with(token.as_str()));
        let word = self.words.iter().find(|word| {
            rest.starts_with(word.as_str())
                && !text[..at].chars().next_back().is_some_and(is_word)
                && !rest[word.len()..].chars().next().is_some_and(is_word)
        });
        token.into_iter().chain(word).map(String::len).max()
    }
}
