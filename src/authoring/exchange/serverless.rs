//! `serverless.yml` of the Serverless Framework with its plug-in for Step Functions, and the
//! files of `stateMachines` that it includes.

use super::function::resolved;
use super::{Embedded, Form, Host};
use crate::asl::WorkflowType;
use crate::source::json::Node;

pub(super) fn find(root: &Node) -> impl Iterator<Item = Embedded> {
    let machines = match root.get("stepFunctions") {
        Some(step_functions) => step_functions.get("stateMachines"),
        None => root.get("stateMachines"),
    };
    let machines = machines.and_then(Node::members).unwrap_or_default();
    machines.iter().filter_map(|machine| {
        let definition = machine.value.get("definition")?;
        definition.members()?;
        let own_type = machine.value.get("type").and_then(Node::as_str);
        Some(Embedded {
            host: Host::Serverless,
            name: machine.key.name.clone(),
            form: Form::Tree(resolved("", definition)),
            substitutions: Vec::new(),
            workflow_type: own_type.and_then(|name| WorkflowType::parse(name)),
            names: Vec::new(),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml;

    #[test]
    fn finds_the_definition_of_the_plug_in() {
        let text = "service: s\nstepFunctions:\n  stateMachines:\n    orders:\n      type: EXPRESS\n      definition:\n        StartAt: Ship\n        States:\n          Ship:\n            Type: Task\n            Resource:\n              Fn::GetAtt: [ship, Arn]\n            End: true\n";
        let found = find(&yaml::parse(text).root).next().unwrap();
        assert_eq!((found.host, &*found.name), (Host::Serverless, "orders"));
        assert_eq!(found.workflow_type, Some(WorkflowType::Express));
        let Form::Tree(tree) = found.form else {
            panic!("a tree")
        };
        let ship = tree.get("States").unwrap().get("Ship").unwrap();
        assert_eq!(
            ship.get("Resource").unwrap().as_str().unwrap().as_ref(),
            "${ship.Arn}"
        );
        assert_eq!(find(&yaml::parse("stepFunctions: 1").root).count(), 0);
    }
}
