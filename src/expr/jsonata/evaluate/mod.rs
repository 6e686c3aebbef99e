//! Evaluation of compiled expressions.
//!
//! Each node that is evaluated costs fuel and counts towards the depth, so every
//! evaluation ends, and ends before the stack does.

mod call;
mod called;
mod condition;
mod construct;
mod env;
mod equal;
mod filter;
mod group;
mod operator;
mod partial;
mod path;
mod sort;
mod transform;
mod tuple;
mod walk;

use std::cell::RefCell;
use std::rc::{Rc, Weak};
use std::sync::Arc;

pub(crate) use called::Called;
pub(crate) use env::{Env, Frame};
pub(crate) use sort::merge_sort;

use super::Dialect;
use super::ast::{Kind, Node};
use super::datetime::Reader;
use super::error::Error;
use super::function::Function;
use super::limit::too_long;
use super::value::{Array, Flag, Val, too_deep};
use crate::time::Timestamp;

/// A value, nothing, or an error.
pub(crate) type Outcome = Result<Option<Val>, Error>;

/// A running evaluation: its limits and what it knows of the world.
pub(crate) struct Evaluation<'a> {
    pub(crate) fuel: u64,
    pub(crate) max_depth: usize,
    pub(crate) depth: usize,
    pub(crate) dialect: Dialect,
    pub(crate) now: Timestamp,
    pub(crate) entropy: &'a mut dyn FnMut() -> u64,
    /// The outermost scope: bindings and `$$`.
    pub(crate) root: Env,
    /// The scope of the call that is being made, for `$eval`.
    pub(crate) caller: Option<Env>,
    /// Scopes that functions hold: emptied at the end, since they may hold themselves.
    pub(crate) captured: Vec<Weak<Frame>>,
    /// How many captured scopes there may be before dead ones are sorted out.
    pub(crate) captured_limit: usize,
    /// The last calls of the functions of the language, once there is one.
    pub(crate) builtins_called: Vec<RefCell<Called>>,
    /// The last picture that texts were read by.
    pub(crate) last_reader: Option<(Arc<str>, Rc<Reader>)>,
}

impl Evaluation<'_> {
    /// Uses fuel up.
    pub(crate) fn burn(&mut self, fuel: usize) -> Result<(), Error> {
        match self.fuel.checked_sub(fuel as u64) {
            Some(left) => {
                self.fuel = left;
                Ok(())
            }
            None => {
                self.fuel = 0;
                Err(too_long())
            }
        }
    }

    /// Counts one evaluation.
    fn enter(&mut self, node: &Node) -> Result<(), Error> {
        self.burn(1)?;
        self.deepen().map_err(|error| error.move_to(node.position))
    }

    /// Goes one deeper, for as long as nothing fails.
    fn deepen(&mut self) -> Result<(), Error> {
        self.depth += 1;
        match self.depth > self.max_depth {
            true => Err(too_deep()),
            false => Ok(()),
        }
    }

    /// The value of a node, given its input.
    pub(crate) fn evaluate(&mut self, node: &Node, input: Option<&Val>, env: &Env) -> Outcome {
        self.enter(node)?;
        let mut value = self.kind(node, input, env)?;
        for stage in &node.predicates {
            value = self.stage(stage, value, env)?;
        }
        if let Some(group) = &node.group
            && !matches!(node.kind, Kind::Path { .. })
        {
            value = Some(self.group(group, value, env)?);
        }
        self.depth -= 1;
        Ok(settle(value, node.keep_array))
    }

    fn kind(&mut self, node: &Node, input: Option<&Val>, env: &Env) -> Outcome {
        Ok(match &node.kind {
            Kind::Path { steps, keep_array } => {
                return self.path(node, steps, *keep_array, input, env);
            }
            Kind::Name(name) => self.name(name, input)?,
            Kind::Variable { name, builtin } => match env.lookup(name) {
                _ if name.is_empty() => input.map(unwrapped),
                Some(value) => value,
                None => builtin.map(Function::builtin),
            },
            Kind::String(text) => Some(Val::Str(text.clone())),
            Kind::Number(number) => Some(Val::Num(*number)),
            Kind::Bool(bool) => Some(Val::Bool(*bool)),
            Kind::Null => Some(Val::Null),
            Kind::Regex(pattern) => Some(Val::Function(Rc::new(Function::regex(pattern.clone())))),
            Kind::Wildcard => self.wildcard(input)?,
            Kind::Descendants => self.descendants(input)?,
            Kind::Parent(_, name) => env.lookup(name).flatten(),
            Kind::Negate(operand) => return self.negate(node, operand, input, env),
            Kind::Binary(operator, left, right) => {
                return self.binary(node, *operator, left, right, input, env);
            }
            Kind::Array(items) => return self.array(node, items, input, env),
            Kind::Object(group) => return self.group(group, input.cloned(), env).map(Some),
            Kind::Sort(_) => None, // only ever a step
            Kind::Block(expressions) => return self.block(expressions, input, env),
            Kind::Condition {
                condition,
                then,
                otherwise,
            } => return self.condition(condition, then, otherwise.as_deref(), input, env),
            Kind::Bind { name, value } => {
                let value = self.evaluate(value, input, env)?;
                env.bind(name, value.clone());
                value
            }
            Kind::Apply { left, right } => return self.chain(node, left, right, input, env),
            Kind::Call(call) if call.is_partial => return self.partial(node, call, input, env),
            Kind::Call(call) => return self.call(node, call, None, input, env),
            Kind::Lambda(lambda) => Some(self.closure(lambda, input, env)),
            Kind::Transform(transform) => {
                self.capture(env);
                let function = Function::Transform {
                    transform: transform.clone(),
                    env: Some(env.clone()),
                    called: RefCell::default(),
                };
                Some(Val::Function(Rc::new(function)))
            }
            Kind::Placeholder => None,
        })
    }

    /// The members of a name: of an object, or of all objects in an array.
    pub(crate) fn name(&mut self, name: &str, input: Option<&Val>) -> Outcome {
        if let Some(Val::Array(array)) = input {
            self.burn(array.len())?;
        }
        Ok(input.and_then(|input| input.lookup(name)))
    }

    /// Remembers that a function holds a scope.
    pub(crate) fn capture(&mut self, env: &Env) {
        if self.captured.len() >= self.captured_limit {
            self.captured.retain(|frame| frame.strong_count() > 0);
            self.captured_limit = 2 * self.captured.len() + 64;
        }
        let is_last = |last: &Weak<Frame>| std::ptr::eq(last.as_ptr(), Rc::as_ptr(env));
        if !self.captured.last().is_some_and(is_last) {
            self.captured.push(Rc::downgrade(env));
        }
    }

    /// Empties the scopes that functions hold, so that nothing keeps itself alive.
    pub(crate) fn release(&mut self) {
        for frame in std::mem::take(&mut self.captured) {
            if let Some(frame) = frame.upgrade() {
                frame.clear();
            }
        }
    }
}

/// The input as `$` shows it: an array at the top is wrapped only for paths.
pub(crate) fn unwrapped(input: &Val) -> Val {
    match input {
        Val::Array(array) if array.has(Flag::Wrapper) => {
            array.get(0).unwrap_or_else(|| input.clone())
        }
        other => other.clone(),
    }
}

/// Lets a sequence stand for its one element, or for nothing.
fn settle(value: Option<Val>, keep_array: bool) -> Option<Val> {
    let Some(Val::Array(mut array)) = value else {
        return value;
    };
    if !array.has(Flag::Sequence) || array.has(Flag::Tuples) {
        return Some(Val::Array(array));
    }
    if keep_array {
        array.set(Flag::Keep);
    }
    match array.len() {
        0 => None,
        1 if !array.has(Flag::Keep) => Array::into_items(array).pop(),
        _ => Some(Val::Array(array)),
    }
}
