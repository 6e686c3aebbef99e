//! The functions of CloudFormation, as placeholders of the definition language.
//!
//! `Fn::Sub` writes `${Name}` for the value of a parameter and `${Name.Attribute}` for that of
//! a resource; every other way to say the same becomes the same.

use std::sync::Arc;

use super::inlay::Inlay;
use crate::source::json::{Member, Node, NodeKind};

/// The one member of an object that is a call, with the function's name.
pub(super) fn call(node: &Node) -> Option<&Member> {
    let [member] = node.members()? else {
        return None;
    };
    let name = &member.key.name;
    (name.starts_with("Fn::") || &**name == "Ref").then_some(member)
}

/// The text that a string or a call makes, with placeholders for what only the deployment
/// knows. Nothing for what makes no text.
pub(super) fn assembled(host: &str, node: &Node) -> Option<Inlay> {
    if let NodeKind::String(text) | NodeKind::Substitution(text) = &node.kind {
        return Some(Inlay::of_scalar(host, node.span, text));
    }
    let member = call(node)?;
    let arguments = member.value.items().unwrap_or_default();
    match (&*member.key.name, arguments) {
        ("Fn::Sub", [text, ..]) => assembled(host, text),
        ("Fn::Sub", []) => assembled(host, &member.value),
        ("Fn::Join", [separator, parts]) => {
            let separator = separator.as_str()?;
            let mut whole = Inlay::default();
            for (index, part) in parts.items()?.iter().enumerate() {
                if index > 0 {
                    whole.append(Inlay::fixed(part.span, separator));
                }
                whole.append(assembled(host, part)?);
            }
            Some(whole)
        }
        _ => Some(Inlay::fixed(node.span, &placeholder(member))),
    }
}

/// `${…}` for a call whose value only the deployment knows.
fn placeholder(member: &Member) -> String {
    let arguments = member.value.items().unwrap_or_default();
    let words = arguments
        .iter()
        .map(|argument| argument.as_str().map(|text| &**text));
    let words: Option<Vec<&str>> = words.collect();
    match (&*member.key.name, member.value.as_str(), words) {
        ("Ref" | "Fn::GetAtt", Some(name), _) => format!("${{{name}}}"),
        ("Fn::GetAtt", None, Some(words)) => format!("${{{}}}", words.join(".")),
        (function, Some(name), _) => format!("${{{}:{name}}}", function.trim_start_matches("Fn::")),
        (function, None, _) => format!("${{{}}}", function.trim_start_matches("Fn::")),
    }
}

/// The tree of a definition with a string in the place of every call.
pub(super) fn resolved(host: &str, node: &Node) -> Node {
    if call(node).is_some()
        && let Some(text) = assembled(host, node)
    {
        return Node {
            span: node.span,
            kind: NodeKind::String(Arc::from(text.text())),
        };
    }
    let kind = match &node.kind {
        NodeKind::Array(items) => {
            NodeKind::Array(items.iter().map(|item| resolved(host, item)).collect())
        }
        NodeKind::Object(members) => {
            let members = members.iter().map(|member| Member {
                key: member.key.clone(),
                value: resolved(host, &member.value),
            });
            NodeKind::Object(members.collect())
        }
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_) => node.kind.clone(),
    };
    Node {
        span: node.span,
        kind,
    }
}
