//! `serverless.yml` of the Serverless Framework with its plug-in for Step Functions, and the
//! files of `stateMachines` that it includes.

use super::function::resolved;
use super::{Embedded, Form, Host};
use crate::source::json::{Member, Node};

pub(super) fn find(root: &Node) -> Option<Embedded> {
    let machines = match root.get("stepFunctions") {
        Some(step_functions) => step_functions.get("stateMachines")?,
        None => root.get("stateMachines")?,
    };
    let mut found = machines
        .members()?
        .iter()
        .filter(|machine| has_definition(machine));
    let machine = found.next()?;
    let definition = machine.value.get("definition")?;
    Some(Embedded {
        host: Host::Serverless,
        name: machine.key.name.clone(),
        form: Form::Tree(resolved("", definition)),
        substitutions: Vec::new(),
        others: found.map(|machine| machine.key.name.clone()).collect(),
    })
}

fn has_definition(machine: &Member) -> bool {
    let definition = machine.value.get("definition");
    definition.is_some_and(|definition| definition.members().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml;

    #[test]
    fn finds_the_definition_of_the_plug_in() {
        let text = "service: s\nstepFunctions:\n  stateMachines:\n    orders:\n      definition:\n        StartAt: Ship\n        States:\n          Ship:\n            Type: Task\n            Resource:\n              Fn::GetAtt: [ship, Arn]\n            End: true\n";
        let found = find(&yaml::parse(text).root).unwrap();
        assert_eq!((found.host, &*found.name), (Host::Serverless, "orders"));
        let Form::Tree(tree) = found.form else {
            panic!("a tree")
        };
        let ship = tree.get("States").unwrap().get("Ship").unwrap();
        assert_eq!(
            ship.get("Resource").unwrap().as_str().unwrap().as_ref(),
            "${ship.Arn}"
        );
        assert_eq!(find(&yaml::parse("stepFunctions: 1").root), None);
    }
}
