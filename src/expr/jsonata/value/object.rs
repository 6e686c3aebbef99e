//! Objects.
//!
//! Members are seen in the order of the reference, whose objects are those of JavaScript:
//! names that are whole numbers come first, by number, then the others as they were
//! written. A value that no expression takes apart stays as it came.

use std::cell::{Ref, RefCell, RefMut};
use std::collections::BinaryHeap;
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
        self.in_order(match self {
            Object::Json(object) => object.keys().cloned().collect(),
            Object::Built(members) => members.borrow().keys().cloned().collect(),
        })
    }

    pub(crate) fn values(&self) -> Vec<Val> {
        self.in_order(match self {
            Object::Json(object) => object.values().map(Val::from).collect(),
            Object::Built(members) => members.borrow().values().cloned().collect(),
        })
    }

    pub(crate) fn entries(&self) -> Vec<(Arc<str>, Val)> {
        self.in_order(match self {
            Object::Json(object) => object
                .iter()
                .map(|(key, value)| (key.clone(), Val::from(value)))
                .collect(),
            Object::Built(members) => members
                .borrow()
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        })
    }

    /// Something of each member, given as the members are kept.
    fn in_order<T>(&self, all: Vec<T>) -> Vec<T> {
        arrange(
            all,
            match self {
                Object::Json(object) => places(&mut object.keys()),
                Object::Built(members) => places(&mut members.borrow().keys()),
            },
        )
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

/// What has names, in the order of members.
pub(crate) fn in_order<T>(all: Vec<T>, name: impl Fn(&T) -> &Arc<str>) -> Vec<T> {
    let places = places(&mut all.iter().map(name));
    arrange(all, places)
}

fn arrange<T>(all: Vec<T>, places: Option<Vec<usize>>) -> Vec<T> {
    let Some(places) = places else {
        return all;
    };
    let mut all: Vec<Option<T>> = all.into_iter().map(Some).collect();
    let taken = places.into_iter().filter_map(|at| all.get_mut(at)?.take());
    taken.collect()
}

/// The places of all names in order; `None` where they are in order.
fn places(names: &mut dyn Iterator<Item = &Arc<str>>) -> Option<Vec<usize>> {
    let mut numbers = BinaryHeap::new();
    let mut others = Vec::new();
    for (at, name) in names.enumerate() {
        match number(name) {
            Some(number) => numbers.push((number, at)),
            None => others.push(at),
        }
    }
    if numbers.is_empty() {
        return None;
    }
    let numbers = numbers.into_sorted_vec().into_iter().map(|(_, at)| at);
    Some(numbers.chain(others).collect())
}

/// The number that a name is, if it is the name of an element to JavaScript.
fn number(name: &str) -> Option<u32> {
    let is_number = match name.as_bytes() {
        [b'0'] => true,
        [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    let number = is_number.then(|| name.parse().ok()).flatten();
    number.filter(|number| *number < u32::MAX)
}
