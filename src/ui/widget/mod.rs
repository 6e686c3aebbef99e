//! Parts of a panel that know no store.

mod divider;
mod icon;
mod json_view;
mod menu;
mod select;
mod tabs;

pub use divider::{Divider, DividerValue};
pub use icon::{Icon, severity_icon, type_icon};
pub use json_view::JsonView;
pub use menu::Menu;
pub use select::{Choices, Select};
pub use tabs::{Tab, Tabs};
