//! A value as coloured, indented text. Everything is text nodes.

use leptos::prelude::*;

use crate::source::json::Value;
use crate::ui::erased::handler;

/// Longer texts are cut until all is asked for, and then shown without colours: tens of
/// thousands of coloured pieces would hold the page up.
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
    let end = text.char_indices().nth(MOST).map(|(end, _)| end);
    let Some(end) = end else {
        let parts = coloured(&text);
        return view! { <pre class="json" tabindex="0" role="region" aria-label=label>{parts}</pre> }
            .into_any();
    };
    let is_whole = RwSignal::new(false);
    let rest = text.len() - end;
    let shown = move || match is_whole.get() {
        true => text.clone().into_any(),
        false => view! { {coloured(text.get(..end).unwrap_or(""))}"…" }.into_any(),
    };
    let button = move || match is_whole.get() {
        true => "Show the beginning only".to_owned(),
        false => format!("Show all, {rest} bytes more"),
    };
    view! {
        <pre class="json" tabindex="0" role="region" aria-label=label>{shown}</pre>
        <button type="button" class="link" on:click=handler(move |_| is_whole.update(|is_whole| *is_whole = !*is_whole))>{button}</button>
    }
    .into_any()
}

fn coloured(text: &str) -> AnyView {
    split(text)
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
        .collect_view()
        .into_any()
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
