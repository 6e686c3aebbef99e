//! Calls and chains.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use super::called::Site;
use super::{Env, Evaluation, Frame, Outcome, settle};
use crate::expr::jsonata::ast::{Call, Kind, Lambda, Node, Transform};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::{Error, Spot};
use crate::expr::jsonata::function::{Builtin, Closure, Function, builtin, transform_signature};
use crate::expr::jsonata::limit::BYTES_PER_STEP;
use crate::expr::jsonata::value::{Val, js_truth};

/// The reference composes functions by `function($f, $g) { function($x){ $g($f($x)) } }`, and
/// their errors tell of places in that text.
const COMPOSED_FIRST: Spot = Spot::MadeUp(39);
const COMPOSED_SECOND: Spot = Spot::MadeUp(35);

/// What a function's body comes to: a value, or another call to make in its place. That the
/// arguments of such a call cannot be had is not an error of the function.
enum Tail {
    Value(Option<Val>),
    Failed(Error),
    Call {
        procedure: Option<Val>,
        args: Vec<Option<Val>>,
        token: Option<Arc<str>>,
        spot: Spot,
    },
}

impl Tail {
    fn settled(self, keep_array: bool) -> Self {
        match self {
            Tail::Value(value) => Tail::Value(settle(value, keep_array)),
            call => call,
        }
    }
}

impl Evaluation<'_> {
    pub(super) fn closure(&mut self, lambda: &Arc<Lambda>, input: Option<&Val>, env: &Env) -> Val {
        self.capture(env);
        Val::Function(Rc::new(Function::Lambda(Closure {
            lambda: lambda.clone(),
            parameters: lambda.parameters.clone(),
            is_partial: false,
            env: Some(env.clone()),
            input: input.cloned(),
            called: RefCell::default(),
        })))
    }

    /// A call; `first` is what a chain puts before the arguments.
    pub(super) fn call(
        &mut self,
        node: &Node,
        call: &Call,
        first: Option<Option<Val>>,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        if let Some(builtin) = own_function(call, env) {
            self.burn(2)?;
            let args = self.arguments(call, first, input, env)?;
            self.called_by_name(builtin, node.position);
            let args = builtin.signature().validate(args, input, &mut self.fuel);
            let outcome = args.and_then(|args| self.run(builtin, args, input));
            return outcome.map_err(|error| self.blame(&Function::Builtin(builtin), error));
        }
        let procedure = self.evaluate(&call.procedure, input, env)?;
        if procedure.is_none() {
            self.refuse_forgotten_dollar(node, call, env, Code::T1005)?;
        }
        let args = self.arguments(call, first, input, env)?;
        if matches!(&procedure, Some(Val::Function(function)) if function.sees_scope()) {
            self.caller = Some(env.clone());
        }
        let token = call.name();
        let site = Site {
            token,
            spot: node.position.into(),
        };
        let outcome = self.apply(procedure.as_ref(), args, input, Some(site));
        outcome.map_err(|error| {
            let error = error.or_at(node.position);
            match token {
                Some(token) => error.or_token(token),
                None => error,
            }
        })
    }

    fn arguments(
        &mut self,
        call: &Call,
        first: Option<Option<Val>>,
        input: Option<&Val>,
        env: &Env,
    ) -> Result<Vec<Option<Val>>, Error> {
        let mut args = Vec::with_capacity(call.arguments.len() + 1);
        args.extend(first);
        for argument in &call.arguments {
            args.push(self.evaluate(argument, input, env)?.map(handed_on));
        }
        Ok(args)
    }

    /// `sum(x)` where `$sum(x)` is meant.
    pub(super) fn refuse_forgotten_dollar(
        &self,
        node: &Node,
        call: &Call,
        env: &Env,
        code: Code,
    ) -> Result<(), Error> {
        let Kind::Path { .. } = call.procedure.kind else {
            return Ok(());
        };
        let Some(name) = call.name() else {
            return Ok(());
        };
        let is_function = match env.lookup(name) {
            Some(value) => js_truth(value.as_ref()),
            None => builtin(name, self.dialect).is_some(),
        };
        match is_function {
            true => Err(Error::at(code, node.position).token(&**name)),
            false => Ok(()),
        }
    }

    /// Calls a function. Calls that come last in functions take no stack.
    pub(crate) fn apply(
        &mut self,
        procedure: Option<&Val>,
        args: Vec<Option<Val>>,
        input: Option<&Val>,
        site: Option<Site>,
    ) -> Outcome {
        let mut tail = self.apply_once(procedure, args, input, site)?;
        loop {
            match tail {
                Tail::Value(value) => return Ok(value),
                Tail::Failed(error) => return Err(error),
                Tail::Call {
                    procedure,
                    args,
                    token,
                    spot,
                } => {
                    self.burn(1)?;
                    // A function was told of its call before it got its arguments.
                    let is_told = matches!(procedure, Some(Val::Function(_)));
                    let site = (!is_told).then_some(Site {
                        token: token.as_ref(),
                        spot,
                    });
                    tail = self.apply_once(procedure.as_ref(), args, input, site)?;
                }
            }
        }
    }

    fn apply_once(
        &mut self,
        procedure: Option<&Val>,
        args: Vec<Option<Val>>,
        input: Option<&Val>,
        site: Option<Site>,
    ) -> Result<Tail, Error> {
        let Some(Val::Function(function)) = procedure else {
            let error = Error::new(Code::T1006);
            return Err(match (procedure, site) {
                // Only objects keep the name that they are called by.
                (Some(Val::Object(_) | Val::Array(_)), Some(site)) => {
                    let error = error.move_to_known(site.spot);
                    match site.token {
                        Some(token) => error.or_token(token),
                        None => error,
                    }
                }
                _ => error,
            });
        };
        if let Some(site) = site
            && function.is_object()
        {
            self.called(function, site);
        }
        let outcome = self.invoke(function, args, input);
        outcome.map_err(|error| self.blame(function, error))
    }

    fn invoke(
        &mut self,
        function: &Rc<Function>,
        args: Vec<Option<Val>>,
        input: Option<&Val>,
    ) -> Result<Tail, Error> {
        self.burn(1)?;
        match &**function {
            Function::Builtin(builtin) => {
                let args = builtin.signature().validate(args, input, &mut self.fuel)?;
                self.run(builtin, args, input).map(Tail::Value)
            }
            Function::Lambda(closure) => {
                let args = match &closure.lambda.signature {
                    Some(signature) if !closure.is_partial => {
                        signature.validate(args, input, &mut self.fuel)?
                    }
                    _ => args,
                };
                self.enter_lambda(closure, args)
            }
            Function::Bound {
                function,
                arguments,
                ..
            } => {
                let mut args = args.into_iter();
                let bound = arguments.iter().map(|bound| match bound {
                    Some(value) => value.clone(),
                    None => args.next().flatten(),
                });
                let bound = bound.collect();
                let Val::Function(function) = function else {
                    return Err(Error::new(Code::T1006));
                };
                self.deepen()?;
                // It is the function itself with fewer parameters: what goes wrong is told of its
                // own call, and those of the reference check no signature here.
                let tail = match &**function {
                    Function::Builtin(builtin) => self.run(builtin, bound, None).map(Tail::Value),
                    Function::Transform { transform, env, .. } => {
                        self.run_transform(transform, bound, env.as_ref())
                    }
                    _ => self.invoke(function, bound, input),
                }?;
                self.depth -= 1;
                Ok(tail)
            }
            Function::Composed(first, second) => Ok(self.enter_composed(first, second, args)),
            Function::Detached { function, .. } => self
                .apply_within(function, args, Some(&Val::Null), None)
                .map(Tail::Value),
            Function::Transform { transform, env, .. } => {
                let args = transform_signature().validate(args, input, &mut self.fuel)?;
                self.run_transform(transform, args, env.as_ref())
            }
            Function::Regex { pattern, .. } => self.call_pattern(pattern, &args).map(Tail::Value),
            Function::Next {
                pattern,
                text,
                from,
                ..
            } => self.match_from(pattern, text, *from).map(Tail::Value),
        }
    }

    /// First the one, then the other as the call that comes last.
    fn enter_composed(&mut self, first: &Val, second: &Val, args: Vec<Option<Val>>) -> Tail {
        let first_arg = args.into_iter().next().flatten().map(handed_on);
        self.called_as(second, Some(&"g".into()), COMPOSED_SECOND);
        let site = Site {
            token: Some(&"f".into()),
            spot: COMPOSED_FIRST,
        };
        let null = Some(&Val::Null);
        let value = self.apply_within(first, vec![first_arg], null, Some(site));
        match value {
            Ok(value) => Tail::Call {
                procedure: Some(second.clone()),
                args: vec![settle(value, false)],
                token: Some("g".into()),
                spot: COMPOSED_SECOND,
            },
            Err(error) => Tail::Failed(error.or_at(site.spot).or_token("f")),
        }
    }

    fn run_transform(
        &mut self,
        transform: &Transform,
        args: Vec<Option<Val>>,
        env: Option<&Env>,
    ) -> Result<Tail, Error> {
        let subject = args.into_iter().next().flatten();
        let env = env.cloned().unwrap_or_else(|| self.root.clone());
        self.transform(transform, subject, &env).map(Tail::Value)
    }

    /// Calls a function of the language; it may call others in turn, which takes stack.
    fn run(&mut self, builtin: &Builtin, args: Vec<Option<Val>>, input: Option<&Val>) -> Outcome {
        self.deepen()?;
        // Texts are gone through, and what becomes of them is about as long.
        let texts = args.iter().map(|arg| match arg {
            Some(Val::Str(text)) => text.len() / BYTES_PER_STEP,
            _ => 0,
        });
        self.burn(texts.sum())?;
        let outcome = builtin.call(self, args, input);
        self.depth -= 1;
        outcome
    }

    /// Calls the function that another consists of.
    fn apply_within(
        &mut self,
        function: &Val,
        args: Vec<Option<Val>>,
        input: Option<&Val>,
        site: Option<Site>,
    ) -> Outcome {
        self.deepen()?;
        let outcome = self.apply(Some(function), args, input, site);
        self.depth -= 1;
        outcome
    }

    fn enter_lambda(&mut self, closure: &Closure, args: Vec<Option<Val>>) -> Result<Tail, Error> {
        let mut args = args.into_iter();
        let bindings = closure.parameters.iter();
        let bindings = bindings.map(|name| (name.clone(), args.next().flatten()));
        let env = closure.env.as_ref().unwrap_or(&self.root);
        let scope = Frame::with(env, bindings.collect());
        self.tail(&closure.lambda.body, closure.input.as_ref(), &scope)
    }

    /// A function's body, but for the call that comes last in it. That its result stays a list,
    /// `[]`, is lost on such a call.
    fn tail(&mut self, node: &Node, input: Option<&Val>, env: &Env) -> Result<Tail, Error> {
        let is_bare = node.predicates.is_empty() && node.group.is_none();
        match &node.kind {
            Kind::Call(call) if is_bare && !call.is_partial => {
                let tail = self.tail_call(node, call, input, env);
                Ok(tail.unwrap_or_else(Tail::Failed))
            }
            Kind::Condition {
                condition,
                then,
                otherwise,
            } if is_bare => {
                self.enter(node)?;
                let value = self.evaluate(condition, input, env)?;
                let tail = match (self.is_true(value.as_ref())?, otherwise) {
                    (true, _) => self.tail(then, input, env)?,
                    (false, Some(otherwise)) => self.tail(otherwise, input, env)?,
                    (false, None) => Tail::Value(None),
                };
                self.depth -= 1;
                Ok(tail.settled(node.keep_array))
            }
            Kind::Block(expressions) if is_bare => {
                self.enter(node)?;
                let scope = Frame::within(env);
                let mut tail = Tail::Value(None);
                if let Some((last, before)) = expressions.split_last() {
                    for expression in before {
                        self.evaluate(expression, input, &scope)?;
                    }
                    tail = self.tail(last, input, &scope)?;
                }
                self.depth -= 1;
                Ok(tail.settled(node.keep_array))
            }
            _ => self.evaluate(node, input, env).map(Tail::Value),
        }
    }

    fn tail_call(
        &mut self,
        node: &Node,
        call: &Call,
        input: Option<&Val>,
        env: &Env,
    ) -> Result<Tail, Error> {
        self.enter(node)?;
        let procedure = self.evaluate(&call.procedure, input, env)?;
        let is_variable = matches!(call.procedure.kind, Kind::Variable { .. });
        let token = call.name().filter(|_| is_variable);
        let spot = call.procedure.spot();
        if let Some(procedure) = &procedure {
            self.called_as(procedure, token, spot);
        }
        let arguments = call.arguments.iter();
        let args = arguments.map(|argument| self.evaluate(argument, input, env));
        let args = args.collect::<Result<_, _>>()?;
        self.depth -= 1;
        Ok(Tail::Call {
            procedure,
            args,
            token: token.cloned(),
            spot,
        })
    }

    /// Tells a function of a call that is still to come: an error of its arguments that passes
    /// by an earlier call of it is told of this one.
    fn called_as(&mut self, procedure: &Val, token: Option<&Arc<str>>, spot: Spot) {
        if let Val::Function(function) = procedure {
            self.called_last(function, Site { token, spot });
        }
    }

    /// `left ~> right`: a call with one more argument, or the composition of functions.
    pub(super) fn chain(
        &mut self,
        node: &Node,
        left: &Node,
        right: &Node,
        input: Option<&Val>,
        env: &Env,
    ) -> Outcome {
        let left = self.evaluate(left, input, env)?;
        if let Kind::Call(call) = &right.kind
            && !call.is_partial
        {
            return self.call(right, call, Some(left), input, env);
        }
        let function = self.evaluate(right, input, env)?;
        let Some(function @ Val::Function(_)) = function else {
            return Err(Error::at(Code::T2006, node.position).value("value", function.as_ref()));
        };
        if let Some(first @ Val::Function(_)) = left {
            let composed = Function::Composed(first, function);
            return Ok(Some(Val::Function(Rc::new(composed))));
        }
        self.apply(Some(&function), vec![left], Some(&Val::Null), None)
    }
}

/// A value as a call hands it on: a function does not see the context of its caller.
fn handed_on(value: Val) -> Val {
    match value {
        Val::Function(function) => Val::Function(Function::detached(function)),
        other => other,
    }
}

/// The function of the language that a call names, unless a variable hides it. Those that
/// look around where they are called take the long way.
fn own_function(call: &Call, env: &Env) -> Option<&'static Builtin> {
    let Kind::Variable { name, builtin } = &call.procedure.kind else {
        return None;
    };
    let is_bare = call.procedure.predicates.is_empty() && call.procedure.group.is_none();
    let builtin = builtin.filter(|builtin| is_bare && !builtin.sees_scope())?;
    env.lookup(name).is_none().then_some(builtin)
}
