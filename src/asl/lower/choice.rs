//! `Choices`.

use super::super::choice::{ChoiceRule, Condition, Operand, OperandKind, Operator};
use super::super::expression::Expression;
use super::super::state::QueryLanguage;
use super::fields::{Fields, substituted};
use crate::source::json::{Node, NodeKind};

pub(super) fn choice_rules(fields: &mut Fields<'_>) -> Vec<ChoiceRule> {
    if fields.node("Choices").is_none() {
        fields.missing("Choices");
    }
    let pointer = fields.pointer.child("Choices");
    let language = fields.language;
    let nodes = fields.array("Choices").unwrap_or_default();
    let diagnostics = &mut *fields.diagnostics;
    nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let pointer = pointer.index(index);
            let mut rule = Fields::new(
                node,
                node.span,
                "The choice rule".into(),
                pointer,
                language,
                diagnostics,
            );
            if rule.node("Next").is_none() {
                rule.missing("Next");
            }
            ChoiceRule {
                pointer: rule.pointer.clone(),
                span: node.span,
                condition: condition(&mut rule),
                next: rule.reference("Next"),
                assign: rule.template("Assign"),
                output: rule.template("Output"),
                comment: rule.string("Comment"),
            }
        })
        .collect()
}

fn condition(rule: &mut Fields<'_>) -> Option<Condition> {
    match rule.language {
        QueryLanguage::Jsonata => jsonata_condition(rule),
        QueryLanguage::JsonPath => data_test(rule),
    }
}

fn jsonata_condition(rule: &mut Fields<'_>) -> Option<Condition> {
    let Some(node) = rule.node("Condition") else {
        rule.missing("Condition");
        return None;
    };
    let condition = match &node.kind {
        NodeKind::Bool(value) => Some(Condition::Constant(*value)),
        NodeKind::String(text) => Expression::jsonata(text, node.span).map(Condition::Expression),
        _ => None,
    };
    if condition.is_none() {
        rule.wrong_type("Condition", node, "a JSONata expression between {% and %}");
    }
    condition
}

fn data_test(rule: &mut Fields<'_>) -> Option<Condition> {
    if let Some(node) = rule.node("Not") {
        return inner(rule, "Not", node).map(|inner| Condition::Not(Box::new(inner)));
    }
    for (name, make) in [("And", Condition::And as fn(_) -> _), ("Or", Condition::Or)] {
        if rule.node(name).is_some() {
            let nodes = rule.array(name)?;
            let label = format!("Each element of {name}");
            let conditions = nodes
                .iter()
                .map(|node| inner(rule, &label, node))
                .collect::<Option<Vec<_>>>();
            return conditions.map(make);
        }
    }
    let comparison = rule
        .names()
        .find_map(|member| Operator::parse(&member.key.name).map(|operator| (operator, member)));
    let Some(((operator, is_path), member)) = comparison else {
        rule.missing("a comparison operator, And, Or or Not");
        return None;
    };
    let operand = operand(rule, operator, is_path, &member.key.name, &member.value);
    if rule.node("Variable").is_none() {
        rule.missing("Variable");
    }
    let variable = rule.expression("Variable")?;
    Some(Condition::Test {
        variable,
        operator,
        operand: operand?,
    })
}

fn inner(rule: &mut Fields<'_>, name: &str, node: &Node) -> Option<Condition> {
    if node.members().is_none() {
        rule.wrong_type(name, node, "an object with a condition");
        return None;
    }
    let owner = "The condition".into();
    let mut fields = Fields::new(
        node,
        node.span,
        owner,
        rule.pointer.clone(),
        rule.language,
        rule.diagnostics,
    );
    data_test(&mut fields)
}

fn operand(
    rule: &mut Fields<'_>,
    operator: Operator,
    is_path: bool,
    name: &str,
    node: &Node,
) -> Option<Operand> {
    if is_path {
        let path = node
            .as_str()
            .map(|text| Operand::Path(Expression::read(text.clone(), node.span)));
        if path.is_none() {
            rule.wrong_type(name, node, "a path");
        }
        return path;
    }
    let (fits, expected) = match operator.operand_kind() {
        OperandKind::String => (node.as_str().is_some(), "a string"),
        OperandKind::Number => (matches!(node.kind, NodeKind::Number(_)), "a number"),
        OperandKind::Timestamp => (node.as_str().is_some(), "an RFC 3339 time"),
        OperandKind::Boolean | OperandKind::Test => {
            (matches!(node.kind, NodeKind::Bool(_)), "true or false")
        }
    };
    if !fits {
        rule.wrong_type(name, node, expected);
    }
    (fits || substituted(node).is_some()).then(|| Operand::Value(node.to_value()))
}
