//! What the fields of a state make of data: settings, templates, assignments, and what a
//! Catcher hands on.

use std::sync::Arc;

use indexmap::IndexMap;

use super::hole::Holes;
use super::read::{Kind, Scope};
use super::symbol::{Look, Symbol};
use crate::asl::{Catcher, Expression, Setting, Template};
use crate::source::json::Value;

impl Holes {
    /// What a Catcher hands on.
    pub(super) fn caught(&mut self, catcher: &Catcher, raw: &Symbol, scope: &mut Scope) -> Symbol {
        let error = Value::from([("Error", Value::from("Error")), ("Cause", "cause".into())]);
        let error = Symbol::of(error);
        self.assign(catcher.assign.as_ref(), &error, scope);
        self.result_path(catcher.result_path.as_ref(), raw, error)
    }

    /// Gives variables what an `Assign` says.
    pub(super) fn assign(&mut self, assign: Option<&Template>, input: &Symbol, scope: &mut Scope) {
        let members: Vec<(Arc<str>, Template)> = match assign {
            Some(Template::Object(members)) => members.clone(),
            Some(Template::Literal(value)) => {
                let members = value.as_object().map(|object| object.iter());
                let literal = |(name, value): (&Arc<str>, &Value)| {
                    (name.clone(), Template::Literal(value.clone()))
                };
                members.into_iter().flatten().map(literal).collect()
            }
            Some(Template::Expression(_) | Template::Array(_)) | None => return,
        };
        let values: Vec<_> = members
            .into_iter()
            .map(|(name, template)| (name, self.template(&template, input, scope)))
            .collect();
        scope.variables.extend(values);
    }

    /// What a template makes of the input; without one, the input.
    pub(super) fn selector(
        &mut self,
        template: Option<&Template>,
        input: &Symbol,
        scope: &Scope,
    ) -> Symbol {
        match template {
            Some(template) => self.template(template, input, scope),
            None => input.clone(),
        }
    }

    /// Asks for what a setting reads, if it reads anything.
    pub(super) fn setting<T>(
        &mut self,
        setting: Option<&Setting<T>>,
        input: &Symbol,
        scope: &Scope,
        kind: Kind,
    ) {
        if let Some(Setting::Dynamic(expression)) = setting {
            self.field(expression, input, scope, kind);
        }
    }

    /// Asks for what an expression reads, as a value of a kind.
    pub(super) fn field(
        &mut self,
        expression: &Expression,
        input: &Symbol,
        scope: &Scope,
        kind: Kind,
    ) {
        if let Some(value) = self.expression(expression, input, scope, Look::Ask) {
            self.want(&value, kind);
        }
    }
}

/// The context object, whose input is that of the execution.
pub(super) fn context(input: Symbol) -> Symbol {
    let object = |members: Vec<(&str, Symbol)>| {
        Symbol::object(
            members
                .into_iter()
                .map(|(name, symbol)| (name.into(), symbol))
                .collect(),
        )
    };
    let known = |value: Value| Symbol::of(value);
    let time = || known("2026-01-01T00:00:00.000Z".into());
    object(vec![
        (
            "Execution",
            object(vec![
                ("Id", Symbol::Opaque),
                ("Input", input),
                ("StartTime", time()),
                ("Name", Symbol::Opaque),
                ("RoleArn", Symbol::Opaque),
                ("RedriveCount", known(0.into())),
            ]),
        ),
        (
            "StateMachine",
            object(vec![("Id", Symbol::Opaque), ("Name", Symbol::Opaque)]),
        ),
        (
            "State",
            object(vec![
                ("Name", Symbol::Opaque),
                ("EnteredTime", time()),
                ("RetryCount", known(0.into())),
            ]),
        ),
        ("Task", object(vec![("Token", Symbol::Opaque)])),
    ])
}

/// The context object inside an iteration.
pub(super) fn with_item(context: Symbol, index: i64, item: Symbol) -> Symbol {
    let item = Symbol::object(IndexMap::from([
        ("Index".into(), Symbol::of(index.into())),
        ("Value".into(), item),
    ]));
    context.with(
        "Map".into(),
        Symbol::object(IndexMap::from([("Item".into(), item)])),
    )
}
