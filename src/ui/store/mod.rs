//! The state of the page, in a few stores handed down by context.

pub mod answers;
pub mod assistant;
pub mod document;
pub mod documents;
pub mod execution;
pub mod gallery;
pub mod generating;
pub mod history;
mod kept_layout;
pub mod layout;
mod objects;
pub mod panes;
pub mod scratchpad;
pub mod selection;
pub mod settled;
mod starting;
pub mod steps;
mod substitutions;

pub use assistant::AssistantStore;
pub use document::DocumentStore;
pub use documents::DocumentsStore;
pub use execution::ExecutionStore;
pub use gallery::GalleryStore;
pub use history::HistoryStore;
pub use layout::LayoutStore;
pub use scratchpad::ScratchpadStore;
pub use selection::{Origin, Selection, SelectionStore};
