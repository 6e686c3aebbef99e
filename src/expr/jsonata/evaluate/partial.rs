//! Functions some of whose arguments are given.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Env, Evaluation, Frame, Outcome};
use crate::expr::jsonata::ast::{Call, Kind, Node};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::{Error, Spot};
use crate::expr::jsonata::function::{Closure, Function};
use crate::expr::jsonata::value::Val;

/// Where the parameter of `$string` that has a default stands in the text that the reference
/// makes up of its parameters.
const DEFAULT_PARAMETER: Spot = Spot::MadeUp(26);

/// Where the one parameter of a function that was handed on stands in such a text: it takes
/// any number of arguments.
const REST_PARAMETER: Spot = Spot::MadeUp(12);

impl Evaluation<'_> {
    /// `f(?, x)`: a function of what is left open.
    pub(super) fn partial(
        &mut self,
        node: &Node,
        call: &Call,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let mut args = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            args.push(match argument.kind {
                Kind::Placeholder => None,
                _ => Some(self.evaluate(argument, input, env)?),
            });
        }
        let function = match self.evaluate(&call.procedure, input, env)? {
            Some(Val::Function(function)) => function,
            other => {
                if other.is_none() {
                    self.refuse_forgotten_dollar(node, call, env, Code::T1007)?;
                }
                let error = Error::at(Code::T1008, node.position);
                return Err(match call.name() {
                    Some(name) => error.token(&**name),
                    None => error,
                });
            }
        };
        // It takes no more than it declares; one at least unless some are given already.
        let least = usize::from(!matches!(*function, Function::Bound { .. }));
        args.truncate(function.arity().max(least));
        if let Some(error) = unreadable(&function) {
            return Err(error.or_at(node.position));
        }
        let function = match &*function {
            Function::Lambda(closure) => self.close_partly(closure, args),
            _ => Function::Bound {
                function: Val::Function(function),
                arguments: args,
                called: RefCell::default(),
            },
        };
        Ok(Some(Val::Function(Rc::new(function))))
    }

    /// A lambda some of whose parameters are known.
    fn close_partly(&mut self, closure: &Closure, args: Vec<Option<Option<Val>>>) -> Function {
        let env = closure.env.as_ref().unwrap_or(&self.root);
        let scope = Frame::within(env);
        let mut args = args.into_iter();
        let mut open = Vec::new();
        for name in closure.parameters.iter() {
            match args.next() {
                Some(None) => open.push(name.clone()),
                Some(Some(value)) => scope.bind(name, value),
                None => scope.bind(name, None),
            }
        }
        self.capture(&scope);
        Function::Lambda(Closure {
            lambda: closure.lambda.clone(),
            parameters: open.into(),
            is_partial: true,
            env: Some(scope),
            input: closure.input.clone(),
            called: RefCell::default(),
        })
    }
}

/// Why the parameters of a function cannot be read, which the reference does to apply it partly.
fn unreadable(function: &Function) -> Option<Error> {
    match function {
        Function::Builtin(builtin) => {
            let parameter = builtin.unreadable_parameter()?;
            let error = Error::new(Code::S0208).number("value", parameter);
            Some(error.move_to(DEFAULT_PARAMETER))
        }
        Function::Detached { .. } => {
            let error = Error::new(Code::S0202).text("value", ")").token("..");
            Some(error.move_to(REST_PARAMETER))
        }
        _ => None,
    }
}
