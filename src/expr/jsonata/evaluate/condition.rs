//! Conditions and blocks, and what comes last in them.

use super::{Env, Evaluation, Frame, Outcome};
use crate::expr::jsonata::ast::Node;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::value::Val;

impl Evaluation<'_> {
    /// Whether a value holds as a condition; a missing one does not.
    pub(crate) fn is_true(&mut self, value: Option<&Val>) -> Result<bool, Error> {
        let mut steps = 0;
        let is_true = value.map(|value| value.truth(&mut steps));
        self.burn(steps)?;
        is_true.unwrap_or(Ok(false))
    }

    pub(super) fn condition(
        &mut self,
        condition: &Node,
        then: &Node,
        otherwise: Option<&Node>,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let value = self.evaluate(condition, input, env)?;
        if self.is_true(value.as_ref())? {
            return self.evaluate(then, input, env);
        }
        match otherwise {
            Some(otherwise) => self.evaluate(otherwise, input, env),
            None => Ok(None),
        }
    }

    pub(super) fn block(
        &mut self,
        expressions: &[Node],
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let scope = Frame::within(env);
        let mut value = None;
        for expression in expressions {
            value = self.evaluate(expression, input, &scope)?;
        }
        Ok(value)
    }
}
