//! What an expression reads from outside, for those who check it before it runs.

use std::sync::Arc;

use super::Expression;
use super::ast::{Group, Kind, Node, Stage};
use crate::source::text::Span;

/// Something that an expression reads and does not define itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it reads.
    pub kind: ReferenceKind,
    /// Where, in bytes of the expression.
    pub span: Span,
}

/// What an expression can read from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceKind {
    /// A member of the input, or `$` for all of it, `*` or `**`.
    Input(Arc<str>),
    /// `$$`
    Root,
    /// `$name`, and the member that is asked of it: `$states.input`.
    Variable {
        /// Without `$`.
        name: Arc<str>,
        /// The first name behind the variable.
        member: Option<Arc<str>>,
    },
    /// A call of `$name` where no such function is known.
    Function(Arc<str>),
}

impl Expression {
    /// Everything that it reads from outside, in the order of the text.
    pub fn references(&self) -> Vec<Reference> {
        let mut walk = Walk {
            found: Vec::new(),
            bound: Vec::new(),
        };
        walk.node(&self.root, Context::Input);
        walk.found.sort_by_key(|reference| reference.span.order());
        walk.found
    }
}

/// What names are asked of at a place of the expression.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Context {
    /// The input of the whole expression.
    Input,
    /// Something that the expression itself has come to.
    Inner,
}

struct Walk {
    found: Vec<Reference>,
    /// The variables that the expression itself defines, innermost last.
    bound: Vec<Arc<str>>,
}

impl Walk {
    fn add(&mut self, kind: ReferenceKind, span: Span) {
        self.found.push(Reference { kind, span });
    }

    /// What is bound within `walk` is not bound after it.
    fn scope(&mut self, walk: impl FnOnce(&mut Self)) {
        let outer = self.bound.len();
        walk(self);
        self.bound.truncate(outer);
    }

    fn node(&mut self, node: &Node, context: Context) {
        self.kind(node, context);
        self.stages(&node.predicates);
        self.stages(&node.step.stages);
        if let Some(group) = &node.group {
            self.group(group, Context::Inner);
        }
    }

    fn kind(&mut self, node: &Node, context: Context) {
        match &node.kind {
            Kind::Path { steps, .. } => self.path(steps, context),
            Kind::Name(name) => self.input(name, node.span, context),
            Kind::Wildcard => self.input("*", node.span, context),
            Kind::Descendants => self.input("**", node.span, context),
            Kind::Variable { .. } => self.variable(node, None, context),
            Kind::String(_)
            | Kind::Number(_)
            | Kind::Bool(_)
            | Kind::Null
            | Kind::Regex(_)
            | Kind::Parent(..)
            | Kind::Placeholder => {}
            Kind::Negate(operand) => self.node(operand, context),
            Kind::Binary(_, left, right) | Kind::Apply { left, right } => {
                self.node(left, context);
                self.node(right, context);
            }
            Kind::Array(items) => items.iter().for_each(|item| self.node(item, context)),
            Kind::Object(group) => self.group(group, context),
            Kind::Sort(terms) => {
                for term in terms {
                    self.node(&term.expression, Context::Inner);
                }
            }
            Kind::Block(nodes) => self.scope(|walk| {
                nodes.iter().for_each(|node| walk.node(node, context));
            }),
            Kind::Condition {
                condition,
                then,
                otherwise,
            } => {
                self.node(condition, context);
                self.node(then, context);
                if let Some(otherwise) = otherwise {
                    self.node(otherwise, context);
                }
            }
            Kind::Bind { name, value } => {
                // A function may call itself.
                self.bound.push(name.clone());
                self.node(value, context);
            }
            Kind::Call(call) => {
                match &call.procedure.kind {
                    Kind::Variable {
                        name,
                        builtin: None,
                    } if !self.bound.contains(name) && !is_context(name) => {
                        let kind = ReferenceKind::Function(name.clone());
                        self.add(kind, call.procedure.span);
                    }
                    _ => self.node(&call.procedure, context),
                }
                for argument in &call.arguments {
                    self.node(argument, context);
                }
            }
            Kind::Lambda(lambda) => self.scope(|walk| {
                walk.bound.extend(lambda.parameters.iter().cloned());
                walk.node(&lambda.body, context);
            }),
            Kind::Transform(transform) => {
                self.node(&transform.pattern, Context::Inner);
                self.node(&transform.update, Context::Inner);
                if let Some(delete) = &transform.delete {
                    self.node(delete, Context::Inner);
                }
            }
        }
    }

    /// Only the first step is asked of what stands before the path.
    fn path(&mut self, steps: &[Node], context: Context) {
        self.scope(|walk| {
            let mut context = context;
            let mut steps = steps.iter().peekable();
            while let Some(step) = steps.next() {
                let next = steps.peek().and_then(|next| match &next.kind {
                    Kind::Name(name) => Some(name.clone()),
                    _ => None,
                });
                match step.kind {
                    Kind::Variable { .. } => {
                        walk.variable(step, next, context);
                        walk.stages(&step.predicates);
                        walk.stages(&step.step.stages);
                    }
                    _ => walk.node(step, context),
                }
                walk.bound.extend(step.step.names().focus.iter().cloned());
                walk.bound.extend(step.step.names().index.iter().cloned());
                context = Context::Inner;
            }
        });
    }

    fn stages(&mut self, stages: &[Stage]) {
        for stage in stages {
            match stage {
                Stage::Filter(node) => self.node(node, Context::Inner),
                Stage::Index(name) => self.bound.push(name.clone()),
            }
        }
    }

    fn group(&mut self, group: &Group, context: Context) {
        for (key, value) in &group.pairs {
            self.node(key, context);
            self.node(value, context);
        }
    }

    fn input(&mut self, name: &str, span: Span, context: Context) {
        if context == Context::Input {
            self.add(ReferenceKind::Input(name.into()), span);
        }
    }

    fn variable(&mut self, node: &Node, member: Option<Arc<str>>, context: Context) {
        let Kind::Variable { name, builtin } = &node.kind else {
            return;
        };
        match &**name {
            "" => self.input("$", node.span, context),
            "$" => self.add(ReferenceKind::Root, node.span),
            _ if builtin.is_some() || self.bound.contains(name) => {}
            _ => {
                let name = name.clone();
                self.add(ReferenceKind::Variable { name, member }, node.span);
            }
        }
    }
}

/// Whether a variable is `$` or `$$`.
fn is_context(name: &str) -> bool {
    matches!(name, "" | "$")
}

#[cfg(test)]
mod tests {
    use super::super::{Dialect, compile};
    use super::*;

    fn references(text: &str) -> Vec<String> {
        let expression = compile(text, Dialect::States).unwrap();
        let write = |reference: &Reference| {
            let span = reference.span.of(text);
            match &reference.kind {
                ReferenceKind::Input(name) => format!("input {name} {span}"),
                ReferenceKind::Root => format!("root {span}"),
                ReferenceKind::Variable { name, member } => {
                    format!(
                        "variable {name}.{} {span}",
                        member.as_deref().unwrap_or("-")
                    )
                }
                ReferenceKind::Function(name) => format!("function {name} {span}"),
            }
        };
        expression.references().iter().map(write).collect()
    }

    #[test]
    fn names_are_asked_of_the_input_at_the_first_step_alone() {
        assert_eq!(references("phone.home"), ["input phone phone"]);
        assert_eq!(references("a + b.c"), ["input a a", "input b b"]);
        assert_eq!(references("$.phone"), ["input $ $"]);
        assert_eq!(references("$$"), ["root $$"]);
        assert_eq!(references("*"), ["input * *"]);
        assert_eq!(
            references("$states.input.items[phone > 3 and $.x]^(y){z: w}"),
            ["variable states.input $states"]
        );
        assert_eq!(
            references("$map($states.input.a, function($x){ $x.phone & b })"),
            ["variable states.input $states", "input b b"]
        );
    }

    #[test]
    fn what_an_expression_defines_is_not_from_outside() {
        assert_eq!(references("($x := 1; $x + $y)"), ["variable y.- $y"]);
        assert_eq!(
            references("($f := function($n) { $n > 0 ? $f($n - 1) : $m }; $f(3))"),
            ["variable m.- $m"]
        );
        assert_eq!(references("$a#$i.($i)"), ["variable a.- $a"]);
        assert_eq!(references("[1..3] ~> $sum"), Vec::<String>::new());
        assert_eq!(
            references("$sum([1]) + $total()"),
            ["function total $total"]
        );
    }
}
