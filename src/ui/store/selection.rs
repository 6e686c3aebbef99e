//! Which state is selected, and who selected it.

use leptos::prelude::*;

use crate::asl::Pointer;

/// Where a selection or a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The code editor.
    Code,
    /// The canvas.
    Canvas,
    /// Any other panel or a command.
    Panel,
}

/// A selected state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Its identity.
    pub pointer: Pointer,
    /// Who selected it; that view does not follow the selection.
    pub origin: Origin,
}

/// The selection that canvas, code and panels share.
#[derive(Clone, Copy)]
pub struct SelectionStore {
    selection: RwSignal<Option<Selection>>,
}

impl SelectionStore {
    /// Nothing selected.
    pub fn new() -> Self {
        Self {
            selection: RwSignal::new(None),
        }
    }

    /// The selection.
    pub fn get(self) -> Option<Selection> {
        self.selection.get()
    }

    /// The selected state's identity.
    pub fn pointer(self) -> Option<Pointer> {
        self.selection.with(|selection| {
            selection
                .as_ref()
                .map(|selection| selection.pointer.clone())
        })
    }

    /// The selected state's identity, without following it.
    pub fn pointer_untracked(self) -> Option<Pointer> {
        self.selection.with_untracked(|selection| {
            selection
                .as_ref()
                .map(|selection| selection.pointer.clone())
        })
    }

    /// Selects a state, or nothing.
    pub fn select(self, pointer: Option<Pointer>, origin: Origin) {
        let is_same = self
            .selection
            .with_untracked(|old| old.as_ref().map(|old| &old.pointer) == pointer.as_ref());
        // Selecting again from another place still brings the other views along.
        if is_same && (origin == Origin::Code || pointer.is_none()) {
            return;
        }
        self.selection
            .set(pointer.map(|pointer| Selection { pointer, origin }));
    }
}
