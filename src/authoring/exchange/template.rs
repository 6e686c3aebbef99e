//! Templates of CloudFormation and SAM, in JSON and in YAML.

use super::function::{assembled, resolved};
use super::{Embedded, Form, Given, Host};
use crate::asl::WorkflowType;
use crate::source::json::{Member, Node};

/// The types of resource that hold a definition.
pub const TYPES: [&str; 2] = [
    "AWS::StepFunctions::StateMachine",
    "AWS::Serverless::StateMachine",
];

/// The resources of a template that are state machines.
pub fn machines(root: &Node) -> impl Iterator<Item = &Member> {
    let resources = root.get("Resources").and_then(Node::members);
    resources.unwrap_or_default().iter().filter(|member| {
        let name = member.value.get("Type").and_then(Node::as_str);
        name.is_some_and(|name| TYPES.contains(&&**name))
    })
}

pub(super) fn find(text: &str, root: &Node) -> impl Iterator<Item = Embedded> {
    let host = match root.get("Transform") {
        Some(_) => Host::Sam,
        None => Host::CloudFormation,
    };
    machines(root).filter_map(move |machine| {
        let properties = machine.value.get("Properties")?;
        let own_type = ["Type", "StateMachineType"].map(|name| properties.get(name));
        let own_type = own_type.into_iter().flatten().find_map(Node::as_str);
        Some(Embedded {
            host,
            name: machine.key.name.clone(),
            form: form(text, properties)?,
            substitutions: substitutions(text, properties),
            workflow_type: own_type.and_then(|name| WorkflowType::parse(name)),
            names: Vec::new(),
        })
    })
}

fn form(text: &str, properties: &Node) -> Option<Form> {
    if let Some(definition) = properties.get("Definition") {
        definition.members()?;
        return Some(Form::Tree(resolved(text, definition)));
    }
    let definition = assembled(text, properties.get("DefinitionString")?)?;
    definition
        .text()
        .trim_start()
        .starts_with('{')
        .then_some(Form::Text(definition))
}

/// `DefinitionSubstitutions`, and the variables of an `Fn::Sub` around the definition.
fn substitutions(text: &str, properties: &Node) -> Vec<Given> {
    let own = properties.get("DefinitionSubstitutions");
    let call = properties
        .get("DefinitionString")
        .and_then(|definition| definition.get("Fn::Sub"));
    let variables = call.and_then(|arguments| arguments.items()?.get(1));
    let members = [own, variables]
        .into_iter()
        .flatten()
        .filter_map(Node::members);
    let given = members.flatten().map(|member| Given {
        name: member.key.name.clone(),
        value: value(text, &member.value),
    });
    given.collect()
}

fn value(text: &str, node: &Node) -> String {
    match assembled(text, node) {
        Some(text) => text.text().to_owned(),
        None => node.to_value().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json;
    use crate::source::yaml;

    fn find(text: &str, root: &Node) -> Option<Embedded> {
        Embedded::choose(super::find(text, root), None)
    }

    #[test]
    fn finds_definitions_as_objects() {
        let text = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Role:\n    Type: AWS::IAM::Role\n  Orders:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      Definition:\n        StartAt: Ship\n        States:\n          Ship:\n            Type: Task\n            Resource: !GetAtt Ship.Arn\n            Parameters:\n              Url: !Join ['/', [!Ref Base, orders]]\n            End: true\n      DefinitionSubstitutions:\n        Table: !Ref Orders\n        Limit: 3\n        Mode: fast\n  Other:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: !Sub '{\"StartAt\": \"A\"}'\n      StateMachineType: EXPRESS\n";
        let root = yaml::parse(text).root;
        let found = find(text, &root).unwrap();
        assert_eq!(found.host, Host::Sam);
        assert_eq!(&*found.name, "Orders");
        assert_eq!(found.names, ["Orders".into(), "Other".into()]);
        assert_eq!(found.workflow_type, None);
        let other = Embedded::choose(super::find(text, &root), Some("Other")).unwrap();
        assert_eq!((&*other.name, other.names.len()), ("Other", 2));
        assert_eq!(other.workflow_type, Some(WorkflowType::Express));
        let none = Embedded::choose(super::find(text, &root), Some("Missing"));
        assert_eq!(&*none.unwrap().name, "Orders");
        let Form::Tree(tree) = &found.form else {
            panic!("{found:?}")
        };
        let ship = tree.get("States").unwrap().get("Ship").unwrap();
        assert_eq!(
            ship.get("Resource").unwrap().as_str().unwrap().as_ref(),
            "${Ship.Arn}"
        );
        let url = ship.get("Parameters").unwrap().get("Url").unwrap();
        assert_eq!(url.as_str().unwrap().as_ref(), "${Base}/orders");
        assert_eq!(url.span.of(text), "!Join ['/', [!Ref Base, orders]]");
        let given: Vec<(&str, &str, bool)> = found
            .substitutions
            .iter()
            .map(|given| (&*given.name, given.value.as_str(), given.is_known()))
            .collect();
        assert_eq!(
            given,
            [
                ("Table", "${Orders}", false),
                ("Limit", "3", true),
                ("Mode", "fast", true)
            ]
        );
    }

    #[test]
    fn finds_definitions_in_strings() {
        let text = r#"{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {
            "DefinitionString": {"Fn::Join": ["", ["{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Task\",\"Resource\":\"", {"Fn::GetAtt": ["F", "Arn"]}, "\",\"End\":true}}}"]]}}}}}"#;
        let root = json::parse(text).root;
        let found = find(text, &root).unwrap();
        let Form::Text(inlay) = &found.form else {
            panic!("{found:?}")
        };
        assert_eq!(
            inlay.text(),
            r#"{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${F.Arn}","End":true}}}"#
        );
        let at = inlay.text().find("${F.Arn}").unwrap();
        let host = inlay.to_host(crate::source::Span::new(at, at + 8));
        assert_eq!(host.of(text), r#"{"Fn::GetAtt": ["F", "Arn"]}"#);
        let sub = "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString:\n        Fn::Sub:\n          - |\n            {\"StartAt\": \"${Start}\"}\n          - Start: A\n";
        let found = find(sub, &yaml::parse(sub).root).unwrap();
        assert_eq!(
            found.substitutions,
            [Given {
                name: "Start".into(),
                value: "A".into()
            }]
        );
        assert!(
            matches!(&found.form, Form::Text(inlay) if inlay.text() == "{\"StartAt\": \"${Start}\"}\n")
        );
    }
}
