//! Objects.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;
use std::sync::Arc;

use super::Val;
use crate::source::json;

/// An object: from outside, or made in evaluation.
#[derive(Clone, Debug)]
pub(crate) enum Object {
    Json(Arc<json::Object>),
    Built(Rc<Members>),
}

/// The members of an object that was made in evaluation, in order. A transform changes
/// those of its own copy.
#[derive(Debug, Default)]
pub(crate) struct Members(RefCell<json::Members<Val>>);

impl Members {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self(RefCell::new(json::Members::with_capacity(capacity)))
    }

    pub(crate) fn borrow(&self) -> Ref<'_, json::Members<Val>> {
        self.0.borrow()
    }

    pub(crate) fn borrow_mut(&self) -> RefMut<'_, json::Members<Val>> {
        self.0.borrow_mut()
    }

    pub(crate) fn get_mut(&mut self) -> &mut json::Members<Val> {
        self.0.get_mut()
    }

    pub(crate) fn insert(&mut self, key: Arc<str>, value: Val) {
        self.get_mut().insert(key, value);
    }
}

impl Object {
    pub(crate) fn get(&self, key: &str) -> Option<Val> {
        match self {
            Object::Json(object) => object.get(key).map(Val::from),
            Object::Built(members) => members.borrow().get(key).cloned(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Object::Json(object) => object.len(),
            Object::Built(members) => members.borrow().len(),
        }
    }

    pub(crate) fn keys(&self) -> Vec<Arc<str>> {
        match self {
            Object::Json(object) => object.keys().cloned().collect(),
            Object::Built(members) => members.borrow().keys().cloned().collect(),
        }
    }

    pub(crate) fn values(&self) -> Vec<Val> {
        match self {
            Object::Json(object) => object.values().map(Val::from).collect(),
            Object::Built(members) => members.borrow().values().cloned().collect(),
        }
    }

    pub(crate) fn entries(&self) -> Vec<(Arc<str>, Val)> {
        match self {
            Object::Json(object) => object
                .iter()
                .map(|(key, value)| (key.clone(), Val::from(value)))
                .collect(),
            Object::Built(members) => members
                .borrow()
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        }
    }

    /// Whether both are the same object, so that nothing needs to be compared.
    pub(crate) fn is_same(&self, other: &Object) -> bool {
        match (self, other) {
            (Object::Json(a), Object::Json(b)) => Arc::ptr_eq(a, b),
            (Object::Built(a), Object::Built(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}
