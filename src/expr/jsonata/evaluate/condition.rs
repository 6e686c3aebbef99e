//! Conditions and blocks, and what comes last in them.

use super::{Env, Evaluation, Frame, Outcome};
use crate::expr::jsonata::ast::Node;
use crate::expr::jsonata::value::Val;

impl Evaluation<'_> {
    pub(super) fn condition(
        &mut self,
        condition: &Node,
        then: &Node,
        otherwise: Option<&Node>,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let value = self.evaluate(condition, input, env)?;
        if value.as_ref().is_some_and(Val::truth) {
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
