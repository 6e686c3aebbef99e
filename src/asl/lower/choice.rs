//! `Choices`.

use super::super::choice::{ChoiceRule, Condition, Operand, OperandKind, Operator};
use super::super::expression::Expression;
use super::super::state::QueryLanguage;
use super::fields::{Fields, substituted};
use crate::source::json::{Node, NodeKind};

pub(super) fn choice_rules(fields: &mut Fields<'_>) -> Vec<ChoiceRule> {
    let pointer = fields.pointer.child("Choices");
    let language = fields.language;
    let nodes = fields.array("Choices").unwrap_or_default();
    let unresolved = &mut *fields.unresolved;
    nodes
        .iter()
        .enumerate()
        .map(|(index, node)| {
            let pointer = pointer.index(index);
            let mut rule = Fields::new(node, pointer, language, unresolved);
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
    let node = rule.node("Condition")?;
    match &node.kind {
        NodeKind::Bool(value) => Some(Condition::Constant(*value)),
        NodeKind::String(text) => Expression::jsonata(text, node.span).map(Condition::Expression),
        _ => None,
    }
}

fn data_test(rule: &mut Fields<'_>) -> Option<Condition> {
    if let Some(node) = rule.node("Not") {
        return inner(rule, node).map(|inner| Condition::Not(Box::new(inner)));
    }
    for (name, make) in [("And", Condition::And as fn(_) -> _), ("Or", Condition::Or)] {
        if rule.node(name).is_some() {
            let nodes = rule.array(name)?;
            let conditions = nodes
                .iter()
                .map(|node| inner(rule, node))
                .collect::<Option<Vec<_>>>();
            return conditions.map(make);
        }
    }
    let comparison = rule
        .names()
        .find_map(|member| Operator::parse(&member.key.name).map(|operator| (operator, member)));
    let ((operator, is_path), member) = comparison?;
    let operand = operand(rule, operator, is_path, &member.key.name, &member.value);
    let variable = rule.expression("Variable")?;
    Some(Condition::Test {
        variable,
        operator,
        operand: operand?,
    })
}

fn inner(rule: &mut Fields<'_>, node: &Node) -> Option<Condition> {
    node.members()?;
    let pointer = rule.pointer.clone();
    let mut fields = Fields::new(node, pointer, rule.language, rule.unresolved);
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
            rule.unresolved(name, node, "a path");
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
        rule.unresolved(name, node, expected);
    }
    (fits || substituted(node).is_some()).then(|| Operand::Value(node.to_value()))
}
