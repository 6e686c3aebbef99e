//! Which containers are folded.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::asl::Pointer;

/// The folded containers of the open document, by identity.
#[derive(Clone, Copy)]
pub struct FoldStore {
    folded: RwSignal<BTreeSet<Pointer>>,
}

impl FoldStore {
    /// Everything unfolded.
    pub fn new() -> Self {
        Self {
            folded: RwSignal::new(BTreeSet::new()),
        }
    }

    /// The folded ones.
    pub fn get(self) -> BTreeSet<Pointer> {
        self.folded.get()
    }

    /// Folds these beside what is folded already.
    pub fn fold(self, pointers: impl Iterator<Item = Pointer>) {
        self.folded.update(|folded| folded.extend(pointers));
    }

    /// Unfolds everything.
    pub fn unfold_all(self) {
        self.folded.update(BTreeSet::clear);
    }

    /// Folds what is unfolded and the other way round.
    pub fn toggle(self, pointer: &Pointer) {
        self.folded.update(|folded| {
            if !folded.remove(pointer) {
                folded.insert(pointer.clone());
            }
        });
    }
}
