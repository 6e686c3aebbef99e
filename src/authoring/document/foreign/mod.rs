//! Texts that are something else than a definition: what they are, and where the definition
//! stands in them. One sentence and a fix instead of a list of fields that are missing.

mod notation;
mod shape;
mod template;

use crate::source::json::{Node, NodeKind, Value};
use crate::source::{Code, Diagnostic, Span, TextEdit};

/// The text is something else than a definition.
pub const NOT_A_DEFINITION: Code = Code("NOT_A_DEFINITION");

/// What a JSON text without `StartAt` and `States` is, if it is surely no definition.
pub(super) fn recognize(text: &str, root: &Node) -> Option<Diagnostic> {
    template::recognize(text, root).or_else(|| shape::recognize(text, root))
}

/// What a YAML text without `StartAt` and `States` is, if it is surely no definition.
pub(super) fn recognize_yaml(text: &str, root: &Node) -> Option<Diagnostic> {
    template::recognize(text, root).or_else(|| shape::recognize_yaml(text, root))
}

/// What a text is that is almost JSON.
pub(super) fn recognize_broken(text: &str) -> Option<Diagnostic> {
    shape::recognize_broken(text)
}

pub(super) use notation::{prose, terraform};

/// A finding whose fixes put another text in the place of all.
struct Finding {
    span: Span,
    message: String,
    hint: &'static str,
    fixes: Vec<(String, String)>,
}

impl Finding {
    fn diagnostic(self, text: &str) -> Diagnostic {
        let diagnostic =
            Diagnostic::error(NOT_A_DEFINITION, self.span, self.message).with_hint(self.hint);
        let all = Span::new(0, text.len());
        self.fixes
            .into_iter()
            .fold(diagnostic, |diagnostic, (title, inner)| {
                diagnostic.with_fix(title, TextEdit::replace(all, inner))
            })
    }
}

/// The first character that is no white space.
fn first(text: &str) -> Span {
    Span::char_at(text, text.len() - text.trim_start().len())
}

/// A node's text, moved to the left by the indentation of the line it begins on.
fn taken_out(text: &str, node: &Node) -> String {
    if !matches!(node.kind, NodeKind::Object(_)) {
        return node.to_value().to_pretty();
    }
    let start = node.span.start as usize;
    let before = text.get(..start).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut lines = node.span.of(text).lines();
    let mut out = lines.next().unwrap_or("").to_owned();
    for line in lines {
        let blank = line.len() - line.trim_start_matches([' ', '\t']).len();
        out.push('\n');
        out.push_str(line.get(blank.min(indent)..).unwrap_or(""));
    }
    out.push('\n');
    out
}

/// A text that is an object as JSON; laid out for people if it is all in one line.
fn as_object(text: &str) -> Option<String> {
    let value = Value::parse(text).ok()?;
    value.as_object()?;
    Some(match text.trim().contains('\n') {
        true => text.to_owned(),
        false => value.to_pretty() + "\n",
    })
}
