//! The objects of S3 beside the document.

use leptos::prelude::*;

use super::ExecutionStore;
use crate::execution::item::GivenObject;

impl ExecutionStore {
    /// Adds an object behind the others.
    pub fn add_object(self, object: GivenObject) {
        self.edit_objects(|objects| objects.push(object));
    }

    /// Changes an object.
    pub fn change_object(self, index: usize, change: impl FnOnce(&mut GivenObject)) {
        self.edit_objects(|objects| {
            if let Some(object) = objects.get_mut(index) {
                change(object);
            }
        });
    }

    /// Takes an object out; the last one can be put back.
    pub fn remove_object(self, index: usize) {
        self.edit_objects(|objects| {
            if index < objects.len() {
                let object = objects.remove(index);
                self.removed.set(Some((index, object)));
            }
        });
    }

    /// Puts the object back that was taken out last.
    pub fn put_object_back(self) {
        let removed = self.removed.try_update(Option::take).flatten();
        if let Some((index, object)) = removed {
            self.edit_objects(|objects| objects.insert(index.min(objects.len()), object));
        }
    }

    fn edit_objects(self, edit: impl FnOnce(&mut Vec<GivenObject>)) {
        if !self.is_read_only.get_untracked() {
            self.objects.update(edit);
        }
    }
}
