//! The documents of this device: their list, and what is said about keeping them.

mod age;
mod drop_target;
mod forget;
mod list;
mod notice;
mod panel;
mod row;
mod row_menu;
mod toast;

pub use drop_target::DropTarget;
pub use notice::Keeping;
pub use panel::Documents;
pub use toast::Toasts;
