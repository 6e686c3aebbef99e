//! Scopes: which variable has which value.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::expr::jsonata::value::Val;

/// A scope, shared by the functions that were defined in it.
pub(crate) type Env = Rc<Frame>;

/// The variables of a scope and the scope around it.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// Scopes are small: searching beats hashing. Of two with one name the later counts, as of
    /// parameters.
    variables: RefCell<Vec<(Arc<str>, Option<Val>)>>,
    parent: Option<Env>,
}

impl Frame {
    /// The outermost scope, with room for so many variables.
    pub(crate) fn root(capacity: usize) -> Env {
        Rc::new(Self {
            variables: RefCell::new(Vec::with_capacity(capacity)),
            parent: None,
        })
    }

    /// An empty scope within another.
    pub(crate) fn within(parent: &Env) -> Env {
        Self::with(parent, Vec::new())
    }

    /// A scope within another, with variables.
    pub(crate) fn with(parent: &Env, variables: Vec<(Arc<str>, Option<Val>)>) -> Env {
        Rc::new(Self {
            variables: RefCell::new(variables),
            parent: Some(parent.clone()),
        })
    }

    /// Gives a variable of this scope a value; a missing value hides outer ones too.
    pub(crate) fn bind(&self, name: &Arc<str>, value: Option<Val>) {
        let mut variables = self.variables.borrow_mut();
        match variables.iter_mut().rfind(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => variables.push((name.clone(), value)),
        }
    }

    /// What a variable is bound to, here or further out; `None` if it is bound nowhere.
    pub(crate) fn lookup(&self, name: &Arc<str>) -> Option<Option<Val>> {
        let mut frame = self;
        loop {
            let variables = frame.variables.borrow();
            let mut known = variables.iter();
            let found = known.rfind(|(known, _)| Arc::ptr_eq(known, name) || known == name);
            if let Some((_, value)) = found {
                return Some(value.clone());
            }
            frame = frame.parent.as_deref()?;
        }
    }

    /// Whether dropping the scope drops nothing that nests.
    pub(crate) fn is_flat(&mut self) -> bool {
        let variables = self.variables.get_mut();
        let holds_container =
            |(_, value): &(_, Option<Val>)| value.as_ref().is_some_and(Val::is_container);
        let is_parent_shared = self
            .parent
            .as_ref()
            .is_none_or(|parent| Rc::strong_count(parent) > 1);
        is_parent_shared && !variables.iter().any(holds_container)
    }

    /// Forgets all variables.
    pub(crate) fn clear(&self) {
        let variables = std::mem::take(&mut *self.variables.borrow_mut());
        drop(variables);
    }

    /// Takes the scope apart.
    pub(crate) fn take(&mut self) -> (Vec<Val>, Option<Env>) {
        let variables = std::mem::take(self.variables.get_mut());
        let values = variables.into_iter().filter_map(|(_, value)| value);
        (values.collect(), self.parent.take())
    }
}
