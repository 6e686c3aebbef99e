//! Variables and who sees them.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::source::json::Value;

/// The variables of one machine run, over those of the state around it.
///
/// A branch or an iteration sees the outer variables as they were when it started;
/// what it assigns vanishes with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    own: IndexMap<Arc<str>, Value>,
    outer: Option<Arc<Scope>>,
}

impl Scope {
    /// An empty scope inside another one.
    pub fn inside(outer: Arc<Scope>) -> Self {
        Self {
            own: IndexMap::new(),
            outer: Some(outer),
        }
    }

    /// The innermost variable of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let mut scope = self;
        loop {
            if let Some(value) = scope.own.get(name) {
                return Some(value);
            }
            scope = scope.outer.as_deref()?;
        }
    }

    /// Sets variables in this scope.
    pub fn assign(&mut self, values: impl IntoIterator<Item = (Arc<str>, Value)>) {
        self.own.extend(values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_variables_hide_outer_ones() {
        let mut outer = Scope::default();
        outer.assign([("a".into(), Value::from(1)), ("b".into(), Value::from(2))]);
        let mut inner = Scope::inside(Arc::new(outer));
        inner.assign([("a".into(), Value::from(3))]);
        assert_eq!(inner.get("a"), Some(&Value::from(3)));
        assert_eq!(inner.get("b"), Some(&Value::from(2)));
        assert_eq!(inner.get("c"), None);
    }
}
