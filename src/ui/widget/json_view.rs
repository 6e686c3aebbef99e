//! A value as coloured, indented text. Everything is text nodes.

use leptos::prelude::*;

use crate::source::json::Value;

/// Longer texts are cut: a person reads the beginning, the rest is in the raw event.
const MOST: usize = 20_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Plain,
    Key,
    String,
    Number,
    Punctuation,
}

/// Shows a value.
#[component]
pub fn JsonView(
    /// The value.
    value: Value,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let text = value.to_pretty();
    let (shown, rest) = match text.char_indices().nth(MOST) {
        Some((end, _)) => text.split_at(end),
        None => (text.as_str(), ""),
    };
    let parts = split(shown)
        .into_iter()
        .map(|(part, text)| {
            let text = text.to_owned();
            let class = match part {
                Part::Plain => return text.into_any(),
                Part::Key => "key",
                Part::String => "string",
                Part::Number => "number",
                Part::Punctuation => "punct",
            };
            view! { <span class=class>{text}</span> }.into_any()
        })
        .collect_view();
    let more = (!rest.is_empty()).then(|| format!("… {} more bytes", rest.len()));
    view! { <pre class="json" tabindex="0" role="region" aria-label=label>{parts}{more}</pre> }
}

/// Splits pretty JSON text into parts of one colour.
fn split(text: &str) -> Vec<(Part, &str)> {
    let mut parts: Vec<(Part, usize, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let (part, end) = match byte {
            b'"' => {
                let end = string_end(bytes, at);
                let is_key = bytes.get(end) == Some(&b':');
                (if is_key { Part::Key } else { Part::String }, end)
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => (Part::Punctuation, at + 1),
            b'-' | b'0'..=b'9' | b'a'..=b'z' => {
                let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                let len = bytes
                    .iter()
                    .skip(at)
                    .take_while(|byte| is_word(byte))
                    .count();
                (Part::Number, at + len)
            }
            _ => (Part::Plain, at + 1),
        };
        match parts.last_mut() {
            Some((last, _, last_end)) if *last == part => *last_end = end,
            _ => parts.push((part, at, end)),
        }
        at = end;
    }
    parts
        .into_iter()
        .map(|(part, start, end)| (part, text.get(start..end).unwrap_or("")))
        .collect()
}

fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}
