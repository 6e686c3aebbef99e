//! From the syntax tree to the compiled expression: steps become paths, predicates and
//! groupings find their steps, and `%` finds the step that it names.

use std::sync::Arc;

use super::ancestry::{Ancestry, adopt};
use super::raw::{Raw, RawKind};
use super::token::Operator;
use crate::expr::jsonata::Dialect;
use crate::expr::jsonata::ast::{Call, Group, Kind, Lambda, Node, Pattern, Stage, Term, Transform};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::function::builtin;
use crate::expr::jsonata::value::Val;
use crate::expr::regex::Regex;
use crate::source::text::Span;

/// Compiles a syntax tree.
pub(super) fn shape(raw: Raw, dialect: Dialect) -> Result<Node, Error> {
    let mut shaper = Shaper {
        dialect,
        ancestry: Ancestry::default(),
    };
    let node = shaper.node(raw)?;
    if matches!(node.kind, Kind::Parent(..)) || !node.step.names().seeking.is_empty() {
        let error = Error::new(Code::S0217).token(node.kind.type_name());
        return Err(error.move_to(node.spot()));
    }
    Ok(node)
}

struct Shaper {
    dialect: Dialect,
    ancestry: Ancestry,
}

impl Shaper {
    fn boxed(&mut self, raw: Raw) -> Result<Box<Node>, Error> {
        self.node(raw).map(Box::new)
    }

    fn node(&mut self, raw: Raw) -> Result<Node, Error> {
        let span = raw.span();
        let Raw {
            kind,
            position,
            keep_array,
            ..
        } = raw;
        let new = |kind| Node::new(kind, span, position);
        let mut node = match kind {
            RawKind::Name(name) => path_of(name, span, position, keep_array),
            RawKind::Operator(Operator::Question) => new(Kind::Placeholder),
            RawKind::Operator(word) => path_of(word.as_str(), span, position, keep_array),
            RawKind::Variable(name) => {
                let builtin = builtin(name, self.dialect);
                let name = name.into();
                new(Kind::Variable { name, builtin })
            }
            RawKind::String(text) => new(Kind::String(text.into())),
            RawKind::Number(number) => new(Kind::Number(number)),
            RawKind::Bool(bool) => new(Kind::Bool(bool)),
            RawKind::Null => new(Kind::Null),
            RawKind::Regex(text) => {
                let (pattern, flags) = text.rsplit_once('/').unwrap_or((text, ""));
                let regex = Regex::parse(pattern, flags)
                    .map_err(|error| super::regex_error(&error, position))?;
                new(Kind::Regex(Arc::new(Pattern {
                    source: pattern.into(),
                    regex,
                    position,
                })))
            }
            RawKind::End => return Err(Error::at(Code::S0207, position).token("(end)")),
            RawKind::Wildcard => new(Kind::Wildcard),
            RawKind::Descendants => new(Kind::Descendants),
            RawKind::Parent => new(self.ancestry.parent()),
            RawKind::Negate(operand) => {
                let mut operand = self.node(*operand)?;
                if let Kind::Number(number) = &mut operand.kind {
                    *number = -*number;
                    operand
                } else {
                    let mut node = new(Kind::Null);
                    adopt(&mut node, &operand);
                    node.kind = Kind::Negate(Box::new(operand));
                    node
                }
            }
            RawKind::Path(steps) => self.path(steps, span)?,
            RawKind::Binary(operator, left, right) => {
                self.binary(operator, *left, *right, span, position, keep_array)?
            }
            RawKind::Array(items) => {
                let mut node = new(Kind::Null);
                node.kind = Kind::Array(self.children(items, &mut node)?);
                node
            }
            RawKind::Object(pairs) => {
                let mut node = new(Kind::Null);
                let pairs = self.pairs(pairs)?;
                for (key, value) in &pairs {
                    adopt(&mut node, key);
                    adopt(&mut node, value);
                }
                node.kind = Kind::Object(Group { pairs, position });
                node
            }
            RawKind::Group(left, pairs) => {
                let mut node = self.node(*left)?;
                if node.group.is_some() {
                    return Err(Error::at(Code::S0210, position));
                }
                let pairs = self.pairs(pairs)?;
                node.group = Some(Box::new(Group { pairs, position }));
                node
            }
            RawKind::Sort(left, terms) => {
                let left = self.node(*left)?;
                let mut path = into_path(left, 2);
                let mut step = new(Kind::Null);
                let mut shaped = Vec::with_capacity(terms.len());
                for term in terms {
                    let expression = self.node(term.expression)?;
                    adopt(&mut step, &expression);
                    shaped.push(Term {
                        is_descending: term.is_descending,
                        expression,
                    });
                }
                step.kind = Kind::Sort(shaped);
                steps_of(&mut path).push(step);
                path.span = span;
                self.ancestry.resolve(&mut path)?;
                path
            }
            RawKind::Block(expressions) => {
                let mut node = new(Kind::Null);
                let expressions = self.children(expressions, &mut node)?;
                node.step.is_array = expressions.iter().any(is_array_path);
                node.kind = Kind::Block(expressions);
                node
            }
            RawKind::Condition {
                condition,
                then,
                otherwise,
            } => {
                let mut node = new(Kind::Null);
                let condition = self.boxed(*condition)?;
                adopt(&mut node, &condition);
                let then = self.boxed(*then)?;
                adopt(&mut node, &then);
                let otherwise = otherwise.map(|raw| self.boxed(*raw)).transpose()?;
                if let Some(otherwise) = &otherwise {
                    adopt(&mut node, otherwise);
                }
                node.kind = Kind::Condition {
                    condition,
                    then,
                    otherwise,
                };
                node
            }
            RawKind::Call {
                procedure,
                arguments,
                is_partial,
            } => {
                let mut node = new(Kind::Null);
                let arguments = self.children(arguments, &mut node)?;
                let procedure = self.boxed(*procedure)?;
                node.kind = Kind::Call(Call {
                    procedure,
                    arguments,
                    is_partial,
                });
                node
            }
            RawKind::Lambda {
                parameters,
                signature,
                body,
            } => new(Kind::Lambda(Arc::new(Lambda {
                parameters: parameters.into_iter().map(Arc::from).collect(),
                signature,
                body: self.node(*body)?,
            }))),
            RawKind::Transform {
                pattern,
                update,
                delete,
            } => new(Kind::Transform(Arc::new(Transform {
                position,
                pattern: self.node(*pattern)?,
                update: self.node(*update)?,
                delete: delete.map(|raw| self.node(*raw)).transpose()?,
            }))),
        };
        if keep_array {
            node.keep_array = true;
        }
        Ok(node)
    }

    fn children(&mut self, raws: Vec<Raw>, parent: &mut Node) -> Result<Vec<Node>, Error> {
        let mut children = Vec::with_capacity(raws.len());
        for raw in raws {
            let child = self.node(raw)?;
            adopt(parent, &child);
            children.push(child);
        }
        Ok(children)
    }

    fn pairs(&mut self, pairs: Vec<(Raw, Raw)>) -> Result<Vec<(Node, Node)>, Error> {
        let mut shaped = Vec::with_capacity(pairs.len());
        for (key, value) in pairs {
            shaped.push((self.node(key)?, self.node(value)?));
        }
        Ok(shaped)
    }

    fn binary(
        &mut self,
        operator: Operator,
        left: Raw,
        right: Raw,
        span: Span,
        position: u32,
        keep_array: bool,
    ) -> Result<Node, Error> {
        match operator {
            Operator::OpenBracket => return self.predicate(left, right, span, position),
            Operator::At => return self.focus(left, right, position, keep_array),
            Operator::Hash => return self.index(left, right),
            _ => {}
        }
        let mut node = Node::new(Kind::Null, span, position);
        if operator == Operator::Assign {
            let RawKind::Variable(name) = left.kind else {
                return Err(Error::at(Code::S0212, left.position));
            };
            let value = self.node(right)?;
            adopt(&mut node, &value);
            node.kind = Kind::Bind {
                name: name.into(),
                value: Box::new(value),
            };
            return Ok(node);
        }
        let left = Box::new(self.node(left)?);
        let right = Box::new(self.node(right)?);
        if operator == Operator::Chain {
            node.keep_array = left.keep_array || right.keep_array;
            node.kind = Kind::Apply { left, right };
            return Ok(node);
        }
        adopt(&mut node, &left);
        adopt(&mut node, &right);
        node.kind = Kind::Binary(operator, left, right);
        Ok(node)
    }

    /// `first.….last`: one path.
    fn path(&mut self, raws: Vec<Raw>, span: Span) -> Result<Node, Error> {
        let room = raws.len();
        let mut raws = raws.into_iter();
        let Some(first) = raws.next() else {
            unreachable!("a dot has something before it");
        };
        let first = self.node(first)?;
        let parent = match first.kind {
            Kind::Parent(slot, _) => Some(slot),
            _ => None,
        };
        let mut path = into_path(first, room);
        if let Some(slot) = parent {
            path.step.names_mut().seeking.push(slot);
        }
        path.span = span;
        let mut joined = 0;
        for raw in raws {
            self.step(raw, &mut path)?;
            let Kind::Path { steps, keep_array } = &mut path.kind else {
                continue;
            };
            for step in steps.iter_mut().skip(joined) {
                join(step)?;
                *keep_array |= step.keep_array;
            }
            joined = steps.len();
            if let Some(first) = steps.first_mut() {
                first.step.is_array |= matches!(first.kind, Kind::Array(_));
            }
            if let Some(last) = steps.last_mut() {
                last.step.is_array |= matches!(last.kind, Kind::Array(_));
            }
            self.ancestry.resolve(&mut path)?;
        }
        Ok(path)
    }

    /// Adds what stands behind a dot to the path before it.
    fn step(&mut self, raw: Raw, path: &mut Node) -> Result<(), Error> {
        if let RawKind::Name(name) = raw.kind {
            // Most are: it need not become a path of its own first.
            let step = step_of(name, raw.span(), raw.position, raw.keep_array);
            steps_of(path).push(step);
            return Ok(());
        }
        let mut step = self.node(raw)?;
        match step.kind {
            Kind::Path { steps, .. } => steps_of(path).extend(steps),
            _ => {
                step.step.stages.append(&mut step.predicates);
                steps_of(path).push(step);
            }
        }
        Ok(())
    }

    /// `left[right]`
    fn predicate(
        &mut self,
        left: Raw,
        right: Raw,
        span: Span,
        position: u32,
    ) -> Result<Node, Error> {
        let mut node = self.node(left)?;
        node.span = span;
        let is_path = matches!(node.kind, Kind::Path { .. });
        let step = last_step(&mut node);
        if step.group.is_some() {
            return Err(Error::at(Code::S0209, position));
        }
        let predicate = self.node(right)?;
        for &slot in &predicate.step.names().seeking {
            if self.ancestry.is_nearest(slot) {
                self.ancestry.seek(step, slot)?;
            } else {
                self.ancestry.climb(slot);
            }
        }
        // A bare `%` as a predicate finds nothing, as in the reference.
        if !predicate.step.names().seeking.is_empty() {
            adopt(step, &predicate);
        }
        let stage = Stage::Filter(predicate);
        match is_path {
            true => step.step.stages.push(stage),
            false => step.predicates.push(stage),
        }
        Ok(node)
    }

    /// `left@$right`
    fn focus(
        &mut self,
        left: Raw,
        right: Raw,
        position: u32,
        keep_array: bool,
    ) -> Result<Node, Error> {
        let mut node = self.node(left)?;
        let step = last_step(&mut node);
        if !step.step.stages.is_empty() || !step.predicates.is_empty() {
            return Err(Error::at(Code::S0215, position));
        }
        if matches!(step.kind, Kind::Sort(_)) {
            return Err(Error::at(Code::S0216, position));
        }
        step.keep_array |= keep_array;
        step.step.names_mut().focus = Some(variable(right));
        step.step.is_tuple = true;
        Ok(node)
    }

    /// `left#$right`
    fn index(&mut self, left: Raw, right: Raw) -> Result<Node, Error> {
        let node = self.node(left)?;
        let mut path = into_path(node, 1);
        let step = last_step(&mut path);
        step.step.stages.append(&mut step.predicates);
        let name = variable(right);
        match step.step.stages.is_empty() {
            true => step.step.names_mut().index = Some(name),
            false => step.step.stages.push(Stage::Index(name)),
        }
        step.step.is_tuple = true;
        Ok(path)
    }
}

fn variable(raw: Raw) -> Arc<str> {
    match raw.kind {
        RawKind::Variable(name) => name.into(),
        _ => "".into(), // the grammar lets only variables through
    }
}

fn step_of(name: &str, span: Span, position: u32, keep_array: bool) -> Node {
    let mut step = Node::new(Kind::Name(name.into()), span, position);
    step.keep_array = keep_array;
    step
}

fn path_of(name: &str, span: Span, position: u32, keep_array: bool) -> Node {
    let steps = vec![step_of(name, span, position, keep_array)];
    Node::new(Kind::Path { steps, keep_array }, span, position)
}

/// The node as a path, which it may be already, with room for some steps in all.
fn into_path(mut node: Node, room: usize) -> Node {
    if let Kind::Path { steps, .. } = &mut node.kind {
        steps.reserve_exact(room.saturating_sub(steps.len()));
        return node;
    }
    let (span, position) = (node.span, node.position);
    let mut steps = Vec::with_capacity(room);
    steps.push(node);
    let keep_array = false;
    Node::new(Kind::Path { steps, keep_array }, span, position)
}

/// A text in a path is a name; other literals cannot be its steps.
fn join(step: &mut Node) -> Result<(), Error> {
    let error = || Error::at(Code::S0213, step.position);
    match &mut step.kind {
        Kind::Number(number) => Err(error().number("value", *number)),
        Kind::Bool(bool) => Err(error().value("value", Some(&(*bool).into()))),
        Kind::Null => Err(error().value("value", Some(&Val::Null))),
        Kind::String(text) => {
            step.kind = Kind::Name(text.clone());
            Ok(())
        }
        _ => Ok(()),
    }
}

fn steps_of(path: &mut Node) -> &mut Vec<Node> {
    match &mut path.kind {
        Kind::Path { steps, .. } => steps,
        _ => unreachable!("only paths are asked for their steps"),
    }
}

/// The last step of a path; any other node is its own.
fn last_step(node: &mut Node) -> &mut Node {
    if matches!(&node.kind, Kind::Path { steps, .. } if !steps.is_empty()) {
        return steps_of(node)
            .last_mut()
            .expect("the path has a step, as was just seen");
    }
    node
}

fn is_array_path(node: &Node) -> bool {
    match &node.kind {
        Kind::Path { steps, .. } => steps.first().is_some_and(|step| step.step.is_array),
        _ => node.step.is_array,
    }
}
