//! Objects.
//!
//! Members are seen in the order of the reference, whose objects are those of JavaScript:
//! names that are whole numbers come first, by number, then the others as they were
//! written. That goes for both dialects: the service says that it has version 2.0.6, which is
//! the reference's. A value that no expression takes apart stays as it came.

use std::cell::{Ref, RefCell, RefMut};
use std::rc::Rc;
use std::sync::Arc;

use super::Val;
use crate::source::json;
use crate::source::sort::places;

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
        self.entries().into_iter().map(|(key, _)| key).collect()
    }

    pub(crate) fn values(&self) -> Vec<Val> {
        self.entries().into_iter().map(|(_, value)| value).collect()
    }

    pub(crate) fn entries(&self) -> Vec<(Arc<str>, Val)> {
        let entries: Vec<_> = match self {
            Object::Json(object) => {
                let entries = object.iter();
                let entries = entries.map(|(key, value)| (key.clone(), Val::from(value)));
                entries.collect()
            }
            Object::Built(members) => {
                let members = members.borrow();
                let entries = members.iter();
                let entries = entries.map(|(key, value)| (key.clone(), value.clone()));
                entries.collect()
            }
        };
        match order_of_members(&mut entries.iter().map(|(key, _)| key)) {
            None => entries,
            Some(places) => {
                let places = places.into_iter();
                places.filter_map(|at| entries.get(at).cloned()).collect()
            }
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

/// The places of such names in the order of members; `None` if they are in order.
pub(crate) fn order_of_members(names: &mut dyn Iterator<Item = &Arc<str>>) -> Option<Vec<usize>> {
    places(names.map(|name| number(name)).collect())
}

/// The number that a name is, if it is the name of an element to JavaScript; all others come
/// behind.
fn number(name: &str) -> u64 {
    let is_number = match name.as_bytes() {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let number = is_number.then(|| name.parse().ok()).flatten();
    number.map_or(u64::MAX, |number: u32| match number {
        u32::MAX => u64::MAX,
        number => number.into(),
    })
}
