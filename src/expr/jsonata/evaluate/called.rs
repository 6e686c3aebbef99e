//! Where functions were called, which their errors tell.
//!
//! A function of the reference is an object that keeps the name and the place of its last
//! call: of all calls of a function that are under way, an error tells the innermost.

use std::cell::RefCell;
use std::sync::Arc;

use super::Evaluation;
use crate::expr::jsonata::error::{Error, Spot};
use crate::expr::jsonata::function::{Builtin, Function, builtins};

/// The name and the place that a function is called by and at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Site<'a> {
    pub(crate) token: Option<&'a Arc<str>>,
    pub(crate) spot: Spot,
}

/// The last call of a function; the default is none.
#[derive(Debug, Default)]
pub(crate) struct Called {
    token: Token,
    spot: Spot,
}

#[derive(Debug, Default)]
enum Token {
    #[default]
    None,
    /// The name that the language gives the function.
    Own,
    Other(Arc<str>),
}

impl Called {
    /// Whether an error has anything of it to tell.
    pub(crate) fn is_told(&self) -> bool {
        self.spot.is_known() || !matches!(self.token, Token::None)
    }

    fn set(&mut self, site: Site) {
        self.spot = site.spot;
        self.token = match site.token {
            Some(token) => Token::Other(token.clone()),
            None => Token::None,
        };
    }

    fn set_last(&mut self, site: Site) {
        match site.token {
            Some(_) => self.set(site),
            None => self.spot = site.spot,
        }
    }

    fn blame(&self, function: &Function, error: Error) -> Error {
        let error = match (&self.token, function) {
            (Token::Own, Function::Builtin(builtin)) => error.or_token(builtin.name),
            (Token::Other(token), _) => error.or_token(token),
            _ => error,
        };
        error.move_to_known(self.spot)
    }
}

impl Evaluation<'_> {
    /// A function of the language is called by the name that it has there.
    pub(super) fn called_by_name(&mut self, builtin: &'static Builtin, position: u32) {
        if let Some(called) = self.last_call(&Function::Builtin(builtin)) {
            *called.borrow_mut() = Called {
                token: Token::Own,
                spot: position.into(),
            };
        }
    }

    pub(super) fn called(&mut self, function: &Function, site: Site) {
        if let Some(called) = self.last_call(function) {
            called.borrow_mut().set(site);
        }
    }

    /// A call that comes last in a function: without a name, that of an earlier call stays.
    pub(super) fn called_last(&mut self, function: &Function, site: Site) {
        if let Some(called) = self.last_call(function) {
            called.borrow_mut().set_last(site);
        }
    }

    /// Reports an error at the last call of the function that it comes from.
    pub(super) fn blame(&mut self, function: &Function, error: Error) -> Error {
        match self.last_call(function) {
            Some(called) => called.borrow().blame(function, error),
            None => error,
        }
    }

    /// Those of the language are kept here, as they are the same in all evaluations.
    fn last_call<'a>(&'a mut self, function: &'a Function) -> Option<&'a RefCell<Called>> {
        let Function::Builtin(builtin) = function else {
            return function.called();
        };
        if self.builtins_called.is_empty() {
            self.builtins_called
                .resize_with(builtins().len(), RefCell::default);
        }
        self.builtins_called.get(builtin.index)
    }
}
