//! CloudFormation and SAM templates in JSON, those that the CDK writes included.

use super::{Finding, as_object, taken_out};
use crate::source::json::{Member, Node};
use crate::source::{Diagnostic, Span};

/// The types of resource that hold a definition.
pub(super) const TYPES: [&str; 2] = [
    "AWS::StepFunctions::StateMachine",
    "AWS::Serverless::StateMachine",
];

/// Machines that get a fix each.
const MOST_FIXES: usize = 5;

/// What a template holds.
pub(super) fn recognize(text: &str, root: &Node) -> Option<Diagnostic> {
    let resources = root.member("Resources")?;
    let members = resources.value.members()?;
    let what = match root.get("Transform") {
        Some(_) => "a SAM template",
        None => "a CloudFormation template",
    };
    let machines: Vec<&Member> = members.iter().filter(|member| is_machine(member)).collect();
    let Some(machine) = machines.first() else {
        let finding = Finding {
            span: resources.key.span,
            message: format!("This is {what} without a state machine"),
            hint: "Paste a definition, or a template with a resource of the type AWS::StepFunctions::StateMachine",
            fixes: Vec::new(),
        };
        return Some(finding.diagnostic(text));
    };
    let fixes = machines.iter().take(MOST_FIXES).filter_map(|machine| {
        let definition = definition(text, property(machine)?)?;
        Some((
            format!("Open the definition of {}", machine.key.name),
            definition,
        ))
    });
    let name = &machine.key.name;
    let (span, place) = match property(machine) {
        Some(property) => (property.key.span, place(machine, property)),
        None => (machine.key.span, format!("{name} has no definition")),
    };
    let finding = Finding {
        span,
        message: format!("This is {what}; {place}"),
        hint: "Open the definition itself; values that the template puts in become ${…} placeholders",
        fixes: fixes.collect(),
    };
    Some(finding.diagnostic(text))
}

fn is_machine(member: &Member) -> bool {
    let name = member.value.get("Type").and_then(Node::as_str);
    name.is_some_and(|name| TYPES.contains(&&**name))
}

/// The property that holds the definition or says where it is.
fn property(machine: &Member) -> Option<&Member> {
    let properties = machine.value.get("Properties")?;
    let names = [
        "Definition",
        "DefinitionString",
        "DefinitionUri",
        "DefinitionS3Location",
    ];
    names.into_iter().find_map(|name| properties.member(name))
}

fn place(machine: &Member, property: &Member) -> String {
    let name = &machine.key.name;
    match (&*property.key.name, property.value.as_str()) {
        ("DefinitionUri" | "DefinitionS3Location", Some(file)) => {
            format!("the definition of {name} is in the file {file}")
        }
        ("DefinitionUri" | "DefinitionS3Location", None) => {
            format!("the definition of {name} is in another file")
        }
        (field, _) => format!("the definition of {name} stands in its {field}"),
    }
}

fn definition(text: &str, property: &Member) -> Option<String> {
    match &*property.key.name {
        "Definition" => {
            property.value.members()?;
            Some(taken_out(text, &property.value))
        }
        "DefinitionString" => as_object(&assembled(&property.value)?),
        _ => None,
    }
}

/// The text that `Fn::Join`, `Fn::Sub` and references make, with placeholders for what only
/// the deployment knows.
fn assembled(node: &Node) -> Option<String> {
    if let Some(text) = node.as_str() {
        return Some(text.to_string());
    }
    let [member] = node.members()? else {
        return None;
    };
    let arguments = member.value.items().unwrap_or_default();
    match (&*member.key.name, arguments) {
        ("Ref", _) => Some(format!("${{{}}}", member.value.as_str()?)),
        ("Fn::GetAtt", [resource, attribute]) => Some(format!(
            "${{{}.{}}}",
            resource.as_str()?,
            attribute.as_str()?
        )),
        ("Fn::GetAtt", _) => Some(format!("${{{}}}", member.value.as_str()?)),
        ("Fn::Sub", [text, ..]) => Some(text.as_str()?.to_string()),
        ("Fn::Sub", []) => Some(member.value.as_str()?.to_string()),
        ("Fn::Join", [separator, parts]) => {
            let parts = parts.items()?.iter().map(assembled);
            Some(parts.collect::<Option<Vec<_>>>()?.join(separator.as_str()?))
        }
        (function, _) => Some(format!("${{{}}}", function.trim_start_matches("Fn::"))),
    }
}

/// The bytes of a line's text without its indentation.
pub(super) fn line_span(start: usize, line: &str) -> Span {
    let indent = line.len() - line.trim_start().len();
    Span::new(start + indent, start + line.trim_end().len())
}
