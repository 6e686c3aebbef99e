//! The functions, one file per family, and what a function is as a value.

mod aggregate;
mod array;
mod boolean;
mod callback;
mod encode;
mod error;
mod evaluate;
mod found;
mod higher_order;
mod numeric;
mod object;
mod pattern;
mod states;
mod string;
mod table;
mod time;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use callback::Callback;

pub(crate) use array::append;
pub(crate) use found::Place;
pub(crate) use string::to_text;
pub(crate) use table::{builtin, builtins};

use super::Dialect;
use super::ast::{Lambda, Pattern, Transform};
use super::evaluate::{Called, Env};
use super::signature::Signature;
use super::value::Val;

/// A function that can be called, handed on, and given some of its arguments.
#[derive(Debug)]
pub(crate) enum Function {
    Builtin(&'static Builtin),
    Lambda(Closure),
    /// A function some of whose arguments are given; `None` are open.
    Bound {
        function: Val,
        arguments: Vec<Option<Option<Val>>>,
        called: RefCell<Called>,
    },
    /// First the one, then the other.
    Composed(Val, Val),
    /// A function that was handed on: it does not see the context where it is called.
    Detached {
        function: Val,
        called: RefCell<Called>,
    },
    Transform {
        transform: Arc<Transform>,
        env: Option<Env>,
        called: RefCell<Called>,
    },
    Regex {
        pattern: Arc<Pattern>,
        called: RefCell<Called>,
    },
    /// Finds the next match of a regular expression, from a place of a text on. In the
    /// reference all matches of one expression share the place, so that what is called twice
    /// goes on; here it answers the same.
    Next {
        pattern: Arc<Pattern>,
        text: Arc<str>,
        from: Place,
        called: RefCell<Called>,
    },
}

/// A function defined in the expression, with the scope that it was defined in.
#[derive(Debug)]
pub(crate) struct Closure {
    pub(crate) lambda: Arc<Lambda>,
    /// The parameters that are open.
    pub(crate) parameters: Arc<[Arc<str>]>,
    /// Whether others are given; then the signature no longer counts.
    pub(crate) is_partial: bool,
    pub(crate) env: Option<Env>,
    pub(crate) input: Option<Val>,
    pub(crate) called: RefCell<Called>,
}

impl Function {
    /// Whether two are one: of the language's own there is one each.
    pub(crate) fn is_same(a: &Rc<Function>, b: &Rc<Function>) -> bool {
        match (&**a, &**b) {
            (Function::Builtin(a), Function::Builtin(b)) => std::ptr::eq(*a, *b),
            _ => Rc::ptr_eq(a, b),
        }
    }

    /// A function of the language as a value.
    pub(crate) fn builtin(builtin: &'static Builtin) -> Val {
        Val::Function(Rc::new(Function::Builtin(builtin)))
    }

    /// A regular expression, where it stands in the expression.
    pub(crate) fn regex(pattern: Arc<Pattern>) -> Self {
        Function::Regex {
            pattern,
            called: RefCell::default(),
        }
    }

    /// The function as it is handed on, a new one each time. What it was before stands between
    /// only where it has a call to tell of.
    pub(crate) fn detached(function: Rc<Function>) -> Rc<Function> {
        let function = match &*function {
            Function::Detached { function, called } if !called.borrow().is_told() => {
                function.clone()
            }
            _ => Val::Function(function),
        };
        Rc::new(Function::Detached {
            function,
            called: RefCell::default(),
        })
    }

    /// The function itself, where it was handed on.
    pub(crate) fn attached(function: Rc<Function>) -> Rc<Function> {
        match &*function {
            Function::Detached {
                function: Val::Function(inner),
                ..
            } => inner.clone(),
            _ => function,
        }
    }

    /// The regular expression that it is, or that was handed on once and has no call to tell of.
    pub(crate) fn pattern(&self) -> Option<&Arc<Pattern>> {
        match self {
            Function::Regex { pattern, .. } => Some(pattern),
            Function::Detached {
                function: Val::Function(function),
                ..
            } => match &**function {
                Function::Regex { pattern, called } if !called.borrow().is_told() => Some(pattern),
                _ => None,
            },
            _ => None,
        }
    }

    /// The context that it is called in by whom it was handed to. A call that comes last in a
    /// function hands lambdas on with that of their definition.
    pub(crate) fn context(&self) -> Option<Val> {
        match self {
            Function::Lambda(closure) => closure.input.clone(),
            _ => Some(Val::Null),
        }
    }

    /// Whether it is an object in the reference, with members. The others are functions of
    /// JavaScript: as a condition they do not hold, and only calls that come last in a function
    /// are told to them.
    pub(crate) fn is_object(&self) -> bool {
        !matches!(
            self,
            Function::Detached { .. } | Function::Regex { .. } | Function::Next { .. }
        )
    }

    /// Whether it looks at the variables where it is called.
    pub(crate) fn sees_scope(&self) -> bool {
        matches!(self, Function::Builtin(builtin) if builtin.sees_scope())
    }

    /// How many arguments it can make use of.
    pub(crate) fn arity(&self) -> usize {
        match self {
            Function::Builtin(builtin) => builtin.arity,
            Function::Lambda(closure) => closure.parameters.len(),
            Function::Bound { arguments, .. } => arguments
                .iter()
                .filter(|argument| argument.is_none())
                .count(),
            Function::Detached {
                function: Val::Function(function),
                ..
            } => function.arity(),
            Function::Detached { .. } | Function::Next { .. } => 0,
            Function::Composed(..) | Function::Transform { .. } => 1,
            Function::Regex { .. } => 2,
        }
    }

    /// Its last call. Those of the language are kept by the evaluation, and a composed one is
    /// none that errors tell.
    pub(crate) fn called(&self) -> Option<&RefCell<Called>> {
        match self {
            Function::Lambda(Closure { called, .. })
            | Function::Bound { called, .. }
            | Function::Detached { called, .. }
            | Function::Transform { called, .. }
            | Function::Regex { called, .. }
            | Function::Next { called, .. } => Some(called),
            Function::Builtin(_) | Function::Composed(..) => None,
        }
    }

    /// Takes out what may nest.
    pub(crate) fn take(&mut self) -> (Vec<Val>, Option<Env>) {
        match self {
            Function::Lambda(closure) => (
                closure.input.take().into_iter().collect(),
                closure.env.take(),
            ),
            Function::Bound {
                function,
                arguments,
                ..
            } => {
                let arguments = std::mem::take(arguments).into_iter();
                let mut values: Vec<Val> = arguments.flatten().flatten().collect();
                values.push(std::mem::replace(function, Val::Null));
                (values, None)
            }
            Function::Composed(first, second) => {
                let first = std::mem::replace(first, Val::Null);
                (vec![first, std::mem::replace(second, Val::Null)], None)
            }
            Function::Detached { function, .. } => {
                (vec![std::mem::replace(function, Val::Null)], None)
            }
            Function::Transform { env, .. } => (Vec::new(), env.take()),
            Function::Builtin(_) | Function::Regex { .. } | Function::Next { .. } => {
                (Vec::new(), None)
            }
        }
    }
}

/// A function of the language.
pub(crate) struct Builtin {
    /// Its place in the list.
    pub(crate) index: usize,
    pub(crate) name: &'static str,
    pub(crate) arity: usize,
    signature: &'static str,
    only: Option<Dialect>,
    parsed: OnceLock<Signature>,
}

impl std::fmt::Debug for Builtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "${}", self.name)
    }
}

impl Builtin {
    /// Whether a dialect has the function.
    pub(crate) fn is_in(&self, dialect: Dialect) -> bool {
        self.only.is_none_or(|only| only == dialect)
    }

    /// Whether it looks at the variables where it is called.
    pub(crate) fn sees_scope(&self) -> bool {
        self.name == "eval"
    }

    /// The reference reads the parameters of its own functions to apply them partly, and fails
    /// at one with a default; its number.
    pub(crate) fn unreadable_parameter(&self) -> Option<f64> {
        (self.name == "string").then_some(2.0)
    }

    pub(crate) fn signature(&self) -> &Signature {
        self.parsed.get_or_init(|| well_formed(self.signature))
    }
}

/// The signature of a transform.
pub(crate) fn transform_signature() -> &'static Signature {
    static SIGNATURE: OnceLock<Signature> = OnceLock::new();
    SIGNATURE.get_or_init(|| well_formed("<(oa):o>"))
}

fn well_formed(text: &str) -> Signature {
    match Signature::parse(text) {
        Ok(signature) => signature,
        Err(_) => unreachable!("the signatures of our own functions are well-formed"),
    }
}

/// The arguments of a call, checked against the signature.
pub(crate) struct Args<'a> {
    values: Vec<Option<Val>>,
    context: Option<&'a Val>,
}

impl Args<'_> {
    /// Takes an argument.
    fn take(&mut self, index: usize) -> Option<Val> {
        self.values.get_mut(index).and_then(Option::take)
    }

    fn get(&self, index: usize) -> Option<&Val> {
        self.values.get(index).and_then(Option::as_ref)
    }

    fn text(&self, index: usize) -> Option<Arc<str>> {
        match self.get(index) {
            Some(Val::Str(text)) => Some(text.clone()),
            _ => None,
        }
    }

    fn number(&self, index: usize) -> Option<f64> {
        match self.get(index) {
            Some(Val::Num(number)) => Some(*number),
            _ => None,
        }
    }
}
