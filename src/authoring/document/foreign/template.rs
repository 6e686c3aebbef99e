//! Templates of CloudFormation and SAM without a definition that could be opened.

use super::Finding;
use crate::authoring::exchange;
use crate::source::json::{Member, Node};
use crate::source::{Diagnostic, Span};

/// What a template holds in a definition's place.
pub(super) fn recognize(text: &str, root: &Node) -> Option<Diagnostic> {
    let resources = root.member("Resources")?;
    resources.value.members()?;
    let what = match root.get("Transform") {
        Some(_) => "a SAM template",
        None => "a CloudFormation template",
    };
    let Some(machine) = exchange::machines(root).next() else {
        let finding = Finding {
            span: resources.key.span,
            message: format!("This is {what} without a state machine"),
            hint: "Paste a definition, or a template with a resource of the type AWS::StepFunctions::StateMachine",
            fixes: Vec::new(),
        };
        return Some(finding.diagnostic(text));
    };
    let (span, place) = place(machine);
    let finding = Finding {
        span,
        message: format!("This is {what}; {place}"),
        hint: "Open the definition itself",
        fixes: Vec::new(),
    };
    Some(finding.diagnostic(text))
}

/// Where the definition of a machine is, and where that is said.
fn place(machine: &Member) -> (Span, String) {
    let name = &machine.key.name;
    let properties = machine.value.get("Properties");
    let property = |field| properties.and_then(|properties| properties.member(field));
    for field in ["DefinitionUri", "DefinitionS3Location"] {
        if let Some(property) = property(field) {
            let place = match property.value.as_str() {
                Some(file) => format!("the definition of {name} is in the file {file}"),
                None => format!("the definition of {name} is in another file"),
            };
            return (property.key.span, place);
        }
    }
    for field in ["Definition", "DefinitionString"] {
        if let Some(property) = property(field) {
            let place = format!("{field} of {name} holds no definition");
            return (property.key.span, place);
        }
    }
    (machine.key.span, format!("{name} has no definition"))
}
