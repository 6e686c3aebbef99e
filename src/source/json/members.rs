//! The members of an object, in order.
//!
//! Nearly all objects have a handful of members: those are searched through, which takes
//! no table and no hashing. A larger object has a table beside the list.

use std::collections::HashMap;
use std::sync::Arc;

/// Up to so many members are searched through.
const SEARCHED: usize = 8;

/// Values by name, in the order in which their names came.
#[derive(Clone, Debug)]
pub(crate) struct Members<V> {
    entries: Vec<(Arc<str>, V)>,
    /// Where each name stands, once there are more than [`SEARCHED`].
    #[expect(clippy::box_collection)] // few objects have one, but all have room for it
    places: Option<Box<HashMap<Arc<str>, usize>>>,
}

impl<V> Members<V> {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self {
            entries: Vec::with_capacity(capacity),
            places: None,
        }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        let place = self.place(key)?;
        self.entries.get(place).map(|(_, value)| value)
    }

    pub(crate) fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    /// Sets `key`, at its old place or at the end; gives the old value back.
    pub(crate) fn insert(&mut self, key: Arc<str>, value: V) -> Option<V> {
        let known = self.place(&key);
        if let Some((_, old)) = known.and_then(|place| self.entries.get_mut(place)) {
            return Some(std::mem::replace(old, value));
        }
        if let Some(places) = &mut self.places {
            places.insert(key.clone(), self.entries.len());
        }
        self.entries.push((key, value));
        if self.places.is_none() && self.entries.len() > SEARCHED {
            self.number();
        }
        None
    }

    /// Takes `key` out; the order of the others stays.
    pub(crate) fn remove(&mut self, key: &str) -> Option<V> {
        let place = self.place(key)?;
        let (_, value) = self.entries.remove(place);
        self.places = None;
        if self.entries.len() > SEARCHED {
            self.number();
        }
        Some(value)
    }

    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&Arc<str>, &V)> + Clone {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    pub(crate) fn keys(&self) -> impl ExactSizeIterator<Item = &Arc<str>> + Clone {
        self.entries.iter().map(|(key, _)| key)
    }

    pub(crate) fn values(&self) -> impl ExactSizeIterator<Item = &V> + Clone {
        self.entries.iter().map(|(_, value)| value)
    }

    pub(crate) fn into_values(self) -> impl ExactSizeIterator<Item = V> {
        self.entries.into_iter().map(|(_, value)| value)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    fn place(&self, key: &str) -> Option<usize> {
        match &self.places {
            None => self.entries.iter().position(|(known, _)| **known == *key),
            Some(places) => places.get(key).copied(),
        }
    }

    fn number(&mut self) {
        let keys = self.entries.iter().map(|(key, _)| key.clone());
        let places = keys.enumerate().map(|(place, key)| (key, place));
        self.places = Some(Box::new(places.collect()));
    }
}

impl<V> Default for Members<V> {
    fn default() -> Self {
        Self::with_capacity(0)
    }
}

impl<V: PartialEq> PartialEq for Members<V> {
    /// Without regard to order.
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len()
            && self
                .iter()
                .all(|(key, value)| other.get(key) == Some(value))
    }
}

impl<V> FromIterator<(Arc<str>, V)> for Members<V> {
    fn from_iter<I: IntoIterator<Item = (Arc<str>, V)>>(entries: I) -> Self {
        let entries = entries.into_iter();
        let mut members = Self::with_capacity(entries.size_hint().0);
        for (key, value) in entries {
            members.insert(key, value);
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(count: usize) -> Members<usize> {
        let name = |index: usize| Arc::from(format!("k{index}"));
        (0..count).map(|index| (name(index), index)).collect()
    }

    #[test]
    fn few_and_many_members_behave_alike() {
        for count in [0, 1, SEARCHED, SEARCHED + 1, 100] {
            let mut members = numbered(count);
            assert_eq!(members.len(), count);
            assert!(!members.contains_key("k"));
            for index in 0..count {
                assert_eq!(members.get(&format!("k{index}")), Some(&index));
            }
            assert_eq!(members.insert("new".into(), 7), None);
            assert_eq!(members.insert("new".into(), 8), Some(7));
            assert_eq!(members.remove("k0"), (count > 0).then_some(0));
            assert_eq!(members.remove("k0"), None);
            let left: Vec<usize> = members.values().copied().collect();
            let expected: Vec<usize> = (1..count).chain([8]).collect();
            assert_eq!(left, expected);
            for index in 1..count {
                assert_eq!(members.get(&format!("k{index}")), Some(&index));
            }
        }
    }

    #[test]
    fn equality_ignores_order() {
        for count in [2, 20] {
            let members = numbered(count);
            let mut entries: Vec<_> = members.iter().map(|(key, it)| (key.clone(), *it)).collect();
            entries.reverse();
            let reversed: Members<usize> = entries.into_iter().collect();
            assert_eq!(members, reversed);
            assert_ne!(members, numbered(count + 1));
        }
    }
}
