//! The documents of this device: which one is open, who writes it, whether it is saved.
//!
//! What is open stands in [`DocumentStore`] and [`ExecutionStore`]; this store follows
//! both, keeps what changes, and puts another document there.

mod arriving;
mod files;
mod managing;
mod opening;
mod picture;
mod saving;
mod start;
mod tabs;
mod toast;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::{DocumentStore, ExecutionStore, SelectionStore};
use crate::authoring::document::Undo;
use crate::ui::later::Later;
use crate::web::documents::channel::Channel;
use crate::web::documents::record::{DocumentId, Record, Summary};
use crate::web::documents::shelf::{Shelf, StorageError};

pub use picture::PictureForm;
pub use saving::Standing;
pub use start::{Origin as StartOrigin, Start};
pub use toast::{Toast, ToastAction};

/// Whether this tab may change the open document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// That is being found out.
    Opening,
    /// It may.
    Writer,
    /// Another tab does; this one shows what is saved there.
    Elsewhere,
    /// Another tab was asked to let it go.
    TakingOver,
}

/// Whether the open document is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saving {
    /// The latest of it is.
    Saved,
    /// Not yet.
    Pending,
    /// The browser did not take it.
    Failed(StorageError),
}

/// Where documents are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// That is being found out.
    Opening,
    /// In the browser's database.
    Device,
    /// In the memory of this page, as there is no database.
    Memory(StorageError),
}

/// The documents of this device.
#[derive(Clone, Copy)]
pub struct DocumentsStore {
    document: DocumentStore,
    execution: ExecutionStore,
    selection: SelectionStore,
    later: Later,
    list: RwSignal<Vec<Summary>>,
    access: RwSignal<Access>,
    is_read_only: RwSignal<bool>,
    saving: RwSignal<Saving>,
    place: RwSignal<Place>,
    toast: RwSignal<Option<Toast>>,
    /// Counts what may change whether the mirror works.
    mirror: RwSignal<u32>,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

struct Inner {
    shelf: Shelf,
    channel: Channel,
    /// The open document as it was when it was last looked at.
    noted: RefCell<Record>,
    /// How often the open document has changed, and up to where that is saved.
    revision: Cell<u64>,
    saved_revision: Cell<u64>,
    is_save_due: Cell<bool>,
    /// Whether the list was read from the database.
    is_listed: Cell<bool>,
    /// Whether the open document is an example that nobody has touched.
    is_untouched: Cell<bool>,
    /// Which attempt to take a document over is under way.
    attempt: Cell<u64>,
    /// What could be undone in documents that were open before, and their texts then.
    undo: RefCell<HashMap<DocumentId, (Arc<str>, Undo)>>,
}

impl DocumentsStore {
    /// Follows the two stores that show the document it starts with.
    pub fn new(
        start: Start,
        document: DocumentStore,
        execution: ExecutionStore,
        selection: SelectionStore,
        is_read_only: RwSignal<bool>,
    ) -> Self {
        let Start { record, origin } = start;
        let store = Self {
            document,
            execution,
            selection,
            list: RwSignal::new(vec![record.summary.clone()]),
            access: RwSignal::new(Access::Opening),
            is_read_only,
            saving: RwSignal::new(Saving::Saved),
            place: RwSignal::new(Place::Opening),
            later: expect_context(),
            toast: RwSignal::new(None),
            mirror: RwSignal::new(0),
            inner: StoredValue::new_local(Rc::new(Inner {
                shelf: Shelf::new(),
                channel: Channel::join(),
                noted: RefCell::new(record),
                revision: Cell::new(0),
                saved_revision: Cell::new(0),
                is_save_due: Cell::new(false),
                is_listed: Cell::new(false),
                is_untouched: Cell::new(origin == StartOrigin::FirstVisit),
                attempt: Cell::new(0),
                undo: RefCell::default(),
            })),
        };
        store.greet(origin);
        store
    }

    /// All documents, in an order that stays while the page is open.
    pub fn list(self) -> Vec<Summary> {
        self.list.get()
    }

    /// The open one.
    pub fn current(self) -> DocumentId {
        self.document.id()
    }

    /// The open one, without following it.
    pub fn current_untracked(self) -> DocumentId {
        self.document.id_untracked()
    }

    /// Whether this tab may change it.
    pub fn access(self) -> Access {
        self.access.get()
    }

    /// Whether it is saved.
    pub fn saving(self) -> Saving {
        self.saving.get()
    }

    /// Where documents are kept.
    pub fn place(self) -> Place {
        self.place.get()
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    fn is_current(self, id: &DocumentId) -> bool {
        self.document.id_untracked() == *id
    }

    fn set_access(self, access: Access) {
        self.is_read_only.set(access != Access::Writer);
        self.access.set(access);
    }

    fn is_writer(self) -> bool {
        self.access.get_untracked() == Access::Writer
    }
}
