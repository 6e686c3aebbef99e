//! Functions that other functions call.

use std::rc::Rc;

use super::Function;
use crate::expr::jsonata::evaluate::{Evaluation, Outcome};
use crate::expr::jsonata::value::Val;

/// A function that was handed on.
pub(super) struct Callback {
    function: Val,
    /// How many arguments it can make use of.
    pub(super) arity: usize,
    /// What it is called with as context.
    context: Option<Val>,
}

impl Callback {
    pub(super) fn of(function: Rc<Function>) -> Self {
        Self {
            arity: function.arity(),
            context: function.context(),
            function: Val::Function(Function::attached(function)),
        }
    }
}

impl Evaluation<'_> {
    pub(super) fn call_back(&mut self, callback: &Callback, args: Vec<Option<Val>>) -> Outcome {
        let Callback {
            function, context, ..
        } = callback;
        self.apply(Some(function), args, context.as_ref(), None)
    }
}
